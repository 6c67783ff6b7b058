"""The text layer of a PDF: its lines and words, each with page and box. Images are not looked at, nothing is executed.

By pypdfium2 (PDFium, as in Chromium): on Russian files it reads as pdfplumber does, at a fifteenth of the time, and where a
font does not say which letters its shapes are neither can know; such a file is refused, and so is one of images alone. Lines
come in the order in which the file has them. A wider gap between two lines, or one set in, begins a paragraph.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from statistics import median
from types import ModuleType
from typing import Any

from collation.errors import Message, UnreadableInput
from collation.model import Box
from collation.reading.composed import FileText
from collation.reading.page_lines import PageLines, ReadWord, box
from collation.reading.text import MOST_CHARACTERS
from collation.system.untrusted import NotRead, library

MOST_PAGES = 2_000
_UNREADABLE = 0.3  # share of signs without a letter from which on the fonts do not say what they show
_NO_LETTERS = frozenset({"Cc", "Co", "Cn", "Cs"})
_GAP = 1.35  # of the usual distance of two lines
_SET_IN = 0.8  # of the height of a line
_HYPHENS = frozenset({"\x02", "\ufffe"})  # what PDFium gives for a hyphen at the end of a line
_Letter = tuple[str, Box | None]
_Line = list[tuple[str, Box | None]]


def read_pdf(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text layer of a PDF. Raises NotRead or UnreadableInput when it has none that can be read."""
    pdfium = library("pypdfium2", extra="pdf")
    document = _opened(pdfium, data)
    try:
        if len(document) > MOST_PAGES:
            raise NotRead("pdf-pages", count=len(document), most=MOST_PAGES)
        lines, unknown, known = PageLines(), 0, 0
        for index in range(len(document)):
            letters = list(_letters(pdfium, document, index, lines))
            strange = sum(unicodedata.category(letter) in _NO_LETTERS or letter == "\ufffd" for letter, _ in letters)
            unknown, known = unknown + strange, known + len(letters)
            lines.told["pages-without-text"] += not letters
            _add_page(lines, letters)
            if known > MOST_CHARACTERS:
                break
    except pdfium.PdfiumError as error:
        raise NotRead("pdf-broken", reason=error) from error
    finally:
        document.close()
    if not known:
        raise UnreadableInput(Message("pdf-images"), path=label)
    if unknown > _UNREADABLE * known:
        raise UnreadableInput(Message("pdf-letters"), path=label)
    return lines.composed("pdf", label=label)


def _opened(pdfium: ModuleType, data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise NotRead("zip-encrypted" if "password" in str(error).lower() else "pdf-broken", reason=error) from error


def _letters(pdfium: ModuleType, document: Any, index: int, lines: PageLines) -> Iterator[_Letter]:
    """The signs of a page, its blanks and line ends as one each, with their boxes from the upper left corner."""
    page = document[index]
    width, height = page.get_size()
    lines.begin_page(round(width, 1), round(height, 1))
    text = page.get_textpage()
    try:
        for number in range(text.count_chars()):
            code = pdfium.raw.FPDFText_GetUnicode(text, number)
            letter = chr(code) if 0 < code < 0x110000 else "\ufffd"
            if letter in _HYPHENS:
                letter = "-"
            if letter in "\r\n":
                letter = "\n"
            left, bottom, right, top = text.get_charbox(number)
            sides = (round(side, 1) for side in (left, height - top, right, height - bottom))
            yield (letter, None) if letter.isspace() else (letter, box(*sides))
    finally:
        text.close()
        page.close()


def _add_page(lines: PageLines, letters: list[_Letter]) -> None:
    found = [line for line in _lines(letters) if line]
    boxes = [_around(line) for line in found]
    tops = [own[3] for own in boxes if own]
    distances = [b - a for a, b in zip(tops, tops[1:], strict=False) if b > a]
    usual = median(distances) if distances else 0.0
    left = median(own[0] for own in boxes if own) if tops else 0.0
    before: Box | None = None
    for line, own in zip(found, boxes, strict=True):
        if own and before and (own[3] - before[3] > _GAP * usual or own[0] - left > _SET_IN * (own[3] - own[1])):
            lines.begin_paragraph()
        before = own or before
        first = lines.count + 1
        words = [ReadWord(text, "word", n, box=place) for n, (text, place) in enumerate(line, first)]
        lines.add_line(words, f"page {lines.page}")


def _lines(letters: list[_Letter]) -> Iterator[_Line]:
    """The words of each line with the boxes around their signs."""
    line: _Line = []
    word: list[_Letter] = []
    for letter, own in [*letters, ("\n", None)]:
        if not letter.isspace():
            word.append((letter, own))
            continue
        if word:
            line.append(("".join(sign for sign, _ in word), _around(word)))
            word = []
        if letter == "\n":
            yield line
            line = []


def _around(items: list[tuple[str, Box | None]]) -> Box | None:
    boxes = [own for _, own in items if own is not None]
    if not boxes:
        return None
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
