"""Doubts before they are entries: a doubted stretch with its proposals, and what the judge makes of it.

A doubt and its proposals are what the rules' hypotheses come to when they are brought together; weighed, they have a
probability that something is wrong and one for each reading. Writers show them (``collation explain``), so they are
things of the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from collation.model import Edit, Feature, Place
from collation.model.hypothesis import BY_PRIOR, STRENGTH, Basis, Side


@dataclass(frozen=True, slots=True)
class Proposal:
    """One reading of a doubt: its edits (none for a bare doubt), who proposed it, and all reasons given."""

    edits: tuple[Edit, ...]
    codes: tuple[str, ...]
    features: tuple[Feature, ...]
    basis: Basis
    places: tuple[Place, ...]

    @property
    def place(self) -> Place:
        """What it doubts: the place of its first edit, else the first place it names."""
        return self.edits[0].place if self.edits else self.places[0]

    def value(self, name: str) -> float:
        """The greatest value of the features of that name, 0 when there is none."""
        return max((f.value for f in self.features if f.name == name), default=0.0)

    @property
    def argument(self) -> float | None:
        """What its reasons add to the prior of its rule, in log-odds; 0 where the prior is the whole argument, None where no
        rule argues for it."""
        strengths = [f.value for f in self.features if f.name == STRENGTH]
        return sum(strengths) if strengths or BY_PRIOR in self.features else None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubted stretch of one side with its proposals, and the places of the other side they name."""

    side: Side
    place: Place
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class WeighedReading:
    """One reading of a verdict: its proposal, its probability if something is wrong, the measures it was weighed by, the sigla
    of the other texts that have it.
    """

    proposal: Proposal
    probability: float
    measures: Mapping[str, float]
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeighedDoubt:
    """What the judge thinks of one doubt; readings best first. ``bare`` are doubts without a reading, likeliest first.

    ``backed`` is how much of ``probability`` rests on rules that are calibrated, by a prior or by the learned trees: only
    that much can bring the place to *emend*. ``explained`` is the probability of a neighbour whose mending makes this
    place sound, 0 where there is none: both probabilities are those that this one is wrong and the neighbour is not.
    ``sound`` is what the soundness of the document and of the paragraph took from the log-odds, 0 or less; ``taught`` what the rulings of the
    project added to them or took, ``collection`` what its other documents did, ``page`` what the page's image did, ``engine`` what the
    confidence of the engine that read the text did, ``witnessed`` what other texts of the original did; ``lessons`` are those that moved much. ``agreeing`` are the sigla of the texts that read
    what is doubted.
    """

    doubt: Doubt
    probability: float
    readings: tuple[WeighedReading, ...]
    bare: tuple[Proposal, ...]
    backed: float
    explained: float = 0.0
    sound: float = 0.0
    taught: float = 0.0
    collection: float = 0.0
    page: float = 0.0
    engine: float = 0.0
    lessons: tuple[Feature, ...] = ()
    witnessed: float = 0.0
    agreeing: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """What the verdict is about: the place of its best reading, or of its likeliest doubt without one."""
        return (self.readings[0].proposal if self.readings else self.bare[0]).place


Moved = tuple[str, float, float]
"""A feature that moved the log-odds: its name, its value, what it added."""


@dataclass(frozen=True, slots=True)
class Account:
    """What moved the probability that something is wrong, and that of the best reading: name, value, log-odds."""

    place: tuple[Moved, ...]
    reading: tuple[Moved, ...]
