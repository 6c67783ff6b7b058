"""Endings that something outside the phrase accounts for, so that no rule of endings doubts them.

The agent of a passive ("в представленном тов. Громовым проекте"), a Korean or Chinese surname before its given name, сам
beside себя, a name in quotation marks behind its kind, what a symbol stands for, "в депутаты", adjectives between a
numeral and its noun ("два новых дома", "ближайшие полгода"), what a fraction counts ("3,2 тонны"), what a list measures out
("в) цемента – 45 тонн"), what there is none of ("золота не обнаружено"), это and то that stand for what was said, and the
subject behind them; large numbers, whose case comes from before the figure ("помогла 20 тысячам семей"); a plural verb behind
subjects that are joined ("он и она ушли"); a form of the name that is opposite ("в Синаю", Sinaia).
"""

from __future__ import annotations

from itertools import takewhile

import regex

from collation.evidence.context import Context, Word
from collation.evidence.denials import BREAKS
from collation.evidence.government import cases_of, governed_cases, preposition_before
from collation.evidence.predicates import is_of_several
from collation.evidence.vouching import is_notation, is_symbol, without_ending
from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.sound import same_sound
from collation.knowledge.names.syllables import heard, is_syllable, without_possessive
from collation.knowledge.words import morphology
from collation.model import Token

_VERBS = frozenset({"VERB", "INFN"})
_QUOTED = 6  # words of a name in quotation marks on either side of a word
_OPENING, _CLOSING = frozenset('«„"“'), frozenset('»“"”')
_AGENT = 5  # tokens between a passive participle and the end of its agent
_ADJECTIVES = 3  # words between a preposition and its noun that are adjectives
_TO_VERB = 9  # tokens from a subject to its verb
_COUNTED = 3  # words between a small numeral and its noun
_SMALL = frozenset("два две три четыре оба обе полтора полторы".split())
_FRACTION = regex.compile(r"\d+,\d+|десятых|сотых|тысячных")
_ITEM_HEADS = frozenset(");:,.-–—•")  # what stands before the first word of an item of a list
_DASHES = frozenset("-–—")
_ITEM = 4  # words of an item before its figure
_LACKING = frozenset("быть оказаться остаться найтись хватать хватить иметься нет".split())  # there is none: их не было
_LARGE = frozenset("сотня тысяча миллион миллиард триллион".split())
_FIGURES = regex.compile(r"(?:\d*[^1\D])?[234]")
_NEUTER = frozenset("это этого этому этим этом то того тому тем том".split())  # forms of это and то
_LEADING = frozenset(
    "результате силу ходе случае отличие знак итоге вместо пользу".split()
)  # of "в результате этого" and the like
_OF_NAMES_IN_A = (
    ("ую", ("ая",)),
    ("ой", ("ая", "а")),
    ("ею", ("я",)),
    ("ей", ("я",)),
    ("ю", ("я",)),
    ("у", ("а",)),
    ("и", ("я",)),
)
"""Endings of the oblique cases of names in -а and -я, and what the nominative has. In -е they are those of other names as well."""
_LEAST_STEM = 3  # letters before such an ending
_SAME = 0.97  # likeness by sound, 0 to 1, of such a name to the English one
_HALF = regex.compile(r"пол(?:года|часа|дня|дюжины|месяца|минуты|века|километра|тора|торы)")


def has_own_ending(context: Context, word: Word) -> bool:
    """Whether the ending of a word is accounted for where it stands."""
    return context.once(_has_own_ending, word.token.start)


def _has_own_ending(context: Context, start: int) -> bool:
    word = context.word_at(start)
    return word is not None and any(
        asked(context, word)
        for asked in (
            is_notation,
            _is_agent,
            _is_governed_afar,
            _is_substantive,
            _is_subject_behind,
            _is_undeclined,
            _is_self,
            _is_quoted_name,
            _is_defined,
            _is_joining,
            _is_counted,
            _is_counted_by_fraction,
            _is_measured_out,
            _is_denied,
            _is_large_number,
            _is_of_several,
            _is_of_name_opposite,
        )
    )


