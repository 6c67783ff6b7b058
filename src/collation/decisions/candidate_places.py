"""The places of a text that have certain words, and how like their surroundings are to those of an anchor.

Likeness is the share of characters that agree, read outwards from the place, 0 to 1. Surroundings may have been
mended by other rulings; either of their readings will do. What follows from the likeness is for ``relocate`` and
``trace`` to say. Blind to anything farther off than the anchor reaches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from collation.decisions.ruling import CONTEXT, Anchor, Change
from collation.decisions.smoothed_text import TextPage, page_of, smooth
from collation.model import Place

_SLACK = 12
_PIECE = 8
_VARIANTS = 16


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that has the words; ``score`` is how like the anchor's its surroundings are, 0 to 1."""

    start: int
    stop: int
    score: float
    place: Place


def candidates(anchor: Anchor, words: str, text: str, masked: tuple[Change, ...] = ()) -> list[PlaceCandidate]:
    """Every place of a text that has these words, with the likeness of its surroundings to the anchor's."""
    page = page_of(text)
    before, after, inner = surroundings(anchor)
    left, right = side_variants(before, masked), side_variants(after, masked)
    gaps = anchor.gaps if words == anchor.exact else ()
    found = []
    for start, stop, cuts in _occurrences(page, smooth(words), gaps, inner, (before, after)):
        score = _score(page.smooth, start, stop, left, right)
        found.append(PlaceCandidate(start, stop, score, page.place(start, stop, cuts)))
    return found


def context_likeness(anchor: Anchor, text: str, candidate: PlaceCandidate) -> float:
    """How like an anchor's the surroundings of a candidate are."""
    before, after, _ = surroundings(anchor)
    return _score(page_of(text).smooth, candidate.start, candidate.stop, (before,), (after,))


@lru_cache(maxsize=4096)
def surroundings(anchor: Anchor) -> tuple[str, str, tuple[bool, bool]]:
    """What was on either side, as it looks on a page, and whether the place began and ended inside a word.

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
    page: TextPage,
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
    """Where the words are, not as a part of longer ones unless they were such a part."""
    at = text.find(words)
    while at >= 0:
        stop = at + len(words)
        cut_left = at > 0 and text[at - 1].isalnum() and words[0].isalnum()
        cut_right = stop < len(text) and text[stop].isalnum() and words[-1].isalnum()
        if (cut_left, cut_right) == inner:
            yield at
        at = text.find(words, at + 1)


def _points(text: str, before: str, after: str) -> Iterator[int]:
    """Points between characters that have a piece of one of the two surroundings at its distance."""
    near: set[int] = set()
    for far in (0, _PIECE, 2 * _PIECE):
        stop = max(0, len(before) - far)
        start = max(0, stop - _PIECE)
        for piece, shift in ((before[start:stop], len(before) - start), (after[far : far + _PIECE], -far)):
            at = text.find(piece) if len(piece) > 3 else -1
            while at >= 0:
                near.add(min(max(0, at + shift), len(text)))
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


def side_variants(side: str, masked: tuple[Change, ...]) -> tuple[str, ...]:
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
    whole_before, whole_after, _ = surroundings(anchor)
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
    """The best agreement of one side with what is there, both read outwards from the place, and its
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
