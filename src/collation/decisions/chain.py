"""The chain of a log: each record names those that it follows, so that one taken out of the middle is noticed.

The order of lines means nothing, and two records may follow the same one: that is what git's union merge leaves of two
machines. The next record follows both. What nobody follows yet (the last ruling of a log) and what was written by
version 0.1 may vanish unnoticed, unless somebody has seen it; docs/review.md says so. This guards against accidents,
not against forgery: whoever can write the log can write it anew as a whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from collation.decisions.log_lines import Log, content_id, with_id
from collation.decisions.ruling import Ruling
from collation.errors import Message, UnwritableLog
from collation.system.files import read_regular, write_more

ACKNOWLEDGED = "acknowledged.missing"
_MOST_FOLLOWED = 20
_LARGEST = 50_000_000
_ID = re.compile(r"[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Missing:
    """Records that others in a log follow and that are nowhere, by their ids."""

    path: Path
    ids: tuple[str, ...]

    @property
    def message(self) -> Message:
        """What is to be reported of them, with the command that makes it right."""
        command = f"collation rulings acknowledge {self.path.parent}"
        return Message("rulings-missing", path=self.path, count=len(self.ids), command=command)

    def __str__(self) -> str:
        return str(self.message)


def chained(rulings: Sequence[Ruling], there: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Rulings as they are to be written behind those that are there: each follows what nothing else follows yet."""
    ends = _ends(there)
    names: dict[str, str] = {}
    made: list[Ruling] = []
    for ruling in rulings:
        undoes = tuple(names.get(i, i) for i in ruling.undoes)
        written = with_id(replace(ruling, id="", after=ends, undoes=undoes))
        names[ruling.id] = written.id
        made.append(written)
        ends = (written.id,)
    return tuple(made)


def _ends(rulings: Sequence[Ruling]) -> tuple[str, ...]:
    """The records that no other follows. Of those that follow none themselves, as in logs of 0.1, only the last counts."""
    followed = {i for r in rulings for i in r.after}
    ends = [r.id for r in rulings[:-1] if r.after and r.id not in followed][-_MOST_FOLLOWED:]
    return tuple(dict.fromkeys([*ends, *(r.id for r in rulings[-1:])]))


def fresh(rulings: Iterable[Ruling], there: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """The rulings that are not there yet, whatever those that are there follow."""
    known = {content_id(r) for r in there}
    return tuple(r for r in rulings if content_id(r) not in known)


def missing(logs: Sequence[Log], places: Iterable[Path]) -> tuple[Missing, ...]:
    """What is missing in logs that are read together, without what somebody has acknowledged."""
    there = {r.id for log in logs for r in log.rulings}.union(*(log.named for log in logs))
    known = there.union(*(acknowledged(place) for place in places))
    found: dict[Path, dict[str, None]] = defaultdict(dict)
    for log in logs:
        found[log.path] |= dict.fromkeys(i for r in log.rulings for i in r.after if i not in known)
    return tuple(Missing(path, tuple(ids)) for path, ids in found.items() if ids)


def acknowledged(place: Path) -> frozenset[str]:
    """The missing records of a place that somebody has said to be rightly so."""
    try:
        lines = read_regular(place / ACKNOWLEDGED, most=_LARGEST).decode("utf-8", "replace").splitlines()
    except OSError:
        return frozenset()
    return frozenset(line[:20] for line in lines if _ID.fullmatch(line[:20]))


def acknowledge(place: Path, ids: Iterable[str], *, editor: str, time: str) -> None:
    """Write down that these records are rightly missing, with who said so and when. Raises UnwritableLog."""
    name = " ".join(editor.split())
    try:
        write_more(place / ACKNOWLEDGED, "".join(f"{i} {time} {name}\n" for i in ids).encode("utf-8", "replace"))
    except OSError as error:
        raise UnwritableLog(Message("record-unwritable", reason=error.strerror or error), path=place) from error
