"""Number words of both languages, Roman numerals, and how a number is spelt out.

The words are those of ``dictionaries/numerals.tsv``; inflected Russian forms are led to them by the dictionary of
forms. A word that means something else more often ("семью", "среду") is marked loose: it may answer a number of the
other side but is never doubted itself. Blind to slang and to counting words beyond the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import regex

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology

_SHORT = {
    "тыс": 1_000,
    "млн": 1_000_000,
    "млрд": 1_000_000_000,
    "трлн": 1_000_000_000_000,
    "mln": 1_000_000,
    "bn": 1_000_000_000,
    "mn": 1_000_000,
    "trn": 1_000_000_000_000,
}
_LOOSE = frozenset(
    "один one a нуль ноль нулевой zero zeroth naught nought nil двойка тройка десятка единица пара чета second среда "
    "second quarter гросс десяток сотня пол полу".split()
)
_STEMS = (
    (1, "одно"), (2, "двух"), (2, "дву"), (3, "трех"), (4, "четырех"), (5, "пяти"), (6, "шести"), (7, "семи"), (8, "восьми"),
    (9, "девяти"), (10, "десяти"), (11, "одиннадцати"), (12, "двенадцати"), (15, "пятнадцати"), (16, "шестнадцати"),
    (18, "восемнадцати"), (20, "двадцати"), (30, "тридцати"), (40, "сорока"), (50, "пятидесяти"),
    (14, "четырнадцати"), (13, "тринадцати"), (12, "двенадцати"), (17, "семнадцати"), (19, "девятнадцати"),
    (200, "двухсот"), (300, "трехсот"), (400, "четырехсот"), (500, "пятисот"), (60, "шестидесяти"), (70, "семидесяти"), (80, "восьмидесяти"), (90, "девяносто"), (100, "сто"), (1000, "тысяче"),
)  # fmt: skip
_AFTER_STO = (
    "лет",
    "дневн",
    "процентн",
    "тысячн",
    "рублев",
    "миллионн",
    "метров",
    "крат",
)  # else "столица" would be 100
_ROMAN = {"I": 1, "V": 5, "X": 10}
_LIKE_ROMAN = str.maketrans("ХІ", "XI")
_ROMAN_FORM = regex.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a word counts: value, class of the dictionary, and whether the word is but loosely a number."""

    value: Fraction
    kind: str
    lemma: str
    loose: bool = False


@lru_cache(maxsize=2)
def _table(language: str) -> dict[str, tuple[Numeral, ...]]:
    found: dict[str, tuple[Numeral, ...]] = {}
    for own, lemma, value, kind in dictionaries.rows("numerals.tsv", columns=4):
        if own == language:
            key = fold(lemma)
            loose = key in _LOOSE or kind in {"collective", "multiplier", "fraction"}
            found[key] = (*found.get(key, ()), Numeral(Fraction(value), kind, key, loose))
    for short, number in _SHORT.items():
        found[short] = (Numeral(Fraction(number), "cardinal", short),)
    return found


@lru_cache(maxsize=20_000)
def numerals(word: str, language: str) -> tuple[Numeral, ...]:
    """What a word of either language can count, the most usual first; nothing for other words."""
    table = _table(language)
    folded = fold(word)
    if language != "ru":
        return _english(folded, table)
    if folded in _SHORT:
        return table[folded]
    found: list[Numeral] = []
    for rank, lemma in enumerate(morphology.lemmas(folded) if morphology.is_known(folded) else ()):
        for n in table.get(lemma, ()):
            found.append(Numeral(n.value, n.kind, n.lemma, n.loose or rank > 0))
    return tuple(found)


def _english(folded: str, table: dict[str, tuple[Numeral, ...]]) -> tuple[Numeral, ...]:
    if folded in table:
        return table[folded]
    for ending, stem in (("ies", "y"), ("es", ""), ("s", "")):
        if folded.endswith(ending) and len(folded) > 4:
            base = table.get(folded[: -len(ending)] + stem, ())
            if not base:
                continue
            return tuple(Numeral(n.value, n.kind, n.lemma, True) for n in base if n.kind != "month")
    return ()


