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
from collation.evidence.negated_verbs import before_which, wants_negation
from collation.evidence.negations import Negation, negations
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.model import Edit, Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.translation.missing_passages import literalness

CODE = "TRN953"
_PRIOR = 0.0  # log-odds: the weights below have their own constant
_HOPELESS = -2.0  # log-odds below which nothing is said
# Of the weights below, learned from 800 negations planted in 51,000 words of documents, news and tales; at it four false
# queries are asked in ten thousand words
_CONSTANT = -7.0
_WEIGHTS = {  # log-odds of each measure of a negation, at 1
    "alone": 1.21, "apart": 0.48, "close": -0.84, "english": 1.52, "first": -0.80, "idiom": -0.29, "left": 0.72,
    "length": -0.31, "literal": 0.17, "matched": -1.41, "near": -1.22, "near_strong": -1.01, "near_weak": -0.27,
    "never": 1.14, "not": 1.63, "others": -0.43, "own": 0.49, "score": 0.54, "surplus": -0.33, "unlinked": 0.26,
    "usual": -0.26, "verb_score": 0.59, "word": 0.67, "word_apart": 1.12, "word_close": -0.93, "words": -0.28,
}  # fmt: skip
_DENYING = -1.5  # a denied word that denies itself (не молчал, not unlike) is often put by its opposite
_FREE, _EVEN_FREE = 4.0, 0.6  # a free translation, below the share of the document that is explained
_VERBAL = frozenset({"VERB", "INFN", "ADJS", "PRTS", "PRED", "GRND"})


def propose(context: Context) -> Iterator[Hypothesis]:
    """A negation lost on one side, or gained on the other."""
    if not context.aligned.parallel:
        return
    free = _FREE * max(0.0, _EVEN_FREE - literalness(context))
    for pair in range(len(context.pairs)):
        for negation in negations(context, pair):
            odds = _CONSTANT - free + sum(_WEIGHTS.get(name, 0.0) * v for name, v in negation.measures.items())
            odds += _DENYING * (negation.measures["denying"] and negation.negation is not negation.denied)
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
    put = f"Не {token.text[:1].lower()}{token.text[1:]}" if token.text.istitle() else f"не {token.text}"
    places = (token.place, negation.negation.place)
    return Hypothesis(CODE, places, (Edit(token.place, put),), features, "original", "retroversion")


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
