"""The text of pages that an OCR program read, put together line by line, each word with where it is on its page.

Lines stay lines and paragraphs are parted by a blank line, so that what follows is as for a plain text: broken words,
page numbers and headings are told by what is written. Page heads and feet that the file names are kept apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite

from collation.errors import Message, UnreadableInput
from collation.model import Box, Element, OnPage, PageSize, Place, Told
from collation.reading.composed import FileText, Stretch

_LONGEST_ENGINE = 80  # signs of an engine's name


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as an engine read it, or a line whose words it does not part; ``number`` is that of its element in the file.

    ``glued`` says that no blank precedes it, ``hyphen`` what another element of the file puts behind it.
    """

    text: str
    tag: str
    number: int
    id: str = ""
    box: Box | None = None
    confidence: float | None = None
    glued: bool = False
    hyphen: str = ""


@dataclass
class PageLines:
    """Pages as they are gathered, in the order in which they are to be read."""

    told: Counter[str] = field(default_factory=Counter)
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _elements: list[Element] = field(default_factory=list)
    _stretches: list[Stretch] = field(default_factory=list)
    _words: list[OnPage] = field(default_factory=list)
    _pages: list[PageSize] = field(default_factory=list)
    _gap: str = ""
    _lines: int = 0

    @property
    def page(self) -> int:
        """The number of the page, from 1."""
        return len(self._pages)

    @property
    def count(self) -> int:
        """How many words there are so far."""
        return len(self._words)

    def begin_page(self, width: float, height: float, image: str = "") -> None:
        """What follows is on the next page."""
        self._pages.append(PageSize(width, height, image))
        self._lines = 0
        self.begin_paragraph()

    def begin_paragraph(self) -> None:
        """What follows is a paragraph of its own."""
        self._gap = "\n\n" if self._length else ""

    def add_line(self, words: Sequence[ReadWord], path: str, *, furniture: bool = False) -> None:
        """A line of words in their order. One without any letters, figures or marks is none."""
        filled = [word for word in words if word.text.strip()]
        if not filled:
            return
        self._lines += 1
        self._put(self._gap)
        start = self._length
        for word in filled:
            if self._length > start and not word.glued:
                self._put(" ")
            at = self._length
            self._put(" ".join(word.text.split()) + word.hyphen)
            place = Place.at(at, self._length)
            self.told["words-without-boxes"] += word.box is None
            self._words.append(
                OnPage(place, len(self._pages), word.tag, word.number, word.id, word.box, word.confidence)
            )
        place = Place.at(start, self._length)
        self._elements.append(Element(place, "line", (len(self._pages), self._lines), path))
        if furniture:
            self._stretches.append(Stretch(place, "furniture"))
            self.told["page-heads-apart"] += 1
        self._gap = "\n"

    def composed(self, kind: str, *, label: str, engine: str = "") -> FileText:
        """The text of the file, read by an engine as it says. Raises UnreadableInput when there is none."""
        if not self._length:
            raise UnreadableInput(Message("document-empty"), path=label)
        return FileText(
            "".join(self._pieces), "utf-8", kind, tuple(self._elements), tuple(self._stretches),
            tuple(Told(says, count) for says, count in sorted(self.told.items()) if count),
            on_page=tuple(self._words), pages=tuple(self._pages), engine=" ".join(engine.split())[:_LONGEST_ENGINE],
        )  # fmt: skip

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def number(text: str | None) -> float | None:
    """A number of an attribute; None for what is none, or not finite."""
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if isfinite(found) else None


def box(left: float | None, top: float | None, right: float | None, bottom: float | None) -> Box | None:
    """A box on a page, None where a side of it is missing or it has no extent."""
    if left is None or top is None or right is None or bottom is None or right <= left or bottom <= top:
        return None
    return left, top, right, bottom


def share(value: float | None, whole: float = 1) -> float | None:
    """A confidence as 0 to 1; None for what lies outside."""
    return value / whole if value is not None and 0 <= value <= whole else None
