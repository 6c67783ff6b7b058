"""Where the text of a document comes from, when it is not one plain text: files, and elements of files.

A document may be two files, or a file of Word in which paragraphs and rows of tables are what a reader sees. Its text is
then composed: the parts follow one another, each a stretch of it, and an element is a stretch that its file knows by a
name. So every place leads back to a file, and in it to a paragraph or an element.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from collation.model.place import Place

PartRole = Literal["", "original", "translation", "catalogue"]
ElementKind = Literal[
    "paragraph", "heading", "row", "cell", "footnote", "endnote", "header", "footer", "textbox", "xml"
]


@dataclass(frozen=True, slots=True)
class Element:
    """A paragraph, a row, a note …: its stretch of the document's text and its ``numbers``, counted from 1.

    Those of a row are its table and itself, of a cell the column too. ``path`` is the element's own in its file, an XPath.
    """

    place: Place
    kind: ElementKind
    numbers: tuple[int, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was done with something in a file that is no text of it: a key of the phrase table, and how many there are."""

    says: str
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a document. ``place`` is its stretch of the document's text, ``digest`` the SHA-256 of its bytes.

    ``role`` is empty where what is written in the file decides; ``kind`` is the kind of the file, "text" for one whose
    bytes are the text itself. ``elements`` are in the order of the text.
    """

    label: str
    place: Place
    digest: str
    kind: str = "text"
    role: PartRole = ""
    siglum: str = ""
    language: str = ""
    encoding: str = "utf-8"
    elements: tuple[Element, ...] = ()
    told: tuple[Told, ...] = ()

    def element(self, offset: int) -> Element | None:
        """The element in which a code point of the document's text is."""
        index = bisect_right(self.elements, offset, key=lambda element: element.place.start) - 1
        return self.elements[index] if index >= 0 and offset <= self.elements[index].place.stop else None


def part_at(parts: tuple[Part, ...], offset: int) -> Part | None:
    """The part in which a code point is; what is between two belongs to the first. None where there are no parts."""
    index = bisect_right(parts, offset, key=lambda part: part.place.start) - 1
    return parts[max(0, index)] if parts else None
