"""The documents that a project's settings put together from files: ``[[documents.NAME]]``, one table a file.

Each names its ``file``, from the folder of the settings, or the files of its pages in their order, and its ``role``
(original, translation, catalogue or witness); ``siglum`` and ``language`` may be left out. A document has one original that is
examined and at most one translation. Further texts of the original (other transcripts, scans, editions) are witnesses: files with
that role and a siglum, or named as ``witnesses`` beside the original. A document of one file with both texts in it has no role.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from collation.errors import BadSettings, Message, UnreadableInput
from collation.languages import LANGUAGES
from collation.model.parts import PartRole
from collation.project.named_paths import named_path
from collation.reading.part_files import DocumentFiles, PartFile, with_witnesses

ROLES = tuple(role for role in get_args(PartRole) if role)
WITNESS = "witness"
_KEYS = ("file", "role", "siglum", "language", "witnesses")
_ORDER = ("catalogue", "original", "translation")


def read_documents(table: Mapping[str, Any], root: Path, settings: Path) -> tuple[DocumentFiles, ...]:
    """The documents of the settings. Raises BadSettings for what means nothing, with the name of the document."""
    if not isinstance(table, Mapping):
        raise _wrong("documents", Message("document-tables"), settings)
    found = tuple(_document(name, rows, root, settings) for name, rows in table.items())
    files: dict[Path, str] = {}
    for document in found:
        for path in document.all_paths:
            if (other := files.setdefault(path, document.name)) != document.name:
                raise BadSettings(
                    Message("document-file-twice", file=path.name, one=other, other=document.name), path=settings
                )
    return found


def _document(name: str, rows: Any, root: Path, settings: Path) -> DocumentFiles:
    if not isinstance(rows, Sequence) or not all(isinstance(row, Mapping) for row in rows):
        raise _wrong(f"documents.{name}", Message("document-tables"), settings)
    beside = [part for row in rows for part in _witnesses(f"documents.{name}", row, root, settings)]
    rows = [row for row in rows if row.get("role") != WITNESS]
    texts = [_text(f"documents.{name}", row, root, settings) for row in rows]
    for role in ROLES:
        if sum(text[0].role == role for text in texts) > 1:
            raise _wrong(f"documents.{name}", Message("document-role-once", role=role), settings)
    parts = [part for text in texts for part in text]
    roles = [part.role for part in parts]
    if not (roles == [""] and beside) and ("original" not in roles or "" in roles):
        raise _wrong(f"documents.{name}", Message("document-original"), settings)
    paths = [part.path for part in parts]
    if twice := next((path for path in paths if paths.count(path) > 1), None):
        raise BadSettings(Message("document-file-twice", file=twice.name, one=name, other=name), path=settings)
    files = DocumentFiles(tuple(sorted(parts, key=lambda part: _ORDER.index(part.role) if part.role else 0)), name)
    try:
        return with_witnesses(files, beside)
    except UnreadableInput as error:
        raise _wrong(f"documents.{name}", error.message, settings) from error


def _witnesses(name: str, row: Mapping[str, Any], root: Path, settings: Path) -> list[PartFile]:
    """The further texts that a row names: itself where that is its role, else its ``witnesses``."""
    if row.get("role") == WITNESS:
        _check_keys(name, row, settings)
        siglum, file = row.get("siglum", ""), row.get("file", "")
        if not siglum or "witnesses" in row:
            raise _wrong(f"{name}.siglum", Message("document-siglum"), settings)
        if not file or not isinstance(file, str):
            raise _wrong(f"{name}.file", Message("a-text"), settings)
        return [PartFile(named_path(name, root / file, root, settings), "", siglum)]
    given = row.get("witnesses", [])
    listed = given.items() if isinstance(given, Mapping) else [("", file) for file in given]
    named = [(siglum, file) for siglum, file in listed if isinstance(file, str) and file]
    if not isinstance(given, Mapping | list) or len(named) < len(given):
        raise _wrong(f"{name}.witnesses", Message("document-witnesses"), settings)
    return [PartFile(named_path(name, root / file, root, settings), "", siglum) for siglum, file in named]


def _text(name: str, row: Mapping[str, Any], root: Path, settings: Path) -> list[PartFile]:
    """The file of one text, or the files of its pages."""
    _check_keys(name, row, settings)
    role, language = row.get("role", ""), row.get("language", "")
    if role not in ROLES and not (role == "" and "role" not in row):
        raise _wrong(f"{name}.role", Message("one-of", names=", ".join((*ROLES, WITNESS))), settings)
    known = tuple(_languages_of(role))
    if language and known and language not in known:
        raise _wrong(f"{name}.language", Message("one-of", names=", ".join(known)), settings)
    files = row.get("file") or ""
    files = files if isinstance(files, list) else [files]
    if not all(files):
        raise _wrong(f"{name}.file", Message("document-keys", keys=", ".join(_KEYS)), settings)
    siglum = row.get("siglum", "")
    return [PartFile(named_path(name, root / file, root, settings), role, siglum, language) for file in files]


def _check_keys(name: str, row: Mapping[str, Any], settings: Path) -> None:
    """Raise BadSettings for a key that means nothing, or whose value is of the wrong kind."""
    for key, value in row.items():
        pages = key == "file" and isinstance(value, list) and value and all(isinstance(page, str) for page in value)
        if key not in _KEYS or not (isinstance(value, str) or pages or key == "witnesses"):
            raise _wrong(f"{name}.{key}", Message("document-keys", keys=", ".join(_KEYS)), settings)


def _languages_of(role: str) -> Iterator[str]:
    return (language.code for language in LANGUAGES if language.role == role)


def _wrong(key: str, expected: Message, settings: Path) -> BadSettings:
    return BadSettings(Message("setting-wrong", name=key, expected=expected), path=settings)
