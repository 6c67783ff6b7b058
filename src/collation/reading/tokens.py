"""A paragraph's characters to tokens, every one with its place in the file.

The flow joins lines with a blank, takes out line-end hyphens and keeps for each character the offset it came from.
Letter-spaced words ("М о с к в а") become one token of many spans.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from collation.knowledge import morphology
from collation.model import Place, Span, Token
from collation.model.document import TokenKind
from collation.reading.lines import Line
from collation.reading.visible import HYPHEN

_SPACED = regex.compile(r"(?<![\p{L}\p{N}])\p{L}(?: \p{L}){3,}(?![\p{L}\p{N}])")
_TOKEN_RU = regex.compile(
    r"(?P<spaced>(?<![\p{L}\p{N}])\p{L}(?: \p{L}){3,}(?![\p{L}\p{N}]))"
    r"|(?P<word>(?:\p{L}|\p{M})+(?:\p{N}+\p{L}+)*(?:[-‐‑](?:\p{L}|\p{M})+)*)"
    r"|(?P<number>\d+(?:[.,:]\d+)*(?:-\p{L}{1,4}\b)?)"
    r"|(?P<mark>\.{2,}|[-–—]{2,}|\S)"
)
_TOKEN_EN = regex.compile(
    r"(?P<spaced>(?<![\p{L}\p{N}])\p{Lu}(?: \p{Lu}){3,}(?![\p{L}\p{N}]))"
    r"|(?P<word>(?:\p{L}|\p{M})+(?:\p{N}+\p{L}+)*(?:['’]\p{L}+)*(?:[-‐‑](?:\p{L}|\p{M})+(?:['’]\p{L}+)*)*)"
    r"|(?P<number>\d+(?:[.,:]\d+)*(?:-?(?:st|nd|rd|th|s)\b)?)"
    r"|(?P<mark>\.{2,}|[-–—]{2,}|\S)"
)
_BROKEN = regex.compile(r"(\p{L}+)(?P<cut>[-¬‐][.,'`’]?)$")
_GOES_ON = regex.compile(r"(?P<speck>['`’\"]?)(?P<rest>\p{Ll}+)")
_GOES_ON_ANYHOW = regex.compile(r"(?P<speck>['`’\"]?)(?P<rest>\p{L}+)")


@dataclass(frozen=True, slots=True)
class Flow:
    """Characters in reading order; ``offsets[i]`` is where character i stands in the file, -1 for a made blank."""

    text: str
    offsets: tuple[int, ...]


def build_flow(lines: list[Line], hidden: frozenset[int]) -> Flow:
    """The running text of a paragraph's lines, without hidden offsets."""
    chars: list[str] = []
    offsets: list[int] = []
    skip = 0
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        for i, char in enumerate(line.text[skip:], skip):
            if line.start + i not in hidden:
                chars.append(" " if char in "\t\u00a0\u2009\u202f" else char)
                offsets.append(line.start + i)
        skip = 0
        if following is None:
            continue
        broken = _broken_word(line.text, following.text)
        if broken:
            tail, skip = broken
            del chars[len(chars) - tail :], offsets[len(offsets) - tail :]
        else:
            chars.append(" ")
            offsets.append(-1)
    return Flow("".join(chars), tuple(offsets))


def _broken_word(line: str, following: str) -> tuple[int, int] | None:
    """Whether a word runs over the line end.

    The answer is how many characters to leave out at the end of the line and at the head of the next: the hyphen,
    unless it belongs to a compound ("вице- / премьер"), and the specks that a scanner sees at the margins ("капи- / 'тал").
    """
    head = _BROKEN.search(line)
    soft = line.endswith(HYPHEN)  # a word processor's own hyphen belongs to no compound and stands in capitals too
    tail = (_GOES_ON_ANYHOW if soft else _GOES_ON).match(following)
    if head is None or tail is None:
        return None
    left, right = head.group(1), tail.group("rest")
    compound = morphology.is_known(f"{left}-{right}") or (
        morphology.is_known(left) and morphology.is_known(right) and len(left) > 4 and len(right) > 4
    )
    kept = 1 if compound and not soft and not morphology.is_known(left + right) else 0
    return len(head.group("cut")) - kept, len(tail.group("speck"))


def tokenise(flow: Flow, *, language: str) -> tuple[Token, ...]:
    """The tokens of a flow, blanks left out."""
    pattern = _TOKEN_EN if language == "en" else _TOKEN_RU
    found = []
    for match in pattern.finditer(flow.text):
        kind: TokenKind = "number" if match.group("number") else "mark" if match.group("mark") else "word"
        text = match.group()
        if match.group("spaced"):
            text = text.replace(" ", "")
        place = _place([o for o in flow.offsets[match.start() : match.end()] if o >= 0], spaced=bool(match.group("spaced")))
        found.append(Token(text, place, kind))
    return tuple(found)


def _place(offsets: list[int], *, spaced: bool) -> Place:
    spans: list[Span] = []
    start = previous = offsets[0]
    for offset in offsets[1:]:
        if offset != previous + 1:
            spans.append(Span(start, previous + 1))
            start = offset
        previous = offset
    spans.append(Span(start, previous + 1))
    return Place((Span(spans[0].start, spans[-1].stop),)) if spaced else Place(tuple(spans))
