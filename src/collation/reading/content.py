"""What a file is, by its bytes: the sign it begins with, the root of its XML, the names of what is packed in it.

Nothing is unpacked and no XML is parsed, only the first 64 KB are looked at for a root: a bomb of a ZIP or of entities
costs what its first bytes cost, and no entity, no address in a file is ever followed. Of a ZIP only the directory at
its end is read, when it is of a size that documents have.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

ENDS = 2_000_000
"""Bytes of the start and of the end of a file that are enough to see what it is."""
_HEAD = 65_536
_LARGEST_DIRECTORY = 1_000_000  # bytes: some ten thousand members, and a document has some hundred
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_END_OF_ZIP, _ZIP64, _COMMENT = b"PK\x05\x06", b"PK\x06\x07", 65_557
_IMAGES = (
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"GIF87a", b"GIF89a",
    b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51",
)  # fmt: skip
_MARKS = ((b"\xef\xbb\xbf", "latin-1"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ROOT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([a-z][\w.-]*)[\s/>]", re.S | re.I
)


@dataclass(frozen=True, slots=True)
class Content:
    """The first characters of a file (of which only ASCII letters are sure), the name of the root element in small
    letters, and the names of the members of a ZIP; empty where there is none. A ``damaged`` ZIP cannot be listed.
    """

    data: bytes
    head: str
    root: str
    members: frozenset[str]
    damaged: bool


ContentTest = Callable[[Content], bool]


def look(data: bytes) -> Content:
    """What is seen of the bytes of a file, or of its two ends joined."""
    members = _members(data) if data.startswith(_ZIP) else frozenset[str]()
    head = _decoded(data[:_HEAD])
    found = _ROOT.match(head)
    return Content(data, head, found[1].lower() if found else "", members or frozenset(), members is None)


def starts(*signs: bytes) -> ContentTest:
    """Whether a file begins with one of some signs."""
    return lambda content: content.data.startswith(signs)


def head_matches(pattern: str) -> ContentTest:
    """Whether a file begins, blanks aside, as a pattern says; ASCII letters in either case."""
    compiled = re.compile(r"\s*+" + pattern, re.S | re.I)
    return lambda content: compiled.match(content.head) is not None


def has_root(*names: str) -> ContentTest:
    """Whether the root element has one of some names, in small letters."""
    return lambda content: content.root in names


def holds(*members: str) -> ContentTest:
    """Whether a ZIP has all these members."""
    return lambda content: content.members.issuperset(members)


def is_packed_as(*types: str) -> ContentTest:
    """Whether a ZIP begins with one of these media types, as OpenDocument and EPUB want it: first, and not packed."""
    signs = tuple(b"mimetype" + name.encode() for name in types)
    return lambda content: content.data.startswith(_ZIP) and content.data[30:200].startswith(signs)


def has_stream(*names: str) -> ContentTest:
    """Whether a file in the form of Word before 2007 has a stream of one of these names, or any if none is given."""
    coded = [name.encode("utf-16-le") for name in names]
    return lambda content: (
        content.data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        and (not coded or any(name in content.data for name in coded))
    )


def is_image(content: Content) -> bool:
    """Whether a file begins as images do, some of them with the size of the file before the sign."""
    data = content.data
    return (
        data.startswith(_IMAGES)
        or (data.startswith(b"BM") and data[6:10] == bytes(4))
        or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
        or (data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"heif", b"mif1", b"avif"))
    )


def is_hocr(content: Content) -> bool:
    """Whether a web page is the output of an OCR program."""
    return content.root == "html" and ("ocr_page" in content.head or "ocr-system" in content.head)


def is_damaged(content: Content) -> bool:
    """Whether a ZIP has no directory, or one that cannot be read."""
    return content.damaged


def is_anything(content: Content) -> bool:
    """True: the reader of texts refuses what is none."""
    return True


def _members(data: bytes) -> frozenset[str] | None:
    """The names in the directory of a ZIP: none of a directory too large to be a document's, None when it is damaged."""
    at = data.rfind(_END_OF_ZIP, max(0, len(data) - _COMMENT))
    if at < 0 or len(data) < at + 22:
        return None
    if data[at - 20 : at - 16] == _ZIP64 or int.from_bytes(data[at + 12 : at + 16], "little") > _LARGEST_DIRECTORY:
        return frozenset()
    try:
        return frozenset(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        return None


def _decoded(head: bytes) -> str:
    for mark, encoding in (*_MARKS, (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if head.startswith(mark):
            return head.decode(encoding, "replace").removeprefix("\ufeff").removeprefix("ï»¿")
    return head.decode("latin-1")
