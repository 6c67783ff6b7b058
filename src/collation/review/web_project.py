"""What a project says about its review, in ``[tool.collation]`` of its collation.toml or pyproject.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collation.errors import BadSettings

_FILES = ("collation.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Project:
    """``scan`` is the address of a scan with {id} and {sheet}; ``second_reader`` wants two editors for each place."""

    scan: str = ""
    second_reader: bool = False


def find_project(path: Path) -> Project:
    """The project of the nearest file above that speaks of collation. Raises BadSettings."""
    here = path.absolute()
    for folder in (here, *here.parents):
        for name in _FILES:
            table = _table(folder / name) if (folder / name).is_file() else None
            if table is not None:
                return _read(table, folder / name)
    return Project()


def _table(path: Path) -> dict[str, Any] | None:
    """The table of a file; in collation.toml its head may be left out."""
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadSettings(f"the settings cannot be read ({error})", path=path) from error
    own: Any = whole.get("tool", {}).get("collation")
    return own if isinstance(own, dict) else whole if path.name == "collation.toml" else None


def _read(own: dict[str, Any], path: Path) -> Project:
    scan, second = own.get("scan", ""), own.get("second-reader", False)
    if not isinstance(scan, str) or (scan and not scan.startswith(("https://", "http://"))):
        raise BadSettings("scan must be a web address such as “https://archive.example/{id}/{sheet}”", path=path)
    if not isinstance(second, bool):
        raise BadSettings("second-reader must be true or false", path=path)
    return Project(scan, second)
