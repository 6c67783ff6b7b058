"""Product quantisation (Jégou et al. 2011): vectors as some bytes each, every byte a choice among 256 short pieces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CENTROIDS = 256
_ROUNDS = 12
_SAMPLE = 40_000


def quantise(rows: NDArray[np.float32], parts: int, *, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Codes (n × parts) and the book of pieces (parts × 256 × width / parts), so that the pieces named by a row's codes, put
    one after the other, come near the row. The width must be a multiple of ``parts``."""
    width = rows.shape[1] // parts
    if width * parts != rows.shape[1]:
        raise ValueError(f"{rows.shape[1]} numbers do not divide into {parts} parts")
    chance = np.random.default_rng(seed)
    book = np.zeros((parts, CENTROIDS, width), dtype=np.float32)
    codes = np.zeros((len(rows), parts), dtype=np.uint8)
    for k in range(parts):
        own = np.ascontiguousarray(rows[:, k * width : (k + 1) * width])
        sample = own[chance.permutation(len(own))[:_SAMPLE]]
        book[k] = _centres(sample, chance)
        codes[:, k] = _nearest(own, book[k])
    return codes, book


def unpacked(codes: NDArray[np.uint8], book: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows that codes name."""
    found: NDArray[np.float32] = book[np.arange(book.shape[0]), codes].reshape(len(codes), -1)
    return found


def _centres(rows: NDArray[np.float32], chance: np.random.Generator) -> NDArray[np.float32]:
    """Lloyd's k-means from drawn rows; a centre that lost all its rows begins anew at a drawn one."""
    centres = rows[chance.choice(len(rows), CENTROIDS, replace=len(rows) < CENTROIDS)].copy()
    for _ in range(_ROUNDS):
        nearest = _nearest(rows, centres)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, rows)
        sizes = np.bincount(nearest, minlength=CENTROIDS)
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres)
        empty = np.flatnonzero(sizes == 0)
        centres[empty] = rows[chance.integers(len(rows), size=len(empty))]
    return centres.astype(np.float32)


def _nearest(rows: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.uint8]:
    half = 0.5 * (centres**2).sum(axis=1)
    parts = [
        np.argmax(rows[i : i + 20_000] @ centres.T - half, axis=1).astype(np.uint8) for i in range(0, len(rows), 20_000)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint8)
