"""Where a ruling belongs in a text that may have changed since: found, applied already, ambiguous, or gone.

Never a guess. A place is found when the exact words stand there, their surroundings are those of the anchor,
and no other place of the text could be meant: not one that was there when the ruling was made (the anchor
knows how like the likeliest was), and none that has come since. Surroundings may have been mended by other
rulings: these are masked, that is, either of their readings will do. A ruling on the wrong place is worse
than a lost one, so every doubt ends as *ambiguous* or *gone*. Blind where the surroundings were rewritten as
a whole; ``trace`` sees further, with the text that was ruled on at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from collation.decisions.page import Page, page_of, smooth
from collation.decisions.ruling import CONTEXT, Anchor, Change
from collation.errors import BadRuling
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
``VACANT`` where the reviewed text tells more, ``HOLLOW`` where the anchor is all there is.
"""
KNOWN = 0.05
"""A place no more like than the known rival by this much may be that rival; a more like one has come since.
"""
_SLACK = 12
_AWAY = 40
_NEAR = 120
_VARIANTS = 16


@dataclass(frozen=True, slots=True)
class Found:
    """The words stand here, as they were ruled on."""

    place: Place


@dataclass(frozen=True, slots=True)
class Applied:
    """What was ruled to stand stands here already."""

    place: Place


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The place could be any of these."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """The words with their surroundings are no longer there; ``near`` is where they would be, if that can be
    told.
    """

    near: Place | None = None


Location = Found | Applied | Ambiguous | Gone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that has the words; ``score`` is how like the anchor's its surroundings are, 0 to 1."""

    start: int
    stop: int
    score: float
    place: Place


def anchor_at(text: str, place: Place) -> Anchor:
    """The anchor of a place. Raises BadRuling when the place is not in the text."""
    bare = bare_anchor(text, place)
    return replace(bare, rival=_rival(bare, bare.exact, text, place))


def bare_anchor(text: str, place: Place) -> Anchor:
    """The anchor of a place before it has been compared with others."""
    if place.stop > len(text):
        raise BadRuling("the place of a ruling lies outside the text")
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
    """Where the anchor's words stand in a text.

    ``masked`` are the changes of the other rulings; ``change`` is what was to be done at the anchor itself,
    so that its being done already can be seen.
    """
    listed = tuple(masked)
    standing = candidates(anchor, anchor.exact, text, listed)
    found = _not_vacant(anchor, text, standing, choose(standing, anchor.rival, LEAST))
    if change is None or change.text == anchor.exact:
        return found
    mended = candidates(anchor, change.text, text, listed)
    applied = choose(mended, change.rival, LEAST_APPLIED)
    match found, applied:
        case Found(place), Found(other) if other.overlaps(place):
            return Applied(other) if _best(mended) >= _best(standing) else found  # the new words contain the old
        case Found(place), Found(other):
            return Ambiguous((place, other)) if _best(mended) >= _best(standing) else found
        case Gone(), Found(place):
            return Applied(place)
        case Ambiguous(), Found(place) if _best(standing) <= min(anchor.rival + KNOWN, _best(mended)):
            return Applied(place)  # what still has the words is the rival that was always there
        case _:
            return found


def choose(listed: list[Candidate], rival: float, least: float) -> Location:
    """The one candidate that must be meant, or why there is none."""
    ranked = sorted(listed, key=lambda c: -c.score)
    if not ranked or ranked[0].score < least:
        return Gone()
    best, second = ranked[0], ranked[1].score if len(ranked) > 1 else 0.0
    newcomer = second >= NEWCOMER and second > rival + KNOWN
    if newcomer or not clear(best.score, rival) or not clear(best.score, second):
        return Ambiguous(tuple(c.place for c in ranked if c.score >= min(best.score, NEWCOMER)))
    return Found(best.place)


def _not_vacant(anchor: Anchor, text: str, listed: list[Candidate], found: Location) -> Location:
    if not isinstance(found, Found):
        return found
    vacant = vacancies(anchor, text, listed, HOLLOW)
    return Ambiguous((found.place, *(c.place for c in vacant))) if vacant else found


def vacancies(anchor: Anchor, text: str, listed: list[Candidate], least: float) -> list[Candidate]:
    """Points that have the surroundings without the words, and these are not close by.

    The words may have been taken out there, and what was found is then a copy of the passage.
    """
    if not anchor.exact:
        return []
    points = [c for c in candidates(anchor, "", text) if c.score >= least]
    held = [c for c in listed if c.score >= NEWCOMER]
    return [p for p in points if not any(_beside(p, c) and c.score >= p.score - KNOWN for c in held)]


def _beside(point: Candidate, held: Candidate) -> bool:
    return held.start - _AWAY <= point.start <= held.stop + _AWAY


def clear(score: float, other: float) -> bool:
    """Whether a score stands clear of another; perfect surroundings are clear of any that are not nearly so.
    """
    return score >= other + MARGIN or (score == 1.0 and other <= 0.95)


def _best(listed: list[Candidate]) -> float:
    return max((c.score for c in listed), default=0.0)


def candidates(anchor: Anchor, words: str, text: str, masked: tuple[Change, ...] = ()) -> list[Candidate]:
    """Every place of a text that has these words, with the likeness of its surroundings to the anchor's."""
    page = page_of(text)
    before, after, inner = _surroundings(anchor)
    left, right = variants(before, masked), variants(after, masked)
    gaps = anchor.gaps if words == anchor.exact else ()
    found = []
    for start, stop, cuts in _occurrences(page, smooth(words), gaps, inner, (before, after)):
        score = _score(page.smooth, start, stop, left, right)
        found.append(Candidate(start, stop, score, page.place(start, stop, cuts)))
    return found


