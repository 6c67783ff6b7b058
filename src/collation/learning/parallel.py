"""Parallel texts to learn from: two long files of chapters, paired by number and aligned chapter by chapter.

Chapters are found by their headings (Roman numbers, with or without the word) and taken only while their numbers run
on from one; a part of the book ends where the numbers begin again. Parts with as many
chapters on either side are paired in order, chapters by number.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

import regex

from collation.alignment.align import align
from collation.languages.knowledge import knowledge_for
from collation.learning.ngram_counts import read_prose as unpack
from collation.model import Aligned
from collation.reading import read_pair

_HEADING = regex.compile(r"^[ \t]*(?:CHAPTER|ГЛАВА)?[ \t]*(?P<number>[IVXLC]+)\.?[ \t]*$", regex.M)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LEAST = 400
NOISY, COUNTED = 0, 1  # of every two chapters the first carries noise, the second is counted in the tables


def chapter_number(text: str) -> int:
    """The value of a Roman number."""
    values = [_ROMAN[c] for c in text]
    return sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))


def parts(text: str) -> list[list[str]]:
    """The parts of a book, each a list of its chapters' texts."""
    heads = list(_HEADING.finditer(text))
    found: list[list[str]] = []
    current: list[str] = []
    expected = 1
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        number = chapter_number(head.group("number"))
        body = text[head.end() : following.start() if following else len(text)]
        if number == 1 and len(body) >= _LEAST:
            if len(current) > 1:
                found.append(current)
            current, expected = [], 1
        if number == expected and len(body) >= _LEAST:
            current.append(body)
            expected += 1
    return [*found, current] if len(current) > 1 else found


def chapters(original: Path, translation: Path) -> Iterator[tuple[str, str, str]]:
    """Name, original and translation of each chapter of the parts that both books divide alike."""
    left, right = parts(unpack(original)), parts(unpack(translation))
    match = SequenceMatcher(None, [len(p) for p in left], [len(p) for p in right], autojunk=False)
    for block in match.get_matching_blocks():
        for k in range(block.size):
            own, other = left[block.a + k], right[block.b + k]
            for c, (russian, english) in enumerate(zip(own, other, strict=True), 1):
                yield f"{block.b + k + 1:02d}.{c:02d}", russian, english


def aligned_chapters(
    original: Path, translation: Path, *, every: int = 1, first: int = 0
) -> Iterator[tuple[str, Aligned]]:
    """Each chapter, or every nth from the first on, aligned; those that do not translate each other are left out."""
    for name, russian, english in islice(chapters(original, translation), first, None, every):
        aligned = align(read_pair(_flat(russian), _flat(english)), knowledge_for())
        if aligned.parallel:
            yield name, aligned


def _flat(text: str) -> str:
    """Paragraphs on one line each, a blank line between them; indented paragraphs are recognised by their indent."""
    pieces = regex.split(r"\n[ \t]*\n|\n(?=[ \t]{4,}\S)", text)
    return "\n\n".join(" ".join(piece.split()) for piece in pieces if piece.strip())
