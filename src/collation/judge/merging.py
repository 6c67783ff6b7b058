"""Hypotheses that speak of one place, brought together before they are weighed.

A doubt is a stretch of text with all its proposed readings; hypotheses belong together when their first places
overlap. Readings that come to the same text at the same place are one, with the features of all who proposed it.
"""

from __future__ import annotations

from dataclasses import dataclass

from collation.model import Edit, Feature, Hypothesis, Place
from collation.model.evidence import Basis, Side

_BASES: tuple[Basis, ...] = ("attested", "retroversion", "conjecture")
_PLAIN = "LEX101"  # "in no dictionary" says least of a word: a rule that knows what befell it names the entry


@dataclass(frozen=True, slots=True)
class Proposal:
    """One reading of a doubt: its edits (none for a bare doubt), who proposed it, and all reasons given."""

    edits: tuple[Edit, ...]
    codes: tuple[str, ...]
    features: tuple[Feature, ...]
    basis: Basis
    places: tuple[Place, ...]

    def value(self, name: str) -> float:
        """The greatest value of the features of that name, 0 when there is none."""
        return max((f.value for f in self.features if f.name == name), default=0.0)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubted stretch of one side with its proposals, and the places of the other side they name."""

    side: Side
    place: Place
    proposals: tuple[Proposal, ...]


def merge(hypotheses: list[Hypothesis]) -> list[Doubt]:
    """The doubts, in order of their places."""
    ordered = sorted(hypotheses, key=lambda h: (h.side, h.places[0].start, h.places[0].stop, h.code))
    doubts: list[Doubt] = []
    group: list[Hypothesis] = []
    reach = -1
    for hypothesis in ordered:
        place = hypothesis.places[0]
        if group and (hypothesis.side != group[0].side or place.start >= reach):
            doubts.append(_doubt(group))
            group, reach = [], -1
        group.append(hypothesis)
        reach = max(reach, place.stop)
    if group:
        doubts.append(_doubt(group))
    return doubts


def _doubt(group: list[Hypothesis]) -> Doubt:
    found: dict[tuple[tuple[Edit, ...], tuple[Place, ...] | None], list[Hypothesis]] = {}
    for hypothesis in group:
        bare = None if hypothesis.edits else hypothesis.places
        found.setdefault((hypothesis.edits, bare), []).append(hypothesis)
    proposals = tuple(_proposal(edits, same) for (edits, _), same in found.items())
    return Doubt(group[0].side, Place.cover([h.places[0] for h in group]), proposals)


def _proposal(edits: tuple[Edit, ...], same: list[Hypothesis]) -> Proposal:
    features = tuple(dict.fromkeys(f for h in same for f in h.features))
    basis = min((h.basis for h in same), key=_BASES.index)
    places = max((h.places for h in same), key=len)
    codes = sorted({h.code for h in same}, key=lambda code: (code[:3], code == _PLAIN, code))
    return Proposal(edits, tuple(codes), features, basis, places)
