"""The folder of reports: a file for each document and format, and the indexes. Files are whole or not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from collation.decisions.placing import Book
from collation.errors import CollationError, Message
from collation.model import Apparatus
from collation.system.file_names import portable_name
from collation.system.files import write_whole
from collation.writers import WriteIndex, Writer, writer_of
from collation.writers.finding_rows import FindingRow, rows_of
from collation.writers.phrases import Lang
from collation.writers.summary import Summary, index_page, summarise

_INDEX = re.compile(r"index(?:\.\d+)?")


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
    ) -> None:
        """Make the folder; ``ids`` gives what the user's catalogue calls a document. Raises CollationError when that is
        impossible, or a format needs what is not installed.
        """
        self.path = path
        self._writers: list[Writer] = [writer_of(name) for name in formats]
        self._lang: Lang = lang
        self._all_changes = all_changes
        self._summaries: list[Summary] = []
        self._ids = ids or (lambda label: "")
        self._rows: list[FindingRow] = []
        self._stems = {"findings"}
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CollationError(Message("folder-unmakable", reason=error.strerror or error), path=path) from error

    def add(self, apparatus: Apparatus, book: Book | None = None) -> tuple[Path, ...]:
        """Write the reports of a document, with the rulings on it; the paths of its files."""
        stem = self._stem(apparatus)
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
                write_report_file(self.path / ("findings" + writer.suffix), writer.sheet(self._rows, lang=self._lang))
            if writer.index is not None:
                self._write_index(writer, writer.index)

    def _write_index(self, writer: Writer, index: WriteIndex) -> None:
        """The pages of an index."""
        rows = writer.rows or len(self._summaries)
        parts = [self._summaries[i : i + rows] for i in range(0, len(self._summaries), rows)] if rows else []
        for page, part in enumerate(parts, 1):
            assert writer.index is not None
            text = writer.index(part, lang=self._lang, page=page, pages=len(parts))
            write_report_file(self.path / (index_page(page) + writer.suffix), text)

    def _stem(self, apparatus: Apparatus) -> str:
        """The name of a report: the file's, as every system can bear it, with the beginning of the digest where two files have one name."""
        stem = portable_name(Path(apparatus.source.label.strip("()")).stem)
        if stem.casefold() in self._stems or _INDEX.fullmatch(stem.casefold()):
            stem = f"{stem}-{apparatus.source.digest[:8]}"
        self._stems.add(stem.casefold())
        return stem


def write_report_file(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises CollationError when it cannot be written."""
    try:
        write_whole(path, content)
    except OSError as error:
        reason = error.strerror or error
        raise CollationError(Message("report-unwritable", reason=reason), path=path) from error
