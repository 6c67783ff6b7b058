"""A Word document (.docx) to its text: paragraphs, tables, notes, page heads, each with where it is.

Read from the parts of the package as they are. Tracked changes are read as accepted: what was inserted is there, what was
deleted or moved away is not, and how many there are is told. Comments, hidden text and images are left out and told.
Footnotes and endnotes are kept apart from the sentence they stand in. Numbers that Word makes for lists are no text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from collation.model.parts import ElementKind
from collation.reading.blocks import Block, Blocks
from collation.reading.composed import FileText
from collation.system.untrusted import Package, open_package

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_NO_SIGN = ("Cc", "Cn", "Co", "Cs")  # Unicode categories
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_WRAPPERS = frozenset({
    "hyperlink", "smartTag", "sdt", "sdtContent", "ins", "moveTo", "customXml", "fldSimple", "dir", "bdo", "AlternateContent",
    "Choice", "r", "drawing", "pict", "inline", "anchor", "graphic", "graphicData", "wsp", "txbx", "shape", "textbox", "group",
    "rect", "wgp", "object",
})  # fmt: skip
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "ptab": "\t"}
_IMAGES = frozenset({"blip", "imagedata"})


def read_docx(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text of a Word document. Raises NotRead or UnreadableInput when it is none that can be read."""
    package = open_package(data)
    return _Reader(package).read().composed("docx", label=label)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.blocks = Blocks()
        self.headings = _headings(package)
        self.notes: list[tuple[str, str, int, int]] = []  # kind, id, block, offset
        self.paragraphs = self.tables = self.boxes = 0
        self.held = ""  # the text of a paragraph whose end was deleted

    def read(self) -> Blocks:
        body = _child(self.package.xml("word/document.xml"), "body")
        self._body([] if body is None else list(body), "/w:document/w:body")
        self._notes("footnote")
        self._notes("endnote")
        for name in sorted(self.package.names):
            kind = name.removeprefix("word/")
            if name.startswith("word/") and name.endswith(".xml") and kind.startswith(("header", "footer")):
                self._page(name, "header" if kind.startswith("header") else "footer")
        if "word/comments.xml" in self.package.names:
            self.blocks.told["comments-left-out"] = len(list(self.package.xml("word/comments.xml")))
        return self.blocks

    def _body(self, elements: list[_Element], path: str) -> None:
        for element in elements:
            name = _name(element)
            if name == "p":
                self._paragraph(element, path)
            elif name == "tbl":
                self._table(element, path)
            elif name in _INSERTED or name in ("sdt", "sdtContent", "customXml"):
                self._body(list(element), path)

    def _paragraph(self, element: _Element, path: str) -> None:
        self.paragraphs += 1
        where = len(self.blocks.running)
        text = self.held + self._text(element, (where, len(self.held)))
        self.held = ""
        properties = _child(element, "pPr")
        if _mark_deleted(properties):
            self.held = text
            return
        kind: ElementKind = "heading" if _style(properties) in self.headings else "paragraph"
        self.blocks.add(Block(text, kind, (self.paragraphs,), f"{path}/w:p[{self.paragraphs}]"))
        self._boxes(element)

    def _boxes(self, element: _Element) -> None:
        """The text boxes of a paragraph, each once: Word writes them twice, the second time for older versions."""
        for box in element.iter(f"{_W}txbxContent", f"{_STRICT}txbxContent"):
            if any(_name(above) == "Fallback" for above in box.iterancestors()):
                continue
            self.boxes += 1
            text = "\n".join(self._text(p) for p in box if _name(p) == "p")
            self.blocks.add(Block(text, "textbox", (self.boxes,), f"//w:txbxContent[{self.boxes}]"))

    def _table(self, element: _Element, path: str) -> None:
        self.tables += 1
        rows = []
        for row in _through(element, "tr"):
            properties = _child(row, "trPr")
            if properties is not None and _child(properties, "del") is not None:
                self.blocks.told["changes-accepted"] += 1
                continue
            rows.append([self._cell(cell) for cell in _through(row, "tc")])
        self.blocks.add_table(rows, self.tables, f"{path}/w:tbl[{self.tables}]/w:tr")
        self._boxes(element)

    def _cell(self, cell: _Element) -> list[str]:
        return [self._text(p) for p in cell.iter(f"{_W}p", f"{_STRICT}p") if not _in_box(p, cell)]

    def _text(self, element: _Element, note_at: tuple[int, int] | None = None) -> str:
        """The characters of a paragraph or run, changes accepted; calls of notes are put down where they are."""
        pieces: list[str] = []
        self._gather(element, pieces, note_at)
        return "".join(pieces)

    def _gather(self, element: _Element, pieces: list[str], note_at: tuple[int, int] | None) -> None:
        for child in element:
            name = _name(child)
            if name in _DELETED or name in _INSERTED:
                self.blocks.told["changes-accepted"] += 1
            if name in _DELETED or name == "txbxContent":
                continue
            if name == "t":
                pieces.append(child.text or "")
            elif name in _SIGNS:
                pieces.append(_SIGNS[name])
            elif name == "sym":
                pieces.append(_symbol(child))
            elif name in ("footnoteReference", "endnoteReference"):
                block, offset = note_at or (-1, 0)
                at = offset + sum(map(len, pieces))
                self.notes.append((name.removesuffix("Reference"), _attribute(child, "id"), block, at))
            elif name in _IMAGES:
                self.blocks.told["images-left-out"] += 1
            elif name == "r" and _is_hidden(child):
                self.blocks.told["hidden-left-out"] += bool("".join(child.itertext()).strip())
            elif name in _WRAPPERS or name == "p":
                self._gather(child, pieces, note_at)

    def _notes(self, kind: str) -> None:
        """The notes of a kind in the order of their calls."""
        name = f"word/{kind}s.xml"
        if name not in self.package.names:
            return
        texts = {
            _attribute(note, "id"): " ".join(self._text(p).strip() for p in note.iter(f"{_W}p", f"{_STRICT}p"))
            for note in self.package.xml(name)
            if not _attribute(note, "type")
        }
        calls = [(number, block, at) for own, number, block, at in self.notes if own == kind and number in texts]
        for count, (number, block, at) in enumerate(calls, 1):
            path = f"/w:{kind}s/w:{kind}[@w:id='{number}']"
            numbers: tuple[int, ...] = (count,)
            about = (block, at) if block >= 0 else None
            self.blocks.add(
                Block(
                    texts[number].strip(), "footnote" if kind == "footnote" else "endnote", numbers, path, "note", about
                )
            )
            self.blocks.told["notes-apart"] += 1

    def _page(self, name: str, kind: str) -> None:
        """A page head or foot, once."""
        text = "\n".join(
            filter(None, (self._text(p).strip() for p in self.package.xml(name).iter(f"{_W}p", f"{_STRICT}p")))
        )
        if text and all(block.text != text for block in self.blocks.apart):
            count = sum(block.kind == kind for block in self.blocks.apart) + 1
            self.blocks.add(Block(text, "header" if kind == "header" else "footer", (count,), name, "furniture"))
            self.blocks.told["page-heads-apart"] += 1


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: _Element, name: str) -> _Element | None:
    return next((child for child in element if _name(child) == name), None)


