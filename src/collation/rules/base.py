"""How a rule makes its hypotheses: with a reading for neighbouring tokens, or without one."""

from __future__ import annotations

from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.hypothesis import Basis, Side


def with_reading(
    code: str,
    tokens: tuple[Token, ...],
    reading: str,
    features: tuple[Feature, ...],
    *,
    basis: Basis = "conjecture",
    side: Side = "original",
    also: tuple[Place, ...] = (),
) -> Hypothesis:
    """A hypothesis that a reading should replace one token or neighbouring ones."""
    place = tokens[0].place if len(tokens) == 1 else Place.cover([t.place for t in tokens])
    return Hypothesis(code, (place, *also), (Edit(place, reading),), features, side, basis)


def without_reading(
    code: str, places: tuple[Place, ...], features: tuple[Feature, ...], *, side: Side = "original"
) -> Hypothesis:
    """A hypothesis without a reading."""
    return Hypothesis(code, places, (), features, side)
