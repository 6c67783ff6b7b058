"""A rule and everything it says about itself, and the families that rules belong to.

Judge, gate, settings, writers and commands ask the rule or the table of families; none of them knows a rule by its code.
Writers and gate see entries only, so what they need of a family is in ``FAMILIES``; ``tests/test_cases.py`` holds it equal
to what the rules declare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from collation.model.apparatus import Family, Harm
from collation.model.hypothesis import Hypothesis, Side
from collation.model.language import Need
from collation.model.verdict import Level

Sign = Literal["misread", "value", "lost", "catalogue"]


@dataclass(frozen=True, slots=True)
class FamilyTraits:
    """What the rules of a family have in common: the harm that what they doubt does, the sign of their entries, and the
    gravest level that they have at the gate unless a project asks for another; ``of_words`` says that they doubt words, which
    a project may list as right."""

    harm: Harm
    sign: Sign = "misread"
    gravest: Level = "error"
    of_words: bool = False


FAMILIES: Mapping[Family, FamilyTraits] = {
    "LEX": FamilyTraits("spelling", of_words=True),
    "CTX": FamilyTraits("sense", of_words=True),
    "GRA": FamilyTraits("grammar", of_words=True),
    "NAM": FamilyTraits("name", of_words=True),
    "VAL": FamilyTraits("value", "value"),
    "SIG": FamilyTraits("value", "value"),
    "LAC": FamilyTraits("loss", "lost"),
    "WIT": FamilyTraits("sense"),
    "CAT": FamilyTraits("catalogue", "catalogue"),
    "TRN": FamilyTraits("loss", "lost", "warning"),
    "PAIR": FamilyTraits("loss"),
    "PAG": FamilyTraits("sense"),
}
"""In the order in which they are listed to users."""


def family_of(code: str) -> Family:
    """The family with which a code begins; that of words in context for a code of somebody's own."""
    return next((family for family in FAMILIES if code.startswith(family)), "CTX")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Everything a rule says about itself.

    ``code`` begins with the ``family``; ``name`` is the corruption in the field's terms. ``propose`` takes the Context
    (``evidence.context``) and yields hypotheses about the ``sides``. ``needs`` are what it has to be known of the original's
    language: where one is missing the rule is not run, and the report says so. A rule that ``needs_translation`` compares the
    two texts: it is not run where they do not translate each other; one that ``needs_witness`` compares further texts of the
    original, and is not run where there are none; one that ``needs_collection`` asks what the other documents of a collection
    have, and is not run unless the settings name one. ``harm`` is what its corruption does to the text.
    ``since`` is the rule set in which it appeared: a project that has pinned an older one is only warned.

    *How its doubts are weighed.* ``prior`` is the log-odds that a doubt of the rule is true when it has nothing further
    to say, checked against the reliability table of ``benchmarks/accuracy.py``; the readings of ``learned`` rules are
    weighed by the trees, which need none. A rule with neither is not calibrated: its doubts are queries at most.

    ``level`` is the level at the gate of a doubt that is not certain or has no reading; what is emended is an error. The
    tier of an entry follows from its probability (``judge/tiers.py``), not from the level; only a rule of the level *note*
    has notes where others have queries. What a ``passage`` rule doubts is no word but a stretch of text: a doubt of its own beside the doubts of the words in it,
    for which the scan has to be seen. An ``unspecific`` rule knows that something is wrong and not what happened: where
    another rule of its family proposes the same reading, that one names the entry. Where nothing tells it which side
    is at fault and another rule proposes the same reading, that one is believed. An ``about_word`` rule doubts a word as
    it is written, or how odd it is where it is: a word that the project's list has is left alone by it. What a rule doubts that is ``likelier_in_damage`` gains in a
    document with many errors. ``says`` are the
    keys of its sentences in ``writers/phrases.tsv``.
    """

    code: str
    family: Family
    name: str
    propose: Callable[[Any], Iterator[Hypothesis]]
    harm: Harm
    since: str
    sides: tuple[Side, ...] = ("original",)
    needs: tuple[Need, ...] = ()
    needs_translation: bool = False
    needs_witness: bool = False
    needs_collection: bool = False
    prior: float | None = None
    learned: bool = False
    level: Level = "warning"
    passage: bool = False
    unspecific: bool = False
    about_word: bool = False
    likelier_in_damage: bool = False
    says: tuple[str, ...] = ()


Rules = Mapping[str, Rule]
"""Rules by their codes."""


def by_code(rules: Iterable[Rule]) -> Rules:
    """The rules by their codes."""
    return {rule.code: rule for rule in rules}