def likeness(anchor: Anchor, text: str, candidate: Candidate) -> float:
    """How like an anchor's the surroundings of a candidate are."""
    before, after, _ = _surroundings(anchor)
    return _score(page_of(text).smooth, candidate.start, candidate.stop, (before,), (after,))


@lru_cache(maxsize=4096)
def _surroundings(anchor: Anchor) -> tuple[str, str, tuple[bool, bool]]:
    """What stood on either side, as it looks on a page, and whether the place began and ended inside a word.

    All three are smoothed together: a place may begin right behind a line end that breaks a word.
    """
    page = page_of.__wrapped__(anchor.before + anchor.exact + anchor.after)
    start, stop = page.offset(len(anchor.before)), page.offset(len(anchor.before) + len(anchor.exact))
    before, words, after = page.smooth[:start], page.smooth[start:stop], page.smooth[stop:]
    cut_left = before[-1:].isalnum() and words[:1].isalnum()
    cut_right = after[:1].isalnum() and words[-1:].isalnum()
    return before, after, (cut_left, cut_right)


Occurrence = tuple[int, int, tuple[tuple[int, int], ...]]


def _occurrences(
    page: Page,
    words: str,
    gaps: tuple[tuple[int, str], ...],
    inner: tuple[bool, bool],
    around: tuple[str, str],
) -> Iterator[Occurrence]:
    if not words:
        yield from ((at, at, ()) for at in _points(page.smooth, *around))
        return
    yield from ((at, at + len(words), ()) for at in _whole(page.smooth, words, inner))
    if gaps:
        whole, cuts = _with_gaps(words, gaps)
        for at in _whole(page.smooth, whole, inner) if whole != words else ():
            yield at, at + len(whole), tuple((at + a, at + b) for a, b in cuts)


def _whole(text: str, words: str, inner: tuple[bool, bool]) -> Iterator[int]:
    """Where the words stand, not as a part of longer ones unless they were such a part."""
    at = text.find(words)
    while at >= 0:
        stop = at + len(words)
        cut_left = at > 0 and text[at - 1].isalnum() and words[0].isalnum()
        cut_right = stop < len(text) and text[stop].isalnum() and words[-1].isalnum()
        if (cut_left, cut_right) == inner:
            yield at
        at = text.find(words, at + 1)


def _points(text: str, before: str, after: str) -> Iterator[int]:
    """Points between characters that have one of the two surroundings close by."""
    near: set[int] = set()
    for piece, shift in ((before[-8:], len(before[-8:])), (after[:8], 0)):
        at = text.find(piece) if len(piece) > 3 else -1
        while at >= 0:
            near.add(at + shift)
            at = text.find(piece, at + 1)
    yield from sorted(near)


def _with_gaps(words: str, gaps: tuple[tuple[int, str], ...]) -> tuple[str, list[tuple[int, int]]]:
    pieces, cuts, last, length = [], [], 0, 0
    for at, gap in gaps:
        between = smooth(f"x{gap}x")[1:-1]
        pieces += [words[last:at], between]
        length += at - last
        cuts.append((length, length + len(between)))
        last, length = at, length + len(between)
    return "".join([*pieces, words[last:]]), cuts


def variants(side: str, masked: tuple[Change, ...]) -> tuple[str, ...]:
    """A side of the surroundings, and what the other rulings make of it."""
    found = [side]
    for change in masked:
        old, new = smooth(change.anchor.exact), smooth(change.text)
        for old_one, new_one in ((old, new), (new, old)):
            if old_one and old_one in side:
                found += [other for known in found for other in _replaced(known, old_one, new_one, change.anchor)]
        if len(found) > _VARIANTS:
            return tuple(dict.fromkeys(found))[:_VARIANTS]
    return tuple(dict.fromkeys(found))


def _replaced(side: str, old: str, new: str, anchor: Anchor) -> Iterator[str]:
    """The side with one occurrence replaced, where the nearest characters are those of the other ruling's
    anchor.
    """
    whole_before, whole_after, _ = _surroundings(anchor)
    before, after = whole_before[-3:], whole_after[:3]
    at = side.find(old)
    while at >= 0:
        stop = at + len(old)
        left, right = side[max(0, at - 3) : at], side[stop : stop + 3]
        if before.endswith(left) and after.startswith(right):
            yield side[:at] + new + side[stop:]
        at = side.find(old, at + 1)


def _score(text: str, start: int, stop: int, before: tuple[str, ...], after: tuple[str, ...]) -> float:
    """How like the anchor's surroundings these are: the share of characters that agree, from the place
    outwards.
    """
    left, weight_left = _agreement(
        [side[::-1] for side in before], text[max(0, start - CONTEXT - _SLACK) : start][::-1]
    )
    right, weight_right = _agreement(list(after), text[stop : stop + CONTEXT + _SLACK])
    whole = weight_left + weight_right
    return (left * weight_left + right * weight_right) / whole if whole else 1.0


def _agreement(sides: list[str], there: str) -> tuple[float, int]:
    """The best agreement of one side with what stands there, both read outwards from the place, and its
    weight.
    """
    best = 0.0
    for side in sides:
        if there.startswith(side):
            return 1.0, len(sides[0])
        reach = range(max(0, len(side) - _SLACK), min(len(there), len(side) + _SLACK) + 1)
        least = min((Levenshtein.distance(side, there[:n]) for n in reach), default=len(side))
        best = max(best, 1.0 - least / max(1, len(side)))
    return max(0.0, best), len(sides[0])
