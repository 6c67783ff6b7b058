"""Parallel texts that come line by line, and which of them carry planted noise.

Two files of a text hold the same lines in two languages; a form feed parts documents, a line that begins with ``# `` is
a heading. A file without documents, and a long document, are cut into pieces of some lines.

No text teaches twice. A piece either carries noise, for the judge, or it is counted in the tables on which the judge's
measures rest (translations, language model, context model), so that the measures are no better informed of a
noisy text than of a stranger's. Which it is follows from a digest of the piece: it does not depend on the order or the
number of the texts. Of the chapters of a book the first of every two carries noise, the second is counted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from collation.learning.manifest import Text, sides
from collation.learning.ngram_counts import read_prose, six_grams, units
from collation.learning.parallel import COUNTED, NOISY, aligned_chapters, chapters
from collation.learning.typed_lines import typed
from collation.model import Aligned, Token

_LINES = 30
_SEPARATOR = "\f"
_HEADING = "# "
EVERY = {"soviet": 8}  # one piece in so many carries noise; of the smaller collections every second
_EVERY_OTHER = 2
_LEAST_WORDS = 300  # Russian words of a noisy document; shorter pieces of a collection are put together,
_MOST_WORDS = 600  # and longer ones are parted
_PARAGRAPH = 40  # words of a paragraph; shorter lines are put together
_WRAPPED = 3  # one document in so many has lines of a typescript's length
_SMALL = 60_000  # words: a collection that has fewer is taken whole
CLEAN = "clean"
_OF_COLLECTION = re.compile(r"(\S+) \d+\.\d+(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class LinedText:
    """A piece of parallel text, as many lines on either side."""

    name: str
    original: tuple[str, ...]
    translation: tuple[str, ...]

    def carries_noise(self) -> bool:
        """Whether noise is planted in it; else it is counted."""
        every = EVERY.get(collection_of(self.name), _EVERY_OTHER)
        return number_of("\n".join(self.original)) % every == 0

    @property
    def words(self) -> int:
        """Words of the original, by blanks."""
        return sum(len(line.split()) for line in self.original)


def collection_of(name: str) -> str:
    """The collection that a text is of, by its name: of “soviet 12.1” the first word, of the name of a file “clean”."""
    found = _OF_COLLECTION.fullmatch(name)
    return found[1] if found else CLEAN


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
            columns = tuple(zip(*rows[start : start + _LINES], strict=True))
            yield LinedText(f"{collection} {number}.{start // _LINES + 1}", *columns)


def _lines(text: str) -> list[str]:
    return text.strip("\n").split("\n")


def number_of(text: str) -> int:
    """A number that follows from the text alone, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "big")


# --- the texts that carry noise ----------------------------------------------------------------------------------


def lined_documents(original: Path, translation: Path) -> dict[str, str]:
    """The pieces that carry noise as documents of some 500 words, by name: Russian paragraphs, then English ones. One document in
    three has the short lines of a typescript, with words parted at their ends."""
    found: dict[str, str] = {}
    rows: list[tuple[str, str]] = []
    name = ""
    for piece in lined_texts(original, translation):
        if not piece.carries_noise():
            continue
        for part in _parts(piece):
            name = name or part.name
            rows += zip(part.original, part.translation, strict=True)
            if sum(len(russian.split()) for russian, _ in rows) >= _LEAST_WORDS:
                found[name] = _document(rows)
                rows, name = [], ""
    if rows:
        found[name] = _document(rows)
    return found


def _parts(piece: LinedText) -> Iterator[LinedText]:
    """A piece in parts of so many words or one line, the second and later ones with a number to their name."""
    start = number = words = 0
    for stop, line in enumerate(piece.original, 1):
        words += len(line.split())
        if words >= _MOST_WORDS or stop == len(piece.original):
            number += 1
            name = piece.name if number == 1 else f"{piece.name}-{number}"
            yield LinedText(name, piece.original[start:stop], piece.translation[start:stop])
            start, words = stop, 0


def _document(rows: Sequence[tuple[str, str]]) -> str:
    left, right = [""], [""]
    for russian, english in rows:
        left[-1], right[-1] = f"{left[-1]} {russian}".strip(), f"{right[-1]} {english}".strip()
        if len(left[-1].split()) >= _PARAGRAPH:
            left.append("")
            right.append("")
    paragraphs = [p for p in (*left, *right) if p]
    if number_of(left[0]) % _WRAPPED == 0:
        paragraphs = [typed(p) for p in paragraphs]
    return "\n\n".join(paragraphs) + "\n"


def draw(documents: Mapping[str, str], words: int) -> dict[str, str]:
    """Documents of some ``words`` Russian words (taken as half of a document's): the clean texts and small collections whole, of
    the others each its share by size; where the small ones are more than that, of them too. Which documents are drawn follows from their texts."""
    sizes = {name: len(text.split()) // 2 for name, text in documents.items()}
    by_collection: dict[str, list[str]] = {}
    for name in documents:
        by_collection.setdefault(collection_of(name), []).append(name)
    whole = {c: sum(sizes[n] for n in names) for c, names in by_collection.items()}
    small = {c for c, size in whole.items() if c == CLEAN or size < _SMALL}
    if sum(whole[c] for c in small) > words:
        small = {CLEAN} & small
    left = words - sum(whole[c] for c in small)
    share = max(0.0, left / max(1, sum(size for c, size in whole.items() if c not in small)))
    taken: set[str] = set()
    for collection, names in by_collection.items():
        wanted = whole[collection] * (1.0 if collection in small else min(1.0, share))
        for name in sorted(names, key=lambda n: number_of(documents[n])):
            if wanted < sizes[name] / 2:
                break
            taken.add(name)
            wanted -= sizes[name]
    return {name: text for name, text in documents.items() if name in taken}


# --- the texts that are counted ----------------------------------------------------------------------------------


def counted_texts(texts: Sequence[Text], folder: Path) -> Iterator[LinedText]:
    """The parallel texts that tables may be learned from: lined pieces that carry no noise, and the sentences of every second
    chapter of the books, those that answer each other. Raises CollationError for a text of one side."""
    for pair in sides(texts, folder, "lined"):
        yield from (piece for piece in lined_texts(*pair) if not piece.carries_noise())
    for pair in sides(texts, folder, "parallel"):
        for name, aligned in aligned_chapters(*pair, every=2, first=COUNTED):
            yield _sentences(name, aligned)


def _sentences(name: str, aligned: Aligned) -> LinedText:
    rows = [
        (_between(aligned, pair.original), _between(aligned, pair.translation))
        for pair in aligned.pairs
        if pair.original and pair.translation
    ]
    left, right = zip(*rows, strict=True)
    return LinedText(f"chapter {name}", left, right)


def _between(aligned: Aligned, tokens: Sequence[Token]) -> str:
    return " ".join(aligned.document.text[tokens[0].start : tokens[-1].stop].split())


def noisy_six_grams(texts: Sequence[Text], folder: Path) -> frozenset[int]:
    """Hashes of all runs of six Russian words in the lined pieces and chapters that carry noise, for the ``exclude`` of the
    language models; they hold within one run of the program. Raises CollationError for a text of one side."""
    pieces = [
        "\n".join(piece.original)
        for pair in sides(texts, folder, "lined")
        for piece in lined_texts(*pair)
        if piece.carries_noise()
    ]
    for pair in sides(texts, folder, "parallel"):
        pieces += [russian for n, (_, russian, _) in enumerate(chapters(*pair)) if n % 2 == NOISY]
    return frozenset(h for text in pieces for h in six_grams(list(units(text))))
