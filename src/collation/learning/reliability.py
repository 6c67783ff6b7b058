"""How far measured shares and printed probabilities can be trusted."""

from __future__ import annotations

import math


def wilson(k: int, n: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    if not n:
        return 0.0, 1.0
    z, p = 1.96, k / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def reliability(outcomes: list[tuple[float, bool]], bins: int = 10) -> tuple[float, list[tuple[float, float, int]]]:
    """The expected calibration error over bins of equal mass, and each bin's mean probability, share right, size."""
    ordered = sorted(outcomes)
    if not ordered:
        return 0.0, []
    rows, error = [], 0.0
    for b in range(bins):
        part = ordered[b * len(ordered) // bins : (b + 1) * len(ordered) // bins]
        if not part:
            continue
        said = sum(p for p, _ in part) / len(part)
        true = sum(t for _, t in part) / len(part)
        error += len(part) / len(ordered) * abs(said - true)
        rows.append((said, true, len(part)))
    return error, rows
