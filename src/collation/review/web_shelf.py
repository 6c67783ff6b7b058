"""The documents that lie open for review, and what the logs say of them.

A document is examined in the background, one after the other, so that the page is there at once. The logs are the
only truth: before every answer the shelf looks whether any of them has grown, also by the hand of somebody in a
terminal or of ``git pull``, and reads again only what is new. Rulings are written under one lock, so that what an
editor was shown and what is written cannot come apart in between.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from collation.decisions.fold import Standing, State, fold, undo_targets
from collation.decisions.log import append, find_folder, load_folder, log_path
from collation.decisions.placing import Book, Matched, match
from collation.decisions.reviewed import keep_text
from collation.decisions.ruling import Ruling
from collation.errors import BadRuling, CollationError
from collation.model import Apparatus, Entry, Source
from collation.review.project import reviewed_texts
from collation.review.rulings import Choice, Signature, rule, stamp, undo
from collation.review.session import fix_of
from collation.writers.layout import Layout, lay_out
from collation.writers.marks import Numbered
from collation.writers.summary import Summary, summarise

Examine = Callable[[Path], Apparatus]
Shelved = tuple["Opened", Numbered]
Wanted = tuple["Opened", Numbered, Choice]
_Told = tuple[tuple[str, ...], Book, dict[int, Matched], State]


class Conflict(Exception):
    """Somebody has ruled on the place since it was shown."""

    def __init__(self, opened: Opened, item: Numbered | None, standings: Sequence[Standing]) -> None:
        super().__init__("somebody has ruled on this place in the meantime")
        self.opened, self.item, self.standings = opened, item, tuple(standings)


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A document on the shelf. ``key`` stands for it in addresses; ``folder`` is where its rulings are kept."""

    key: str
    path: Path
    folder: Path
    layout: Layout
    by_anchor: dict[str, Numbered]
    summary: Summary

    @property
    def source(self) -> Source:
        return self.layout.source

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.layout.apparatus.entries

    def item(self, anchor: str) -> Numbered:
        """The entry of an anchor. Raises BadRuling when there is none."""
        try:
            return self.by_anchor[anchor]
        except KeyError:
            raise BadRuling("there is no such place in this document; load the page anew") from None


