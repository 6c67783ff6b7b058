"""Monotone alignment of two lists of segments by dynamic programming over beads.

A bead is n segments opposite m. Its score is the mean of two shares, how much of either side the other explains,
weighted by its size; plain sums would glue neighbours together. Gaps are cheap, so that furniture and lost lines stay
alone. The scheme is Gale and Church's (1993) with word evidence in place of lengths.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BEADS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1))
_GAP = 0.17
_MERGE = 0.035
_LENGTH = 0.10

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each segment of either side: its weight, and per segment opposite the explained part of each token.

    ``rows[i][j]`` holds one value a token of original segment i, what translation segment j answers it with;
    ``columns[j][i]`` the same the other way; ``row_weights`` and ``column_weights`` say how much each token counts.
    """

    rows: list[list[Vector]]
    columns: list[list[Vector]]
    row_weights: list[Vector]
    column_weights: list[Vector]
    row_lengths: list[int]
    column_lengths: list[int]


@dataclass(frozen=True, slots=True)
class Bead:
    original: tuple[int, ...]
    translation: tuple[int, ...]
    score: float


def align_beads(evidence: Evidence, *, band: int | None = None) -> list[Bead]:
    """The best monotone chain of beads over all segments."""
    n, m = len(evidence.row_weights), len(evidence.column_weights)
    inside = _band(n, m, band)
    best = np.full((n + 1, m + 1), -np.inf)
    step: dict[tuple[int, int], tuple[int, int, float]] = {}
    best[0, 0] = 0.0
    for i in range(n + 1):
        for j in range(m + 1):
            if not inside(i, j) or (i == 0 and j == 0):
                continue
            for a, b in BEADS:
                if i < a or j < b or best[i - a, j - b] == -np.inf:
                    continue
                score = bead_score(evidence, range(i - a, i), range(j - b, j))
                total = best[i - a, j - b] + _value(evidence, range(i - a, i), range(j - b, j), score)
                if total > best[i, j]:
                    best[i, j] = total
                    step[i, j] = (a, b, score)
    return _trace(step, n, m)


def _band(n: int, m: int, band: int | None) -> Callable[[int, int], bool]:
    width = band if band is not None else max(12, int(0.15 * max(n, m)))
    return lambda i, j: abs(i * m - j * n) <= width * max(n, m, 1)


def _size(weights: list[Vector], lengths: list[int], which: range) -> float:
    return sum(float(weights[k].sum()) + 0.5 + 0.01 * lengths[k] for k in which)


def _value(evidence: Evidence, rows: range, columns: range, score: float) -> float:
    size = _size(evidence.row_weights, evidence.row_lengths, rows) + _size(
        evidence.column_weights, evidence.column_lengths, columns
    )
    if not rows or not columns:
        return size * _GAP
    penalty = _MERGE * (len(rows) + len(columns) - 2)
    left = sum(evidence.row_lengths[i] for i in rows) + 1
    right = sum(evidence.column_lengths[j] for j in columns) + 1
    ratio = min(left, right) / max(left, right)
    return size * (score - penalty - _LENGTH * (1 - ratio))


def bead_score(evidence: Evidence, rows: range, columns: range) -> float:
    """The mean of the two explained shares of a bead; 0 for a gap."""
    if not rows or not columns:
        return 0.0
    return 0.5 * (
        _share(evidence.rows, evidence.row_weights, rows, columns)
        + _share(evidence.columns, evidence.column_weights, columns, rows)
    )


def _share(table: list[list[Vector]], weights: list[Vector], own: range, other: range) -> float:
    got = whole = 0.0
    for i in own:
        total = float(weights[i].sum())
        if total:
            values = table[i][other[0]]
            for j in other[1:]:
                values = np.maximum(values, table[i][j])
            got += float((values * weights[i]).sum())
        whole += total
    return got / whole if whole else 0.0


def _trace(step: dict[tuple[int, int], tuple[int, int, float]], n: int, m: int) -> list[Bead]:
    beads = []
    i, j = n, m
    while i or j:
        a, b, score = step[i, j]
        beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), score))
        i, j = i - a, j - b
    return beads[::-1]
