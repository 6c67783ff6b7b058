"""Misreadings made one by one by readers, not by a program, in texts that carry noise.

``misread_by_hand.tsv`` says of each in which text it is, by a digest, where, and what is read there. What a reader makes of a
word looks like it and suits its sentence: a maker that draws words by their shape or by the language model plants others.
"""

from __future__ import annotations

import re
from pathlib import Path

from collation.errors import CollationError, Message
from collation.knowledge.letters import case_of
from collation.learning.clean_words import Misreading, kind_of
from collation.learning.material import number_of
from collation.learning.noise import Noisy, applied

SHIPPED = Path(__file__).with_name("misread_by_hand.tsv")
_COLUMNS = 4
_DIGITS = 16  # of the number of a text, written in the base of sixteen

Rows = list[tuple[int, int, str]]
"""Offsets of what is misread in a clean text, and what is read there."""


def text_key(text: str) -> str:
    """How a clean text is named in the file."""
    return f"{number_of(text):0{_DIGITS}x}"


def read_by_hand(path: Path = SHIPPED) -> dict[str, Rows]:
    """The rows of a file by their texts, in order and without overlaps.

    Raises CollationError, with path and line, for a row that cannot be right or that begins before the one above it ends.
    """
    found: dict[str, Rows] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != _COLUMNS or not (cells[1].isdecimal() and cells[2].isdecimal()):
            raise CollationError(Message("misreading-row", expected=_COLUMNS), path=path, line=number)
        start, stop = int(cells[1]), int(cells[2])
        rows = found.setdefault(cells[0], [])
        if not (rows[-1][1] if rows else 0) <= start < stop:
            raise CollationError(Message("misreading-place", start=start, stop=stop), path=path, line=number)
        rows.append((start, stop, cells[3]))
    return found


def misread(text: str, rows: Rows) -> Noisy:
    """The text with its misreadings, each without the words that it has in common with the text."""
    return applied(text, [narrowed(text, *row) for row in rows])


def narrowed(text: str, start: int, stop: int, read: str) -> Misreading:
    """What is misread of a stretch: where “не мог” is read “мог”, a “не” is lost."""
    there = [(m.start(), m.end()) for m in re.compile(r"\S+").finditer(text, start, stop)]
    words, new = [text[a:b] for a, b in there], read.split()
    first = _common(words, new)
    last = _common(words[first:][::-1], new[first:][::-1])
    before, there, new = there[:first], there[first : len(there) - last], new[first : len(new) - last]
    added = " ".join(new)
    if not there:
        place = before[-1][1] if before else start
        return Misreading(place, place, f" {added}" if before else f"{added} ", _kind("", added))
    begin, end = there[0][0], there[-1][1]
    if not new:  # the blank behind lost words goes with them
        end += len(text[end:]) - len(text[end:].lstrip(" "))
    return Misreading(begin, end, added, _kind(text[begin:end].strip(), added))


def _common(left: list[str], right: list[str]) -> int:
    """With how many equal words both begin."""
    return next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def _kind(there: str, read: str) -> str:
    """The kind of error, as the makers of noise name it."""
    if not read:
        return "lost"
    if not there:
        return "inserted"
    if "".join(read.split()) == "".join(there.split()):
        return "split" if len(read.split()) > len(there.split()) else "merge"
    if case_of(there) == case_of(read) == "title":
        return "name"
    return kind_of(read, there) if read.isalpha() and there.isalpha() else "real-word"
