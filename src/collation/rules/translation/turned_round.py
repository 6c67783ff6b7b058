"""A negation that one side has and the other has not.

"Should not be feared" for "следует бояться": one small word lost by a scanner, skipped or slipped in by a translator or a
typist, and the sentence says the opposite. Doubted is a negation whose denied word has a sure counterpart near which
nothing denies, however a denial may be said (without, hardly, unable, disorder; без, едва, отказаться). Which side is at
fault is said only where something shows it: an English "did" left before its verb, an "any" that wants a negation. Otherwise
both sides are named. Blind where the denied word was put by its opposite (не молчать, to speak), to tags of questions, and
to не in fixed phrases.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context
from collation.evidence.negated_verbs import before_which, denied, wants_negation
from collation.evidence.negations import Negation, negations
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.model import Edit, Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.translation.learned_weights import weighed
from collation.rules.translation.missing_passages import literalness

CODE = "TRN953"
_PRIOR = 0.0  # log-odds: the learned weights have their own constant
_HOPELESS = -2.0  # log-odds below which nothing is said
_WEIGHTS = "negation_faults.tsv"
_FREE, _EVEN_FREE = 4.0, 0.6  # a free translation, below the share of the document that is explained
_VERBAL = frozenset({"VERB", "INFN", "ADJS", "PRTS", "PRED", "GRND"})


def propose(context: Context) -> Iterator[Hypothesis]:
    """A negation lost on one side, or gained on the other."""
    if not context.aligned.parallel:
        return
    free = _FREE * max(0.0, _EVEN_FREE - literalness(context))
    for pair in range(len(context.pairs)):
        for negation in negations(context, pair):
            odds = weighed(_WEIGHTS, negation.measures) - free
            if _PRIOR + odds > _HOPELESS:
                in_translation = negation.missing == "translation"
                yield (_in_translation if in_translation else _in_original)(context, negation, odds)


def _in_translation(context: Context, negation: Negation, odds: float) -> Hypothesis:
    """The translation lost it: the word that it should deny there, and the Russian negation."""
    values = (
        ("russian", negation.denied.text),
        ("negation", negation.negation.text),
        ("english", negation.answer.text),
    )
    places = (negation.answer.place, negation.negation.place)
    left = negation.left or wants_negation(context.pairs[negation.pair].translation, negation.answer_index)
    features = [
        Feature("strength", odds),
        Feature("polarity", 1.0, places, "", "negation-lost-in-translation", values),
        *_alone(negation),
        _left(left) if left else _OPEN,
    ]
    return Hypothesis(CODE, places, (), tuple(features), "translation")


_OPEN = Feature("side_unknown", 1.0, (), "", "side-of-negation-open")


def _left(token: Token) -> Feature:
    return Feature("left", 1.0, (token.place,), "", "left-of-negation", (("english", token.text),))


def _in_original(context: Context, negation: Negation, odds: float) -> Hypothesis:
    """The Russian lost it, or the translation gained it: nothing in the two texts says which."""
    values = (
        ("english", negation.denied.text),
        ("negation", negation.negation.text),
        ("russian", negation.answer.text),
    )
    places = (negation.answer.place, negation.negation.place)
    features = (
        Feature("strength", odds),
        Feature("polarity", 1.0, places, "", "negation-only-in-translation", values),
        *_alone(negation),
        _OPEN,
    )
    token = _denied_in_russian(context, negation)
    if token is None:
        return Hypothesis(CODE, places, (), features, "original")
    places = (token.place, negation.negation.place)
    return Hypothesis(CODE, places, (Edit(token.place, denied(token.text)),), features, "original", "retroversion")


def _alone(negation: Negation) -> tuple[Feature, ...]:
    return (Feature("alone", 1.0, (), "", "denied-nowhere"),) if negation.alone else ()


def _denied_in_russian(context: Context, negation: Negation) -> Token | None:
    """The Russian word before which не would stand: the verb that answers, or the modal verb just before it."""
    token = context.pairs[negation.pair].original[before_which(context, negation.pair, negation.answer_index)]
    return token if any(p.pos in _VERBAL for p in morphology.parses(fold(token.text))) else None


RULE = Rule(
    code=CODE,
    family="TRN",
    name="negation lost or added on one side",
    propose=propose,
    sides=("original", "translation"),
    needs_translation=True,
    needs=("morphology", "negations", "glossary"),
    harm="loss",
    prior=_PRIOR,
    since="2026.12",
    says=(
        "denied-nowhere",
        "left-of-negation",
        "negation-lost-in-translation",
        "negation-only-in-translation",
        "side-of-negation-open",
    ),
)