def _is_of_name_opposite(context: Context, word: Word) -> bool:
    """Whether it is a form of a name in -а or -я that is opposite and that no dictionary has, not of the word that the dictionary
    takes it for: "в Синаю", Sinaia, and not Синай."""
    if not word.text[:1].isupper() or any(lemma[-1:] in "ая" for lemma in morphology.lemmas(word.folded)):
        return False
    names = [
        (word.folded[: -len(ending)] + own).capitalize()
        for ending, owns in _OF_NAMES_IN_A
        if word.folded.endswith(ending) and len(word.folded) - len(ending) >= _LEAST_STEM
        for own in owns
    ]
    opposite = (without_possessive(t.text) for t in context.pairs[word.pair].translation if t.text[:1].isupper())
    return any(
        english[-1:].lower() == "a" and same_sound(name, english) >= _SAME for english in opposite for name in names
    )


def _is_of_several(context: Context, word: Word) -> bool:
    """Whether it is the plural verb of subjects that are joined."""
    return is_of_several(context.pairs[word.pair].original, word.index)


def _is_joining(context: Context, word: Word) -> bool:
    """Whether persons stand in the plural behind в, those whom somebody joins: "избран в депутаты"."""
    before, _ = context.neighbours(word, 1, 0)
    if not before or fold(before[0].text) not in {"в", "во"}:
        return False
    return any({"nomn", "plur", "anim", "NOUN"} <= parse.grammemes for parse in morphology.parses(word.text))


def _is_counted(context: Context, word: Word) -> bool:
    """Whether a small numeral before, or a half behind, governs a word and its neighbour apart."""
    before, after = context.neighbours(word, _COUNTED, 1)
    if after and _HALF.fullmatch(fold(after[0].text)) and "plur" in {p.number for p in morphology.parses(word.text)}:
        return True
    if not any(fold(t.text) in _SMALL or (t.kind == "number" and _FIGURES.fullmatch(t.text)) for t in before):
        return False
    return bool(cases_of(word.text) & {"gent", "nomn", "accs"})


def _is_counted_by_fraction(context: Context, word: Word) -> bool:
    """Whether a fraction governs a genitive, of a noun in the singular: "3,2 тонны", "пять десятых метра"."""
    before, _ = context.neighbours(word, 1, 0)
    if not before or not _FRACTION.fullmatch(fold(before[0].text)):
        return False
    return any(p.pos == "NOUN" and p.case == "gent" and p.number == "sing" for p in morphology.parses(word.text))


def _is_measured_out(context: Context, word: Word) -> bool:
    """Whether a genitive heads an item of a list, or belongs to its head, and a figure says how much there is of it: "балок
    двутавровых – 28 штук"."""
    if "gent" not in cases_of(word.text):
        return False
    before, after = context.neighbours(word, _ITEM, _ITEM + 2)
    ahead = list(takewhile(lambda t: t.kind == "word", after))
    behind = list(takewhile(lambda t: t.kind == "word" and "gent" in cases_of(t.text), reversed(before)))
    if not all("gent" in cases_of(t.text) for t in ahead) or not _measures(after[len(ahead) :]):
        return False
    return len(behind) == word.index or (len(behind) < len(before) and before[-1 - len(behind)].text in _ITEM_HEADS)


def _measures(tokens: list[Token]) -> bool:
    """Whether a figure begins these tokens, with a dash before it or behind it the noun that it counts: "– 28", "340 штук"."""
    dashed = bool(tokens) and tokens[0].text in _DASHES
    figure, noun = (*tokens[dashed : dashed + 2], None, None)[:2]
    if figure is None or figure.kind != "number":
        return False
    if dashed:
        return True
    number = "sing" if _FRACTION.fullmatch(figure.text) or _FIGURES.fullmatch(figure.text) else "plur"
    counted = morphology.parses(noun.text) if noun else ()
    return any(p.pos == "NOUN" and p.case == "gent" and p.number == number for p in counted)


