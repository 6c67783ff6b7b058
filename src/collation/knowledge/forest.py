"""Decision trees learned elsewhere, read from a data file and evaluated with numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
_AT_ONCE = 64  # rows that are scored together: what all trees say of them fits into the processor's cache


def _depth(children: NDArray[np.int64], roots: NDArray[np.int64]) -> int:
    """How many questions the longest way from a root to a leaf asks; a leaf is its own child."""
    depth, level = 0, roots
    while True:
        below = children.reshape(-1, 2)[level]
        level = below[below[:, 0] != level].reshape(-1)
        if not len(level):
            return depth
        depth += 1


class _Flat(NamedTuple):
    """The nodes of all trees: the feature asked for, the threshold, the right child and the left one, the value."""

    feature: NDArray[np.int64]
    threshold: Rows
    children: NDArray[np.int64]
    value: Rows
    roots: NDArray[np.int64]
    depth: int


@dataclass(frozen=True)
class Forest:
    """Boosted trees: log-odds are ``base`` plus the value of the leaf reached in each tree."""

    base: float
    trees: tuple[tuple[NDArray[np.int64], Rows, NDArray[np.int64], NDArray[np.int64], Rows], ...]

    @classmethod
    def made(cls, base: float, trees: list[tuple[list[int], list[float], list[int], list[int], list[float]]]) -> Forest:
        return cls(
            base,
            tuple(
                (
                    np.array(f, dtype=np.int64),
                    np.array(t),
                    np.array(a, dtype=np.int64),
                    np.array(b, dtype=np.int64),
                    np.array(v),
                )
                for f, t, a, b, v in trees
            ),
        )

    def score(self, rows: Rows) -> Rows:
        """The log-odds of each row."""
        flat = self._flat
        found = [np.zeros(0)]
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            values = part.ravel()  # one after the other: ``take`` is quicker than an index of rows and columns
            first = (np.arange(len(part)) * part.shape[1])[:, None]
            node = np.broadcast_to(flat.roots, (len(part), len(flat.roots)))
            for _ in range(flat.depth):
                asked = values.take(first + flat.feature.take(node))
                node = flat.children.take(2 * node + (asked <= flat.threshold.take(node)))
            summed = np.column_stack([np.full(len(part), self.base), flat.value.take(node)])
            found.append(
                np.cumsum(summed, axis=1)[:, -1]
            )  # in order of the trees: a sum of another order is another number
        return np.concatenate(found)

    @cached_property
    def _flat(self) -> _Flat:
        """All trees in one row of nodes, each leaf its own child, so that all are gone down at once."""
        feature, threshold, children, value, roots = [], [], [], [], []
        start = 0
        for own, limit, left, right, worth in self.trees:
            leaf = left < 0
            here = np.arange(len(left)) + start
            sides = np.where(leaf, here, right + start), np.where(leaf, here, left + start)
            feature.append(np.where(leaf, 0, own))
            threshold.append(limit)
            children.append(np.column_stack(sides).reshape(-1))
            value.append(worth)
            roots.append(start)
            start += len(left)
        whole = [np.concatenate([*found, np.zeros(0)]) for found in (feature, threshold, children, value)]
        own_children, all_roots = whole[2].astype(np.int64), np.array(roots, np.int64)
        depth = _depth(own_children, all_roots)
        return _Flat(whole[0].astype(np.int64), whole[1], own_children, whole[3], all_roots, depth)

    def contributions(self, row: Sequence[float]) -> dict[int, float]:
        """How far each feature moved the log-odds of one row: at every question of every tree, the mean of the examples
        behind the answer less the mean before it (Saabas 2014). With ``base`` and the trees' roots they sum to the score."""
        found: dict[int, float] = {}
        for feature, threshold, left, right, value in self.trees:
            node = 0
            while left[node] >= 0:
                column = int(feature[node])
                after = int(left[node] if row[column] <= threshold[node] else right[node])
                found[column] = found.get(column, 0.0) + float(value[after] - value[node])
                node = after
        return found

    def to_json(self) -> dict[str, Any]:
        return {"base": self.base, "trees": [[x.tolist() for x in tree] for tree in self.trees]}

    @classmethod
    def from_json(cls, data: dict[str, Any], columns: list[int]) -> Forest:
        """The forest of a file; ``columns`` says where each of its features is today."""
        for _, _, left, right, _ in data["trees"]:
            if any(0 <= child <= node for side in (left, right) for node, child in enumerate(side)):
                raise ValueError("a tree leads back to where it came from")
        return cls.made(data["base"], [([columns[f] for f in feature], *rest) for feature, *rest in data["trees"]])
