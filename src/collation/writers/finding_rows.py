"""The findings of a document as rows of a sheet, one for each entry and each finding of an editor's own.

Nothing in a cell commands the program that opens it: control characters and those that turn the direction of text are
shown as escapes, and ``harmless`` keeps a text from being taken for a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from urllib.parse import quote

from collation.decisions.placing import Book, Placed
from collation.decisions.relocate import Applied
from collation.model import Apparatus
from collation.system.escaping import visible_line
from collation.writers.layout import Layout, lay_out
from collation.writers.marks import Numbered
from collation.writers.phrases import LANGS, Lang, in_quotes, label
from collation.writers.ruled import EMPTY, SettledPlace, ledger, outcome_of
from collation.writers.wording import Argument, brief, in_brackets, in_words, one_line, shown_lemma

Cell = str | int | float | date | None
MOST = 32_000
"""Characters of a cell: a sheet of Excel takes 32,767."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_SIDES = {
    "original": ("original", "оригинал"),
    "translation": ("translation", "перевод"),
    "catalogue": ("catalogue", "каталог"),
}
_OPEN = ("open", "не решено")


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A row. Probabilities are 0 to 1: that something is wrong, and that the reading is right if so."""

    own_id: str
    document: str
    file: str
    sheet: str
    line: int
    side: str
    kind: str
    lemma: str
    reading: str
    other_readings: str
    wrong: float | None
    right: float | None
    why: str
    against: str
    hand: str
    ruling: str
    ruled_reading: str
    editor: str
    date: date | None
    note: str
    link: str
    entry: str

    def cells(self) -> tuple[Cell, ...]:
        """The values in the order of the columns."""
        return tuple(getattr(self, field.name) for field in fields(self))


HEADERS: dict[str, tuple[str, str]] = {
    "own_id": ("id", "номер"),
    "document": ("document", "документ"),
    "file": ("file", "файл"),
    "sheet": ("sheet", "лист"),
    "line": ("line", "строка"),
    "side": ("text", "текст"),
    "kind": ("kind", "вид"),
    "lemma": ("in the text", "в тексте"),
    "reading": ("proposed", "предлагается"),
    "other_readings": ("other readings", "другие чтения"),
    "wrong": ("probability of an error", "вероятность ошибки"),
    "right": ("probability of the reading", "вероятность чтения"),
    "why": ("why", "почему"),
    "against": ("against", "против"),
    "hand": ("suspected hand", "чья ошибка"),
    "ruling": ("ruling", "решение"),
    "ruled_reading": ("reading decided on", "принятое чтение"),
    "editor": ("editor", "редактор"),
    "date": ("date", "дата"),
    "note": ("note", "примечание"),
    "link": ("report", "отчёт"),
    "entry": ("entry", "запись"),
}


def headers(lang: Lang) -> tuple[str, ...]:
    """The titles of the columns."""
    return tuple(HEADERS[field.name][LANGS.index(lang)] for field in fields(FindingRow))


def rows_of(
    apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None, own_id: str = "", page: str = ""
) -> tuple[FindingRow, ...]:
    """The rows of a document in the order of its text. ``page`` is the file of its report, ``own_id`` what the user's
    own catalogue calls it.
    """
    layout = lay_out(apparatus)
    ruled = ledger(book, layout) if book else EMPTY
    page = page or f"{Path(apparatus.source.label.strip('()')).stem}.html"
    found = [_of_entry(item, layout, ruled.entries.get(item.number), lang, own_id, page) for item in layout.items]
    return (
        *found,
        *(row for placed in (book.others if book else ()) for row in _of_finding(placed, layout, lang, own_id)),
    )


def _of_entry(
    item: Numbered, layout: Layout, ruled: SettledPlace | None, lang: Lang, own_id: str, page: str
) -> FindingRow:
    entry, said, source = item.entry, in_words(item, layout, lang), layout.source
    best = entry.readings[0] if entry.readings else None
    return FindingRow(
        own_id=_cell(own_id),
        document=_cell(source.id),
        file=_cell(source.label),
        sheet=_cell(layout.sheet(entry.place)),
        line=source.line(entry.place.start),
        side=_SIDES[entry.side][LANGS.index(lang)],
        kind=said.kind,
        lemma=_cell(shown_lemma(entry)),
        reading=_cell((one_line(best.text) or "∅") + in_brackets(best)) if best else "",
        other_readings=_cell("; ".join((brief(r.text) or "∅") + in_brackets(r) for r in entry.readings[1:])),
        wrong=round(entry.probability, 3),
        right=round(best.probability, 3) if best else None,
        why=_sentences(said.why, lang),
        against=_sentences(said.against, lang),
        hand=said.hand,
        ruling=label(f"ruled.{ruled.state}", lang) if ruled else _OPEN[LANGS.index(lang)],
        ruled_reading=_cell(ruled.reading or "∅") if ruled and ruled.reading is not None else "",
        editor=_cell(ruled.editors) if ruled else "",
        date=date.fromisoformat(ruled.date) if ruled else None,
        note=_cell(ruled.note) if ruled else "",
        link=f"{quote(page)}#{item.anchor}",
        entry=item.anchor,
    )


def _of_finding(placed: Placed, layout: Layout, lang: Lang, own_id: str) -> Iterator[FindingRow]:
    place, ruling, source = placed.place, placed.standing.ruling, layout.source
    if place is None:
        return
    state = label(f"ruled.{outcome_of(placed.standing.rulings, placed.standing.status)}", lang)
    applied = f"; {label('ruled.applied', lang)}" if isinstance(placed.location, Applied) else ""
    yield FindingRow(
        own_id=_cell(own_id),
        document=_cell(source.id),
        file=_cell(source.label),
        sheet=_cell(layout.sheet(place)),
        line=source.line(place.start),
        side=_SIDES[placed.standing.subject.side][LANGS.index(lang)],
        kind="",
        lemma=_cell(one_line(ruling.anchor.exact) or "‹…›"),
        reading="",
        other_readings="",
        wrong=None,
        right=None,
        why="",
        against="",
        hand="",
        ruling=state + applied,
        ruled_reading="" if ruling.reading is None else _cell(one_line(ruling.reading) or "∅"),
        editor=_cell(", ".join(sorted({r.editor for r in placed.standing.rulings}))),
        date=date.fromisoformat(ruling.time[:10]),
        note=_cell(one_line(ruling.note)),
        link="",
        entry="",
    )


def _sentences(arguments: tuple[Argument, ...], lang: Lang) -> str:
    return _cell(" ".join(in_quotes(a.sentence, lang) for a in arguments))


def _cell(text: str) -> str:
    """A text that is seen as it is, the middle of a very long one left out."""
    shown = visible_line(text)
    return shown if len(shown) <= MOST else f"{shown[: MOST // 2]} … {shown[-MOST // 4 :]}"


def harmless(text: str) -> str:
    """A text that no sheet takes for a formula: one that begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
