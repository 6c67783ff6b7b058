"""Where a lost negation stood: between which words of the side that lacks it.

The counterpart of the denied word says no more than whereabouts: "was not classified" is не отнесли, and what answers "classified"
may be the word behind it, or none. So each word near the counterpart is asked whether a negation was lost just before it: the gap
there (``evidence/holes.py``), its links, its kind, whether the language model would rather have a не before it. The measures are weighed by a
conditional logit (McFadden 1974) over the words of one place, learned from negations taken out of sound sentences
(``learning/negation_places.py``).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from collation.evidence.context import Context
from collation.evidence.denials import words_of
from collation.evidence.holes import negation_gains
from collation.evidence.negated_verbs import before_which, gained_by_not
from collation.evidence.negations import Negation
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.model import SentencePair, Token
from collation.rules.translation.learned_weights import summed

_WEIGHTS = "negation_places.tsv"
_REACH = 8  # words on either side of the counterpart among which the place is sought
_LEAST_GAP, _MOST_GAP = -2.0, 4.0  # log-odds of a lost negation beyond which less says no more, or more
_ANSWERS = 0.5  # score of a link by which a word surely answers
_NEAR_NEGATION = 4  # words from the negation to one that is linked to its surroundings
VERBAL = frozenset({"VERB", "INFN", "ADJS", "PRTS", "PRED", "GRND"})
_OF_VERBS = frozenset("do does did will would shall can could should must may might".split())
_OF_PARTICIPLES = frozenset("is are was were am be been being has have had".split())
_PARTICIPLES = ("ing", "ed", "ten", "ken", "wn")


class NegationPlace(NamedTuple):
    """A word before which a negation may have stood: its index in the sentence, and how likely it is among all of them."""

    at: int
    share: float


def likeliest_place(context: Context, negation: Negation) -> NegationPlace:
    """The word before which a negation that one side lacks most likely stood there."""
    listed = place_measures(context, negation)
    scores = [summed(_WEIGHTS, {f"{negation.missing}.{name}": value for name, value in m.items()}) for _, m in listed]
    if not scores:
        return NegationPlace(negation.answer_index, 0.0)
    total = sum(math.exp(score - max(scores)) for score in scores)
    best = max(range(len(scores)), key=lambda k: scores[k])
    return NegationPlace(listed[best][0], 1.0 / total)


def place_measures(context: Context, negation: Negation) -> list[tuple[int, dict[str, float]]]:
    """The words among which the place is sought, by their indices, and the measures of each."""
    pair = context.pairs[negation.pair]
    russian = negation.missing == "original"
    tokens = pair.original if russian else pair.translation
    answer, gains = negation.answer_index, negation_gains(context, negation.missing, negation.pair)
    opposite = _opposite(pair, negation)
    score = negation.measures["score"]
    beside = score * _stands_beside(pair, negation)
    usual = before_which(context, negation.pair, answer) if russian else answer
    found = []
    for k in range(max(0, answer - _REACH), min(len(tokens), answer + _REACH + 1)):
        if tokens[k].kind != "word":
            continue
        linked, link = opposite.get(k, (False, 0.0))
        measures = {
            "apart": abs(k - answer) / _REACH,
            "apart_sure": score * abs(k - answer) / _REACH,
            "answers": score * (k == answer),
            "answers_beside": beside * (k == answer),
            "before": float(k == answer - 1),
            "usual": float(k == usual),
            "first": float(k == 0),
            "gap": max(_LEAST_GAP, min(_MOST_GAP, gains[k])),
            "link": link,
            "linked": float(linked),
            **(_in_russian(context, negation.pair, k) if russian else _in_english(tokens, k)),
        }
        if russian:
            measures["answers_no_verb"] = beside * (k == answer) * (1.0 - measures["verbal"])
        found.append((k, measures))
    return found


def takes_not(context: Context, number: int, k: int) -> bool:
    """Whether "not" goes before an English word: behind "did", "will" and the like, and before a participle behind "was"."""
    tokens = context.pairs[number].translation
    if not context.calls[number][k].content:
        return False
    before = tokens[k - 1].text.lower() if k else ""
    return before in _OF_VERBS or (before in _OF_PARTICIPLES and tokens[k].text.lower().endswith(_PARTICIPLES))


def denied_in_one(negation: Negation) -> str:
    """The Russian adverb with не- before it, where it answers an English word that is denied ("not long ago", недавно for давно); else
    an empty string."""
    word = fold(negation.answer.text)
    joined = f"не{word}"
    is_adverb = any(p.pos == "ADVB" for p in morphology.parses(word)[:1])
    if negation.measures["score"] < _ANSWERS or not is_adverb or not morphology.is_known(joined):
        return ""
    return like(joined, negation.answer.text)


def _opposite(pair: SentencePair, negation: Negation) -> dict[int, tuple[bool, float]]:
    """Of each linked word of the side that lacks the negation: whether its counterpart is near the negation, and the score."""
    russian = negation.missing == "original"
    others = pair.translation if russian else pair.original
    at = next((k for k, token in enumerate(others) if token is negation.negation), 0)
    links = [(w.original, w.translation, w.score) for w in pair.words]
    own = [(i, j, score) if russian else (j, i, score) for i, j, score in links]
    return {i: (abs(j - at) <= _NEAR_NEGATION, score) for i, j, score in own}


def _stands_beside(pair: SentencePair, negation: Negation) -> bool:
    """Whether the negation stands right before the word that it denies: "not long ago", and not "did not at once agree"."""
    others = pair.translation if negation.missing == "original" else pair.original
    return any(
        one is negation.negation and other is negation.denied for one, other in zip(others, others[1:], strict=False)
    )


def _in_russian(context: Context, pair: int, k: int) -> dict[str, float]:
    tokens = context.pairs[pair].original
    parses = morphology.parses(fold(tokens[k].text))
    total = sum(p.score for p in parses)
    return {
        "verbal": sum(p.score for p in parses if p.pos in VERBAL) / total if total else 0.0,
        "finite": float(bool(parses) and parses[0].pos == "VERB"),
        "denied": float(k > 0 and fold(tokens[k - 1].text) in words_of("plain")),
        "words": gained_by_not(context, pair, k),
    }


def _in_english(tokens: tuple[Token, ...], k: int) -> dict[str, float]:
    before = tokens[k - 1] if k else None
    lowered = before.text.lower() if before else ""
    return {
        "auxiliary": float(lowered in _OF_VERBS or lowered in _OF_PARTICIPLES),
        "to": float(lowered == "to"),
        "mark": float(before is not None and before.kind != "word"),
    }
