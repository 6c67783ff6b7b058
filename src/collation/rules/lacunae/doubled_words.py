"""A word or a few that occur twice in a row: "об об отпуске", "в город в город".

A typist's eye or a scanner's seam gives them twice. Left alone is what is doubled on purpose: by custom (да да, еле еле), for
stress, or in the translation as well. Blind to verbs and adverbs said twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise, takewhile

from collation.evidence.context import Context, Word
from collation.knowledge.words import morphology
from collation.model import Edit, Feature, Hypothesis, Place
from collation.model.rule import Rule

CODE = "LAC704"
# Log-odds of a small word, of another one, of some words that stand twice at once
_SMALL, _ONE_WORD, _SOME = 1.2, 0.0, 0.4
_NEVER_TWICE = frozenset(
    "в во на к ко с со у о об от из за по под над до при для без через между про и или же ли бы не ни чтобы если когда который "
    "которая которые которого его ее их этот эта эти этого я ты мы вы они он она мне тебе ему ей нам вам им меня тебя нас вас себя "
    "был была были как что после перед около возле среди против вокруг кроме ради вместо".split()
)
_OFTEN_TWICE = frozenset(
    "да нет ну вот так еще очень едва еле чуть только все ура а ой ай ах вон там тут нельзя можно".split()
)
# "как как раз", "что что бы ни": of как and что the second may begin a turn of speech with one of these
_CONJUNCTIONS, _TURNS = (
    frozenset({"как", "что"}),
    frozenset("раз бы ни же ж будто угодно можно следует правило".split()),
)
_MOST_WORDS = 5  # words that are looked for together


def propose(context: Context) -> Iterator[Hypothesis]:
    """A small word that stands twice in a row, or up to five words: "об об отпуске", "в город в город"."""
    words = context.words
    at = 0
    while at < len(words):
        length = next((n for n in range(_MOST_WORDS, 0, -1) if _is_again(words, at, n)), 0)
        if length and not _is_meant(context, words, at, length):
            second = words[at + length : at + 2 * length]
            place = Place.cover([words[at + length - 1].place, second[-1].place])
            place = (
                Place.at(words[at + length - 1].token.stop, second[-1].token.stop)
                if len(second[-1].place.spans) == 1
                else place
            )
            model = Place.cover([w.place for w in words[at : at + length]])
            strength = (
                _SMALL if length == 1 and words[at].folded in _NEVER_TWICE else _ONE_WORD if length == 1 else _SOME
            )
            features = (
                Feature("strength", strength),
                Feature("again", 1.0, (model,), "", "stands-again", (("word", " ".join(w.text for w in second)),)),
            )
            yield Hypothesis(CODE, (place,), (Edit(place, ""),), features, "original", "attested")
        at += max(1, length)


def _is_again(words: tuple[Word, ...], at: int, length: int) -> bool:
    first, second = words[at : at + length], words[at + length : at + 2 * length]
    return (
        len(second) == length
        and all(w.token.kind == "word" for w in first)
        and [w.folded for w in first] == [w.folded for w in second]
        and (second[0].text[0].islower() or (first[0].text[0].isupper() and second[0].text.isupper()))
        and first[0].pair == second[-1].pair
    )


def _is_answered(words: tuple[Word, ...], at: int) -> bool:
    """Whether то answers the second of two conjunctions ("что что делается, то к лучшему")."""
    behind = takewhile(lambda w: w.pair == words[at].pair, islice(words, at + 2, None))
    before = ""
    for word in behind:
        if before == "," and word.folded == "то":
            return True
        before = word.text
    return False


def _is_meant(context: Context, words: tuple[Word, ...], at: int, length: int) -> bool:
    """Whether a word is doubled on purpose: by custom (да да, еле еле), or in the translation as well."""
    if length == 1 and (
        words[at].folded in _OFTEN_TWICE or (len(words[at].text) == 1 and words[at].folded not in _NEVER_TWICE)
    ):
        return True
    if length == 1 and words[at].folded in _CONJUNCTIONS and _is_answered(words, at):
        return True
    if length == 1 and words[at].folded in _CONJUNCTIONS and words[at + 2 : at + 3] and words[at + 2].folded in _TURNS:
        return True
    english = [t.text.lower() for t in context.pairs[words[at].pair].translation]
    if any(a == b for a, b in pairwise(english)) or any(
        a == c and b == "," for a, b, c in zip(english, english[1:], english[2:], strict=False)
    ):
        return True
    if length == 1 and words[at].folded not in _NEVER_TWICE and not english:
        return True  # without a translation a content word may be repeated for stress
    return (
        length == 1
        and any(
            parse.pos in {"VERB", "ADVB", "INTJ", "PRCL", "GRND", "COMP"}
            for parse in morphology.parses(words[at].folded)[:1]
        )
        and (words[at].folded not in _NEVER_TWICE)
    )


RULE = Rule(
    code=CODE,
    family="LAC",
    name="doubled word",
    propose=propose,
    needs=("morphology",),
    harm="loss",
    prior=0.8,
    since="2026.11",
    says=("stands-again",),
)