def _is_denied(context: Context, word: Word) -> bool:
    """Whether there is none of a genitive: "золота не обнаружено", "хлеба на станции не было", "сена нет"."""
    if "gent" not in cases_of(word.text):
        return False
    _, after = context.neighbours(word, 0, _TO_VERB)
    clause = list(takewhile(lambda t: t.text not in BREAKS, after))
    for number, token in enumerate(clause):
        if fold(token.text) == "нет":
            return True
        if fold(token.text) == "не":
            return number + 1 < len(clause) and _says_there_is_none(clause[number + 1])
    return False


def _says_there_is_none(token: Token) -> bool:
    """Whether a negated word may have no subject: a passive or a past in the neuter, a verb of being in the singular."""
    return any(
        p.number == "sing" and (p.gender == "neut" if p.pos in {"PRTS", "VERB"} and p.gender else p.lemma in _LACKING)
        for p in morphology.parses(token.text)
    )


def _is_large_number(context: Context, word: Word) -> bool:
    """Whether it is "тысячам", "миллионами" and the like behind a figure, which says nothing of their case, and a preposition before
    the figure does not ask for another."""
    before, _ = context.neighbours(word, 2, 0)
    if not before or before[-1].kind != "number" or not _LARGE & set(morphology.lemmas(word.text)):
        return False
    own = {p.case for p in morphology.parses(word.text) if p.number == "plur"} & {"datv", "ablt", "loct"}
    asked = governed_cases().get(fold(before[0].text)) if len(before) > 1 else None
    return bool(own if asked is None else own & asked)


def _is_agent(context: Context, word: Word) -> bool:
    """Whether an instrumental stands after a passive ("испытывается нами", "опубликованный в среду советом"), or just before
    one ("комитетом были опубликованы"): its ending is accounted for."""
    if "ablt" not in cases_of(word.text):
        return False
    preposition = preposition_before(context.pairs[word.pair].original, word.index)
    if preposition is not None and preposition[0] == word.index - 1:
        return False  # годится для местным
    before, after = context.neighbours(word, _AGENT, 2)
    for number in range(len(before) - 1, -1, -1):
        token = before[number]
        if _is_passive(token):
            return True
        if not (token.text == "." or token.text[:1].isupper() or _may_lead(token) or _is_of_phrase(before, number)):
            break
    ahead = [token for token in after if "быть" not in morphology.lemmas(token.text)]
    return bool(ahead) and any("pssv" in p.grammemes and p.pos == "PRTS" for p in morphology.parses(ahead[0].text))


def _is_passive(token: Token) -> bool:
    return any(
        "pssv" in p.grammemes or (p.pos in _VERBS and p.lemma.endswith("ся")) for p in morphology.parses(token.text)
    )


def _may_lead(token: Token) -> bool:
    """Whether a word may stand between a passive and its agent: an abbreviation, or another word in the instrumental."""
    return authority.is_abbreviation(fold(token.text)) or "ablt" in cases_of(token.text)


def _is_of_phrase(tokens: list[Token], number: int) -> bool:
    """Whether a word is a preposition, or what one governs directly."""
    table = governed_cases()
    first, second = tokens[number], tokens[number - 1] if number else None
    return fold(first.text) in table or (
        second is not None and bool(table.get(fold(second.text), frozenset()) & cases_of(first.text))
    )


def _is_governed_afar(context: Context, word: Word) -> bool:
    """Whether a preposition asks for the case of a word over a participle and what goes with it."""
    tokens = context.pairs[word.pair].original
    found = preposition_before(tokens, word.index)
    return found is not None and word.index - found[0] > _ADJECTIVES and bool(found[1] & cases_of(word.text))


def _is_substantive(context: Context, word: Word) -> bool:
    """Whether это or то stands for what was said, governed by what is before it ("в результате этого части отошли"): the noun
    behind begins a clause and is no noun of its own.
    """
    if word.folded not in _NEUTER:
        return False
    before, after = context.neighbours(word, 1, 1)
    if not before:
        return False
    first = fold(before[0].text)
    governed = bool(governed_cases().get(first, frozenset()) & cases_of(word.text))
    led = first in _LEADING and "gent" in cases_of(word.text)
    return (governed or led) and (not after or after[0].kind != "word" or "nomn" in cases_of(after[0].text))


