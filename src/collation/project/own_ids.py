"""What the user's own catalogue calls the documents: a table of paths and ids, as CSV.

The first column is the path of a file, from the folder of the table or from the working folder, the second its id; a
first line of titles ("path", "id") is passed over. A path that is named twice keeps its first id.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from collation.errors import Message, UnreadableInput
from collation.system.files import read_regular

_LARGEST = 100_000_000  # bytes


@dataclass(frozen=True, slots=True)
class OwnIds:
    """Ids by the resolved paths of files; ``doubled`` are the paths that were named twice."""

    path: Path | None
    ids: dict[Path, str]
    doubled: tuple[str, ...] = ()

    def of(self, document: str) -> str:
        """The id of a document by its label, or nothing."""
        return self.ids.get(Path(document).resolve(), "") if self.ids else ""

    def told(self, documents: Iterable[Path]) -> list[Message]:
        """What is wrong with the table beside the documents that there are: paths that are none, and doubled ones."""
        there = {document.resolve() for document in documents}
        unknown = [str(path) for path in self.ids if path not in there]
        found = [Message("ids-unknown", path=path) for path in unknown]
        return found + [Message("ids-doubled", path=path) for path in self.doubled]


NONE = OwnIds(None, {})


def read_ids(path: Path) -> OwnIds:
    """The table in a file. Raises UnreadableInput when it cannot be read, or has a line without an id."""
    try:
        text = read_regular(path, most=_LARGEST).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableInput(Message("ids-unreadable", reason=error), path=path) from error
    ids: dict[Path, str] = {}
    doubled = []
    for number, row in enumerate(rows, 1):
        if not any(cell.strip() for cell in row) or (
            number == 1 and row[0].strip().casefold() in ("path", "file", "путь")
        ):
            continue
        if len(row) < 2 or not row[0].strip() or not row[1].strip():
            raise UnreadableInput(Message("ids-line", line=number), path=path)
        beside = (path.parent / row[0].strip()).resolve()
        target = beside if beside.exists() else Path(row[0].strip()).resolve()
        if target in ids:
            doubled.append(row[0].strip())
        ids.setdefault(target, row[1].strip())
    return OwnIds(path, ids, tuple(doubled))
