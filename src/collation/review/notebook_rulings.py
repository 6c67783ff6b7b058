"""Rulings in a notebook: choose, decide, apply. The log is a tuple of rulings; nothing is written anywhere.

    log = decide(app, {"топорь": ACCEPT, "7 сентября": stands("Так в документе.")}, editor="C")
    apply(doc, app, log).original

``save`` puts such a log into a project's folder, where terminal and page see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from collation.decisions.chain import fresh
from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import match
from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, load_log, log_path
from collation.edition.edit import Edition, edit
from collation.edition.styles import Style
from collation.errors import BadRuling, Message
from collation.model import Apparatus, Document, Entry, Witness
from collation.project.rulings_folders import RulingsFolders
from collation.review.rulings_from_choices import Choice, Signature, make_ruling, stamp

ACCEPT = Choice("accept")
"""The first reading is right."""
REJECT = Choice("reject")
"""Nothing is wrong here."""
NEEDS_SCAN = Choice("needs-scan")
"""Only a look at the page can decide."""


class HasApparatus(Protocol):
    """What an examination in a notebook gives."""

    @property
    def apparatus(self) -> Apparatus: ...


def stands(note: str = "") -> Choice:
    """The original's own error: the text is kept, with a note; without one the edition words it."""
    return Choice("stands", note=note)


def emend(reading: str, note: str = "") -> Choice:
    """An own reading."""
    return Choice("emend", own=reading, note=note)


def other_side(reading: str | None = None, note: str = "") -> Choice:
    """The other side is wrong, with its reading if it is known."""
    return Choice("other-side", own=reading, note=note)


def decide(
    app: Apparatus | HasApparatus,
    choices: Mapping[str, Choice],
    *,
    editor: str,
    log: Iterable[Ruling] = (),
    time: str = "",
) -> tuple[Ruling, ...]:
    """The log with a ruling for each choice, named by its lemma, with its neighbours if there are several of it.

    Raises KeyError for words that no entry has and BadRuling for a choice that cannot be carried out.
    ``time`` is now unless it is given.
    """
    apparatus, known = _apparatus(app), tuple(log)
    for lemma, choice in choices.items():
        moment = time or stamp(datetime.now(UTC), known)
        known += (make_ruling(apparatus.source, _entry(apparatus, lemma), choice, Signature(editor, moment)),)
    return known


def _entry(apparatus: Apparatus, words: str) -> Entry:
    """The entry that these words mean, which must be one."""
    found = apparatus.find(words)
    if not found:
        raise KeyError(words)
    if len(found) > 1:
        raise BadRuling(Message("entries-alike", count=len(found), words=words))
    return found[0]


@dataclass(frozen=True, slots=True)
class Emended:
    """A document with its rulings carried out: its whole text, each side of it, and the edition with all
    details.
    """

    document: Document
    edition: Edition

    @property
    def text(self) -> str:
        return self.edition.text

    @property
    def original(self) -> str:
        """The original as emended."""
        return self._side(self.document.original)

    @property
    def translation(self) -> str:
        """The translation as emended; empty when there is none."""
        return self._side(self.document.translation)

    def _side(self, witness: Witness | None) -> str:
        pieces = [s.place for s in (*witness.segments, *witness.furniture)] if witness else []
        if not pieces:
            return ""
        start, stop = min(p.start for p in pieces), max(p.stop for p in pieces)
        return self.edition.text[self.edition.to_edition(start) : self.edition.to_edition(stop)]


def apply(
    document: Document, app: Apparatus | HasApparatus, log: Iterable[Ruling], *, style: Style = "plain"
) -> Emended:
    """The document with the rulings of a log carried out, as far as they hold."""
    book = match(_apparatus(app), fold_rulings(log))
    return Emended(document, edit(document.source, book, style=style))


def save(app: Apparatus | HasApparatus, log: Iterable[Ruling], document: str | Path) -> Path:
    """Write a log into the folder of the project that the file of the document belongs to; that folder."""
    source, folder = _apparatus(app).source, RulingsFolders().of(Path(document)).folder
    keep_text(folder, source.digest, source.text)
    by_editor: dict[str, list[Ruling]] = {}
    for ruling in log:
        by_editor.setdefault(ruling.editor, []).append(ruling)
    for editor, own in by_editor.items():
        path = log_path(folder, editor)
        append(path, fresh(own, load_log(path).rulings))  # a log that is saved again adds what is new
    return folder


def _apparatus(app: Apparatus | HasApparatus) -> Apparatus:
    return app if isinstance(app, Apparatus) else app.apparatus
