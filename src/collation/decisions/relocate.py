"""Where a ruling belongs in a text that may have changed since: found, applied already, ambiguous, or gone.

Never a guess. A place is found when the exact words are there, their surroundings are those of the anchor,
and no other place of the text could be meant: not one that was there when the ruling was made (the anchor
knows how like the likeliest was), and none that has come since. Surroundings may have been mended by other
rulings: these are masked, that is, either of their readings will do. A ruling on the wrong place is worse
than a lost one, so every doubt ends as *ambiguous* or *gone*. Blind where the surroundings were rewritten as
a whole; ``trace`` sees further, with the text that was ruled on at hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from collation.decisions.candidate_places import PlaceCandidate, candidates
from collation.decisions.ruling import CONTEXT, Anchor, Change
from collation.decisions.standing_reading import may_be_made, reading_around
from collation.errors import BadRuling, Message
from collation.model import Place

LEAST = 0.6
"""Surroundings less like the anchor's than this are others. Unrelated ones reach .45
(``benchmarks/anchoring.py``).
"""
LEAST_APPLIED = 0.75
MARGIN = 0.12
NEWCOMER = 0.4
VACANT = 0.85
HOLLOW = 0.55
"""Surroundings without the words that are so like the anchor's that these may have been taken out there:
``VACANT`` in any case, ``HOLLOW`` where the anchor is all there is or the wider surroundings do not decide.
"""
KNOWN = 0.05
"""A place no more like than the known rival by this much may be that rival; a more like one has come since.
"""
_AWAY = 40
_NEAR = 120


@dataclass(frozen=True, slots=True)
class Found:
    """The words are here, as they were ruled on."""

    place: Place


@dataclass(frozen=True, slots=True)
class Applied:
    """What was ruled is here already."""

    place: Place


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The place could be any of these."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """The words with their surroundings are no longer there; ``near`` is where they would be, if that can
    be determined.
    """

    near: Place | None = None


Location = Found | Applied | Ambiguous | Gone


def anchor_at(text: str, place: Place) -> Anchor:
    """The anchor of a place. Raises BadRuling when the place is not in the text."""
    bare = bare_anchor(text, place)
    return replace(bare, rival=_rival(bare, bare.exact, text, place))


def bare_anchor(text: str, place: Place) -> Anchor:
    """The anchor of a place before it has been compared with others."""
    if place.stop > len(text):
        raise BadRuling(Message("place-outside"))
    return Anchor(
        exact=place.of(text),
        before=text[max(0, place.start - CONTEXT) : place.start],
        after=text[place.stop : place.stop + CONTEXT],
        start=place.start,
        gaps=_gaps(text, place),
    )


def change_at(text: str, place: Place, reading: str) -> Change:
    """The change of a place to a reading."""
    anchor = anchor_at(text, place)
    return Change(anchor, reading, _rival(anchor, reading, text, place))


def _gaps(text: str, place: Place) -> tuple[tuple[int, str], ...]:
    found, offset = [], 0
    for left, right in zip(place.spans, place.spans[1:], strict=False):
        offset += len(left)
        if left.stop < right.start:
            found.append((offset, text[left.stop : right.start]))
    return tuple(found)


def _rival(anchor: Anchor, words: str, text: str, place: Place) -> float:
    """How like the likeliest other place is, or would be once this one is taken out: a near one moves up then."""
    others = [c.score for c in candidates(anchor, words, text) if c.place.start != place.start]
    left, right = text[max(0, place.start - _NEAR) : place.start], text[place.stop : place.stop + _NEAR]
    if anchor.exact and words:
        others += [c.score for c in candidates(anchor, words, left + right)]
    return round(max(others, default=0.0), 3)


def relocate(anchor: Anchor, text: str, *, masked: Iterable[Change] = (), change: Change | None = None) -> Location:
    """Where the anchor's words are in a text.

    ``masked`` are the changes of the other rulings; ``change`` is what was to be done at the anchor itself,
    so that its being done already can be seen.
    """
    listed = tuple(masked)
    standing = candidates(anchor, anchor.exact, text, listed)
    found = _not_vacant(anchor, text, standing, choose_place(standing, anchor.rival, LEAST))
    if change is None or change.text == anchor.exact:
        return found
    if isinstance(found, Found) and (there := reading_around(change, text, found.place)) is not None:
        return Applied(there)
    mended = candidates(anchor, change.text, text, listed)
    applied = choose_place(mended, change.rival, LEAST_APPLIED)
    match found, applied:
        case Found(place), Found(other) if other.overlaps(place):
            return Applied(other) if _best(mended) >= _best(standing) else found
        case Ambiguous(places), Found(place) if all(p.start >= place.start and p.stop <= place.stop for p in places):
            return Applied(place)  # the new words contain the old more than once
        case Found(place), Found(other):
            return Ambiguous((place, other)) if _best(mended) >= _best(standing) else found
        case Gone(), Found(place):
            return Applied(place)
        case Ambiguous(), Found(place) if _best(standing) <= min(anchor.rival + KNOWN, _best(mended)):
            return Applied(place)  # what still has the words is the rival that was always there
        case Found(place), _ if may_be_made(change, text, place):
            return Ambiguous((place,))
        case _:
            return found


def choose_place(listed: list[PlaceCandidate], rival: float, least: float) -> Location:
    """The one candidate that must be meant, or why there is none.

    One rival was known. Where several places are as like as it was, or where it was so like that no place can be
    clear of it, a copy could be taken for the place.
    """
    ranked = sorted(listed, key=lambda c: -c.score)
    if not ranked or ranked[0].score < least:
        return Gone()
    best, second = ranked[0], ranked[1].score if len(ranked) > 1 else 0.0
    newcomer = second >= NEWCOMER and second > rival + KNOWN
    rivals = [c for c in ranked[1:] if c.score >= max(NEWCOMER, rival - KNOWN)]
    if newcomer or len(rivals) > 1 or best.score < rival + MARGIN or not clear(best.score, second):
        return Ambiguous(tuple(c.place for c in ranked if c.score >= min(best.score, NEWCOMER)))
    return Found(best.place)


def _not_vacant(anchor: Anchor, text: str, listed: list[PlaceCandidate], found: Location) -> Location:
    if not isinstance(found, Found):
        return found
    vacant = vacancies(anchor, text, listed, HOLLOW)
    return Ambiguous((found.place, *(c.place for c in vacant))) if vacant else found


def vacancies(anchor: Anchor, text: str, listed: list[PlaceCandidate], least: float) -> list[PlaceCandidate]:
    """Points that have the surroundings without the words, and these are not close by.

    The words may have been taken out there, and what was found is then a copy of the passage.
    """
    if not anchor.exact:
        return []
    points = [c for c in candidates(anchor, "", text) if c.score >= least]
    held = [c for c in listed if c.score >= NEWCOMER]
    return [p for p in points if not any(_beside(p, c) and c.score >= p.score - KNOWN for c in held)]


def _beside(point: PlaceCandidate, held: PlaceCandidate) -> bool:
    return held.start - _AWAY <= point.start <= held.stop + _AWAY


def clear(score: float, other: float) -> bool:
    """Whether a score stands clear of another; perfect surroundings are clear of any that are not nearly so."""
    return score >= other + MARGIN or (score == 1.0 and other <= 0.95)


def _best(listed: list[PlaceCandidate]) -> float:
    return max((c.score for c in listed), default=0.0)
