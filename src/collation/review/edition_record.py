"""What `apply` wrote into a folder, so that it replaces only that.

The record is a file of the folder, ``editions.sha256``, in the form of ``sha256sum``: ``sha256sum -c editions.sha256`` says
whether the editions are still as they were written. A file that is not in it, or that was changed since, is somebody's
work and is left alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from collation.errors import BadRuling, CollationError, Message
from collation.system.digest import file_digest
from collation.system.files import read_regular, write_whole

RECORD = "editions.sha256"
_ROW = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_LARGEST = 100_000_000  # bytes of a record
_ESCAPES = {"\\": r"\\", "\n": r"\n", "\r": r"\r"}
"""How sha256sum writes what would break a row; a backslash before the digest says that a name has any of these."""


@dataclass(slots=True)
class EditionRecord:
    """The digests of the files that were written into a folder, by their names."""

    folder: Path
    _digests: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> EditionRecord:
        """The record that a folder has. Raises CollationError where it cannot be read, or where the file is no such record."""
        try:
            text = read_regular(folder / RECORD, most=_LARGEST).decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return cls(folder)
        except OSError as error:
            raise _unwritable(folder / RECORD, error) from error
        digests: dict[str, str] = {}
        for line in filter(None, text.split("\n")):
            row = _ROW.fullmatch(line)
            if row is None:
                raise CollationError(Message("edition-not-own", file=RECORD), path=folder / RECORD)
            digests[_plain(row[3]) if row[1] else row[3]] = row[2]
        return cls(folder, digests)

    def demand_own(self, files: Mapping[str, bytes], *, document: Path) -> None:
        """Raises BadRuling, of the document, where one of these names is taken by a file that would be lost."""
        for name, data in files.items():
            path = self.folder / name
            try:
                standing = file_digest(path)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise _unwritable(path, error) from error
            if standing not in (self._digests.get(name), hashlib.sha256(data).hexdigest()):
                raise BadRuling(Message("edition-not-own", file=name), path=document)

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write the files, each whole or not at all. They are recorded when the record is kept. Raises CollationError."""
        for name, data in files.items():
            try:
                write_whole(self.folder / name, data, folders=True)
            except OSError as error:
                raise _unwritable(self.folder / name, error) from error
            self._digests[name] = hashlib.sha256(data).hexdigest()

    def keep(self) -> None:
        """Write the record, where there is anything to record. Raises CollationError."""
        rows = "".join(_row(name, digest) for name, digest in sorted(self._digests.items()))
        try:
            if rows:
                write_whole(self.folder / RECORD, rows.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise _unwritable(self.folder / RECORD, error) from error


def _row(name: str, digest: str) -> str:
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in name)
    mark = "\\" if escaped != name else ""
    return f"{mark}{digest}  {escaped}\n"


def _plain(escaped: str) -> str:
    signs = {written: sign for sign, written in _ESCAPES.items()}
    return re.sub(r"\\.", lambda found: signs.get(found[0], found[0]), escaped)


def _unwritable(path: Path, error: OSError) -> CollationError:
    return CollationError(Message("edition-unwritable", reason=error.strerror or error), path=path)
