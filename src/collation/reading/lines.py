"""Lines of a file with their offsets, and what each looks like. Nothing is changed or joined here."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from collation.knowledge.letters import is_cyrillic, is_latin

_BREAK = regex.compile(r"\r\n|\r|\n|\f|\u2028|\u2029")
_MARKUP_START = regex.compile(r"[ \t\ufeff]*(?:#{1,6}[ \t]+|>[ \t]+)?(?:\*\*|__)?[ \t]*")
_MARKUP_END = regex.compile(r"[ \t]*(?:\*\*|__)?[ \t]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``start`` and ``stop`` of its content, blanks and light Markdown at both ends left out.

    ``heading`` is set for Markdown headings and lines that are bold as a whole; ``form_feed`` when a page break
    stands before the line.
    """

    start: int
    stop: int
    text: str
    heading: bool
    form_feed: bool

    @property
    def blank(self) -> bool:
        return self.start == self.stop


def split_lines(text: str) -> list[Line]:
    """All lines of the text, empty ones included."""
    found = []
    position, form_feed = 0, False
    while position <= len(text):
        match = _BREAK.search(text, position)
        end = match.start() if match else len(text)
        found.append(_line(text, position, end, form_feed))
        if match is None:
            break
        form_feed = match.group() == "\f"
        position = match.end()
    return found


def line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line begins."""
    return (0, *(m.end() for m in _BREAK.finditer(text)))


def _line(text: str, start: int, stop: int, form_feed: bool) -> Line:
    raw = text[start:stop]
    head = _MARKUP_START.match(raw)
    skip = head.end() if head else 0
    tail = _MARKUP_END.search(raw, skip)
    end = tail.start() if tail else len(raw)
    inner = raw[skip:end]
    heading = raw.lstrip(" \t\ufeff").startswith("#") or ("**" in raw[:skip] and "**" in raw[end:])
    return Line(start + skip, start + end, inner, heading, form_feed)


def count_letters(text: str) -> tuple[int, int]:
    """How many Cyrillic and how many Latin letters the text has."""
    return sum(map(is_cyrillic, text)), sum(map(is_latin, text))
