"""From the text as read back to the file it was read from.

The text as read has no invisible signs and every letter in one code point. Everything that is said of it is
carried back by ``Offsets.moved`` before it leaves the run, so that no rule has to know what the file looks like.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from collation.model.place import Place, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where each character of the text as read begins and ends in the file; ``starts`` has the file's end as well."""

    starts: tuple[int, ...]
    stops: tuple[int, ...]

    def span(self, span: Span) -> Span:
        """The stretch of the file, without what is invisible at its ends."""
        start = self.starts[span.start]
        return Span(start, self.stops[span.stop - 1] if len(span) else start)

    def read_span(self, span: Span) -> Span:
        """The stretch of the text as read of which a stretch of the file is the ``span``."""
        start = bisect_left(self.starts, span.start)
        return Span(start, bisect_left(self.stops, span.stop) + 1 if len(span) else start)

    def moved(self, value: T) -> T:
        """The value with every place in it led to the file; what holds no place is the same object."""
        moved: Any = self._moved(value)
        return moved  # type: ignore[no-any-return]

    def _moved(self, value: Any) -> Any:
        if isinstance(value, Place):
            return Place(tuple(map(self.span, value.spans)))
        if type(value) is tuple:
            items = tuple(map(self._moved, value))
            return value if all(a is b for a, b in zip(items, value, strict=True)) else items
        if is_dataclass(value) and not isinstance(value, type):
            own = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
            changed = {name: new for name, old in own.items() if (new := self._moved(old)) is not old}
            return replace(value, **changed) if changed else value
        return value
