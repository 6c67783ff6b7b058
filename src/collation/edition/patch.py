"""The edition as bytes: the file's own encoding, byte order mark and line ends, or the difference as a patch."""

from __future__ import annotations

import difflib
import hashlib

from collation.edition.edit import Edition
from collation.errors import BadRuling, Message

_NO_END = b"\n\\ No newline at end of file\n"


def encoded(edition: Edition) -> bytes:
    """The edition in the encoding of its witness, byte for byte the same outside the changed places.

    Raises BadRuling, with the line, when a reading cannot be written in it; nothing is ever written as "?".
    """
    _check_witness(edition)
    for piece in edition.printed:
        try:
            piece.text.encode(edition.source.encoding)
        except UnicodeEncodeError as error:
            raise BadRuling(
                Message(
                    "reading-unwritable",
                    reading=piece.reading or piece.text,
                    encoding=edition.source.encoding,
                    letter=piece.text[error.start : error.end],
                ),
                path=edition.source.label,
                line=edition.source.line(piece.place.start),
            ) from None
    return edition.text.encode(edition.source.encoding)


def _check_witness(edition: Edition) -> None:
    source = edition.source
    try:
        data = source.text.encode(source.encoding)
    except UnicodeEncodeError:
        data = b""
    if hashlib.sha256(data).hexdigest() != source.digest:
        raise BadRuling(
            Message("not-byte-for-byte", encoding=source.encoding),
            path=source.label,
        )


def patch(edition: Edition, *, old: str, new: str) -> bytes:
    """The difference as a unified diff between two names; empty when there is none.

    A name with blanks ends with a tab, by which patch programs see its end.
    """
    before, after = edition.source.text.encode(edition.source.encoding), encoded(edition)
    first, second = (f"{name}\t".encode() if " " in name else name.encode() for name in (old, new))
    lines = difflib.diff_bytes(difflib.unified_diff, _lines(before), _lines(after), first, second, lineterm=b"\n")
    return b"".join(line if line.endswith(b"\n") else line + _NO_END for line in lines)


def _lines(data: bytes) -> list[bytes]:
    """Lines as patch programs see them: only a line feed ends one."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + [last for last in data.split(b"\n")[-1:] if last]
