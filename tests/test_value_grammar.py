"""Values written in every form of both languages and read back: the same number, date or hour must come out.

The words are num2words', not ours; the other forms are drawn: blanks or points between groups, scales in words and
abbreviated, fractions, ranges, units old and new, letters for figures.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from collation.knowledge.values.finding import find_values
from collation.knowledge.values.numerals import MONTHS_ENGLISH, MONTHS_IN_DATES, to_roman
from collation.knowledge.values.quantities import Value, clock, same
from collation.knowledge.values.units_of_measure import equal_amounts
from collation.languages import RUSSIAN_ENGLISH
from collation.reading.tokens import Flow, tokenise

_CASES = ("n", "g", "d", "a", "i", "p")
_SCALES = {
    10**3: ("тысяч", "тыс.", "thousand"),
    10**6: ("миллионов", "млн.", "million"),
    10**9: ("миллиардов", "млрд.", "billion"),
    10**12: ("триллионов", "трлн.", "trillion"),
}
numbers = st.one_of(st.integers(1, 130), st.integers(100, 10_000), st.integers(10_000, 999_999_999))
tidy = settings(max_examples=60, deadline=None)


def values(text: str, language: str) -> tuple[Value, ...]:
    pair = RUSSIAN_ENGLISH.of(language)
    return find_values(tokenise(Flow(text, tuple(range(len(text)))), language=pair), pair)


def only(text: str, language: str) -> Value:
    """The one value of a text."""
    found = values(text, language)
    assert len(found) == 1, (text, [(v.kind, v.amount) for v in found])
    return found[0]


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def russian_forms(n: int) -> list[str]:
    """A number as Russian texts write it."""
    forms = [str(n), grouped(n, " "), grouped(n, "\u00a0"), num2words(n, lang="ru")]
    if n >= 1000:
        forms.append(grouped(n, "."))
    return forms + summed(n, 0) + summed(n, 1)


def english_forms(n: int) -> list[str]:
    """A number as English texts write it."""
    return [grouped(n, ","), num2words(n, lang="en").replace(",", ""), *summed(n, 2)]


def summed(n: int, form: int) -> list[str]:
    """ "2 млн. 300 тыс. 40": the number in figures with its scales in words."""
    parts, rest = [], n
    for scale in (10**9, 10**6, 10**3):
        count, rest = divmod(rest, scale)
        if count:
            parts.append(f"{count} {_SCALES[scale][form]}")
    skipped = rest and n >= 10**6 and n // 1000 % 1000 == 0  # "2 млн. 40" is hardly written
    return [] if not parts or skipped else [" ".join([*parts, *([str(rest)] if rest else [])])]


@given(numbers)
@tidy
def test_whole_numbers(n: int) -> None:
    russian = [only(f"завод выпустил {form} вагонов", "ru") for form in russian_forms(n)]
    english = [only(f"the factory made {form} wagons", "en") for form in english_forms(n)]
    assert {v.amount for v in (*russian, *english)} == {Fraction(n)}
    assert all(same(a, b) for a in russian for b in english)


@given(numbers.filter(lambda n: n < 1_000_000), st.sampled_from(_CASES))
@tidy
def test_number_words_in_every_case(n: int, case: str) -> None:
    assert only(num2words(n, lang="ru", case=case) + " вагонов", "ru").amount == n


@given(st.integers(1, 99))
@tidy
def test_ordinals(n: int) -> None:
    english = only(f"the {num2words(n, lang='en', to='ordinal_num')} wagon", "en")
    words = only(f"the {num2words(n, lang='en', to='ordinal')} wagon", "en")
    for form in (f"{n}-й вагон", f"{n}-го вагона", num2words(n, lang="ru", to="ordinal") + " вагон"):
        assert same(only(form, "ru"), english) and same(only(form, "ru"), words)


@given(st.integers(0, 999), st.integers(1, 99), st.sampled_from(["", "тысяч", "миллионов"]))
@tidy
def test_decimals(whole: int, part: int, scale: str) -> None:
    english = {"": "", "тысяч": "thousand", "миллионов": "million"}[scale]
    left = only(f"{whole},{part:02d} {scale} тонн", "ru")
    assert same(left, only(f"{whole}.{part:02d} {english} tons", "en"))
    assert left.amount == Fraction(f"{whole}.{part:02d}") * {"": 1, "тысяч": 10**3, "миллионов": 10**6}[scale]


@given(st.integers(1000, 999_999), st.integers(1, 9))
@tidy
def test_groups_with_a_decimal(n: int, part: int) -> None:
    forms = [only(f"{grouped(n, ' ')},{part} тонны", "ru"), only(f"{grouped(n, '.')},{part} тонны", "ru")]
    assert all(same(v, only(f"{grouped(n, ',')}.{part} tons", "en")) for v in forms)


@given(st.integers(1, 8), st.integers(2, 9))
@tidy
def test_fractions(above: int, below: int) -> None:
    if above < below:
        share = Fraction(above, below)
        assert only(f"{above}/{below} урожая", "ru").amount == share
        assert only(f"{above}/{below} of the harvest", "en").amount == share
    mixed = Fraction(above) + Fraction(1, 2)
    for text in (f"{above} 1/2 года", f"{above}½ года"):
        assert same(only(text, "ru"), only(f"{above} 1/2 years", "en")) and only(text, "ru").amount == mixed
    assert only(f"{num2words(above, lang='en')} and a half million", "en").amount == mixed * 10**6


@given(
    st.integers(2, 90), st.integers(1, 9), st.sampled_from([("тыс.", "thousand", 10**3), ("млн.", "million", 10**6)])
)
@tidy
def test_ranges(low: int, more: int, scale: tuple[str, str, int]) -> None:
    russian, english, size = scale
    first, second = values(f"{low}-{low + more} {russian} тонн", "ru")
    assert second.amount == (low + more) * size
    for text in (f"{low}-{low + more} {english} tons", f"{low * size:,} to {(low + more) * size:,} tons"):
        left, right = values(text, "en")
        assert same(first, left) and same(second, right)


@given(st.integers(1, 20), st.integers(1, 8), st.sampled_from(["to", "–", "through", "until"]))
@tidy
def test_ranges_of_days(low: int, more: int, join: str) -> None:
    first, second = values(f"с {low} по {low + more} сентября", "ru")
    left, right = values(f"from September {low} {join} {low + more}, with a rest", "en")
    assert same(first, left) and same(second, right)
    assert not same(second, values(f"from September {low} {join} {low + more + 1}", "en")[1])


@given(
    st.integers(1, 6),
    st.integers(1, 5),
    st.sampled_from(["from {} to {} p.m.", "between {} and {} p.m.", "{}–{} p.m."]),
)
@tidy
def test_ranges_of_hours(low: int, more: int, form: str) -> None:
    russian = values(f"с {low + 12} до {low + more + 12} часов", "ru")
    english = values(form.format(low, low + more), "en")
    assert [clock(v) for v in russian] == [clock(v) for v in english] == [60 * (low + 12), 60 * (low + more + 12)]


@pytest.mark.parametrize("text", ["May 5, 18 men", "May 5 and 18 men", "May 5, 1950, to 18 men", "May 18 to 5"])
def test_what_is_no_range_of_days(text: str) -> None:
    assert [v.kind for v in values(f"on {text} came", "en")] == ["date", "number"]


@given(st.integers(1, 100))
@tidy
def test_percent_and_per_mille(n: int) -> None:
    assert all(
        same(only(a, "ru"), only(b, "en"))
        for a in (f"{n}%", f"{n} процентов", f"{num2words(n, lang='ru')} процентов", f"{10 * n}‰")
        for b in (f"{n} %", f"{n} per cent", f"{num2words(n, lang='en')} percent")
    )


@given(st.dates(date(1801, 1, 1), date(1999, 12, 28)))
@tidy
def test_dates(day: date) -> None:
    month = MONTHS_IN_DATES[day.month - 1]
    english = MONTHS_ENGLISH[day.month - 1]
    russian = [
        f"{day.day} {month} {day.year} г.",
        f"{day.day}-го {month} {day.year} года",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year % 100:02d} г.",
        f"{day.day}.{to_roman(day.month)}.{day.year} г.",
        f"{num2words(day.day, lang='ru', to='ordinal', case='g', gender='n')} {month} {day.year} года",
    ]
    for text in russian:
        for form in (f"{english} {day.day}, {day.year}", f"{day.day} {english} {day.year}"):
            assert same(only(text, "ru"), only(f"on {form}", "en")), (text, form)


@given(st.dates(date(1801, 1, 15), date(1918, 1, 31)))
@tidy
def test_dates_of_two_styles(day: date) -> None:
    shifted = date.fromordinal(day.toordinal() + (13 if day >= date(1900, 3, 1) else 12))
    if date(1900, 2, 1) <= day < date(1900, 3, 15) or shifted.year != day.year:
        return  # the calendars part in these days, or the year is written with the one of them only
    russian = only(f"{day.day} {MONTHS_IN_DATES[day.month - 1]} {day.year} г.", "ru")
    english = only(f"on {MONTHS_ENGLISH[shifted.month - 1]} {shifted.day}, {shifted.year}", "en")
    assert same(russian, english)


@given(st.integers(1, 11), st.sampled_from([5, 10, 15, 20, 25, 30]))
@tidy
def test_hours(hour: int, minute: int) -> None:
    russian = [f"в {hour} часов {minute} минут", f"в {hour}.{minute:02d}", f"в {hour} час. {minute} мин."]
    for text in russian:
        assert clock(only(text, "ru")) == hour * 60 + minute, text
        assert same(only(text, "ru"), only(f"at {hour}:{minute:02d}", "en"))
    if minute == 30:
        half = num2words(hour + 1, lang="ru", to="ordinal", case="g")
        assert same(only(f"в половине {half}", "ru"), only(f"at half past {num2words(hour, lang='en')}", "en"))


@given(st.integers(101, 9_999_999).map(lambda n: n * 10))
@tidy
def test_letters_for_figures(n: int) -> None:
    figures = str(n)
    misread = figures[0] + figures[1:].replace("0", "О").replace("3", "З")
    value = only(f"завод выпустил {misread} вагонов", "ru")
    assert value.amount == n and any(p.read for p in value.pieces)
    assert same(value, only(f"{n:,} wagons", "en"))


@given(st.integers(2, 39).filter(lambda n: not set(to_roman(n)) <= {"X", "I"} or to_roman(n).count("I") > 1))
@tidy
def test_roman_numerals_in_cyrillic(n: int) -> None:
    cyrillic = to_roman(n).replace("III", "Ш").replace("II", "П").replace("X", "Х").replace("V", "У").replace("I", "1")
    value = only(f"решения {cyrillic} съезда", "ru")
    assert value.amount == n and value.pieces[0].read == to_roman(n)


CONVERTED = [
    ("12 верст", "8 miles"),
    ("12 верст", "13 kilometres"),
    ("500 пудов", "8 tons"),
    ("500 пудов", "8,200 kilograms"),
    ("20 десятин", "54 acres"),
    ("150 центнеров", "15 tons"),
    ("полтора часа", "90 minutes"),
    ("полгода", "six months"),
    ("двадцать лет", "two decades"),
    ("15 квадратных верст", "17 square kilometres"),
    ("треть", "33 percent"),
    ("шесть дюжин", "six dozen"),
    ("шестьдесят", "three score"),
    ("полтора десятка", "fifteen"),
    ("полмиллиона", "500,000"),
    ("полтора миллиона", "a million and a half"),
    ("двадцатипятилетний", "aged 25"),
    ("в полночь", "at 0:00"),
    ("5 тыс. 400 рублей", "5,400 rubles"),
    ("две целых пять десятых процента", "2.5 percent"),
]


@pytest.mark.parametrize(("russian", "english"), CONVERTED)
def test_what_a_translator_converts_is_the_same(russian: str, english: str) -> None:
    assert same(only(russian, "ru"), only(english, "en"))


NOT_THE_SAME = [("12 верст", "18 miles"), ("500 пудов", "80 tons"), ("5 рублей", "5.4 rubles"), ("20 лет", "21 years")]


@pytest.mark.parametrize(("russian", "english"), NOT_THE_SAME)
def test_what_no_rounding_explains_is_not(russian: str, english: str) -> None:
    assert not same(only(russian, "ru"), only(english, "en"))


def test_units_of_two_kinds_are_never_the_same() -> None:
    assert not equal_amounts(Fraction(5), "verst", Fraction(6), "pood")


@pytest.mark.parametrize("text", ["ООО «Маяк»", "квартира б", "столица", "полковник", "полюс", "Общество ООО"])
def test_what_is_no_number(text: str) -> None:
    assert values(text, "ru") == ()
