"""The apparatus as a Word file: both texts side by side, proposals as tracked changes, evidence in comments.

An editor rules in it as in any manuscript: a change is accepted or rejected, a word typed over, a comment answered or
resolved; ``collation import`` reads it back. With all changes rejected the file has the text of the document. What has been
ruled already is shown as a change by its editor, or as a resolved comment. Only plain slips are proposed as changes unless
``changes`` is "all"; see ``word/slots.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from collation.decisions.placing import Book
from collation.model import Apparatus
from collation.model.apparatus import Entry
from collation.writers.layout import Layout, lay_out
from collation.writers.phrases import LANGS, Lang, in_quotes, label, table
from collation.writers.ruled import Ledger, ledger, of_placed
from collation.writers.summary import title
from collation.writers.word.cells import ShownText, TableCell, TableRow, catalogue_rows, facing_rows
from collation.writers.word.comments import PlaceComment, entry_comment, ruled_comment, write_comments
from collation.writers.word.letter import LetterSlot, write_letter
from collation.writers.word.marked import Marker
from collation.writers.word.package import comments_part, custom_part, extended_comments_part, package
from collation.writers.word.slots import Changes, Slot, find_slots, others_of
from collation.writers.word.word_elements import paragraph, run, table_row
from collation.writers.word.word_elements import table as word_table
from collation.writers.wording import count_kinds, unexamined, witness_rows

_WIDE = 14570  # twentieths of a point between the margins of a sheet on its side
_NAMES = 2600
_NUMBER = 560


def write_docx(
    apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None, changes: Changes = "plain"
) -> bytes:
    """The Word file of one document; ``book`` are the rulings on it."""
    layout = lay_out(apparatus)
    ruled = ledger(book, layout)
    catalogue = catalogue_rows(layout) if any(i.entry.side == "catalogue" for i in layout.items) else ()
    facing = facing_rows(layout)
    blocks = [block for row in (*catalogue, *facing) for cell in row.cells for block in cell.blocks]
    slots = find_slots(layout, blocks, book, changes=changes)
    comments = _comments(layout, ruled, book, lang)
    marker = Marker(slots, comments)
    cells: list[str | TableCell] = []
    body = [*_head(layout, ruled, lang)]
    if catalogue:
        body += [_heading("catalogue", lang), _catalogue(catalogue, marker, cells, lang)]
    body += [_heading("facing", lang), _facing(facing, marker, cells, lang)]
    body += _foot(apparatus, layout, [comments[n] for n in marker.left], lang)
    told, resolved = write_comments(comments)
    settled = [comment.number for comment in comments if comment.resolved]
    version = dict(apparatus.versions).get("collation", "")
    letter = write_letter(apparatus.source, cells, _letter_slots(layout, slots, book), settled, version=version)
    parts = [comments_part(told), extended_comments_part(resolved), custom_part(letter)]
    return package(body, parts, title=title(layout), landscape=True, track=True)


def _comments(layout: Layout, ruled: Ledger, book: Book | None, lang: Lang) -> list[PlaceComment]:
    found = [entry_comment(item, layout, ruled.entries.get(item.number), lang) for item in layout.items]
    for number, placed in enumerate(others_of(book), len(layout.items) + 1):
        if placed.place is not None:
            shown = of_placed(placed, layout)
            found.append(ruled_comment(number, placed.place.start, placed.place.stop, shown, lang))
    return found


def _letter_slots(layout: Layout, slots: Iterable[Slot], book: Book | None) -> list[LetterSlot]:
    """The slots with their entries; an entry that has none is named by one of the kind *none*."""
    entries = {item.number: item.entry for item in layout.items}
    rulings = (
        {m.entry.id: tuple(r.id for p in m.placed for r in p.standing.rulings) for m in book.entries} if book else {}
    )
    others = dict(enumerate(others_of(book), len(layout.items) + 1))
    found = []
    for slot in slots:
        entry = entries.get(slot.number)
        if entry is not None:
            found.append(_of_entry(slot, entry, rulings.get(entry.id, ())))
        else:
            ruling = others[slot.number].standing.ruling
            ids = tuple(r.id for r in others[slot.number].standing.rulings)
            lemma = ruling.anchor.exact
            found.append(LetterSlot(slot, "", ruling.side, slot.start, slot.stop, lemma, ids))
    bare = entries.keys() - {slot.number for slot in slots}
    for number in sorted(bare):
        entry = entries[number]
        nowhere = Slot(number, "none", entry.place.start, entry.place.stop)
        found.append(_of_entry(nowhere, entry, rulings.get(entry.id, ())))
    return found


def _of_entry(slot: Slot, entry: Entry, rulings: tuple[str, ...]) -> LetterSlot:
    return LetterSlot(slot, entry.code, entry.side, entry.place.start, entry.place.stop, entry.lemma, rulings)


def _heading(key: str, lang: Lang) -> etree._Element:
    return paragraph(run(label(key, lang)), style="Heading2")


def _head(layout: Layout, ruled: Ledger, lang: Lang) -> Iterator[etree._Element]:
    """The title, where the document is from, what was found and how to rule."""
    source = layout.source
    yield paragraph(run(title(layout)), style="Heading1")
    for name in ("date", "citation"):
        if value := " ".join(source.catalogue.value(name).split()):
            yield paragraph(run(value, grey=True))
    counts = " · ".join(f"{n} {words}" for _, words, n in count_kinds(layout, lang))
    count = len(layout.items) + len(ruled.found)
    yield paragraph(
        run(
            f"{label('places', lang)}: {count}." + (f" {counts}" if counts else "")
            if count
            else label("no-entries", lang)
        )
    )
    if ruled:
        yield paragraph(run(ruled.tally.words(lang)))
    yield paragraph(run(label("word.how", lang), italic=True))


def _catalogue(rows: Sequence[TableRow], marker: Marker, cells: list[str | TableCell], lang: Lang) -> etree._Element:
    made = []
    for row in rows:
        name = table("labels.tsv").get(f"field.{row.name}", (row.name, row.name))[LANGS.index(lang)]
        cells += [name, *row.cells]
        own = [marked(block, marker) for block in row.cells[0].blocks]
        made.append(table_row([(_NAMES, [paragraph(run(name, grey=True))]), (_WIDE - _NAMES, own)]))
    return word_table(made, (_NAMES, _WIDE - _NAMES))


def _facing(rows: Sequence[TableRow], marker: Marker, cells: list[str | TableCell], lang: Lang) -> etree._Element:
    sides = ("original", "translation")[: max((len(row.cells) for row in rows), default=1)]
    width = (_WIDE - _NUMBER) // len(sides)
    names = ["¶", *(label(side, lang) for side in sides)]
    widths = [_NUMBER, *(width for _ in sides)]
    cells += names
    head = [[paragraph(run(name, bold=True, grey=name == "¶"))] for name in names]
    made = [table_row(zip(widths, head, strict=True), head=True)]
    for row in rows:
        number = str(row.cells[0].number or "")
        cells += [number, *row.cells]
        texts = [[marked(block, marker) for block in cell.blocks] for cell in row.cells]
        made.append(table_row(zip(widths, [[paragraph(run(number, grey=True))], *texts], strict=True)))
    return word_table(made, widths)


def marked(block: ShownText, marker: Marker) -> etree._Element:
    """A paragraph of the document with its changes and comments."""
    return paragraph(*marker.paragraph(block))


def _foot(apparatus: Apparatus, layout: Layout, bare: Sequence[PlaceComment], lang: Lang) -> Iterator[etree._Element]:
    """The places that are on no page, what was not examined, and by what it was made."""
    if bare:
        yield _heading("places", lang)
    for comment in bare:
        for line in comment.lines:
            yield paragraph(*(run(text, bold=bold) for text, bold in line))
    yield _heading("unexamined", lang)
    told = [unexamined(u.says, u.values, u.place, layout, lang) for u in apparatus.unexamined]
    for sentence in told:
        yield paragraph(run(in_quotes(sentence, lang)))
    if not told:
        yield paragraph(run(label("unexamined-none", lang)))
    for name, value in witness_rows(layout, lang):
        yield paragraph(run(f"{name}: {value}", grey=True))
    made = ", ".join(f"{name} {version}" for name, version in apparatus.versions)
    yield paragraph(run(f"{label('digest', lang)} {apparatus.source.digest}. {made}", grey=True))
