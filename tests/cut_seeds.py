"""The seeds as other people would bring them: two files, a folder, a table, a Word file of two columns."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
from docx.text.paragraph import Paragraph

from collation.model import Apparatus, Document, Entry, Place
from collation.reading import read_file

Key = tuple[object, ...]


def keys(apparatus: Apparatus) -> list[Key]:
    """What an apparatus says, without the places at which it says it."""
    return sorted(map(_key, apparatus.entries), key=str)


def _key(entry: Entry) -> Key:
    readings = tuple((r.text, r.basis, round(r.probability, 6)) for r in entry.readings)
    said = tuple((f.name, round(f.value, 6), f.says, f.values) for f in entry.features)
    return entry.code, entry.side, entry.lemma, readings, round(entry.probability, 6), entry.tier, entry.harm, said


def cut(path: Path) -> dict[str, str]:
    """A seed cut where its second text begins: the texts by the names of their files."""
    document = read_file(path)
    text = document.file.text
    if document.translation is None:
        at, names = _begins(document, "original"), ("catalogue", "ru")
    else:
        at, names = _begins(document, "translation"), ("ru", "en")
    return {names[0]: text[:at], names[1]: text[at:]}


def two_columns(document: Document, apparatus: Apparatus) -> bytes:
    """A Word file: the catalogue as paragraphs, then a table of two columns with a row for each row of the facing pages.

    A paragraph of the text is a paragraph of Word, its lines are parted by line breaks; furniture goes with what is
    before it.
    """
    text, made = document.file.text, docx.Document()
    for line in text[: _begins(document, "original")].strip("\n").split("\n"):
        made.add_paragraph(line)
    stops = {"original": _begins(document, "translation"), "translation": len(text)}
    pieces = {name: _pieces(document, name, stop) for name, stop in stops.items()}
    table = made.add_table(rows=0, cols=2)
    for row in (row for row in apparatus.rows if row.kind != "furniture"):
        for cell, name, own in zip(table.add_row().cells, stops, (row.original, row.translation), strict=True):
            for number, place in enumerate(own):
                paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                _write(paragraph, pieces[name][place])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _begins(document: Document, role: str) -> int:
    """The line on which a text begins."""
    witness = next(w for w in document.witnesses if w.role == role)
    return _line(document.file.text, min(s.place.start for s in (*witness.segments, *witness.furniture)))


def _pieces(document: Document, role: str, stop: int) -> dict[Place, str]:
    """The lines of each segment of a text, with the furniture behind them."""
    witness = next(w for w in document.witnesses if w.role == role)
    text, places = document.file.text, [segment.place for segment in witness.segments]
    starts = [_begins(document, role), *(_line(text, place.start) for place in places[1:]), stop]
    return {place: text[a:b].strip("\n") for place, a, b in zip(places, starts[:-1], starts[1:], strict=True)}


def _write(paragraph: Paragraph, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)


def _line(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1
