"""Dates of either language, from atoms: a list of short rules, the first that answers decides.

Days, months and years may each be missing. Two-figure years keep their centuries open (1850, 1950), a month that is
no month any more ("1/Е 1950", "26.1949") is a piece without values, and figures that could be a date, an hour or a
decimal carry the other readings with them. Blind to years written out in words and to other calendars.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import regex

from collation.knowledge.values.atoms import Scan
from collation.knowledge.values.clock import Found, hhmm, hours_in_words, make, pair_of_figures
from collation.knowledge.values.numerals import roman
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.knowledge.words import morphology

Rule = Callable[[Scan, int], Found | None]
FIRST_YEAR, LAST_YEAR = 1700, 2099
_CENTURIES = (1800, 1900, 2000)
_YEAR_MARKS = frozenset("г гг год года году годом годах годов годы годам".split())
_SHORT_YEAR_MARKS = frozenset("г гг году годом".split())
_DECADE = frozenset("х е ых ые ми м s".split())
_MONTH_BEFORE = frozenset(
    "in of since by until till from early late mid last next this to for before after during between and on through".split()
)
_HOMOGRAPHS = frozenset("may march mar jan dec".split())
_FULL = regex.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_DAY_YEAR = regex.compile(r"(\d{1,2})\.(\d{4})")
_JOIN = frozenset("- – — и по and to , или or /".split())
_PAIRED = frozenset("- – — / −".split())
_SPAN = 20  # years that "1950–51" may reach


def years(figures: str) -> tuple[int, ...]:
    """The years that two or four figures can mean."""
    number = int(figures)
    return (number,) if len(figures) > 2 else tuple(c + number for c in _CENTURIES)


def full_date(run: Scan, i: int) -> Found | None:
    """ "16.9.1950", "1.10.50 г."."""
    atom = run.at(i)
    match = _FULL.fullmatch(atom.text) if atom and atom.figures else None
    if not atom or not match:
        return None
    day, month = int(match[1]), int(match[2])
    pieces = [
        atom.part("day", *match.span(1), day),
        atom.part("month", *match.span(2), month),
        atom.part("year", *match.span(3), *years(match[3])),
    ]
    return make(run, i, i + 1, pieces, broken=not (1 <= day <= 31 and 1 <= month <= 12))


def day_year(run: Scan, i: int) -> Found | None:
    """ "26.1949": the month between them is lost; "10.1949" is a month."""
    atom = run.at(i)
    match = _DAY_YEAR.fullmatch(atom.text) if atom and atom.figures else None
    if not atom or not match or not FIRST_YEAR <= int(match[2]) <= LAST_YEAR:
        return None
    number, year = int(match[1]), atom.part("year", *match.span(2), int(match[2]))
    if 1 <= number <= 12:
        return make(run, i, i + 1, [atom.part("month", *match.span(1), number), year])
    lost = NumberPiece(
        "month", frozenset(), atom.token, atom.start + match.end(1), atom.start + match.start(2), "damaged"
    )
    return make(run, i, i + 1, [atom.part("day", *match.span(1), number), lost, year], broken=True)


def month_at(run: Scan, i: int) -> NumberPiece | None:
    """The month word at i; an English one has a capital and, where it is a common word too, in a date's place."""
    found = run.numerals(i, "month")
    atom = run.at(i)
    if not found or atom is None or (found[0].loose and not run.figures_near(i)):
        return None
    if run.language == "en":
        if not atom.text[0].isupper():
            return None
        near = run.figures_near(i)
        if atom.folded in _HOMOGRAPHS and not near and run.word(i - 1) not in _MONTH_BEFORE:
            return None
    return atom.piece("month", found[0].value, form="word")


def _year_at(run: Scan, i: int) -> tuple[NumberPiece, int] | None:
    """A year at i (a comma before it is passed over), and where it ends, with its г."""
    if run.language == "en" and run.word(i) in {",", "of"}:
        i += 1
    atom, number = run.at(i), run.whole(i)
    if atom is None or number is None:
        return None
    marked = run.word(i + 1) in _YEAR_MARKS
    if len(atom.text) == 4 and (1000 <= number <= LAST_YEAR or marked) and _DECADE.isdisjoint({atom.suffix}):
        return atom.piece("year", number), _past_mark(run, i + 1)
    if len(atom.text) == 2 and run.word(i + 1) in _SHORT_YEAR_MARKS:
        return atom.piece("year", *years(atom.text)), _past_mark(run, i + 1)
    return None


