"""Which image files are the pages of a document: those named with it, those that its engine's file names, or as given.

``letter.png``, ``letter.pdf``, ``letter-1.jpg`` and ``letter_p2.jpg`` beside ``letter.txt`` are its pages, in the order of their
numbers; so are those of a folder that the user gives, and all images of a folder given for a single document. An engine's file
names its image itself; it counts when it lies beside the file, whatever path is written there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from collation.errors import CollationError, Message
from collation.reading.page_images import LARGEST, SUFFIXES
from collation.system.files import read_regular

MOST_FILES = 400  # pages of one document
_NUMBERED = re.compile(r"[-_. ]+(?:p|page|стр|с|л)?[-_. ]*(?P<number>\d{1,4})", re.I)
_TEXT_SUFFIXES = (".txt", ".md", ".hocr", ".alto", ".xml", ".docx", ".odt", ".tei")
_ROLE = re.compile(r"[._-](?:ru|original)$", re.I)
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


def pages_beside(document: Path, data: bytes = b"") -> tuple[Path, ...]:
    """The images beside a document, by its name; else those that the engine's file, with such bytes, names."""
    listing = _listing(document.parent)
    return _by_name(document, listing) or tuple(_named(document, data, listing))


def pages_given(given: Path, document: Path, *, alone: bool) -> tuple[Path, ...]:
    """The pages of a document in a file or folder that the user gives; in a folder those named with it, or all of them for a
    document that is ``alone``. Raises CollationError where there is no such file.
    """
    if given.is_file():
        return (given,)
    if not given.is_dir():
        raise CollationError(Message("pages-missing"), path=given)
    images = _listing(given)
    return _by_name(document, images) or (tuple(sorted(images, key=_order))[:MOST_FILES] if alone else ())


def is_page_of_text(path: Path) -> bool:
    """Whether a PDF found in a folder is the pages of a text of the same name beside it, and so no document by itself."""
    return path.suffix.lower() == ".pdf" and any(path.with_suffix(suffix).is_file() for suffix in _TEXT_SUFFIXES)


def _listing(folder: Path) -> list[Path]:
    try:
        return [path for path in sorted(folder.iterdir()) if path.suffix.lower() in SUFFIXES and path.is_file()]
    except OSError:
        return []


def _by_name(document: Path, images: list[Path]) -> tuple[Path, ...]:
    stems = dict.fromkeys((document.stem, _ROLE.sub("", document.stem)))
    found: list[tuple[int, str, Path]] = []
    for path in images:
        if path == document:
            continue
        for stem in stems:
            rest = path.stem[len(stem) :] if path.stem.startswith(stem) else None
            number = _NUMBERED.fullmatch(rest) if rest else None
            if rest == "" or (number and not _is_named_for_another(document, path)):
                found.append((int(number["number"]) if number else 0, path.name, path))
                break
    whole = [item for item in found if item[2].stem in stems]
    return tuple(path for *_, path in sorted(found if len(whole) != len(found) else whole[:1]))[:MOST_FILES]


def _is_named_for_another(document: Path, image: Path) -> bool:
    """Whether “letter-1.png” goes with a text “letter-1.txt” and not with “letter.txt”."""
    return any((document.parent / (image.stem + suffix)).is_file() for suffix in _TEXT_SUFFIXES)


def _named(document: Path, data: bytes, images: list[Path]) -> Iterator[Path]:
    """The images beside an engine's file whose names it has."""
    if document.suffix.lower() not in _ENGINE_SUFFIXES:
        return
    names = {path.name: path for path in images}
    for match in _NAMED.finditer(data):
        written = next(filter(None, match.groups())).decode("utf-8", "replace").strip()
        name = PureWindowsPath(PurePosixPath(written).name).name
        if name in names:
            yield names.pop(name)


def _order(path: Path) -> tuple[list[tuple[int, str]], str]:
    """Numbers in names by their value."""
    parts = re.split(r"(\d+)", path.stem)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts], path.name
