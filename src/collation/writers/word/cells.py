"""The text of a document as a Word file shows it: cells with their text, each character with its place in the source.

A word that is broken over a line end is shown whole and a line end is a blank, except where lines are kept (lists, rows,
verse). What XML cannot hold or nobody sees is shown as an escape. The way back makes the same cells of the same source and
lays what came back beside them, so nothing here may depend on anything but the source and its rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from collation.model import Span
from collation.model.hypothesis import Side
from collation.system.escaping import visible
from collation.writers.layout import Layout, PageBlock

_BREAK = re.compile(r"(?P<hyphen>(?<=[^\W\d_])[-‐¬])?[ \t]*(?P<end>\r\n|[\r\n\v\f])\s*")
_LIST_ITEM = re.compile(r"[-–•*] |\d+[.)] ")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_KEEP_LINES = ("row", "verse")


@dataclass(frozen=True, slots=True)
class ShownText:
    """A stretch of the source as shown. ``at`` are the offsets of its characters in the source, and that of its end."""

    span: Span
    text: str
    at: tuple[int, ...]
    dim: bool = False
    lines: bool = False

    def index(self, offset: int) -> int:
        """The first character that is shown of what lies at an offset of the source or behind it."""
        return min(bisect_left(self.at, offset), len(self.text))

    def holds(self, start: int, stop: int) -> bool:
        """Whether a stretch of the source lies in this one."""
        return self.span.start <= start and stop <= self.span.stop


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with its paragraphs; ``number`` is that of the paragraph of the document, None for none."""

    blocks: tuple[ShownText, ...]
    side: Side
    number: int | None = None

    @property
    def text(self) -> str:
        """The paragraphs, joined by line ends."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: the texts that face each other, or the name of a field of the catalogue and its value."""

    cells: tuple[TableCell, ...]
    name: str = ""


def shown_text(source: str, span: Span, *, lines: bool = False, dim: bool = False) -> ShownText:
    """A stretch of the source as it is shown; with ``lines`` its lines stay lines."""
    text: list[str] = []
    at: list[int] = []
    offset = span.start
    while offset < span.stop:
        found = _BREAK.match(source, offset, span.stop)
        if found and found.end() > offset:
            sign, offset_after = _break(source, found, lines=lines), found.end()
        else:
            sign, offset_after = in_xml(source[offset]), offset + 1
        text.append(sign)
        at += [offset] * len(sign)
        offset = offset_after
    return ShownText(span, "".join(text), (*at, span.stop), dim, lines)


def _break(source: str, found: re.Match[str], *, lines: bool) -> str:
    """What is shown for the end of a line."""
    if found["hyphen"] and source[found.end() : found.end() + 1].isalpha():
        return found["hyphen"]
    sign = "\n" if lines or _LIST_ITEM.match(source, found.end()) else " "
    return (found["hyphen"] or "") + sign


def in_xml(text: str) -> str:
    """A text with escapes for what XML cannot hold and for what is not seen."""
    return _NO_XML.sub(lambda m: f"\\u{ord(m[0]):04x}", visible(text))


def facing_rows(layout: Layout) -> tuple[TableRow, ...]:
    """The rows of the facing table, top to bottom."""
    text = layout.source.text
    sides = 2 if layout.has_translation else 1
    found = []
    for row in layout.rows:
        lines = row.kind in _KEEP_LINES
        own, other = (_blocks(text, blocks, lines=lines) for blocks in (row.original, row.translation))
        found.append(TableRow((TableCell(own, "original", row.number), TableCell(other, "translation"))[:sides]))
    return tuple(found)


def _blocks(text: str, blocks: Iterable[PageBlock], *, lines: bool) -> tuple[ShownText, ...]:
    return tuple(shown_text(text, b.span, lines=lines, dim=b.dim) for b in blocks)


def catalogue_rows(layout: Layout) -> tuple[TableRow, ...]:
    """The rows of the catalogue, its addresses included."""
    source = layout.source
    return tuple(
        TableRow((TableCell((shown_text(source.text, row.place.envelope),), "catalogue"),), row.name)
        for row in source.catalogue.fields
    )
