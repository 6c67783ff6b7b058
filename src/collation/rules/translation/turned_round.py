"""A negation that one side has and the other has not.

"Should not be feared" for "следует бояться": one small word lost by a scanner, skipped or slipped in by a translator or a
typist, and the sentence says the opposite. Doubted is a negation whose denied word has a sure counterpart near which
nothing denies, however a denial may be said (without, hardly, unable, disorder; без, едва, отказаться). Which side is at
fault is said only where something shows it: a negation that the translation alone has stood in the Russian, most likely,
if the Russian has a word before which it could stand; otherwise both sides are named. Blind where the denied word was put by its
opposite (не молчать, to speak), to tags of questions, and to не in fixed phrases.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context
from collation.evidence.negations import LoneNegation, lone_negations
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.model import Edit, Feature, Hypothesis, Token
from collation.model.rule import Rule

CODE = "TRN953"
_PRIOR = 0.0  # log-odds: the weights below have their own constant
_HOPELESS = -2.0  # log-odds below which nothing is said
_CONSTANT = -3.8  # of the weights below: at it four false queries are asked in ten thousand words
# Logistic weights learned from negations planted one by one in 83,000 words of documents and news, a third left out at a time
_ALONE, _NEAR, _WEAK, _EACH_OTHER, _MOST_OTHERS = 1.7, -0.9, -0.9, -0.1, 3
# Weights, learned with these, of the link of the denied word, of a verb, and where the Russian has no negation
_FOR_LINK, _FOR_LINK_RUSSIAN, _VERB, _UNLINKED_RUSSIAN = 1.35, 0.5, 0.8, 0.9
_FREE, _EVEN_FREE = 2.3, 0.6  # a free translation, below the share of its sentence that is explained
_VERBAL = frozenset({"VERB", "INFN", "ADJS", "PRTS", "PRED", "GRND"})
_BEFORE_VERB = frozenset(
    {"мочь", "хотеть", "смочь", "стать", "уметь", "сметь", "должный", "быть"}
)  # не stands before these


def propose(context: Context) -> Iterator[Hypothesis]:
    """A negation lost on one side, or gained on the other."""
    if not context.aligned.parallel:
        return
    for pair in range(len(context.pairs)):
        for lone in lone_negations(context, pair):
            odds = _log_odds(lone)
            if _PRIOR + odds > _HOPELESS:
                yield (
                    _in_translation(lone, odds) if lone.missing == "translation" else _in_original(context, lone, odds)
                )


def _log_odds(lone: LoneNegation) -> float:
    """The sum of the weights; minus infinity for what is no negation."""
    if lone.idiom:
        return float("-inf")
    odds = _CONSTANT + _FOR_LINK * lone.score + _EACH_OTHER * min(_MOST_OTHERS, lone.others)
    for holds, weight in ((lone.alone, _ALONE), (lone.near, _NEAR), (lone.weak, _WEAK), (lone.verb, _VERB)):
        odds += weight if holds else 0.0
    if lone.missing == "original":
        odds += _FOR_LINK_RUSSIAN * lone.score + (0.0 if lone.score else _UNLINKED_RUSSIAN)
    return odds - _FREE * max(0.0, _EVEN_FREE - lone.literal)


def _in_translation(lone: LoneNegation, odds: float) -> Hypothesis:
    """The translation lost it: the word that it should deny there, and the Russian negation."""
    values = (("russian", lone.denied.text), ("negation", lone.negation.text), ("english", lone.answer.text))
    places = (lone.answer.place, lone.negation.place)
    features = [
        Feature("strength", odds),
        Feature("polarity", 1.0, places, "", "negation-lost-in-translation", values),
        *_alone(lone),
        Feature("side_unknown", 1.0, (), "", "side-of-negation-open"),
    ]
    return Hypothesis(CODE, places, (), tuple(features), "translation")


def _in_original(context: Context, lone: LoneNegation, odds: float) -> Hypothesis:
    """The Russian lost it, or the translation gained it."""
    values = (("english", lone.denied.text), ("negation", lone.negation.text), ("russian", lone.answer.text))
    features = [
        Feature("strength", odds),
        Feature("polarity", 1.0, (lone.answer.place, lone.negation.place), "", "negation-only-in-translation", values),
        *_alone(lone),
    ]
    token = _denied_in_russian(context, lone)
    if token is None:
        features.append(Feature("side_unknown", 1.0, (), "", "side-of-negation-open"))
        return Hypothesis(CODE, (lone.answer.place, lone.negation.place), (), tuple(features), "original")
    edit = Edit(
        token.place, f"Не {token.text[:1].lower()}{token.text[1:]}" if token.text.istitle() else f"не {token.text}"
    )
    return Hypothesis(CODE, (token.place, lone.negation.place), (edit,), tuple(features), "original", "retroversion")


def _alone(lone: LoneNegation) -> tuple[Feature, ...]:
    return (Feature("alone", 1.0, (), "", "denied-nowhere"),) if lone.alone else ()


def _denied_in_russian(context: Context, lone: LoneNegation) -> Token | None:
    """The Russian word before which не would stand: the verb that answers, or the modal verb just before it."""
    tokens, at = context.pairs[lone.pair].original, lone.answer_index
    if at and set(morphology.lemmas(tokens[at - 1].text)) & _BEFORE_VERB:
        at -= 1
    token = tokens[at]
    if not any(p.pos in _VERBAL for p in morphology.parses(fold(token.text))):
        return None
    return token


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
    says=("denied-nowhere", "negation-lost-in-translation", "negation-only-in-translation", "side-of-negation-open"),
)
