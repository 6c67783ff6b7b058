"""Logistic regression for a few arguments, each a number with a meaning: no library, no intercept, weights that can be read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ROUNDS, _CLOSE = 100, 1e-6  # of Newton's steps; the longest step at which they end
_LONGEST = 1.0  # log-odds that a weight moves at most in one step: where the labels are nearly parted it would leap


def logistic(
    rows: NDArray[np.float64],
    labels: NDArray[np.float64],
    *,
    counts: NDArray[np.float64] | None = None,
    beside: NDArray[np.float64] | None = None,
    ridge: float = 1.0,
) -> NDArray[np.float64]:
    """Weights of a logistic regression without intercept, by Newton's steps; ``ridge`` draws them towards nought, ``counts`` says
    how many rows each counts for, one without it, ``beside`` the log-odds that each has without the weights."""
    counts = np.ones(len(labels)) if counts is None else counts
    known = np.zeros(len(labels)) if beside is None else beside
    weights = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        shares = 1.0 / (1.0 + np.exp(-known - rows @ weights))
        gradient = rows.T @ (counts * (labels - shares)) - ridge * weights
        curvature = (rows * (counts * shares * (1 - shares))[:, None]).T @ rows + ridge * np.eye(rows.shape[1])
        step = np.clip(np.linalg.solve(curvature, gradient), -_LONGEST, _LONGEST)
        weights += step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return weights
