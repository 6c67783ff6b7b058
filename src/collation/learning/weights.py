"""Fitting the judge: trees for the readings, trees for the places, a curve for honest probabilities.

Training is scikit-learn's gradient boosting, small and seeded; what ships is a plain JSON of trees that
``judge/model.py`` evaluates with numpy. Cross-validation is by document.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collation.judge.model import Forest, place_features
from collation.learning.examples import Example

_READING = {"max_iter": 150, "max_leaf_nodes": 15, "learning_rate": 0.07, "min_samples_leaf": 25, "l2_regularization": 2.0}
_PLACE = {"max_iter": 120, "max_leaf_nodes": 8, "learning_rate": 0.06, "min_samples_leaf": 25, "l2_regularization": 2.0}


def fit(examples: list[Example], *, seed: int = 7) -> tuple[Forest, Forest]:
    """The two forests: which reading is right, and whether a place is wrong. The second learns from readings scored
    out of fold, so that it does not trust scores that saw their own answer."""
    folds = _folds(examples, 3)
    scores: dict[int, NDArray[np.float64]] = {}
    for held in range(3):
        train = [e for e, f in zip(examples, folds, strict=True) if f != held]
        forest = _fit_readings(train, seed)
        which = [i for i, f in enumerate(folds) if f == held]
        rows = np.array([row for i in which for row in examples[i].rows])
        parts = np.split(forest.score(rows), np.cumsum([len(examples[i].rows) for i in which])[:-1])
        scores.update(zip(which, parts, strict=True))
    rows = np.array([place_features(np.array(e.rows), scores[i]) for i, e in enumerate(examples)])
    labels = np.array([e.wrong for e in examples], dtype=float)
    places = _boost(rows, labels, _PLACE, seed)
    return _fit_readings(examples, seed), places


def _fit_readings(examples: list[Example], seed: int) -> Forest:
    """The readings' forest; of the doubts where nothing is wrong every third is enough, the places see them all."""
    kept = [e for i, e in enumerate(examples) if e.wrong or i % 3 == 0]
    rows = np.array([row for e in kept for row in e.rows])
    labels = np.array([r for e in kept for r in e.right], dtype=float)
    return _boost(rows, labels, _READING, seed)


def _boost(rows: NDArray[np.float64], labels: NDArray[np.float64], options: dict[str, float], seed: int) -> Forest:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(random_state=seed, early_stopping=False, max_features=0.5, **options)
    model.fit(rows, labels)
    trees = []
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        left, right = (np.where(leaf, -1, nodes[side].astype(int)).tolist() for side in ("left", "right"))
        values = _means(nodes["value"].astype(float).tolist(), nodes["count"].astype(float).tolist(), left, right)
        trees.append(
            (
                nodes["feature_idx"].astype(int).tolist(),
                [round(float(t), 6) if np.isfinite(t) else 0.0 for t in nodes["num_threshold"]],
                left,
                right,
                [round(v, 6) for v in values],
            )
        )
    return Forest.made(float(model._baseline_prediction.ravel()[0]), trees)


def _means(values: list[float], counts: list[float], left: list[int], right: list[int]) -> list[float]:
    """The leaves' values, and at every inner node the mean over the examples that came by: what it says before it asks."""
    found = list(values)
    for node in range(len(values) - 1, -1, -1):  # children stand behind their parents
        if left[node] >= 0:
            both = counts[left[node]], counts[right[node]]
            found[node] = (found[left[node]] * both[0] + found[right[node]] * both[1]) / max(1.0, sum(both))
    return found


def _folds(examples: list[Example], n: int) -> list[int]:
    """Whole documents to folds."""
    labels = sorted({e.document for e in examples})
    place = {label: i % n for i, label in enumerate(labels)}
    return [place[e.document] for e in examples]
