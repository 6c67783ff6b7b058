"""The documents that are open for review, and what the logs say of them.

A document is examined in the background, one after the other, so that the page is there at once. The logs are the
only truth: before every answer the workspace looks whether any of them has grown, also by the hand of somebody in a
terminal or of ``git pull``, and reads again only what is new. Rulings are written under one lock, so that what an
editor was shown and what is written cannot come apart in between.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from collation.decisions.history import History
from collation.decisions.in_force import State, fold_rulings, undo_targets
from collation.decisions.placing import Book, Matched, match
from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling import Ruling, reader
from collation.decisions.ruling_log import append, log_path
from collation.edition.styles import Style
from collation.errors import BadRuling, CollationError, Message
from collation.model import Apparatus, Entry, Source
from collation.project.page_questions import AskPage
from collation.project.rulings_folders import RulingsFolders, astray
from collation.project.word_list import WordLists
from collation.review.applying import ReadEdition
from collation.review.logs import SeenRulings, marks_of
from collation.review.rulings_from_choices import Choice, Signature, make_ruling, make_undo, stamp
from collation.review.session import fix_of
from collation.review.web.open_document import Conflict, OpenDocument, PlacedItem, document_key
from collation.writers.layout import lay_out
from collation.writers.marks import Numbered
from collation.writers.summary import summarise

Examine = Callable[[Path], Apparatus]
MakeEdition = Callable[..., ReadEdition]
"""``make_edition`` of a run: of a path and a history, with ``style`` and ``examine``."""
Wanted = tuple[OpenDocument, Numbered, Choice]
_MOST_DAMAGES = 5
_Matching = tuple[tuple[str, ...], Book, dict[int, Matched], State]


@dataclass(slots=True)
class Workspace:
    """The open documents and their rulings. All methods may be called from any thread.

    Two locks: ``_lock`` guards what is known and is never held while somebody else's lock is waited for, so that
    reading goes on; ``_writing`` is held from the look at what was ruled to the end of the write. ``ask_page`` asks the images
    of a document's pages, and ``make_edition`` carries the rulings out. ``damage`` is what
    is wrong with the logs; ``unreadable`` says that a log could not be read at all, so that nothing may be written.
    """

    examine: Examine
    folders: RulingsFolders = field(default_factory=RulingsFolders)
    words: WordLists = field(default_factory=WordLists)
    ask_page: AskPage | None = None
    make_edition: MakeEdition | None = None
    second_reader: bool = False
    version: str = ""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    documents: dict[str, OpenDocument] = field(default_factory=dict)
    waiting: list[Path] = field(default_factory=list)
    failures: list[tuple[str, Message]] = field(default_factory=list)
    damage: tuple[CollationError, ...] = ()
    unreadable: bool = False
    revision: int = 0
    _marks: tuple[tuple[str, int, int], ...] | None = None
    _history: History = field(default_factory=lambda: History((), (), fold_rulings(())))
    _seen: SeenRulings = field(default_factory=SeenRulings)
    _lost: list[Message] = field(default_factory=list)
    _books: dict[str, _Matching] = field(default_factory=dict)
    _alike: dict[tuple[str, ...], list[PlacedItem]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _writing: threading.RLock = field(default_factory=threading.RLock)
    _examining: threading.Lock = field(default_factory=threading.Lock)
    _working: threading.Thread | None = None

    # Documents.

    def open_documents(self, paths: Iterable[Path]) -> None:
        """Open documents; they are examined in the background."""
        with self._lock:
            known = {d.path.resolve() for d in self.documents.values()} | {p.resolve() for p in self.waiting}
            self.waiting += [p for p in dict.fromkeys(paths) if p.resolve() not in known]
            self._start_working()

    def examine_again(self, paths: Iterable[Path]) -> None:
        """Examine open documents anew in the background, because what is known of them has changed."""
        with self._lock:
            self.waiting += [p for p in paths if p not in self.waiting]
            self._start_working()

    def _start_working(self) -> None:
        if self.waiting and (self._working is None or not self._working.is_alive()):
            self._working = threading.Thread(target=self._work, name="examining", daemon=True)
            self._working.start()

    def examined(self, path: Path) -> Apparatus:
        """The apparatus of a document as it is now; one is examined at a time. Raises CollationError."""
        with self._examining:
            return self.examine(path)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self.waiting:
                    self._working = None
                    return
                path = self.waiting[0]
            try:
                self.add(path, self.examined(path))
            except CollationError as error:
                self.failures.append((path.name, error.message))
            except Exception as error:  # one document that breaks the machine must not stop the others
                broken = Message("examination-broken", reason=f"{type(error).__name__}: {error}")
                self.failures.append((path.name, broken))
            finally:
                with self._lock:
                    self.waiting.remove(path)
                    self.revision += 1

    def wait(self) -> None:
        """Wait until all documents are examined."""
        worker = self._working
        if worker is not None:
            worker.join()

    def add(self, path: Path, apparatus: Apparatus) -> OpenDocument:
        """Add an examined document; one that was open already is replaced."""
        layout = lay_out(apparatus)
        with self._lock:
            key = self._free_key(apparatus.source, path)
            anchors = {item.anchor: item for item in layout.items}
            opened = OpenDocument(key, path, self.folders.of(path), layout, anchors, summarise(key, apparatus))
            self.documents[opened.key] = opened
            self._marks = None
            self._books.pop(opened.key, None)
            for item in layout.items:
                self._alike[fix_of(item.entry)].append((opened, item))
            self.revision += 1
        return opened

    def _free_key(self, source: Source, path: Path) -> str:
        """The key of a document; a copy of one that is open already, another file, gets one of its own."""
        key, other = document_key(source.id), self.documents.get(document_key(source.id))
        return (
            key
            if other is None or other.path.resolve() == path.resolve()
            else document_key(f"{source.id}\0{path.resolve()}")
        )

    def owner(self, ruling: Ruling) -> OpenDocument | None:
        """The document that a ruling is on, if it is open."""
        return next((d for d in self.documents.values() if d.source.is_named(ruling.document, ruling.digest)), None)

    def document(self, key: str) -> OpenDocument | None:
        """The document of a key."""
        return self.documents.get(key)

    # What the logs say.

    def state(self) -> State:
        """What holds now. When a log is damaged, what held before it was, and ``damage`` says so."""
        with self._lock:
            self._refresh()
            return self._state

    def book(self, opened: OpenDocument) -> Book:
        """What editors say of a document, at the places that it has in the text now; as of the last ``state``."""
        return self._matching(opened)[1]

    def on(self, opened: OpenDocument, entry: Entry) -> Matched:
        """What editors say of an entry, as of the last ``state``."""
        return self._matching(opened)[2][id(entry)]

    def edition_of(self, opened: OpenDocument, style: Style) -> ReadEdition:
        """What the rulings that hold make of a document, read anew. While a log cannot be read nothing is made."""
        with self._lock:
            self.state()
            history = self._history
            if self.unreadable:
                raise BadRuling(Message("log-damaged", log=self.damage))
        if self.make_edition is None:
            raise BadRuling(Message("no-such-form"))
        with self._examining:
            return self.make_edition(opened.path, history, style=style, examine=lambda: self.examine(opened.path))

    def is_open(self, placed: PlacedItem) -> bool:
        """Whether nobody has ruled on an entry yet."""
        return self.on(placed[0], placed[1].entry).status == "open"

    def _matching(self, opened: OpenDocument) -> _Matching:
        with self._lock:
            found = self._books.get(opened.key)
            if found is not None and found[3] is self._state:
                return found
            ids = [r.id for s in self._state.on(opened.source) for r in s.rulings]
            basis = (*ids, "", *(r.id for r in self._state.wide))
            if found is not None and found[0] == basis:
                matching = (*found[:3], self._state)
            else:
                book = match(opened.layout.apparatus, self._state, self._history.reviewed(opened.source))
                matching = basis, book, {id(m.entry): m for m in book.entries}, self._state
            self._books[opened.key] = matching
            return matching

    def alike(self, opened: OpenDocument, item: Numbered) -> list[PlacedItem]:
        """The open places of all documents with the same words and the same first reading; this one first, if open."""
        with self._lock:
            found = [p for p in self._alike[fix_of(item.entry)] if self._is_current(p)]
            return sorted(found, key=lambda p: (p[1] is not item, p[0] is not opened))

    def _is_current(self, placed: PlacedItem) -> bool:
        """Whether an entry is of a document as it was examined last, and still open."""
        return self.documents.get(placed[0].key) is placed[0] and self.is_open(placed)

    def plain(self, opened: OpenDocument) -> list[PlacedItem]:
        """The open plain spellings of a document for which a reading is proposed with some certainty."""
        items = (i for i in opened.layout.items if i.entry.harm == "spelling" and i.entry.tier == "emend")
        return [(opened, item) for item in items if self.is_open((opened, item))]

    @property
    def _state(self) -> State:
        return self._history.state

    def _refresh(self) -> None:
        """Read the logs again if any of them, or any place where some may be, has changed."""
        places = tuple(dict.fromkeys(p for opened in self.documents.values() for p in opened.rulings.filled))
        marks = tuple(mark for place in places for mark in marks_of(place))
        if marks == self._marks:
            return
        self._marks = marks
        self.revision += 1
        try:
            read = History.read(places, second_reader=self.second_reader)
        except CollationError as error:
            self.damage, self.unreadable = (error,), True
            return
        self.unreadable = any(log.unreadable for log in read.logs)
        self.damage = read.damaged[:_MOST_DAMAGES]
        if not self.unreadable:  # else what was known before holds until the log can be read again
            self._history = read
            self._lost = self._seen.lost(read)

    def warnings(self) -> list[Message | CollationError]:
        """What is wrong with the logs: damaged, lost and missing ones, and rulings that are in two places."""
        with self._lock:
            pairs = [(p, d.folder) for d in self.documents.values() for p in self._history.strays(d.source, d.folder)]
            strays = [astray(place, folder) for place, folder in dict.fromkeys(pairs)]
            return [*self.damage, *self._lost, *(missing.message for missing in self._history.missing), *strays]

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
            rulings = [
                (opened, make_ruling(opened.source, item.entry, choice, signature)) for opened, item, choice in wanted
            ]
            return self.write(rulings)

    def write(self, rulings: Sequence[tuple[OpenDocument, Ruling]]) -> list[Ruling]:
        """Write rulings to the logs of their documents. While a log cannot be read nothing is written."""
        with self._writing:
            self.state()
            if self.unreadable:
                raise BadRuling(Message("log-damaged", log=self.damage))
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
            by_folder: dict[Path, list[tuple[OpenDocument, Ruling]]] = defaultdict(list)
            for ruling in targets:
                if opened := self.owner(ruling):
                    by_folder[opened.folder].append((opened, ruling))
            if not by_folder:
                raise BadRuling(Message("nothing-of-yours-to-undo"))
            signature = Signature(editor, stamp(self.now(), state.history), self.version)
            self.write([(found[-1][0], make_undo([r for _, r in found], signature)) for found in by_folder.values()])
            return tuple(r for found in by_folder.values() for _, r in found)
