"""Paragraphs, rows and notes of a document file put together to one text, each with where it is in its file.

Paragraphs are parted by a blank line, rows of a table are lines of their own with tabulations between the cells. A table
of two columns, one Russian and one English, is two texts: first all its left cells, then all its right ones, and each cell
remembers its row. Where a file has a paragraph for every line of the page, as a text pasted into a word processor has,
its lines stay lines. What is no running text (notes, page heads) is at the end, kept apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import regex

from collation.errors import Message, UnreadableInput
from collation.languages import pair_of
from collation.model import Element, Place, Testimony, Told
from collation.model.document import TestimonyKind
from collation.model.parts import ElementKind
from collation.reading.composed import FileText, Stretch, Use
from collation.reading.zones import counter

_CLOSED = regex.compile(r"[.!?…:;][\"»”'’)\]]*$")
_LINES = 8  # paragraphs from which on it is asked whether they are lines
_LINE_LENGTH = 110  # characters of the longest line of a typed page
_RUNNING_ON = 0.25  # share of paragraphs that end in no sign and go on in small letters
_EMPTY = 0.25  # share of paragraphs that are empty
_PURE = 0.8  # share of letters by which a column is of one language
_KEPT_APART: tuple[Use, ...] = ("note", "furniture")


@dataclass(frozen=True, slots=True)
class Said:
    """What an editor says of a stretch of a block, given by its offsets in it."""

    kind: TestimonyKind
    start: int
    stop: int
    content: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a row, a cell, a note: its text and what its file calls it.

    ``use`` is what it is where that is not left to its content; ``about`` of a note is the block and the offset in it
    at which the note is called; ``said`` is what the file says of stretches of it.
    """

    text: str
    kind: ElementKind
    numbers: tuple[int, ...]
    path: str
    use: Use | None = None
    about: tuple[int, int] | None = None
    said: tuple[Said, ...] = ()
    heading: bool = False


@dataclass
class Blocks:
    """What is gathered from a file, in the order of the file."""

    running: list[Block] = field(default_factory=list)
    apart: list[Block] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def add(self, block: Block) -> None:
        """A block of the running text, or one kept apart."""
        (self.apart if block.use in _KEPT_APART else self.running).append(block)

    def add_table(self, table: list[list[list[str]]], number: int, path: str) -> None:
        """A table, the paragraphs of its cells by rows. A table of two languages becomes its two columns."""
        gap = "\n" if _run_on([paragraph for row in table for cell in row for paragraph in cell]) else "\n\n"
        rows = [
            [gap.join(cell).strip("\n") for cell in row] for row in table if any("".join(cell).strip() for cell in row)
        ]
        sides = _columns(rows)
        for row, cells in enumerate(rows, 1):
            if sides is None:
                text = "\t".join(" ".join(cell.split()) for cell in cells)
                self.add(Block(text, "row", (number, row), f"{path}[{row}]"))
                continue
            for column, (cell, side) in enumerate(zip(cells, sides, strict=True), 1):
                self.add(Block(cell, "cell", (number, row, column), f"{path}[{row}]/cell[{column}]", side))

    def composed(self, kind: str, *, label: str, head: str = "") -> FileText:
        """The text of the file, behind the catalogue rows of its head. Raises UnreadableInput when there is none."""
        if not any(block.text.strip() for block in self.running):
            raise UnreadableInput(Message("document-empty"), path=label)
        composing = _Composing(_are_lines(self.running), head)
        order = [
            *(b for b in self.running if b.use != "translation"),
            *(b for b in self.running if b.use == "translation"),
        ]
        places = {id(block): composing.add(block) for block in order}
        numbers = {number: places[id(block)] for number, block in enumerate(self.running)}
        for block in self.apart:
            composing.add(block, about=_before(block, numbers, composing.text))
        told = tuple(Told(says, count) for says, count in sorted(self.told.items()) if count)
        elements = tuple(sorted(composing.elements, key=lambda element: element.place.start))
        stretches, testimony = tuple(composing.stretches), tuple(composing.testimony)
        return FileText(composing.text, "utf-8", kind, elements, stretches, told, testimony)


class _Composing:
    """A text that grows block by block."""

    def __init__(self, lines: bool, head: str) -> None:
        self.text = f"{head}\n\n" if head else ""
        self.elements: list[Element] = []
        self.stretches: list[Stretch] = []
        self.testimony: list[Testimony] = []
        self._lines = lines
        self._last: Block | None = None

    def add(self, block: Block, *, about: Place | None = None) -> Place:
        """Put a block at the end; where it is. An empty paragraph is a blank line."""
        if self._last is not None:
            self.text += self._gap(self._last, block)
        start = len(self.text)
        self.text += block.text
        self._last = block
        place = Place.at(start, len(self.text))
        if block.text.strip():
            self.elements.append(Element(place, block.kind, block.numbers, block.path))
            if block.kind == "heading" or block.heading:
                self.stretches.append(Stretch(place, "heading"))
            if block.use is not None:
                self.stretches.append(Stretch(place, block.use, about))
            for said in block.said:
                there = Place.at(start + said.start, start + min(said.stop, len(block.text)))
                self.testimony.append(Testimony(said.kind, there, said.content, there))
        return place

    def _gap(self, last: Block, block: Block) -> str:
        rows = last.kind == block.kind == "row"
        lines = self._lines and last.kind == block.kind == "paragraph"
        return "\n" if rows or lines else "\n\n"


def _before(block: Block, places: dict[int, Place], text: str) -> Place | None:
    """The word before which a note is called."""
    if block.about is None or block.about[0] not in places:
        return None
    start = places[block.about[0]].start
    found = None
    for word in regex.finditer(r"[\p{L}\p{N}][\p{L}\p{N}'’\-.:]*", text, pos=start, endpos=start + block.about[1]):
        found = Place.at(*word.span())
    return found


def _are_lines(blocks: list[Block]) -> bool:
    """Whether the paragraphs of a file are lines of a page: empty ones part them, or they run on in one another."""
    filled = [bool(block.text.strip()) for block in blocks if block.kind == "paragraph"]
    if filled.count(False) >= _EMPTY * len(filled) > 0:
        return True
    return _run_on([block.text for block in blocks if block.kind == "paragraph"])


def _run_on(paragraphs: list[str]) -> bool:
    """Whether paragraphs run on in one another, as the lines of a page do."""
    texts = [text.strip() for text in paragraphs if text.strip()]
    if len(texts) < _LINES or max(map(len, texts)) > _LINE_LENGTH or any("\n" in text for text in texts):
        return False
    on = sum(not _CLOSED.search(one) and other[:1].islower() for one, other in zip(texts, texts[1:], strict=False))
    return on >= _RUNNING_ON * len(texts)


def _columns(rows: list[list[str]]) -> tuple[Use, Use] | None:
    """The sides of a table's two columns, where one is of the original's language and one of the translation's."""
    if not rows or any(len(cells) != 2 for cells in rows):
        return None
    count = counter(pair_of(""))
    shares = []
    for column in (0, 1):
        own, other = count(" ".join(cells[column] for cells in rows))
        if own + other == 0:
            return None
        shares.append(own / (own + other))
    if shares[0] >= _PURE and shares[1] <= 1 - _PURE:
        return "original", "translation"
    if shares[1] >= _PURE and shares[0] <= 1 - _PURE:
        return "translation", "original"
    return None
