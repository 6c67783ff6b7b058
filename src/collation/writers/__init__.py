"""Apparatus to text, or to the bytes of an office format: one file and one line a format.

Writers are pure functions and compute nothing new. One that needs a library which not everybody installs is imported
when it writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from collation.decisions.placing import Book
from collation.errors.extras import need_extra
from collation.model import Apparatus
from collation.writers.as_html import write_html, write_index
from collation.writers.as_json import read_json, write_json
from collation.writers.as_markdown import write_markdown, write_markdown_index
from collation.writers.as_sheet import csv_of, write_csv, write_xlsx, xlsx_of
from collation.writers.finding_rows import FindingRow
from collation.writers.phrases import Lang
from collation.writers.summary import Summary, summarise


def _tei(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str:
    from collation.writers.tei.as_tei import write_tei

    return write_tei(apparatus, lang=lang, book=book)


def _tei_choice(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str:
    from collation.writers.tei.as_tei import write_tei_choice

    return write_tei_choice(apparatus, lang=lang, book=book)


class _Write(Protocol):
    def __call__(self, apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str | bytes: ...


class _WriteSheet(Protocol):
    def __call__(self, rows: Sequence[FindingRow], *, lang: Lang = "en") -> str | bytes: ...


class WriteIndex(Protocol):
    def __call__(
        self, summaries: Sequence[Summary], *, lang: Lang = "en", page: int = 1, pages: int = 1
    ) -> str | bytes: ...


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: the suffix of its files, and the functions that write one apparatus and an index of many.

    ``write_all`` proposes every reading as a change of the text, in a format that has changes. ``libraries`` are modules
    that it needs and that only the extra ``extra`` installs. ``sheet`` writes rows of findings, of one document or of a
    whole run. ``rows`` are the documents on one page of its index, 0 all.
    """

    suffix: str
    write: _Write
    index: WriteIndex | None = None
    libraries: tuple[str, ...] = ()
    extra: str = "office"
    write_all: _Write | None = None
    sheet: _WriteSheet | None = None
    rows: int = 0


def _write_docx(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> bytes:
    from collation.writers.as_docx import write_docx

    return write_docx(apparatus, lang=lang, book=book)


def _write_docx_all(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> bytes:
    from collation.writers.as_docx import write_docx

    return write_docx(apparatus, lang=lang, book=book, changes="all")


WRITERS: dict[str, Writer] = {
    "html": Writer(".html", write_html, write_index, rows=1_000),
    "md": Writer(".md", write_markdown, write_markdown_index),
    "json": Writer(".json", write_json),
    "docx": Writer(".docx", _write_docx, libraries=("docx",), write_all=_write_docx_all),
    "tei": Writer(".tei.xml", _tei),
    "tei-choice": Writer(".choice.xml", _tei_choice),
    "csv": Writer(".csv", write_csv, sheet=csv_of),
    "xlsx": Writer(".xlsx", write_xlsx, sheet=xlsx_of, libraries=("openpyxl",)),
}


def writer_of(name: str) -> Writer:
    """The writer of a format of the list. Raises CollationError, with what to install, when a library is missing."""
    found = WRITERS[name]
    need_extra(found.extra, found.libraries, form=name)
    return found


__all__ = [
    "WRITERS",
    "Lang",
    "Summary",
    "Writer",
    "read_json",
    "summarise",
    "write_html",
    "write_json",
    "write_markdown",
    "writer_of",
]
