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
from collation.decisions.reviewed import keep_text, kept_text
from collation.decisions.ruling import Ruling
from collation.errors import BadRuling, CollationError
from collation.model import Apparatus, Entry, Source
from collation.review.rulings import Choice, Settled, Signature, rule, settle, stamp, undo
from collation.writers.layout import Layout, lay_out
from collation.writers.marks import Numbered
from collation.writers.summary import Summary, summarise
from collation.writers.wording import shown as on_one_line

Examine = Callable[[Path], Apparatus]
Placed = tuple["Opened", Numbered]
Wanted = tuple["Opened", Numbered, Choice]
_Told = tuple[tuple[tuple[str, ...], ...], tuple[Settled, ...], dict[int, list[Standing]], State]


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
    _settled: dict[str, _Told] = field(default_factory=dict)
    _alike: dict[tuple[str, ...], list[Placed]] = field(default_factory=lambda: defaultdict(list))
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
            self._settled.pop(opened.key, None)
            for item in layout.items:
                self._alike[_fix(item.entry)].append((opened, item))
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

    def settled(self, opened: Opened) -> tuple[Settled, ...]:
        """What editors say of a document, at the places that it has in the text now; as of the last ``state``."""
        return self._told(opened)[1]

    def on(self, opened: Opened, entry: Entry) -> list[Standing]:
        """What editors say of an entry, as of the last ``state``."""
        return self._told(opened)[2].get(id(entry), [])

    def _told(self, opened: Opened) -> _Told:
        with self._lock:
            if opened.key in self._settled and self._settled[opened.key][3] is self._state:
                return self._settled[opened.key]
            standings = self._state.of(opened.source.id)
            ids = tuple((s.status, *(r.id for r in s.rulings)) for s in standings)
            found = self._settled.get(opened.key)
            if found is not None and found[0] == ids:
                told = (*found[:3], self._state)
            else:
                settled = settle(
                    opened.source, opened.entries, standings, lambda digest: kept_text(opened.folder, digest)
                )
                by_entry: dict[int, list[Standing]] = defaultdict(list)
                for item in settled:
                    if item.entry is not None:
                        by_entry[id(item.entry)].append(item.standing)
                told = (ids, settled, dict(by_entry), self._state)
            self._settled[opened.key] = told
            return told

    def alike(self, opened: Opened, item: Numbered) -> list[Placed]:
        """The open places of all documents with the same words and the same first reading; this one first, if open."""
        with self._lock:
            found = [p for p in self._alike[_fix(item.entry)] if not self.on(p[0], p[1].entry)]
            return sorted(found, key=lambda p: (p[1] is not item, p[0] is not opened))

    def plain(self, opened: Opened) -> list[Placed]:
        """The open plain spellings of a document for which a reading is proposed."""
        return [
            (opened, item)
            for item in opened.layout.items
            if item.entry.harm == "spelling" and item.entry.readings and not self.on(opened, item.entry)
        ]

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
                standings = self.on(opened, item.entry)
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


def _fix(entry: Entry) -> tuple[str, ...]:
    """What makes two entries the same fix: the side, the very words, and the reading, else the rule."""
    reading = on_one_line(entry.readings[0].text) if entry.readings else entry.code
    return entry.side, on_one_line(entry.lemma), reading


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
