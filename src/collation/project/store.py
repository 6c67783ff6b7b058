"""The store of a collection: one SQLite file with its documents, doubtful places, readings, rulings and words.

It is made of the results and the logs and holds nothing that these do not, so that it can be thrown away at any time. A
document is written in one transaction: whoever is killed leaves whole documents, and several processes may renew one
store at once (write-ahead logging; the file must not lie on a network file system). What is in it: ``store.sql``.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from collation.decisions.placing import Book, Placed, match
from collation.decisions.ruling import Ruling
from collation.errors import CollationError, Message
from collation.gate.findings import Rulings, status_of
from collation.model import Apparatus, Entry
from collation.project.concordance import SIDES, DocumentText, Doubt, Paragraph, form_of, lemmas_of, text_of, words_in
from collation.system.digest import digest_of
from collation.system.files import read_ends

NAME = "collation.sqlite"
_OURS = 0x434F4C4C  # application_id of the file: "COLL"
_HEADER = 100  # bytes of the header of an SQLite file
_VERSION = 1  # of the tables
_WAIT = 60.0  # seconds that one process waits for another to end its transaction
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


@dataclass
class Store:
    """A store that is open; ``written`` and ``kept`` count documents whose text was written anew or was the same."""

    path: Path
    base: sqlite3.Connection
    written: int = 0
    kept: int = 0

    def put(self, apparatus: Apparatus, rulings: Rulings, made_from: str) -> None:
        """Write a document, or renew what has changed; ``made_from`` is the digest of what its result depends on."""
        book = match(apparatus, rulings.state, rulings.reviewed)
        label = apparatus.source.label
        ruled_from = _digest_of_rulings(book)
        with self._transaction():
            row = self.base.execute(
                "SELECT id, made_from, ruled_from FROM documents WHERE label = ?", (label,)
            ).fetchone()
            if row and made_from and row[1] == made_from:
                self.kept += 1
                if row[2] == ruled_from:
                    return
                number = row[0]
                self.base.execute("UPDATE documents SET ruled_from = ? WHERE id = ?", (ruled_from, number))
            else:
                self.written += 1
                self._remove(label)
                number = self._put_text(apparatus, book, made_from, ruled_from)
                self._put_entries(number, apparatus.entries, apparatus)
            self._put_rulings(number, book)

    def forget(self, labels: Iterable[str]) -> int:
        """Take documents out; how many were there."""
        count = 0
        for label in labels:
            with self._transaction():
                count += self._remove(label)
        return count

    def labels(self) -> tuple[str, ...]:
        """The documents that are in it, sorted."""
        return tuple(label for (label,) in self.base.execute("SELECT label FROM documents ORDER BY label"))

    def texts_with(self, word: str, *, by_lemma: bool) -> Iterator[tuple[str, DocumentText]]:
        """The documents in which a word is, or a form of a lemma that it may have, by their labels; each with its digest."""
        form = form_of(word)
        forms = {r[0] for r in self.base.execute("SELECT id FROM forms WHERE form = ?", (form,))}
        if by_lemma:
            for side in SIDES:
                lemmas = lemmas_of(form, side)
                marks = ",".join("?" * len(lemmas))
                query = f"SELECT f.id FROM lemmas l JOIN forms f ON f.id = l.form_id WHERE f.side = ? AND l.lemma IN ({marks})"
                forms |= {r[0] for r in self.base.execute(query, (side, *lemmas))}
        documents: dict[int, tuple[str, str, str]] = {}
        for number in forms:
            query = "SELECT d.id, d.label, d.date, d.digest FROM occurrences o JOIN documents d ON d.id = o.document_id WHERE o.form_id = ?"
            documents |= {r[0]: (r[1], r[2], r[3]) for r in self.base.execute(query, (number,))}
        for number, (label, date, digest) in sorted(documents.items(), key=lambda item: item[1]):
            yield digest, self._text(number, label, date)

    def summary(self) -> dict[str, int]:
        """How many documents there are, and how many doubtful places of each state."""
        found = {"documents": self.base.execute("SELECT count(*) FROM documents").fetchone()[0]}
        found |= dict(self.base.execute("SELECT state, count(*) FROM entries GROUP BY state ORDER BY state"))
        return found

    def close(self) -> None:
        """Close it, with everything in the one file."""
        self.base.execute("PRAGMA optimize")
        self.base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.base.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    def _remove(self, label: str) -> int:
        return self.base.execute("DELETE FROM documents WHERE label = ?", (label,)).rowcount

    def _put_text(self, apparatus: Apparatus, book: Book, made_from: str, ruled_from: str) -> int:
        source, text = apparatus.source, text_of(apparatus, book)
        counts: Counter[tuple[str, str]] = Counter()
        for p in text.paragraphs:
            counts.update(("original", form) for _, _, form in words_in(p.original))
            counts.update(("translation", form) for _, _, form in words_in(p.translation))
        year = _YEAR.search(text.date)
        title = " ".join(source.catalogue.value("title").split())
        row = (source.label, source.id, source.digest, title, text.date, int(year[0]) if year else None)
        number = self.base.execute(
            "INSERT INTO documents (label, archive_id, digest, title, date, year, words, made_from, ruled_from)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, counts.total(), made_from, ruled_from),
        ).lastrowid
        assert number is not None
        self.base.executemany(
            "INSERT INTO paragraphs (document_id, number, original, translation, original_at, translation_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                (number, n, p.original, p.translation, json.dumps(p.original_at), json.dumps(p.translation_at))
                for n, p in enumerate(text.paragraphs, 1)
            ),
        )
        occurrences = ((self._form(*key), number, count) for key, count in sorted(counts.items()))
        self.base.executemany("INSERT INTO occurrences VALUES (?, ?, ?)", occurrences)
        return number

    def _form(self, side: str, form: str) -> int:
        row = self.base.execute("SELECT id FROM forms WHERE side = ? AND form = ?", (side, form)).fetchone()
        if row:
            return int(row[0])
        number = self.base.execute("INSERT INTO forms (side, form) VALUES (?, ?)", (side, form)).lastrowid
        assert number is not None
        self.base.executemany("INSERT INTO lemmas VALUES (?, ?)", ((lemma, number) for lemma in lemmas_of(form, side)))
        return number

    def _put_entries(self, document: int, entries: Iterable[Entry], apparatus: Apparatus) -> None:
        for e in entries:
            place, line = e.place, apparatus.source.line(e.place.start)
            number = self.base.execute(
                "INSERT INTO entries (document_id, name, code, family, side, start, stop, line, lemma, probability, tier,"
                " harm, hand, proposed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (document, e.id, e.code, e.family, e.side, place.start, place.stop, line, *_judged(e)),
            ).lastrowid
            self.base.executemany(
                "INSERT INTO readings VALUES (?, ?, ?, ?, ?)",
                (
                    (number, rank, r.text, " ".join((r.basis, *r.witnesses)), r.probability)
                    for rank, r in enumerate(e.readings, 1)
                ),
            )

    def _put_rulings(self, document: int, book: Book) -> None:
        numbers = dict(self.base.execute("SELECT name, id FROM entries WHERE document_id = ?", (document,)))
        self.base.execute("DELETE FROM rulings WHERE document_id = ?", (document,))
        self.base.executemany(
            "UPDATE entries SET state = ? WHERE id = ?", ((status_of(m), numbers[m.entry.id]) for m in book.entries)
        )
        rows: list[tuple[int | None, str, int, Ruling]] = [
            (numbers[m.entry.id], status_of(m), 0, ruling)
            for m in book.entries
            for ruling in _rulings_of(m.placed) or ([m.ruling] if m.ruling else [])
        ]
        rows += [(None, p.standing.status, 0, r) for p in book.others for r in p.standing.rulings]
        rows += [(None, p.standing.status, 1, r) for p in book.orphans for r in p.standing.rulings]
        self.base.executemany(
            "INSERT OR IGNORE INTO rulings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (document, r.id, entry, r.editor, r.time, r.verdict, r.anchor.exact, r.reading, r.note, state, lost)
                for entry, state, lost, r in rows
            ),
        )

    def _text(self, number: int, label: str, date: str) -> DocumentText:
        query = "SELECT original, translation, original_at, translation_at FROM paragraphs WHERE document_id = ? ORDER BY number"
        paragraphs = tuple(Paragraph(o, t, _at(a), _at(b)) for o, t, a, b in self.base.execute(query, (number,)))
        query = (
            "SELECT start, stop, code, state, lemma, coalesce(text, ''), e.probability FROM entries e"
            " LEFT JOIN readings r ON r.entry_id = e.id AND r.rank = 1 WHERE document_id = ? ORDER BY e.id"
        )
        return DocumentText(label, date, paragraphs, tuple(Doubt(*row) for row in self.base.execute(query, (number,))))


@contextmanager
def opened_store(path: Path, *, must_be: bool = False) -> Iterator[Store]:
    """The store in a file while a block runs; made when it is missing, unless it ``must_be`` there.

    One of another version of the program is made anew. Raises CollationError for a file that is something else, that is
    damaged, or that cannot be written.
    """
    try:
        if must_be and not path.is_file():
            raise FileNotFoundError(2, "there is no such file")
        base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        store = Store(path, base)
        try:
            _prepare(base, path)
            yield store
        finally:
            store.close()
    except (sqlite3.Error, OSError) as error:
        raise CollationError(_what_is_wrong(path, error), path=path) from error


def _what_is_wrong(path: Path, error: Exception) -> Message:
    """Why a store could not be used; only of our own file is it said that it can be deleted."""
    reason = getattr(error, "strerror", None) or error
    try:
        ends = read_ends(path, _HEADER)
    except OSError:
        return Message("store-unopenable", reason=reason)
    if ends[68:72] == _OURS.to_bytes(4, "big"):  # where SQLite keeps the application_id
        return Message("store-unusable", reason=reason)
    return Message("store-foreign") if ends else Message("store-unopenable", reason=reason)


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    """The tables, made where there are none."""
    tables = base.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    own, version = (base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if tables and own != _OURS:
        raise CollationError(Message("store-foreign"), path=path)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    if not tables or version != _VERSION:
        _make(base)
    base.execute("PRAGMA foreign_keys = ON")


def _make(base: sqlite3.Connection) -> None:
    """The tables, in the place of those of another version."""
    base.execute("BEGIN IMMEDIATE")
    if base.execute("PRAGMA user_version").fetchone()[0] != _VERSION:  # another process may have been quicker
        kinds = base.execute(
            "SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'table') AND name NOT LIKE 'sqlite_%'"
        )
        for kind, name in kinds.fetchall():
            base.execute(f"DROP {kind} {name}")
        for statement in schema().split(";\n"):
            if statement.strip():
                base.execute(statement)
        base.execute(f"PRAGMA application_id = {_OURS}")
        base.execute(f"PRAGMA user_version = {_VERSION}")
    base.execute("COMMIT")


def made_from(apparatus: Apparatus, basis: str, encoding: str | None) -> str:
    """The digest of what an apparatus depends on, by which it is known to be the same; "" where that is not known.

    ``basis`` is the cache's: the digest of the program, its learned files and the settings.
    """
    facts = [part for fact in apparatus.settings for part in fact]
    source = apparatus.source
    others = [part for witness in apparatus.witnesses for part in (witness.siglum, witness.label, witness.digest)]
    return digest_of([basis, source.digest, source.id, encoding or "", *facts, *others]) if basis else ""


def schema() -> str:
    """The tables and views, as SQL."""
    return Path(__file__).with_name("store.sql").read_text(encoding="utf-8")


def _digest_of_rulings(book: Book) -> str:
    parts = [f"{m.entry.id} {status_of(m)}" for m in book.entries]
    parts += [
        f"{r.id} {p.standing.status} {p.place}" for p in (*book.others, *book.orphans) for r in p.standing.rulings
    ]
    parts += [r.id for m in book.entries for r in _rulings_of(m.placed) or ([m.ruling] if m.ruling else [])]
    return digest_of(parts)


def _rulings_of(placed: tuple[Placed, ...]) -> list[Ruling]:
    return [r for p in placed for r in p.standing.rulings]


def _judged(entry: Entry) -> tuple[str, float, str, str, str, str]:
    return entry.lemma, entry.probability, entry.tier, entry.harm, entry.hand, entry.ruling


def _at(text: str) -> tuple[tuple[int, int, int], ...]:
    return tuple((start, stop, line) for start, stop, line in json.loads(text))
