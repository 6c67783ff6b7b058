"""The stretches of a file that are one element each: paragraphs, rows, verse, furniture, what is in no paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collation.model import Span
from collation.model.hypothesis import Side
from collation.writers.layout import Layout
from collation.writers.tei.units import contains

BLANK = " \t\r\n"
"""What may be between elements: the blanks of XML, and no others."""
_PARAGRAPH = re.compile(r"[^ \t\r\n](?:[^\r\n]|(?:\r\n|\r|\n)(?![ \t]*[\r\n]))*")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A stretch of the file that is one element; ``row`` is that of the facing pages, None for what is in none."""

    span: Span
    side: Side
    kind: str
    row: int | None = None


def blocks_of(layout: Layout) -> tuple[TextBlock, ...]:
    """The blocks of a file in its order: the paragraphs of the catalogue, then those of the texts."""
    found: list[TextBlock] = []
    for row in layout.rows:
        for side, blocks in (("original", row.original), ("translation", row.translation)):
            for block in blocks:
                kind = "aside" if block.dim else row.kind
                index = None if kind in ("aside", "furniture") else row.index
                found.append(TextBlock(block.span, "original" if side == "original" else "translation", kind, index))
    found.sort(key=lambda block: block.span)
    text = layout.source.text
    side_of_matter: Side = "catalogue" if found else "original"
    stop = found[0].span.start if found else len(text)
    matter = (_trimmed(text, Span(*m.span())) for m in _PARAGRAPH.finditer(text, 0, stop))
    return (*(TextBlock(span, side_of_matter, "paragraph") for span in matter), *found)


def _trimmed(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip(BLANK)))


def runs(blocks: Sequence[TextBlock]) -> Iterator[list[TextBlock]]:
    """The blocks of one side that follow each other."""
    run: list[TextBlock] = []
    for block in blocks:
        if run and run[-1].side != block.side:
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def furniture_in(layout: Layout, blocks: Sequence[TextBlock]) -> tuple[Span, ...]:
    """Page numbers and running heads in the middle of a paragraph, which goes on behind them."""
    rows = (row for row in layout.apparatus.rows if row.kind == "furniture")
    spans = {place.envelope for row in rows for place in (*row.original, *row.translation)}
    return tuple(s for s in sorted(spans) if len(s) and any(contains(b.span, s) and b.span != s for b in blocks))
