"""A session of review: what waits in which order, what an editor's choice would write, where the editor is.

Pure: values in, values out. The logs are read and written outside; after every change the session is renewed
with what the logs then say, so that a colleague's rulings are seen at once. The same queue serves any front.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from collation.decisions.in_force import State
from collation.decisions.placing import Book, Matched, Placed, match, sides_of_entry
from collation.decisions.ruling import Ruling, reader
from collation.decisions.smoothed_text import page_of, smooth
from collation.errors import BadRuling, Message
from collation.model import Apparatus, Entry, Place, Source
from collation.review import rulings_from_choices
from collation.review.rulings_from_choices import Choice, Signature
from collation.writers.order import by_harm

Reviewed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which places are shown; empty fields let everything through. ``words`` are looked for in the lemma."""

    families: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    words: str = ""
    conflicts: bool = False
    all: bool = False

    def passes(self, item: Item) -> bool:
        """Whether a place is to be shown."""
        entry, source = item.entry, item.source
        named = (
            (self.families, (entry.family, entry.code)),
            (self.tiers, (entry.tier,)),
            (self.harms, (entry.harm,)),
            (self.documents, (source.id, source.label)),
        )
        if any(wanted and not set(wanted) & set(given) for wanted, given in named):
            return False
        if self.words and self.words.casefold() not in " ".join(entry.lemma.split()).casefold():
            return False
        return not self.conflicts or item.status == "conflict"


@dataclass(frozen=True, slots=True)
class Item:
    """A place of the queue: its document, its entry, and what editors say of it."""

    document: int
    source: Source
    matched: Matched

    @property
    def entry(self) -> Entry:
        return self.matched.entry

    @property
    def status(self) -> str:
        """open, holds, conflict or second-reader."""
        return self.matched.status

    @property
    def key(self) -> tuple[int, str]:
        return self.document, self.entry.id

    @property
    def seen(self) -> frozenset[str]:
        """The rulings that were known when the place was shown."""
        return frozenset(r.id for p in self.matched.placed for r in p.standing.rulings)


@dataclass(frozen=True, slots=True)
class ReviewSession:
    """Where an editor is. ``items`` are all places in the order shown, ``at`` is the current one's index.

    ``skipped`` are places left for later: they come again when nothing else is left.
    """

    documents: tuple[Apparatus, ...]
    reviewed: tuple[Reviewed, ...]
    state: State
    books: tuple[Book, ...]
    editor: str
    filters: Filters = Filters()
    by_line: bool = False
    items: tuple[Item, ...] = ()
    at: int = 0
    skipped: frozenset[tuple[int, str]] = frozenset()

    @property
    def current(self) -> Item | None:
        """The place that is shown, None when there is none."""
        return self.items[self.at] if 0 <= self.at < len(self.items) else None

    @property
    def waiting(self) -> int:
        """How many of the places shown still wait for this editor."""
        return sum(is_open(item, self.editor) for item in self.items)

    @property
    def orphans(self) -> tuple[tuple[Apparatus, Placed], ...]:
        """Rulings whose place cannot be determined with certainty."""
        return tuple((a, p) for a, book in zip(self.documents, self.books, strict=True) for p in book.orphans)


def is_open(item: Item, editor: str) -> bool:
    """Whether a place waits for an editor: nothing holds there, and this editor has not ruled on it."""
    if item.status == "holds":
        return False
    own = {r.reader for p in item.matched.placed for r in p.standing.rulings}
    return item.status == "conflict" or reader(editor) not in own


def open_session(
    documents: Sequence[Apparatus],
    state: State,
    editor: str,
    *,
    reviewed: Sequence[Reviewed] = (),
    filters: Filters | None = None,
    by_line: bool = False,
) -> ReviewSession:
    """A session at its first open place."""
    known = tuple(reviewed) or tuple({} for _ in documents)
    books = tuple(match(a, state, texts) for a, texts in zip(documents, known, strict=True))
    session = ReviewSession(tuple(documents), known, state, books, editor, filters or Filters(), by_line)
    return _to_open(replace(session, items=_items(session)), 0)


def renewed(session: ReviewSession, state: State, reviewed: Sequence[Reviewed] | None = None) -> ReviewSession:
    """The session with what the logs say now, at the same place."""
    known = session.reviewed if reviewed is None else tuple(reviewed)
    books = tuple(
        book
        if state.on(a.source) == session.state.on(a.source) and not _wider(state, session)
        else match(a, state, texts)
        for a, book, texts in zip(session.documents, session.books, known, strict=True)
    )
    return _at_same(replace(session, state=state, books=books, reviewed=known), session)


def _wider(state: State, session: ReviewSession) -> bool:
    return state.wide != session.state.wide


def reexamined(session: ReviewSession, number: int, apparatus: Apparatus) -> ReviewSession:
    """The session with a document examined anew, at the same place, or at the next where that is no longer doubted."""
    documents = tuple(apparatus if n == number else known for n, known in enumerate(session.documents))
    book = match(apparatus, session.state, session.reviewed[number])
    books = tuple(book if n == number else known for n, known in enumerate(session.books))
    changed = replace(session, documents=documents, books=books)
    changed = replace(changed, items=_items(changed), skipped=frozenset(k for k in session.skipped if k[0] != number))
    place = session.current and (session.current.document, session.current.entry.place)
    at = next((n for n, i in enumerate(changed.items) if (i.document, i.entry.place) == place), None)
    return replace(changed, at=at) if at is not None else _to_open(changed, min(session.at, len(changed.items)))