def _past_mark(run: Scan, i: int) -> int:
    return i + 1 if run.word(i) in _YEAR_MARKS else i


def day_month(run: Scan, i: int) -> Found | None:
    """ "8 октября 1950 г.", "1-го марта", "первого мая", "8 October 1950", "8th of October"; a list of days too."""
    tens = run.numerals(i, "cardinal")
    if tens and tens[0].value in {20, 30} and run.numerals(i + 1, "ordinal"):
        i += 1
    day = _day_at(run, i)
    if day is None:
        return None
    j = i + 1
    if run.language == "en" and run.word(j) == "of":
        j += 1
    month = month_at(run, j)
    if month is None:
        return _listed_day(run, i, day)
    number = next(iter(day.values))
    year = _year_at(run, j + 1)
    pieces = [day, month] + ([year[0]] if year else [])
    return make(run, i, year[1] if year else j + 1, pieces, broken=not 1 <= number <= days_in(pieces))


def _listed_day(run: Scan, i: int, day: NumberPiece) -> Found | None:
    """ "5-6 мая", "с 5 по 7 мая": the month is written with the last day."""
    j = i + 1
    for _ in range(3):
        if run.word(j) not in _JOIN or _day_at(run, j + 1) is None:
            return None
        month = month_at(run, j + 2)
        if month is not None:
            return Value("date", (day, month), run.atoms[i].index, run.atoms[i].end, run.language), i + 1
        j += 2
    return None


def _day_at(run: Scan, i: int) -> NumberPiece | None:
    """The day that ends at i, in figures or as an ordinal: "8", "8-го", "восьмого", "twenty-eighth"."""
    atom, number = run.at(i), run.whole(i)
    if atom is None:
        return None
    if number is not None and len(atom.text) <= 2 and number > 0:
        return atom.piece("day", number)
    ordinals = [n for n in run.numerals(i, "ordinal") if n.value <= 31 and not n.loose]
    if not ordinals:
        return None
    tens = [n for n in run.numerals(i - 1, "cardinal") if n.value in {20, 30} and ordinals[0].value < 10]
    day = atom.piece("day", ordinals[0].value + (tens[0].value if tens else 0), form="word", ordinal=True)
    return replace(day, start=run.atoms[i - 1].start) if tens and run.hyphened(i) else day


def days_in(pieces: list[NumberPiece] | tuple[NumberPiece, ...]) -> int:
    """The most days that the month of these pieces can have; 31 when it is unknown."""
    month = next((p.value for p in pieces if p.role == "month"), None)
    year = next((p.value for p in pieces if p.role == "year"), None)
    if month == 2:
        return 28 if year is not None and year % 4 else 29
    return 30 if month in {4, 6, 9, 11} else 31


def month_first(run: Scan, i: int) -> Found | None:
    """ "October 8, 1950", "October 1950", "в июне 2017 г.", "mid-September"."""
    month = month_at(run, i)
    if month is None:
        return None
    pieces, j = [month], i + 1
    if run.language == "en":
        j += run.word(j) == "."
        j += run.word(j) == "the"
        j += bool(run.numerals(j + 1, "ordinal")) and any(n.value in {20, 30} for n in run.numerals(j, "cardinal"))
        day = _day_at(run, j)
        if day is not None and not run.numerals(j + 1, "month"):
            pieces, j = [day, month], j + 1
    elif run.word(j) == "месяца":
        j += 1
    year = _year_at(run, j)
    if year:
        pieces, j = [*pieces, year[0]], year[1]
    day_value = pieces[0].value or 1
    broken = pieces[0].role == "day" and not 1 <= day_value <= days_in(pieces)
    return make(run, i, j, pieces, broken=broken)


