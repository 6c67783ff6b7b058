"""What the measures of a rule are worth, fitted on doubts of which it is known whether they are at a planted fault.

A sum of weights by logistic regression, and a forest of decision trees over the same measures, which beside the sum is one measure more. Both are
judged out of fold, by documents. A fault counts once, however many doubts are at it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.knowledge.forest import Forest
from collation.learning.logistic import logistic
from collation.rules.translation.learned_weights import FOREST, Shares

SOUND = -1  # the number of the fault of what is asked in a sound text
_FOLDS = 5
_TREES = {
    "n_estimators": 120,
    "max_leaf_nodes": 64,
    "min_samples_leaf": 4,
    "max_features": 0.1,
}  # of a forest; with the trees whole .02 more faults were found
_RIDGE = 100.0  # how far the weights of measures of one spread are drawn towards nought: of 50, 100, 200 and 400 the best for names out of fold
_FREE_CONSTANT = 0.01  # spread of the constant, so small that it is drawn nowhere

Odds = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One example: its document, the number of its fault (``SOUND`` in a sound text), and its measures."""

    document: str
    fault: int
    measures: dict[str, float]


def names_of_measures(listed: Sequence[Weighed]) -> list[str]:
    """The measures that occur."""
    return sorted({name for w in listed for name in w.measures})


def fitted(listed: Sequence[Weighed], names: Sequence[str]) -> Odds:
    """The weights of the measures, the constant last."""
    rows = _table(listed, names)
    spread: Odds = np.array([float(column.std()) or 1.0 for column in rows.T])
    spread[-1] = _FREE_CONSTANT
    weights: Odds = logistic(rows / spread, _labels(listed), counts=_counts(listed), ridge=_RIDGE) / spread
    return weights


def out_of_fold(listed: Sequence[Weighed], names: Sequence[str]) -> Odds:
    """The log-odds of each example by weights that have not seen its document."""
    own = _folds(listed)
    odds = np.zeros(len(listed))
    for k in range(_FOLDS):
        weights = fitted([w for w, f in zip(listed, own, strict=True) if f != k], names)
        held = [w for w, f in zip(listed, own, strict=True) if f == k]
        if held:
            odds[own == k] = _table(held, names) @ weights
    return odds


def grown(listed: Sequence[Weighed], names: Sequence[str], seed: int) -> Shares:
    """A forest over the measures."""
    from sklearn.ensemble import RandomForestClassifier

    model = RandomForestClassifier(random_state=seed, n_jobs=1, **_TREES)
    model.fit(_table(listed, names)[:, :-1], _labels(listed), sample_weight=_counts(listed))
    return Shares(tuple(names), Forest.made(0.0, [_tree(one.tree_) for one in model.estimators_]))


def _tree(whole: Any) -> tuple[list[int], list[float], list[int], list[int], list[float]]:
    """A tree of scikit-learn as ``Forest`` has it."""
    leaf = whole.children_left < 0
    shares = whole.value[:, 0, 1] / whole.value[:, 0].sum(axis=1)
    return (
        np.where(leaf, 0, whole.feature).tolist(),
        np.where(leaf, 0.0, whole.threshold).round(4).tolist(),
        whole.children_left.tolist(),
        whole.children_right.tolist(),
        np.where(leaf, shares, 0.0).round(3).tolist(),
    )


def with_forest(listed: Sequence[Weighed], names: Sequence[str], seed: int) -> list[Weighed]:
    """The examples with what a forest says of each that has not seen its document, as the measure ``FOREST``."""
    own = _folds(listed)
    found = list(listed)
    for k in range(_FOLDS):
        held = np.flatnonzero(own == k).tolist()
        if held:
            shares = grown([w for w, f in zip(listed, own, strict=True) if f != k], names, seed)
            for number, odds in zip(held, shares.odds([listed[n].measures for n in held]), strict=True):
                found[number] = replace(listed[number], measures=listed[number].measures | {FOREST: odds})
    return found


def stacked(listed: Sequence[Weighed], sums: Odds) -> Odds:
    """What the sum of the weights, the forest and a constant are worth beside each other; both are given out of fold."""
    rows = np.column_stack([sums, [w.measures[FOREST] for w in listed], np.ones(len(listed))])
    return logistic(rows, _labels(listed), counts=_counts(listed))


def limit_for(odds: Odds, listed: Sequence[Weighed], words: int, false: float) -> float:
    """The log-odds that so many examples of the sound texts exceed in ten thousand words."""
    sound = sorted((o for o, w in zip(odds.tolist(), listed, strict=True) if w.fault == SOUND), reverse=True)
    at = min(len(sound) - 1, round(false * words / 10_000))
    return float(sound[at])


def noticed(
    odds: Odds, listed: Sequence[Weighed], faults: Sequence[tuple[str, str, str]], limit: float
) -> dict[tuple[str, str], tuple[int, int]]:
    """How many faults of each kind and side have a doubt above the limit, and how many there are."""
    seen = {w.fault for o, w in zip(odds.tolist(), listed, strict=True) if w.fault != SOUND and o > limit}
    whole = Counter((kind, side) for _, kind, side in faults)
    got = Counter((kind, side) for n, (_, kind, side) in enumerate(faults) if n in seen)
    return {key: (got[key], whole[key]) for key in sorted(whole)}


def _table(listed: Sequence[Weighed], names: Sequence[str]) -> Odds:
    return np.array([[*(w.measures.get(name, 0.0) for name in names), 1.0] for w in listed])


def _labels(listed: Sequence[Weighed]) -> Odds:
    """1 for what is at a fault."""
    return np.array([float(w.fault != SOUND) for w in listed])


def _counts(listed: Sequence[Weighed]) -> Odds:
    """How much each example counts: those of one fault together as much as one of a sound text."""
    doubts = Counter((w.document, w.fault) for w in listed)
    return np.array([1.0 if w.fault == SOUND else 1.0 / doubts[w.document, w.fault] for w in listed])


def _folds(listed: Sequence[Weighed]) -> NDArray[np.int64]:
    """The fold of each example, by its document."""
    fold = {name: k % _FOLDS for k, name in enumerate(sorted({w.document for w in listed}))}
    return np.array([fold[w.document] for w in listed])
