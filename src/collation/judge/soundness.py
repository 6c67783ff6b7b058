"""How sound a document and its paragraphs are, and what that takes from every doubt about their words.

The probabilities of the trees are honest for texts with the share of errors that training had. Where they find less than
that there are fewer errors, and each doubt is less likely than it looks. The share is estimated from the doubts
themselves by the expectation maximisation of Saerens, Latinne and Decaestecker (2002), drawn to the share expected by some doubts
that are added in thought: for the document to that of training, for each of its paragraphs to that of the document, of which it
loses no less than the document does. Two things are kept out of it. The translation speaks of its own paragraph only, so that the English of one moves nothing in another: how
sound the document is, is asked without it. And what has more errors than usual is left as it is: damage is local, and the
trees see it where it is. What is argued and not weighed by the trees is moved for the few rules that say so: that a small word was
lost is likelier in a damaged document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from collation.evidence.measured_reading import OF_THE_TRANSLATION
from collation.judge.features import NAMES
from collation.judge.log_odds import log_odds
from collation.judge.weights import Weights, place_features, sigmoid
from collation.model import Place
from collation.model.doubt import Doubt
from collation.model.rule import Rule, Rules

Numbers = NDArray[np.float64]
PSEUDO_DOUBTS = 20  # doubts of the usual share that are counted with those of a document, and of the document's share with those of a paragraph
_TRANSLATED = [NAMES.index(name) for name in OF_THE_TRANSLATION]
_DAMAGED = 0.5  # log-odds below the usual share of errors from which on a document counts as damaged
_SOUND = 0.2  # what a sound document has less than one of which nothing is known
_ROUNDS = 1000  # rounds after which the estimate is taken as it is,
_CLOSE = 1e-9  # and the change of the share below which it is settled


def expected_share(
    probabilities: Numbers, share: float, *, pseudo: float = 0.0, drawn_to: float | None = None
) -> float:
    """The share of errors among doubts whose truth is not known, from probabilities that are honest at ``share``; with so
    many doubts counted with them that have the share ``drawn_to``, by default the same."""
    aim = share if drawn_to is None else drawn_to
    found = share
    for _ in range(_ROUNDS):
        up, down = probabilities * found / share, (1.0 - probabilities) * (1.0 - found) / (1.0 - share)
        before, found = found, float((np.sum(up / (up + down)) + pseudo * aim) / (len(probabilities) + pseudo))
        if abs(found - before) < _CLOSE:
            break
    return found


class Soundness:
    """What the log-odds of the doubts of a document lose where few errors are expected: by paragraph, 0 or less.

    ``paragraphs`` are the offsets at which the paragraphs begin, in order; what is before the first belongs to it. ``damage``
    is -.2 in a document with few errors and .8 in one with many.
    """

    def __init__(self, paragraphs: Sequence[int], taken: Mapping[int, float], damage: float = 0.0) -> None:
        self._paragraphs = paragraphs
        self._taken = taken
        self.damage = damage

    def at(self, place: Place) -> float:
        """What a doubt of a place loses: what those of the paragraph do in which it begins; 0 where there were none."""
        return self._taken.get(paragraph_of(self._paragraphs, place), 0.0)


def paragraph_of(paragraphs: Sequence[int], place: Place) -> int:
    """The index of the paragraph in which a place begins."""
    return max(0, bisect_right(paragraphs, place.start) - 1)


def soundness(
    doubts: Sequence[Doubt],
    rows: Mapping[int, Numbers],
    odds: Sequence[float | None],
    paragraphs: Sequence[int],
    weights: Weights,
    rules: Rules,
) -> Soundness:
    """How sound a document is of which these are the doubts.

    ``rows`` are the features of readings by the identity of their proposals, ``odds`` what the trees make of each doubt where they
    weigh it, ``paragraphs`` the offsets at which paragraphs begin. Weights that do not name their share move nothing.
    """
    share = weights.share
    if share is None:
        return Soundness(paragraphs, {})
    alone = [own for doubt in doubts if (own := _without_translation(doubt, rows, rules)) is not None]
    usual = expected_share(_wrong(alone, weights), share, pseudo=PSEUDO_DOUBTS)
    known: dict[int, list[float]] = {}
    for doubt, moved in zip(doubts, odds, strict=True):
        if moved is not None:
            known.setdefault(paragraph_of(paragraphs, doubt.place), []).append(moved)
    taken = {}
    for paragraph, found in known.items():
        expected = expected_share(sigmoid(np.array(found)), share, pseudo=PSEUDO_DOUBTS, drawn_to=min(usual, share))
        taken[paragraph] = log_odds(min(expected, usual, share)) - log_odds(share)
    beyond = log_odds(usual) - log_odds(share)
    return Soundness(paragraphs, taken, min(1.0, max(0.0, beyond + _DAMAGED)) - _SOUND)


def _wrong(doubts: Sequence[Numbers], weights: Weights) -> Numbers:
    """The probability that something is wrong at each of these places, from the features of its readings."""
    if not doubts:
        return np.zeros(0)
    scores = np.split(weights.readings.score(np.concatenate(doubts)), np.cumsum([len(own) for own in doubts])[:-1])
    features = np.array([place_features(own, score) for own, score in zip(doubts, scores, strict=True)])
    found: Numbers = sigmoid(weights.odds(features))
    return found


def _without_translation(doubt: Doubt, rows: Mapping[int, Numbers], rules: Rules) -> Numbers | None:
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
