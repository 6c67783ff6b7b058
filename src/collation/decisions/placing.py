"""The rulings on a document brought to its text as it is now, and its entries to their rulings.

A ruling made on this very text needs no search; any other is traced or relocated. Rulings that were made on
different states of a text and turn out to be about one place are brought together here, so that a conflict
between two editors is seen even when each of them looked at another scan. What cannot be placed with
certainty is an orphan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from collation.decisions.in_force import Standing, State, standing_of, subject_of
from collation.decisions.relocate import Applied, Found, Gone, Location, relocate
from collation.decisions.ruling import Change, Ruling
from collation.decisions.trace import trace
from collation.model import Apparatus, Entry, Place, Source
from collation.model.hypothesis import Side

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Placed:
    """A standing with its location in the text; ``changes`` are those of its ruling, each with its own."""

    standing: Standing
    location: Location
    changes: tuple[tuple[Change, Location], ...] = ()

    @property
    def place(self) -> Place | None:
        """Where it belongs, if that is certain."""
        return self.location.place if isinstance(self.location, Found | Applied) else None


@dataclass(frozen=True, slots=True)
class Matched:
    """An entry with what was ruled on it: at its place (on either side), or else by a ruling of wide scope.

    ``renewed`` says that the entry now proposes something else than the editor was shown.
    """

    entry: Entry
    placed: tuple[Placed, ...] = ()
    wide: Ruling | None = None
    renewed: bool = False

    @property
    def status(self) -> str:
        """open, conflict, second-reader or holds."""
        if self.placed:
            found = {p.standing.status for p in self.placed}
            return next(s for s in ("conflict", "second-reader", "holds") if s in found)
        return "holds" if self.wide else "open"

    @property
    def ruling(self) -> Ruling | None:
        """The latest ruling that concerns the entry."""
        if self.placed:
            return max((p.standing.ruling for p in self.placed), key=lambda r: (r.moment, r.id))
        return self.wide


@dataclass(frozen=True, slots=True)
class Book:
    """The rulings on a document: by entry, on places without an entry, and those that lost their place."""

    entries: tuple[Matched, ...]
    others: tuple[Placed, ...]
    orphans: tuple[Placed, ...]


def place_rulings(state: State, source: Source, reviewed: Mapping[str, str]) -> tuple[Placed, ...]:
    """Every standing on a document with its location; ``reviewed`` are the texts ruled on, by digest."""
    standings = state.on(source)
    changes = tuple(c for s in standings for r in s.rulings for c in r.changes)
    located = [Placed(s, _locate(s.ruling, source, reviewed, changes)) for s in standings]
    merged = _merge(located, state)
    return tuple(Placed(p.standing, p.location, _change_locations(p, source, reviewed, changes)) for p in merged)


def _locate(ruling: Ruling, source: Source, reviewed: Mapping[str, str], changes: tuple[Change, ...]) -> Location:
    own = next((c for c in ruling.changes if c.anchor.words == ruling.anchor.words), None)
    return locate(own or Change(ruling.anchor, ruling.anchor.exact), ruling.digest, source, reviewed, changes)


def locate(
    change: Change, digest: str, source: Source, reviewed: Mapping[str, str], others: Iterable[Change] = ()
) -> Location:
    """Where a change that was ruled on the text of some digest belongs in a source."""
    anchor = change.anchor
    if digest == source.digest:
        place = anchor.place()
        return Found(place) if place.of(source.text) == anchor.exact else Gone()
    masked = tuple(c for c in others if c.anchor.words != anchor.words)
    if digest in reviewed:
        return trace(anchor, source.text, reviewed=reviewed[digest], masked=masked, change=change)
    return relocate(anchor, source.text, masked=masked, change=change)


def _change_locations(
    placed: Placed, source: Source, reviewed: Mapping[str, str], changes: tuple[Change, ...]
) -> tuple[tuple[Change, Location], ...]:
    """Where each change of the ruling belongs; the one at its anchor has been found already."""
    ruling = placed.standing.ruling
    return tuple(
        (
            c,
            placed.location
            if c.anchor.words == ruling.anchor.words
            else locate(c, ruling.digest, source, reviewed, changes),
        )
        for c in ruling.changes
    )


def _merge(located: list[Placed], state: State) -> list[Placed]:
    """Standings that came to the same place are one."""
    together: dict[tuple[Side, Place] | int, list[Placed]] = defaultdict(list)
    for number, placed in enumerate(located):
        place = placed.place
        together[number if place is None else (placed.standing.subject.side, place)].append(placed)
    merged = []
    for group in together.values():
        live = sorted((r for p in group for r in p.standing.rulings), key=lambda r: (r.moment, r.id))
        standing = standing_of(subject_of(live[-1]), live, second_reader=state.second_reader)
        missed = any(p.standing.missed for p in group)
        latest = next(p for p in group if live[-1] in p.standing.rulings)
        merged.append(Placed(Standing(standing.subject, standing.rulings, standing.status, missed), latest.location))
    return merged


def book_of(source: Source, state: State, reviewed: Mapping[str, str]) -> Book:
    """The rulings on a document by their places alone; without entries those of wide scope reach nothing."""
    placed = place_rulings(state, source, reviewed)
    others = tuple(p for p in placed if p.place is not None)
    return Book((), others, tuple(p for p in placed if p.place is None))


def match(apparatus: Apparatus, state: State, reviewed: Mapping[str, str] | None = None) -> Book:
    """The entries of an apparatus with their rulings, and the rulings that have no entry or no place."""
    source = apparatus.source
    own: dict[str, list[Placed]] = defaultdict(list)
    others: list[Placed] = []
    orphans: list[Placed] = []
    at: dict[tuple[Side, Place], list[Entry]] = defaultdict(list)
    for entry in apparatus.entries:
        for key in sides_of_entry(entry):
            at[key].append(entry)
    for placed in place_rulings(state, source, reviewed or {}):
        found = entry_of(placed, at, apparatus.entries)
        if found is not None:
            own[found.id].append(placed)
        else:
            (orphans if placed.place is None else others).append(placed)
    entries = tuple(_matched(entry, tuple(own[entry.id]), state, source) for entry in apparatus.entries)
    return Book(entries, tuple(others), tuple(orphans))


def _matched(entry: Entry, placed: tuple[Placed, ...], state: State, source: Source) -> Matched:
    return Matched(entry, placed, None if placed else _wide(entry, state, source), _renewed(entry, placed))


def entry_of(placed: Placed, at: Mapping[tuple[Side, Place], list[Entry]], entries: Iterable[Entry]) -> Entry | None:
    """The entry that a standing is about: at the very place, or the one that shares half of it at least."""
    place, side = placed.place, placed.standing.subject.side
    if place is None:
        return None
    if exact := at.get((side, place)):
        return min(exact, key=lambda e: (e.place != place, not _as_shown(e, placed.standing.ruling)))
    near = [(shared(e.place, place), e) for e in entries if e.side == side]
    share, best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= _HALF else None


def sides_of_entry(entry: Entry) -> list[tuple[Side, Place]]:
    """The places of an entry that can be ruled, each with its side."""
    other: Side = "translation" if entry.side == "original" else "original"
    there = (*entry.places[1:2], *entry.opposite[:1])
    return [(entry.side, entry.place), *((other, place) for place in dict.fromkeys(there))]


def shared(one: Place, other: Place) -> float:
    """The share of the longer place that both have, 0 to 1."""
    common = min(one.stop, other.stop) - max(one.start, other.start)
    longer = max(one.stop - one.start, other.stop - other.start)
    return max(0.0, common / longer) if longer else 0.0


def _as_shown(entry: Entry, ruling: Ruling) -> bool:
    return ruling.shown is not None and (entry.code, entry.lemma) == (ruling.shown.code, ruling.shown.lemma)


def _renewed(entry: Entry, placed: tuple[Placed, ...]) -> bool:
    shown = placed[0].standing.ruling.shown if placed else None
    return shown is not None and shown.readings[:1] != tuple(r.text for r in entry.readings[:1])


def _wide(entry: Entry, state: State, source: Source) -> Ruling | None:
    """The wide ruling that reaches an entry, when those that do agree."""
    reaching = [r for r in state.wide if _reaches(r, entry, source)]
    last = {r.reader: r for r in reaching}
    outcomes = {(r.verdict if not r.changes else "emend", r.reading) for r in last.values()}
    if len(outcomes) != 1 or (state.second_reader and len(last) < 2):
        return None
    return reaching[-1]


def _reaches(ruling: Ruling, entry: Entry, source: Source) -> bool:
    """Whether a ruling of wide scope is about an entry: the same words, on the same side, with the same
    proposal.
    """
    shown = ruling.shown
    if shown is None or (ruling.scope == "document" and not source.is_named(ruling.document, ruling.digest)):
        return False
    if len(ruling.changes) > 1 or len(entry.places) > 1 or ruling.side != entry.side or shown.lemma != entry.lemma:
        return False
    start, stop = entry.place.start, entry.place.stop
    for anchor in ruling.exclusions:
        around = source.text[:start].endswith(anchor.before) and source.text[stop:].startswith(anchor.after)
        if around and anchor.exact == entry.place.of(source.text):
            return False
    readings = tuple(r.text for r in entry.readings)
    return ruling.reading in readings if ruling.verdict == "accept" else shown.readings[:1] == readings[:1]
