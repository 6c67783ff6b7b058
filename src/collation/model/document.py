"""A document as read, and what was recognised in it.

``Source`` is a text and its catalogue data, ``Document`` adds the witnesses with their tokens. A document is of the
text *as read*, without invisible signs and with every letter in one code point; what leaves the run is of the file,
whose text is untouched.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from collation.model.offsets import Offsets
from collation.model.parts import Element, OnPage, Part, part_at
from collation.model.place import Place
from collation.model.seen_page import SeenPage

T = TypeVar("T")

TokenKind = Literal["word", "number", "mark"]
SegmentKind = Literal["paragraph", "heading", "row", "verse", "furniture"]
Role = Literal["original", "translation", "catalogue", "witness"]
TestimonyKind = Literal["sic", "gloss", "illegible", "stamp", "note", "restored"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark. ``text`` is what it reads: letter-spacing closed, line-end hyphen taken out."""

    text: str
    place: Place
    kind: TokenKind

    @property
    def start(self) -> int:
        return self.place.start

    @property
    def stop(self) -> int:
        return self.place.stop


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph, a heading line, a row of a table or list, verse that keeps its lines, or a piece of furniture.

    ``sentences`` are half-open ranges of token indices; together they cover all tokens, in order.
    """

    kind: SegmentKind
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if not self.tokens:
            raise ValueError("a segment has tokens")

    @property
    def place(self) -> Place:
        return Place.at(self.tokens[0].start, self.tokens[-1].stop)

    def sentence_tokens(self) -> tuple[tuple[Token, ...], ...]:
        """The tokens of each sentence."""
        ranges = self.sentences or ((0, len(self.tokens)),)
        return tuple(self.tokens[a:b] for a, b in ranges)


@dataclass(frozen=True, slots=True)
class Testimony:
    """An editorial bracket: what somebody who saw the page says of it, read as evidence and not as text.

    ``content`` is the bracket's inside; a [sic- X] or a gloss [X] is after the ``about`` place.
    """

    kind: TestimonyKind
    place: Place
    content: str
    about: Place | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """One text of the document: R the Russian, E the English, C the catalogue."""

    siglum: str
    role: Role
    language: str
    segments: tuple[Segment, ...]
    furniture: tuple[Segment, ...] = ()
    testimony: tuple[Testimony, ...] = ()

    def words(self) -> tuple[Token, ...]:
        """All word and number tokens of the running text, furniture left out."""
        return tuple(t for s in self.segments for t in s.tokens if t.kind != "mark")


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that are not examined: ``name`` is the code of another language, "old" for the spelling before 1918, "latin"
    for Cyrillic read as Latin letters; ``lines`` is their number.
    """

    name: str
    place: Place
    lines: int


