"""How well a reading fits the steps of a line: the forward score of connectionist temporal classification.

An engine that reads by steps gives each reading a probability: the sum over all ways of spreading its letters over the
steps, with the empty sign between them (Graves et al. 2006). Here the reading is given, so no dictionary and no beam come in
between. Signs that the engine did not name at a step have a small share all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from collation.model.seen_page import Step

UNNAMED = 0.002  # the share of a sign that is not named at a step; engines name those from a hundredth on
BLANK = ""
_ALIKE = str.maketrans({
    **dict.fromkeys("«»“”„‟″", '"'), **dict.fromkeys("–—−‐‑", "-"), **dict.fromkeys("’‘ʼ", "'"), "ё": "е", "Ё": "Е",
    "\u00a0": " ",
})  # fmt: skip
"""Signs that one page writes so and the next otherwise."""


def plain(text: str) -> str:
    """A text in the signs that are told apart on a page, its blanks one each."""
    return " ".join(text.translate(_ALIKE).split())


def forward_scores(steps: Sequence[Step], readings: Sequence[str]) -> NDArray[np.float64]:
    """The natural logarithm of the probability of each reading, of all of the steps; minus infinity where it has more signs
    than there are steps.
    """
    if not readings:
        return np.zeros(0)
    signs = {BLANK: 0}
    paths = [[signs.setdefault(sign, len(signs)) for sign in reading] for reading in readings]
    shares = _shares(steps, signs)
    longest = max(map(len, paths))
    states = np.zeros((len(paths), 2 * longest + 1), dtype=np.intp)
    for row, path in enumerate(paths):
        states[row, 1 : 2 * len(path) : 2] = path
    leaps = np.zeros(states.shape, dtype=bool)  # a letter may follow another without the empty sign, not the same one
    leaps[:, 3::2] = states[:, 3::2] != states[:, 1:-2:2]
    reached = np.zeros(states.shape)
    reached[:, 0] = 1.0
    scores = np.zeros(len(paths))
    for number, row in enumerate(shares):
        before = reached.copy()
        reached[:, 1:] += before[:, :-1]
        if number:
            reached[:, 2:] += np.where(leaps[:, 2:], before[:, :-2], 0.0)
        reached *= row[states]
        total = reached.sum(axis=1)
        reached /= np.maximum(total, np.finfo(float).tiny)[:, None]
        scores += np.log(np.maximum(total, np.finfo(float).tiny))
    last = np.array([2 * len(path) for path in paths])
    rows = np.arange(len(paths))
    ended = reached[rows, last] + np.where(last > 0, reached[rows, np.maximum(last - 1, 0)], 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(scores + np.log(ended))


def _shares(steps: Sequence[Step], signs: dict[str, int]) -> NDArray[np.float64]:
    """The share of each sign at each step."""
    found = np.full((len(steps), len(signs)), UNNAMED)
    for number, step in enumerate(steps):
        for sign, share in step:
            at = signs.get(sign.translate(_ALIKE) if len(sign) == 1 else sign)
            if at is not None:
                found[number, at] = max(found[number, at], share)
    return found
