"""Where a ruling belongs in a later text, with the text it was made on at hand.

The words of the reviewed text are collated with those of the later one. A place is found where both arguments
meet: the collation leads there, and its near surroundings are the anchor's. Where several places have these,
the wider surroundings decide, thirty words on either side: one place must be at least as like on both sides
and much more like on one. A passage that was copied is thus distinguished from its copy by what is around it,
unless it was copied right behind itself; then nobody can tell, and the answer is *ambiguous*. So it is where
the whole text occurs twice, and where something else is at home (``moved``).
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import Indel

from collation.decisions.candidate_places import PlaceCandidate, candidates, context_likeness
from collation.decisions.common_runs import in_common
from collation.decisions.moved_passages import is_copy
from collation.decisions.reading_between import reading_between
from collation.decisions.relocate import (
    HOLLOW,
    LEAST,
    MARGIN,
    NEWCOMER,
    VACANT,
    Ambiguous,
    Applied,
    Found,
    Gone,
    Location,
    bare_anchor,
    clear,
    relocate,
    vacancies,
)
from collation.decisions.ruling import Anchor, Change
from collation.decisions.smoothed_text import page_of
from collation.decisions.standing_reading import may_be_made, reading_around
from collation.decisions.wider_context import FARTHEST, around, range_of, reach, words_beside
from collation.decisions.word_diff import answered, words_answer, words_of
from collation.model import Place

_WHOLE = 0.6
"""The share of a text's words that makes another text a state of the whole of it."""
_NEXT = 3
_REACH = 5
_NO_SHORTER = 6
_MUCH_FARTHER = 12
_NEAREST = 8  # words on a side by which like places are told apart
_CLOSE = 40
"""Smooth characters from a reading within which what has the old words, or their surroundings, may be of the reading."""


def trace(
    anchor: Anchor, text: str, *, reviewed: str, masked: Iterable[Change] = (), change: Change | None = None
) -> Location:
    """Where the anchor's words are in a text, given the text that was ruled on."""
    listed = tuple(masked)
    if reviewed == text:
        return Found(anchor.place())
    if anchor.place().of(reviewed) != anchor.exact:  # the text kept under this digest is another one
        return relocate(anchor, text, masked=listed, change=change)
    located = _located(anchor, text, reviewed, candidates(anchor, anchor.exact, text, listed), anchor.rival)
    if isinstance(located, Found) and _is_another(anchor, text, reviewed, located.place):
        located = Ambiguous((located.place,))
    if change is None or change.text == anchor.exact:
        return located
    if isinstance(located, Found):
        return _if_made(located, text, reviewed, change, listed)
    mended = reading_between(change, text, reviewed, listed)
    places = located.places if isinstance(located, Ambiguous) else ()
    if mended is not None and all(_near(mended, p, text) or _is_of_old(p, anchor, text, reviewed) for p in places):
        return Applied(mended)
    near = relocate(anchor, text, masked=listed, change=change)
    if isinstance(near, Applied) and around(anchor, text, reviewed, near.place).at_home:
        return near
    return located


def _if_made(found: Found, text: str, reviewed: str, change: Change, masked: tuple[Change, ...]) -> Location:
    """Applied, where the old words that were found are part of the reading; where that was so before the ruling, the
    surroundings decide.
    """
    there = reading_around(change, text, found.place)
    if there is not None:
        return Applied(there)
    if not may_be_made(change, text, found.place):
        return found
    mended = reading_between(change, text, reviewed, ())
    near = Applied(mended) if mended else relocate(change.anchor, text, masked=masked, change=change)
    return near if isinstance(near, Applied) and _near(near.place, found.place, text) else Ambiguous((found.place,))


def _near(mended: Place, place: Place, text: str) -> bool:
    """Whether a place is within a few words of another."""
    page = page_of(text)
    start, stop = page.offset(mended.start) - _CLOSE, page.offset(mended.stop) + _CLOSE
    return start <= page.offset(place.start) and page.offset(place.stop) <= stop


def _is_of_old(place: Place, anchor: Anchor, text: str, reviewed: str) -> bool:
    """Whether the words of a place answer other words of the reviewed text than those ruled on."""
    page, (first, last), found = page_of(text), range_of(anchor, reviewed), answered(reviewed, text)
    there = [found.get(i) for i in range(*words_of(text).within(page.offset(place.start), page.offset(place.stop)))]
    return bool(there) and all(at is not None and not first <= at < last for at in there)


def _is_another(anchor: Anchor, text: str, reviewed: str, place: Place) -> bool:
    """Whether the text goes on from a place, on one side, as from the same words elsewhere in the reviewed text and not as from the
    ruled ones: in a list of like rows, one of which was taken out, its neighbour is so like it that it is taken for it.
    """
    if not anchor.exact:
        return False
    own = _runs(anchor, text, reviewed, place)
    others = (c.place for c in candidates(anchor, anchor.exact, reviewed) if c.place.start != anchor.start)
    runs = (_runs(bare_anchor(reviewed, other), text, reviewed, place) for other in others)
    return any(its > ours for found in runs for ours, its in zip(own, found, strict=True))


