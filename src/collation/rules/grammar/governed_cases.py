"""A case that its preposition or its numeral does not take: "на веревочкой", "для местным нужд", "одиннадцать транспорта".

In 550,000 sound Russian words (political documents, tales, news) ten places are doubted, and eight of them are slips of those
texts ("для проведение"). Asked are only words that the dictionary knows as inflected in all their analyses, and as no names. Blind to words that another
word parts from the preposition.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from collation.evidence.context import Context, Word
from collation.evidence.fixed_endings import has_own_ending
from collation.evidence.government import cases_of, governed_cases, preposition_before, violates
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.grammar.likely_forms import likely_forms

CODE = "GRA302"
# Words that are hardly anything but prepositions; others of the table are adverbs and nouns as well (ниже, путем)
_PREPOSITIONS = frozenset(
    "без безо в во для до за из изо из-за из-под к ко на над о об обо от ото перед по под при про с со у через между среди кроме "
    "около после вокруг возле вместо против ради".split()
)
_NUMERALS = frozenset(
    "пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
    "восемнадцать девятнадцать двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста "
    "четыреста пятьсот шестьсот семьсот восемьсот девятьсот двое трое четверо пятеро шестеро семеро восьмеро девятеро "
    "десятеро".split()
)
_INFLECTED = frozenset({"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"})
_OTHERWISE = frozenset(
    {"Fixd", "Abbr", "Surn", "Name", "Patr", "Geox", "Orgn", "voct"}
)  # names, calls, what is not inflected
_BY_MEASURE = frozenset({"ablt", "datv", "loct"})  # cases of a noun that no numeral counts: пятнадцать вышиной
_HOURS = frozenset("утра вечера ночи".split())
_AFTERNOON = "дня"  # в два часа дня, в пять дня
_MODIFIERS = frozenset({"ADJF", "PRTF"})
_ADJECTIVES = 3  # between a numeral and its noun
_PARTITIVE = ("у", "ю")  # endings of с голоду, до упаду
_OF_A_KIND = frozenset({"рода", "типа", "вида"})  # к этого рода организациям
_WHAT = frozenset({"что"})  # что за люди, что это за люди
_SHORT = 2  # letters of a word up to which nothing is asked
_MOST = 3  # readings
_MISREAD = -2.0  # log-odds: the preposition may be misread and the word be right


def propose(context: Context) -> Iterator[Hypothesis]:
    """Words in a case that what stands straight before them does not take."""
    for word in context.words:
        tokens = context.pairs[word.pair].original
        if word.token.kind != "word" or not word.index or len(word.text) <= _SHORT or word.text[0].isupper():
            continue
        before, parses = tokens[word.index - 1], _inflected(word.folded)
        if not parses or has_own_ending(context, word):
            continue
        if _is_ungoverned(tokens, word, parses):
            cases = governed_cases()[fold(before.text)]
            forms = [w for w in likely_forms(context, word) if cases & cases_of(w[1]) and _is_of_number(w[1], parses)]
            misread = _MISREAD if _is_other_preposition(fold(before.text), cases_of(word.folded)) else 0.0
            yield from _readings(before, word, forms, "case-not-taken", misread)
        elif _is_uncounted(parses) and (numeral := _numeral_before(tokens, word.index)):
            forms = [w for w in likely_forms(context, word) if any(map(_is_counted, morphology.parses(w[1])))]
            yield from _readings(numeral, word, forms, "numeral-case", 0.0)


def _inflected(word: str) -> tuple[morphology.Parse, ...]:
    """The analyses of a word that the dictionary has as inflected alone, and as no name; none for any other."""
    parses = morphology.parses(word) if morphology.is_known(word) else ()
    sound = all(p.pos in _INFLECTED and p.case and not _OTHERWISE & p.grammemes for p in parses)
    return parses if sound else ()


def _is_ungoverned(tokens: tuple[Token, ...], word: Word, parses: tuple[morphology.Parse, ...]) -> bool:
    """Whether a word straight behind a preposition has no case that it takes, and custom allows none of them."""
    found = preposition_before(tokens, word.index)
    if found is None or found[0] != word.index - 1 or violates(tokens, word.index, word.folded) <= 0:
        return False
    before, ahead = fold(tokens[found[0]].text), tokens[found[0] - 1].text if found[0] else ""
    if before not in _PREPOSITIONS or ahead == "/" or (ahead and len(before) == 1 and tokens[found[0]].text.isupper()):
        return False  # б/у, and К behind another word is an initial
    if before == "о" and any(p.case == "nomn" and p.animacy == "anim" for p in parses):
        return False  # о воин!
    if before == "за" and any(fold(t.text) in _WHAT for t in tokens[max(0, found[0] - 3) : found[0]]):
        return False
    if word.folded.endswith(_PARTITIVE) and any(p.pos == "NOUN" and p.gender == "masc" for p in parses):
        return False
    behind = list(takewhile(lambda t: t.kind == "word", tokens[word.index + 1 : word.index + 4]))
    if any(fold(t.text) in {*_OF_A_KIND, "не"} for t in behind):
        return False  # на никому не известных условиях
    if behind and word.folded == "друг" and fold(behind[0].text).startswith(word.folded):
        return False  # между друг другом
    own = {(p.case, p.number) for p in parses}
    participles = [p for t in behind[:2] for p in morphology.parses(t.text) if p.pos == "PRTF"]
    return all((p.case, p.number) in own for p in participles)  # от теорией доказанного


def _numeral_before(tokens: tuple[Token, ...], index: int) -> Token | None:
    """The numeral that counts a word, over adjectives in the genitive plural."""
    for token in reversed(tokens[max(0, index - 1 - _ADJECTIVES) : index]):
        if fold(token.text) in _NUMERALS:
            return None if _counts_otherwise(tokens, index) else token
        if not any(map(_is_modifier, _parses(token))):
            return None
    return None


def _counts_otherwise(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a numeral counts hours, or what stands before it: в семь утра, человек десять молодёжи, часов до девяти."""
    word, first = fold(tokens[index].text), index
    while first and (fold(tokens[first - 1].text) in _NUMERALS or any(map(_is_modifier, _parses(tokens[first - 1])))):
        first -= 1
    after_preposition = bool(first) and fold(tokens[first - 1].text) in _PREPOSITIONS
    if word in _HOURS or (word == _AFTERNOON and after_preposition):
        return True
    ahead = _parses(tokens[first - 1 - after_preposition]) if first > after_preposition else ()
    return any(p.pos == "NOUN" and _is_counted(p) for p in ahead)


