"""Logistic regression for a few arguments, each a number with a meaning: no library, no intercept, weights that can be read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def logistic(
    rows: NDArray[np.float64],
    labels: NDArray[np.float64],
    *,
    counts: NDArray[np.float64] | None = None,
    ridge: float = 1.0,
) -> NDArray[np.float64]:
    """Weights of a logistic regression without intercept, by Newton's steps; ``ridge`` draws them towards nought, ``counts`` says
    how many rows each counts for, one without it."""
    counts = np.ones(len(labels)) if counts is None else counts
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        shares = 1.0 / (1.0 + np.exp(-rows @ weights))
        gradient = rows.T @ (counts * (labels - shares)) - ridge * weights
        curvature = (rows * (counts * shares * (1 - shares))[:, None]).T @ rows + ridge * np.eye(rows.shape[1])
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights
