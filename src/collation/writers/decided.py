"""What editors decided, in the text itself: words that a ruling replaces, and places that editors found.

The page shows the text as scanned, as emended, or both. So every stretch that a ruling changes is cut out of the running
text together with what is put in its place, and a place that an editor found is marked and numbered as those of the
program are, behind the last of them. Only what holds is shown as decided, as an edition would print it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace

from collation.decisions.placing import Book, Matched, Placed
from collation.decisions.relocate import Found
from collation.model import Apparatus, Place, Span
from collation.writers.marks import MarkedPiece
from collation.writers.phrases import Lang, label


@dataclass(frozen=True, slots=True)
class EmendedSpan:
    """A stretch and the words that a ruling puts in its place; ``number`` is that of its entry or found place."""

    span: Span
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that an editor found and the program did not, with its number on the page."""

    number: int
    placed: Placed

    @property
    def place(self) -> Place:
        found = self.placed.place
        assert found is not None
        return found

    @property
    def anchor(self) -> str:
        return f"a{self.number}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many places there are and what became of them: each is in one state, and the states add up to ``total``.

    ``ruled`` are decided; ``scan`` wait for the scan, ``second`` for a second reader; on ``disputed`` editors disagree.
    ``added`` of them were found by editors.
    """

    total: int = 0
    ruled: int = 0
    open: int = 0
    scan: int = 0
    disputed: int = 0
    second: int = 0
    added: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def words(self, lang: Lang) -> str:
        """The count in words: "ruled: 8 · open: 9 · need the scan: 2"."""
        shown = [("ruled", self.ruled), ("open", self.open)]
        more = ("scan", self.scan), ("disputed", self.disputed), ("second", self.second), ("added", self.added)
        return " · ".join(label(f"count.{key}", lang).format(n=n) for key, n in (*shown, *(m for m in more if m[1])))


NO_TALLY = Tally()


def tally(book: Book) -> Tally:
    """The one count of a document's places, for every page and format."""
    added = [p for p in book.others if _is_found(p)]
    states = Counter(_state(m.status, m.ruling.verdict if m.ruling else None) for m in book.entries)
    states.update(_state(p.standing.status, p.standing.ruling.verdict) for p in added)
    return Tally(total=states.total(), added=len(added), **states)


def count_places(apparatus: Apparatus, book: Book | None) -> int:
    """How many doubtful places a document has: those that the program found, and those that editors added."""
    return len(apparatus.entries) + (tally(book).added if book else 0)


def _state(status: str, verdict: str | None) -> str:
    named = {"conflict": "disputed", "second-reader": "second", "open": "open"}.get(status)
    return named or ("scan" if verdict == "needs-scan" else "ruled")


def found_places(book: Book) -> tuple[FoundPlace, ...]:
    """The places that editors found, numbered behind the entries in the order in which they were found."""
    added = sorted(
        (p for p in book.others if _is_found(p)), key=lambda p: (p.standing.ruling.moment, p.standing.ruling.id)
    )
    return tuple(FoundPlace(number, p) for number, p in enumerate(added, len(book.entries) + 1))


def _is_found(placed: Placed) -> bool:
    return placed.standing.missed and isinstance(placed.location, Found)


def emended_spans(book: Book, numbers: dict[str, int]) -> tuple[EmendedSpan, ...]:
    """What the rulings that hold put in place of the text, in its order; ``numbers`` are those of the entries by id.

    Of two that would change the same words neither is shown, as none is carried out.
    """
    wanted = [s for matched in book.entries for s in _of_entry(matched, numbers[matched.entry.id])]
    found = {id(f.placed): f.number for f in found_places(book)}
    wanted += [s for placed in book.others for s in _of_placed(placed, found.get(id(placed), 0))]
    listed = sorted(dict.fromkeys(wanted), key=lambda s: (s.span, s.text, s.number))
    clashing = {
        id(s) for left, right in zip(listed, listed[1:], strict=False) if _clash(left, right) for s in (left, right)
    }
    return tuple(s for s in listed if id(s) not in clashing)


def _clash(left: EmendedSpan, right: EmendedSpan) -> bool:
    return right.span.start < left.span.stop or right.span == left.span


def _of_entry(matched: Matched, number: int) -> Iterator[EmendedSpan]:
    for placed in matched.placed:
        yield from _of_placed(placed, number)
    wide = matched.wide
    if wide is not None and wide.reading is not None and not matched.placed:
        yield EmendedSpan(matched.entry.place.envelope, wide.reading, number)


def _of_placed(placed: Placed, number: int) -> Iterator[EmendedSpan]:
    if placed.standing.status == "holds":
        for change, at in placed.changes:
            if isinstance(at, Found):
                yield EmendedSpan(at.place.envelope, change.text, number)


def show_decided(
    pieces: Iterable[MarkedPiece], start: int, emended: Iterable[EmendedSpan], found: Iterable[FoundPlace]
) -> tuple[MarkedPiece, ...]:
    """Pieces of running text, which begin at an offset of the file, cut once more at what was decided."""
    changes, places = list(emended), list(found)
    at, shown = start, []
    for piece in pieces:
        stop = at + len(piece.text)
        cuts = {c for s in (*(e.span for e in changes), *(f.place.envelope for f in places)) for c in (s.start, s.stop)}
        inner = sorted(c for c in cuts if at < c < stop)
        for low, high in zip([at, *inner], [*inner, stop], strict=True):
            part = replace(
                piece,
                text=piece.text[low - at : high - at],
                opens=piece.opens if low == at else (),
                closes=piece.closes if high == stop else (),
            )
            shown.append(_decided(part, low, high, changes, places))
        at = stop
    return tuple(shown)


def _decided(
    part: MarkedPiece, low: int, high: int, changes: list[EmendedSpan], places: list[FoundPlace]
) -> MarkedPiece:
    over = [c for c in changes if c.span.start <= low and high <= c.span.stop and (low < high or c.span.stop == low)]
    here = [f for f in places if f.place.start <= low and high <= f.place.stop and low < high]
    ends = next((c for c in over if c.span.stop == high), None)
    if ends is not None:
        changes.remove(ends)  # said once, also where two sides of a cut meet
    return replace(
        part,
        gone=any(c.span.start <= low < high for c in over),
        instead=ends.text if ends else None,
        found=here[0].number if here else 0,
        found_opens=bool(here and here[0].place.start == low),
        found_closes=bool(here and here[0].place.stop == high),
    )
