"""A paragraph's characters to tokens, every one with its place in the file.

The flow joins lines with a blank, takes out line-end hyphens and keeps for each character the offset it came from.
Letter-spaced words ("М о с к в а") become one token of many spans.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from collation.model import Place, Span, Token
from collation.model.document import TokenKind
from collation.model.language import Language, LanguagePair
from collation.reading.breaks import broken_word
from collation.reading.lines import Line
from collation.reading.misread import Piece, join_misread


@dataclass(frozen=True, slots=True)
class Flow:
    """Characters in reading order; ``offsets[i]`` is where character i is in the file, -1 for a made blank."""

    text: str
    offsets: tuple[int, ...]


def build_flow(lines: list[Line], hidden: frozenset[int], languages: LanguagePair) -> Flow:
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
        broken = broken_word(line.text, following.text, languages)
        if broken:
            tail, skip = broken
            del chars[len(chars) - tail :], offsets[len(offsets) - tail :]
        else:
            chars.append(" ")
            offsets.append(-1)
    return Flow("".join(chars), tuple(offsets))


def tokenise(flow: Flow, *, language: Language) -> tuple[Token, ...]:
    """The tokens of a flow, blanks left out."""
    pieces: list[Piece] = []
    spaced = set()
    for match in regex.finditer(language.tokens, flow.text):
        kind: TokenKind = "number" if match.group("number") else "mark" if match.group("mark") else "word"
        if match.group("spaced"):
            spaced.add(match.start())
        pieces.append((match.group(), match.start(), match.end(), kind))
    found = []
    for text, start, stop, kind in join_misread(pieces, language):
        place = _place([o for o in flow.offsets[start:stop] if o >= 0], spaced=start in spaced)
        found.append(Token(text.replace(" ", "") if start in spaced else text, place, kind))
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
