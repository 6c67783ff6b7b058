"""Files to documents. One file an input format; ``kinds.KINDS`` is the table of them, plain text is the usual form."""

from __future__ import annotations

import ast
import errno
import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from collation.errors import Message, UnreadableInput, refusal
from collation.model import Document, ListedWitness
from collation.model.language import LanguagePair
from collation.reading.composed import FileText, PartText, digest_of_parts
from collation.reading.content import ENDS
from collation.reading.further_texts import OtherBytes, with_others
from collation.reading.kinds import check_named, reader_of
from collation.reading.page_files import PageFile, page_file
from collation.reading.part_files import DocumentFiles, Groups, PartFile
from collation.reading.text import MOST_CHARACTERS, decode_bytes, read_bytes, read_parts, read_text
from collation.system.files import read_ends, read_regular
from collation.system.untrusted import NotRead

LARGEST = 4 * MOST_CHARACTERS + 4  # bytes: no encoding that is read takes more for a character
Label = Callable[[Path], str]


def read_file(path: Path, *, encoding: str | None = None, label: str | None = None) -> Document:
    """The document in a file. Raises UnreadableInput, with the path, when it is none that can be read."""
    name = label if label is not None else path.as_posix()
    return read_data(bytes_of(path, label=name), path, encoding=encoding, label=name)


def read_files(files: DocumentFiles, *, encoding: str | None = None, label: Label = Path.as_posix) -> Document:
    """The document in some files, each named by ``label``. Raises UnreadableInput, with the path of the file at fault."""
    return read_payload(
        packed_up(files, [bytes_of(path, label=label(path)) for path in files.all_paths], label), encoding=encoding
    )


def read_all(
    files: DocumentFiles, data: list[bytes], *, encoding: str | None = None, label: Label = Path.as_posix
) -> Document:
    """The same, of the bytes of the files."""
    texts = [_part(part, own, encoding, label) for part, own in zip(files.parts, data, strict=True)]
    try:
        return read_parts(texts, label=label(files.path))
    except UnreadableInput:
        for part, text, own in zip(files.parts, texts, data, strict=True):
            if text.read.kind == "text" and own.strip():
                check_named(part.path, label=text.label)
        raise


@dataclass(frozen=True, slots=True)
class DocumentBytes:
    """The files of a document and their bytes in one: ``data`` are those of its only file, or of all of them behind what is
    said of each. ``labels`` are the name of the document and those of its files; ``others`` are the files of further texts of
    its original, ``pages`` the images of its pages.
    """

    files: DocumentFiles
    data: bytes
    labels: tuple[str, ...]
    others: tuple[OtherBytes, ...] = ()
    pages: tuple[PageFile, ...] = ()

    @property
    def witnesses(self) -> tuple[ListedWitness, ...]:
        """The further texts with the digests of their files."""
        return tuple(ListedWitness(o.file.siglum, o.label, hashlib.sha256(o.data).hexdigest()) for o in self.others)


def packed_up(
    files: DocumentFiles,
    data: list[bytes],
    label: Label = Path.as_posix,
    *,
    groups: Groups | None = None,
) -> DocumentBytes:
    """The bytes of the files of a document in one, with the images of its pages where ``groups`` find some; ``data`` are those
    of its parts, and behind them those of its witnesses."""
    own, beside = data[: len(files.parts)], data[len(files.parts) :]
    others = tuple(OtherBytes(file, label(file.path), each) for file, each in zip(files.witnesses, beside, strict=True))
    first = own[[part.path for part in files.parts].index(files.path)]
    found = groups.pages_of(files, first) if groups else ()
    pages = tuple(page_file(path, label=label(path)) for path in found)
    labels = (label(files.path), *(label(part.path) for part in files.parts))
    return DocumentBytes(files, _payload(files, own), labels, others, pages)


def read_payload(item: DocumentBytes, *, encoding: str | None = None) -> Document:
    """The document in such bytes. Raises UnreadableInput, with the name of the file at fault."""
    return with_others(_read_parts_of(item, encoding), item.others, read_data, encoding=encoding)


def _read_parts_of(item: DocumentBytes, encoding: str | None) -> Document:
    names = dict(zip((part.path for part in item.files.parts), item.labels[1:], strict=True))
    data = [item.data]
    if len(item.files.parts) > 1 or item.files.parts[0].role:
        head, _, rest = item.data.partition(b"\0")
        data, at = [], 0
        for *_, length in ast.literal_eval(head.decode()):
            data.append(rest[at : at + length])
            at += length
    return read_all(item.files, data, encoding=encoding, label=lambda path: names[path])


def _payload(files: DocumentFiles, data: list[bytes]) -> bytes:
    if len(files.parts) == 1 and not files.parts[0].role:
        return data[0]
    said = ((part.role, part.siglum, part.language, len(own)) for part, own in zip(files.parts, data, strict=True))
    return repr(tuple(said)).encode() + b"\0" + b"".join(data)


def digest_of_document(files: DocumentFiles, data: list[bytes]) -> str:
    """The digest that the document in these files will have."""
    own = (hashlib.sha256(each).hexdigest() for each in data)
    return digest_of_parts([(p.role, p.siglum, p.language, digest) for p, digest in zip(files.parts, own, strict=True)])


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
    return read_all(DocumentFiles((PartFile(path),)), [data], encoding=encoding, label=lambda _: label)


def _part(part: PartFile, data: bytes, encoding: str | None, label: Label) -> PartText:
    name = label(part.path)
    read = _text_of(data, part.path, encoding=encoding, label=name)
    return PartText(name, read, hashlib.sha256(data).hexdigest(), part.role, part.siglum, part.language)


def _text_of(data: bytes, path: Path, *, encoding: str | None, label: str) -> FileText:
    reader = reader_of(data, path, label=label)
    try:
        return reader(data, label=label, encoding=encoding)
    except NotRead as error:
        raise UnreadableInput(refusal(error), path=label) from error
    except UnreadableInput:
        if reader is decode_bytes and data.strip():
            check_named(path, label=label)
        raise


def read_pair(original: str, translation: str | None, languages: LanguagePair | None = None) -> Document:
    """A document made of two strings. Their offsets point into the two texts joined by a blank line."""
    return read_text(original + ("\n\n" + translation if translation else ""), label="(text)", languages=languages)


__all__ = [
    "LARGEST",
    "DocumentBytes",
    "DocumentFiles",
    "OtherBytes",
    "PartFile",
    "bytes_of",
    "digest_of_document",
    "packed_up",
    "read_all",
    "read_bytes",
    "read_data",
    "read_file",
    "read_files",
    "read_pair",
    "read_payload",
    "read_text",
]
