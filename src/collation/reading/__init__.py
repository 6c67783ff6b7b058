"""Files to documents. One file an input format; READERS chooses by suffix, plain text is the usual form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from collation.errors import UnreadableInput
from collation.model import Document
from collation.reading.text import read_bytes, read_text

Reader = Callable[..., Document]

READERS: dict[str, Reader] = {
    ".txt": read_bytes,
    ".md": read_bytes,
}
_FOREIGN = {".pdf", ".docx", ".doc", ".xml", ".html", ".htm", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".zip"}


def read_file(path: Path, *, encoding: str | None = None, label: str | None = None) -> Document:
    """The document in a file. Raises UnreadableInput, with the path, when it is none that can be read."""
    name = label if label is not None else path.as_posix()
    if path.suffix.lower() in _FOREIGN:
        raise UnreadableInput(f"files of the kind {path.suffix} cannot be read yet; save it as plain text", path=name)
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name that no file of this system can have
        reason = getattr(error, "strerror", None) or error
        raise UnreadableInput(f"the file cannot be opened ({reason})", path=name) from error
    return READERS.get(path.suffix.lower(), read_bytes)(data, label=name, encoding=encoding)


def read_pair(original: str, translation: str | None) -> Document:
    """A document made of two strings. Their offsets point into the two texts joined by a blank line."""
    return read_text(original + ("\n\n" + translation if translation else ""), label="(text)")


__all__ = ["READERS", "Reader", "read_bytes", "read_file", "read_pair", "read_text"]
