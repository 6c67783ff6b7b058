"""Files to documents. One file an input format; ``kinds.KINDS`` is the table of them, plain text is the usual form."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from collation.errors import Message, UnreadableInput
from collation.model import Document
from collation.model.language import LanguagePair
from collation.reading.content import ENDS
from collation.reading.kinds import check_named, reader_of
from collation.reading.text import MOST_CHARACTERS, read_bytes, read_text
from collation.system.files import read_ends, read_regular

LARGEST = 4 * MOST_CHARACTERS + 4  # bytes: no encoding that is read takes more for a character


def read_file(path: Path, *, encoding: str | None = None, label: str | None = None) -> Document:
    """The document in a file. Raises UnreadableInput, with the path, when it is none that can be read."""
    name = label if label is not None else path.as_posix()
    return read_data(bytes_of(path, label=name), path, encoding=encoding, label=name)


def bytes_of(path: Path, *, label: str) -> bytes:
    """The bytes of a document's file. Raises UnreadableInput for what is no file, cannot be opened or is too large;
    what is too large and of a kind that is not read is named.
    """
    try:
        return read_regular(path, most=LARGEST)
    except (OSError, ValueError) as error:  # ValueError: a name that no file of this system can have
        if getattr(error, "errno", None) == errno.EFBIG:
            with suppress(OSError):
                reader_of(read_ends(path, ENDS), path, label=label)
        reason = getattr(error, "strerror", None) or error
        raise UnreadableInput(Message("file-unopenable", reason=reason), path=label) from error


def read_data(data: bytes, path: Path, *, encoding: str | None = None, label: str) -> Document:
    """The document in the bytes of a file of this name. Raises UnreadableInput when it is none: what is no text and has
    the name of another kind is a damaged file of that kind.
    """
    reader = reader_of(data, path, label=label)
    try:
        return reader(data, label=label, encoding=encoding)
    except UnreadableInput:
        if data.strip():
            check_named(path, label=label)
        raise


def read_pair(original: str, translation: str | None, languages: LanguagePair | None = None) -> Document:
    """A document made of two strings. Their offsets point into the two texts joined by a blank line."""
    return read_text(original + ("\n\n" + translation if translation else ""), label="(text)", languages=languages)


__all__ = ["LARGEST", "bytes_of", "read_bytes", "read_data", "read_file", "read_pair", "read_text"]
