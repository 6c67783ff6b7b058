"""Tables: rows that follow one another, which of them answer each other, the numbers of a column, and its total.

A table is a run of segments that reading kept apart as rows. Of two tables the rows are aligned by the numbers they share
(dynamic programming), and the numbers of two rows are set against each other one by one where both rows have as many. A
column are the numbers that are as far from the end of their rows. Blind to cells that run over several lines and to
columns of words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collation.evidence.context import Context
from collation.evidence.read_values import read_values
from collation.knowledge.letters import fold
from collation.knowledge.values.quantities import Value, same
from collation.model import Segment, Witness

_TOTALS = ("итог", "всего", "сумм", "total", "sum", "altogether")
_GAP = -0.4  # a row without an opposite
_AS_MANY = 0.5  # rows with as many numbers; each number that they share counts one
_LEAST_ROWS = 2  # rows that make lines a table, and that two tables have in common


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its numbers, dates and hours in order; ``total`` where it calls itself one."""

    segment: Segment
    values: tuple[Value, ...]
    total: bool


Table = tuple[TableRow, ...]


def tables(context: Context, witness: Witness) -> tuple[Table, ...]:
    """The tables of a witness, in order."""
    found: list[Table] = []
    rows: list[TableRow] = []
    for segment in (*witness.segments, None):
        if segment is not None and segment.kind == "row":
            rows.append(_row(context, witness, segment))
        elif rows:
            if len(rows) >= _LEAST_ROWS and sum(bool(row.values) for row in rows) >= _LEAST_ROWS:
                found.append(tuple(rows))
            rows = []
    return tuple(found)


def _row(context: Context, witness: Witness, segment: Segment) -> TableRow:
    values = read_values(context, segment.tokens, witness.language, by_cells=True)
    named = any(fold(t.text).startswith(_TOTALS) for t in segment.tokens[:3] if t.kind == "word")
    return TableRow(segment, values, named)


def facing_values(context: Context) -> Iterator[tuple[Value, Value]]:
    """The values of table cells that face each other."""
    original, translation = context.document.original, context.document.translation
    if original is None or translation is None:
        return
    rest = list(tables(context, translation))
    for table in tables(context, original):
        best = max(rest, key=lambda other: _shared(table, other), default=None)
        if best is None or _shared(table, best) < _LEAST_ROWS:
            continue
        rest = rest[rest.index(best) + 1 :]
        for left, right in aligned_rows(table, best):
            if len(left.values) == len(right.values):
                yield from zip(left.values, right.values, strict=True)


def _shared(left: Table, right: Table) -> float:
    """How many numbers the aligned rows of two tables share."""
    return sum(_equal(a, b) for a, b in aligned_rows(left, right))


def aligned_rows(left: Sequence[TableRow], right: Sequence[TableRow]) -> list[tuple[TableRow, TableRow]]:
    """The rows of two tables that answer each other, none crossing."""
    width = len(right) + 1
    best = [[0.0] * width for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            both = best[i + 1][j + 1] + _likeness(left[i], right[j])
            best[i][j] = max(both, best[i + 1][j] + _GAP, best[i][j + 1] + _GAP)
    found, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if best[i][j] == best[i + 1][j + 1] + _likeness(left[i], right[j]):
            found.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j] + _GAP:
            i += 1
        else:
            j += 1
    return found


def _likeness(left: TableRow, right: TableRow) -> float:
    return _equal(left, right) + (_AS_MANY if len(left.values) == len(right.values) else -_AS_MANY)


def _equal(left: TableRow, right: TableRow) -> float:
    return float(sum(same(a, b) for a, b in zip(left.values, right.values, strict=False)))


def columns(table: Table) -> tuple[tuple[tuple[TableRow, Value], ...], ...]:
    """The numbers of each column from the last to the first, with their rows; what is no number is left out."""
    most = max((len(row.values) for row in table), default=0)
    found = []
    for back in range(1, most + 1):
        cells = [(row, row.values[-back]) for row in table if len(row.values) >= back]
        numbers = tuple((row, value) for row, value in cells if value.amount is not None and not value.ordinal)
        if len(numbers) > _LEAST_ROWS:
            found.append(numbers)
    return tuple(found)
