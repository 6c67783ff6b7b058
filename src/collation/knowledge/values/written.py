"""How a value is written: another number, month or hour in the form found in the text.

The reading keeps what the witness has: figures with their comma and ending, Roman months, a number word or month in
the case, gender and number of the word that it replaces, which the noun behind it tells where the word alone does not
("второй": of a regiment or of an army). Where no one word can say the number it is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from collation.knowledge.letters import fold, like
from collation.knowledge.values.numerals import (
    compound,
    english_words,
    month_name,
    numerals,
    stem_of,
    to_roman,
    word_for,
)
from collation.knowledge.values.quantities import NumberPiece
from collation.knowledge.words import morphology
from collation.model.language import Language

_NUMERAL_POS = frozenset({"NUMR", "NOUN", "ADJF"})
_MONTH_ADJECTIVES = {
    1: "январский", 2: "февральский", 3: "мартовский", 4: "апрельский", 5: "майский", 6: "июньский", 7: "июльский",
    8: "августовский", 9: "сентябрьский", 10: "октябрьский", 11: "ноябрьский", 12: "декабрьский",
}  # fmt: skip

_SCALE_WORDS = frozenset("тысяча миллион миллиард триллион".split())
_FORM_OF_ONE = ("nomn", "sing")
_HOURS = 12
_NO_ROMAN = 90  # number from which Roman figures are not written here


def write(piece: NumberPiece, value: Fraction, language: Language, noun: Sequence[morphology.Parse] = ()) -> str | None:
    """The piece's text with another value, in the form of the piece; ``noun`` are the ways to read the noun behind it."""
    if piece.form in {"digits", "damaged"}:
        return _figures(piece, value)
    if piece.form == "roman":
        return to_roman(int(value)) if value.denominator == 1 and 0 < value < _NO_ROMAN else None
    written = (
        _month(piece, int(value), language) if piece.role == "month" else _number_word(piece, value, language, noun)
    )
    return like(written, piece.text) if written else None


def with_tail(number: str, tail: str) -> str:
    """What hangs on figures, made to fit others: 21st, 22nd, 25th; Russian endings stay."""
    if tail.lstrip("-") not in {"st", "nd", "rd", "th"} or not number.isdigit():
        return number + tail
    teen = number[-2:] in {"11", "12", "13"}
    return number + ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th"))


def _figures(piece: NumberPiece, value: Fraction) -> str | None:
    if piece.form == "damaged":
        # "26.1949": the month is put between the points; "1/Е 1950": a Roman one stands for the letter
        return f".{int(value)}." if piece.text in {".", ""} else to_roman(int(value))
    if piece.role == "minute" or (piece.role == "hour" and len(piece.token.text) == 4 and piece.token.text.isdigit()):
        return f"{int(value):02d}" if piece.text else None
    if piece.role == "year" and len(piece.text) == 2:
        return f"{int(value) % 100:02d}"
    return figures(value, piece.text)


def figures(value: Fraction, model: str) -> str | None:
    """A number in figures with the point, comma and groups of the model."""
    if value.denominator == 1:
        plain = str(int(value))
        grouped = "," in model and len(model.rpartition(",")[2]) == 3
        return f"{int(value):,}" if grouped else plain.zfill(len(model)) if model.startswith("0") else plain
    mark = "," if "," in model else "."
    for places in (1, 2, 3):
        if (value * 10**places).denominator == 1:
            return f"{float(value):.{places}f}".replace(".", mark)
    return None


def _month(piece: NumberPiece, month: int, language: Language) -> str | None:
    if not 1 <= month <= 12:
        return None
    if language.code == "en":
        short = len(piece.text) <= 4 and piece.text not in {"June", "July", "May"}
        return month_name(month, "en")[:3] if short else month_name(month, "en")
    if language.morphology is None:
        return language.months[month - 1]
    if any(p.pos == "ADJF" for p in morphology.parses(piece.text)):
        return agreeing(_MONTH_ADJECTIVES[month], piece.text)
    return agreeing(month_name(month, "ru"), piece.text)


