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
from collation.decisions.history import History
from collation.decisions.log import append, log_path
from collation.decisions.placing import Book, Matched, match
from collation.decisions.reviewed import keep_text
from collation.decisions.ruling import Ruling, reader
from collation.errors import BadRuling, CollationError
from collation.model import Apparatus, Entry, Source
from collation.project.homes import Home, Homes, move_command
from collation.review.project import Seen
from collation.review.rulings import Choice, Signature, rule, stamp, undo
from collation.review.session import fix_of
from collation.writers.layout import Layout, lay_out
from collation.writers.marks import Numbered
from collation.writers.summary import Summary, summarise

Examine = Callable[[Path], Apparatus]
Shelved = tuple["Opened", Numbered]
Wanted = tuple["Opened", Numbered, Choice]
_MOST_TOLD = 5
_Told = tuple[tuple[str, ...], Book, dict[int, Matched], State]


class Conflict(Exception):
    """Somebody has ruled on the place since it was shown."""

    def __init__(self, opened: Opened, item: Numbered | None, standings: Sequence[Standing]) -> None:
        super().__init__("somebody has ruled on this place in the meantime")
        self.opened, self.item, self.standings = opened, item, tuple(standings)


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A document on the shelf. ``key`` stands for it in addresses; ``home`` is where its rulings are kept."""

    key: str
    path: Path
    home: Home
    layout: Layout
    by_anchor: dict[str, Numbered]
    summary: Summary

    @property
    def folder(self) -> Path:
        """Where new rulings on it are written."""
        return self.home.folder

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
    """What lies open. All methods may be called from any thread.

    Two locks: ``_lock`` guards what is known and is never held while somebody else's lock is waited for, so that
    reading goes on; ``_writing`` is held from the look at what stands there to the end of the write. ``damage`` is what
    is wrong with the logs; ``unreadable`` says that a log could not be read at all, so that nothing may be written.
    """

    examine: Examine
    homes: Homes = field(default_factory=Homes)
    second_reader: bool = False
    version: str = ""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    documents: dict[str, Opened] = field(default_factory=dict)
    waiting: list[Path] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    damage: str = ""
    unreadable: bool = False
    revision: int = 0
    _marks: tuple[tuple[str, int, int], ...] | None = None
    _history: History = field(default_factory=lambda: History((), (), fold(())))
    _seen: Seen = field(default_factory=Seen)
    _lost: list[str] = field(default_factory=list)
    _books: dict[str, _Told] = field(default_factory=dict)
    _alike: dict[tuple[str, ...], list[Shelved]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _writing: threading.RLock = field(default_factory=threading.RLock)
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
        """Put an examined document on the shelf; one that lay there already is replaced."""
        layout = lay_out(apparatus)
        with self._lock:
            key = self._free_key(apparatus.source, path)
            anchors = {item.anchor: item for item in layout.items}
            opened = Opened(key, path, self.homes.of(path), layout, anchors, summarise(key, apparatus))
            self.documents[opened.key] = opened
            self._marks = None
            self._books.pop(opened.key, None)
            for item in layout.items:
                self._alike[fix_of(item.entry)].append((opened, item))
            self.revision += 1
        return opened

    def _free_key(self, source: Source, path: Path) -> str:
        """The key of a document; a copy of one that lies there already, another file, gets one of its own."""
        key, other = _key(source.id), self.documents.get(_key(source.id))
        return (
            key if other is None or other.path.resolve() == path.resolve() else _key(f"{source.id}\0{path.resolve()}")
        )

    def owner(self, ruling: Ruling) -> Opened | None:
        """The document that a ruling is on, if it lies open."""
        return next((d for d in self.documents.values() if d.source.is_named(ruling.document, ruling.digest)), None)

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
            ids = [r.id for s in self._state.on(opened.source) for r in s.rulings]
            basis = (*ids, "", *(r.id for r in self._state.wide))
            if found is not None and found[0] == basis:
                told = (*found[:3], self._state)
            else:
                book = match(opened.layout.apparatus, self._state, self._history.reviewed(opened.source))
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

    @property
    def _state(self) -> State:
        return self._history.state

    def _refresh(self) -> None:
        """Read the logs again if any of them, or any place where some may lie, has changed."""
        places = tuple(dict.fromkeys(p for opened in self.documents.values() for p in opened.home.filled))
        marks = tuple(mark for place in places for mark in _marks(place))
        if marks == self._marks:
            return
        self._marks = marks
        self.revision += 1
        try:
            read = History.read(places, second_reader=self.second_reader)
        except CollationError as error:
            self.damage, self.unreadable = str(error), True
            return
        self.unreadable = any(log.unreadable for log in read.logs)
        self.damage = "; ".join(map(str, read.damaged[:_MOST_TOLD]))
        if not self.unreadable:  # else what was known before holds until the log can be read again
            self._history = read
            self._lost = self._seen.lost(read)

    def warnings(self) -> list[str]:
        """What is to be told of the logs, in sentences: damaged, lost and missing ones, and rulings that lie in two places."""
        with self._lock:
            pairs = [(p, d.folder) for d in self.documents.values() for p in self._history.strays(d.source, d.folder)]
            told = [*([self.damage] if self.damage else []), *self._lost, *map(str, self._history.missing)]
            return told + [
                f"rulings lie in {place} too and count; new ones are written to {home}; to bring them together: {move_command(place, home)}"
                for place, home in dict.fromkeys(pairs)
            ]

    # Ruling.

    def held(self) -> AbstractContextManager[bool]:
        """No other thread writes meanwhile; reading goes on."""
        return self._writing

    def decide(self, wanted: Sequence[Wanted], editor: str, *, seen: Iterable[str], batch: str = "") -> list[Ruling]:
        """Write rulings on entries; all those of one log or none. Raises Conflict when an entry has a ruling that
        is not among those ``seen``.
        """
        with self._writing:
            state, known = self.state(), set(seen)
            for opened, item, _ in wanted:
                standings = [p.standing for p in self.on(opened, item.entry).placed]
                if any(r.id not in known for s in standings for r in s.rulings):
                    raise Conflict(opened, item, standings)
            signature = Signature(editor, stamp(self.now(), state.history), self.version, batch)
            rulings = [(opened, rule(opened.source, item.entry, choice, signature)) for opened, item, choice in wanted]
            return self.write(rulings)

    def write(self, rulings: Sequence[tuple[Opened, Ruling]]) -> list[Ruling]:
        """Write rulings to the logs of their documents. While a log cannot be read nothing is written."""
        with self._writing:
            self.state()
            if self.unreadable:
                raise BadRuling(f"a log is damaged and must be mended first: {self.damage}")
            by_log: dict[Path, list[Ruling]] = defaultdict(list)
            for opened, ruling in rulings:
                if ruling.verdict != "undo":
                    keep_text(opened.folder, opened.source.digest, opened.source.text)
                by_log[log_path(opened.folder, ruling.editor)].append(ruling)
            made = [ruling for path, own in by_log.items() for ruling in append(path, own).rulings]
            self.state()
            return made

    def take_back(self, editor: str, ids: Sequence[str] = ()) -> tuple[Ruling, ...]:
        """Undo this editor's last ruling, with the whole group it belongs to, or the rulings named; what was undone."""
        with self._writing:
            state = self.state()
            own = {r.id: r for r in state.history if r.reader == reader(editor)}
            targets = tuple(own[i] for i in ids if i in own) if ids else undo_targets(state, editor)
            by_folder: dict[Path, list[tuple[Opened, Ruling]]] = defaultdict(list)
            for ruling in targets:
                if opened := self.owner(ruling):
                    by_folder[opened.folder].append((opened, ruling))
            if not by_folder:
                raise BadRuling("there is nothing of yours to undo in the documents that are open")
            signature = Signature(editor, stamp(self.now(), state.history), self.version)
            self.write([(found[-1][0], undo([r for _, r in found], signature)) for found in by_folder.values()])
            return tuple(r for found in by_folder.values() for _, r in found)


def _marks(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells that a log of the folder has changed; of a place that is no folder, that it is there."""
    if not folder.is_dir():
        return ((str(folder), -1, 0),)
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found.append((str(path), stat.st_size, stat.st_mtime_ns))
    return tuple(found)


def _key(identity: str) -> str:
    """A document's name in addresses: its own number, else a digest; never a part of a path."""
    if re.fullmatch(r"[0-9]{1,12}", identity):
        return identity
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]
