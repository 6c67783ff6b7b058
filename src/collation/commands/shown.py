"""What the gate's report looks like at a terminal: its levels in colour, and what can be done next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from collation.system.escaping import visible_line

if TYPE_CHECKING:
    from collation.model.verdict import Verdict

_LINE = re.compile(r"^(\S.*?:\d+:\d+: )(\S+)( [A-Z]{2,5}\d{3} )", re.M)
_COLOURS = {"error": 31, "ошибка": 31, "warning": 33, "предупреждение": 33}


def coloured(text: str) -> str:
    """The report with its levels in colour and its places in bold."""
    return _LINE.sub(lambda m: f"\x1b[1m{m[1]}\x1b[0m\x1b[{_COLOURS.get(m[2], 36)}m{m[2]}\x1b[0m{m[3]}", text)


def what_next(verdict: Verdict) -> Iterator[str]:
    """Commands that lead on from the findings; none where nothing was found."""
    counted = [(source, finding) for source, finding in verdict.findings() if finding.counts]
    if not counted:
        return
    source, finding = counted[0]
    name = visible_line(source.label)
    named = f'"{name}"' if re.search(r"[^\w./\\:-]", name) else name
    line = source.line(finding.entry.place.start)
    place = f'"{name}:{line}"' if named != name else f"{name}:{line}"
    yield "collation: to rule on them: collation review " + (named if len(verdict.documents) == 1 else "PATH…")
    yield f"collation: to see why: collation explain {place}"
