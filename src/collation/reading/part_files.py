"""Which files are one document: by their names, by the folder they lie in, by a table of the project, or as named.

``letter.ru.txt`` and ``letter.en.txt`` are the two texts of one document, whatever kinds of files they are; so are ``ru``
and ``en`` (or ``original`` and ``translation``) in a folder of their own, and ``catalogue`` beside them is its catalogue
data. A table in the project's settings says it outright. Further texts of the original (another transcript, scan or edition)
are named in that table or by the user, each with a siglum; they are no part of the document's text. A document is known by its
first file, which stands for it wherever a path is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from pathlib import Path
from string import ascii_uppercase

import regex

from collation.errors import CollationError, Message, UnreadableInput
from collation.languages import LANGUAGES, pair_of
from collation.model.parts import PartRole
from collation.reading.kinds import SUFFIXES
from collation.reading.listed_folder import ByName, ListedFolder, ListedFolders, by_name
from collation.reading.page_files import Matched, Named, match_pages, pages_beside
from collation.reading.page_names import with_engine_left_out
from collation.system.files import resolved

_NAMES: dict[str, PartRole] = {
    "original": "original", "translation": "translation", "catalogue": "catalogue", "catalog": "catalogue",
}  # fmt: skip
RESERVED = ("R", "E", "C")
"""The sigla of the text itself, its translation and its catalogue."""
_ORDER: tuple[PartRole, ...] = ("catalogue", "original", "translation")
_ANOTHER = Named(Path(), ())  # beside a document of which it is not known that it is the only one
_CODED = regex.compile(r"(?P<stem>.+)[._-](?P<name>[a-z]+)", regex.I)


@dataclass(frozen=True, slots=True)
class PartFile:
    """A file of a document and what is said of it; nothing where it is the only one."""

    path: Path
    role: PartRole = ""
    siglum: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFiles:
    """The files of one document, in the order of its text. ``name`` is what a table calls it, if one does; ``witnesses`` are
    the files of further texts of its original, each with its siglum, which are no part of that text.
    """

    parts: tuple[PartFile, ...]
    name: str = ""
    witnesses: tuple[PartFile, ...] = ()

    @property
    def all_paths(self) -> tuple[Path, ...]:
        """Every file that what is found in the document depends on."""
        return tuple(part.path for part in (*self.parts, *self.witnesses))

    @property
    def path(self) -> Path:
        """The file that stands for the document: its original, where it has one."""
        return next((part.path for part in self.parts if part.role == "original"), self.parts[0].path)


@dataclass(frozen=True)
class Groups:
    """How files belong together: the documents of the project's table, and what is named for the one document: its
    translation, further texts of its original, and where the images of its pages are. ``among`` are the files of the documents
    that are examined together, as far as that is known.
    """

    tables: tuple[DocumentFiles, ...] = ()
    translation: Path | None = None
    witnesses: tuple[PartFile, ...] = ()
    pages: Path | None = None
    among: tuple[Path, ...] = ()
    _names: dict[str, PartRole] = field(default_factory=lambda: _named_languages(), repr=False)
    _folders: ListedFolders = field(default_factory=ListedFolders, repr=False, compare=False)
    _grouped: dict[Path, tuple[ListedFolder, ByName]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _declared(self) -> dict[Path, DocumentFiles]:
        return {resolved(path): files for files in self.tables for path in files.all_paths}

    def of(self, path: Path) -> DocumentFiles:
        """The document that a file belongs to. Raises UnreadableInput when two files would be the same text of it, or a
        translation has no original beside it, or a witness that is named is none.
        """
        if self.translation is not None:
            found = DocumentFiles((PartFile(path, "original"), PartFile(self.translation, "translation")))
        else:
            declared = self._declared.get(resolved(path)) if self.tables else None
            found = declared or self._by_name(path)
        return with_witnesses(found, self.witnesses) if self.witnesses else found

    def pages_of(self, files: DocumentFiles, data: bytes) -> tuple[Path, ...]:
        """The images of a document's pages; ``data`` are the bytes of the file that stands for it. Raises CollationError where
        what was named is missing.
        """
        if self.pages is None:
            beside = self._folders.of(files.path.parent)
            return pages_beside(self.named(files), data, beside) if files.path.is_file() else ()
        if self.pages.is_file():
            return (self.pages,)
        if not self.pages.is_dir():
            raise CollationError(Message("pages-missing"), path=self.pages)
        found = self.matched.pages.get(files.path)
        return match_pages(self.pages, [self.named(files), _ANOTHER]).pages[files.path] if found is None else found

    @cached_property
    def matched(self) -> Matched:
        """The images in the folder of pages that was named, and of which documents they are."""
        documents = [self.named(self.of(path)) for path in self.among]
        return match_pages(self.pages, documents) if self.pages and self.pages.is_dir() else Matched({}, ())

    def named(self, files: DocumentFiles) -> Named:
        """A document as its pages may be named: by its file, by its name, by its folder where that is all it has."""
        stem = files.path.stem
        parsed = self._parsed(files.path)
        group = parsed[0] if parsed else ""
        own = parsed is not None and not group
        known = (stem, with_engine_left_out(stem), group, files.name, files.path.absolute().parent.name if own else "")
        names = dict.fromkeys(name for name in known if name)
        return Named(files.path, tuple(names), own and len(files.parts) > 1)

    def first_files(self, paths: Iterable[Path | UnreadableInput]) -> list[Path | UnreadableInput]:
        """The files that stand for the documents of some, each document once, at the place of its first file."""
        found: list[Path | UnreadableInput] = []
        seen: set[Path] = set()
        for path in paths:
            try:
                item = path if isinstance(path, UnreadableInput) else self.of(path).path
            except UnreadableInput as error:
                item = error
            if isinstance(item, Path):
                key = resolved(item)
                if key in seen:
                    continue
                seen.add(key)
            found.append(item)
        return found

    def _by_name(self, path: Path) -> DocumentFiles:
        alone = DocumentFiles((PartFile(path),))
        parsed = self._parsed(path)
        if parsed is None or not path.is_file():
            return alone
        group, role = parsed
        found: dict[PartRole, Path] = {}
        for other in self._of_group(path.parent, group):
            its = self._parsed(other)
            if its is None or not other.is_file():
                continue
            if its[1] in found:
                raise UnreadableInput(Message("part-twice", one=found[its[1]].name, other=other.name), path=other)
            found[its[1]] = other
        if "original" not in found or len(found) == 1:
            if role == "original" or not _is_translation_only(path, group):
                return alone
            raise UnreadableInput(Message("part-without-original", name=_expected(path, group)), path=path)
        return DocumentFiles(tuple(PartFile(found[role], role) for role in _ORDER if role in found))

    def _of_group(self, folder: Path, group: str) -> Sequence[Path]:
        """What in a folder has a name of this document, in order."""
        now = self._folders.of(folder)
        known = self._grouped.get(folder)
        if known is None or known[0] is not now:
            grouped = by_name(now.paths, lambda path: [parsed[0]] if (parsed := self._parsed(path)) else [])
            known = self._grouped[folder] = now, grouped
        return known[1].get(group, ())

    def _parsed(self, path: Path) -> tuple[str, PartRole] | None:
        """What a file's name says: the name of its document ("" for that of its folder) and which text of it it is."""
        if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
            return None
        stem = path.stem
        if role := self._names.get(stem.casefold()):
            return "", role
        match = _CODED.fullmatch(stem)
        if match and (role := self._names.get(match["name"].casefold())):
            return match["stem"], role
        return None


