"""Monotone alignment of two lists of segments by dynamic programming over beads.

A bead is n segments opposite m. Its score is the mean of two shares, how much of either side the other explains,
weighted by its size; plain sums would glue neighbours together. Gaps are cheap, so that furniture and lost lines stay
alone. The scheme is Gale and Church's (1993) with word evidence in place of lengths. Only states inside the band are
visited.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collation.alignment.answer_tables import Evidence, Vector
from collation.alignment.corridor import Band

BEADS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1))
_GAP = 0.17
_MERGE = 0.035
_LENGTH = 0.10
_MEMBER = 0.2

Step = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Bead:
    original: tuple[int, ...]
    translation: tuple[int, ...]
    score: float


def align_beads(evidence: Evidence, band: Band) -> list[Bead]:
    """The best monotone chain of beads over all segments, within the band."""
    sizes = (
        [t + 0.5 + 0.01 * length for t, length in zip(evidence.row_totals, evidence.row_lengths, strict=True)],
        [t + 0.5 + 0.01 * length for t, length in zip(evidence.column_totals, evidence.column_lengths, strict=True)],
    )
    best: list[dict[int, float]] = [{} for _ in band]
    steps: list[dict[int, Step]] = [{} for _ in band]
    best[0][0] = 0.0
    for i, (first, last) in enumerate(band):
        for j in range(first, last + 1):
            for a, b in BEADS:
                before = best[i - a].get(j - b) if i >= a and j >= b else None
                if before is None:
                    continue
                rows, columns = range(i - a, i), range(j - b, j)
                score = bead_score(evidence, rows, columns)
                total = before + _value(evidence, sizes, rows, columns, score)
                if j not in best[i] or total > best[i][j]:
                    best[i][j] = total
                    steps[i][j] = (a, b, score)
    return _trace(steps, len(evidence.row_totals), len(evidence.column_totals))


def _value(
    evidence: Evidence, sizes: tuple[list[float], list[float]], rows: range, columns: range, score: float
) -> float:
    size = sum(sizes[0][rows.start : rows.stop]) + sum(sizes[1][columns.start : columns.stop])
    if not rows or not columns:
        return size * _GAP
    penalty = _MERGE * (len(rows) + len(columns) - 2)
    left = sum(evidence.row_lengths[rows.start : rows.stop]) + 1
    right = sum(evidence.column_lengths[columns.start : columns.stop]) + 1
    ratio = min(left, right) / max(left, right)
    return size * (score - penalty - _LENGTH * (1 - ratio))


def bead_score(evidence: Evidence, rows: range, columns: range) -> float:
    """The mean of the two explained shares of a bead; 0 for a gap, and when a member adds nothing of its own."""
    if not rows or not columns:
        return 0.0
    if len(rows) == 1 and len(columns) == 1:
        i, j = rows[0], columns[0]
        return 0.5 * (evidence.row_shares[i].get(j, 0.0) + evidence.column_shares[j].get(i, 0.0))
    if not (
        _all_share(evidence.row_shares, evidence.row_totals, rows, columns)
        and _all_share(evidence.column_shares, evidence.column_totals, columns, rows)
    ):
        return 0.0
    left = _share(evidence.rows, evidence.row_totals, rows, columns)
    return 0.5 * (left + _share(evidence.columns, evidence.column_totals, columns, rows))


def _all_share(shares: list[dict[int, float]], totals: list[float], own: range, other: range) -> bool:
    """Whether each of several runs has its part in a bead."""
    return len(own) == 1 or all(not totals[i] or sum(shares[i].get(j, 0.0) for j in other) >= _MEMBER for i in own)


def _share(table: list[dict[int, Vector]], totals: list[float], own: range, other: range) -> float:
    """How much of some runs the others explain."""
    got = whole = 0.0
    for i in own:
        whole += totals[i]
        cells = [table[i][j] for j in other if j in table[i]]
        if len(cells) == 1:
            got += float(cells[0].sum())
        elif cells:
            got += float(np.maximum.reduce(cells).sum())
    return got / whole if whole else 0.0


def _trace(steps: list[dict[int, Step]], n: int, m: int) -> list[Bead]:
    beads = []
    i, j = n, m
    while i or j:
        a, b, score = steps[i][j]
        beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), score))
        i, j = i - a, j - b
    return beads[::-1]
