"""What a user names on the command line to the files that are meant: files, folders, patterns, "-" for
standard input.

A folder stands for its .txt and .md files at any depth, hidden ones and README files left out. A pattern
is expanded here too, because not every shell does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from collation.errors import UnreadableInput

STANDARD_INPUT = Path("-")
_SUFFIXES = {".txt", ".md"}


def find_inputs(names: Iterable[str], *, without: Path | None = None) -> Iterator[Path | UnreadableInput]:
    """The files meant by the names, each once, in order; an error in place of a name that means none.

    Files inside ``without`` (the folder written to) are left out of folders and patterns.
    """
    seen: set[Path] = set()
    for name in names:
        for found in _expand(name, without):
            if isinstance(found, UnreadableInput):
                yield found
                continue
            key = found if found == STANDARD_INPUT else found.resolve()
            if key not in seen:
                seen.add(key)
                yield found


def _expand(name: str, without: Path | None) -> list[Path | UnreadableInput]:
    path = Path(name)
    if path == STANDARD_INPUT or path.is_file():
        return [path]
    if path.is_dir():
        named = [p for p in sorted(path.rglob("*")) if is_document(p.relative_to(path)) and not _within(p, without)]
        inside = [p if p.is_file() else UnreadableInput("this link leads nowhere", path=p) for p in named if p.is_file() or _leads_nowhere(p)]
        return inside or [UnreadableInput("there is no .txt or .md file in this folder", path=name)]
    if any(c in name for c in "*?["):
        matched = sorted(Path(path.anchor).glob(path.relative_to(path.anchor).as_posix()))
        listed = [p for p in matched if p.is_file() and not _within(p, without)]
        return [*listed] or [UnreadableInput("no file fits this pattern", path=name)]
    return [UnreadableInput("there is no such file or folder", path=name)]


def is_document(path: Path) -> bool:
    """Whether a file found in a folder is taken for a document, by its name."""
    if any(part.startswith(".") for part in path.parts):
        return False
    return path.suffix.lower() in _SUFFIXES and not path.stem.lower().startswith("readme")


def _leads_nowhere(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _within(path: Path, folder: Path | None) -> bool:
    return folder is not None and folder.resolve() in path.resolve().parents
