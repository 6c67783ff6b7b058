"""What editors have ruled, for a report: which entries are settled, and the ruled places that have no entry.

Rulings are shown beside the apparatus and change nothing in it: the same entries with the same figures, some of them
marked as ruled. A ruling that was carried out in this text has no entry any more; it is listed with its place. Blind
to who is right: a conflict is shown as a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collation.decisions.placing import Book, Placed
from collation.decisions.relocate import Applied, Found
from collation.decisions.ruling import Ruling
from collation.model import Entry, Place
from collation.model.hypothesis import Side
from collation.writers.decided import NO_TALLY, Tally, found_places, tally
from collation.writers.layout import Layout
from collation.writers.marks import Numbered
from collation.writers.order import worst
from collation.writers.phrases import LANGS, Lang, label
from collation.writers.wording import one_line, where

_STATES = {
    "accept": "emended", "emend": "emended", "added": "emended", "reject": "rejected", "stands": "stands",
    "other-side": "other", "needs-scan": "scan",
}  # fmt: skip
_SIGNS = {
    "emended": "✓", "rejected": "✗", "stands": "S", "other": "T", "scan": "?", "conflict": "⚡", "second-reader": "½",
}  # fmt: skip
_UNSETTLED = ("scan", "conflict", "second-reader")


@dataclass(frozen=True, slots=True)
class SettledPlace:
    """A ruling as a report shows it; ``where`` is in English and Russian and empty for a place that was lost; ``number`` is
    that of a place which an editor found; ``meant`` is what an error of the original was shown to mean; ``was`` are the words
    that the ruling changes, ``changed`` is where they are: on the other side, where that is what is wrong.
    """

    state: str
    lemma: str
    reading: str | None
    editors: str
    date: str
    note: str
    where: tuple[str, str] = ("", "")
    applied: bool = False
    number: int = 0
    meant: str = ""
    was: str = ""
    changed: Place | None = None

    @property
    def sign(self) -> str:
        return _SIGNS[self.state]

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be decided."""
        return self.state not in _UNSETTLED

    def place(self, lang: Lang) -> str:
        return self.where[LANGS.index(lang)]

    @property
    def note_is_of_house(self) -> bool:
        """Whether the note is the one that was offered for an error of the original, in either language."""
        key = "note.stands" if self.meant else "note.stands-bare"
        return self.note in [label(key, lang).format(reading=self.meant) for lang in LANGS]

    def side_of_change(self, layout: Layout) -> Side | None:
        """The side on which the ruling changes words."""
        return layout.side(self.changed) if self.changed else None

    def on_other_side(self, entry: Entry, layout: Layout) -> bool:
        """Whether the ruling changes words of the side that the entry is not about."""
        return self.side_of_change(layout) not in (None, entry.side)

    def words(self, lang: Lang) -> str:
        """What was ruled, by whom and when: "emended: теперь (Anna, 2026-11-21)"."""
        said = label(f"ruled.{self.state}", lang)
        if self.reading is not None and self.state != "conflict":
            was = f"{self.was or '‹…›'} → " if self.state == "other" else ""
            said += f": {was}{self.reading or '∅'}"
        if self.applied:
            said += f"; {label('ruled.applied', lang)}"
        note = self.note
        if self.meant and (not note or self.note_is_of_house):
            note = label("note.stands", lang).format(reading=self.meant)
        return f"{said} ({self.editors}, {self.date})" + (f". {note}" if note else "")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rulings on one document: by the number of the entry, on places without an entry, and without a place."""

    entries: Mapping[int, SettledPlace]
    others: tuple[SettledPlace, ...]
    lost: tuple[SettledPlace, ...]
    tally: Tally = NO_TALLY

    def __bool__(self) -> bool:
        return bool(self.entries or self.others or self.lost)

    @property
    def signs(self) -> list[tuple[str, str]]:
        """The states of the places ruled on, each with its sign, for a legend."""
        states = {ruled.state for ruled in (*self.entries.values(), *self.others, *self.lost)}
        return [(state, sign) for state, sign in _SIGNS.items() if state in states]

    @property
    def found(self) -> tuple[SettledPlace, ...]:
        """The places that editors found."""
        return tuple(ruled for ruled in self.others if ruled.number)


EMPTY = Ledger({}, (), ())


def ledger(book: Book | None, layout: Layout) -> Ledger:
    """The rulings of a book as a report shows them."""
    if book is None:
        return EMPTY
    numbers = {item.entry.id: item.number for item in layout.items}
    entries = {}
    for matched in book.entries:
        rulings = [r for p in matched.placed for r in p.standing.rulings] or ([matched.wide] if matched.wide else [])
        if rulings:
            entries[numbers[matched.entry.id]] = _ruled(rulings, matched.status, changed=_changed(matched.placed))
    others = sorted((p for p in book.others if p.place is not None), key=_start)
    numbered = {id(f.placed): f.number for f in found_places(book)}
    elsewhere = tuple(_placed(p, layout, numbered.get(id(p), 0)) for p in others)
    return Ledger(entries, elsewhere, tuple(_placed(p, layout) for p in book.orphans), tally(book))


def unsettled(layout: Layout, ruled: Ledger, count: int = 5) -> list[Numbered]:
    """The worst places that are not settled."""
    settled = {number for number, found in ruled.entries.items() if found.settled}
    return [layout.item(e) for e in worst((i.entry for i in layout.items if i.number not in settled), count)]


def outcome_of(rulings: Sequence[Ruling], status: str) -> str:
    """What rulings on one place come to: emended, rejected, stands, other, scan, conflict or second-reader."""
    last = max(rulings, key=lambda r: (r.moment, r.id))
    return status if status in ("conflict", "second-reader") else _STATES[last.verdict]


def _start(placed: Placed) -> int:
    return placed.place.start if placed.place else -1


def state_of(ruling: Ruling) -> str:
    """The state that a ruling by itself leaves its place in."""
    return _STATES[ruling.verdict]


def of_placed(found: Placed, layout: Layout) -> SettledPlace:
    """A ruling with its place as a report shows it."""
    return _placed(found, layout)


def _placed(found: Placed, layout: Layout, number: int = 0) -> SettledPlace:
    place = found.place
    at = (where(place, layout, "en"), where(place, layout, "ru")) if place else ("", "")
    applied = isinstance(found.location, Applied)
    return _ruled(
        list(found.standing.rulings),
        found.standing.status,
        at,
        applied=applied,
        number=number,
        changed=_changed((found,)),
    )


def _changed(placed: Iterable[Placed]) -> Place | None:
    """Where the first change of the latest ruling belongs in this text, if that is certain."""
    last = max(placed, key=lambda p: (p.standing.ruling.moment, p.standing.ruling.id), default=None)
    first = last.changes[0][1] if last and last.changes else None
    return first.place if isinstance(first, Found | Applied) else None


def _ruled(
    rulings: list[Ruling],
    status: str,
    at: tuple[str, str] = ("", ""),
    *,
    applied: bool = False,
    number: int = 0,
    changed: Place | None = None,
) -> SettledPlace:
    last = max(rulings, key=lambda r: (r.moment, r.id))
    state = outcome_of(rulings, status)
    editors = ", ".join(sorted({r.editor for r in rulings}))
    reading = None if last.reading is None else one_line(last.reading)
    shown = last.shown.readings if last.shown and state == "stands" else ()
    meant = one_line(shown[0]) if shown else ""
    return SettledPlace(
        state,
        one_line(last.anchor.exact),
        reading,
        editors,
        last.time[:10],
        one_line(last.note),
        at,
        applied,
        number,
        meant,
        one_line(last.replaced),
        changed,
    )