@dataclass(slots=True)
class Shelf:
    """What lies open. All methods may be called from any thread."""

    examine: Examine
    configured: Path | None = None
    second_reader: bool = False
    version: str = ""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    documents: dict[str, Opened] = field(default_factory=dict)
    waiting: list[Path] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    damage: str = ""
    revision: int = 0
    _marks: dict[Path, tuple[tuple[str, int, int], ...]] = field(default_factory=dict)
    _rulings: dict[Path, tuple[Ruling, ...]] = field(default_factory=dict)
    _state: State = field(default_factory=lambda: fold(()))
    _books: dict[str, _Told] = field(default_factory=dict)
    _alike: dict[tuple[str, ...], list[Shelved]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _working: threading.Thread | None = None

    # Documents.

    def put(self, paths: Iterable[Path]) -> None:
        """Take documents in; they are examined in the background."""
        with self._lock:
            known = {d.path.resolve() for d in self.documents.values()} | {p.resolve() for p in self.waiting}
            self.waiting += [p for p in dict.fromkeys(paths) if p.resolve() not in known]
            if self.waiting and (self._working is None or not self._working.is_alive()):
                self._working = threading.Thread(target=self._work, name="examining", daemon=True)
                self._working.start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self.waiting:
                    self._working = None
                    return
                path = self.waiting[0]
            try:
                self.lay(path, self.examine(path))
            except CollationError as error:
                self.failures.append((path.name, error.message))
            except Exception as error:  # one document that breaks the machine must not stop the others
                self.failures.append((path.name, f"the examination broke off ({type(error).__name__}: {error})"))
            finally:
                with self._lock:
                    self.waiting.remove(path)
                    self.revision += 1

    def finish(self) -> None:
        """Wait until all documents are examined."""
        worker = self._working
        if worker is not None:
            worker.join()

    def lay(self, path: Path, apparatus: Apparatus) -> Opened:
        """Put an examined document on the shelf. Raises BadRuling when another one has the same id."""
        layout = lay_out(apparatus)
        opened = Opened(
            _key(apparatus.source.id),
            path,
            find_folder(path, configured=self.configured),
            layout,
            {item.anchor: item for item in layout.items},
            summarise(_key(apparatus.source.id), apparatus),
        )
        with self._lock:
            other = self.documents.get(opened.key)
            if other is not None and other.path.resolve() != path.resolve():
                message = f"this is document {apparatus.source.id}, as is {other.path.name}; it was left out"
                raise BadRuling(message, path=path)
            self.documents[opened.key] = opened
            self._books.pop(opened.key, None)
            for item in layout.items:
                self._alike[fix_of(item.entry)].append((opened, item))
            self.revision += 1
        return opened

    def document(self, key: str) -> Opened | None:
        """The document of a key."""
        return self.documents.get(key)

    # What the logs say.

    def state(self) -> State:
        """What holds now. When a log is damaged, what held before it was, and ``damage`` says so."""
        with self._lock:
            self._refresh()
            return self._state

    def book(self, opened: Opened) -> Book:
        """What editors say of a document, at the places that it has in the text now; as of the last ``state``."""
        return self._told(opened)[1]

    def on(self, opened: Opened, entry: Entry) -> Matched:
        """What editors say of an entry, as of the last ``state``."""
        return self._told(opened)[2][id(entry)]

    def is_open(self, placed: Shelved) -> bool:
        """Whether nobody has ruled on an entry yet."""
        return self.on(placed[0], placed[1].entry).status == "open"

    def _told(self, opened: Opened) -> _Told:
        with self._lock:
            found = self._books.get(opened.key)
            if found is not None and found[3] is self._state:
                return found
            ids = [r.id for s in self._state.of(opened.source.id) for r in s.rulings]
            basis = (*ids, "", *(r.id for r in self._state.wide))
            if found is not None and found[0] == basis:
                told = (*found[:3], self._state)
            else:
                reviewed = reviewed_texts(opened.folder, self._state, opened.source)
                book = match(opened.layout.apparatus, self._state, reviewed)
                told = basis, book, {id(m.entry): m for m in book.entries}, self._state
            self._books[opened.key] = told
            return told

    def alike(self, opened: Opened, item: Numbered) -> list[Shelved]:
        """The open places of all documents with the same words and the same first reading; this one first, if open."""
        with self._lock:
            found = [p for p in self._alike[fix_of(item.entry)] if self._lies_open(p)]
            return sorted(found, key=lambda p: (p[1] is not item, p[0] is not opened))

    def _lies_open(self, shelved: Shelved) -> bool:
        """Whether an entry is of a document as it lies on the shelf now, and still open."""
        return self.documents.get(shelved[0].key) is shelved[0] and self.is_open(shelved)

    def plain(self, opened: Opened) -> list[Shelved]:
        """The open plain spellings of a document for which a reading is proposed with some certainty."""
        items = (i for i in opened.layout.items if i.entry.harm == "spelling" and i.entry.tier == "emend")
        return [(opened, item) for item in items if self.is_open((opened, item))]

    def _refresh(self) -> None:
        changed = False
        for folder in {opened.folder for opened in self.documents.values()}:
            marks = _marks(folder)
            if self._marks.get(folder) == marks:
                continue
            try:
                read = tuple(r for log in load_folder(folder) for r in log.rulings)
                fold(read)
                self._rulings[folder] = read
                self.damage = ""
            except CollationError as error:
                self.damage = str(error)
            self._marks[folder] = marks
            changed = True
        if changed:
            self._state = fold((r for own in self._rulings.values() for r in own), second_reader=self.second_reader)
            self.revision += 1

    # Ruling.

    def held(self) -> AbstractContextManager[bool]:
        """Nobody else writes meanwhile."""
        return self._lock

    def decide(self, wanted: Sequence[Wanted], editor: str, *, seen: Iterable[str], batch: str = "") -> list[Ruling]:
        """Write rulings on entries; all those of one log or none. Raises Conflict when an entry has a ruling that
        is not among those ``seen``.
        """
        with self._lock:
            state, known = self.state(), set(seen)
            for opened, item, _ in wanted:
                standings = [p.standing for p in self.on(opened, item.entry).placed]
                if any(r.id not in known for s in standings for r in s.rulings):
                    raise Conflict(opened, item, standings)
            signature = Signature(editor, stamp(self.now(), state.history), self.version, batch)
            rulings = [(opened, rule(opened.source, item.entry, choice, signature)) for opened, item, choice in wanted]
            return self.write(rulings)

    def write(self, rulings: Sequence[tuple[Opened, Ruling]]) -> list[Ruling]:
        """Write rulings to the logs of their documents. A damaged log is not written to."""
        with self._lock:
            self._refresh()
            if self.damage:
                raise BadRuling(f"a log is damaged and must be mended first: {self.damage}")
            by_log: dict[Path, list[Ruling]] = defaultdict(list)
            for opened, ruling in rulings:
                if ruling.verdict != "undo":
                    keep_text(opened.folder, opened.source.digest, opened.source.text)
                by_log[log_path(opened.folder, ruling.editor)].append(ruling)
            for path, own in by_log.items():
                append(path, own)
            self._refresh()
            return [ruling for _, ruling in rulings]

    def take_back(self, editor: str, ids: Sequence[str] = ()) -> tuple[Ruling, ...]:
        """Undo this editor's last ruling, with the whole group it belongs to, or the rulings named; what was undone."""
        with self._lock:
            state = self.state()
            named = {r.id: r for r in state.history if r.editor == editor}
            targets = tuple(named[i] for i in ids if i in named) if ids else undo_targets(state, editor)
            by_folder: dict[Path, list[Ruling]] = defaultdict(list)
            homes = {opened.source.id: opened for opened in self.documents.values()}
            for ruling in targets:
                if ruling.document in homes:
                    by_folder[homes[ruling.document].folder].append(ruling)
            if not by_folder:
                raise BadRuling("there is nothing of yours to undo in the documents that are open")
            signature = Signature(editor, stamp(self.now(), state.history), self.version)
            self.write([(homes[own[-1].document], undo(own, signature)) for own in by_folder.values()])
            return tuple(r for own in by_folder.values() for r in own)


def _marks(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells that a log of the folder has changed."""
    if not folder.is_dir():
        return ()
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found.append((path.name, stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def _key(identity: str) -> str:
    """A document's name in addresses: its own number, else a digest; never a part of a path."""
    if re.fullmatch(r"[0-9]{1,12}", identity):
        return identity
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]