def _runs(anchor: Anchor, text: str, reviewed: str, place: Place) -> tuple[int, int]:
    """How many of the nearest words of a place are, in a row, those of the anchor, on either side."""
    old, new = words_beside(anchor, text, reviewed, place, _NEAREST)
    left, right = (
        next((n for n, (one, other) in enumerate(zip(*sides, strict=False)) if one != other), _NEAREST)
        for sides in zip(old, new, strict=True)
    )
    return left, right


def _located(anchor: Anchor, text: str, reviewed: str, listed: list[PlaceCandidate], rival: float) -> Location:
    """The candidate that both arguments mean."""
    target = _answer(anchor, reviewed, text)
    led = next((c for c in listed if c.start == target), None)
    likely = [c for c in listed if c.score >= NEWCOMER and c is not led]
    if led is None:
        return _not_led(anchor, text, reviewed, likely, rival)
    others = [c for c in likely if c.score >= led.score - 0.5 or _side_by_side(text, led, c)]
    beaten = all(_explained(text, reviewed, led, c) or _wins(anchor, text, reviewed, led, c) for c in others)
    likely_it = (led.score >= LEAST and clear(led.score, rival)) or _held(anchor, reviewed, text)
    vacant = _emptied(anchor, text, reviewed, listed, led)
    at_home = around(anchor, text, reviewed, led.place).at_home and not _is_copy(anchor, text, reviewed, led, likely)
    if beaten and not vacant and likely_it and at_home:
        return Found(led.place)
    return Ambiguous(tuple(c.place for c in (led, *others, *vacant)))


def _is_copy(anchor: Anchor, text: str, reviewed: str, found: PlaceCandidate, likely: Iterable[PlaceCandidate]) -> bool:
    """Whether what is around a place is an old state that was kept, while another is where it was."""
    page, new = page_of(text), words_of(text)
    retyped = [c for c in likely if not _is_verbatim(anchor, text, reviewed, c.place)]
    there, *rivals = (new.within(page.offset(c.place.start), page.offset(c.place.stop))[0] for c in (found, *retyped))
    return is_copy(*range_of(anchor, reviewed), there, words_of(reviewed).texts, new.texts, rivals)


def _is_verbatim(anchor: Anchor, text: str, reviewed: str, place: Place) -> bool:
    """Whether the nearest words on one side are the very same, as in a copy and seldom in a sentence typed anew."""
    old, new = words_beside(anchor, text, reviewed, place, _NEXT)
    return any(one == other for one, other in zip(old, new, strict=True))


def _emptied(
    anchor: Anchor, text: str, reviewed: str, listed: list[PlaceCandidate], led: PlaceCandidate
) -> list[PlaceCandidate]:
    """Points at which the words may have been taken out, what was found being a copy.

    They have the very surroundings, or have them in part and go as far with the reviewed text as what was found.
    """
    points = vacancies(anchor, text, listed, HOLLOW)
    sure = max(VACANT, led.score - MARGIN)
    return [p for p in points if p.score >= sure or not _wins(anchor, text, reviewed, led, p)]


def _explained(text: str, reviewed: str, led: PlaceCandidate, other: PlaceCandidate) -> bool:
    """Whether another candidate is clearly not the place: it answers other words, and is more like these."""
    first, last = words_of(text).within(other.start, other.stop)
    then = [at for i in range(first, last) if (at := answered(reviewed, text).get(i)) is not None]
    if not then or len(then) < last - first or not clear(led.score, other.score):
        return False
    words = words_of(reviewed)
    its = page_of(reviewed).place(words.starts[min(then)], words.stops[max(then)])
    return context_likeness(bare_anchor(reviewed, its), text, other) >= other.score


def _wins(anchor: Anchor, text: str, reviewed: str, led: PlaceCandidate, other: PlaceCandidate) -> bool:
    """Whether the first goes as far with the reviewed text as the other, and much farther on one side."""
    if _side_by_side(text, led, other) or _both_whole(anchor, text, reviewed, led, other):
        return False
    own, its = reach(anchor, text, reviewed, led.place), reach(anchor, text, reviewed, other.place)
    gains = own[0] - its[0], own[1] - its[1]
    return min(gains) >= -_NO_SHORTER and max(gains) >= _MUCH_FARTHER