def _is_subject_behind(context: Context, word: Word) -> bool:
    """Whether a nominative behind such это or то is the subject of the clause ("ввиду этого депутаты решили ждать"): a verb ahead
    agrees with it."""
    before, after = context.neighbours(word, 1, _TO_VERB)
    stands_for = context.word_at(before[0].start) if before else None
    if stands_for is None or not _is_substantive(context, stands_for):
        return False
    subjects = [p for p in morphology.parses(word.text) if p.case == "nomn"]
    clause = takewhile(lambda t: t.text not in BREAKS, after)
    verbs = [p for t in clause for p in morphology.parses(t.text)[:1] if p.pos in {"VERB", "PRTS", "ADJS"}]
    return any(
        verb.number == own.number and (own.number == "plur" or verb.gender in {own.gender, ""})
        for verb in verbs
        for own in subjects
    )


def _is_self(context: Context, word: Word) -> bool:
    """Whether it is сам before себя in a case of both: number and gender are those of a person outside the phrase."""
    _, after = context.neighbours(word, 0, 1)
    if not after or "сам" not in morphology.lemmas(word.text) or "себя" not in morphology.lemmas(after[0].text):
        return False
    return bool(cases_of(word.text) & cases_of(after[0].text))


def _is_quoted_name(context: Context, word: Word) -> bool:
    """Whether a nominative belongs to a name in quotation marks, which stays undeclined behind its kind: «Республика …»."""
    if "nomn" not in cases_of(word.text):
        return False
    before, after = context.neighbours(word, _QUOTED, _QUOTED)
    opened = next((i for i in range(len(before) - 1, -1, -1) if before[i].text in _OPENING), None)
    if opened is None or any(t.text in _CLOSING for t in before[opened + 1 :]):
        return False
    first = (*before[opened + 1 :], word.token)[0]
    return first.text[:1].isupper() and any(t.text in _CLOSING for t in after)


def _is_defined(context: Context, word: Word) -> bool:
    """Whether a nominative says what a symbol is: "к — постоянная"."""
    before, _ = context.neighbours(word, 2, 0)
    symbol = context.word_at(before[0].start) if len(before) == 2 and before[1].kind == "mark" else None
    return symbol is not None and is_symbol(context, symbol) and "nomn" in cases_of(word.text)


def _is_undeclined(context: Context, word: Word) -> bool:
    """Whether a name of one syllable stands before a given name of like syllables, and is not declined: "с Цой Ен Гилем"."""
    tokens = context.pairs[word.pair].original
    return len(_name_syllables(tokens, word.index)[1]) >= 2


def is_of_syllabic_name(context: Context, word: Word) -> bool:
    """Whether a word is one of two and more syllables with capitals that make a Korean or Chinese name: "Ким Чен Ын"."""
    before, after = _name_syllables(context.pairs[word.pair].original, word.index)
    return bool(after) and len(before) + len(after) >= 2


def _name_syllables(tokens: tuple[Token, ...], index: int) -> tuple[list[Token], list[Token]]:
    """The syllables of names that stand unbroken up to a token, and from it on."""
    before = list(takewhile(_is_name_syllable, reversed(tokens[max(0, index - 2) : index])))
    return before, list(takewhile(_is_name_syllable, tokens[index : index + 3]))


_NAME_ENDINGS = ("ом", "ем", "а", "у", "е")
"""Cases of a syllable too short to be asked for its ending: с Хо Гай Аном."""


def _is_name_syllable(token: Token) -> bool:
    if token.kind != "word" or not token.text[:1].isupper() or script(token.text) != "cyrillic" or len(token.text) > 7:
        return False
    folded = fold(token.text)
    stems = (folded.removesuffix(ending) for ending in _NAME_ENDINGS if folded.endswith(ending))
    return any(is_syllable(heard(part)) for part in (folded, *without_ending(folded), *stems))
