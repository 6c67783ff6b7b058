"""What a user names on the command line to the files that are meant: files, folders, patterns, "-" for
standard input.

A folder stands for the files in it, at any depth, whose kind is read (``kinds.SUFFIXES``); hidden ones, README files, Word
and TEI files that this program wrote, and the lists of its editions are left out. A pattern is expanded here too, because
not every shell does it. What is no file, cannot be entered or has a name that cannot be written down is reported, once, and
the others are found.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from collation.errors import CollationError, Message, UnreadableInput
from collation.reading.kinds import SUFFIXES, suffixes_listed
from collation.reading.page_files import is_page_of_text
from collation.reading.part_files import Groups
from collation.system.files import kind_of, read_ends, read_regular, resolved
from collation.system.untrusted import NotRead, open_package

STANDARD_INPUT = Path("-")
_PROPERTIES = "docProps/core.xml"  # of a Word file
_APPLICATION, _HEADER = b'<application ident="collation"', 100_000  # of a TEI file, and the bytes in which it is
_LISTS, _DIGEST = (".note.en.md", ".note.ru.md"), b"SHA-256 "  # of the lists of an edition
_NAMED = 5  # files that a message names
_LARGEST_REPORT, _LARGEST_PROPERTIES = 16_000_000, 100_000  # bytes
WORD_LIST = "words.txt"
"""The usual name of the word list of a project."""
Found = Path | UnreadableInput


def find_inputs(names: Iterable[str], *, without: Path | None = None, groups: Groups | None = None) -> Iterator[Found]:
    """The documents meant by the names, each once and by its first file, in order; an error in place of a name that
    means none.

    Files inside ``without`` (the folder written to) are left out of folders and patterns, and where that leaves none, it is
    told. ``groups`` says which files are one document; an original that its table names in a folder is found there though it
    is gone. A translation or a witness that was named goes with one document only, and is none by itself.
    """
    known = groups or Groups()
    names = list(names)
    found = known.first_files([*_files(names, without, known.pages), *_declared_and_gone(names, known)])
    documents = [item for item in found if isinstance(item, Path)]
    if len(documents) > 1 and known.translation is not None:
        yield UnreadableInput(Message("translation-of-one", count=len(documents)), path=known.translation)
        return
    if len(documents) > 1 and known.witnesses:
        yield UnreadableInput(Message("witness-of-one", count=len(documents)), path=known.witnesses[0].path)
        return
    if len(documents) > 1 and known.pages is not None and known.pages.is_file():
        yield UnreadableInput(Message("pages-of-one", count=len(documents)), path=known.pages)
        return
    yield from found


def groups_among(groups: Groups, documents: Sequence[Path]) -> tuple[Groups, list[CollationError]]:
    """How files belong together where these documents are examined together, and what is to be told of their pages in a folder
    that was named: images of no document, documents without images. Raises UnreadableInput where the folder is there and none of
    the documents has an image in it.
    """
    known, folder = replace(groups, among=tuple(documents)), groups.pages
    if folder is None or not documents or not folder.is_dir():
        return known, []
    without, unclaimed = known.matched.without, known.matched.unclaimed
    example = f"{documents[0].stem}-1.png"
    if len(without) == len(documents):
        if not unclaimed:
            raise UnreadableInput(Message("pages-none"), path=folder)
        names = _first_of(unclaimed)
        raise UnreadableInput(
            Message("pages-unnamed", names=names, count=len(documents), example=example, document=documents[0].name),
            path=folder,
        )
    told = []
    if unclaimed:
        told.append(
            CollationError(Message("pages-unclaimed", count=len(unclaimed), names=_first_of(unclaimed)), path=folder)
        )
    if without:
        names = _first_of(without)
        message = Message("pages-without", count=len(without), all=len(documents), names=names)
        told.append(CollationError(message, path=folder))
    return known, told


def _first_of(paths: Sequence[Path]) -> str:
    """The names of some files, of many the first."""
    return ", ".join(path.name for path in paths[:_NAMED]) + (" …" if len(paths) > _NAMED else "")


def _files(names: Iterable[str], without: Path | None, pages: Path | None) -> Iterator[Found]:
    """The files meant by the names, each once; a PDF found in the folder of the pages is no document."""
    seen: set[Path] = set()
    for name in names:
        for found in _expand(name, without, pages):
            if isinstance(found, UnreadableInput):
                yield found
                continue
            key = found if found == STANDARD_INPUT else resolved(found)
            if key not in seen:
                seen.add(key)
                yield found


def _declared_and_gone(names: Iterable[str], groups: Groups) -> Iterator[Path]:
    """The originals that a table of the project names in these folders and that are not there. No folder lists them any more:
    they are found here, so that whoever reads them says that they are gone.
    """
    folders = []
    for path in map(Path, names):
        with suppress(OSError):  # a name that no file can have is told elsewhere
            folders += [path] if path.is_dir() else []
    for document in groups.tables:
        parts = [part.path for part in document.parts]
        if not os.path.lexists(document.path) and any(_within(part, folder) for part in parts for folder in folders):
            yield document.path


def _expand(name: str, without: Path | None, pages: Path | None) -> list[Found]:
    path = Path(name)
    try:
        if path == STANDARD_INPUT or path.is_file():
            return [path if path == STANDARD_INPUT else _looked_at(path)]
        if path.is_dir():
            if _within(path / "x", without):
                return [UnreadableInput(Message("folder-of-reports"), path=name)]
            return _inside(path, without, pages) or [
                UnreadableInput(Message("folder-without-documents", suffixes=suffixes_listed()), path=name)
            ]
        if any(c in name for c in "*?["):
            matched = sorted(Path(path.anchor).glob(path.relative_to(path.anchor).as_posix()))
            files = [p for p in matched if not p.is_dir()]
            listed = [_looked_at(p) for p in files if not _within(p, without)]
            missing = Message("folder-of-reports" if files else "pattern-without-files")
            return [*listed] or [UnreadableInput(missing, path=name)]
        if os.path.lexists(path):
            return [_looked_at(path)]
    except OSError as error:
        return [UnreadableInput(Message("path-unseen", reason=error.strerror or error), path=name)]
    return [UnreadableInput(Message("path-missing"), path=name)]


def _inside(folder: Path, without: Path | None, pages: Path | None) -> list[Found]:
    """The documents of a folder in the order of their paths, and what could not be entered."""
    found: list[tuple[Path, Found]] = []

    def closed(error: OSError) -> None:
        path = Path(error.filename or folder)
        message = Message("folder-unopenable", reason=error.strerror or error)
        found.append((path, UnreadableInput(message, path=path)))

    if pages is not None and resolved(pages) == resolved(folder):
        pages = None  # a folder of both: what has a text beside it is pages
    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [f for f in folders if not f.startswith(".")]
        here = Path(place)
        for path in (here / name for name in names):
            if _within(path, without) or not is_document(path.relative_to(folder)):
                continue
            is_page = is_page_of_text(path) or (path.suffix.lower() == ".pdf" and _within(path, pages))
            if not is_word_list(path) and not is_of_ours(path) and not is_page:
                found.append((path, _looked_at(path)))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _looked_at(path: Path) -> Found:
    """A file as it is; an error for what is none, or has a name that no report could show."""
    try:
        kind = kind_of(path)
    except OSError as error:
        if path.is_symlink():
            return UnreadableInput(Message("link-dangling"), path=path)
        return UnreadableInput(Message("file-unopenable", reason=error.strerror or error), path=path)
    if kind:
        return UnreadableInput(Message("not-a-file", kind=Message(kind)), path=path)
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return UnreadableInput(Message("file-name-not-utf8"), path=path)
    return path


def is_document(path: Path) -> bool:
    """Whether a file found in a folder is taken for a document, by its name."""
    if any(part.startswith(".") for part in path.parts):
        return False
    return path.suffix.lower() in SUFFIXES and not path.stem.lower().startswith("readme")


def is_of_ours(path: Path) -> bool:
    """Whether a Word or TEI file is a report or an edition that this program wrote, or a list that goes with one: it says
    so. Found in a folder it is no document; named by itself it is read.
    """
    suffix = path.suffix.lower()
    is_list = path.name.endswith(_LISTS)
    if suffix not in (".docx", ".xml", ".tei") and not is_list:
        return False
    try:
        if is_list:
            return _DIGEST in read_ends(path, _HEADER)
        if suffix != ".docx":
            return _APPLICATION in read_ends(path, _HEADER)
        said = open_package(read_regular(path, most=_LARGEST_REPORT)).read(_PROPERTIES, most=_LARGEST_PROPERTIES)
    except (OSError, NotRead):
        return False
    return b"<dc:creator>collation</dc:creator>" in said


def is_word_list(path: Path) -> bool:
    """Whether a file is the word list of a project: by its name, and either beside collation.toml or begun by a comment."""
    if path.name != WORD_LIST:
        return False
    if path.with_name("collation.toml").is_file():
        return True
    try:
        return read_ends(path, 8).removeprefix(codecs.BOM_UTF8).startswith(b"#")
    except OSError:
        return False


def _within(path: Path, folder: Path | None) -> bool:
    return folder is not None and resolved(folder) in resolved(path).parents
