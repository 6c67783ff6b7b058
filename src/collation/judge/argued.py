"""Doubts that rest on arguments: values, sigla, lost text, names of the translation, the catalogue.

These kinds are too rare for learned trees. Each rule declares a prior, the log-odds that its doubt is true when it has
nothing further to say; each reason adds its weight times its value. A rule that declares none, and whose readings no tree
weighs either, is not calibrated: what it says is shown as a query and never reaches *emend*.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from collation.model.doubt import Proposal
from collation.model.rule import Rules

_DEFAULT = 0.0  # the prior, in log-odds, of a rule that declares none
_IN_DAMAGE = 1.0  # log-odds that a damaged document adds to what was lost from it
# Natural log-odds of the language model beside which an argument of grammar is believed
_TAGS_AGREE, _TAGS_SURE = 2.0, 4.0  # of tags, for government and for agreement
_WORDS_AGREE = -2.0  # of words: they may speak against it so far
_AGREES = 1.5  # how much better a form must agree with its neighbours
_GOVERNED = 2  # how much better it must be governed
_ONE_EDIT = 1.0  # what a misreading may cost
_GOVERNMENT, _AGREEMENT, _POLARITY = 0.7, 0.65, 0.6  # the least probability of what is believed
_LOCAL = 0.5  # how much better the English beside must answer a negation


def is_backed(proposal: Proposal, rules: Rules) -> bool:
    """Whether a rule with a prior supports a proposal."""
    return any(rules[code].prior is not None for code in proposal.codes)


def is_learned(proposal: Proposal, rules: Rules) -> bool:
    """Whether a rule whose readings the trees weigh supports a proposal."""
    return any(rules[code].learned for code in proposal.codes)


def probability(proposal: Proposal, rules: Rules, damage: float = 0.0) -> float:
    """The probability that the doubt is true: the rule's prior moved by the ``strength`` of its reasons (log-odds), and by the
    ``damage`` of the document (-.2 to .8) where the rule says so."""
    declared = [rules[code].prior for code in proposal.codes]
    prior = max(_DEFAULT if p is None else p for p in declared)
    moved = proposal.argument or 0.0
    if any(rules[code].likelier_in_damage for code in proposal.codes):
        moved += _IN_DAMAGE * damage
    return 1.0 / (1.0 + math.exp(-(prior + moved)))


def floor(proposal: Proposal, measures: Mapping[str, float], rules: Rules) -> float:
    """The least probability of a learned doubt whose argument is a rule of its own, however rare in the training.

    A form that no case of its preposition allows, beside one that it does; a governed noun that does
    not agree with its adjective, beside a form that mends it; a negation that the translation has and the
    Russian, one letter away, has not; whatever a rule with a prior argues for as well (``Proposal.argument``).
    """
    if proposal.argument is not None and is_backed(proposal, rules):
        return probability(proposal, rules)
    if proposal.value("government") and measures["government_gain"] >= _GOVERNED and measures["cost"] <= _ONE_EDIT:
        return _GOVERNMENT if measures["tag_gain"] > _TAGS_AGREE and measures["word_gain"] > _WORDS_AGREE else 0.0
    if (
        measures["agreement_gain"] >= _AGREES
        and measures["government"] < 0 <= measures["government_gain"]
        and measures["same_lemma"]
    ):
        sure = (
            measures["tag_gain"] > _TAGS_SURE and measures["word_gain"] > _WORDS_AGREE and measures["cost"] <= _ONE_EDIT
        )
        return _AGREEMENT if sure and not measures["function"] else 0.0
    if (
        proposal.value("polarity")
        and measures["polarity_gain"] > 0
        and measures["cost"] < _ONE_EDIT
        and measures["local_gain"] > _LOCAL
    ):
        return _POLARITY
    return 0.0
