"""The folder of reports: a file for each document and format, and the indexes. Files are whole or not there.

A report may take the place of an earlier report and of nothing else. Whatever else has its name is refused, and above all
a file of a document: it may be the only copy of the original.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from collation.decisions.placing import Book
from collation.errors import CollationError, Message
from collation.model import Apparatus
from collation.system.file_names import portable_name
from collation.system.files import resolved, write_whole
from collation.writers import WriteIndex, Writer, writer_of
from collation.writers.finding_rows import FindingRow, rows_of
from collation.writers.own_report import is_report
from collation.writers.phrases import Lang
from collation.writers.summary import Summary, index_page, summarise

_INDEX = re.compile(r"index(?:\.\d+)?")
_SHEET = "findings"
T = TypeVar("T")


class ReportFolder:
    """A folder being filled. It keeps the lines of its indexes and the names that are taken."""

    def __init__(
        self,
        path: Path,
        formats: Sequence[str],
        lang: Lang,
        *,
        all_changes: bool = False,
        ids: Callable[[str], str] | None = None,
        documents: Iterable[Path] = (),
    ) -> None:
        """Make the folder; ``ids`` gives what the user's catalogue calls a document, ``documents`` are files that no report
        may replace, whatever they look like. Raises CollationError when the folder cannot be made, or a format needs what is
        not installed.
        """
        self.path = path
        self._writers: list[Writer] = [writer_of(name) for name in formats]
        self._lang: Lang = lang
        self._all_changes = all_changes
        self._summaries: list[Summary] = []
        self._ids = ids or (lambda label: "")
        self._rows: list[FindingRow] = []
        self._stems = {_SHEET}
        self._documents = {resolved(document) for document in documents}
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CollationError(Message("folder-unmakable", reason=error.strerror or error), path=path) from error

    def expect(self, labels: Sequence[str]) -> None:
        """Look, before anything is written, whether the reports on documents of these names would replace what is none.
        Raises CollationError for the first that would.
        """
        stems = dict.fromkeys(_stem_of(label) for label in labels)
        for writer in self._writers:
            for stem in stems:
                if not self._is_taken(stem):
                    self._check(stem, writer)
            if writer.sheet and labels:
                self._check(_SHEET, writer)
            if writer.index is not None:
                for page in range(1, len(_parts(labels, writer)) + 1):
                    self._check(index_page(page), writer)

    def add(self, apparatus: Apparatus, book: Book | None = None) -> tuple[Path, ...]:
        """Write the reports of a document, with the rulings on it; the paths of its files. Raises CollationError where one
        of them would replace what is no report; then none is written.
        """
        stem = self._stem(apparatus)
        for writer in self._writers:
            self._check(stem, writer)
        written = []
        for writer in self._writers:
            written.append(self.path / (stem + writer.suffix))
            write = (self._all_changes and writer.write_all) or writer.write
            if writer.sheet:
                content = writer.sheet(self._found(apparatus, book, stem), lang=self._lang)
            else:
                content = write(apparatus, lang=self._lang, book=book)
            write_report_file(written[-1], content)
        if any(writer.sheet for writer in self._writers):
            self._rows += self._found(apparatus, book, stem)
        self._summaries.append(summarise(stem, apparatus, book))
        return tuple(written)

    def _found(self, apparatus: Apparatus, book: Book | None, stem: str) -> tuple[FindingRow, ...]:
        """The findings of a document as rows, with its id and the page of its report."""
        own = self._ids(apparatus.source.label)
        return rows_of(apparatus, lang=self._lang, book=book, own_id=own, page=f"{stem}.html")

    def finish(self) -> None:
        """Write the indexes of what was added, and the sheets with all findings."""
        for writer in self._writers:
            if writer.sheet and self._summaries:
                self._check(_SHEET, writer)
                write_report_file(self.path / (_SHEET + writer.suffix), writer.sheet(self._rows, lang=self._lang))
            if writer.index is not None:
                self._write_index(writer, writer.index)

    def _write_index(self, writer: Writer, index: WriteIndex) -> None:
        """The pages of an index."""
        parts = _parts(self._summaries, writer)
        for page, part in enumerate(parts, 1):
            self._check(index_page(page), writer)
            text = index(part, lang=self._lang, page=page, pages=len(parts))
            write_report_file(self.path / (index_page(page) + writer.suffix), text)

    def _stem(self, apparatus: Apparatus) -> str:
        """The name of a report: the file's, as every system can bear it, with the beginning of the digest where two files have one name."""
        stem = _stem_of(apparatus.source.label)
        if self._is_taken(stem):
            stem = f"{stem}-{apparatus.source.digest[:8]}"
        self._stems.add(stem.casefold())
        return stem

    def _is_taken(self, stem: str) -> bool:
        return stem.casefold() in self._stems or _INDEX.fullmatch(stem.casefold()) is not None

    def _check(self, stem: str, writer: Writer) -> None:
        """Raise CollationError where a file has this name that is a document, or no report of the format. What is no file
        is left to the writing; a link is replaced, and not what it leads to.
        """
        path = self.path / (stem + writer.suffix)
        if resolved(path) in self._documents:
            raise CollationError(Message("report-on-document"), path=path)
        if path.is_file() and not path.is_symlink() and not is_report(path, writer.suffix):
            raise CollationError(Message("report-on-other"), path=path)


def _stem_of(label: str) -> str:
    """What the reports on a document are named after."""
    return portable_name(Path(label.strip("()")).stem)


def _parts(items: Sequence[T], writer: Writer) -> list[Sequence[T]]:
    """The documents on each page of an index."""
    rows = writer.rows or len(items)
    return [items[i : i + rows] for i in range(0, len(items), rows)] if rows else []


def write_report_file(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises CollationError when it cannot be written."""
    try:
        write_whole(path, content)
    except OSError as error:
        reason = error.strerror or error
        raise CollationError(Message("report-unwritable", reason=reason), path=path) from error