def _both_whole(anchor: Anchor, text: str, reviewed: str, one: PlaceCandidate, other: PlaceCandidate) -> bool:
    """Whether the whole text occurs here twice, one candidate in each: whatever was done to them since, nobody can
    tell which of them is the copy.
    """
    old, new, page = words_of(reviewed).texts, words_of(text), page_of(text)
    first, _ = range_of(anchor, reviewed)
    begins = [new.within(page.offset(c.place.start), page.offset(c.place.stop))[0] - first for c in (one, other)]
    if len(new.texts) < (1 + _WHOLE) * len(old) or abs(begins[0] - begins[1]) < _WHOLE * len(old):
        return False
    parts = (new.texts[max(0, at) : max(0, at + len(old))] for at in begins)
    return all(Indel.similarity(old, part) / 2 >= _WHOLE * len(old) for part in parts)


def _side_by_side(text: str, one: PlaceCandidate, other: PlaceCandidate) -> bool:
    """Whether a passage occurs twice in a row, one candidate in each: nobody can tell which of them is the
    copy.
    """
    words, page = words_of(text), page_of(text)
    (first, _), (second, _) = sorted(
        words.within(page.offset(c.place.start), page.offset(c.place.stop)) for c in (one, other)
    )
    apart = second - first
    if not 0 < apart <= FARTHEST:
        return False
    before = (list(words.texts[max(0, at - apart) : at][::-1]) for at in (first, second))
    behind = (list(words.texts[at : at + apart]) for at in (first, second))
    return in_common(*before) + in_common(*behind) >= apart - min(_REACH, apart // 3)


def _not_led(anchor: Anchor, text: str, reviewed: str, likely: list[PlaceCandidate], rival: float) -> Location:
    """Where the collation leads nowhere: a long passage that moved as a whole takes its places with it.

    While the old neighbours are where they were, nothing has moved, and what has the words is a copy.
    """
    good = [c for c in likely if c.score >= LEAST]
    left_behind = _nearest(anchor, reviewed, text)
    if not good:
        return Gone(left_behind)
    home = around(anchor, text, reviewed, good[0].place)
    moved = len(likely) == 1 and rival < NEWCOMER and left_behind is None
    if moved and home.on_both_sides and not _is_copy(anchor, text, reviewed, good[0], likely):
        return Found(good[0].place)
    return Ambiguous(tuple(c.place for c in good))


def _answer(anchor: Anchor, reviewed: str, text: str) -> int | None:
    """The smooth offset in the text to which the collation leads, if all words of the place are there in a
    row.
    """
    first, last = range_of(anchor, reviewed)
    found = words_answer(reviewed, text)
    inside = page_of(reviewed).offset(anchor.start) - words_of(reviewed).starts[first] if first < last else 0
    if first < last:
        there = [found.get(i) for i in range(first, last)]
        if there[0] is None or there != list(range(there[0], there[0] + last - first)):
            return None
        return words_of(text).starts[there[0]] + inside
    return _answer_point(anchor, reviewed, text, first)


def _answer_point(anchor: Anchor, reviewed: str, text: str, behind: int) -> int | None:
    """The same for a point between two words, which must be side by side there too."""
    found = words_answer(reviewed, text)
    left, right = found.get(behind - 1), found.get(behind)
    if left is None or right is None or right != left + 1:
        return None
    shift = page_of(reviewed).offset(anchor.start) - words_of(reviewed).stops[behind - 1]
    return words_of(text).stops[left] + max(0, shift)


def _held(anchor: Anchor, reviewed: str, text: str) -> bool:
    """Whether near neighbours on both sides hold the place: between them its words occur once, then and now."""
    first, last = range_of(anchor, reviewed)
    ends = _neighbours(anchor, reviewed, text)
    if ends is None or first >= last:
        return False
    old, new = words_of(reviewed).texts, words_of(text).texts
    (left, right), found = ends, words_answer(reviewed, text)
    words = old[first:last]
    between = new[found[left] + 1 : found[right]]
    return _times(words, old[left + 1 : right]) == 1 and _times(words, between) == 1


def _times(words: tuple[str, ...], among: tuple[str, ...]) -> int:
    return sum(among[i : i + len(words)] == words for i in range(len(among)))


def _neighbours(anchor: Anchor, reviewed: str, text: str) -> tuple[int, int] | None:
    """The nearest words on either side, few words off, that occur in the text too, in this order."""
    first, last = range_of(anchor, reviewed)
    found = words_answer(reviewed, text)
    left = next((i for i in range(first - 1, first - 1 - _REACH, -1) if i in found), None)
    right = next((i for i in range(last, last + _REACH) if i in found), None)
    if left is None or right is None or not 0 < found[right] - found[left] <= 3 * _REACH:
        return None
    return left, right


def _nearest(anchor: Anchor, reviewed: str, text: str) -> Place | None:
    """Where the words would be: the gap between their nearest neighbours."""
    ends = _neighbours(anchor, reviewed, text)
    if ends is None:
        return None
    found, words = words_answer(reviewed, text), words_of(text)
    return page_of(text).place(words.stops[found[ends[0]]], words.starts[found[ends[1]]])