def _number_word(
    piece: NumberPiece, value: Fraction, language: Language, noun: Sequence[morphology.Parse]
) -> str | None:
    known = [n for n in numerals(piece.text, language.code) if n.kind in {"cardinal", "ordinal"}]
    if piece.role == "hour":
        if not known or piece.value is None:
            return None
        # "в половине восьмого", "a quarter to eight": the hour that is named is the next one
        value = (value + known[0].value - piece.value - 1) % _HOURS + 1
    ordinal = bool(known) and known[0].kind == "ordinal"
    if language.code == "en":
        return _english(piece, value, ordinal)
    if language.morphology is None:
        return None
    if not known and (made := compound(piece.text)) is not None:
        stem = stem_of(value)
        return stem + piece.text[len(piece.text) - len(made[1]) :] if stem else None
    own = piece.value or Fraction(0)
    if piece.role == "day" and own > 20 and own // 10 == value // 10 and value % 10:
        value %= 10  # "двадцать восьмого": the piece is the unit
    word = word_for(value, "ru", ordinal=ordinal)
    return agreeing(word, piece.text, noun) if word else None


def _english(piece: NumberPiece, value: Fraction, ordinal: bool) -> str | None:
    word = word_for(value, "en", ordinal=ordinal)
    if word is None and not ordinal and value.denominator == 1:
        word = english_words(int(value))
    return word + "s" if word and piece.text.lower().endswith("s") and not word.endswith("s") else word


def agreeing(lemma: str, model: str, noun: Sequence[morphology.Parse] = ()) -> str | None:
    """The form of a Russian number word or month with the case, number and gender of the word it replaces.

    Where that word may be several forms, the one that agrees with the noun is meant; one and two have the gender of it.
    """
    goals = [goal for goal in morphology.parses(model) if goal.pos in _NUMERAL_POS and goal.case]
    goals.sort(key=lambda goal: not any(_agree(goal, n) for n in noun))
    gender = noun[0].gender if noun else ""
    for goal in goals:
        for wanted in _wanted(goal, gender):
            for pos in (goal.pos, "NUMR", "NOUN", "ADJF"):
                form = morphology.inflect(lemma, frozenset(wanted), pos)
                if form is not None:
                    return form
    return lemma if fold(model) == fold(lemma) else None


def _agree(goal: morphology.Parse, noun: morphology.Parse) -> bool:
    """Whether a form of a number word and one of a noun agree."""
    of_one_gender = goal.number == "plur" or not goal.gender or goal.gender == noun.gender
    return goal.case == noun.case and goal.number in {"", noun.number} and of_one_gender


def _wanted(goal: morphology.Parse, gender: str) -> list[set[str]]:
    """The grammemes to ask for, the fullest first."""
    full = {
        goal.case,
        goal.number,
        (goal.gender or gender) if goal.number != "plur" else "",
        goal.animacy if goal.pos == "ADJF" else "",
    }
    lists = [full, full - {goal.animacy}, {goal.case, goal.number}, {goal.case}]
    return [{g for g in wanted if g} for wanted in lists]


def counted(scale: str, before: Fraction, after: Fraction) -> str:
    """A Russian scale word in the form that another count asks for: 2 миллиона, 5 миллионов; abbreviations stay."""
    lemma = next((n.lemma for n in numerals(scale, "ru") if n.kind == "cardinal"), "")
    if lemma not in _SCALE_WORDS:
        return scale
    forms = [(p.case, p.number) for p in morphology.parses(scale) if p.pos in _NUMERAL_POS]
    old, new = _form_of_count(before), _form_of_count(after)
    if old == new or not forms:
        return scale
    if old not in forms:
        new = (forms[0][0], "sing" if new == _FORM_OF_ONE else "plur")
    form = morphology.inflect(lemma, frozenset(new), "NOUN")
    return like(form, scale) if form else scale


def _form_of_count(count: Fraction) -> tuple[str, str]:
    """The case and number in which a count that is not inflected itself asks for its noun."""
    if count.denominator != 1:
        return "gent", "sing"
    last, teen = count % 10, 10 < count % 100 < 20
    if last == 1 and not teen:
        return _FORM_OF_ONE
    return ("gent", "sing") if 1 < last < 5 and not teen else ("gent", "plur")
