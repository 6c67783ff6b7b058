"""Dictionaries of tens of thousands of rows, indexed by their heads and taken apart row by row when one is asked for.

A document asks for a few hundred heads: reading all rows at once would take longer than everything else that is done for a
short one, and five times the memory of the files' text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from collation.errors import DamagedDictionary, Message
from collation.knowledge import dictionaries

_HEADS = re.compile(r"^([^#\s][^\t\n]*)(?:\t|$)", re.MULTILINE)


class RowsByHead:
    """The rows of some files by their first cells. ``key`` makes of a cell what is asked for.

    Raises DamagedDictionary where a file cannot be read, and, when it is asked for, where a row has too many cells.
    """

    def __init__(self, paths: Sequence[Path], *, columns: int, key: Callable[[str], str] = str.strip) -> None:
        self._columns = columns
        self._label = paths[0].parent if paths else Path()
        self._text = "\n".join(dictionaries.read_text(path) for path in paths)
        self._first: dict[str, int] = {}
        self._more: dict[str, list[int]] = {}
        for found in _HEADS.finditer(self._text):
            head = key(found[1])
            if self._first.setdefault(head, found.start()) != found.start():
                self._more.setdefault(head, []).append(found.start())

    def __len__(self) -> int:
        return len(self._first)

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)

    def rows(self, head: str) -> list[tuple[str, ...]]:
        """The rows of a head in the order of the files, short ones filled up with empty cells."""
        first = self._first.get(head)
        return [] if first is None else [self._row(start) for start in (first, *self._more.get(head, ()))]

    def column(self, number: int) -> str:
        """The cells of one column, a line each, as they are written."""
        cell = rf"^[^#\s][^\t\n]*(?:\t[^\t\n]*){{{number - 1}}}\t([^\t\n]*)" if number else r"^([^#\s][^\t\n]*)"
        return "\n".join(re.findall(cell, self._text, re.MULTILINE))

    def _row(self, start: int) -> tuple[str, ...]:
        stop = self._text.find("\n", start)
        cells = tuple(map(str.strip, self._text[start : stop if stop >= 0 else None].split("\t")))
        if len(cells) > self._columns:
            raise DamagedDictionary(
                Message("cells-expected", count=len(cells), expected=self._columns), path=self._label
            )
        return cells + ("",) * (self._columns - len(cells))
