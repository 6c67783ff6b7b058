"""What a scanner or a typist does to letters: the cost of reading one word for another.

Costs are in eighths of an edit. A plain insertion, deletion or substitution costs 8; a substitution that scanners
are known to make costs 3 to 6 by its count in ``dictionaries/confusions.tsv``; a doubled letter lost or gained costs
5 and two letters changing places 6.
"""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold

EDIT = 8
_DOUBLE = 5
_SWAP = 6
_STEPS = ((60, 3), (20, 4), (8, 5), (2, 6))


@lru_cache(maxsize=1)
def substitution_costs() -> dict[tuple[str, str], int]:
    """The cost of each listed pair, both ways round."""
    costs: dict[tuple[str, str], int] = {}
    for a, b, count, _ in dictionaries.rows("confusions.tsv", columns=4):
        cost = next((c for least, c in _STEPS if int(count) >= least), EDIT)
        costs[a, b] = costs[b, a] = cost
    return costs


@lru_cache(maxsize=100_000)
def channel_cost(observed: str, reading: str) -> int:
    """The least cost, in eighths of an edit, of a scanner showing ``observed`` where ``reading`` stands."""
    left, right = fold(observed), fold(reading)
    costs = substitution_costs()
    before: list[int] = []
    row = [EDIT * j for j in range(len(right) + 1)]
    for i, a in enumerate(left, 1):
        current = [EDIT * i]
        for j, b in enumerate(right, 1):
            same = row[j - 1] + (0 if a == b else costs.get((a, b), EDIT))
            gone = row[j] + (_DOUBLE if i > 1 and left[i - 2] == a else EDIT)
            come = current[j - 1] + (_DOUBLE if j > 1 and right[j - 2] == b else EDIT)
            best = min(same, gone, come)
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2] and a != b:
                best = min(best, before[j - 2] + _SWAP)
            current.append(best)
        before, row = row, current
    return row[-1]