def _through(element: _Element, name: str) -> Iterator[_Element]:
    """The children of a name, those inside wrappers of content controls and insertions too."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _through(child, name)


def _attribute(element: _Element, name: str) -> str:
    return element.get(f"{_W}{name}") or element.get(f"{_STRICT}{name}") or ""


def _style(properties: _Element | None) -> str:
    style = _child(properties, "pStyle") if properties is not None else None
    return _attribute(style, "val") if style is not None else ""


def _mark_deleted(properties: _Element | None) -> bool:
    """Whether the end of a paragraph was deleted, so that the next one goes on in it."""
    marks = _child(properties, "rPr") if properties is not None else None
    return marks is not None and any(_name(mark) in _DELETED for mark in marks)


def _is_hidden(run: _Element) -> bool:
    properties = _child(run, "rPr")
    mark = _child(properties, "vanish") if properties is not None else None
    return mark is not None and _attribute(mark, "val") not in ("0", "false", "off")


def _in_box(paragraph: _Element, cell: _Element) -> bool:
    """Whether a paragraph of a cell is inside a text box of it."""
    for above in paragraph.iterancestors():
        if above is cell:
            return False
        if _name(above) == "txbxContent":
            return True
    return False


def _symbol(element: _Element) -> str:
    """A sign given by its number. A square stands for those of symbol fonts, whose numbers mean nothing elsewhere, and for
    numbers of no sign (controls, halves of a pair).
    """
    try:
        number = int(_attribute(element, "char"), 16)
    except ValueError:
        return ""
    known = 0 <= number <= 0xFFFF and unicodedata.category(chr(number)) not in _NO_SIGN
    return chr(number) if known else "□"


def _headings(package: Package) -> frozenset[str]:
    """The ids of the styles that are headings or titles."""
    if "word/styles.xml" not in package.names:
        return frozenset()
    found = set()
    for style in package.xml("word/styles.xml"):
        named = _child(style, "name")
        name = _attribute(named, "val").lower() if named is not None else ""
        if name.startswith("heading") or name in ("title", "subtitle"):
            found.add(_attribute(style, "styleId"))
    return frozenset(found)
