"""The kinds of files: the one table of them. What a file is, is seen in its content; its name only decides what content
leaves open.

To read another kind: a file beside this one with a reader, and the reader in its line here. Everything that asks which
files are documents (the walk through folders, the start page, the hook, the messages) reads this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from collation.errors import Message, UnreadableInput
from collation.reading.composed import FileText
from collation.reading.content import (
    Content,
    ContentTest,
    has_root,
    has_stream,
    head_matches,
    holds,
    is_anything,
    is_damaged,
    is_hocr,
    is_image,
    is_packed_as,
    look,
    starts,
)
from collation.reading.from_alto import read_alto
from collation.reading.from_bilingual import read_tmx, read_xliff
from collation.reading.from_docx import read_docx
from collation.reading.from_hocr import read_hocr
from collation.reading.from_odt import read_odt
from collation.reading.from_page_xml import read_page_xml
from collation.reading.from_pdf import read_pdf
from collation.reading.from_tei import read_tei
from collation.reading.text import decode_bytes

Reader = Callable[..., FileText]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: the endings of its names, how its content is known, and what reads it or, where nothing does yet,
    what is said: what the file is and what to do.
    """

    name: str
    suffixes: tuple[str, ...]
    fits: ContentTest
    reader: Reader | Message

    @property
    def is_read(self) -> bool:
        return not isinstance(self.reader, Message)


_OPEN = "application/vnd.oasis.opendocument."
_PACKED = (
    b"\x1f\x8b",
    b"\xfd7zXZ\0",
    *(b"BZh%d1AY&SY" % n for n in range(1, 10)),
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
)
_IMAGES = (
    ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif", ".jp2", ".j2k", ".bmp", ".webp", ".heic", ".heif", ".avif",
)  # fmt: skip
_XLIFF = (".xlf", ".xliff", ".sdlxliff", ".mqxliff")
TEXT = FileKind("text", (".txt", ".md"), is_anything, decode_bytes)
KINDS: tuple[FileKind, ...] = (
    FileKind("pdf", (".pdf",), head_matches("%PDF-"), read_pdf),
    FileKind("djvu", (".djvu", ".djv"), starts(b"AT&TFORM"), Message("kind-djvu")),
    FileKind("image", _IMAGES, is_image, Message("kind-image")),
    FileKind("docx", (".docx", ".docm", ".dotx"), holds("word/document.xml"), read_docx),
    FileKind("xlsx", (".xlsx", ".xlsm"), holds("xl/workbook.xml"), Message("kind-sheet")),
    FileKind("pptx", (".pptx", ".pptm", ".odp"), holds("ppt/presentation.xml"), Message("kind-slides")),
    FileKind("ods", (".ods",), is_packed_as(_OPEN + "spreadsheet"), Message("kind-sheet")),
    FileKind("odt", (".odt", ".ott"), is_packed_as(_OPEN + "text"), read_odt),
    FileKind("epub", (".epub",), holds("META-INF/container.xml"), Message("kind-epub")),
    FileKind("odt, packed anew", (), holds("META-INF/manifest.xml", "content.xml"), read_odt),
    FileKind("zip, damaged", (), is_damaged, Message("kind-zip-damaged")),
    FileKind("zip", (".zip",), starts(b"PK\x03\x04", b"PK\x05\x06"), Message("kind-archive")),
    FileKind("archive", (".gz", ".tgz", ".xz", ".bz2", ".7z", ".rar"), starts(*_PACKED), Message("kind-archive")),
    FileKind("doc", (".doc", ".dot"), has_stream("WordDocument"), Message("kind-doc")),
    FileKind("xls", (".xls",), has_stream("Workbook", "Book"), Message("kind-sheet")),
    FileKind("ppt", (".ppt",), has_stream("PowerPoint Document"), Message("kind-slides")),
    FileKind("protected", (), has_stream(), Message("kind-protected")),
    FileKind("rtf", (".rtf",), head_matches(r"\{\\rtf"), Message("kind-rtf")),
    FileKind("hocr", (".hocr",), is_hocr, read_hocr),
    FileKind("alto", (".alto",), has_root("alto"), read_alto),
    FileKind("page", (), has_root("pcgts"), read_page_xml),
    FileKind("tei", (".tei",), has_root("tei", "teicorpus", "tei.2"), read_tei),
    FileKind("xliff", _XLIFF, has_root("xliff"), read_xliff),
    FileKind("tmx", (".tmx",), has_root("tmx"), read_tmx),
    FileKind("fb2", (".fb2",), has_root("fictionbook"), Message("kind-fb2")),
    FileKind("html", (".html", ".htm", ".xhtml"), has_root("html"), Message("kind-html")),
    FileKind("html, bare", (), head_matches("<!doctype html"), Message("kind-html")),
    FileKind("xml", (".xml",), head_matches(r"<\?xml\s"), Message("kind-xml")),
    TEXT,
)  # the first that fits
SUFFIXES: tuple[str, ...] = tuple(suffix for kind in KINDS if kind.is_read for suffix in kind.suffixes)
"""The endings of the names of files that are taken for documents in a folder."""


def kind_of(content: Content, suffix: str) -> FileKind:
    """What a file is: by its content, or by the ending of its name where it is a text with a root that no kind knows."""
    found = next(kind for kind in KINDS if kind.fits(content))
    return kind_named(suffix) or found if found is TEXT and content.root else found


def kind_named(suffix: str) -> FileKind | None:
    """The kind whose names end so, capitals or not."""
    return next((kind for kind in KINDS if suffix.lower() in kind.suffixes), None)


def reader_of(data: bytes, path: PurePath, *, label: str) -> Reader:
    """What reads a file with these bytes and this name. Raises UnreadableInput, with what to do, where nothing does."""
    return _checked(kind_of(look(data), path.suffix), label)


def check_named(path: PurePath, *, label: str) -> None:
    """Raise UnreadableInput, with what to do, for what is no text and has the name of another kind."""
    named = kind_named(path.suffix)
    if named and named is not TEXT:
        _checked(named, label)
        raise UnreadableInput(Message("kind-not-as-named", suffix=path.suffix), path=label)


def _checked(kind: FileKind, label: str) -> Reader:
    if isinstance(kind.reader, Message):
        raise UnreadableInput(kind.reader, path=label)
    return kind.reader


def suffixes_listed() -> Message:
    """The endings that are read, for a sentence: ".txt or .md"."""
    return Message("either", one=", ".join(SUFFIXES[:-1]), other=SUFFIXES[-1])
