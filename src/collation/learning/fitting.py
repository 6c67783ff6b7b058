"""Fitting the judge: trees for the readings, trees for the places, a curve for honest probabilities.

Training is scikit-learn's gradient boosting, small and seeded; what ships is a plain JSON of trees that
``judge/weights.py`` evaluates with numpy. The forest of places is the mean of several fits (``FITS``), in log-odds, which is
again a forest. Cross-validation is by document: whatever was done to a text, all its doubts are in one fold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.errors import CollationError, Message
from collation.judge.features import OF_READINGS
from collation.judge.weights import Sharing, place_features
from collation.knowledge.forest import Forest
from collation.learning.calibration import (
    Curve,
    Numbers,
    auc,
    calibration_error,
    fit_curve,
    fit_sharing,
    reached,
    rounded,
    share_of,
    weights_for,
)
from collation.learning.examples import Example
from collation.learning.gather import stem

FOLDS = 3
READING = {
    "max_iter": 150,
    "max_leaf_nodes": 15,
    "learning_rate": 0.07,
    "min_samples_leaf": 25,
    "l2_regularization": 2.0,
}
PLACE = {"max_iter": 200, "max_leaf_nodes": 16, "learning_rate": 0.06, "min_samples_leaf": 25, "l2_regularization": 2.0}


@dataclass(frozen=True, slots=True)
class Fit:
    """One of the fits that the forest of places is the mean of: how far its seed is from the given one, whether it learns from
    what readers misread beside what a program planted, and its part of the mean."""

    step: int
    by_hand: bool
    part: float


FITS = (Fit(0, True, 0.25), Fit(1, True, 0.25), Fit(2, False, 0.5))
"""Readers err less in sight of a scanner's noise: half of what is said is learned from the noise alone."""
_SOUND_READ = 3  # of the sound doubts every third teaches the readings; the places see them all


@dataclass(frozen=True, slots=True)
class Learned:
    """A judge: which reading is right, whether a place is wrong, the curve, how readings share a place, and what was reached out
    of fold."""

    readings: Forest
    places: Forest
    curve: Curve
    sharing: Sharing
    figures: dict[str, Any]


def learn_weights(examples: Sequence[Example], *, share: float, seed: int = 7) -> Learned:
    """The forests of all examples, with the curve fitted on what forests say of documents that they had not seen.
    ``share`` is the share of errors among doubts that the probabilities are to be honest for."""
    _demand_both(examples, documents=FOLDS)
    folds = folds_of(examples, FOLDS)
    odds = out_of_fold(examples, folds, seed=seed)
    wrong = [e.wrong for e in examples]
    curve = fit_curve(odds, wrong, share)
    figures = {
        "doubts": len(wrong),
        "wrong": sum(wrong),
        "share": rounded(share_of(wrong)),
        "auc": rounded(auc(odds, wrong)),
        "calibration_error": rounded(calibration_error(curve(odds), wrong, weights_for(wrong, share))),
        "folds": reached(odds, wrong, folds, share),
    }
    scores = readings_out_of_fold(examples, folds, seed=seed)
    listed = [i for i, is_wrong in enumerate(wrong) if is_wrong]
    sharing = fit_sharing([scores[i] for i in listed], [examples[i].right for i in listed])
    return Learned(*fit_forests(examples, seed=seed), curve, sharing, figures)


def fit_forests(examples: Sequence[Example], *, seed: int = 7) -> tuple[Forest, Forest]:
    """The two forests: which reading is right, and whether a place is wrong. The second learns from readings scored
    out of fold, so that it does not trust scores that saw their own answer."""
    _demand_both(examples)
    scores = readings_out_of_fold(examples, folds_of(examples, FOLDS), seed=seed)
    rows = np.array([place_features(np.array(e.rows), scores[i]) for i, e in enumerate(examples)])
    labels = np.array([e.wrong for e in examples], dtype=float)
    planted = np.array([not e.by_hand for e in examples])
    _demand_both([e for e in examples if not e.by_hand])
    forests = []
    for fit in FITS:
        seen = planted | fit.by_hand
        forests.append(exported(boosted(rows[seen], labels[seen], PLACE, seed + fit.step)))
    return _fit_readings(examples, seed), mean_of(forests, [fit.part for fit in FITS])


def mean_of(forests: Sequence[Forest], parts: Sequence[float]) -> Forest:
    """The forest that gives the weighted mean of the log-odds of several."""
    base = sum(part * forest.base for forest, part in zip(forests, parts, strict=True))
    trees = [
        (*tree[:4], np.round(part * tree[4], 6))
        for forest, part in zip(forests, parts, strict=True)
        for tree in forest.trees
    ]
    return Forest(base, tuple(trees))


