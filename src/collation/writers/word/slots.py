"""Which words of a Word file are whose: the slots in which changes are proposed and rulings are read back.

A slot is a stretch of one paragraph that belongs to one entry, or to one ruling on a place without an entry. No two slots
meet, so that whatever an editor does inside one is said of that entry alone. What would meet another slot, and what goes
over the end of a paragraph, has no slot: such an entry is ruled by its comment.

What is proposed as a change and what is only told in a comment follows the rules for documentary publications: names,
dates, numbers and what changes the sense are not emended in the text by a machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from collation.decisions.delicate_words import touches_name_or_number
from collation.decisions.placing import Book, Placed
from collation.decisions.relocate import Found
from collation.decisions.ruling import Ruling
from collation.model import Edit, Entry, Place
from collation.model.hypothesis import Side
from collation.writers.layout import Layout
from collation.writers.marks import Numbered
from collation.writers.order import by_harm
from collation.writers.word.cells import ShownText

Changes = Literal["plain", "all"]
Kind = Literal["change", "ruled", "comment", "none"]
TOOL = "collation"
_TOLD_ONLY = {"name", "value", "sense", "catalogue"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch that is one entry's own.

    ``number`` is the entry's, or for a ruled place without an entry one behind those of all entries. In a *change* and in
    what is *ruled* ``reading`` is put in place of the words, under the name ``author`` and the time ``date``; a *comment*
    has no reading, and *none* is an entry without a slot. ``other`` says that it is on the side opposite to the entry's own.
    """

    number: int
    kind: Kind
    start: int
    stop: int
    reading: str | None = None
    author: str = TOOL
    date: str = ""
    other: bool = False

    def meets(self, start: int, stop: int) -> bool:
        """Whether a stretch touches this one: there must be text between two slots."""
        return self.start <= stop and start <= self.stop


def find_slots(
    layout: Layout, blocks: Sequence[ShownText], book: Book | None, *, changes: Changes = "plain"
) -> tuple[Slot, ...]:
    """The slots of a document in the order of its text; where two would meet, what is ruled and what is graver has it."""
    taken: list[Slot] = []
    items = [layout.item(entry) for entry in by_harm(item.entry for item in layout.items)]
    ruled = {m.entry.id: m.ruling for m in book.entries if m.status == "holds"} if book else {}
    wanted = (
        *_ruled_slots(items, book, len(layout.items)),
        *(_change_slots(i, changes) for i in items if i.entry.id not in ruled),
        *([Slot(i.number, "comment", i.entry.place.start, i.entry.place.stop)] for i in items),
        *(_other_slot(i) for i in items),
    )
    for group in wanted:
        if all(_fits(slot, taken, blocks) for slot in group) and not _met_within(group):
            taken += group
    return tuple(sorted(taken, key=lambda s: (s.start, s.stop)))


def _fits(slot: Slot, taken: Iterable[Slot], blocks: Iterable[ShownText]) -> bool:
    """Whether a slot meets no other and lies in one paragraph. A point at the end of a paragraph lies in it."""
    inside = any(b.holds(slot.start, slot.stop) for b in blocks)
    return inside and not any(other.meets(slot.start, slot.stop) for other in taken)


def _met_within(group: Sequence[Slot]) -> bool:
    """Whether slots of one entry meet each other."""
    ordered = sorted(group, key=lambda s: (s.start, s.stop))
    return any(a.meets(b.start, b.stop) for a, b in zip(ordered, ordered[1:], strict=False))


def is_change(entry: Entry, changes: Changes) -> bool:
    """Whether an entry's reading is proposed as a change of the text, and not in a comment alone."""
    edits = edits_of(entry)
    if not edits or entry.tier != "emend" or entry.side == "catalogue":
        return False
    if changes == "all":
        return True
    read = " ".join(edit.text for edit in edits)
    return entry.harm not in _TOLD_ONLY and not touches_name_or_number(entry.lemma, read)


def edits_of(entry: Entry) -> tuple[Edit, ...]:
    """What the proposed ruling of an entry would write; nothing where the page or the editor decides."""
    if entry.ruling == "emend" or (entry.ruling == "other-side" and entry.side != "original"):
        return entry.readings[0].edits if entry.readings else ()
    if entry.ruling == "other-side" and entry.other_readings:
        return entry.other_readings[0].edits
    return ()


def _change_slots(item: Numbered, changes: Changes) -> list[Slot]:
    entry = item.entry
    if not is_change(entry, changes):
        return []
    other = entry.ruling == "other-side" and entry.side == "original"
    return [Slot(item.number, "change", e.place.start, e.place.stop, e.text, other=other) for e in edits_of(entry)]


def _other_slot(item: Numbered) -> list[Slot]:
    """The counterpart of a place, where an editor can mend the other side."""
    there = (*item.entry.places[1:2], *item.entry.opposite[:1])[:1]
    return [Slot(item.number, "comment", p.start, p.stop, other=True) for p in there if p.start < p.stop]


def _ruled_slots(items: Iterable[Numbered], book: Book | None, last: int) -> Iterator[list[Slot]]:
    """What editors have emended, shown as their own changes."""
    if book is None:
        return
    numbers = {item.entry.id: item.number for item in items}
    for matched in book.entries:
        if matched.status == "holds":
            for placed in matched.placed:
                yield _of_placed(numbers[matched.entry.id], placed, side=matched.entry.side)
            if not matched.placed and matched.wide is not None:
                yield list(_of_wide(numbers[matched.entry.id], matched.entry, matched.wide))
    for number, placed in enumerate(others_of(book), last + 1):
        yield _of_placed(number, placed, side=placed.standing.ruling.side)


def others_of(book: Book | None) -> list[Placed]:
    """The rulings that hold, on places without an entry, in the order of the text."""
    held = [p for p in book.others if p.place is not None and p.standing.status == "holds"] if book else []
    return sorted(held, key=lambda p: (p.place.start if p.place else 0, p.standing.ruling.id))


def _of_placed(number: int, placed: Placed, *, side: Side) -> list[Slot]:
    ruling = placed.standing.ruling
    other = ruling.verdict == "other-side" or ruling.side != side
    return [
        _by_editor(number, ruling, at.place, change.text, other=other)
        for change, at in placed.changes
        if isinstance(at, Found)
    ]


def _of_wide(number: int, entry: Entry, ruling: Ruling) -> Iterator[Slot]:
    if ruling.reading is not None:
        yield _by_editor(number, ruling, entry.place, ruling.reading, other=False)


def _by_editor(number: int, ruling: Ruling, place: Place, reading: str, *, other: bool) -> Slot:
    return Slot(number, "ruled", place.start, place.stop, reading, ruling.editor, ruling.time[:19] + "Z", other)
