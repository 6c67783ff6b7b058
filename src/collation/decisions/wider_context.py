"""The wider surroundings of a ruled place and of one in a later text, in words.

How like they are, and how far the later text stays with the reviewed one from there. Both are rough by half a dozen
words and say nothing of the place itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from collation.decisions.common_runs import STRIDE, together
from collation.decisions.ruling import Anchor
from collation.decisions.smoothed_text import page_of
from collation.decisions.word_diff import words_of
from collation.model import Place

WIDE = 30
FARTHEST = 600
_AT_HOME = 0.6


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How like the wider surroundings of the ruled place those of a candidate are, on either side."""

    left: float
    right: float

    @property
    def at_home(self) -> bool:
        return max(self.left, self.right) >= _AT_HOME

    @property
    def on_both_sides(self) -> bool:
        return min(self.left, self.right) >= _AT_HOME


def around(anchor: Anchor, text: str, reviewed: str, place: Place) -> Surroundings:
    """How like the wider surroundings are; beyond the ends of a text there is nothing, and that is compared
    too.
    """
    (left, right), (new_left, new_right) = words_beside(anchor, text, reviewed, place, WIDE)
    return Surroundings(
        float(Indel.normalized_similarity(left, new_left)),
        float(Indel.normalized_similarity(right, new_right)),
    )


def reach(anchor: Anchor, text: str, reviewed: str, place: Place) -> tuple[int, int]:
    """How many words outwards from the place the text stays with the reviewed one, on either side.

    That both end there counts for nothing: a text pasted behind itself ends as the first one did. What nearly goes
    there goes there.
    """
    (left, right), (new_left, new_right) = words_beside(anchor, text, reviewed, place, FARTHEST)
    first, last = range_of(anchor, reviewed)
    most = min(first, FARTHEST), min(len(words_of(reviewed).texts) - last, FARTHEST)
    found = together(left, new_left), together(right, new_right)
    return _rounded(found[0], most[0]), _rounded(found[1], most[1])


def _rounded(found: int, most: int) -> int:
    return most if found >= max(most / 2, most - 3 * STRIDE) else found


Sides = tuple[list[str], list[str]]


def words_beside(anchor: Anchor, text: str, reviewed: str, place: Place, width: int) -> tuple[Sides, Sides]:
    """The words on either side of the ruled place and of another, read outwards, with blanks beyond the
    text's ends.
    """
    page, new = page_of(text), words_of(text)
    spans = range_of(anchor, reviewed), new.within(page.offset(place.start), page.offset(place.stop))
    old_sides, new_sides = (
        (
            _padded(words[max(0, first - width) : first][::-1], width),
            _padded(words[last : last + width], width),
        )
        for words, (first, last) in zip((words_of(reviewed).texts, new.texts), spans, strict=True)
    )
    return old_sides, new_sides


def _padded(words: tuple[str, ...], width: int) -> list[str]:
    return [*words, *[""] * min(width - len(words), 2 * STRIDE)]


def range_of(anchor: Anchor, reviewed: str) -> tuple[int, int]:
    """The words of the reviewed text that the place touches."""
    page, place = page_of(reviewed), anchor.place()
    return words_of(reviewed).within(page.offset(place.start), page.offset(place.stop))
