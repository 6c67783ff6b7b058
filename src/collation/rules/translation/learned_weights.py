"""The weights of measures that are learned from faults made in sound texts (``learning/translation_faults.py``)."""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge import dictionaries

_CONSTANT = "constant"


def weighed(name: str, measures: dict[str, float]) -> float:
    """The log-odds of measures by the weights of a learned file; measures that it does not name count nothing."""
    weights = _weights(name)
    return weights[_CONSTANT] + sum(weights.get(measure, 0.0) * value for measure, value in measures.items())


@lru_cache(maxsize=4)
def _weights(name: str) -> dict[str, float]:
    return {m: float(w) for m, w in dictionaries.read_rows(dictionaries.data_file(name), columns=2)}
