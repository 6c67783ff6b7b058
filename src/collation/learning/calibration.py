"""Honest probabilities: Platt's scaling, fitted on predictions for documents that the forests had not seen.

Planted noise has its own share of errors among the doubts, documents have another, and log-odds learned at one share are
too high or too low at the other. So the curve is fitted at an aimed share: errors and sound places are weighted as if
the errors were that share of all. The aimed share is never chosen by hand: it is counted in documents with gold
(``share_of``), or estimated from documents without it by the expectation maximisation of Saerens, Latinne and Decaestecker
(2002), ``judge.soundness.expected_share``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.errors import CollationError, Message
from collation.judge.weights import Sharing, sigmoid

Numbers = NDArray[np.float64]
_BINS = 10
_POWERS, _NONES = (0.1, 10.0), (0.001, 1.0)  # between which the numbers of a sharing are sought
_HARDLY = 1e-9  # keeps the logarithm of an impossible chance finite


@dataclass(frozen=True, slots=True)
class Curve:
    """P(wrong) = 1 / (1 + exp(-(scale · log-odds + shift))), fitted for ``share`` errors among the doubts."""

    scale: float
    shift: float
    share: float

    def __call__(self, odds: Numbers) -> Numbers:
        found: Numbers = sigmoid(self.scale * odds + self.shift)
        return found


def share_of(wrong: Sequence[bool]) -> float:
    """The share of errors among doubts. Raises CollationError when all or none are errors: nothing is learned from that."""
    share = sum(wrong) / len(wrong) if wrong else 0.0
    if not 0.0 < share < 1.0:
        said = Message("no-doubts") if not wrong else Message("only-errors") if share else Message("no-errors")
        raise CollationError(Message("share-uncountable", reason=said))
    return share


def weights_for(wrong: Sequence[bool], share: float) -> Numbers:
    """How much each doubt counts so that errors are this share of all; the weights' mean is 1."""
    own = share_of(wrong)
    return np.where(np.array(wrong, dtype=bool), share / own, (1.0 - share) / (1.0 - own))


def fit_curve(odds: Numbers, wrong: Sequence[bool], share: float) -> Curve:
    """Platt (1999): logistic regression of the truth on the log-odds, with his targets a little inside 0 and 1, at the
    aimed share of errors."""
    from sklearn.linear_model import LogisticRegression

    weights = weights_for(wrong, share)
    labels = np.array(wrong, dtype=float)
    targets = np.where(labels > 0, (labels.sum() + 1) / (labels.sum() + 2), 1 / (len(labels) - labels.sum() + 2))
    model = LogisticRegression(C=np.inf, max_iter=1000, tol=1e-8)
    model.fit(
        np.concatenate([odds, odds])[:, None],
        np.concatenate([np.ones(len(odds)), np.zeros(len(odds))]),
        sample_weight=np.concatenate([weights * targets, weights * (1 - targets)]),
    )
    return Curve(round(float(model.coef_[0, 0]), 6), round(float(model.intercept_[0]), 6), share)


def fit_sharing(scores: Sequence[Numbers], right: Sequence[Sequence[bool]]) -> Sharing:
    """How the readings of a place share it, from their log-odds out of fold and from which of them are right, of places that are
    wrong: the two numbers by which what is right, a reading or none, is likeliest (temperature scaling, Guo et al. 2017).
    """
    from scipy.optimize import minimize

    alone = [sigmoid(own) for own in scores]
    truth = [np.array(flags, dtype=bool) for flags in right]

    def surprise(logs: Numbers) -> float:
        sharing = Sharing(*np.exp(logs))
        told = [(sharing(own), flags) for own, flags in zip(alone, truth, strict=True)]
        chances = [shares[flags].sum() if flags.any() else 1.0 - shares.sum() for shares, flags in told]
        return float(-np.mean(np.log(np.maximum(chances, _HARDLY))))

    start, bounds = np.log([1.0, 0.02]), np.log([_POWERS, _NONES])
    options = {"xatol": 1e-3, "fatol": 1e-6}
    found = minimize(surprise, start, method="Nelder-Mead", bounds=bounds, options=options)
    return Sharing(*(round(float(value), 4) for value in np.exp(found.x)))


def calibration_error(probabilities: Numbers, wrong: Sequence[bool], weights: Numbers | None = None) -> float:
    """The expected calibration error over ten bins of equal mass, each doubt counted by its weight (1 without weights)."""
    mass = np.ones(len(wrong)) if weights is None else weights
    order = np.argsort(probabilities, kind="stable")
    said, true, mass = probabilities[order], np.array(wrong, dtype=float)[order], mass[order]
    bins = np.minimum((np.cumsum(mass) - mass / 2) / mass.sum() * _BINS, _BINS - 1).astype(int)
    return float(sum(abs(np.sum((mass * (said - true))[bins == b])) for b in range(_BINS)) / mass.sum())


def auc(odds: Numbers, wrong: Sequence[bool]) -> float:
    """The chance that a wrong place has higher log-odds than a sound one; nan where there is but one of the two."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(wrong, odds)) if 0 < sum(wrong) < len(wrong) else float("nan")


def reached(odds: Numbers, wrong: Sequence[bool], folds: Sequence[int], share: float) -> list[dict[str, Any]]:
    """What is reached in each fold, by a curve fitted on the other folds: AUC and calibration error at the aimed share."""
    truth, places = np.array(wrong, dtype=bool), np.array(folds)
    found = []
    for fold in sorted(set(folds)):
        held = places == fold
        curve = fit_curve(odds[~held], truth[~held].tolist(), share)
        own = truth[held].tolist()
        figures = {"fold": fold, "doubts": len(own), "wrong": sum(own), "auc": rounded(auc(odds[held], own))}
        even = 0 < sum(own) < len(own)
        error = calibration_error(curve(odds[held]), own, weights_for(own, share)) if even else float("nan")
        found.append({**figures, "calibration_error": rounded(error)})
    return found


def rounded(value: float) -> float | None:
    """Four digits, as figures are written; None for what could not be measured."""
    return None if np.isnan(value) else round(value, 4)
