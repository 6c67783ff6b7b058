"""hOCR to its text: lines and words of web pages that an OCR program wrote, each with its box and the engine's confidence.

Read as XML where it is well-formed, else as browsers read it. Lines are whatever the program calls a line, a heading or a
caption, and words ``ocrx_word``; a line without words is one. Page heads and page numbers are furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from collation.model import Box
from collation.reading.composed import FileText
from collation.reading.page_lines import PageLines, ReadWord, box, number, share
from collation.system.untrusted import NotRead, parse_html, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

LINES = ("ocr_line", "ocrx_line", "ocr_caption", "ocr_textfloat", "ocr_header", "ocr_footer", "ocr_pageno")
_PARAGRAPHS = frozenset({"ocr_par", "ocr_carea", "ocrx_block"})
_FURNITURE = frozenset({"ocr_header", "ocr_footer", "ocr_pageno"})
_BOX = re.compile(r"(?:^|;)\s*bbox\s+(\S+)\s+(\S+)\s+(\S+)\s+([^\s;]+)")
_CONFIDENCE = re.compile(r"(?:^|;)\s*x_wconf\s+([^\s;]+)")
_IMAGE = re.compile(r"(?:^|;)\s*image\s+(?:\"([^\"]*)\"|'([^']*)'|([^\s;]+))")


def read_hocr(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text of an hOCR file. Raises NotRead or UnreadableInput when it is none that can be read."""
    try:
        root = parse_xml(data)
    except NotRead as error:
        if error.key not in ("xml-broken", "xml-entities"):
            raise
        root = parse_html(data, encoding=encoding or _utf8(data))
    return _Reader(root).read().composed("hocr", label=label, engine=_engine(root))


def _engine(root: _Element) -> str:
    """What read the pages, as the head of the file says."""
    said = (str(e.get("content", "")) for e in root.iter() if e.get("name") == "ocr-system")
    return next(said, "")


def _utf8(data: bytes) -> str | None:
    """UTF-8 where the bytes are that; None leaves it to what the file says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def classes(element: _Element) -> list[str]:
    """The classes of an element."""
    return str(element.get("class", "")).split()


def counted_class(names: Iterable[str]) -> str:
    """The class among those of an element under which it is counted as a word or a line, empty where it is neither."""
    return next((name for name in names if name == "ocrx_word" or name in LINES), "")


class _Reader:
    def __init__(self, root: _Element) -> None:
        self.root = root
        self.lines = PageLines()
        self.kept: list[_Element] = []
        self.numbers: dict[int, tuple[str, int]] = {}
        counts: dict[str, int] = {}
        for element in root.iter():
            tag = counted_class(classes(element))
            if tag:
                counts[tag] = counts.get(tag, 0) + 1
                self.kept.append(element)
                self.numbers[id(element)] = tag, counts[tag]

    def read(self) -> PageLines:
        for page in (element for element in self.root.iter() if "ocr_page" in classes(element)):
            size, title = read_box(page), str(page.get("title", ""))
            image = _IMAGE.search(title)
            name = next(filter(None, image.groups()), "") if image else ""
            self.lines.begin_page(size[2] if size else 0, size[3] if size else 0, name)
            self._inside(page)
        return self.lines

    def _inside(self, parent: _Element) -> None:
        for element in parent:
            own = classes(element)
            if any(name in LINES for name in own):
                furniture = any(name in _FURNITURE for name in own)
                path = f"//*[@id='{element.get('id')}']" if element.get("id") else f"//*[@class='{own[0]}']"
                self.lines.add_line(list(self._words(element)), path, furniture=furniture)
                continue
            if any(name in _PARAGRAPHS for name in own):
                self.lines.begin_paragraph()
            self._inside(element)

    def _words(self, line: _Element) -> Iterator[ReadWord]:
        words = [element for element in line.iter() if "ocrx_word" in classes(element)]
        for element in words or [line]:
            found = _CONFIDENCE.search(str(element.get("title", "")))
            tag, count = self.numbers[id(element)]
            yield ReadWord(
                " ".join("".join(str(text) for text in element.itertext()).split()), tag, count,
                str(element.get("id", "")), read_box(element), share(number(found[1]) if found else None, 100),
            )  # fmt: skip


def read_box(element: _Element) -> Box | None:
    """The box of an element, None where it has none."""
    found = _BOX.search(str(element.get("title", "")))
    return box(*(number(side) for side in found.groups())) if found else None
