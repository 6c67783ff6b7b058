"""Parallel texts that come line by line, and which of them carry planted noise.

Two files of a text hold the same lines in two languages; a form feed parts documents, a line that begins with ``# `` is
a heading. A file without documents, and a long document, are cut into pieces of some lines.

No text teaches twice. A piece either carries noise, for the judge, or it is counted in the tables on which the judge's
measures rest (translations, language model, context model), so that the measures are no better informed of a
noisy text than of a stranger's. Which it is follows from a digest of the piece: it does not depend on the order or the
number of the texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from collation.learning.language import read_prose

_LINES = 30
_SEPARATOR = "\f"
_HEADING = "# "
EVERY = {"soviet": 8}  # one piece in so many carries noise; of the smaller collections every second
_EVERY_OTHER = 2


@dataclass(frozen=True, slots=True)
class LinedText:
    """A piece of parallel text, as many lines on either side."""

    name: str
    original: tuple[str, ...]
    translation: tuple[str, ...]

    def carries_noise(self) -> bool:
        """Whether noise is planted in it; else it is counted."""
        every = EVERY.get(self.name.split(" ")[0], _EVERY_OTHER)
        digest = hashlib.blake2b("\n".join(self.original).encode("utf-8"), digest_size=8).digest()
        return int.from_bytes(digest, "big") % every == 0

    @property
    def words(self) -> int:
        """Words of the original, by blanks."""
        return sum(len(line.split()) for line in self.original)


def lined_texts(original: Path, translation: Path) -> Iterator[LinedText]:
    """The pieces of two files whose lines answer each other. Raises ValueError where a document has more lines on one side."""
    collection = original.name.split(".")[0]
    left, right = (read_prose(path).split(_SEPARATOR) for path in (original, translation))
    for number, (russian, english) in enumerate(zip(left, right, strict=True), 1):
        rows = [
            (a, b)
            for a, b in zip(_lines(russian), _lines(english), strict=True)
            if a.strip() and b.strip() and not a.startswith(_HEADING)
        ]
        for start in range(0, len(rows), _LINES):
            sides = tuple(zip(*rows[start : start + _LINES], strict=True))
            yield LinedText(f"{collection} {number}.{start // _LINES + 1}", *sides)


def _lines(text: str) -> list[str]:
    return text.strip("\n").split("\n")
