"""The rulings that hold, carried out on a text.

Only what holds is printed: no ruling in conflict, none that waits for its second reader, none whose place is
not certain, and none of two that would change the same words. What is left out is named with its reason.
Outside the changed places the text is the witness's, character for character; the offset map leads from one
to the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from collation.decisions.placing import Book, Placed
from collation.decisions.relocate import Applied, Found
from collation.decisions.ruling import Ruling
from collation.edition.fit import fit_reading
from collation.edition.styles import Style, delicate, noted, printed, standing
from collation.model import Edit, Place, Source, Span
from collation.model.hypothesis import Side

Why = Literal["conflict", "second-reader", "no-place", "overlap"]
Kind = Literal["emended", "done", "stands", "noted", "scan", "rejected"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A ruling as it is carried out at one place.

    ``kind``: emended; done, the text read so already; stands, with its note; noted, a finding that changes
    nothing; scan, the reading room decides; rejected. ``span`` is where ``text`` is in the edition.
    ``number`` is the number of its note, from 1 in the order of the text, 0 for what has none; ``visible``
    says that the text itself shows it.
    """

    ruling: Ruling
    kind: Kind
    place: Place
    lemma: str
    reading: str | None
    number: int
    text: str
    old: Span
    span: Span
    visible: bool

    @property
    def changes(self) -> bool:
        return bool(self.text) or len(self.old) > 0

    @property
    def side(self) -> Side:
        """The side of the place."""
        own = self.ruling.anchor.words in {c.anchor.words for c in self.ruling.changes}
        if self.ruling.verdict != "other-side" or own or self.reading is None:
            return self.ruling.side
        return "original" if self.ruling.side == "translation" else "translation"


@dataclass(frozen=True, slots=True)
class Left:
    """A ruling that is not carried out, and why."""

    ruling: Ruling
    why: Why
    place: Place | None = None
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """The text with its rulings carried out. ``printed`` is in the order of the text; ``witnesses`` are the sigla and files of
    further texts of the original.
    """

    source: Source
    text: str
    style: Style
    printed: tuple[Printed, ...]
    left: tuple[Left, ...]
    witnesses: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> tuple[Printed, ...]:
        """The places at which the edition differs from the witness, in order."""
        return tuple(sorted((p for p in self.printed if p.changes), key=lambda p: p.span))

    def to_edition(self, offset: int) -> int:
        """Where a character of the witness is in the edition; of a changed place, its beginning."""
        return _through([(p.old, p.span) for p in self.changed], offset)

    def to_witness(self, offset: int) -> int:
        """Where a character of the edition is in the witness; of a changed place, its beginning."""
        return _through([(p.span, p.old) for p in self.changed], offset)


def _through(pairs: Sequence[tuple[Span, Span]], offset: int) -> int:
    index = bisect_right(pairs, offset, key=lambda pair: pair[0].start) - 1
    if index < 0:
        return offset
    here, there = pairs[index]
    return there.start if offset < here.stop else there.stop + offset - here.stop


@dataclass(frozen=True, slots=True)
class _WantedEdit:
    """A ruling with what it does: what is to be written where, or only where it is; what is done already was ``former``."""

    ruling: Ruling
    kind: Kind
    edits: tuple[Edit, ...]
    former: Mapping[Place, str] = field(default_factory=dict)


def edit(source: Source, book: Book, *, style: Style = "plain") -> Edition:
    """The edition of a text. Any order of the rulings gives the same one."""
    wanted, left = _wanted(source, book)
    wanted, clashing = _apart(wanted)
    flat = [(e, w) for w in wanted for e in w.edits]
    flat.sort(key=lambda pair: (pair[0].place.start, pair[0].place.stop, pair[1].ruling.id))
    text, shown = _print(source, [_form(source, change, want, style) for change, want in _numbered(flat)])
    left += clashing
    left.sort(key=lambda item: (item.place.start if item.place else -1, item.ruling.id))
    return Edition(source, text, style, shown, tuple(left))


def _wanted(source: Source, book: Book) -> tuple[list[_WantedEdit], list[Left]]:
    """What the rulings of a book want, and those that cannot have it."""
    found: list[_WantedEdit] = []
    left: list[Left] = []
    listed = (*(p for m in book.entries for p in m.placed), *book.others, *book.orphans)
    for placed in {id(p): p for p in listed}.values():
        why = _why_not(placed)
        if why is None:
            found += _of_standing(placed)
        else:
            editors = tuple(sorted(r.editor for r in placed.standing.rulings))
            left.append(Left(placed.standing.ruling, why, placed.place, editors))
    for matched in book.entries:
        if matched.wide is not None:
            reading = matched.wide.reading
            place = matched.entry.place
            edits = (Edit(place, place.of(source.text) if reading is None else reading),)
            found.append(_WantedEdit(matched.wide, _kind(matched.wide), edits))
    return found, left