def filtered(session: ReviewSession, filters: Filters) -> ReviewSession:
    """The session with other filters, at its first open place."""
    changed = replace(session, filters=filters)
    return _to_open(replace(changed, items=_items(changed)), 0)


def reordered(session: ReviewSession) -> ReviewSession:
    """The session in the other order, by harm or by line, at the same place."""
    return _at_same(replace(session, by_line=not session.by_line), session)


def _at_same(changed: ReviewSession, before: ReviewSession) -> ReviewSession:
    items = _items(changed)
    key = before.current.key if before.current else None
    at = next((i for i, item in enumerate(items) if item.key == key), min(before.at, max(0, len(items) - 1)))
    return replace(changed, items=items, at=at)


def _items(session: ReviewSession) -> tuple[Item, ...]:
    """The places that pass the filters, document after document. A place ruled on stays, so that one can go
    back.
    """
    found: list[Item] = []
    for number, (apparatus, book) in enumerate(zip(session.documents, session.books, strict=True)):
        by_id = {m.entry.id: m for m in book.entries}
        entries = list(apparatus.entries) if session.by_line else by_harm(apparatus.entries)
        found += (Item(number, apparatus.source, by_id[e.id]) for e in entries)
    return tuple(item for item in found if session.filters.passes(item))


def step(session: ReviewSession, steps: int, *, skip: bool = False) -> ReviewSession:
    """The next or previous place that waits; skipped places come last. At the end the session stays where it
    is.
    """
    current = session.current
    if skip and current is not None:
        session = replace(session, skipped=session.skipped | {current.key})
    if steps > 0:
        return _to_open(session, session.at + 1)
    before = [i for i in range(session.at) if session.filters.all or is_open(session.items[i], session.editor)]
    return replace(session, at=before[-1]) if before else session


def back_to(session: ReviewSession, ruling: Ruling) -> ReviewSession:
    """The session at the place that a ruling is about, if it is shown."""
    for index, item in enumerate(session.items):
        places = [place for _, place in sides_of_entry(item.entry)]
        if item.source.is_named(ruling.document, ruling.digest) and ruling.anchor.place() in places:
            return replace(session, at=index)
    return session


def _to_open(session: ReviewSession, start: int) -> ReviewSession:
    """The first place that waits from an index on, then from the beginning, then among the skipped ones."""
    order = [*range(start, len(session.items)), *range(min(start, len(session.items)))]
    if session.filters.all:
        return replace(session, at=start) if start < len(session.items) else session
    waiting = [i for i in order if is_open(session.items[i], session.editor)]
    fresh = [i for i in waiting if session.items[i].key not in session.skipped]
    if fresh:
        return replace(session, at=fresh[0])
    return replace(session, at=waiting[0] if waiting else len(session.items), skipped=frozenset())


# Groups.


def alike_items(session: ReviewSession, item: Item) -> tuple[Item, ...]:
    """The open places of all documents with the same words and the same first reading, this one first."""
    wanted = fix_of(item.entry)
    found = [
        other
        for number, (apparatus, book) in enumerate(zip(session.documents, session.books, strict=True))
        for matched in book.entries
        if fix_of(matched.entry) == wanted and is_open(other := Item(number, apparatus.source, matched), session.editor)
    ]
    return tuple(sorted(found, key=lambda i: i.key != item.key))


def plain_spellings(session: ReviewSession) -> tuple[Item, ...]:
    """The open plain spellings among the places shown, for which the program proposes a reading with some
    certainty.
    """
    return tuple(
        item
        for item in session.items
        if item.entry.harm == "spelling" and item.entry.tier == "emend" and is_open(item, session.editor)
    )


def fix_of(entry: Entry) -> tuple[str, ...]:
    """What makes two entries the same fix: the side, the very words, and the reading, else the rule."""
    reading = entry.readings[0].text if entry.readings else entry.code
    return entry.side, " ".join(entry.lemma.split()), " ".join(reading.split())


def leave_out(items: Sequence[Item], numbers: Iterable[int]) -> tuple[Item, ...]:
    """The places of a preview without those whose numbers, from 1, are left out. Raises BadRuling for a
    number that is not in it.
    """
    left = set(numbers)
    wrong = sorted(n for n in left if not 1 <= n <= len(items))
    if wrong:
        raise BadRuling(Message("no-such-number", number=wrong[0]))
    return tuple(item for n, item in enumerate(items, 1) if n not in left)


# What would be written.


def ruling_for(item: Item, choice: Choice, signature: Signature) -> Ruling:
    """The ruling on a place. Raises BadRuling when the choice cannot be carried out."""
    return rulings_from_choices.make_ruling(item.source, item.entry, choice, signature)


def decide_all(items: Sequence[Item], choice: Choice, signature: Signature) -> tuple[tuple[Item, Ruling], ...]:
    """One ruling for each place, all of one batch, so that they can be taken back together."""
    if not signature.batch:
        raise BadRuling(Message("batch-nameless"))
    return tuple((item, ruling_for(item, choice, signature)) for item in items)


def places_of_words(source: Source, words: str) -> tuple[Place, ...]:
    """Where these very words are in a document, whatever blanks and line ends are between them."""
    page, wanted = page_of(source.text), smooth(words.strip())
    found, at = [], page.smooth.find(wanted) if wanted else -1
    while at >= 0:
        found.append(page.place(at, at + len(wanted)))
        at = page.smooth.find(wanted, at + 1)
    return tuple(found)
