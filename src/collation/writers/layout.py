"""The place of everything on the page: numbered entries, facing rows, text cut at the marks.

The rows of the apparatus pair paragraphs; text between them that is in no row (page numbers, sheet
headings, notes in brackets) is shown dimmed after the row it follows, so that the page shows the whole
text and every entry has a place on it. Nothing is judged here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from collation.decisions.placing import Book
from collation.model import Apparatus, Entry, Place, Source, Span
from collation.model.hypothesis import Side
from collation.writers.decided import EmendedSpan, FoundPlace, emended_spans, found_places, show_decided
from collation.writers.marks import Mark, MarkedPiece, Numbered, anchor, cut, marks_of
from collation.writers.order import by_harm


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A stretch of one side; ``dim`` when it belongs to no row (furniture, notes)."""

    span: Span
    dim: bool
    pieces: tuple[MarkedPiece, ...]


@dataclass(frozen=True, slots=True)
class FacingRow:
    """A row as shown: its paragraph number, line and sheet, and the blocks of both sides."""

    index: int
    number: int | None
    kind: str
    line: int
    sheet: str
    original: tuple[PageBlock, ...]
    translation: tuple[PageBlock, ...]


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A row of the catalogue with the marks that fall on it."""

    name: str
    pieces: tuple[MarkedPiece, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    span: Span
    row: int
    side: Side
    dim: bool = False


def _start(cell: _Cell) -> int:
    return cell.span.start


@dataclass(frozen=True, slots=True)
class Layout:
    """The page of one apparatus. ``items`` are in the order of the text, ``rows`` top to bottom; ``found`` are the places
    that editors found, numbered behind the items.
    """

    apparatus: Apparatus
    items: tuple[Numbered, ...]
    rows: tuple[FacingRow, ...]
    catalogue: tuple[CatalogueRow, ...]
    _cells: list[_Cell]
    _by_index: dict[int, FacingRow]
    found: tuple[FoundPlace, ...] = ()

    @property
    def source(self) -> Source:
        return self.apparatus.source

    @property
    def harmful(self) -> list[Numbered]:
        """The items with the most harmful first."""
        of = {id(item.entry): item for item in self.items}
        return [of[id(entry)] for entry in by_harm(item.entry for item in self.items)]

    def item(self, entry: Entry) -> Numbered:
        """The numbered item of an entry of this apparatus."""
        return next(item for item in self.items if item.entry is entry)

    @property
    def placed(self) -> set[int]:
        """The numbers of the items whose doubted place is marked on the page."""
        blocks = [b.pieces for row in self.rows for b in (*row.original, *row.translation)]
        pieces = [p for found in (*blocks, *(row.pieces for row in self.catalogue)) for p in found]
        return {m.item.number for p in pieces for m in p.opens if m.role == "doubt"}

    @property
    def has_translation(self) -> bool:
        return any(row.translation for row in self.rows)

    def sheet(self, place: Place) -> str:
        """The number of the sheet of its own side that a place is on, or nothing."""
        cell = _cell_at(self._cells, place.start)
        translated = cell is not None and cell.side == "translation"
        begun = [s for s in self.source.sheets if s.place.start <= place.start and (s.witness == "E") == translated]
        return begun[-1].number if begun and cell else ""

    def side(self, place: Place) -> Side | None:
        """The side of the page that a place is on; None outside the text."""
        cell = _cell_at(self._cells, place.start)
        return cell.side if cell else None

    def row_of(self, place: Place) -> FacingRow | None:
        """The row of a place."""
        cell = _cell_at(self._cells, place.start)
        return self._by_index.get(cell.row) if cell else None


def lay_out(apparatus: Apparatus, book: Book | None = None) -> Layout:
    """The page of an apparatus; with a book, what its rulings change is in the text."""
    cells = _cells(apparatus)
    items = _number(apparatus, cells)
    marks = marks_of(items)
    rows = _rows(apparatus, cells, marks)
    catalogue = tuple(_catalogue(apparatus.source, marks))
    found = found_places(book) if book else ()
    if book:
        emended = emended_spans(book, {item.entry.id: item.number for item in items})
        rows = [_as_decided(row, emended, found) for row in rows]
    return Layout(apparatus, items, tuple(rows), catalogue, cells, {row.index: row for row in rows}, found)


def _as_decided(row: FacingRow, emended: tuple[EmendedSpan, ...], found: tuple[FoundPlace, ...]) -> FacingRow:
    """A row with what was decided cut out of its text."""

    def blocks(listed: tuple[PageBlock, ...]) -> tuple[PageBlock, ...]:
        return tuple(replace(b, pieces=_decided_in(b, emended, found)) for b in listed)

    return replace(row, original=blocks(row.original), translation=blocks(row.translation))


def _decided_in(
    block: PageBlock, emended: tuple[EmendedSpan, ...], found: tuple[FoundPlace, ...]
) -> tuple[MarkedPiece, ...]:
    low, high = block.span.start, block.span.stop
    changes = [c for c in emended if low <= c.span.start and c.span.stop <= high]
    places = [f for f in found if low <= f.place.start and f.place.stop <= high]
    return show_decided(block.pieces, low, changes, places) if changes or places else block.pieces


def _cells(apparatus: Apparatus) -> list[_Cell]:
    """The stretches of both sides, in order of the file, with what is between them."""
    placed = []
    for index, row in enumerate(apparatus.rows):
        placed += [_Cell(place.envelope, index, "original") for place in row.original]
        placed += [_Cell(place.envelope, index, "translation") for place in row.translation]
    placed.sort(key=lambda c: c.span)
    text = apparatus.source.text
    found: list[_Cell] = []
    for i, cell in enumerate(placed):
        if found and cell.span.start < found[-1].span.stop:
            continue
        until = placed[i + 1].span.start if i + 1 < len(placed) else len(text)
        found += _with_rest(text, cell, until)
    return found


def _with_rest(text: str, cell: _Cell, until: int) -> list[_Cell]:
    """A cell with the rest of its line, if only marks and brackets, and the text up to the next."""
    stop = cell.span.stop
    line_end = min((e for e in (text.find(c, stop, until) for c in "\r\n") if e >= 0), default=until)
    rest = text[stop:line_end].rstrip(" *_")
    if rest and (rest.lstrip()[:1] in {"[", "("} or not any(c.isalnum() for c in rest)):
        stop += len(rest)
    cell = _Cell(Span(cell.span.start, stop), cell.row, cell.side, cell.dim)
    between = text[stop:until]
    if not any(c.isalnum() for c in between):
        return [cell]
    lead = len(between) - len(between.lstrip())
    tail = len(between.rstrip())
    return [cell, _Cell(Span(stop + lead, stop + tail), cell.row, cell.side, dim=True)]


def _cell_at(cells: list[_Cell], offset: int) -> _Cell | None:
    index = bisect_right(cells, offset, key=_start) - 1
    if index >= 0 and offset <= cells[index].span.stop:
        return cells[index]
    return None


def _number(apparatus: Apparatus, cells: list[_Cell]) -> tuple[Numbered, ...]:
    keyed = []
    for entry in apparatus.entries:
        cell = None if entry.side == "catalogue" else _cell_at(cells, entry.place.start)
        order = (cell.row, cell.side == "translation") if cell else (len(apparatus.rows), False)
        keyed.append(((*order, entry.place.start, entry.place.stop, entry.code, entry.id), entry, cell))
    keyed.sort(key=lambda item: item[0])
    anchors: dict[str, int] = {}
    found = []
    for number, (_, entry, cell) in enumerate(keyed, 1):
        name = anchor(apparatus.source, entry, anchors)
        found.append(Numbered(number, entry, name, cell.row if cell else None))
    return tuple(found)


def _rows(apparatus: Apparatus, cells: list[_Cell], marks: list[Mark]) -> list[FacingRow]:
    by_cell: dict[Span, list[Mark]] = {}
    for mark in marks:
        for cell in _covering(cells, mark.span):
            by_cell.setdefault(cell.span, []).append(mark)
    blocks: dict[tuple[int, Side], list[PageBlock]] = {}
    for cell in cells:
        pieces = cut(apparatus.source.text, cell.span, by_cell.get(cell.span, []))
        blocks.setdefault((cell.row, cell.side), []).append(PageBlock(cell.span, cell.dim, pieces))
    found, number = [], 0
    for index, row in enumerate(apparatus.rows):
        both = tuple(blocks.get((index, "original"), ())), tuple(blocks.get((index, "translation"), ()))
        if not any(both):
            continue
        number += row.kind != "furniture"
        at = (both[0] or both[1])[0].span
        shown = number if row.kind != "furniture" else None
        found.append(
            FacingRow(index, shown, row.kind, apparatus.source.line(at.start), _sheet(apparatus.source, both), *both)
        )
    return found


def _catalogue(source: Source, marks: list[Mark]) -> Iterator[CatalogueRow]:
    for row in source.catalogue.fields:
        span = row.place.envelope
        over = [m for m in marks if m.span.overlaps(span)]
        yield CatalogueRow(row.name, cut(source.text, span, over))


def _covering(cells: list[_Cell], span: Span) -> list[_Cell]:
    if len(span) == 0:
        cell = _cell_at(cells, span.start)
        return [cell] if cell else []
    index = max(0, bisect_right(cells, span.start, key=_start) - 1)
    found = []
    while index < len(cells) and cells[index].span.start < span.stop:
        if cells[index].span.overlaps(span):
            found.append(cells[index])
        index += 1
    return found


def _sheet(source: Source, both: tuple[tuple[PageBlock, ...], tuple[PageBlock, ...]]) -> str:
    """The number of a sheet that begins in a row, or nothing."""
    for block in (*both[0], *both[1]):
        for sheet in source.sheets:
            if block.span.start <= sheet.place.start < max(block.span.stop, block.span.start + 1):
                return sheet.number
    return ""


def excerpt(layout: Layout, place: Place, width: int = 56) -> tuple[str, str, str]:
    """The words before a place, at it and after it, within its paragraph; a long place is shortened."""
    row = layout.row_of(place)
    text = layout.source.text
    low, high = max(0, place.start - width), min(len(text), place.stop + width)
    for block in (*row.original, *row.translation) if row else ():
        if block.span.start <= place.start <= block.span.stop:
            low, high = max(low, block.span.start), min(high, block.span.stop)
            break
    before, at, after = (
        " ".join(text[a:b].split()) for a, b in ((low, place.start), (place.start, place.stop), (place.stop, high))
    )
    spaced = text[low : place.start][-1:].isspace()
    if low == place.start - width and " " in before:
        before = "…" + before.split(" ", 1)[1]
    if high == place.stop + width and " " in after:
        after = after.rsplit(" ", 1)[0] + "…"
    if len(at) > 160:
        at = f"{at[:90]} … {at[-50:]}"
    after = (" " if text[place.stop : place.stop + 1].isspace() else "") + after
    return before + (" " if spaced and before else ""), at, after
