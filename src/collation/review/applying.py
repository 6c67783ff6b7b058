"""``collation apply``: the editions of some documents, written into a folder of their own with their lists."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from collation.decisions.history import History
from collation.decisions.placing import Book, book_of, match
from collation.edition.edit import Edition
from collation.edition.edition_writers import edition_writer
from collation.edition.errata_and_notes import LANGS, write_lists
from collation.edition.patch import encoded, patch
from collation.errors import BadRuling, CollationError, Message
from collation.model import Apparatus, Document, Source
from collation.project.configuration import FILES
from collation.system.files import write_whole
from collation.writers.phrases import Lang


def ruled(source: Source, history: History, examine: Callable[[], Apparatus]) -> Book:
    """The rulings on a document. Only one of wide scope needs the document to be examined."""
    state, reviewed = history.state, history.reviewed(source)
    if any(r.scope == "collection" or source.is_named(r.document, r.digest) for r in state.wide):
        return match(examine(), state, reviewed)
    return book_of(source, state, reviewed)


class EditionFolder:
    """A folder being filled with editions. It keeps the names that are taken."""

    def __init__(self, path: Path, *, diff: bool, formats: Sequence[str] = ("text",), lang: Lang = "en") -> None:
        """Raises CollationError when a format needs a library that is not installed."""
        self.path, self.diff, self._lang = path, diff, lang
        self._writers = [edition_writer(name) for name in formats]
        self._taken: set[str] = set()

    def add(self, edition: Edition, read: Document, document: Path) -> tuple[Path, ...]:
        """Write the editions of a document, or its patch, and its lists, each only where there is something in it; the
        paths of what was written, without the lists. Raises CollationError; then nothing of it was written.
        """
        made = self._files(edition, read, document)
        after = hashlib.sha256(encoded(edition)).hexdigest()
        if any(target.resolve() == document.resolve() for target in made):
            raise BadRuling(Message("edition-on-document"), path=document)
        if document.name.casefold() in self._taken:
            raise BadRuling(Message("edition-name-twice"), path=document)
        self._taken.add(document.name.casefold())
        for target, data in made.items():
            _replace(target, data)
        for lang in LANGS if edition.printed or edition.left else ():
            text = write_lists(edition, after=after, lang=lang)
            _replace(self.path / f"{document.stem}.note.{lang}.md", text)
        return tuple(made)

    def _files(self, edition: Edition, read: Document, document: Path) -> dict[Path, str | bytes]:
        """The files of a document by their paths; with ``diff`` its patch stands for the text."""
        made: dict[Path, str | bytes] = {}
        for writer in self._writers:
            if self.diff and not writer.suffix:
                name = in_repository(document)
                target = self.path / f"{document.name}.patch"
                if changed := patch(edition, old=f"a/{name}", new=f"b/{name}"):
                    made[target] = changed
            else:
                name = f"{document.stem}{writer.suffix}" if writer.suffix else document.name
                made[self.path / name] = writer.write(edition, read, lang=self._lang)
        return made


def in_repository(document: Path) -> str:
    """The path of a document as patch programs want it: from the root of its repository, or else of its project."""
    here = document.parent.resolve() / document.name  # a document that is a link stays one, as git has it
    for marks in ((".git",), FILES):
        root = next((f for f in here.parents if any((f / mark).exists() for mark in marks)), None)
        if root is not None:
            return here.relative_to(root).as_posix()
    return here.name


def _replace(path: Path, data: str | bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    try:
        write_whole(path, data, folders=True)
    except OSError as error:
        raise CollationError(Message("edition-unwritable", reason=error.strerror or error), path=path) from error
