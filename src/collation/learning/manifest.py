"""The texts that were learned from: where each comes from, whose it is, and whether a folder holds the very same bytes.

usage: python -m collation.learning.manifest TEXTS [--manifest FILE] [--draft]

Checks the folder TEXTS against a manifest (its own ``manifest.tsv`` where it has one, else the one of the shipped files)
and says what is missing, differs or is not listed; exit 1 if anything is. --draft writes a manifest of the folder
to standard output instead, with the digests; source, licence and where to get it are for you to fill in.

A text is used for one thing: ``clean`` (parallel text without errors, in which noise is planted), ``lined`` (two files whose
lines answer each other, the original's name with ``.ru.`` and the translation's with ``.en.``), ``parallel`` (two books of
chapters, named alike), ``gold`` (corrupted documents and their ``gold.jsonl``), ``prose`` (Russian alone, for the language
model).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from collation.errors import CollationError, Message
from collation.system.console import put, say
from collation.system.digest import file_digest

COLUMNS = ("file", "use", "name", "source", "licence", "sha256", "where")
USES = ("clean", "lined", "parallel", "gold", "prose")
TwoSided = Literal["lined", "parallel"]
NAME = "manifest.tsv"
SHIPPED = Path(__file__).parent / NAME
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Text:
    """One file: its path below the folder of texts, what it is used for, and what is known of it."""

    file: str
    use: str
    name: str
    source: str
    licence: str
    sha256: str
    where: str


def read_manifest(path: Path) -> tuple[Text, ...]:
    """The texts of a manifest. Raises CollationError, with path and line, for a row that cannot be right."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CollationError(Message("manifest-unreadable", reason=error), path=path) from error
    rows = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise CollationError(
            Message("manifest-columns", columns=", ".join(COLUMNS)),
            path=path,
            line=rows[0][0] if rows else None,
        )
    found: list[Text] = []
    for number, cells in rows[1:]:
        fault = _fault(cells, {t.file for t in found})
        if fault:
            raise CollationError(fault, path=path, line=number)
        found.append(Text(*cells))
    return tuple(found)


def _fault(cells: list[str], before: Collection[str]) -> Message | None:
    """What cannot be right in a row."""
    if len(cells) != len(COLUMNS):
        return Message("manifest-row", expected=len(COLUMNS), count=len(cells))
    empty = [name for name, cell in zip(COLUMNS, cells, strict=True) if not cell.strip()]
    if empty:
        return Message("manifest-cell-empty", column=empty[0])
    file, use, digest = cells[0], cells[1], cells[5]
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts or "\\" in file:
        return Message("manifest-path-outside", file=file)
    if file in before:
        return Message("manifest-file-twice", file=file)
    if use not in USES:
        return Message("manifest-use-unknown", use=use, uses=", ".join(USES))
    return None if _DIGEST.fullmatch(digest) else Message("not-a-sha256", digest=digest)


def missing_or_different(texts: Sequence[Text], folder: Path) -> list[Message]:
    """A sentence for each text that the folder does not have as the manifest says."""
    found = []
    for text in texts:
        path = folder / text.file
        if not path.is_file():
            found.append(Message("text-missing", file=text.file, name=text.name, where=text.where))
        elif file_digest(path) != text.sha256:
            found.append(Message("text-different", file=text.file, name=text.name, where=text.where))
    return found


def unlisted(texts: Sequence[Text], folder: Path) -> list[Message]:
    """A sentence for each file in the folders of texts that the manifest does not list, and that is not learned from."""
    listed = {text.file for text in texts}
    return [Message("text-unlisted", file=file) for file in _files(folder) if file not in listed]


def _files(folder: Path) -> list[str]:
    """The files in the folders named after the uses, in order."""
    return sorted(p.relative_to(folder).as_posix() for use in USES for p in (folder / use).rglob("*") if p.is_file())


def manifest_of(folder: Path) -> Path:
    """The manifest of a folder: its own where it has one, else that of the shipped files."""
    return folder / NAME if (folder / NAME).is_file() else SHIPPED


def paths(texts: Sequence[Text], folder: Path, use: str) -> list[Path]:
    """The files of a use that are there."""
    return [p for text in texts if text.use == use and (p := folder / text.file).is_file()]


def sides(texts: Sequence[Text], folder: Path, use: TwoSided) -> list[tuple[Path, Path]]:
    """The texts of two files that are there, originals first. Raises CollationError for one without its other side."""
    found = sorted(paths(texts, folder, use))
    titles = Counter(path.with_name(re.sub(r"\.(ru|en)\.", ".", path.name)) for path in found)
    lone = [title for title, count in titles.items() if count != 2]
    if lone:
        raise CollationError(Message("book-one-sided"), path=lone[0])
    marked = [[p for p in found if mark in p.name] for mark in (".ru.", ".en.")]
    return list(zip(*marked, strict=True))


def drafted(folder: Path) -> str:
    """A manifest of the files that a folder has; what only a person knows is “unknown”."""
    rows = [
        Text(
            file, file.split("/")[0], PurePosixPath(file).name, _UNKNOWN, _UNKNOWN, file_digest(folder / file), _UNKNOWN
        )
        for file in _files(folder)
    ]
    lines = ["\t".join(COLUMNS), *("\t".join(getattr(row, column) for column in COLUMNS) for row in rows)]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--manifest", type=Path)
    parser.add_argument("--draft", action="store_true")
    args = parser.parse_args(arguments)
    if args.draft:
        put(drafted(args.texts))
        return 0
    path = args.manifest or manifest_of(args.texts)
    try:
        texts = read_manifest(path)
    except CollationError as error:
        say(str(error), err=True)
        return 2
    faults = [*missing_or_different(texts, args.texts), *unlisted(texts, args.texts)]
    for fault in faults:
        say(str(fault))
    say(f"{len(texts)} texts are listed in {path.name}; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
