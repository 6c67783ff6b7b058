"""What moved the judge: the features of a doubt with the log-odds that each of them added or took.

For ``collation explain``. The learned trees are asked where each question of each tree sent the doubt
(``Forest.contributions``); doubts that rest on arguments say theirs in their reasons.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from collation.judge.features import NAMES, vector
from collation.judge.weights import PLACE_NAMES, Weights, place_features
from collation.model.doubt import Account, Moved, WeighedDoubt

SOUND = "document_sound"
TAUGHT = "rulings"
COLLECTION = "collection"
WITNESSES = "witnesses"
PAGE = "page"
ENGINE = "engine"


def account(verdict: WeighedDoubt, weights: Weights) -> Account | None:
    """The account of a doubt that the learned trees weighed, what moved most first; None for the others."""
    weighed = [w for w in verdict.readings if w.measures]
    if not weighed:
        return None
    rows = np.array([vector(w.proposal, dict(w.measures)) for w in weighed])
    scores = weights.readings.score(rows)
    features = place_features(rows, scores)
    best = rows[int(np.argmax(scores))]
    place = _moved(PLACE_NAMES, list(features), weights.places.contributions(list(features)), weights.scale)
    whole = [
        (name, moved, moved)
        for name, moved in (
            (SOUND, verdict.sound),
            (TAUGHT, verdict.taught),
            (COLLECTION, verdict.collection),
            (WITNESSES, verdict.witnessed),
            (PAGE, verdict.page),
            (ENGINE, verdict.engine),
        )
        if moved
    ]
    return Account(
        _by_size([*place, *whole]),
        _moved(NAMES, list(best), weights.readings.contributions(list(best))),
    )


def _moved(
    names: tuple[str, ...], values: list[float], found: dict[int, float], scale: float = 1.0
) -> tuple[Moved, ...]:
    listed = [(names[i], float(values[i]), scale * moved) for i, moved in found.items()]
    return _by_size(listed)


def _by_size(listed: Iterable[Moved]) -> tuple[Moved, ...]:
    return tuple(sorted(listed, key=lambda item: (-abs(item[2]), item[0])))
