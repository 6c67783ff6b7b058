"""Finding and reading the hand-written dictionaries.

A dictionary is a TSV file headed by ``# key: value`` lines; its rows are tuples of cells. The folder is the one
carried by the wheel, or ``dictionaries/`` of a source checkout.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from collation.errors import DamagedDictionary, Message
from collation.system.files import read_regular

_INSTALLED = Path(__file__).parent.parent / "dictionaries"
LARGEST = 200_000_000  # bytes of a dictionary
_CHECKOUT = Path(__file__).parents[3] / "dictionaries"


def folder() -> Path:
    """The folder of the built-in dictionaries. Raises DamagedDictionary when there is none."""
    for path in (_INSTALLED, _CHECKOUT):
        if path.is_dir():
            return path
    raise DamagedDictionary(Message("dictionaries-missing"))


def data_file(name: str) -> Path:
    """The path of a learned file that ships with the package."""
    return Path(__file__).parent.parent / "data" / name


def data_files() -> list[Path]:
    """All learned files that ship with the package, by their names."""
    return sorted(path for path in data_file("").iterdir() if path.is_file())


def read_text(path: Path) -> str:
    """The text of a dictionary. Raises DamagedDictionary when it cannot be read."""
    return read_bytes(path).decode("utf-8")


def read_bytes(path: Path) -> bytes:
    """The text of a dictionary, in UTF-8. Raises DamagedDictionary when it cannot be read."""
    try:
        data = read_regular(path, most=LARGEST)
        if not data.isascii():
            data.decode("utf-8")
        return data
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DamagedDictionary(Message("dictionary-unreadable", reason=reason), path=path) from error


def read_rows(path: Path, *, columns: int) -> list[tuple[str, ...]]:
    """The rows of a dictionary, short rows filled up with empty cells to ``columns``.

    Raises DamagedDictionary when it cannot be read, and with the line when a row has more cells than its header
    promises.
    """
    rows = []
    text = read_text(path)
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#") or line.isspace():
            continue
        cells = tuple(map(str.strip, line.split("\t")))
        if len(cells) > columns:
            raise DamagedDictionary(
                Message("cells-expected", count=len(cells), expected=columns), path=path, line=number
            )
        rows.append(cells if len(cells) == columns else cells + ("",) * (columns - len(cells)))
    return rows


def rows(name: str, *, columns: int) -> list[tuple[str, ...]]:
    """The rows of a built-in dictionary; none when the file is absent."""
    path = folder() / name
    return read_rows(path, columns=columns) if path.is_file() else []


def cell_list(cell: str) -> list[str]:
    """The items of a cell whose items are joined by semicolons."""
    return [item for part in cell.split(";") if (item := part.strip())] if cell else []


@lru_cache(maxsize=1)
def version() -> str:
    """A short digest of all built-in dictionaries, for the apparatus and the cache."""
    digest = hashlib.sha256()
    base = folder()
    for path in sorted(base.rglob("*.tsv")):
        digest.update(path.relative_to(base).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
