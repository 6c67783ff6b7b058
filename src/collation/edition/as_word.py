"""The edition as a Word file, as documentary publications print one: the text as emended, a footnote at every place.

A footnote says what the text has and why it was changed, or why it was not. Page numbers and stamps stay where they are, in
grey; line ends of the scan are not kept, nor the hyphens at them that belong to no word. What was not carried out is named at the end. Nothing is decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from collation.edition.edit import Edition, Printed
from collation.edition.errata_and_notes import footnote, left_in_words, note_on_text
from collation.model import Document, Place, Span, Witness
from collation.writers.phrases import Lang, label
from collation.writers.word.cells import shown_text
from collation.writers.word.package import footnotes_part, package
from collation.writers.word.word_elements import W, paragraph, q, run, w

_LINE_END = re.compile(r"[\r\n\v\f]")
_BROKEN = re.compile(r"([^\W\d_]+)(\]?)([-¬‐\u00ad])[ \t]*(?:\r\n|[\r\n\v\f])\s*(?=\[?([^\W\d_]+))")
_ROLES = ("original", "translation")


def write_word_edition(edition: Edition, document: Document, *, lang: Lang = "en") -> bytes:
    """The file; ``document`` is the one that the edition was made of, as it was read."""
    notes: list[Printed] = []
    body: list[etree._Element] = [*_head(edition)]
    for role in _ROLES:
        witness = document.original if role == "original" else document.translation
        if witness is not None:
            body.append(paragraph(run(label(f"side.{role}", lang).capitalize()), style="Heading2"))
            text = _FlowingText(edition.source.text, _breaks(document, witness))
            blocks = _blocks(edition, document, witness)
            body += [_paragraph(edition, text, block, notes, dim=dim) for block, dim in blocks]
    body += _foot(edition, lang)
    source = edition.source.catalogue
    title = " ".join(source.value("title").split()) or edition.source.label
    return package(body, [footnotes_part(_footnotes(notes, lang))], title=title)


def _head(edition: Edition) -> Iterator[etree._Element]:
    """The title, the date, and where the document is kept."""
    source = edition.source
    yield paragraph(run(" ".join(source.catalogue.value("title").split()) or source.label), style="Heading1")
    for name in ("date", "citation"):
        if value := " ".join(source.catalogue.value(name).split()):
            yield paragraph(run(value, grey=name == "citation"))


def _blocks(edition: Edition, document: Document, witness: Witness) -> Iterator[tuple[Span, bool]]:
    """The paragraphs of a witness with what is between them, in the order of the text; stamps and page numbers are dim."""
    text = edition.source.text
    own: list[tuple[Place, bool]] = [(document.in_file(s.place), False) for s in witness.segments]
    own += [(document.in_file(s.place), True) for s in witness.furniture]
    own.sort(key=lambda pair: pair[0].start)
    for index, (place, dim) in enumerate(own):
        following = own[index + 1][0].start if index + 1 < len(own) else _end_of_line(text, place.stop)
        if any(c.isalnum() for c in text[place.stop : following]):
            stop = following - (len(text[place.stop : following]) - len(text[place.stop : following].rstrip()))
        else:
            stop = place.stop + len(re.match(r"[^\s\w]*", text[place.stop : following])[0])  # type: ignore[index]
        yield Span(place.start, max(place.stop, stop)), dim


def _end_of_line(text: str, offset: int) -> int:
    found = re.compile(r"[\r\n]").search(text, offset)
    return found.start() if found else len(text)


@dataclass(frozen=True, slots=True)
class _FlowingText:
    """The text of a source without its line ends; ``breaks`` are what is between the halves of broken words, in order."""

    source: str
    breaks: tuple[Span, ...]

    def of(self, start: int, stop: int) -> str:
        """A stretch of it, as Word shows it."""
        pieces, at = [], start
        for gap in self.breaks[bisect_left(self.breaks, start, key=lambda g: g.start) :]:
            if gap.stop > stop:
                break
            pieces.append(shown_text(self.source, Span(at, gap.start)).text)
            at = gap.stop
        return "".join([*pieces, shown_text(self.source, Span(at, stop)).text])


def _breaks(document: Document, witness: Witness) -> tuple[Span, ...]:
    """The hyphens and line ends in the words of a witness, as it was read; a hyphen of the word itself is part of that."""
    text, found = document.file.text, set()
    for token in (t for s in witness.segments for t in s.tokens if len(t.place.spans) > 1):
        spans = document.in_file(token.place).spans
        found |= {Span(one.stop, other.start) for one, other in pairwise(spans)}
    return tuple(
        sorted(gap for gap in found if not any(c.isalnum() for c in gap.of(text)) and _LINE_END.search(gap.of(text)))
    )


def _without_breaks(words: str, reading: str) -> str:
    """What is printed at a place without the hyphens at line ends that the reading does not have."""
    return _BROKEN.sub(lambda m: m[1] + m[2] + ("" if m[1] + m[4] in reading else m[3]), words)


def _paragraph(edition: Edition, text: _FlowingText, block: Span, notes: list[Printed], *, dim: bool) -> etree._Element:
    """A paragraph with what is printed in it; the places that have a note are added to ``notes``."""
    content: list[etree._Element] = []
    at = block.start
    for item in sorted(edition.printed, key=lambda p: (p.old, p.number)):
        start, stop = max(item.old.start, at), item.old.stop
        if not block.start <= item.old.start <= block.stop or stop > block.stop or item in notes:
            continue
        if at < start:
            content.append(run(text.of(at, start), grey=dim))
        at = max(at, stop)
        words = _without_breaks(_without_number(item), item.reading or "")
        if words:
            content.append(run(shown_text(words, Span(0, len(words))).text, grey=dim))
        if item.number:
            notes.append(item)
            content.append(_reference(len(notes)))
    if at < block.stop:
        content.append(run(text.of(at, block.stop), grey=dim))
    return paragraph(*content)


def _without_number(item: Printed) -> str:
    """What is printed at a place without the number in brackets, for which the footnote stands."""
    return item.text.removesuffix(f"[{item.number}]")


def _reference(number: int) -> etree._Element:
    return w("r", w("rPr", w("vertAlign", val="superscript")), w("footnoteReference", id=number))


def _footnotes(notes: Sequence[Printed], lang: Lang) -> etree._Element:
    """The part with the footnotes; the first two are the lines that part them from the text."""
    root = etree.Element(q("footnotes"), nsmap={"w": W})
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        root.append(w("footnote", paragraph(w("r", w(kind))), type=kind, id=number))
    for number, item in enumerate(notes, 1):
        mark = w("r", w("rPr", w("vertAlign", val="superscript")), w("footnoteRef"))
        root.append(w("footnote", paragraph(mark, run(f" {footnote(item, lang)}")), id=number))
    return root


def _foot(edition: Edition, lang: Lang) -> Iterator[etree._Element]:
    """The note on the text, and what was not carried out."""
    for heading, lines in ((*note_on_text(edition, lang, form="docx"),), (*left_in_words(edition, lang),)):
        if lines:
            yield paragraph(run(heading), style="Heading2")
            yield from (paragraph(run(line)) for line in lines)
