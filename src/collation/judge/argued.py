"""Doubts that rest on arguments: values, sigla, lost text, names of the translation, the catalogue.

These kinds are too rare for learned trees. Each rule has a prior, the log-odds that its doubt is true when it has
nothing further to say; each reason adds its weight times its value. The figures were set by hand and checked against
the reliability table of ``benchmarks/accuracy.py``.
"""

from __future__ import annotations

import math

from collation.judge.merging import Proposal

PRIORS: dict[str, float] = {
    "NAM401": 0.4, "NAM402": 0.8, "NAM403": 0.6, "VAL501": 1.6, "VAL502": 1.8, "VAL503": 1.2, "VAL504": 0.4, "VAL505": 1.8,
    "SIG601": 1.4, "SIG602": -1.2, "LAC701": 0.6, "LAC702": 0.6, "LAC703": 0.4, "CAT801": 1.6, "CAT802": 0.8, "CAT803": 0.4,
    "CAT804": 0.4, "CAT805": 0.4, "CTX202": 1.0, "PAIR901": 0.5, "LEX104": 2.5, "LEX105": 0.6, "LEX106": 2.0, "LEX108": 2.0,
}  # fmt: skip
_DEFAULT = 0.0
STRENGTH = "strength"


def probability(proposal: Proposal) -> float:
    """The probability that the doubt is true: the rule's prior moved by the ``strength`` of its reasons (log-odds)."""
    prior = max((PRIORS.get(code, _DEFAULT) for code in proposal.codes), default=_DEFAULT)
    moved = sum(f.value for f in proposal.features if f.name == STRENGTH)
    return 1.0 / (1.0 + math.exp(-(prior + moved)))


def floor(proposal: Proposal, measures: dict[str, float]) -> float:
    """The least probability of a learned doubt whose argument is a rule of its own, however rare in the training.

    A form that no case of its preposition allows, beside one that it does; a governed noun that does
    not agree with its adjective, beside a form that mends it; a negation that the translation has and the
    Russian, one letter away, has not; a name that a rule of names argues for as well.
    """
    if any(f.name == STRENGTH for f in proposal.features):
        return probability(proposal)
    if proposal.value("government") and measures["government_gain"] >= 2 and measures["cost"] <= 1.0:
        return _GOVERNMENT if measures["tag_gain"] > _TAGS_AGREE and measures["word_gain"] > _WORDS_AGREE else 0.0
    if measures["agreement_gain"] >= _AGREES and measures["government"] < 0 <= measures["government_gain"] and measures["same_lemma"]:
        sure = measures["tag_gain"] > _TAGS_SURE and measures["word_gain"] > _WORDS_AGREE and measures["cost"] <= 1.0
        return _AGREEMENT if sure and not measures["function"] else 0.0
    if proposal.value("polarity") and measures["polarity_gain"] > 0 and measures["cost"] < 1.0 and measures["local_gain"] > 0.5:
        return _POLARITY
    return 0.0


_TAGS_AGREE = 2.0
_WORDS_AGREE = -2.0
_TAGS_SURE = 4.0
_AGREES = 1.5
_GOVERNMENT = 0.7
_AGREEMENT = 0.65
_POLARITY = 0.6
