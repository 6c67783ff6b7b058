"""Files to documents. One file an input format; READERS chooses by suffix, plain text is the usual form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from collation.errors import Message, UnreadableInput
from collation.model import Document
from collation.model.language import LanguagePair
from collation.reading.text import MOST_CHARACTERS, read_bytes, read_text
from collation.system.files import read_regular

Reader = Callable[..., Document]

READERS: dict[str, Reader] = {
    ".txt": read_bytes,
    ".md": read_bytes,
}
LARGEST = 4 * MOST_CHARACTERS + 4  # bytes: no encoding that is read takes more for a character
_FOREIGN = {".pdf", ".docx", ".doc", ".xml", ".html", ".htm", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".zip"}


def read_file(path: Path, *, encoding: str | None = None, label: str | None = None) -> Document:
    """The document in a file. Raises UnreadableInput, with the path, when it is none that can be read."""
    name = label if label is not None else path.as_posix()
    return read_data(bytes_of(path, label=name), path, encoding=encoding, label=name)


def bytes_of(path: Path, *, label: str) -> bytes:
    """The bytes of a document's file. Raises UnreadableInput for what is no file, cannot be opened or is too large."""
    try:
        return read_regular(path, most=LARGEST)
    except (OSError, ValueError) as error:  # ValueError: a name that no file of this system can have
        reason = getattr(error, "strerror", None) or error
        raise UnreadableInput(Message("file-unopenable", reason=reason), path=label) from error


def read_data(data: bytes, path: Path, *, encoding: str | None = None, label: str) -> Document:
    """The document in the bytes of a file, whose name tells its kind. Raises UnreadableInput when it is none."""
    name = label
    if path.suffix.lower() in _FOREIGN:
        raise UnreadableInput(Message("kind-unreadable", kind=path.suffix), path=name)
    return READERS.get(path.suffix.lower(), read_bytes)(data, label=name, encoding=encoding)


def read_pair(original: str, translation: str | None, languages: LanguagePair | None = None) -> Document:
    """A document made of two strings. Their offsets point into the two texts joined by a blank line."""
    return read_text(original + ("\n\n" + translation if translation else ""), label="(text)", languages=languages)


__all__ = ["READERS", "Reader", "bytes_of", "read_bytes", "read_data", "read_file", "read_pair", "read_text"]
