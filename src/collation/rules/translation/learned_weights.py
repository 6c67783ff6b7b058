"""The weights of measures that are learned from faults made in sound texts (``learning/translation_faults.py``).

A sum of weighed measures cannot say that a name without an answer is a fault where another name faces it *or* where nothing is
opposite; a forest of decision trees (Breiman 2001) can, and beside the sum it is one measure more, ``FOREST``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache

from collation.knowledge import dictionaries

FOREST = "forest"  # the measure that a forest gives
_CONSTANT = "constant"
LEAF = "leaf"  # in the place of a measure, in the row of a leaf
_LEAST_SHARE = 0.005  # share of faults in a leaf below which, and above 1 less which, more trees say no more

Tree = float | tuple[str, float, "Tree", "Tree"]
"""A share of faults, or a measure, a limit, and the trees for a measure up to the limit and for one above it."""


def weighed(name: str, measures: Mapping[str, float]) -> float:
    """The log-odds of measures by the weights of a learned file; measures that it does not name count nothing."""
    weights = _weights(name)
    return weights[_CONSTANT] + sum(weights.get(measure, 0.0) * value for measure, value in measures.items())


@lru_cache(maxsize=4)
def _weights(name: str) -> dict[str, float]:
    return {m: float(w) for m, w in dictionaries.read_rows(dictionaries.data_file(name), columns=2)}


def forest_odds(name: str, measures: Mapping[str, float]) -> float:
    """The log-odds that the trees of a learned file give for measures: of the mean share of faults in the leaves that they reach;
    measures that are not there are 0."""
    return odds_of(_forest(name), measures)


def odds_of(trees: tuple[Tree, ...], measures: Mapping[str, float]) -> float:
    """The log-odds that trees give for measures. Raises ZeroDivisionError where there is no tree."""
    share = sum(_share(tree, measures) for tree in trees) / len(trees)
    share = min(1.0 - _LEAST_SHARE, max(_LEAST_SHARE, share))
    return math.log(share / (1.0 - share))


def _share(tree: Tree, measures: Mapping[str, float]) -> float:
    while isinstance(tree, tuple):
        measure, limit, up_to, above = tree
        tree = up_to if measures.get(measure, 0.0) <= limit else above
    return tree


@lru_cache(maxsize=2)
def _forest(name: str) -> tuple[Tree, ...]:
    """The trees of a file that has a question or a leaf in each row, a tree behind the other: the measure, or that it is a leaf, and the limit
    or the share; behind a question first what is asked up to the limit, then what is asked above it."""
    rows = iter(dictionaries.read_rows(dictionaries.data_file(name), columns=2))
    return tuple(_grown(row, rows) for row in rows)


def _grown(row: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Tree:
    measure, number = row
    if measure == LEAF:
        return float(number)
    up_to = _grown(next(rows), rows)
    return measure, float(number), up_to, _grown(next(rows), rows)
