"""The weights of measures that are learned from faults made in sound texts (``learning/translation_faults.py``).

A sum of weighed measures cannot say that a name without an answer is a fault where another name faces it *or* where nothing is
opposite; a forest of decision trees (Breiman 2001) can, and beside the sum it is one measure more, ``FOREST``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from collation.errors import DamagedDictionary, Message
from collation.knowledge import dictionaries
from collation.knowledge.forest import Forest
from collation.system.files import read_regular

FOREST = "forest"  # the measure that a forest gives
LARGEST = 10_000_000  # bytes of a file of trees
_CONSTANT = "constant"
_LEAST_SHARE = 0.005  # share of faults in a leaf below which, and above 1 less which, more trees say no more


@dataclass(frozen=True)
class Shares:
    """Trees whose leaves are shares of faults, over measures by their names."""

    measures: tuple[str, ...]
    trees: Forest

    def odds(self, listed: Sequence[Mapping[str, float]]) -> list[float]:
        """The log-odds of the mean share in the leaves that each item reaches; measures that are not there are 0."""
        rows = np.array([[item.get(name, 0.0) for name in self.measures] for item in listed])
        means = self.trees.score(rows) / len(self.trees.trees)
        return [math.log(p / (1.0 - p)) for p in np.clip(means, _LEAST_SHARE, 1.0 - _LEAST_SHARE).tolist()]

    def to_json(self) -> dict[str, Any]:
        return {"measures": list(self.measures), **self.trees.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Shares:
        """Raises LookupError, TypeError or ValueError for what is none."""
        names = tuple(map(str, data["measures"]))
        return cls(names, Forest.from_json(data, list(range(len(names)))))


def weighed(name: str, measures: Mapping[str, float]) -> float:
    """The log-odds of measures by the weights of a learned file; measures that it does not name count nothing."""
    return _weights(name)[_CONSTANT] + summed(name, measures)


def summed(name: str, measures: Mapping[str, float]) -> float:
    """The same without a constant, for what is only compared."""
    weights = _weights(name)
    return sum(weights.get(measure, 0.0) * value for measure, value in measures.items())


@lru_cache(maxsize=4)
def _weights(name: str) -> dict[str, float]:
    return {m: float(w) for m, w in dictionaries.read_rows(dictionaries.data_file(name), columns=2)}


def forest_odds(name: str, measures: Mapping[str, float]) -> float:
    """The log-odds that the trees of a learned file give for measures. Raises DamagedDictionary for a file that holds none."""
    return _forest(name).odds([measures])[0]


@lru_cache(maxsize=2)
def _forest(name: str) -> Shares:
    path = dictionaries.data_file(name)
    try:
        return Shares.from_json(json.loads(read_regular(path, most=LARGEST).decode("utf-8")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedDictionary(Message("weights-unreadable", reason=error), path=path) from error
