"""How sound a document is as a whole, and what that takes from every doubt about its words.

The probabilities of the trees are honest for documents with the share of errors that training had. A document in which they
find less than that has fewer errors, and each of its doubts is less likely than it looks. Its share is estimated from its own
doubts by the expectation maximisation of Saerens, Latinne and Decaestecker (2002), drawn to the share of training by some
doubts that are added in thought. Two things are kept out of it. The translation has no say, so that the English of one
paragraph moves nothing in another. And a document with more errors than usual is left as it is: its damage is local, and the
trees see it where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from collation.evidence.measures import OF_THE_TRANSLATION
from collation.judge.features import NAMES
from collation.judge.log_odds import log_odds
from collation.judge.weights import Weights, place_features
from collation.model.doubt import Doubt
from collation.model.rule import Rule, Rules

Numbers = NDArray[np.float64]
PSEUDO_DOUBTS = 20  # doubts of the usual share that are counted with those of a document
_TRANSLATED = [NAMES.index(name) for name in OF_THE_TRANSLATION]
_ROUNDS = 1000
_CLOSE = 1e-9


def expected_share(probabilities: Numbers, share: float, *, pseudo: float = 0.0) -> float:
    """The share of errors among doubts whose truth is not known, from probabilities that are honest at ``share``; with so
    many doubts of that share counted with them."""
    found = share
    for _ in range(_ROUNDS):
        up, down = probabilities * found / share, (1.0 - probabilities) * (1.0 - found) / (1.0 - share)
        before, found = found, float((np.sum(up / (up + down)) + pseudo * share) / (len(probabilities) + pseudo))
        if abs(found - before) < _CLOSE:
            break
    return found


def soundness(doubts: Sequence[Doubt], rows: Mapping[int, tuple[float, ...]], weights: Weights, rules: Rules) -> float:
    """What the log-odds of each doubt of a document lose for its soundness, 0 or less.

    ``rows`` are the features of readings by the identity of their proposals. Weights that do not name their share move nothing.
    """
    share = weights.share
    if share is None:
        return 0.0
    alone = [own for doubt in doubts if (own := _without_translation(doubt, rows, rules)) is not None]
    if not alone:
        return 0.0
    scores = np.split(weights.readings.score(np.concatenate(alone)), np.cumsum([len(own) for own in alone])[:-1])
    places = np.array([place_features(own, score) for own, score in zip(alone, scores, strict=True)])
    expected = expected_share(weights.wrong(places), share, pseudo=PSEUDO_DOUBTS)
    return min(0.0, log_odds(expected) - log_odds(share))


def _without_translation(doubt: Doubt, rows: Mapping[int, tuple[float, ...]], rules: Rules) -> Numbers | None:
    """The features of the readings that rules propose without asking the translation or other texts, its measures taken out."""
    own = [
        rows[id(proposal)]
        for proposal in doubt.proposals
        if id(proposal) in rows
        and not all(rules[code].needs_translation or _asks_others(rules[code]) for code in proposal.codes)
    ]
    if not own:
        return None
    found = np.array(own)
    found[:, _TRANSLATED] = 0.0
    return found


def _asks_others(rule: Rule) -> bool:
    return rule.needs_witness or rule.needs_collection
