"""A text made comparable: line breaks, broken words and composed letters smoothed, with the way back to the
file.

A ruling must find its place again when a file is wrapped anew, gets other line ends or composed letters. None
of that changes a word, so words and contexts are compared on this smooth copy and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from collation.model import Place, Span

_PIECE = re.compile(
    r"(?P<broken>(?<=\w)[-¬‐\u00ad][ \t]*(?:\r\n|\r|\n)[ \t]*(?=[^\W\d_]))"
    r"|(?P<blank>\s+)"
    r"|(?P<composed>\S[\u0300-\u036f]+)"
)


@dataclass(frozen=True, slots=True)
class TextPage:
    """The smooth text; character i of it is the stretch ``starts[i]`` to ``stops[i]`` of the file."""

    smooth: str
    starts: tuple[int, ...]
    stops: tuple[int, ...]

    def offset(self, at: int) -> int:
        """The smooth offset of a file offset: of the first character at or behind it."""
        return bisect_left(self.starts, at)

    def place(self, start: int, stop: int, cuts: tuple[tuple[int, int], ...] = ()) -> Place:
        """The place of a smooth stretch; ``cuts`` are smooth stretches inside it that are not part of the
        words.

        What was smoothed away inside a word is left out of the place, blanks between words are not.
        """
        if start == stop:
            at = self.starts[start] if start < len(self.starts) else (self.stops[-1] if self.stops else 0)
            return Place.at(at, at)
        spans: list[Span] = []
        for i in range(start, stop):
            if any(a <= i < b for a, b in cuts):
                continue
            if spans and (self.starts[i] <= spans[-1].stop or self._blank_between(i, cuts)):
                spans[-1] = Span(spans[-1].start, self.stops[i])
            else:
                spans.append(Span(self.starts[i], self.stops[i]))
        return Place(tuple(spans))

    def _blank_between(self, i: int, cuts: tuple[tuple[int, int], ...]) -> bool:
        before_is_blank = self.smooth[i - 1] == " "
        return before_is_blank and not any(a <= i - 1 < b for a, b in cuts)


@lru_cache(maxsize=16)
def page_of(text: str) -> TextPage:
    """The page of a text."""
    chars: list[str] = []
    starts: list[int] = []
    stops: list[int] = []

    def put(shown: str, start: int, stop: int) -> None:
        for char in shown:
            chars.append(char)
            starts.append(start)
            stops.append(stop)

    at = 0
    for match in _PIECE.finditer(text):
        _put_plain(text, at, match.start(), chars, starts, stops)
        if match.lastgroup == "blank":
            put(" ", *match.span())
        elif match.lastgroup == "composed":
            put(unicodedata.normalize("NFC", match.group()), *match.span())
        at = match.end()
    _put_plain(text, at, len(text), chars, starts, stops)
    return TextPage("".join(chars), tuple(starts), tuple(stops))


def _put_plain(text: str, start: int, stop: int, chars: list[str], starts: list[int], stops: list[int]) -> None:
    chars.append(text[start:stop])
    starts.extend(range(start, stop))
    stops.extend(range(start + 1, stop + 1))


@lru_cache(maxsize=8192)
def smooth(text: str) -> str:
    """A stretch of words or context as it looks on a page."""
    return page_of.__wrapped__(text).smooth
