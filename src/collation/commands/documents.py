"""The documents that a command reads by itself, outside of a project's run."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from collation.system.console import say

if TYPE_CHECKING:
    from collation.model import Document
    from collation.settings import Settings


def read_document(path: Path, encoding: str | None) -> Document:
    """A file, or what comes from standard input for a path of “-”. Raises UnreadableInput."""
    from collation.reading import LARGEST, read_data, read_file

    if path == Path("-"):
        return read_data(sys.stdin.buffer.read(LARGEST + 1), path, label="(stdin)", encoding=encoding)
    return read_file(path, encoding=encoding)


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
