"""What a rule says: a place, perhaps a reading, and its reasons as features with values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from collation.model.place import Place

Basis = Literal["attested", "retroversion", "conjecture"]
Side = Literal["original", "translation", "catalogue"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: ``text`` is to be written at ``place``."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One reason: its name, its value, what it rests on, and the key and values of its sentence.

    Writers make the sentence in English or Russian from ``says`` (a key of the phrase table) and ``values``;
    an empty ``says`` is weighed but not printed. ``source`` names the dictionary or model and its version.
    """

    name: str
    value: float
    places: tuple[Place, ...] = ()
    source: str = ""
    says: str = ""
    values: tuple[tuple[str, str], ...] = ()
    against: bool = False


STRENGTH = "strength"
"""The name of a reason that argues: its value, in log-odds, is added to the prior of the rule."""
BY_PRIOR = Feature("by_prior", 1.0)
"""The reason of a rule that argues by its prior alone. Where the trees weigh a reading, what is argued for it, by this reason
or by a ``strength``, is the least that it is believed; without either the prior says nothing of it."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What one rule doubts.

    ``code`` is the rule's code; ``places`` what is doubted (two places for a difference between two sides,
    the suspected one first); ``edits`` the proposed reading, or empty when none is proposed; ``side`` the text
    of the first place.
    """

    code: str
    places: tuple[Place, ...]
    edits: tuple[Edit, ...]
    features: tuple[Feature, ...]
    side: Side = "original"
    basis: Basis = "conjecture"

    def __post_init__(self) -> None:
        if not self.places:
            raise ValueError("a hypothesis has a place")
        if not self.features:
            raise ValueError("a hypothesis gives its reasons")
