"""Which files are one document: by their names, by the folder they lie in, by a table of the project, or as named.

``letter.ru.txt`` and ``letter.en.txt`` are the two texts of one document, whatever kinds of files they are; so are ``ru``
and ``en`` (or ``original`` and ``translation``) in a folder of their own, and ``catalogue`` beside them is its catalogue
data. A table in the project's settings says it outright, and may name further texts. A document is known by its first
file, which stands for it wherever a path is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import regex

from collation.errors import Message, UnreadableInput
from collation.languages import LANGUAGES, pair_of
from collation.model.parts import PartRole
from collation.reading.kinds import SUFFIXES

_NAMES: dict[str, PartRole] = {
    "original": "original", "translation": "translation", "catalogue": "catalogue", "catalog": "catalogue",
}  # fmt: skip
_ORDER: tuple[PartRole, ...] = ("catalogue", "original", "translation")
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
    """The files of one document, in the order of its text. ``name`` is what a table calls it, if one does."""

    parts: tuple[PartFile, ...]
    name: str = ""

    @property
    def path(self) -> Path:
        """The file that stands for the document: its original, where it has one."""
        return next((part.path for part in self.parts if part.role == "original"), self.parts[0].path)


@dataclass(frozen=True)
class Groups:
    """How files belong together: the documents of the project's table, and a translation named for the one document."""

    tables: tuple[DocumentFiles, ...] = ()
    translation: Path | None = None
    _names: dict[str, PartRole] = field(default_factory=lambda: _named_languages(), repr=False)

    @cached_property
    def _declared(self) -> dict[Path, DocumentFiles]:
        return {_resolved(part.path): files for files in self.tables for part in files.parts}

    def of(self, path: Path) -> DocumentFiles:
        """The document that a file belongs to. Raises UnreadableInput when two files would be the same text of it, or a
        translation has no original beside it.
        """
        if self.translation is not None:
            return DocumentFiles((PartFile(path, "original"), PartFile(self.translation, "translation")))
        declared = self._declared.get(_resolved(path)) if self.tables else None
        return declared or self._by_name(path)

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
                key = _resolved(item)
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
        for other in sorted(path.parent.iterdir()):
            its = self._parsed(other)
            if its is None or its[0] != group or not other.is_file():
                continue
            if its[1] in found:
                raise UnreadableInput(Message("part-twice", one=found[its[1]].name, other=other.name), path=other)
            found[its[1]] = other
        if "original" not in found or len(found) == 1:
            if role == "original" or not _is_translation_only(path, group):
                return alone
            raise UnreadableInput(Message("part-without-original", name=_expected(path, group)), path=path)
        return DocumentFiles(tuple(PartFile(found[role], role) for role in _ORDER if role in found))

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


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _named_languages() -> dict[str, PartRole]:
    of_languages = {language.code: language.role for language in LANGUAGES}
    return {**_NAMES, **of_languages}


def _is_translation_only(path: Path, group: str) -> bool:
    """Whether the name says that this is a half, and not by chance: a file "x.en.txt" and no "x-en.txt" or "en.txt"."""
    return bool(group) and path.stem[len(group)] == "."


def _expected(path: Path, group: str) -> str:
    return f"{group}.{pair_of('').original.code}{path.suffix}"
