"""The edition as bytes: the file's own encoding, byte order mark and line ends, or the difference as a patch."""

from __future__ import annotations

import difflib
import hashlib
import re

from collation.edition.edit import Edition
from collation.edition.part_editions import PartEdition, by_file
from collation.errors import BadRuling, Message

_QUOTED = re.compile(r'[\x00-\x1f\x7f"\\]')
_ESCAPES = {
    "\a": "\\a",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\v": "\\v",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
_NO_END = b"\n\\ No newline at end of file\n"


def encoded(edition: Edition) -> bytes:
    """The edition of a document of one file, as ``encoded_part``."""
    (part,) = by_file(edition)
    return encoded_part(edition, part)


def encoded_part(edition: Edition, part: PartEdition) -> bytes:
    """The edition of a file in its encoding, byte for byte the same outside the changed places.

    Raises BadRuling, with the line, when a reading cannot be written in it; nothing is ever written as "?". Of a file
    that is no plain text, the text in UTF-8.
    """
    if not part.is_text:
        return part.after.encode("utf-8", "surrogatepass")
    _check_witness(part)
    for piece in part.printed:
        try:
            piece.text.encode(part.encoding)
        except UnicodeEncodeError as error:
            raise BadRuling(
                Message(
                    "reading-unwritable",
                    reading=piece.reading or piece.text,
                    encoding=part.encoding,
                    letter=piece.text[error.start : error.end],
                ),
                path=part.label,
                line=edition.source.line(piece.place.start),
            ) from None
    return part.after.encode(part.encoding)


def _check_witness(part: PartEdition) -> None:
    try:
        data = part.before.encode(part.encoding)
    except UnicodeEncodeError:
        data = b""
    if hashlib.sha256(data).hexdigest() != part.digest:
        raise BadRuling(
            Message("not-byte-for-byte", encoding=part.encoding),
            path=part.label,
        )


def patch(edition: Edition, *, old: str, new: str) -> bytes:
    """The difference of a document of one file, as ``patch_part``."""
    (part,) = by_file(edition)
    return patch_part(edition, part, old=old, new=new)


def patch_part(edition: Edition, part: PartEdition, *, old: str, new: str) -> bytes:
    """The difference of a file as a unified diff between two names; empty when there is none.

    A name with blanks ends with a tab, by which patch programs see its end; one with controls, quotes or backslashes is
    written as git writes it.
    """
    before, after = part.before.encode(part.encoding), encoded_part(edition, part)
    first, second = (f"{_named(name)}\t".encode() if " " in name else _named(name).encode() for name in (old, new))
    lines = difflib.diff_bytes(difflib.unified_diff, _lines(before), _lines(after), first, second, lineterm=b"\n")
    return b"".join(line if line.endswith(b"\n") else line + _NO_END for line in lines)


def _named(name: str) -> str:
    """A name as it is in a patch: with any of these signs it is quoted as a string of C, else it would end its line."""
    quoted = _QUOTED.sub(lambda found: _ESCAPES.get(found[0]) or f"\\{ord(found[0]):03o}", name)
    return name if quoted == name else f'"{quoted}"'


def _lines(data: bytes) -> list[bytes]:
    """Lines as patch programs see them: only a line feed ends one."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + [last for last in data.split(b"\n")[-1:] if last]
