"""Which images are named with a document: “letter.png”, “letter-1.jpg”, “letter_p2.tif”, “letter л. 3 об.png” with “letter”.

A name tells letter case and the two ways of writing “й” apart no more than people do. Pages come in the order of their numbers,
the back of a leaf behind its front; of two files of one page one is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_WORDS = "pages?|pp?|pg|стр|с|л|лист|list|sheet|folio|fol|f|scan|скан|img|image"
_NUMBERED = re.compile(
    rf"(?P<name>.+?)[-_.,( ]+(?:(?:{_WORDS})[-_. ]*)?(?P<number>\d{{1,6}})[-_. ]*(?P<back>об|ob|v|verso|r|recto)?[.)]*",
    re.I,
)
_BACKS = ("об", "ob", "v", "verso")
_ENGINES = re.compile(r"[._](?:alto|page|hocr|ocr)$", re.I)  # of “letter.alto.xml”
_LOSSLESS = (".png", ".tif", ".tiff", ".bmp", ".webp", ".gif", ".jpg", ".jpeg", ".pdf")
"""Of two files of one page the one whose kind comes first here is looked at."""


@dataclass(frozen=True, slots=True)
class NamedImage:
    """An image whose name says of which document it is: ``name`` is that document's, as it is compared, ``number`` and
    ``back`` which page of it. One that is named like the document has the number 0.
    """

    path: Path
    name: str
    number: int = 0
    back: bool = False


def folded(name: str) -> str:
    """A name as names are compared."""
    return unicodedata.normalize("NFC", name).casefold()


def with_engine_left_out(stem: str) -> str:
    """The name of a file without what says that an engine wrote it."""
    return _ENGINES.sub("", stem)


def names_of_documents(image: Path) -> tuple[str, ...]:
    """The names, as they are compared, that a document may have whose page an image is: its own, and what precedes a number."""
    match = _numbered(image)
    return (folded(image.stem), folded(match["name"])) if match else (folded(image.stem),)


def _numbered(image: Path) -> re.Match[str] | None:
    return _NUMBERED.fullmatch(unicodedata.normalize("NFC", image.stem))


def named_images(images: Iterable[Path], documents: Collection[str]) -> Iterator[NamedImage]:
    """The images that are named with one of the documents, whose names are compared as ``folded``: by their whole name, else
    by what precedes the number of a page."""
    for path in images:
        if folded(path.stem) in documents:
            yield NamedImage(path, folded(path.stem))
            continue
        match = _numbered(path)
        if match and folded(match["name"]) in documents:
            back = (match["back"] or "").casefold() in _BACKS
            yield NamedImage(path, folded(match["name"]), int(match["number"]), back)


def in_order(images: Iterable[NamedImage]) -> tuple[Path, ...]:
    """The files of the pages of one document: one for each page, and no PDF of all beside images of each."""
    found: dict[tuple[int, bool], Path] = {}
    for image in sorted(images, key=lambda i: (i.number, i.back, _LOSSLESS.index(i.path.suffix.lower()), i.path.name)):
        found.setdefault((image.number, image.back), image.path)
    if len(found) > 1 and (0, False) in found and found[0, False].suffix.lower() == ".pdf":
        del found[0, False]
    return tuple(found.values())


def by_number(path: Path) -> tuple[list[tuple[int, str]], str]:
    """What files are sorted by so that numbers in their names come by their value."""
    parts = re.split(r"(\d+)", folded(path.stem))
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], path.name
