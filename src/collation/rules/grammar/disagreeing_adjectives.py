"""An adjective and the noun straight behind it that agree in no analysis: "глобальное сокращения", "бывшим незадачливыми приятелем".

Of 20,500 such pairs in 570,000 sound Russian words (political documents, tales, news) 35 do not agree, most of them of the kinds that
are let pass here: an adjective with a word that depends on it (неугодные кадетам), one in the instrumental of a predicate (признал
желательным объединение), and the plural behind two, three and four (184 иностранных резидента). Which of the two is misread is
said by the language model. Blind to pairs with other words between them and to words that may be names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from collation.evidence.context import Context, Word
from collation.evidence.government import governed_cases
from collation.knowledge import dictionaries
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.knowledge.words.language_model import unit
from collation.model import Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "GRA303"
_OTHERWISE = frozenset({"Fixd", "Abbr", "Surn", "Name", "Patr", "Geox", "Orgn", "Apro", "Anum"})
_DEPENDS = frozenset({"datv", "ablt"})  # cases of a word that may depend on the adjective
_PAUCAL = frozenset({"два", "две", "три", "четыре", "оба", "обе", "полтора", "полторы"})
_OWNERS = frozenset({"NOUN", "NPRO", "NUMR"})  # behind these an adjective may have its noun before it
_PASSIVE = "мый"  # руководимый пролетариатом
_NEAR = 3  # words before the pair among which a numeral is
_FURTHEST = 3.0  # edits that an ending is misread by
_EACH_EDIT = 2.0  # natural log-odds of the language model that an edit costs
_MOST = 3  # readings
Shape = tuple[str, str, str]
"""Case, number, and the gender of a singular."""


def propose(context: Context) -> Iterator[Hypothesis]:
    """Adjectives and nouns side by side of which one has a wrong ending."""
    for word in context.words:
        tokens = context.pairs[word.pair].original
        if word.token.kind != "word" or word.index + 1 >= len(tokens) or tokens[word.index + 1].kind != "word":
            continue
        noun = tokens[word.index + 1]
        if word.text[0].isupper() or noun.text[0].isupper():
            continue
        ours, theirs = _of_adjective(word.folded), _of_noun(fold(noun.text))
        if ours and theirs and not ours & theirs and not _is_let_pass(tokens, word, ours, theirs):
            yield from _readings(context, word, noun, ours, theirs)


@lru_cache(maxsize=5_000)
def _of_adjective(word: str) -> frozenset[Shape]:
    """The shapes of a word that is an adjective in all its analyses and takes no case of its own; none for any other."""
    parses = morphology.parses(word) if morphology.is_known(word) else ()
    if any(p.pos != "ADJF" or _OTHERWISE & p.grammemes or p.lemma in _governing() for p in parses):
        return frozenset()
    if any(p.lemma.endswith(_PASSIVE) for p in parses):
        return frozenset()
    return frozenset(_shape(p) for p in parses)


@lru_cache(maxsize=5_000)
def _of_noun(word: str) -> frozenset[Shape]:
    """The shapes of a word that is a noun in all its analyses, of both genders where it may be either; none for any other."""
    parses = morphology.parses(word) if morphology.is_known(word) else ()
    if any(p.pos != "NOUN" or _OTHERWISE & p.grammemes or not p.case for p in parses):
        return frozenset()
    found = {_shape(p) for p in parses}
    both = [p for p in parses if {"ms-f", "GNdr"} & p.grammemes]
    return frozenset(found | {(p.case, p.number, gender) for p in both for gender in ("masc", "femn")})


def _shape(parse: morphology.Parse) -> Shape:
    return parse.case, parse.number, parse.gender if parse.number == "sing" else ""


@lru_cache(maxsize=1)
def _governing() -> frozenset[str]:
    """The adjectives that ask for a case: полный, достойный."""
    return frozenset(fold(lemma) for kind, lemma, *_ in dictionaries.rows("government.tsv", columns=4) if kind == "adj")


def _is_let_pass(tokens: tuple[Token, ...], word: Word, ours: frozenset[Shape], theirs: frozenset[Shape]) -> bool:
    """Whether the noun may depend on the adjective, or either belong to something else."""
    own_cases, other_cases = {case for case, *_ in ours}, {case for case, *_ in theirs}
    free = bool(other_cases & {"nomn", "accs"})
    if other_cases <= _DEPENDS or ("ablt" in own_cases and free):
        return True
    governed = governed_cases().get(fold(tokens[word.index - 1].text), frozenset()) if word.index else frozenset()
    if free and governed & own_cases:
        return True  # среди последних большинство
    before = tokens[max(0, word.index - _NEAR) : word.index]
    if any(fold(t.text) in _PAUCAL or t.text[-1:].isdigit() for t in before):
        return True
    parses = morphology.parses(before[-1].text) if before and before[-1].kind == "word" else ()
    return any(p.pos in _OWNERS for p in parses)


def _readings(
    context: Context, word: Word, noun: Token, ours: frozenset[Shape], theirs: frozenset[Shape]
) -> Iterator[Hypothesis]:
    """Forms of the one that agree with the other, of the word for which the best of them stands."""
    tokens = context.pairs[word.pair].original
    weighed = [
        (_worth(context, tokens, at, token.text, form), form, token)
        for at, token, shapes, of in (
            (word.index, word.token, theirs, _of_adjective),
            (word.index + 1, noun, ours, _of_noun),
        )
        for form in _agreeing(fold(token.text), shapes, of)
    ]
    if not weighed:
        return
    chosen = max(weighed, key=lambda w: (w[0], w[1]))[2]
    says = (("adjective", word.text), ("noun", noun.text))
    features = (Feature("strength", 0.0), Feature("agreement", 1.0, (noun.place,), "", "agrees-nowhere", says))
    for _, form, token in sorted((w for w in weighed if w[2] is chosen), key=lambda w: (-w[0], w[1]))[:_MOST]:
        yield with_reading(CODE, (token,), like(form, token.text), features)


def _agreeing(word: str, shapes: frozenset[Shape], of: object) -> list[str]:
    """The forms of a word that have one of some shapes, not too far in letters."""
    found = []
    for lemma in dict.fromkeys(p.lemma for p in morphology.parses(word)):
        for form, _ in morphology.forms(lemma):
            if form != word and channel_cost(word, form) <= _FURTHEST * EDIT:
                own = _of_adjective(form) if of is _of_adjective else _of_noun(form)
                if own & shapes:
                    found.append(form)
    return list(dict.fromkeys(found))


def _worth(context: Context, tokens: tuple[Token, ...], at: int, text: str, form: str) -> float:
    """How well a form stands in a place, less what its letters cost; by the letters alone without a language model."""
    cost = _EACH_EDIT * channel_cost(fold(text), form) / EDIT
    language = context.knowledge.language_model
    if language is None:
        return -cost
    left = [u for t in tokens[max(0, at - 3) : at] if (u := unit(t.text, t.kind))]
    right = [u for t in tokens[at + 1 : at + 3] if (u := unit(t.text, t.kind))]
    units = [*left, form, *right]
    return language.words(units, len(left), len(units)) + language.tagged(units) - cost


RULE = Rule(
    code=CODE,
    family="GRA",
    name="adjective and noun that do not agree",
    propose=propose,
    needs=("morphology", "confusions", "language_model"),
    harm="grammar",
    prior=1.4,
    since="2026.12",
    says=("agrees-nowhere",),
)
