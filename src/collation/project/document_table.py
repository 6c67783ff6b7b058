"""The documents that a project's settings put together from files: ``[[documents.NAME]]``, one table a file.

Each names its ``file``, from the folder of the settings, or the files of its pages in their order, and its ``role``
(original, translation or catalogue); ``siglum`` and ``language`` may be left out. A document has one original that is examined and at most one translation; texts with a
siglum of their own beside them, such as further copies of the original, are written down here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from collation.errors import BadSettings, Message
from collation.languages import LANGUAGES
from collation.model.parts import PartRole
from collation.project.named_paths import named_path
from collation.reading.part_files import DocumentFiles, PartFile

ROLES = tuple(role for role in get_args(PartRole) if role)
_KEYS = ("file", "role", "siglum", "language")
_ORDER = ("catalogue", "original", "translation")


def read_documents(table: Mapping[str, Any], root: Path, settings: Path) -> tuple[DocumentFiles, ...]:
    """The documents of the settings. Raises BadSettings for what means nothing, with the name of the document."""
    if not isinstance(table, Mapping):
        raise _wrong("documents", Message("document-tables"), settings)
    found = tuple(_document(name, rows, root, settings) for name, rows in table.items())
    files: dict[Path, str] = {}
    for document in found:
        for part in document.parts:
            if (other := files.setdefault(part.path, document.name)) != document.name:
                raise BadSettings(
                    Message("document-file-twice", file=part.path.name, one=other, other=document.name), path=settings
                )
    return found


def _document(name: str, rows: Any, root: Path, settings: Path) -> DocumentFiles:
    if not isinstance(rows, Sequence) or not all(isinstance(row, Mapping) for row in rows):
        raise _wrong(f"documents.{name}", Message("document-tables"), settings)
    texts = [_text(f"documents.{name}", row, root, settings) for row in rows]
    for role in ROLES:
        if sum(text[0].role == role for text in texts) > 1:
            raise _wrong(f"documents.{name}", Message("document-role-once", role=role), settings)
    parts = [part for text in texts for part in text]
    if not any(part.role == "original" for part in parts):
        raise _wrong(f"documents.{name}", Message("document-original"), settings)
    paths = [part.path for part in parts]
    if twice := next((path for path in paths if paths.count(path) > 1), None):
        raise BadSettings(Message("document-file-twice", file=twice.name, one=name, other=name), path=settings)
    return DocumentFiles(tuple(sorted(parts, key=lambda part: _ORDER.index(part.role))), name)


def _text(name: str, row: Mapping[str, Any], root: Path, settings: Path) -> list[PartFile]:
    """The file of one text, or the files of its pages."""
    for key, value in row.items():
        pages = key == "file" and isinstance(value, list) and value and all(isinstance(page, str) for page in value)
        if key not in _KEYS or not (isinstance(value, str) or pages):
            raise _wrong(f"{name}.{key}", Message("document-keys", keys=", ".join(_KEYS)), settings)
    role, language = row.get("role", ""), row.get("language", "")
    if role not in ROLES:
        raise _wrong(f"{name}.role", Message("one-of", names=", ".join(ROLES)), settings)
    known = tuple(_languages_of(role))
    if language and known and language not in known:
        raise _wrong(f"{name}.language", Message("one-of", names=", ".join(known)), settings)
    files = row.get("file") or ""
    files = files if isinstance(files, list) else [files]
    if not all(files):
        raise _wrong(f"{name}.file", Message("document-keys", keys=", ".join(_KEYS)), settings)
    siglum = row.get("siglum", "")
    return [PartFile(named_path(name, root / file, root, settings), role, siglum, language) for file in files]


def _languages_of(role: str) -> Iterator[str]:
    return (language.code for language in LANGUAGES if language.role == role)


def _wrong(key: str, expected: Message, settings: Path) -> BadSettings:
    return BadSettings(Message("setting-wrong", name=key, expected=expected), path=settings)
