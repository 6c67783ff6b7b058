"""A numeral of one gender before a noun of the other: "оба опоры", "две стола", "обоих сторон", "полтора минуты".

In 1,240,000 sound Russian words (political documents, news, tales, novels) one is doubted, a slip. Adjectives may stand between. The numeral is read in the noun's gender. Blind to nouns that may be of either gender, to names and to
a noun that has not the form that is counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, Word
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.model import Feature, Hypothesis, Token
from collation.model.hypothesis import BY_PRIOR
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "GRA306"
_FEMININE = {
    "оба": "обе",
    "обоих": "обеих",
    "обоим": "обеим",
    "обоими": "обеими",
    "два": "две",
    "полтора": "полторы",
}
_OTHER = _FEMININE | {feminine: other for other, feminine in _FEMININE.items()}
_COUNTED_SINGULAR = frozenset(
    "оба обе два две полтора полторы".split()
)  # beside which a noun is in the genitive singular
_OTHERWISE = frozenset({"ms-f", "Ms-f", "Fixd", "Abbr", "Surn", "Name", "Geox", "Orgn"})
_BETWEEN = 3  # adjectives between the two


def propose(context: Context) -> Iterator[Hypothesis]:
    """Numerals that have a gender which the noun behind them has not."""
    for word in context.words:
        if word.folded not in _OTHER:
            continue
        noun = _noun_behind(context.pairs[word.pair].original, word)
        genders = _genders(fold(noun.text), singular=word.folded in _COUNTED_SINGULAR) if noun else frozenset[str]()
        if noun is not None and genders and _is_other(word.folded, genders):
            says = (("numeral", word.text), ("noun", noun.text))
            features = (
                BY_PRIOR,
                Feature("agreement", 1.0, (noun.place,), "", "numeral-gender", says),
            )
            yield with_reading(CODE, (word.token,), like(_OTHER[word.folded], word.text), features)


def _noun_behind(tokens: tuple[Token, ...], word: Word) -> Token | None:
    """The word behind a numeral, over adjectives."""
    for token in tokens[word.index + 1 : word.index + 2 + _BETWEEN]:
        if token.kind != "word":
            return None
        parses = morphology.parses(token.text)
        if not parses or not all(p.pos in {"ADJF", "PRTF"} for p in parses):
            return token
        if not any(p.number == "plur" for p in parses):
            return None  # на два сушёной рыбы
    return None


def _genders(word: str, *, singular: bool) -> frozenset[str]:
    """The genders of a noun in the form that is counted; none for any other word."""
    parses = morphology.parses(word) if morphology.is_known(word) else ()
    if any(p.pos != "NOUN" or not p.gender or _OTHERWISE & p.grammemes for p in parses):
        return frozenset()
    counted = (p for p in parses if (p.number == "sing" and p.case == "gent") or (not singular and p.number == "plur"))
    return frozenset(p.gender for p in counted)


def _is_other(numeral: str, genders: frozenset[str]) -> bool:
    """Whether a numeral goes with none of these genders."""
    return genders.isdisjoint({"femn"} if numeral in _FEMININE.values() else {"masc", "neut"})


RULE = Rule(
    code=CODE,
    family="GRA",
    name="numeral and noun of another gender",
    propose=propose,
    needs=("morphology",),
    harm="grammar",
    prior=1.6,
    since="2026.12",
    says=("numeral-gender",),
)
