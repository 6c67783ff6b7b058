"""``collation apply``: the editions of some documents, written into a folder of their own with their lists.

The page of the review saves what is made here too, so that both carry out the same rulings in the same way.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from collation.decisions.history import History
from collation.decisions.placing import Book, book_of, match
from collation.edition.edit import Edition, edit
from collation.edition.edition_writers import EditionWriter, edition_writer
from collation.edition.errata_and_notes import LANGS, write_lists
from collation.edition.part_editions import PartEdition, by_file
from collation.edition.patch import encoded_part, patch_part
from collation.edition.styles import Style
from collation.errors import BadRuling, Message
from collation.model import Apparatus, Document, Source
from collation.project.configuration import FILES
from collation.project.run import DocumentRun
from collation.reading import DocumentFiles, bytes_of
from collation.review.edition_record import EditionRecord
from collation.writers.phrases import Lang


def ruled(source: Source, history: History, examine: Callable[[], Apparatus]) -> Book:
    """The rulings on a document. Only one of wide scope needs the document to be examined."""
    state, reviewed = history.state, history.reviewed(source)
    if any(r.scope == "collection" or source.is_named(r.document, r.digest) for r in state.wide):
        return match(examine(), state, reviewed)
    return book_of(source, state, reviewed)


@dataclass(frozen=True, slots=True)
class ReadEdition:
    """An edition with the document as it was read for it, and its files."""

    edition: Edition
    read: Document
    files: DocumentFiles


def make_edition(
    run: DocumentRun, path: Path, history: History, *, style: Style, examine: Callable[[], Apparatus]
) -> ReadEdition:
    """The rulings on a document carried out on its text as it is now. Raises CollationError."""
    read = run.read(path)
    source = run.identities.identify(read.file, history)
    others = tuple((other.siglum, other.source.label) for other in read.others)
    edition = replace(edit(source, ruled(source, history, examine), style=style), witnesses=others)
    return ReadEdition(edition, read, run.groups.of(path))


class EditionFolder:
    """A folder being filled with editions. It keeps the names that are taken, and replaces only what was written there before
    and left as it was. To be used in a ``with`` statement, at whose end it records what it has written.
    """

    def __init__(self, path: Path, *, diff: bool, formats: Sequence[str] = ("text",), lang: Lang = "en") -> None:
        """Raises CollationError when a format needs a library that is not installed, and when the folder cannot be read."""
        self.path, self.diff, self._lang = path, diff, lang
        self._record = EditionRecord.of(path)
        self._writers = [edition_writer(name) for name in formats]
        self._taken: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._record.keep()

    def add(self, edition: Edition, read: Document, files: DocumentFiles) -> tuple[Path, ...]:
        """Write the editions of a document, or its patches, and its lists, each only where there is something in it; the
        paths of what was written, without the lists. Raises CollationError; then nothing of it was written. As text each
        file of the document is written apart, and one that is no plain text as its text, under its name and ".txt".
        """
        parts = by_file(edition)
        documents = {part.path.resolve() for part in files.parts}
        made = self._files(edition, read, files, parts)
        if any(target.resolve() in documents for target in made):
            raise BadRuling(Message("edition-on-document"), path=files.path)
        names = {target.name.casefold() for target in made}
        if names & self._taken:
            raise BadRuling(Message("edition-name-twice"), path=files.path)
        after = [hashlib.sha256(encoded_part(edition, part)).hexdigest() for part in parts]
        written = dict(made)
        for lang in LANGS if edition.printed or edition.left else ():
            text = write_lists(edition, after=" + ".join(after), lang=lang)
            written[self.path / f"{files.path.stem}.note.{lang}.md"] = text
        as_bytes = {
            target.name: data if isinstance(data, bytes) else data.encode("utf-8") for target, data in written.items()
        }
        self._record.demand_own(as_bytes, document=files.path)
        self._taken |= names
        self._record.write(as_bytes)
        return tuple(made)

    def _files(
        self, edition: Edition, read: Document, files: DocumentFiles, parts: Sequence[PartEdition]
    ) -> dict[Path, str | bytes]:
        """The files to be written by their paths; with ``diff`` patches stand for the text."""
        made: dict[Path, str | bytes] = {}
        for writer in self._writers:
            if writer.write_file is not None:
                made |= self._as_its_kind(writer, edition, files)
            elif writer.suffix:
                made[self.path / f"{files.path.stem}{writer.suffix}"] = writer.write(edition, read, lang=self._lang)
            else:
                for part, file, name in zip(parts, files.parts, _names_of(files), strict=True):
                    target, data = self._as_text(edition, part, file.path, name)
                    if data or not self.diff:
                        made[target] = data
        return made

    def _as_its_kind(self, writer: EditionWriter, edition: Edition, files: DocumentFiles) -> dict[Path, str | bytes]:
        """The files of a document that a format is for. Raises BadRuling when there are none."""
        made: dict[Path, str | bytes] = {}
        for part, file, name in zip(edition.source.parts, files.parts, _names_of(files), strict=False):
            if writer.write_file is not None and part.kind in writer.kinds:
                data = bytes_of(file.path, label=part.label)
                made[self.path / name] = writer.write_file(edition, part, data)
        if not made:
            raise BadRuling(Message("engine-file-none"), path=files.path)
        return made

    def _as_text(self, edition: Edition, part: PartEdition, document: Path, name: str) -> tuple[Path, bytes]:
        """What is written of a file as text, and where; ``name`` is that of its edition."""
        more = "" if part.is_text else ".txt"
        name = f"{name}{more}"
        if not self.diff:
            return self.path / name, encoded_part(edition, part)
        within = in_repository(document.with_name(f"{document.name}{more}"))
        return self.path / f"{name}.patch", patch_part(edition, part, old=f"a/{within}", new=f"b/{within}")


def _names_of(files: DocumentFiles) -> list[str]:
    """The names of the editions of a document's files: their own, with the role where two of them have the same, so that
    they are read as one document again: "17.original.txt", "17.translation.txt"; of pages, with their number too.
    """
    names = Counter(part.path.name.casefold() for part in files.parts)
    found: list[str] = []
    for number, part in enumerate(files.parts, 1):
        name = part.path.name
        if names[name.casefold()] > 1:
            alike = [p for p in files.parts if p.role == part.role and p.path.name.casefold() == name.casefold()]
            more = f".{number}" if len(alike) > 1 else ""
            name = f"{part.path.stem}.{part.role}{more}{part.path.suffix}"
        found.append(name)
    return found


def in_repository(document: Path) -> str:
    """The path of a document as patch programs want it: from the root of its repository, or else of its project."""
    here = document.parent.resolve() / document.name  # a document that is a link stays one, as git has it
    for marks in ((".git",), FILES):
        root = next((f for f in here.parents if any((f / mark).exists() for mark in marks)), None)
        if root is not None:
            return here.relative_to(root).as_posix()
    return here.name
