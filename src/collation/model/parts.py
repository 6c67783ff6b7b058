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
    "paragraph", "heading", "row", "cell", "footnote", "endnote", "header", "footer", "textbox", "xml", "line", "unit"
]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom on a page, from its upper left corner, in the unit of the file."""


@dataclass(frozen=True, slots=True)
class Element:
    """A paragraph, a row, a note …: its stretch of the document's text and its ``numbers``, counted from 1.

    Those of a row are its table and itself, of a cell the column too, of a line its page and itself. ``path`` is the element's own in its file, an XPath.
    """

    place: Place
    kind: ElementKind
    numbers: tuple[int, ...]
    path: str


@dataclass(frozen=True, slots=True)
class OnPage:
    """A stretch of text that its file places on a page: a word, or a line whose words have no boxes of their own.

    ``page`` is counted from 1. ``tag`` and ``number`` are the name of its element and the how manieth of that name it is,
    from 1 in the order of the file; ``id`` is the element's own. ``confidence`` of the engine is 0 to 1, as it says, and of
    no engine comparable with another's. Box and confidence are None where the file has none.
    """

    place: Place
    page: int
    tag: str
    number: int
    id: str = ""
    box: Box | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page of a file: its size in the unit of the boxes, 0 where it is not said, and the name of its image."""

    width: float
    height: float
    image: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What was done with something in a file that is no text of it: a key of the phrase table, and how many there are."""

    says: str
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a document. ``place`` is its stretch of the document's text, ``digest`` the SHA-256 of its bytes.

    ``role`` is empty where what is written in the file decides; ``kind`` is the kind of the file, "text" for one whose
    bytes are the text itself. ``elements`` and ``on_page`` are in the order of the text, ``pages`` in that of the file; ``engine``
    is what read the pages, as the file says.
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
    on_page: tuple[OnPage, ...] = ()
    pages: tuple[PageSize, ...] = ()
    engine: str = ""

    def element(self, offset: int) -> Element | None:
        """The element in which a code point of the document's text is."""
        index = bisect_right(self.elements, offset, key=lambda element: element.place.start) - 1
        return self.elements[index] if index >= 0 and offset <= self.elements[index].place.stop else None

    def placed(self, place: Place) -> tuple[OnPage, ...]:
        """What a place of the document's text has of stretches that are on a page."""
        first = max(0, bisect_right(self.on_page, place.start, key=lambda item: item.place.start) - 1)
        last = bisect_right(self.on_page, place.stop, key=lambda item: item.place.start)
        return tuple(item for item in self.on_page[first:last] if item.place.overlaps(place))


def part_at(parts: tuple[Part, ...], offset: int) -> Part | None:
    """The part in which a code point is; what is between two belongs to the first. None where there are no parts."""
    index = bisect_right(parts, offset, key=lambda part: part.place.start) - 1
    return parts[max(0, index)] if parts else None
