"""Entries as marks in running text: numbered, anchored, and the text cut wherever a mark begins or ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from collation.model import Entry, Source, Span
from collation.writers.lost import one_counterpart

Role = Literal["doubt", "opposite"]
BROKEN_WORD = re.compile(r"(?:(?<=[^\W\d_])|\A)([-‐¬])[ \t*]*(?:\r\n|\r|\n)[ \t]*(?=[^\W\d_]|\Z)")
"""A word broken over a line end, as far as one piece shows it: a report keeps the hyphen of the document and leaves no blank
behind it. The halves of a marked word are pieces of their own.
"""


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry with its number in the order of the text, its anchor, and its row (None outside the text)."""

    number: int
    entry: Entry
    anchor: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an entry: what is doubted, or its counterpart on the other side."""

    item: Numbered
    role: Role
    span: Span
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A piece of text with the marks that cover it; ``opens`` and ``closes`` begin and end with it.

    Where editors have ruled: ``gone`` says that a ruling takes the piece out, ``instead`` are the words that are put in behind
    it, ``found`` is the number of the place that an editor found here, which ``found_opens`` and ``found_closes`` bound.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()
    gone: bool = False
    instead: str | None = None
    found: int = 0
    found_opens: bool = False
    found_closes: bool = False


def anchor(source: Source, entry: Entry, taken: dict[str, int]) -> str:
    """A name that stays while the file does: line and column; a number tells namesakes apart."""
    name = f"e{source.line(entry.place.start)}-{source.column(entry.place.start)}"
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"


def marks_of(items: Iterable[Numbered]) -> list[Mark]:
    """All marks, the one to be seen first where several lie on one another: doubts, then short ones."""
    found = []
    for item in items:
        for index, place in enumerate((*item.entry.places, *one_counterpart(item.entry))):
            role: Role = "doubt" if index == 0 else "opposite"
            last = len(place.spans) - 1
            found += [Mark(item, role, s, i == 0, i == last) for i, s in enumerate(place.spans)]
    found = list(dict.fromkeys(found))
    return sorted(found, key=lambda m: (m.role != "doubt", len(m.span), m.item.number))


def cut(text: str, span: Span, marks: list[Mark]) -> tuple[MarkedPiece, ...]:
    """A stretch of text cut wherever a mark begins or ends; a mark without extent is a piece without text."""
    clipped = [(m, max(m.span.start, span.start), min(m.span.stop, span.stop)) for m in marks]
    rank = {id(m): i for i, m in enumerate(marks)}
    cuts = sorted({span.start, span.stop, *(a for _, a, _ in clipped), *(b for _, _, b in clipped)})
    waiting = sorted((c for c in clipped if c[1] < c[2]), key=lambda c: -c[1])
    points: dict[int, list[Mark]] = {}
    for mark, start, stop in clipped:
        if start == stop:
            points.setdefault(start, []).append(mark)
    over: list[tuple[Mark, int, int]] = []
    found = []
    for start, next_cut in zip(cuts, [*cuts[1:], None], strict=True):
        here = tuple(points.get(start, ()))
        if here:
            found.append(MarkedPiece("", here, here, here))
        if next_cut is None:
            break
        while waiting and waiting[-1][1] <= start:
            over.append(waiting.pop())
        over = sorted((c for c in over if c[2] > start), key=lambda c: rank[id(c[0])])
        found.append(_piece(text[start:next_cut], over, start, next_cut))
    return tuple(found)


def _piece(text: str, over: list[tuple[Mark, int, int]], start: int, stop: int) -> MarkedPiece:
    opens = tuple(m for m, a, _ in over if a == start and m.first and a == m.span.start)
    closes = tuple(m for m, _, b in over if b == stop and m.last and b == m.span.stop)
    return MarkedPiece(text, tuple(m for m, _, _ in over), opens, closes)
