"""Which image files are the pages of a document: those named with it, those that its engine's file names, or as given.

``letter.png``, ``letter.pdf``, ``letter-1.jpg`` and ``letter_p2.jpg`` beside ``letter.txt`` are its pages, in the order of their
numbers (``page_names.py``). Of a folder that the user gives they are those named with it, those in a folder there of its name, and,
where it is the only document, all that are named with no other. An engine's file names its image itself; it counts when it
lies beside the file, whatever path is written there.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from collation.errors import CollationError, Message
from collation.reading.listed_folder import ListedFolder, listed
from collation.reading.page_images import LARGEST
from collation.reading.page_names import NamedImage, by_number, folded, in_order, named_images
from collation.system.files import read_regular

MOST_FILES = 400  # pages of one document
_TEXT_SUFFIXES = (".txt", ".md", ".hocr", ".alto", ".xml", ".docx", ".odt", ".tei")
_NAMED = re.compile(
    rb"""image\s+&?(?:quot;|["'])?([^"'&;<>]+)|imageFilename\s*=\s*["']([^"']+)|<(?:\w+:)?fileName>\s*([^<]+)"""
)
_ENGINE_SUFFIXES = (".hocr", ".alto", ".xml", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of page images, what it is called to the user, and the SHA-256 of its bytes."""

    path: Path
    label: str
    digest: str


def page_file(path: Path, *, label: str) -> PageFile:
    """A file of page images as it is now. Raises CollationError when it cannot be read."""
    return PageFile(path, label, hashlib.sha256(page_bytes(path)).hexdigest())


def page_bytes(path: Path) -> bytes:
    """The bytes of a file of images. Raises CollationError when it cannot be read, or is too large."""
    try:
        return read_regular(path, most=LARGEST)
    except OSError as error:
        raise CollationError(Message("page-unreadable", reason=error.strerror or error), path=path) from error


@dataclass(frozen=True, slots=True)
class Named:
    """A document as its pages may be named: its file, and the names of the document, of which the file's is one; ``own_folder``
    says that its folder holds it alone.
    """

    path: Path
    names: tuple[str, ...]
    own_folder: bool = False

    @property
    def folded(self) -> frozenset[str]:
        """The names as they are compared."""
        return frozenset(map(folded, self.names))


def pages_beside(document: Named, data: bytes = b"", beside: ListedFolder | None = None) -> tuple[Path, ...]:
    """The images beside a document: by its name, else those that the engine's file, with such bytes, names, else, in a folder
    of its own, all that are no PDF. ``beside`` is its folder, where that was listed already."""
    folder = beside or listed(document.path.parent)
    found = _by_name(document, folder.images_for(document.folded)) or tuple(_named(document.path, data, folder))
    if found or not document.own_folder:
        return found
    images = (path for path in folder.images if path.suffix.lower() != ".pdf" and path != document.path)
    return tuple(sorted(images, key=by_number))[:MOST_FILES]


@dataclass(frozen=True, slots=True)
class Matched:
    """What a folder of images has of some documents: the images of each in their order, by its file, nothing for one that has
    none; and the images that are of no document.
    """

    pages: Mapping[Path, tuple[Path, ...]]
    unclaimed: tuple[Path, ...]

    @property
    def without(self) -> tuple[Path, ...]:
        """The documents that have no image."""
        return tuple(path for path, images in self.pages.items() if not images)


def match_pages(given: Path, documents: Sequence[Named]) -> Matched:
    """The pages of documents in a folder that the user gives: those named with each, else those in a folder there of its name;
    where there is only one document, else all that are not named with another text beside it.
    """
    folder, wanted = listed(given), defaultdict[str, list[Named]](list)
    for document in documents:
        for name in document.folded:
            wanted[name].append(document)
    found = defaultdict[Path, list[NamedImage]](list)
    for image in named_images(folder.images, wanted):
        for document in wanted[image.name]:
            if not image.number or not _is_named_for_another(document.path, image.path):
                found[document.path].append(image)
    folders = {folded(path.name): path for path in folder.paths if path.is_dir()}
    pages: dict[Path, tuple[Path, ...]] = {}
    for document in documents:
        own = in_order(found[document.path])
        for name in document.folded & folders.keys() if not own else ():
            own += tuple(sorted(listed(folders[name]).images, key=by_number))
        if not own and len(documents) == 1:
            own = _not_of_others(document, folder.images)
        pages[document.path] = own[:MOST_FILES]
    used = {path for own in pages.values() for path in own} | {i.path for own in found.values() for i in own}
    return Matched(pages, tuple(path for path in sorted(folder.images, key=by_number) if path not in used))


def _not_of_others(document: Named, images: Iterable[Path]) -> tuple[Path, ...]:
    """All images but those that are named with another text beside a document."""
    texts = listed(document.path.parent).paths
    beside = {folded(path.stem) for path in texts if path.suffix.lower() in _TEXT_SUFFIXES and path.is_file()}
    beside -= document.folded
    claimed = {image.path for image in named_images(images, beside)}
    return tuple(path for path in sorted(images, key=by_number) if path not in claimed)


def is_page_of_text(path: Path) -> bool:
    """Whether a PDF found in a folder is the pages of a text of the same name beside it, and so no document by itself."""
    return path.suffix.lower() == ".pdf" and any(path.with_suffix(suffix).is_file() for suffix in _TEXT_SUFFIXES)


def _by_name(document: Named, images: Iterable[Path]) -> tuple[Path, ...]:
    """The images named with a document, without those named with another text beside it."""
    found = named_images((path for path in images if path != document.path), document.folded)
    own = (i for i in found if not i.number or not _is_named_for_another(document.path, i.path))
    return in_order(own)[:MOST_FILES]


def _is_named_for_another(document: Path, image: Path) -> bool:
    """Whether “letter-1.png” goes with a text “letter-1.txt” and not with “letter.txt”."""
    return any((document.parent / (image.stem + suffix)).is_file() for suffix in _TEXT_SUFFIXES)


def _named(document: Path, data: bytes, folder: ListedFolder) -> Iterator[Path]:
    """The images beside an engine's file whose names it has."""
    if document.suffix.lower() not in _ENGINE_SUFFIXES:
        return
    told: set[str] = {document.name}
    for match in _NAMED.finditer(data):
        written = next(filter(None, match.groups())).decode("utf-8", "replace").strip()
        name = PureWindowsPath(PurePosixPath(written).name).name
        if name in folder.image_by_name and name not in told:
            told.add(name)
            yield folder.image_by_name[name]