def with_witnesses(files: DocumentFiles, named: Sequence[PartFile]) -> DocumentFiles:
    """The files of a document with further texts of its original, those without a siglum given the next free letter.

    Raises UnreadableInput for a siglum that is taken, and for a file that is a text of the document already.
    """
    witnesses = list(files.witnesses)
    for part in named:
        taken = [*RESERVED, *(w.siglum for w in (*witnesses, *named) if w.siglum and w is not part)]
        siglum = part.siglum or next(letter for letter in _letters() if letter not in taken)
        if siglum in [*RESERVED, *(w.siglum for w in witnesses)]:
            raise UnreadableInput(Message("witness-siglum-twice", siglum=siglum), path=part.path)
        same = next((p for p in (*files.parts, *witnesses) if resolved(p.path) == resolved(part.path)), None)
        if same is not None:
            raise UnreadableInput(Message("witness-same-file", siglum=siglum, file=same.path.name), path=part.path)
        witnesses.append(replace(part, siglum=siglum))
    return replace(files, witnesses=tuple(witnesses))


def _letters() -> Iterator[str]:
    """Sigla for witnesses that have none: B, D, F … without those of the text, its translation and its catalogue."""
    yield from (letter for letter in ascii_uppercase[1:] if letter not in RESERVED)
    yield from (f"W{number}" for number in count(1))


def _named_languages() -> dict[str, PartRole]:
    of_languages = {language.code: language.role for language in LANGUAGES}
    return {**_NAMES, **of_languages}


def _is_translation_only(path: Path, group: str) -> bool:
    """Whether the name says that this is a half, and not by chance: a file "x.en.txt" and no "x-en.txt" or "en.txt"."""
    return bool(group) and path.stem[len(group)] == "."


def _expected(path: Path, group: str) -> str:
    return f"{group}.{pair_of('').original.code}{path.suffix}"
