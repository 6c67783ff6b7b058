"""Whether a text reads around a place as it was ruled, though the old words are there too.

A reading often contains the words that it mends (допустили → не допустили). Where these are found, nothing is to be done
if the whole reading is there already, or it would be carried out again and again. What an edition adds to a reading, so
that it is seen, is passed over: square brackets («5[0]», «[так]») and the numbers of notes. Blind where the reading was
there before the ruling too (так → так так, in a row of two); there the surroundings have to decide.
"""

from __future__ import annotations

import re
from functools import lru_cache

from collation.decisions.candidate_places import surroundings
from collation.decisions.ruling import Anchor, Change
from collation.decisions.smoothed_text import page_of, smooth
from collation.model import Place

SIGNS = r"(?:\[\d{1,5}\]|[\[\]]){0,4}"
"""What an edition may print anywhere in a reading and around it, unless the reading has brackets of its own. Not any number
of them: a row of brackets could be passed over in too many ways.
"""
_REACH = 40
"""Characters for such signs before the end of a reading."""


def reading_around(change: Change, text: str, place: Place) -> Place | None:
    """Where the reading of a change is in a text, around the place that has its old words; None where it is not, or where
    it was when it was ruled.
    """
    return None if _was_there(change) else _around(change, text, place)


def may_be_made(change: Change, text: str, place: Place) -> bool:
    """Whether nobody can tell if a change was made at the place that has its old words.

    The reading is around it, as it was when it was ruled, and the surroundings are others.
    """
    if not _was_there(change) or _around(change, text, place) is None:
        return False
    page, (before, after, _) = page_of(text), surroundings(change.anchor)
    start, stop = page.offset(place.start), page.offset(place.stop)
    return not (page.smooth.endswith(before, 0, start) and page.smooth.startswith(after, stop))


@lru_cache(maxsize=4096)
def _was_there(change: Change) -> bool:
    """Whether the reading was around the place already when it was ruled."""
    anchor = change.anchor
    place = Place.at(len(anchor.before), len(anchor.before) + len(anchor.exact))
    return _around(change, anchor.before + anchor.exact + anchor.after, place) is not None


def _around(change: Change, text: str, place: Place) -> Place | None:
    """The reading in a text, from where it covers the place or, the place being a point, touches it."""
    page, words = page_of(text), smooth(change.text)
    if smooth(change.anchor.exact) not in words:
        return None
    start, stop = page.offset(place.start), page.offset(place.stop)
    signs = signs_in(words)
    reading = re.compile(f"(?=({signs}({signed(words, signs)}){signs}))")
    for found in reading.finditer(page.smooth, max(0, start - _REACH - 2 * len(words))):
        if found.start() > start:
            break
        first, last = found.span(2)
        if found.end(1) >= stop and (_is_whole(page.smooth, first, last) or _is_in_word(change.anchor)):
            return page.place(first, _closed(page.smooth, first, last))
    return None


def signs_in(*words: str) -> str:
    """A pattern of what an edition may print in these words: nothing, where they have brackets of their own."""
    return "" if any("[" in w or "]" in w for w in words) else SIGNS


@lru_cache(maxsize=256)
def signed(words: str, signs: str) -> str:
    """A pattern of smooth words with the signs of an edition in them."""
    return signs.join(re.escape(sign) for sign in words)


def _is_whole(text: str, start: int, stop: int) -> bool:
    """Whether a stretch begins and ends where words do."""
    cut_left = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_right = stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum()
    return not cut_left and not cut_right


def _is_in_word(anchor: Anchor) -> bool:
    """Whether the ruling is on a part of a word, or on a point in one or at its edge."""
    before, after, inner = surroundings(anchor)
    return any(inner) or (not anchor.exact and (before[-1:].isalnum() or after[:1].isalnum()))


def _closed(text: str, start: int, stop: int) -> int:
    """The end of a stretch, with the bracket that closes one opened in it."""
    opened = text.count("[", start, stop) > text.count("]", start, stop)
    return stop + 1 if opened and text[stop : stop + 1] == "]" else stop
