"""Lines of a text with their offsets, and what each looks like. Nothing is changed or joined here.

Lines are counted as git, GitHub and editors count them. A form feed and the separators of Unicode end what is read
as a line, and a paragraph with it, but begin no line of the file.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

_LINE_END = regex.compile(r"\r\n|\n")
_OLD_LINE_END = regex.compile(r"\r")
_BREAK = regex.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
_PARAGRAPH_ENDS = frozenset("\f\u2028\u2029")
_MARKUP_START = regex.compile(r"[ \t\ufeff]*(?:#{1,6}[ \t]+|>[ \t]+)?(?:\*\*|__)?[ \t]*")
_BLANKS = " \t"


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``start`` and ``stop`` of its content, blanks and light Markdown at both ends left out.

    ``heading`` is set for Markdown headings and lines that are bold as a whole; ``apart`` when a form feed or a
    separator of Unicode precedes the line, which ends the paragraph.
    """

    start: int
    stop: int
    text: str
    heading: bool
    apart: bool

    @property
    def blank(self) -> bool:
        return self.start == self.stop


def split_lines(text: str) -> list[Line]:
    """All lines of the text, empty ones included."""
    found = []
    position, apart = 0, False
    while position <= len(text):
        match = _BREAK.search(text, position)
        end = match.start() if match else len(text)
        found.append(_line(text, position, end, apart))
        if match is None:
            break
        apart = match.group() in _PARAGRAPH_ENDS
        position = match.end()
    return found


def line_starts(text: str) -> tuple[int, ...]:
    """The offset at which each line begins. A lone carriage return ends one only where there is no line feed."""
    ends = _LINE_END if "\n" in text else _OLD_LINE_END
    return (0, *(m.end() for m in ends.finditer(text)))


def _line(text: str, start: int, stop: int, apart: bool) -> Line:
    raw = text[start:stop]
    head = _MARKUP_START.match(raw)
    skip = head.end() if head else 0
    end = _content_end(raw, skip)
    inner = raw[skip:end]
    heading = raw.lstrip(" \t\ufeff").startswith("#") or ("**" in raw[:skip] and "**" in raw[end:])
    return Line(start + skip, start + end, inner, heading, apart)


def _content_end(raw: str, start: int) -> int:
    """Where the content of a line ends: before blanks, and before a mark of bold type with the blanks around it."""
    end = max(start, len(raw.rstrip(_BLANKS)))
    if raw[start:end].endswith(("**", "__")):
        end = max(start, len(raw[: end - 2].rstrip(_BLANKS)))
    return end