def _parses(token: Token) -> tuple[morphology.Parse, ...]:
    return morphology.parses(token.text) if token.kind == "word" else ()


def _is_modifier(parse: morphology.Parse) -> bool:
    """Whether an adjective may stand between a numeral and its noun; an ordinal makes a fraction: пять шестых света."""
    return parse.pos in _MODIFIERS and _is_counted(parse) and "Anum" not in parse.grammemes


def _is_uncounted(parses: tuple[morphology.Parse, ...]) -> bool:
    """Whether a noun straight behind a numeral from five on is no genitive plural, and counted it is."""
    nouns = all(p.pos == "NOUN" for p in parses)
    return nouns and not any(map(_is_counted, parses)) and not {p.case for p in parses} <= _BY_MEASURE


def _is_counted(parse: morphology.Parse) -> bool:
    return parse.case == "gent" and parse.number == "plur"


def _is_of_number(form: str, parses: tuple[morphology.Parse, ...]) -> bool:
    """Whether a form has a number of the word, where that is a noun: only its case is doubted."""
    numbers = {p.number for p in parses}
    return any(p.pos != "NOUN" for p in parses) or any(p.number in numbers for p in morphology.parses(form))


def _is_other_preposition(before: str, cases: frozenset[str]) -> bool:
    """Whether a preposition an edit away takes one of these cases: за for на."""
    return any(
        other != before and cases & taken and channel_cost(before, other) <= EDIT
        for other, taken in governed_cases().items()
        if other in _PREPOSITIONS
    )


def _readings(
    before: Token, word: Word, forms: list[tuple[float, str]], says: str, strength: float
) -> Iterator[Hypothesis]:
    """The forms as readings, the likeliest first."""
    values = (("before", before.text), ("word", word.text))
    features = (Feature("strength", strength), Feature("case", 1.0, (before.place,), "", says, values))
    for _, form in sorted(forms, key=lambda w: (-w[0], w[1]))[:_MOST]:
        yield with_reading(CODE, (word.token,), like(form, word.text), features)


RULE = Rule(
    code=CODE,
    family="GRA",
    name="case that a preposition or a numeral does not take",
    propose=propose,
    needs=("morphology", "confusions", "language_model"),
    harm="grammar",
    prior=1.6,
    since="2026.12",
    says=("case-not-taken", "numeral-case"),
)