def out_of_fold(examples: Sequence[Example], folds: Sequence[int], *, seed: int) -> Numbers:
    """The log-odds of every place, from forests fitted without any document of its fold."""
    odds = np.zeros(len(examples))
    for held, train in _split(examples, folds):
        odds[held] = place_odds(fit_forests(train, seed=seed), [examples[i] for i in held])
    return odds


def readings_out_of_fold(examples: Sequence[Example], folds: Sequence[int], *, seed: int) -> dict[int, Numbers]:
    """The log-odds of the readings of every place, by its number, from a forest fitted without any document of its fold."""
    scores: dict[int, Numbers] = {}
    for held, train in _split(examples, folds):
        forest = _fit_readings(train, seed)
        scores.update(zip(held, reading_scores(forest, [examples[i] for i in held]), strict=True))
    return scores


def place_odds(forests: tuple[Forest, Forest], examples: Sequence[Example]) -> Numbers:
    """The log-odds that each place is wrong."""
    readings, places = forests
    if not examples:
        return np.zeros(0)
    scores = reading_scores(readings, examples)
    return places.score(np.array([place_features(np.array(e.rows), s) for e, s in zip(examples, scores, strict=True)]))


def reading_scores(forest: Forest, examples: Sequence[Example]) -> list[Numbers]:
    """For each doubt the log-odds of its readings."""
    rows = np.array([row for e in examples for row in e.rows])
    return np.split(forest.score(rows), np.cumsum([len(e.rows) for e in examples])[:-1])


def _fit_readings(examples: Sequence[Example], seed: int) -> Forest:
    kept = [e for i, e in enumerate(examples) if e.wrong or i % _SOUND_READ == 0]
    rows = np.array([row[: len(OF_READINGS)] for e in kept for row in e.rows])
    labels = np.array([r for e in kept for r in e.right], dtype=float)
    if not 0 < labels.sum() < len(labels):
        raise CollationError(Message("readings-one-sided"))
    return exported(boosted(rows, labels, READING, seed))


def boosted(rows: NDArray[np.float64], labels: NDArray[np.float64], options: dict[str, float], seed: int) -> Any:
    """The boosted trees, as scikit-learn fits them. One thread: on a busy machine more of them wait for one another."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    model = HistGradientBoostingClassifier(random_state=seed, early_stopping=False, max_features=0.5, **options)
    with threadpool_limits(1):
        return model.fit(rows, labels)


def exported(model: Any) -> Forest:
    """The trees of scikit-learn as a forest of ours. Thresholds are kept to the last digit: a rounded one sends a value
    that lies on it to the other side."""
    trees = []
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        left, right = (np.where(leaf, -1, nodes[side].astype(int)).tolist() for side in ("left", "right"))
        values = _means(nodes["value"].astype(float).tolist(), nodes["count"].astype(float).tolist(), left, right)
        thresholds = np.where(leaf, 0.0, nodes["num_threshold"]).tolist()
        trees.append(
            (nodes["feature_idx"].astype(int).tolist(), thresholds, left, right, [round(v, 6) for v in values])
        )
    return Forest.made(float(model._baseline_prediction.ravel()[0]), trees)


def _means(values: list[float], counts: list[float], left: list[int], right: list[int]) -> list[float]:
    """The leaves' values, and at every inner node the mean over the examples that came by: what it says before it asks."""
    found = list(values)
    for node in range(len(values) - 1, -1, -1):  # children are behind their parents
        if left[node] >= 0:
            both = counts[left[node]], counts[right[node]]
            found[node] = (found[left[node]] * both[0] + found[right[node]] * both[1]) / max(1.0, sum(both))
    return found


def folds_of(examples: Sequence[Example], n: int) -> list[int]:
    """A fold for each example; examples of one text, whatever was done to it, share theirs."""
    place = fold_by_text((e.document for e in examples), n)
    return [place[stem(e.document)] for e in examples]


def fold_by_text(names: Iterable[str], n: int) -> dict[str, int]:
    """The fold of each text, by the stem of its name."""
    return {name: i % n for i, name in enumerate(sorted({stem(name) for name in names}))}


def _split(examples: Sequence[Example], folds: Sequence[int]) -> list[tuple[list[int], list[Example]]]:
    """For each fold the numbers of the examples in it, and the examples outside it."""
    return [
        ([i for i, f in enumerate(folds) if f == held], [e for e, f in zip(examples, folds, strict=True) if f != held])
        for held in sorted(set(folds))
    ]


def _demand_both(examples: Sequence[Example], *, documents: int = 2) -> None:
    """Raises CollationError where there is too little to learn from."""
    wrong, texts = sum(e.wrong for e in examples), len({stem(e.document) for e in examples})
    if not 0 < wrong < len(examples):
        raise CollationError(Message("too-few-doubts", count=len(examples), wrong=wrong))
    if texts < documents:
        raise CollationError(Message("too-few-documents", count=texts, needed=documents))
