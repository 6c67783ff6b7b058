"""The sentences of both texts in TEI, so that links can name them.

A sentence is an ``s`` around its words. Where that cannot be, because a place of the apparatus or a page's furniture lies
across its end, or it is broken over two cells or verses, an ``anchor`` marks its beginning instead, outside of the place.
A sentence that goes on in another paragraph is in parts, and a link names all of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from collation.model import Row, Span
from collation.writers.tei.units import contains

_NEAR = 8  # marks before an offset that are looked at: they do not lie over one another, furniture in them left out


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A sentence, or the part of it that is in one paragraph, with its id."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class SentencesInText:
    """The sentences of a document: those that are elements, those that only begin somewhere, and the ids that answer each
    other, those of the original first.
    """

    whole: tuple[SentencePart, ...]
    begun: tuple[SentencePart, ...]
    links: tuple[tuple[str, ...], ...]

    def within(self, span: Span) -> tuple[SentencePart, ...]:
        """The elements in a stretch of which no sentence lies across an end."""
        first, last = (bisect_left(self.whole, at, key=lambda part: part.span.start) for at in (span.start, span.stop))
        return self.whole[first:last]


def sentences_in(rows: Sequence[Row], stretches: Iterable[Span], marks: Iterable[Span]) -> SentencesInText:
    """Where sentences can be elements: inside one of the stretches, with each mark inside of them or outside."""
    found: list[SentencePart] = []
    links = []
    counts = {"R": 0, "E": 0}
    for row in rows:
        first = len(found)
        for siglum, places in (("R", row.original), ("E", row.translation)):
            for place in places:
                counts[siglum] += 1
                found.append(SentencePart(f"{siglum}.s{counts[siglum]}", place.envelope))
        links.append(tuple(part.id for part in found[first:]))
    homes, crossing = sorted(stretches), _Crossing(marks)
    whole: list[SentencePart] = []
    begun: list[SentencePart] = []
    for part in sorted(found, key=lambda p: p.span):
        index = bisect_right(homes, part.span.start, key=_start) - 1
        fits = index >= 0 and contains(homes[index], part.span) and not crossing.cut(part.span)
        if fits and not (whole and part.span.start < whole[-1].span.stop):
            whole.append(part)
        else:
            begun.append(SentencePart(part.id, Span(crossing.before(part.span.start), part.span.stop)))
    return SentencesInText(tuple(whole), tuple(begun), tuple(links))


class _Crossing:
    """Marks, to be asked which of them lie across an end of a stretch."""

    def __init__(self, marks: Iterable[Span]) -> None:
        self._marks = sorted(marks)
        self._reached = list(accumulate((mark.stop for mark in self._marks), max))

    def cut(self, span: Span) -> bool:
        """Whether a mark lies partly in a stretch, or around it."""
        first = bisect_left(self._marks, span.start, key=_start)
        last = bisect_left(self._marks, span.stop, key=_start)
        return (first > 0 and self._reached[first - 1] > span.start) or any(
            mark.stop > span.stop for mark in self._marks[first:last]
        )

    def before(self, offset: int) -> int:
        """The beginning of the mark that an offset is inside of, or the offset: an element is put there."""
        first = bisect_left(self._marks, offset, key=_start)
        around = [mark.start for mark in self._marks[max(0, first - _NEAR) : first] if mark.stop > offset]
        return min(around, default=offset)


def _start(span: Span) -> int:
    return span.start