@lru_cache(maxsize=20_000)
def compound(word: str) -> tuple[Fraction, str] | None:
    """The number with which a Russian compound begins, and its rest: "шестидневный", "двадцатипятилетний"."""
    folded = fold(word)
    best = max((item for item in _STEMS if folded.startswith(item[1])), key=lambda item: len(item[1]), default=None)
    if best is None:
        return None
    value, stem = best
    rest = folded[len(stem) :]
    more = compound(rest) if value >= 20 and value % 10 == 0 else None
    if more and more[0] < (10 if value < 100 else 100):
        return value + more[0], more[1]
    return (Fraction(value), rest) if len(rest) >= 4 and (value != 100 or rest.startswith(_AFTER_STO)) else None


def stem_of(number: Fraction) -> str:
    """How a Russian compound begins that is made with a number, or an empty string: "десяти" for 10."""
    return next((stem for value, stem in _STEMS if value == number), "")


def roman(word: str) -> int | None:
    """The value of a Roman numeral below 40, Cyrillic look-alikes allowed."""
    text = word.translate(_LIKE_ROMAN)
    if not text or not _ROMAN_FORM.fullmatch(text):
        return None
    total = 0
    for char, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[char]
        total += -value if following and _ROMAN[following] > value else value
    return total


def to_roman(number: int) -> str:
    """A number from 1 to 89 in Roman figures."""
    tens, units = divmod(number, 10)
    return ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX")[tens] + (
        "",
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
    )[units]


def decompose(number: int) -> tuple[int, ...]:
    """The number words of which a number is made: 158 → 100, 50, 8; 32,000 → 30, 2, 1000."""
    found: list[int] = []
    for scale in (1_000_000_000, 1_000_000, 1_000):
        count, number = divmod(number, scale)
        if count:
            found += ([] if count == 1 else list(decompose(count))) + [scale]
    hundreds = number // 100 * 100
    rest = number - hundreds
    found += [hundreds] if hundreds else []
    if rest > 20:
        found += [rest // 10 * 10] + ([rest % 10] if rest % 10 else [])
    elif rest:
        found.append(rest)
    return tuple(found)


@lru_cache(maxsize=4)
def _words(language: str, kind: str) -> dict[Fraction, str]:
    found: dict[Fraction, str] = {}
    for lemma, entries in _table(language).items():
        for n in entries:
            usual = " " not in lemma and lemma not in _SHORT and lemma not in {"биллион", "milliard", "нуль", "naught"}
            if n.kind == kind and usual and (n.value not in found or len(lemma) < len(found[n.value])):
                found[n.value] = lemma
    return found


def word_for(value: Fraction, language: str, *, ordinal: bool = False) -> str | None:
    """The one word for a number, in its first form, or None."""
    return _words(language, "ordinal" if ordinal else "cardinal").get(value)


def english_words(number: int) -> str:
    """A whole number below a million in English words."""
    if number < 100:
        return word_for(Fraction(number), "en") or str(number)
    for scale, name in ((1_000, "thousand"), (100, "hundred")):
        if number >= scale:
            count, rest = divmod(number, scale)
            tail = f" and {english_words(rest)}" if rest and scale == 100 else f" {english_words(rest)}" if rest else ""
            return f"{english_words(count)} {name}{tail}"
    return str(number)


def month_name(month: int, language: str) -> str:
    """The name of a month in its first form; English with its capital."""
    if language == "ru":
        return _MONTHS_RU[month - 1]
    return MONTHS_ENGLISH[month - 1]


MONTHS_IN_DATES = tuple("января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split())
_MONTHS_RU = tuple("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split())
MONTHS_ENGLISH = tuple("January February March April May June July August September October November December".split())
