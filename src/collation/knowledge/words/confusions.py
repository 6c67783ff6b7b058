"""What a scanner or a typist does to letters: the cost of reading one word for another.

Costs are in eighths of an edit. A plain insertion, deletion or substitution costs 8; a substitution that scanners
are known to make costs 3 to 6 by its count in ``dictionaries/confusions.tsv``; a doubled letter lost or gained costs
5 and two letters changing places 6.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold

EDIT = 8
_DOUBLE = 5
_SWAP = 6
_STEPS = ((60, 3), (20, 4), (8, 5), (2, 6))
CHEAPEST = min(cost for _, cost in _STEPS)  # what one plain edit costs at the least


@lru_cache(maxsize=1)
def substitution_costs() -> dict[tuple[str, str], int]:
    """The cost of each listed pair, both ways round."""
    costs: dict[tuple[str, str], int] = {}
    for a, b, count, _ in dictionaries.rows("confusions.tsv", columns=4):
        cost = next((c for least, c in _STEPS if int(count) >= least), EDIT)
        costs[a, b] = costs[b, a] = cost
    return costs


@lru_cache(maxsize=3_000)
def channel_cost(observed: str, reading: str) -> int:
    """What it costs, in eighths of an edit, for a scanner to show ``observed`` where ``reading`` is written.

    The shortest plain edit path is priced letter by letter, and the letter-for-letter path too where the lengths are
    equal; the cheaper one counts.
    """
    left, right = (
        fold(observed),
        fold.__wrapped__(reading),
    )  # readings are asked once, and would drive out what is asked again
    if left == right:
        return 0
    priced = _priced(left, right)
    if len(left) == len(right):
        costs = substitution_costs()
        straight = sum(costs.get((a, b), EDIT) for a, b in zip(left, right, strict=True) if a != b)
        priced = min(priced, straight, _swapped(left, right))
    return priced


def _priced(left: str, right: str) -> int:
    costs = substitution_costs()
    total = 0
    for op in Levenshtein.editops(left, right):
        i, j = op.src_pos, op.dest_pos
        if op.tag == "replace":
            total += costs.get((left[i], right[j]), EDIT)
        elif op.tag == "delete":
            total += _DOUBLE if left[i] in (left[i - 1 : i] + left[i + 1 : i + 2]) else EDIT
        else:
            total += _DOUBLE if right[j] in (right[j - 1 : j] + right[j + 1 : j + 2]) else EDIT
    return total


def _swapped(left: str, right: str) -> int:
    """The cost when two neighbouring letters changed places and nothing else did."""
    unlike = [i for i, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if (
        len(unlike) == 2
        and unlike[1] == unlike[0] + 1
        and left[unlike[0]] == right[unlike[1]]
        and left[unlike[1]] == right[unlike[0]]
    ):
        return _SWAP
    return EDIT * len(left)
