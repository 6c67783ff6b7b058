"""The documents that a command reads by itself, outside of a project's run."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from collation.errors import CollationError
from collation.system.console import say
from collation.system.workers import Settled

if TYPE_CHECKING:
    from collation.model import Document
    from collation.settings import Settings


def read_document(path: Path, encoding: str | None) -> Document:
    """A file, or what comes from standard input for a path of “-”. Raises UnreadableInput."""
    from collation.reading import read_data

    data, label = read_input(path)
    return read_data(data, path, label=label, encoding=encoding)


def read_input(path: Path) -> tuple[bytes, str]:
    """The bytes of a file, or of standard input for a path of “-”, and what reports call it. Raises UnreadableInput."""
    from collation.reading import LARGEST, bytes_of

    if path == Path("-"):
        return sys.stdin.buffer.read(LARGEST + 1), "(stdin)"
    return bytes_of(path, label=path.as_posix()), path.as_posix()


def read_inputs(paths: Iterable[Path]) -> Iterator[tuple[Path, bytes, str] | Settled[CollationError]]:
    """Each file with its bytes and what reports call it; for one that cannot be read the error, which is settled."""
    for path in paths:
        try:
            yield path, *read_input(path)
        except CollationError as error:
            yield Settled(error)


def settings_for(path: Path) -> Settings:
    """What the nearest project file above a document sets, and the words listed for it, as for every other command."""
    from collation.project.configuration import find_project
    from collation.project.word_list import WordLists
    from collation.reading.inputs import STANDARD_INPUT

    settings = find_project(Path.cwd() if path == STANDARD_INPUT else path.parent).settings
    return replace(settings, words=WordLists().for_document(path))


def put_text(text: str) -> None:
    """Print a text that ends its own lines."""
    say(text, nl=False)
