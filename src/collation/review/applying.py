"""``collation apply``: the editions of some documents, written into a folder of their own with their lists."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from collation.decisions.history import History
from collation.decisions.placing import Book, book_of, match
from collation.edition.edit import Edition
from collation.edition.errata_and_notes import LANGS, write_lists
from collation.edition.patch import encoded, patch
from collation.errors import BadRuling, CollationError, Message
from collation.model import Apparatus, Source
from collation.project.configuration import FILES
from collation.system.files import write_whole


def ruled(source: Source, history: History, examine: Callable[[], Apparatus]) -> Book:
    """The rulings on a document. Only one of wide scope needs the document to be examined."""
    state, reviewed = history.state, history.reviewed(source)
    if any(r.scope == "collection" or source.is_named(r.document, r.digest) for r in state.wide):
        return match(examine(), state, reviewed)
    return book_of(source, state, reviewed)


class EditionFolder:
    """A folder being filled with editions. It keeps the names that are taken."""

    def __init__(self, path: Path, *, diff: bool) -> None:
        self.path, self.diff = path, diff
        self._taken: set[str] = set()

    def add(self, edition: Edition, document: Path) -> Path:
        """Write an edition, or its patch, and its lists. Raises CollationError; then nothing of it was
        written.
        """
        data = encoded(edition)
        name = in_repository(document)
        made = patch(edition, old=f"a/{name}", new=f"b/{name}") if self.diff else data
        target = self.path / (f"{document.name}.patch" if self.diff else document.name)
        if target.resolve() == document.resolve():
            raise BadRuling(Message("edition-on-document"), path=document)
        if document.name.casefold() in self._taken:
            raise BadRuling(Message("edition-name-twice"), path=document)
        self._taken.add(document.name.casefold())
        _replace(target, made)
        for lang in LANGS:
            text = write_lists(edition, after=hashlib.sha256(data).hexdigest(), lang=lang)
            _replace(self.path / f"{document.stem}.note.{lang}.markdown", text.encode())
        return target


def in_repository(document: Path) -> str:
    """The path of a document as patch programs want it: from the root of its repository, or else of its project."""
    here = document.parent.resolve() / document.name  # a document that is a link stays one, as git has it
    for marks in ((".git",), FILES):
        root = next((f for f in here.parents if any((f / mark).exists() for mark in marks)), None)
        if root is not None:
            return here.relative_to(root).as_posix()
    return here.name


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    try:
        write_whole(path, data, folders=True)
    except OSError as error:
        raise CollationError(Message("edition-unwritable", reason=error.strerror or error), path=path) from error
