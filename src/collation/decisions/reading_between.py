"""Where the reading of a change is in a later text, between the nearest neighbours of the old words that are there still.

What an edition adds to a reading so that it is seen is passed over, and other rulings may have mended what is between the
neighbours and the place. Blind where five words on one side have all gone.
"""

from __future__ import annotations

import re
from itertools import product

from collation.decisions.candidate_places import side_variants
from collation.decisions.ruling import Anchor, Change
from collation.decisions.smoothed_text import page_of, smooth
from collation.decisions.standing_reading import signed, signs_in
from collation.decisions.wider_context import range_of
from collation.decisions.word_diff import words_answer, words_of
from collation.model import Place

_REACH = 5
# The reading lies between two characters that no text has.
_BORDER = re.compile("( *\ue000[ \ue000\ue001]*| *\ue001 *)")
_BORDER_SIGNS = {"\ue000": "{signs}(", "\ue001": "){signs}", " ": "{signs} ?"}


def reading_between(change: Change, text: str, reviewed: str, masked: tuple[Change, ...]) -> Place | None:
    """Where the reading is, or None where something else is between the neighbours."""
    between = _between(change.anchor, reviewed, text)
    if between is None:
        return None
    (first, last), (start, stop) = between
    page, place = page_of(reviewed), change.anchor.place()
    sides = page.smooth[first : page.offset(place.start)], page.smooth[page.offset(place.stop) : last]
    for left, right in product(*(side_variants(side, masked) for side in sides)):
        pattern = _pattern(left, smooth(change.text), right)
        if (match := pattern.fullmatch(page_of(text).smooth, start, stop)) is not None:
            return page_of(text).place(*match.span(1))
    return None


def _between(anchor: Anchor, reviewed: str, text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The smooth stretch between the nearest words on either side that are there still, then and now; at the ends of the
    texts up to these.
    """
    first, last = range_of(anchor, reviewed)
    old, new, found = words_of(reviewed), words_of(text), words_answer(reviewed, text)
    left = next((i for i in range(first - 1, max(-1, first - 1 - _REACH), -1) if i in found), None)
    right = next((i for i in range(last, min(len(old.texts), last + _REACH)) if i in found), None)
    at_start, at_end = left is None and first <= _REACH, right is None and last + _REACH >= len(old.texts)
    if (left is None and not at_start) or (right is None and not at_end):
        return None
    starts = (0, 0) if left is None else (old.stops[left], new.stops[found[left]])
    ends = (len(page_of(reviewed).smooth), len(page_of(text).smooth))
    stops = ends if right is None else (old.starts[right], new.starts[found[right]])
    return ((starts[0], stops[0]), (starts[1], stops[1])) if starts[1] <= stops[1] else None


def _pattern(left: str, reading: str, right: str) -> re.Pattern[str]:
    """The reading (the group) between what is on either side of it; blanks that nothing parts any more are one."""
    signs = signs_in(left, reading, right)
    found = [""]
    for part in _BORDER.split(f"{left}\ue000{reading}\ue001{right}"):
        if _BORDER.fullmatch(part):
            found.append(f"(?={signs} )" if " " in part else "")
            found += [_BORDER_SIGNS[sign].format(signs=signs) for sign in part]
        elif part:
            found += ["" if found[-1].endswith("(") else signs, signed(part, signs)]
    return re.compile("".join([*found, signs]))
