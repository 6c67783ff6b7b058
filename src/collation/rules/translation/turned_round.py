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
from collation.evidence.negated_verbs import denied, wants_negation
from collation.evidence.negations import Negation, negations
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.rules.translation.learned_weights import weighed
from collation.rules.translation.lost_negations import VERBAL, NegationPlace, denied_in_one, likeliest_place, takes_not
from collation.rules.translation.missing_passages import literalness

CODE = "TRN953"
_PRIOR = 0.0  # log-odds: the learned weights have their own constant
_HOPELESS = -2.0  # log-odds below which nothing is said
_WEIGHTS = "negation_faults.tsv"
_FREE, _EVEN_FREE = 4.0, 0.6  # a free translation, below the share of the document that is explained
_SURE = 0.5  # share of a place among those where it may have stood, from which on it is said what should be read there


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
    tokens = context.pairs[negation.pair].translation
    place = likeliest_place(context, negation)
    token = tokens[place.at]
    places = (token.place, negation.negation.place)
    left = negation.left or wants_negation(tokens, negation.answer_index)
    features = (
        *_reasons("negation-lost-in-translation", negation, token, odds, places),
        _left(left) if left else _OPEN,
    )
    if place.share < _SURE or not takes_not(context, negation.pair, place.at):
        return Hypothesis(CODE, places, (), features, "translation")
    reading = Edit(token.place, f"not {token.text}")
    return Hypothesis(CODE, places, (reading,), (*features, _share(place)), "translation", "retroversion")


def _in_original(context: Context, negation: Negation, odds: float) -> Hypothesis:
    """The Russian lost it, or the translation gained it: nothing in the two texts says which."""
    place = likeliest_place(context, negation)
    token = context.pairs[negation.pair].original[place.at]
    joined = denied_in_one(negation)
    if joined:
        token = negation.answer
    places = (token.place, negation.negation.place)
    features = (*_reasons("negation-only-in-translation", negation, token, odds, places), _OPEN)
    if joined:
        return Hypothesis(CODE, places, (Edit(token.place, joined),), features, "original", "retroversion")
    if place.share < _SURE or not _is_verbal(token):
        return Hypothesis(CODE, places, (), features, "original")
    reading = Edit(token.place, denied(token.text))
    return Hypothesis(CODE, places, (reading,), (*features, _share(place)), "original", "retroversion")


_OPEN = Feature("side_unknown", 1.0, (), "", "side-of-negation-open")


def _reasons(
    says: str, negation: Negation, token: Token, odds: float, places: tuple[Place, ...]
) -> tuple[Feature, ...]:
    """What speaks for a lost negation: the word that is denied on one side, and the one that should be on the other."""
    denies = ("english", "russian") if negation.missing == "original" else ("russian", "english")
    values = (
        (denies[0], negation.denied.text),
        ("negation", negation.negation.text),
        (denies[1], token.text),
    )
    alone = (Feature("alone", 1.0, (), "", "denied-nowhere"),) if negation.alone else ()
    return (Feature("strength", odds), Feature("polarity", 1.0, places, "", says, values), *alone)


def _left(token: Token) -> Feature:
    return Feature("left", 1.0, (token.place,), "", "left-of-negation", (("english", token.text),))


def _share(place: NegationPlace) -> Feature:
    return Feature("reading_share", place.share)


def _is_verbal(token: Token) -> bool:
    return any(p.pos in VERBAL for p in morphology.parses(fold(token.text)))


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
    unspecific=True,
    likelier_in_damage=True,
    since="2026.12",
    says=(
        "denied-nowhere",
        "left-of-negation",
        "negation-lost-in-translation",
        "negation-only-in-translation",
        "side-of-negation-open",
    ),
)
