"""The whole file as divisions of TEI: every character of it is in them, in its order.

Front matter is the catalogue; then a division for each run of the original or of the translation. A paragraph is a
``p``, a row of a table a ``row``, a line of verse an ``l``, a page number or running head a ``fw``; what belongs to no
paragraph, and signs between them, are ``ab``. Blanks between paragraphs are there as they are in the file, and a line end
is followed by an ``lb`` with the number of the line; a sentence that has an answer is an ``s``. So the text of the divisions, notes and readings of others left out,
is the file again, character for character. No division may be indented anew for that reason (``xml:space``).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from collation.model import Span
from collation.model.hypothesis import Side
from collation.writers.layout import Layout
from collation.writers.tei.app_forms import SIGLA, FormContext, write_unit
from collation.writers.tei.sentence_elements import sentences_in
from collation.writers.tei.text_blocks import BLANK, TextBlock, furniture_in, runs
from collation.writers.tei.units import Unit, contains, inline
from collation.writers.tei.xml_tree import Element, node, put

_LINE_END = re.compile(r"\r\n|\r|\n")
_CELLS = re.compile(r" *\t[ \t]*| {2,}")
_VERSES = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_LANGUAGES: dict[Side, str] = {"original": "ru", "translation": "en", "catalogue": "en"}

Milestone = tuple[int, str, dict[str, str]]


class BodyWriter:
    """Writes the text of one document. ``inlined`` are the units in it; ``attached`` those that overlap one of these, or
    reach over a paragraph, and have two ends in it instead; ``ids`` are the elements of each row of the facing pages,
    ``sentences`` those of the texts.

    Text is written in the order of the file, once; milestones (lines, pages, ends) wait in a queue until it has come there.
    """

    def __init__(
        self, layout: Layout, units: Sequence[Unit], blocks: Sequence[TextBlock], context: FormContext
    ) -> None:
        self.text, self._blocks, self._context = layout.source.text, blocks, context
        self._furniture = furniture_in(layout, blocks)
        self.inlined = inline(units, [b.span for b in blocks], self._furniture)
        there = {unit.id for unit in self.inlined}
        self.attached = tuple(unit for unit in units if unit.id not in there)
        self.ids: dict[int, list[str]] = {}
        marks = [*(unit.span for unit in self.inlined), *self._furniture]
        self.sentences = sentences_in(layout.apparatus.sentences, self._stretches(), marks)
        self._counts: dict[str, int] = {}
        self._written: set[str] = set()
        self._queue = deque(sorted(self._milestones(layout), key=lambda m: m[0]))

    def _milestones(self, layout: Layout) -> Iterator[Milestone]:
        """Pages, then lines, sentences, and the ends of attached places, as they come at one point."""
        for sheet in layout.source.sheets:
            yield sheet.place.start, "pb", {"n": sheet.number, "ed": f"#{sheet.witness}"}
        for number, start in enumerate([0, *(m.end() for m in _LINE_END.finditer(self.text))], 1):
            before = self.text[:start].rstrip("\r\n")[-2:] if start else ""
            broken = len(before) == 2 and before[1] in "-¬\u00ad" and before[0].isalpha()
            yield start, "lb", {"n": str(number), "break": "maybe" if broken else ""}
        for part in self.sentences.begun:
            yield part.span.start, "anchor", {"id": part.id, "type": "sentence"}
        for unit in self.attached:
            yield unit.span.start, "anchor", {"id": f"{unit.id}.from"}
            yield unit.span.stop, "anchor", {"id": f"{unit.id}.to"}

    def write(self, text: Element) -> None:
        """The front matter and the body, with the whole file in them."""
        groups = list(runs(self._blocks))
        at = 0
        if groups and groups[0][0].side == "catalogue":
            matter = groups.pop(0)
            at = self._division(node(text, "front"), matter, at, groups[0][0].span.start)
        body = node(text, "body")
        for index, group in enumerate(groups):
            last = index + 1 == len(groups)
            at = self._division(body, group, at, len(self.text) if last else groups[index + 1][0].span.start)
        if not groups:
            self._plain(node(node(body, "div", type="original", space="preserve"), "p"), Span(0, len(self.text)))
        for _, tag, attributes in self._queue:
            if tag != "lb":
                node(body[-1], tag, **attributes)

    def _division(self, parent: Element, group: list[TextBlock], at: int, stop: int) -> int:
        """A run of one side from an offset up to where the next begins; that offset."""
        side = group[0].side
        div = node(parent, "div", type=side, corresp=f"#{SIGLA[side]}", lang=_LANGUAGES[side], space="preserve")
        table: Element | None = None
        for block in group:
            if block.kind != "row" or self.text[at : block.span.start].strip(BLANK):
                table = None
            self._between(div if table is None else table, Span(at, block.span.start))
            if block.kind == "row" and table is None:
                table = node(div, "table")
            self._block(div if table is None else table, block)
            at = block.span.stop
        self._between(div, Span(at, stop))
        return stop

    def _between(self, parent: Element, span: Span) -> None:
        """What is between two blocks: blanks as they are, anything else in an element of its own."""
        text = span.of(self.text)
        core = text.strip(BLANK)
        lead = span.start + len(text) - len(text.lstrip(BLANK)) if core else span.stop
        self._blanks(parent, Span(span.start, lead))
        if core:
            inner = Span(lead, lead + len(core))
            self._fill(node(parent, "ab", type="signs"), inner)
            self._blanks(parent, Span(inner.stop, span.stop))

    def _blanks(self, parent: Element, span: Span) -> None:
        """Blanks, with the pages and ends in them; of blank lines only the last is numbered: a block begins in it."""
        at, line = span.start, None
        while self._queue and self._queue[0][0] < span.stop:
            point, tag, attributes = self._queue.popleft()
            if tag == "lb":
                line = point, tag, attributes
                continue
            put(parent, self.text[at : max(at, point)])
            node(parent, tag, **attributes)
            at = max(at, point)
        put(parent, self.text[at : span.stop])
        begins = any(tag == "lb" for point, tag, _ in islice(self._queue, 3) if point == span.stop)
        if line is not None and not begins:
            self._queue.appendleft(line)

    def _block(self, parent: Element, block: TextBlock) -> None:
        name = self._named(block)
        match block.kind:
            case "row":
                self._parts(node(parent, "row", id=name), "cell", block.span, _CELLS)
            case "verse" if self._divides(block.span, _VERSES):
                self._parts(node(parent, "lg", id=name), "l", block.span, _VERSES)
            case "furniture":
                self._fill(node(parent, "fw", type="furniture"), block.span)
            case "aside" | "heading" | "verse":
                self._fill(node(parent, "ab", id=name, type=block.kind), block.span)
            case _:
                self._fill(node(parent, "p", id=name), block.span)

    def _named(self, block: TextBlock) -> str:
        """The id of a block of the facing pages."""
        if block.row is None:
            return ""
        siglum = SIGLA[block.side]
        self._counts[siglum] = self._counts.get(siglum, 0) + 1
        name = f"{siglum}.p{self._counts[siglum]}"
        self.ids.setdefault(block.row, []).append(name)
        return name

    def _divides(self, span: Span, between: re.Pattern[str]) -> bool:
        """Whether no place of the apparatus lies across the parts of a block."""
        marks = [*(unit.span for unit in self.inlined), *self._furniture]
        cuts = [m.span() for m in between.finditer(self.text, span.start, span.stop)]
        return not any(m.start < stop and start < m.stop for start, stop in cuts for m in marks)

    def _parts(self, parent: Element, tag: str, span: Span, between: re.Pattern[str]) -> None:
        """A block in parts, with the blanks between them."""
        parts = list(self._cut(span, between))
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            self._fill(node(parent, tag), part)
            self._blanks(parent, Span(part.stop, span.stop if following is None else following.start))

    def _cut(self, span: Span, between: re.Pattern[str]) -> Iterator[Span]:
        """The parts of a block; itself where a place lies across two."""
        at = span.start
        if self._divides(span, between):
            for match in between.finditer(self.text, span.start, span.stop):
                yield Span(at, match.start())
                at = match.end()
        yield Span(at, span.stop)

    def _stretches(self) -> Iterator[Span]:
        """The stretches of the text that are elements with nothing but text and marks in them."""
        for block in self._blocks:
            between = {"row": _CELLS, "verse": _VERSES}.get(block.kind)
            if between is None:
                yield block.span
            else:
                yield from self._cut(block.span, between)

    def _fill(self, parent: Element, span: Span) -> None:
        """A stretch with what is in it: sentences, places, furniture, and text with its lines and pages."""
        units = [u for u in self.inlined if contains(span, u.span) and u.id not in self._written]
        self._written |= {unit.id for unit in units}
        furniture = [f for f in self._furniture if contains(span, f) and f != span]
        at = span.start
        for part in self.sentences.within(span):
            own = [u for u in units if contains(part.span, u.span)]
            units = [u for u in units if u not in own]
            at = self._before(parent, Span(at, part.span.start), units, furniture)
            self._nested(node(parent, "s", id=part.id), part.span, own, _in(part.span, furniture))
            at = part.span.stop
        self._before(parent, Span(at, span.stop), units, furniture)

    def _before(self, parent: Element, span: Span, units: list[Unit], furniture: list[Span]) -> int:
        """What is before, between or behind sentences; the end of it."""
        own = [u for u in units if contains(span, u.span)]
        for unit in own:
            units.remove(unit)
        self._nested(parent, span, own, _in(span, furniture))
        return span.stop

    def _nested(self, parent: Element, span: Span, units: list[Unit], furniture: list[Span]) -> None:
        outer: list[tuple[Span, Unit | None]] = [
            (u.span, u) for u in units if not any(contains(f, u.span) for f in furniture)
        ]
        outer += [(f, None) for f in furniture if not any(contains(u.span, f) and u.span != f for u in units)]
        at = span.start
        for piece, unit in sorted(outer, key=lambda p: p[0]):
            self._plain(parent, Span(at, piece.start))
            inner = [f for f in furniture if contains(piece, f)]
            if unit is None:
                self._nested(
                    node(parent, "fw", type="furniture"), piece, [u for u in units if contains(piece, u.span)], []
                )
            else:
                write_unit(parent, unit, lambda e, s, i=inner: self._nested(e, s, [], i), self._context)  # type: ignore[misc]
            at = piece.stop
        self._plain(parent, Span(at, span.stop))

    def _plain(self, parent: Element, span: Span) -> None:
        """Text, with the milestones that wait for it."""
        at = span.start
        while self._queue and self._queue[0][0] <= span.stop:
            point, tag, attributes = self._queue.popleft()
            put(parent, self.text[at : max(at, point)])
            node(parent, tag, **attributes)
            at = max(at, point)
        put(parent, self.text[at : span.stop])


def _in(span: Span, pieces: Sequence[Span]) -> list[Span]:
    return [piece for piece in pieces if contains(span, piece)]
