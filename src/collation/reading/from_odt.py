"""An OpenDocument text (.odt) to its text: paragraphs, tables, notes, page heads, each with where it is.

As for Word: tracked changes are read as accepted, what was deleted is kept by the file outside the text and stays there;
comments and images are left out and told, notes and page heads kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from collation.model.parts import ElementKind
from collation.reading.blocks import Block, Blocks
from collation.reading.composed import FileText
from collation.system.untrusted import NotRead, Package, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MANIFEST = "META-INF/manifest.xml"
_MOST_BLANKS = 1_000  # that one element may stand for
_MOST_ROWS = 1_000  # that one element may repeat
_INSIDE = frozenset(
    {"list", "list-item", "list-header", "section", "index-body", "table-of-content", "numbered-paragraph"}
)
_LEFT_OUT = frozenset({"annotation", "annotation-end", "tracked-changes", "note", "text-box", "forms"})


def read_odt(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text of an OpenDocument file. Raises NotRead or UnreadableInput when it is none that can be read."""
    package = open_package(data)
    if _MANIFEST in package.names and b"encryption-data" in package.read(_MANIFEST):
        raise NotRead("zip-encrypted")
    return _Reader(package).read().composed("odt", label=label)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.blocks = Blocks()
        self.paragraphs = self.tables = self.boxes = 0
        self.notes: list[tuple[_Element, int, int]] = []

    def read(self) -> Blocks:
        root = self.package.xml("content.xml")
        for body in root.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"):
            self._body(body)
        self._notes()
        if "styles.xml" in self.package.names:
            self._pages(self.package.xml("styles.xml"))
        return self.blocks

    def _body(self, parent: _Element) -> None:
        for element in parent:
            name = _name(element)
            if name in ("p", "h"):
                self._paragraph(element, name)
            elif name == "table":
                self._table(element)
            elif name == "tracked-changes":
                self.blocks.told["changes-accepted"] += sum(_name(region) == "changed-region" for region in element)
            elif name in _INSIDE:
                self._body(element)

    def _paragraph(self, element: _Element, name: str) -> None:
        self.paragraphs += 1
        text = self._text(element, len(self.blocks.running))
        kind: ElementKind = "heading" if name == "h" else "paragraph"
        self.blocks.add(Block(text, kind, (self.paragraphs,), f"//office:text//text:{name}[{self.paragraphs}]"))
        for box in (e for e in element.iter() if _name(e) == "text-box"):
            self.boxes += 1
            inside = "\n".join(self._text(p) for p in box.iter(f"{_TEXT}p", f"{_TEXT}h"))
            self.blocks.add(Block(inside, "textbox", (self.boxes,), f"//draw:text-box[{self.boxes}]"))

    def _table(self, element: _Element) -> None:
        self.tables += 1
        rows = [self._cells(row) for row in _rows(element)]
        self.blocks.add_table(
            [row for row in rows if row], self.tables, f"//table:table[{self.tables}]//table:table-row"
        )

    def _cells(self, row: _Element) -> list[list[str]]:
        cells = [cell for cell in row if _name(cell) == "table-cell"]
        texts = [[self._text(p) for p in _paragraphs(cell)] for cell in cells]
        while (
            texts
            and not any(texts[-1])
            and len(texts) > 1
            and cells[len(texts) - 1].get(f"{_TABLE}number-columns-repeated")
        ):
            texts.pop()
        return texts

    def _text(self, element: _Element, block: int = -1) -> str:
        pieces: list[str] = [_run_together(element.text)]
        self._gather(element, pieces, block)
        return "".join(pieces)

    def _gather(self, element: _Element, pieces: list[str], block: int) -> None:
        """The characters of a paragraph behind its first ones, with those that elements stand for."""
        for child in element:
            name = _name(child)
            if name == "s":
                pieces.append(" " * min(_number(child.get(f"{_TEXT}c")), _MOST_BLANKS))
            elif name == "tab":
                pieces.append("\t")
            elif name == "line-break":
                pieces.append("\n")
            elif name == "note":
                self.notes.append((child, block, sum(map(len, pieces))))
            elif name == "annotation":
                self.blocks.told["comments-left-out"] += 1
            elif name == "image":
                self.blocks.told["images-left-out"] += 1
            if name not in _LEFT_OUT:
                pieces.append(_run_together(child.text))
                self._gather(child, pieces, block)
            pieces.append(_run_together(child.tail))

    def _notes(self) -> None:
        counts = {"footnote": 0, "endnote": 0}
        for note, block, at in list(self.notes):
            kind = "endnote" if note.get(f"{_TEXT}note-class") == "endnote" else "footnote"
            counts[kind] += 1
            bodies = (body for body in note if _name(body) == "note-body")
            text = " ".join(self._text(p).strip() for body in bodies for p in body.iter(f"{_TEXT}p", f"{_TEXT}h"))
            path = f"//text:note[@text:note-class='{kind}'][{counts[kind]}]"
            about = (block, at) if block >= 0 else None
            own = "endnote" if kind == "endnote" else "footnote"
            self.blocks.add(Block(text, own, (counts[kind],), path, "note", about))  # type: ignore[arg-type]
            self.blocks.told["notes-apart"] += 1

    def _pages(self, root: _Element) -> None:
        """The heads and feet of the pages, each once."""
        for element in root.iter():
            kind = _name(element)
            if kind not in ("header", "footer"):
                continue
            text = "\n".join(filter(None, (self._text(p).strip() for p in element.iter(f"{_TEXT}p", f"{_TEXT}h"))))
            if text and all(block.text != text for block in self.blocks.apart):
                count = sum(block.kind == kind for block in self.blocks.apart) + 1
                own = "header" if kind == "header" else "footer"
                self.blocks.add(Block(text, own, (count,), f"styles.xml//style:{kind}", "furniture"))  # type: ignore[arg-type]
                self.blocks.told["page-heads-apart"] += 1


def _paragraphs(cell: _Element) -> Iterator[_Element]:
    """The paragraphs of a cell, those of its notes and comments left out."""
    for element in cell.iter(f"{_TEXT}p", f"{_TEXT}h"):
        above = next((e for e in element.iterancestors() if e is cell or _name(e) in _LEFT_OUT), cell)
        if above is cell:
            yield element


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        name = _name(child)
        if name == "table-row":
            yield from [child] * min(_number(child.get(f"{_TABLE}number-rows-repeated")), _MOST_ROWS)
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _run_together(text: str | None) -> str:
    """Text as OpenDocument means it: line ends and runs of blanks are one blank, others are elements."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
