"""Pointers into text. A span is the only kind of pointer; a place is one or several of them.

Offsets are code points of a text, so that ``text[span.start:span.stop]`` gives the words back exactly. In the
apparatus that text is the file as decoded, with its byte order mark and its line ends as they are; during a run it
is the file as read (see ``offsets``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points. An empty span is a point between two characters."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"a span runs forward from 0: {self.start}..{self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start

    def of(self, text: str) -> str:
        """The words that the span points at."""
        return text[self.start : self.stop]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.stop and other.start < self.stop


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of text in one or several spans, in order and disjoint.

    A word broken over a line end has two spans, a sentence that runs across a sheet heading several.
    """

    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("a place has at least one span")
        for left, right in zip(self.spans, self.spans[1:], strict=False):
            if left.stop > right.start:
                raise ValueError(f"the spans of a place are in order and disjoint: {self.spans}")

    @classmethod
    def at(cls, start: int, stop: int) -> Place:
        """The place of one span."""
        return cls((Span(start, stop),))

    @classmethod
    def cover(cls, places: Iterable[Place]) -> Place:
        """The single stretch from the first start to the last stop of the places."""
        listed = list(places)
        return cls.at(min(p.start for p in listed), max(p.stop for p in listed))

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def stop(self) -> int:
        return self.spans[-1].stop

    @property
    def envelope(self) -> Span:
        """The one span from the first start to the last stop."""
        return Span(self.start, self.stop)

    def of(self, text: str) -> str:
        """The words of all spans, joined without what is between them."""
        return "".join(span.of(text) for span in self.spans)

    def overlaps(self, other: Place) -> bool:
        return any(a.overlaps(b) for a in self.spans for b in other.spans)
