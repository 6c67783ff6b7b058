"""The places of a TEI apparatus: each entry and each finding of an editor's own, with its readings as whole texts.

A reading of an entry is a list of edits; in an apparatus it is the text of the place with these edits made, so a place
reaches as far as the edits of its readings on its side do. A decision of editors is what holds: a reading, the text as it
is, or nothing yet. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from collation.decisions.placing import Book, Matched, Placed
from collation.decisions.relocate import Applied, Found
from collation.decisions.ruling import Ruling
from collation.decisions.tei_state import AS_IT_IS
from collation.model import Edit, Place, Reading, Span
from collation.model.hypothesis import Basis, Side
from collation.model.rule import FAMILIES
from collation.writers.layout import Layout
from collation.writers.marks import Numbered
from collation.writers.ruled import outcome_of

Decision = Literal[
    "undecided", "emended", "rejected", "stands", "other-side", "needs-scan", "conflict", "second-reader", "noted"
]  # fmt: skip
_DECISIONS: dict[str, Decision] = {
    "emended": "emended", "rejected": "rejected", "stands": "stands", "other": "other-side", "scan": "needs-scan",
    "conflict": "conflict", "second-reader": "second-reader",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProposedText:
    """A proposed reading as the whole text of its place; ``probability`` is that of the reading if something is wrong.

    ``answers`` says that a word of the translation speaks for it, ``witnesses`` are the sigla of the other texts that have it.
    """

    text: str
    basis: Basis
    probability: float
    answers: bool = False
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A place of the apparatus: where, what is proposed, what was decided.

    ``lemma`` is the text that editors decided on, None where nothing holds yet. ``former`` is what the document had where
    the decision was carried out in it already. ``item`` is the entry, None for what an editor found. ``footnote``
    is what an edition says of the place, with its number.
    """

    id: str
    side: Side
    span: Span
    decision: Decision = "undecided"
    lemma: str | None = None
    former: str | None = None
    proposals: tuple[ProposedText, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    item: Numbered | None = None
    footnote: tuple[int, str] | None = None

    @property
    def lost(self) -> bool:
        """Whether it is text that was lost."""
        return self.item is not None and FAMILIES[self.item.entry.family].sign == "lost"


def units_of(layout: Layout, book: Book | None, within: Iterable[Span]) -> tuple[Unit, ...]:
    """The units of a document, in the order of the file; a place reaches at most over one of the stretches ``within``."""
    blocks = tuple(within)
    matched = {m.entry.id: m for m in book.entries} if book else {}
    found: list[Unit] = []
    for item in layout.items:
        found += _of_entry(item, matched.get(item.entry.id), layout, blocks)
    taken: dict[str, int] = {}
    for placed in book.others if book else ():
        found += _of_finding(placed, layout, taken)
    return tuple(sorted(found, key=lambda u: (u.span, u.id)))


def _of_entry(item: Numbered, matched: Matched | None, layout: Layout, blocks: tuple[Span, ...]) -> Iterator[Unit]:
    entry, text = item.entry, layout.source.text
    placed = matched.placed if matched else ()
    rulings = _rulings(matched)
    edits = [edit for reading in entry.readings for edit in reading.edits]
    ruled, elsewhere = _ruled_edits(placed, entry.place, matched.wide if matched else None)
    span = _reach(entry.place.envelope, [e.place.envelope for e in (*edits, *ruled)], blocks)
    decision = _DECISIONS[outcome_of(rulings, matched.status)] if matched and rulings else "undecided"
    yield Unit(
        id=item.anchor,
        side=entry.side,
        span=span,
        decision=decision,
        lemma=_lemma(decision, text, span, ruled),
        proposals=tuple(
            ProposedText(with_edits(text, span, r.edits), r.basis, r.probability, _answers(r), r.witnesses)
            for r in entry.readings
            if r.edits and _inside(r.edits, span)
        ),
        rulings=rulings,
        item=item,
    )
    if matched and matched.status == "holds":
        for number, edit in enumerate(elsewhere, 1):
            other: Side = "original" if entry.side == "translation" else "translation"
            reach = edit.place.envelope
            lemma = with_edits(text, reach, (edit,))
            yield Unit(f"{item.anchor}.other{number}", other, reach, "emended", lemma, rulings=rulings)


def _of_finding(placed: Placed, layout: Layout, taken: dict[str, int]) -> Iterator[Unit]:
    """A place that an editor found, or that was ruled on and carried out."""
    place, text = placed.place, layout.source.text
    if place is None:
        return
    name = f"m{layout.source.line(place.start)}-{layout.source.column(place.start)}"
    taken[name] = taken.get(name, 0) + 1
    rulings, standing = placed.standing.rulings, placed.standing
    decision = _DECISIONS[outcome_of(list(rulings), standing.status)]
    if decision == "emended" and not standing.ruling.changes:
        decision = "noted"
    done = isinstance(placed.location, Applied)
    ruled, _ = _ruled_edits((placed,), place, None)
    span = _reach(place.envelope, [e.place.envelope for e in ruled], ())
    yield Unit(
        id=name if taken[name] == 1 else f"{name}-{taken[name]}",
        side=standing.subject.side,
        span=span,
        decision=decision,
        lemma=span.of(text) if done and decision == "emended" else _lemma(decision, text, span, ruled),
        former=standing.anchor.exact if done else None,
        rulings=rulings,
    )


def _rulings(matched: Matched | None) -> tuple[Ruling, ...]:
    if matched is None:
        return ()
    found = [r for p in matched.placed for r in p.standing.rulings]
    return tuple(found) or ((matched.wide,) if matched.wide else ())


def _ruled_edits(placed: tuple[Placed, ...], place: Place, wide: Ruling | None) -> tuple[list[Edit], list[Edit]]:
    """What rulings write at or near a place, and what they write elsewhere: on the other side."""
    here: list[Edit] = []
    elsewhere: list[Edit] = []
    for one in placed:
        crosses = one.standing.ruling.verdict == "other-side"
        for change, at in one.changes:
            if isinstance(at, Found):
                (elsewhere if crosses and not at.place.overlaps(place) else here).append(Edit(at.place, change.text))
    if wide is not None and wide.reading is not None:
        here.append(Edit(place, wide.reading))
    return here, elsewhere


def _reach(span: Span, others: list[Span], blocks: tuple[Span, ...]) -> Span:
    """A place and what its readings change, as far as both are in one stretch of the text."""
    home = next((b for b in blocks if contains(b, span)), None)
    near = [o for o in others if home is None or contains(home, o)]
    return Span(min([span.start, *(o.start for o in near)]), max([span.stop, *(o.stop for o in near)]))


def _answers(reading: Reading) -> bool:
    """Whether one of its reasons names an English word."""
    return any("english" in dict(f.values) and not f.against for f in reading.features)


def _inside(edits: Iterable[Edit], span: Span) -> bool:
    return all(span.start <= e.place.start and e.place.stop <= span.stop for e in edits)


def with_edits(text: str, span: Span, edits: Iterable[Edit]) -> str:
    """A stretch of text with edits made in it."""
    pieces, at = [], span.start
    for edit in sorted(edits, key=lambda e: e.place):
        if at <= edit.place.start and edit.place.stop <= span.stop:
            pieces += [text[at : edit.place.start], edit.text]
            at = edit.place.stop
    return "".join([*pieces, text[at : span.stop]])


def _lemma(decision: Decision, text: str, span: Span, ruled: list[Edit]) -> str | None:
    if decision == "emended":
        return with_edits(text, span, ruled)
    return span.of(text) if decision in AS_IT_IS else None


def inline(units: Iterable[Unit], blocks: Iterable[Span], furniture: Iterable[Span] = ()) -> tuple[Unit, ...]:
    """The units that can stand in the text, where no two may overlap and none may cross a block or part of furniture.

    What is decided goes before what is not, a shorter place before a longer one.
    """
    homes, pieces = tuple(blocks), tuple(furniture)
    found: list[Unit] = []
    for unit in sorted(units, key=lambda u: (u.decision == "undecided", len(u.span), u.span, u.id)):
        span = unit.span
        home = any(contains(b, span) for b in homes)
        crossed = any(_meet(span, f) and not contains(span, f) and not contains(f, span) for f in pieces)
        if home and not crossed and not any(_meet(span, other.span) for other in found):
            found.append(unit)
    return tuple(sorted(found, key=lambda u: (u.span, u.id)))


def contains(one: Span, other: Span) -> bool:
    """Whether the other stretch lies in the one."""
    return one.start <= other.start and other.stop <= one.stop


def _meet(one: Span, other: Span) -> bool:
    """Whether two places share text, or a point is inside a place, or both are one point."""
    return one == other or (one.start < other.stop and other.start < one.stop)
