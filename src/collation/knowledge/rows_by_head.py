"""Dictionaries of tens of thousands of rows, indexed by their heads and taken apart row by row when one is asked for.

A document asks for a few hundred heads: reading all rows at once would take longer than everything else that is done for a
short one, and five times the memory of the files' text. The index is two rows of numbers, which ship with the dictionary
(``learning/dictionary_tables.py``); one that was made of another text does not count, and the heads are looked through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.errors import DamagedDictionary, Message
from collation.knowledge import dictionaries
from collation.knowledge.made_of import opened_if_made_of
from collation.knowledge.words.numbered import NumberedRows, in_order

HEADS, STARTS = "head-numbers", "head-starts"
_HEADS = re.compile(rb"^([^#\s][^\t\n]*)(?:\t|$)", re.MULTILINE)
Key = Callable[[str], str]


def text_of(paths: Sequence[Path]) -> bytes:
    """The text of some files, one after the other. Raises DamagedDictionary where one cannot be read."""
    return b"\n".join(map(dictionaries.read_bytes, paths))


def heads_of(text: bytes, key: Key) -> Iterator[tuple[str, int]]:
    """The head of each row, and where the row begins."""
    for found in _HEADS.finditer(text):
        yield key(found[1].decode("utf-8")), found.start()


def index_of(text: bytes, key: Key) -> dict[str, NDArray[Any]]:
    """The numbers of the heads of all rows, sorted, and where the rows begin; those of one head in their order."""
    heads = list(heads_of(text, key))
    numbers, order = in_order(head for head, _ in heads)
    return {HEADS: numbers, STARTS: np.array([start for _, start in heads], dtype=np.uint32)[order]}


class RowsByHead:
    """The rows of some files by their first cells. ``key`` makes of a cell what is asked for; ``laid`` is the file of the index.

    Raises DamagedDictionary where a file cannot be read, and, when it is asked for, where a row has too many cells.
    """

    def __init__(self, paths: Sequence[Path], *, columns: int, key: Key = str.strip, laid: Path | None = None) -> None:
        self._columns = columns
        self._key = key
        self._label = paths[0].parent if paths else Path()
        self._text = text_of(paths)
        self.laid = opened_if_made_of(self._text, laid) if laid else None
        index = self.laid.arrays if self.laid else index_of(self._text, key)
        self._heads, self._starts = NumberedRows(index[HEADS]), index[STARTS].data

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._heads)

    def __iter__(self) -> Iterator[str]:
        """The heads, each once, in the order of the files."""
        return iter(dict.fromkeys(head for head, _ in heads_of(self._text, self._key)))

    def rows(self, head: str) -> list[tuple[str, ...]]:
        """The rows of a head in the order of the files, short ones filled up with empty cells."""
        return [self._row(self._starts[at]) for at in self._heads.about(head)]

    def place(self, head: str) -> int | None:
        """Where in the files a head stands first, None where it is none."""
        return next((int(self._starts[at]) for at in self._heads.about(head)), None)

    def column(self, number: int) -> str:
        """The cells of one column, a line each, as they are written."""
        cell = rb"^[^#\s][^\t\n]*(?:\t[^\t\n]*){%d}\t([^\t\n]*)" % (number - 1) if number else rb"^([^#\s][^\t\n]*)"
        return b"\n".join(re.findall(cell, self._text, re.MULTILINE)).decode("utf-8")

    def _row(self, start: int) -> tuple[str, ...]:
        stop = self._text.find(b"\n", start)
        written = self._text[start : stop if stop >= 0 else None].decode("utf-8")
        cells = tuple(map(str.strip, written.split("\t")))
        if len(cells) > self._columns:
            raise DamagedDictionary(
                Message("cells-expected", count=len(cells), expected=self._columns), path=self._label
            )
        return cells + ("",) * (self._columns - len(cells))
