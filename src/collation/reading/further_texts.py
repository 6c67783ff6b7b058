"""Further texts of a document's original: another transcript, scan or edition, each a file of any kind that is read.

Of such a file only what is in the language of the original is taken. Nothing of it goes into the text of the document, so that
places, digests and rulings stay those of the document's own files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from collation.errors import Message, UnreadableInput
from collation.model import Document, OtherText
from collation.reading.part_files import PartFile


@dataclass(frozen=True, slots=True)
class OtherBytes:
    """The file of a further text, its name and its bytes."""

    file: PartFile
    label: str
    data: bytes


class ReadData(Protocol):
    """The function that makes a document of the bytes of a file."""

    def __call__(self, data: bytes, path: Path, *, encoding: str | None, label: str) -> Document: ...


def with_others(document: Document, others: Sequence[OtherBytes], read: ReadData, *, encoding: str | None) -> Document:
    """The document with further texts of its original. Raises UnreadableInput, with the name of a file that has none."""
    return replace(document, others=tuple(_text(document, o, read, encoding) for o in others)) if others else document


def _text(document: Document, other: OtherBytes, read: ReadData, encoding: str | None) -> OtherText:
    siglum, original = other.file.siglum, document.original
    try:
        found = read(other.data, other.file.path, encoding=encoding, label=other.label)
    except UnreadableInput as error:
        reason = Message("witness-unreadable", siglum=siglum, reason=error.message)
        raise UnreadableInput(reason, path=other.label) from error
    text = found.original
    if text is None or (original is not None and text.language != original.language):
        raise UnreadableInput(Message("witness-without-text", siglum=siglum), path=other.label)
    return OtherText(found.source, replace(text, siglum=siglum, role="witness"))
