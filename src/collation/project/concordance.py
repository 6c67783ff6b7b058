"""A word in its places: the paragraphs of a document side by side, the words in them, and the doubts about these.

The same from the text of an apparatus and from the store, so that what is found does not depend on whether there is one.
A word is compared folded (lower case, ё as е) and is put together where a line end parts it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from collation.decisions.placing import Book
from collation.gate.findings import status_of
from collation.knowledge.letters import fold
from collation.knowledge.words import english, morphology
from collation.model import Apparatus, Place, Source

_BREAK = re.compile(r"[-‐¬][ \t]*(?:\r\n|\r|\n)[ \t]*")
_WORD = re.compile(rf"\w+(?:(?:{_BREAK.pattern}|[-‐‑'’])\w+)*")
_AROUND = 60  # characters of the line shown on either side of a word
SIDES = ("original", "translation")

At = tuple[int, int, int]
"""A place of one side of a paragraph: its offsets in the file, and the line on which it begins."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of both sides of a row, and where in the file its pieces are; they are joined by a blank line."""

    original: str
    translation: str
    original_at: tuple[At, ...]
    translation_at: tuple[At, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful place: offsets in the file, its rule, what became of it, the best reading ("" none), its probability."""

    start: int
    stop: int
    code: str
    state: str
    lemma: str
    reading: str
    probability: float


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What is looked through: a document's paragraphs and doubtful places."""

    label: str
    date: str
    paragraphs: tuple[Paragraph, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A word where it is: its line, what is around it, what is opposite its paragraph, and what is doubted there."""

    label: str
    date: str
    line: int
    side: str
    word: str
    before: str
    after: str
    opposite: str
    doubts: tuple[Doubt, ...]


def text_of(apparatus: Apparatus, book: Book) -> DocumentText:
    """The document of an apparatus, with the rulings on it."""
    source = apparatus.source
    states = {m.entry.id: status_of(m) for m in book.entries}
    doubts = tuple(
        Doubt(
            place.start,
            place.stop,
            e.code,
            states.get(e.id, "open"),
            e.lemma,
            e.readings[0].text if e.readings else "",
            e.probability,
        )
        for e in apparatus.entries
        for place in e.places
    )
    rows = tuple(_paragraph(source, r.original, r.translation) for r in apparatus.rows if r.kind != "furniture")
    return DocumentText(source.label, source.catalogue.value("date"), rows, doubts)


def _paragraph(source: Source, original: tuple[Place, ...], translation: tuple[Place, ...]) -> Paragraph:
    texts = ["\n\n".join(source.text[p.start : p.stop] for p in side) for side in (original, translation)]
    places = [tuple((p.start, p.stop, source.line(p.start)) for p in side) for side in (original, translation)]
    return Paragraph(texts[0], texts[1], places[0], places[1])


def words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: offsets and the folded form."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), form_of(match.group())


def form_of(word: str) -> str:
    """A word as it is compared."""
    return fold(_BREAK.sub("", word)).replace("’", "'").replace("‑", "-").replace("‐", "-")


def lemmas_of(form: str, side: str) -> tuple[str, ...]:
    """The dictionary forms of a word; itself where none is known."""
    found = morphology.lemmas(form) if side == "original" else (english.english_lemma(form),)
    return tuple(dict.fromkeys(fold(lemma) for lemma in found)) or (form,)


def matcher(word: str, *, by_lemma: bool) -> Callable[[str, str], bool]:
    """Whether a form of a side is the word, or a form of a lemma that the word may have."""
    wanted = form_of(word)
    if not by_lemma:
        return lambda form, side: form == wanted
    lemmas = {side: set(lemmas_of(wanted, side)) for side in SIDES}
    return lambda form, side: form == wanted or bool(lemmas[side] & set(lemmas_of(form, side)))


def find_in(document: DocumentText, is_wanted: Callable[[str, str], bool]) -> Iterator[Found]:
    """Where wanted words are in a document, in the order of its paragraphs, the original first."""
    for paragraph in document.paragraphs:
        sides = (
            (SIDES[0], paragraph.original, paragraph.original_at, paragraph.translation),
            (SIDES[1], paragraph.translation, paragraph.translation_at, paragraph.original),
        )
        for side, text, at, opposite in sides:
            for start, stop, form in words_in(text):
                if is_wanted(form, side):
                    yield _found(document, side, text, at, opposite, start, stop)


def _found(
    document: DocumentText, side: str, text: str, at: tuple[At, ...], opposite: str, start: int, stop: int
) -> Found:
    begins, offset, line = 0, start, 1
    for first, last, number in at:
        if start <= begins + last - first:
            offset = first + start - begins
            line = number + len(re.findall(r"\r\n|\r|\n", text[begins:start]))
            break
        begins += last - first + 2
    doubts = tuple(d for d in document.doubts if d.start < offset + stop - start and offset < d.stop)
    before, after = _one_line(text[max(0, start - 2 * _AROUND) : start]), _one_line(text[stop : stop + 2 * _AROUND])
    return Found(
        document.label,
        document.date,
        line,
        side,
        _BREAK.sub("", text[start:stop]),
        before[-_AROUND:],
        after[:_AROUND],
        _one_line(opposite).strip(),
        doubts,
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", _BREAK.sub("", text))