def roman_month(run: Scan, i: int) -> Found | None:
    """ "6.IX.1942 г.", "1/Х 1950", "21/IX-42"; and "1/Е 1950", whose month cannot be read."""
    day, sign, month = run.at(i), run.word(i + 1), run.at(i + 2)
    if day is None or run.whole(i) is None or len(day.text) > 2 or month is None or month.token.kind != "word":
        return None
    if sign not in {"/", ".", "-"} or not run.adjacent(i + 1) or not run.adjacent(i + 2) or not 0 < int(day.text) <= 31:
        return None
    number = roman(month.text)
    j = i + 3 + (run.word(i + 3) in {".", "-", "/", ","})
    year = _year_at(run, j) or _bare_short_year(run, j)
    if number is not None and 1 <= number <= 12 and (year or sign == "/"):
        piece = month.piece("month", number, form="roman")
        pieces = [day.piece("day", int(day.text)), piece] + ([year[0]] if year else [])
        return make(run, i, year[1] if year else i + 3, pieces)
    if year and len(month.text) <= 3 and month.text.isupper() and sign == "/":
        lost = NumberPiece("month", frozenset(), month.token, month.start, month.stop, "damaged")
        return make(run, i, year[1], [day.piece("day", int(day.text)), lost, year[0]], broken=True)
    return None


def _bare_short_year(run: Scan, j: int) -> tuple[NumberPiece, int] | None:
    atom, number = run.at(j), run.whole(j)
    if atom is None or number is None or len(atom.text) != 2 or not run.adjacent(j):
        return None
    return atom.piece("year", *years(atom.text)), j + 1


def decade(run: Scan, i: int) -> Found | None:
    """ "1920-х годов", "20-е годы", "1920s", "двадцатых годов"."""
    atom, number = run.at(i), run.whole(i)
    if atom is None:
        return None
    if number is not None and number % 10 == 0 and atom.suffix in _DECADE and len(atom.text) in {2, 4}:
        if run.language == "ru" and len(atom.text) == 2 and run.word(i + 1) not in _YEAR_MARKS:
            return None
        return make(run, i, _past_mark(run, i + 1), [atom.piece("decade", *years(atom.text))])
    tens = [n for n in run.numerals(i, "ordinal") if n.value % 10 == 0 and 10 < n.value < 100]
    if tens and run.word(i + 1) in {"годов", "годы", "годах", "годам"}:
        return make(run, i, i + 2, [atom.piece("decade", *years(str(int(tens[0].value))), form="word")])
    return None


def year_alone(run: Scan, i: int) -> Found | None:
    """ "1905 года", "7887 г.", "в 1948": four figures; without г. also a mere number."""
    atom, number = run.at(i), run.whole(i)
    if atom is None or number is None:
        return None
    marked = run.word(i + 1) in _YEAR_MARKS or (run.language == "ru" and bool(atom.suffix))
    if len(atom.text) == 2 and run.word(i + 1) in {"г", "гг"} and run.word(i - 1) != ".":
        return make(run, i, i + 2, [atom.piece("year", *years(atom.text))])
    if len(atom.text) != 4 or not (FIRST_YEAR <= number <= LAST_YEAR or marked) or run.word(i + 1) == "%":
        return None
    if run.language == "ru" and not marked and _counts_things(run, i + 1):
        return None
    plain = Value("number", (atom.piece("amount", number),), atom.index, atom.end, run.language)
    found, after = make(
        run, i, _past_mark(run, i + 1), [atom.piece("year", number)], broken=not 1000 <= number <= LAST_YEAR
    )
    return (found if marked else replace(found, others=(plain,))), after


def second_year(run: Scan, i: int) -> Found | None:
    """ "1950–51", "1950/51 г.": two figures behind a year."""
    first, atom, number = run.whole(i - 2), run.at(i), run.whole(i)
    if first is None or atom is None or number is None or run.word(i - 1) not in _PAIRED:
        return None
    touching = run.adjacent(i - 1) and run.adjacent(i) and len(atom.text) == 2 and not atom.suffix
    if not touching or len(run.atoms[i - 2].text) != 4 or not 0 < number - first % 100 < _SPAN:
        return None
    return make(run, i, _past_mark(run, i + 1), [atom.piece("year", first // 100 * 100 + number)])


def _counts_things(run: Scan, i: int) -> bool:
    """Whether a Russian noun in the genitive plural follows: "1900 человек"."""
    word = run.word(i)
    if run.numerals(i, "cardinal"):
        return True
    found = morphology.parses(word) if word.isalpha() else ()
    return any(p.pos == "NOUN" and p.case == "gent" and p.number == "plur" for p in found)


RULES: tuple[Rule, ...] = (
    full_date, day_year, roman_month, hours_in_words, pair_of_figures, hhmm, day_month, month_first, decade,
    second_year, year_alone,
)  # fmt: skip