def _why_not(placed: Placed) -> Why | None:
    status = placed.standing.status
    if status != "holds":
        return status
    certain = placed.place is not None and all(isinstance(at, Found | Applied) for _, at in placed.changes)
    return None if certain else "no-place"


def _of_standing(placed: Placed) -> list[_WantedEdit]:
    """What a standing wants at each of its places; what is there already wants nothing."""
    ruling, place = placed.standing.ruling, placed.place
    assert place is not None
    if not placed.changes:
        return [_WantedEdit(ruling, _kind(ruling), (Edit(place, ""),))]
    edits = tuple(Edit(at.place, change.text) for change, at in placed.changes if isinstance(at, Found))
    done = tuple(Edit(at.place, change.text) for change, at in placed.changes if isinstance(at, Applied))
    former = {at.place: change.anchor.exact for change, at in placed.changes if isinstance(at, Applied)}
    found = _WantedEdit(ruling, "emended", edits), _WantedEdit(ruling, "done", done, former)
    return [wanted for wanted in found if wanted.edits]


def _kind(ruling: Ruling) -> Kind:
    if ruling.changes:
        return "emended"
    match ruling.verdict:
        case "stands":
            return "stands"
        case "needs-scan":
            return "scan"
        case "reject":
            return "rejected"
        case _:
            return "noted"


def _apart(wanted: Sequence[_WantedEdit]) -> tuple[list[_WantedEdit], list[Left]]:
    """The rulings whose places do not meet, and those that would change the same words as another."""
    clashing: set[int] = set()
    places = sorted((e.place.start, e.place.stop, i) for i, w in enumerate(wanted) for e in w.edits)
    for n, (start, stop, i) in enumerate(places):
        for other_start, other_stop, j in places[n + 1 :]:
            if other_start >= stop and (other_start, other_stop) != (start, stop):
                break
            kinds = {i: wanted[i].kind, j: wanted[j].kind}
            if i != j and "emended" in kinds.values():
                clashing |= {k for k, kind in kinds.items() if kind == "emended"}
    kept = [w for i, w in enumerate(wanted) if i not in clashing]
    return kept, [Left(wanted[i].ruling, "overlap", wanted[i].edits[0].place) for i in sorted(clashing)]


def _numbered(flat: list[tuple[Edit, _WantedEdit]]) -> Iterator[tuple[Edit, tuple[_WantedEdit, int]]]:
    """The edits, those that have a note numbered in their order."""
    number = 0
    for change, wanted in flat:
        number += wanted.kind != "rejected"
        yield change, (wanted, 0 if wanted.kind == "rejected" else number)


def _form(source: Source, change: Edit, want: tuple[_WantedEdit, int], style: Style) -> Printed:
    """What is printed at a place; where it will be in the edition is not known yet."""
    (wanted, number), place = want, change.place
    words = place.of(source.text)
    old, text, visible = Span(place.stop, place.stop), "", False
    if wanted.kind == "emended":
        shows = delicate(wanted.ruling, words, change.text)
        form = printed(words, change.text, style, shows=shows, number=number)
        old, text, visible = place.envelope, fit_reading(source.text, place, form), "[" in form
    elif number and not (style == "notes" and source.text.startswith(noted(number), place.stop)):
        text = standing(wanted.ruling.side, style) if wanted.kind == "stands" else ""
        text = noted(number) if style == "notes" else text
        visible = bool(text)
    return Printed(
        ruling=wanted.ruling,
        kind=wanted.kind,
        place=place,
        lemma=wanted.former.get(place, words),
        reading=change.text if wanted.kind in ("emended", "done") else None,
        number=number,
        text=text,
        old=old,
        span=old,
        visible=visible,
    )


def _print(source: Source, forms: list[Printed]) -> tuple[str, tuple[Printed, ...]]:
    """The text with every form in its place, and the forms with where they are."""
    pieces: list[str] = []
    at = length = 0
    found: list[Printed] = []
    for form in sorted(forms, key=lambda f: f.old):
        before = source.text[at : form.old.start]
        length += len(before)
        found.append(replace(form, span=Span(length, length + len(form.text))))
        pieces += [before, form.text]
        at, length = form.old.stop, length + len(form.text)
    found.sort(key=lambda f: (f.place.start, f.place.stop, f.ruling.id))
    return "".join([*pieces, source.text[at:]]), tuple(found)
