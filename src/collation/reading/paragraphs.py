"""Lines to paragraphs: which lines go on, which begin anew, across hard wraps, sheet headings and page breaks.

A line goes on in the next one when it is as long as the lines of its block and the next does not look like a new
beginning. A paragraph without a final stop goes on behind furniture or a blank line when the next begins in lower
case, and one that ends in a broken word where its rest follows: so a sentence survives its page break, and the break
stays visible in the offsets.
"""

from __future__ import annotations

import regex

from collation.model.language import LanguagePair
from collation.reading.breaks import goes_on
from collation.reading.furniture import is_furniture
from collation.reading.kept_lines import Kept, kept_lines
from collation.reading.lines import Line

_ITEM = regex.compile(
    r"(?:[-–—•*]\s+|\(?\d{1,2}\)\s|\d{1,2}\.\s+\p{Lu}|[а-яa-z]\)\s|(?:Экз(?:емпляр|\.)|Copy)\s*(?:№|N))", regex.I
)
_CLOSED = regex.compile(r"[.!?…:;][\"»”'’)\]]*$")
_NEW_START = regex.compile(r"[\"«“„'(\[]*[\p{Lu}\d№]")
_SHORT = 0.6
_ENDING = 0.85


class LineBlock(list[Line]):
    """The lines of one paragraph or of one piece of furniture, in order; ``kept`` when they are rows or verse."""

    furniture: bool = False
    kept: Kept | None = None


def build_blocks(lines: list[Line], languages: LanguagePair) -> list[LineBlock]:
    """The paragraphs and the furniture of one text, in order. A paragraph may skip over furniture lines."""
    width = _typical_width(lines)
    kept = kept_lines(lines)
    blocks: list[LineBlock] = []
    open_block: LineBlock | None = None
    gap = False
    for index, line in enumerate(lines):
        gap = gap or line.apart
        if line.blank:
            gap = True
            continue
        if index not in kept and is_furniture(line.text):
            piece = LineBlock([line])
            piece.furniture = True
            blocks.append(piece)
            gap = True
            continue
        own = kept.get(index)
        if open_block is not None and _belongs(open_block, line, own, languages, width=width, gap=gap):
            open_block.append(line)
        else:
            open_block = LineBlock([line])
            open_block.kept = own
            blocks.append(open_block)
        gap = False
    return blocks


def _belongs(block: LineBlock, line: Line, own: Kept | None, languages: LanguagePair, *, width: int, gap: bool) -> bool:
    """Whether a line goes on a block: one of verse on verse, any other on a paragraph, small letters on a row as well."""
    if own or block.kept == "verse":
        return own == block.kept == "verse" and not gap
    small = line.text[:1].islower()
    return (block.kept is None or small) and _goes_on(block[-1], line, languages, width=width, gap=gap)


def _typical_width(lines: list[Line]) -> int:
    """The length of a full line: the ninth decile of the lines that have a neighbour."""
    lengths = sorted(len(a.text) for a, b in zip(lines, lines[1:], strict=False) if not a.blank and not b.blank)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _goes_on(last: Line, line: Line, languages: LanguagePair, *, width: int, gap: bool) -> bool:
    if last.heading or line.heading or _ITEM.match(line.text):
        return False
    lower = line.text[:1].islower()
    if gap:
        return goes_on(last.text, line.text, languages) or (
            lower and not _CLOSED.search(last.text) and len(last.text) > 20 and len(line.text) > 20
        )
    if lower or last.text.endswith(("-", "¬", ",")):
        return True
    if len(last.text) < _SHORT * width and _NEW_START.match(line.text):
        return False
    return not (_CLOSED.search(last.text) and len(last.text) < _ENDING * width and _NEW_START.match(line.text))
