"""The documents that a command reads by itself, outside of a project's run."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from collation.errors import CollationError, Message
from collation.system.console import say
from collation.system.files import resolved, write_whole
from collation.system.workers import Settled

if TYPE_CHECKING:
    from collation.model import Document, Unexamined
    from collation.reading import DocumentBytes
    from collation.reading.part_files import Groups, PartFile
    from collation.settings import Settings


def read_document(path: Path, encoding: str | None, groups: Groups | None = None) -> Document:
    """The document that a file stands for; “-” is what comes from standard input. Raises UnreadableInput."""
    return read_with_pages(path, encoding, groups)[0]


def read_with_pages(
    path: Path, encoding: str | None, groups: Groups | None = None
) -> tuple[Document, tuple[Unexamined, ...]]:
    """The same, and what is to be told of images of its pages that were not looked at."""
    from collation.project.opening import page_cache
    from collation.reading import read_payload
    from collation.reading.inputs import groups_among

    item = read_input(path, groups_among(groups, [path])[0] if groups else None)
    pages, told = page_cache().seen(item.pages)
    return replace(read_payload(item, encoding=encoding), pages=pages), told


def read_input(path: Path, groups: Groups | None = None) -> DocumentBytes:
    """The bytes of the files of a document, or of standard input for a path of “-”. Raises UnreadableInput."""
    from collation.reading import LARGEST, bytes_of, packed_up
    from collation.reading.part_files import Groups

    files = (groups or Groups()).of(path)
    standard = Path("-")

    def label(path: Path) -> str:
        if path == standard:
            return "(stdin)"
        here = Path.cwd()  # the paths of a table are absolute, and are said as a user would write them
        return (path.relative_to(here) if files.name and path.is_relative_to(here) else path).as_posix()

    data = [
        sys.stdin.buffer.read(LARGEST + 1) if path == standard else bytes_of(path, label=label(path))
        for path in files.all_paths
    ]
    return packed_up(files, data, label, groups=groups)


def read_inputs(paths: Iterable[Path], groups: Groups) -> Iterator[DocumentBytes | Settled[CollationError]]:
    """Each document with its bytes; for one that cannot be read the error, which is settled."""
    for path in paths:
        try:
            yield read_input(path, groups)
        except CollationError as error:
            yield Settled(error)


def groups_for(
    names: Sequence[str],
    translation: Path | None = None,
    witnesses: tuple[PartFile, ...] = (),
    pages: Path | None = None,
) -> Groups:
    """Which files are one document: as the nearest project file above the first name says, or as named."""
    from collation.project.configuration import find_project
    from collation.reading.part_files import Groups

    first = Path(names[0]) if names else Path.cwd()
    start = first if first.is_dir() else first.parent if first.is_file() else Path.cwd()
    return Groups(find_project(start).documents, translation, witnesses, pages)


def files_of(paths: Iterable[Path], groups: Groups) -> Iterator[Path]:
    """The files that nothing may be written over: those of some documents, also of one that cannot be read, and those of every
    document that a project puts together.
    """
    from collation.reading.inputs import STANDARD_INPUT

    for path in paths:
        if path != STANDARD_INPUT:
            yield path
            with suppress(CollationError):
                yield from groups.of(path).all_paths
    for document in groups.tables:
        yield from document.all_paths


def check_out(out: Path | None, paths: Iterable[Path], groups: Groups) -> None:
    """Raise BadParameter where the file to be written is one of the documents."""
    if out is not None and resolved(out) in {resolved(path) for path in files_of(paths, groups)}:
        raise typer.BadParameter("that is one of the documents; name another file", param_hint="--out")


def settings_for(path: Path) -> Settings:
    """What the nearest project file above a document sets, and the words listed for it, as for every other command."""
    from collation.project.configuration import find_project
    from collation.project.word_list import WordLists
    from collation.reading.inputs import STANDARD_INPUT

    settings = find_project(Path.cwd() if path == STANDARD_INPUT else path.parent).settings
    return replace(settings, words=WordLists().for_document(path))


def write_file(path: Path, text: str) -> None:
    """Write a text into a file, whole or not at all. Raises CollationError when it cannot be."""
    try:
        write_whole(path, text, folders=True)
    except OSError as error:
        raise CollationError(Message("file-unwritable", reason=error.strerror or error), path=path) from error


def put_text(text: str) -> None:
    """Print a text that ends its own lines."""
    say(text, nl=False)
