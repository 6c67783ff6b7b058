"""A case that its preposition or its numeral does not take: "на веревочкой", "для местным нужд", "одиннадцать транспорта".

What stands straight behind a preposition has one of its cases, and a noun straight behind a numeral from five on is in the
genitive plural. In 570,000 sound Russian words (political documents, tales, news) 93 words are not so, and most of these are of the
kinds that are let pass here: в министры, что за красота, с голоду, этого рода, на никому не известных; behind 540 numerals
one is not, an instrumental of measure. Asked are only words that the dictionary knows as inflected in all their analyses. Blind to
words that a participle's phrase or an adjective parts from the preposition.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from collation.evidence.context import Context, Word
from collation.evidence.government import governed_cases
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "GRA302"
_PREPOSITIONS = frozenset(
    "без безо в во для до за из изо из-за из-под к ко на над о об обо от ото перед по под при про с со у через между среди кроме "
    "около после вокруг возле вместо против ради".split()
)
_NUMERALS = frozenset(
    "пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
    "восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста "
    "четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
)
_INFLECTED = frozenset({"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"})
_OTHERWISE = frozenset({"Fixd", "Abbr", "Surn", "Name", "Patr", "Geox", "Orgn"})  # names and what is not inflected
_INTO = frozenset({"в", "во"})  # в министры: the old accusative of a rank
_PARTITIVE = ("у", "ю")  # endings of с голоду, без толку
_OF_A_KIND = frozenset({"рода", "типа", "вида"})  # к этого рода организациям
_SHORT = 2  # letters of a word up to which nothing is asked
_MOST = 3  # readings
_MISREAD = -2.0  # log-odds: the preposition may be misread and the word be right
_FURTHEST = 3.0  # edits that an ending is misread by
_AGREEING = 1.0  # edits that a form makes up for by agreeing with the next word


def propose(context: Context) -> Iterator[Hypothesis]:
    """Words in a case that what stands straight before them does not take."""
    for word in context.words:
        tokens = context.pairs[word.pair].original
        if word.token.kind != "word" or not word.index or len(word.text) <= _SHORT or word.text[0].isupper():
            continue
        before = tokens[word.index - 1]
        if before.kind != "word" or (len(before.text) == 1 and before.text.isupper() and word.index > 1):
            continue
        cases = _wanted(tokens, word)
        if cases is None:
            continue
        yield from _readings(tokens, word, before, *cases)


def _wanted(tokens: tuple[Token, ...], word: Word) -> tuple[frozenset[str], str] | None:
    """The cases that the word before asks for and the number, empty for any, where the word has none of them."""
    before = fold(tokens[word.index - 1].text)
    parses = morphology.parses(word.folded) if morphology.is_known(word.folded) else ()
    if not parses or any(p.pos not in _INFLECTED or not p.case or _OTHERWISE & p.grammemes for p in parses):
        return None
    if before in _PREPOSITIONS:
        wanted = governed_cases().get(before)
        if wanted is None or wanted & {p.case for p in parses} or _is_let_pass(tokens, word, before, parses):
            return None
        return wanted, ""
    if before in _NUMERALS and all(p.pos == "NOUN" for p in parses):
        if any(p.case == "gent" and p.number == "plur" for p in parses) or {p.case for p in parses} <= {
            "ablt",
            "datv",
            "loct",
        }:
            return None
        return frozenset({"gent"}), "plur"
    return None


def _is_let_pass(tokens: tuple[Token, ...], word: Word, before: str, parses: tuple[morphology.Parse, ...]) -> bool:
    """Whether custom allows the case, or the word belongs to what stands between the preposition and its own word."""
    if before in _INTO and any(p.case == "nomn" and p.number == "plur" for p in parses):
        return True
    if before == "за" and any(fold(t.text) == "что" for t in tokens[max(0, word.index - 4) : word.index - 1]):
        return True  # что за люди, что это за люди
    if word.folded.endswith(_PARTITIVE) and any(p.pos == "NOUN" and p.gender == "masc" for p in parses):
        return True
    behind = list(takewhile(lambda t: t.kind == "word", tokens[word.index + 1 : word.index + 4]))
    if any(fold(t.text) in {*_OF_A_KIND, "не"} for t in behind):
        return True
    own = {(p.case, p.number) for p in parses}
    for token in behind[:2]:
        found = morphology.parses(token.text)
        if any(p.pos == "PRTF" and (p.case, p.number) not in own for p in found):
            return True  # от теорией доказанного
    return word.folded == "господи"


def _readings(
    tokens: tuple[Token, ...], word: Word, before: Token, cases: frozenset[str], number: str
) -> Iterator[Hypothesis]:
    """Forms of the word in a case that is asked for, the likest first, those before that agree with the next word."""
    own = morphology.parses(word.folded)
    behind = tokens[word.index + 1] if word.index + 1 < len(tokens) else None
    next_ones = morphology.parses(behind.text) if behind is not None and behind.kind == "word" else ()
    costs: dict[str, float] = {}
    for lemma in dict.fromkeys(p.lemma for p in own):
        for form, grammemes in morphology.forms(lemma):
            if form == word.folded or not cases & grammemes or (number and number not in grammemes):
                continue
            if not number and not {p.number for p in own} & grammemes and {p.pos for p in own} <= {"NOUN"}:
                continue
            cost = channel_cost(word.folded, form) / EDIT
            agrees = any(p.case in cases and {p.case, p.number} - {""} <= grammemes for p in next_ones)
            cost -= _AGREEING if agrees else 0.0
            if cost <= _FURTHEST:
                costs[form] = min(cost, costs.get(form, cost))
    misread = not number and _is_other_preposition(fold(before.text), {p.case for p in own})
    says = (("before", before.text), ("word", word.text))
    feature = (
        Feature("strength", _MISREAD if misread else 0.0),
        Feature("case", 1.0, (before.place,), "", "numeral-case" if number else "case-not-taken", says),
    )
    for form in sorted(costs, key=lambda f: (costs[f], f))[:_MOST]:
        yield with_reading(CODE, (word.token,), like(form, word.text), feature)


def _is_other_preposition(before: str, cases: set[str]) -> bool:
    """Whether a preposition an edit away takes one of these cases: за for на."""
    return any(
        other != before and cases & taken and channel_cost(before, other) <= EDIT
        for other, taken in governed_cases().items()
        if other in _PREPOSITIONS
    )


RULE = Rule(
    code=CODE,
    family="GRA",
    name="case that a preposition or a numeral does not take",
    propose=propose,
    needs=("morphology", "confusions"),
    harm="grammar",
    prior=1.6,
    since="2026.12",
    says=("case-not-taken", "numeral-case"),
)
