"""Doubts side by side: where mending one word makes its neighbour sound, only one of them is at fault.

A damaged word makes its neighbours look wrong, and the blame falls on them as easily as on it: in "к полицию" the preposition is
misread or the noun. Where the reading of one leaves the other hardly anything to gain, both doubts explain the same
oddity, and the less likely of them is explained away: its probability is that it is wrong and the other one not (Pearl
1988). Where each has its own gain still when the other is mended, both stand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from collation.evidence.context import Context, Word
from collation.evidence.word_places import WordPlaces, word_places
from collation.model.doubt import WeighedDoubt

NEAR = 6  # words between two that are decided together
_LEAST = 0.1  # probability of a doubt that is looked at
_GAIN = 2.0  # natural log-odds: what a reading must gain in context to rest on the context at all
_LEFT = 0.4  # the share of that gain which, left when the other is mended, makes a doubt one of its own


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two neighbours: its number among the verdicts, its word, its best reading and what that gains in context."""

    index: int
    word: Word
    reading: str
    gain: float


def explain_away(context: Context, verdicts: list[WeighedDoubt]) -> list[WeighedDoubt]:
    """The verdicts in the same order, those lowered that a likelier neighbour accounts for."""
    around = context.once(word_places)
    if around is None:
        return verdicts
    sides = [side for index, verdict in enumerate(verdicts) if (side := _side(context, around, index, verdict))]
    sides.sort(key=lambda side: side.word.number)
    found = list(verdicts)
    pairs = [
        (one, other)
        for k, one in enumerate(sides)
        for other in sides[k + 1 : k + 1 + NEAR]
        if other.word.pair == one.word.pair and 0 < other.word.number - one.word.number <= NEAR
    ]
    likeliest = sorted(pairs, key=lambda p: -max(found[side.index].probability for side in p))
    for pair in likeliest:
        winner, loser = sorted(pair, key=lambda side: -found[side.index].probability)
        if found[loser.index].witnessed > 0:
            continue  # another text of the original says that it is wrong itself
        if found[winner.index].probability >= _LEAST and _is_explained(around, loser, winner):
            found[loser.index] = _lowered(found[loser.index], found[winner.index].probability)
    return found


def _side(context: Context, around: WordPlaces, index: int, verdict: WeighedDoubt) -> _Side | None:
    """A doubt about one known word that rests on its surroundings; None for any other."""
    if verdict.doubt.side != "original" or verdict.probability < _LEAST or not verdict.readings:
        return None
    best = verdict.readings[0]
    measures = dict(best.measures)
    word = context.word_at(verdict.place.start)
    if not measures.get("in_context") or word is None or not around.knows(word.number):
        return None
    return _Side(index, word, best.proposal.edits[0].text, measures["context_gain"])


def _is_explained(around: WordPlaces, loser: _Side, winner: _Side) -> bool:
    """Whether the likelier one, mended, leaves the other little to gain."""
    if loser.gain < _GAIN:
        return False
    left = around.gain_with(loser.word.number, loser.reading, other=winner.word.number, mended=winner.reading)
    return left < _LEFT * loser.gain


def _lowered(verdict: WeighedDoubt, other: float) -> WeighedDoubt:
    return replace(
        verdict, probability=verdict.probability * (1.0 - other), backed=verdict.backed * (1.0 - other), explained=other
    )