@dataclass(frozen=True, slots=True)
class CatalogueField:
    """A row of the catalogue header: date, title, citation, summary, credits, language, contents."""

    name: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Catalogue:
    fields: tuple[CatalogueField, ...] = ()

    def first(self, name: str) -> CatalogueField | None:
        """The first row of that name, or None."""
        return next((f for f in self.fields if f.name == name), None)

    def value(self, name: str) -> str:
        found = self.first(name)
        return found.value if found else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The beginning of a sheet or page: its number as printed and where the mark is."""

    number: str
    place: Place
    witness: str


FROM_THE_LOG = {"of": "log"}
"""Marks what the logs know of a document; it is neither of the document nor of its apparatus, and is not written."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or the files of one document: name, text, catalogue data.

    ``parts`` are its files where they are several, or one that is no plain text: the text is then composed, and lines and
    labels asked for by a place are those of the part. ``id`` is the archive's own number, else the archive reference with date and title, else the digest; ``label`` is
    the path and only a label; ``digest`` is the SHA-256 of the bytes, in hexadecimal; ``labels`` are the file's own
    names of its texts ("Original Scan"). ``former`` are names under which it was ruled on before, and ``strange`` the
    digests of texts that were ruled on under one of these names and are of another document.
    """

    id: str
    label: str
    text: str
    digest: str
    encoding: str = "utf-8"
    catalogue: Catalogue = Catalogue()
    sheets: tuple[Sheet, ...] = ()
    labels: tuple[str, ...] = ()
    line_starts: tuple[int, ...] = field(default=(), repr=False)
    parts: tuple[Part, ...] = ()
    former: tuple[str, ...] = field(default=(), compare=False, metadata=FROM_THE_LOG)
    strange: tuple[str, ...] = field(default=(), compare=False, metadata=FROM_THE_LOG)

    def is_named(self, document: str, digest: str = "") -> bool:
        """Whether what was said of a document, under a name and on the text of a digest, was said of this one."""
        return document in (self.id, *self.former) and digest not in self.strange

    def part(self, offset: int) -> Part | None:
        """The file in which a code point is, where the text is composed; else None."""
        return part_at(self.parts, offset)

    def label_at(self, offset: int) -> str:
        """The path of the file in which a code point is."""
        part = self.part(offset)
        return part.label if part else self.label

    def element(self, offset: int) -> Element | None:
        """The paragraph, row or other element in which a code point is, where the file has such."""
        part = self.part(offset)
        return part.element(offset) if part else None

    def on_page(self, place: Place) -> tuple[OnPage, ...]:
        """Where the words of a place are on the pages of their file, with the engine's confidence, where it says so."""
        part = self.part(place.start)
        return part.placed(place) if part else ()

    def row(self, offset: int) -> int:
        """The line of a code point in the whole text, counted from 1."""
        return max(1, bisect_right(self.line_starts, offset))

    def line(self, offset: int) -> int:
        """The line of a code point in its file, counted from 1."""
        part = self.part(offset)
        return self.row(offset) - (self.row(part.place.start) - 1 if part else 0)

    def column(self, offset: int) -> int:
        """The column of a code point in its line, counted from 1."""
        return offset - self.line_starts[self.row(offset) - 1] + 1

    def offset_in_file(self, offset: int) -> int:
        """How many code points precede a code point in its file."""
        part = self.part(offset)
        return offset - (part.place.start if part else 0)

    def rows_of(self, label: str) -> range:
        """The lines of the whole text that are those of the file with a label; all of them for an unknown one."""
        found = next((part for part in self.parts if part.label == label), None)
        if found is None:
            return range(1, len(self.line_starts) + 1)
        return range(self.row(found.place.start), self.row(found.place.stop) + 1)

    def sheet(self, offset: int) -> Sheet | None:
        """The sheet on which a code point is, where the document numbers its sheets."""
        before = [s for s in self.sheets if s.place.start <= offset]
        return before[-1] if before else None


@dataclass(frozen=True, slots=True)
class OtherText:
    """A second text of the original: another transcript, scan or edition, kept out of the text of the document.

    It is known by its siglum. Places in ``witness`` are in the text of its own ``source``.
    """

    source: Source
    witness: Witness

    @property
    def siglum(self) -> str:
        return self.witness.siglum

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its running text, furniture left out."""
        return tuple(t for s in self.witness.segments for t in s.tokens)


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: the source and its witnesses. ``warnings`` are sentences about the reading itself.

    ``source`` is the file as read, and all places are in its text; ``passages`` are no part of the witnesses, and ``others`` are
    further texts of the original, whose places are in texts of their own. Where the file is written with invisible signs or
    in decomposed letters, ``written`` is the file itself and ``offsets`` lead there. ``pages`` are images of its pages as an
    engine saw them: a witness of the original that is no text of it.
    """

    source: Source
    witnesses: tuple[Witness, ...]
    warnings: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    offsets: Offsets | None = None
    written: Source | None = None
    others: tuple[OtherText, ...] = ()
    pages: tuple[SeenPage, ...] = ()

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def file(self) -> Source:
        """The file with its text as decoded, untouched."""
        return self.written or self.source

    def in_file(self, value: T) -> T:
        """A value that speaks of this document, with every place in it led to the file."""
        return self.offsets.moved(value) if self.offsets else value

    def as_read(self, place: Place) -> Place:
        """A place of the file, led to the text as read: the way back from ``in_file``."""
        return Place(tuple(map(self.offsets.read_span, place.spans))) if self.offsets else place

    def role(self, role: Role) -> Witness | None:
        """The first witness of that role, or None."""
        return next((w for w in self.witnesses if w.role == role), None)

    @property
    def original(self) -> Witness | None:
        return self.role("original")

    @property
    def translation(self) -> Witness | None:
        return self.role("translation")
