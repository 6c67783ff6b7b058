"""Whether a file is a report that this program wrote: only such a file may be written anew.

A report is known by what every one of its format has, in either language, whatever the document; the names of files say
nothing. Whoever cannot tell keeps the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from collation.system.files import read_ends, read_regular
from collation.system.untrusted import NotRead, open_package
from collation.writers.as_json import FORMAT
from collation.writers.as_sheet import BOM
from collation.writers.finding_rows import headers
from collation.writers.phrases import LANGS, label

_ENDS = 100_000  # bytes of the beginning and the end that are looked at
_CREATOR = re.compile(rb"<dc:creator(?:\s[^>]*)?>collation</dc:creator>")
_PROPERTIES = "docProps/core.xml"  # of an office file
_LARGEST, _LARGEST_PROPERTIES = 100_000_000, 100_000  # bytes
_COLUMNS = 3  # columns by whose names a sheet is known


def is_report(path: Path, suffix: str) -> bool:
    """Whether the file is a report, an index or a sheet of the format whose files have this suffix. A file that is of
    another kind, or cannot be read, is none.
    """
    try:
        return _SIGNS[suffix](path)
    except (OSError, NotRead, UnicodeDecodeError):
        return False


def _html(path: Path) -> bool:
    ends = read_ends(path, _ENDS)
    return ends.startswith(b"<!doctype html>") and b"Content-Security-Policy" in ends and b'<p class="crumb">' in ends


def _markdown(path: Path) -> bool:
    text = read_ends(path, _ENDS).decode("utf-8", "replace").replace("\r\n", "\n")
    for lang in LANGS:
        row = " | ".join(label(key, lang) for key in ("document", "found", "worst"))
        if text.startswith(f"# {label('index-title', lang)}\n\n| {row} |\n"):
            return True
        heads = (f"\n## {label(key, lang)}\n" for key in ("apparatus", "facing", "unexamined", "produced"))
        if text.startswith("# ") and all(head in text for head in heads):
            return True
    return False


def _json(path: Path) -> bool:
    ends = read_ends(path, _ENDS)
    return ends.startswith(b"{") and f'"format": "{FORMAT}"'.encode() in ends[:_ENDS]


def _tei(path: Path) -> bool:
    return b'<application ident="collation"' in read_ends(path, _ENDS)


def _csv(path: Path) -> bool:
    text = read_ends(path, _ENDS).decode("utf-8", "replace").removeprefix(BOM)
    return any(text.startswith(",".join(headers(lang)[:_COLUMNS]) + ",") for lang in LANGS)


def _office(path: Path) -> bool:
    package = open_package(read_regular(path, most=_LARGEST))
    said = package.read(_PROPERTIES, most=_LARGEST_PROPERTIES) if _PROPERTIES in package.names else b""
    return _CREATOR.search(said) is not None


_SIGNS: Mapping[str, Callable[[Path], bool]] = {
    ".html": _html, ".md": _markdown, ".json": _json, ".docx": _office, ".tei.xml": _tei, ".choice.xml": _tei,
    ".csv": _csv, ".xlsx": _office,
}  # fmt: skip
