"""Named errors, each with its place. One base class; only the command line catches them."""

from __future__ import annotations

from pathlib import Path

from collation.system.escaping import visible_line


class CollationError(Exception):
    """What went wrong, in a sentence an archivist understands, with the file and line where it did.

    ``path`` is the file concerned and ``line`` its line, counted from 1; either may be None.
    """

    def __init__(self, message: str, *, path: str | Path | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line

    def __str__(self) -> str:
        where = visible_line(self.path or "")
        if self.line is not None:
            where = f"{where}:{self.line}"
        return f"{where}: {self.message}" if where else self.message


class UnreadableInput(CollationError):
    """The file cannot be read as a document: missing, empty, binary, not decodable."""


class DamagedDictionary(CollationError):
    """A dictionary or model file does not have the form that its header promises."""


class DamagedLog(CollationError):
    """A ruling log has a line that is no ruling, other than a torn last one."""


class UnwritableLog(CollationError):
    """A ruling could not be written down, so it does not count; what stood in the log is as it was."""


class BadSettings(CollationError):
    """Configuration that cannot be understood."""


class BadRuling(CollationError):
    """A ruling that cannot be carried out as asked."""
