"""What a proposer is: a rule with its code and its function. One file declares one or a few; ``PROPOSERS`` lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from collation.evidence.context import Context
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.evidence import Basis, Side

Says = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Proposer:
    """A rule: its code, a name for its page, the sides it speaks of, and what it does.

    ``propose`` takes the Context and yields hypotheses. ``since`` is the rule set in which it appeared. ``prior`` is the
    log-odds that a doubt of the rule is true when it has nothing further to say, checked against the reliability table of
    ``benchmarks/accuracy.py``; the readings of ``learned`` rules are weighed by the trees, which need none. A rule with
    neither is not calibrated: its doubts are queries at most. What a ``passage`` rule doubts is no word but a stretch of
    text; it is a doubt of its own beside the doubts of the words in it.
    """

    code: str
    name: str
    propose: Callable[[Context], Iterator[Hypothesis]]
    sides: tuple[Side, ...] = ("original",)
    since: str = "2026.11"
    why: Literal["always", "with-translation"] = "always"
    prior: float | None = None
    learned: bool = False
    passage: bool = False


def replace(
    code: str,
    tokens: tuple[Token, ...],
    reading: str,
    features: tuple[Feature, ...],
    *,
    basis: Basis = "conjecture",
    side: Side = "original",
    also: tuple[Place, ...] = (),
) -> Hypothesis:
    """A hypothesis that a reading should stand in place of one token or of neighbouring ones."""
    place = tokens[0].place if len(tokens) == 1 else Place.cover([t.place for t in tokens])
    return Hypothesis(code, (place, *also), (Edit(place, reading),), features, side, basis)


def doubt(
    code: str, places: tuple[Place, ...], features: tuple[Feature, ...], *, side: Side = "original"
) -> Hypothesis:
    """A hypothesis without a reading."""
    return Hypothesis(code, places, (), features, side)
