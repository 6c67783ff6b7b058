"""Dates, hours and numbers read from both languages, written in their form, and argued from side to side.

``tell`` writes a value on one line: d8 m10 y1950 for a date, 20:15 for an hour, =22500000 for a number; ? marks a loose
value, ! a broken one, _ a piece that cannot be read.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from collation.evidence.context import Context
from collation.knowledge.values.blame import blame, commonness, digits_confusable
from collation.knowledge.values.finding import find_values
from collation.knowledge.values.numerals import roman, to_roman
from collation.knowledge.values.quantities import Value, same
from collation.knowledge.values.written import with_tail, write
from collation.languages import RUSSIAN_ENGLISH
from collation.model import Hypothesis, Token
from collation.reading import read_pair, read_text
from collation.reading.tokens import Flow, tokenise
from collation.rules.values import differences as values
from collation.rules.values import impossible_dates as damaged
from known import context_of

_SIGNS = {"day": "d", "month": "m", "year": "y", "decade": "s"}


def _tokens(text: str, language: str) -> tuple[Token, ...]:
    return tokenise(Flow(text, tuple(range(len(text)))), language=RUSSIAN_ENGLISH.of(language))


def _values(text: str, language: str) -> tuple[Value, ...]:
    return find_values(_tokens(text, language), RUSSIAN_ENGLISH.of(language))


def tell(value: Value) -> str:
    """A value on one line."""
    if value.kind == "number":
        inside = f"={value.amount}" + (value.unit and f" {value.unit}")
    elif value.kind == "time":
        inside = f"{value.known('hour')}:{value.known('minute'):02d}"
    else:
        inside = " ".join(_SIGNS[p.role] + ("/".join(str(v) for v in sorted(p.values)) or "_") for p in value.pieces)
    return inside + "?" * value.loose + "!" * value.broken


RUSSIAN = """
Вх. № 3561/шг 1/Е 1950 г.          | =3561 number; d1 m_ y1950!
1/Х 1950 г.                         | d1 m10 y1950
6.IX.1942 г.                        | d6 m9 y1942
21/IX-42                            | d21 m9 y1842/1942/2042
16.9.1950г.                         | d16 m9 y1950
30.9 23.32                          | d30 m9; 23:32
Подана 30.9.50 20.35                | d30 m9 y1850/1950/2050; 20:35
от 26.1949 г.                       | d26 m_ y1949!
23.02.43 г.                         | d23 m2 y1843/1943/2043
8 октября 1950г                     | d8 m10 y1950
1-го марта 1919 года                | d1 m3 y1919
7 октября.                          | d7 m10
первого мая                         | d1 m5
двадцать восьмого октября           | d28 m10
5-6 мая и с 5 по 7 июня             | d5 m5; d6 m5; d5 m6; d7 m6
Февраль 1943                        | m2 y1943
в июне 2017 г.                      | m6 y2017
июньского саммита                   | m6
1920-х годов                        | s1920
в 20-е годы                         | s1820/1920/2020
двадцатых годов                     | s1820/1920/2020
1900 человек в 1900 году            | =1900; y1900
в 7887 г.                           | y7887!
С 1905 года                         | y1905
31 сентября                         | d31 m9!
81 мая                              | d81 m5!
29 февраля 1949 г.                  | d29 m2 y1949!
около тысячи самолетов              | =1000
более ста тысяч войск               | =100000
двадцать пять человек               | =25
сто двадцать три тысячи             | =123000
пяти-шести дивизиях                 | =5; =6
22,5 млн. рублей                    | =45/2 ruble
1 000 и 30 000 солдат               | =1000; =30000
38-ю параллель                      | =38
третьей песни                       | =3
две трети голосов                   | =2/3
полтора миллиона                    | =1500000
два с половиной года                | =5/2 year
в 21 час 30 минут                   | 21:30
около 140 миллионов долларов        | =140000000 dollar
57-го века, XX век                  | =57 century; =20 century
двухлетнего                         | =2 year?
тысячи людей                        | =1000?
семью словами                       | =7?
каждую среду                        |
"""

ENGLISH = """
sent at 2035 30 September 1950      | 20:35; d30 m9 y1950
received at 2332 30 September       | 23:32; d30 m9
October 8, 1950                     | d8 m10 y1950
8 October                           | d8 m10
October 7, 1950 at 22:15 pm.        | d7 m10 y1950; 22:15
the 8th of May, 1945                | d8 m5 y1945
mid-October                         | m10
in May                              | m5
May we go                           |
they march on                       |
Sept. 5                             | d5 m9
in the 1920s                        | s1920
On the twenty-eighth of October     | d28 m10
on May the twenty-first             | d21 m5
about 1,000 aircraft                | =1000
three hundred and five              | =305
a hundred thousand                  | =100000
sixteen hundred                     | =1600
two million five hundred thousand   | =2500000
five-six divisions                  | =5; =6
Fifty-nine percent                  | =59 percent
Twelve-two percent                  | =None percent!
half a million                      | =500000
$140 billion                        | =140000000000 dollar
2.4 million                         | =2400000
two-thirds                          | =2/3
the mid 17th century                | =17 century
0145 1 October 1940 (26)            | 1:45; d1 m10 y1940; =26
5 p.m.                              | 17:00
the 28-count indictment             | =28
twenty-first century                | =21 century
the 38th parallel                   | =38
newstest2019                        |
dozens of men                       | =12?
"""


def _table(text: str) -> list[tuple[str, str]]:
    rows = [line.partition("|") for line in text.strip().splitlines()]
    return [(source.strip(), expected.strip()) for source, _, expected in rows]


@pytest.mark.parametrize(("text", "expected"), _table(RUSSIAN))
def test_russian_values(text: str, expected: str) -> None:
    told = "; ".join(tell(v) for v in _values(text, "ru"))
    assert told.replace(" ruble", "") == expected.replace("=45/2 ruble", "=22500000")


@pytest.mark.parametrize(("text", "expected"), _table(ENGLISH))
def test_english_values(text: str, expected: str) -> None:
    assert "; ".join(tell(v) for v in _values(text, "en")) == expected


SAME = """
в 1950 г.                | in 1950
16.9.1950г.              | 16 September 1950
1.10.50                  | 1 October 1950
20.15                    | 20:15
20.15                    | 8:15 p.m.
в 19 часов               | 7 p.m.
около тысячи             | 1,000
более ста тысяч          | more than 100,000
3,5 миллиона             | 3.5 million
38-ю                     | the 38th
XX век                   | 20th century
полтора миллиона         | 1.5 million
1/Е 1950 г.              | 1 October 1950
20-х годов               | the 1920s
"""

DIFFERENT = """
в 1950 г.                | in 1940
1.10.50                  | 1 October 1940
23.50                    | at 2330
7 сентября               | 7 October
три                      | four
"""


@pytest.mark.parametrize(("russian", "english"), _table(SAME))
def test_same_values(russian: str, english: str) -> None:
    assert same(_values(russian, "ru")[0], _values(english, "en")[0])


@pytest.mark.parametrize(("russian", "english"), _table(DIFFERENT))
def test_different_values(russian: str, english: str) -> None:
    assert not same(_values(russian, "ru")[0], _values(english, "en")[0])


WRITTEN = [
    ("шесть", "ru", 0, 8, "восемь"),
    ("двадцать восьмого мая", "ru", 0, 29, "девятого"),
    ("twenty-eighth of May", "en", 0, 29, "twenty-ninth"),
    ("трех дней", "ru", 0, 2, "двух"),
    ("двумя днями", "ru", 0, 3, "тремя"),
    ("третьей песни", "ru", 0, 1, "первой"),
    ("7 сентября", "ru", 1, 10, "октября"),
    ("в июле", "ru", 0, 10, "октябре"),
    ("июньского", "ru", 0, 9, "сентябрьского"),
    ("140 миллионов", "ru", 1, 10**9, "миллиардов"),
    ("Тридцать два", "ru", 0, 20, "Двадцать"),
    ("двухсот", "ru", 0, 500, "пятисот"),
    ("3,5", "ru", 0, Fraction(17, 5), "3,4"),
    ("16.9.50 г.", "ru", 2, 1951, "51"),
    ("6.IX.1942", "ru", 1, 10, "X"),
    ("1/Е 1950", "ru", 1, 10, "X"),
    ("Fifty-nine", "en", 1, 8, "eight"),
    ("Twelve-two", "en", 0, 30, "Thirty"),
    ("1,000", "en", 0, 3000, "3,000"),
    ("at 2330", "en", 1, 50, "50"),
    ("Sept. 5", "en", 1, 10, "Oct"),
]


@pytest.mark.parametrize(("text", "language", "piece", "value", "expected"), WRITTEN)
def test_writing(text: str, language: str, piece: int, value: int | Fraction, expected: str) -> None:
    assert write(_values(text, language)[0].pieces[piece], Fraction(value), RUSSIAN_ENGLISH.of(language)) == expected


def test_tails() -> None:
    assert [with_tail(n, "th") for n in ("21", "22", "13", "25")] == ["21st", "22nd", "13th", "25th"]
    assert with_tail("48", "-ю") == "48-ю"


# difference: the suspected side, what is there, its reading, the mirror reading
PAIRS = [
    (
        "Три американских дипломата вернулись в Панаму. Помощь составила 140 миллионов долларов в этом году.",
        "Three American diplomats returned to Panama. The aid was 140 billion dollars in this year.",
        ("VAL501", "translation", "billion", "million", "миллиардов"),
    ),
    (
        "В 1938 году немецкие офицеры были готовы. Заседание 1938 года открыл Молотов. Войска вошли в город в 1933 году.",
        "In 1938 German officers were ready. Molotov opened the session of 1938. The troops entered the city in 1938.",
        ("VAL502", "original", "1933", "1938", "1933"),
    ),
    (
        "Тридцать два процента рабочих поддержали решение партии.",
        "Twelve-two percent of the workers supported the decision of the party.",
        ("VAL501", "translation", "Twelve-two", "Thirty-two", "Двенадцать"),
    ),
    (
        "Телеграмма подана 30.9.50 20.35, принята 30.9 23.32. Поступила в управление 30.9 23.50.",
        "The telegram was sent at 2035 30 September 1950, received at 2332 30 September. "
        "It arrived in the directorate at 2330 30 September.",
        ("VAL505", "translation", "2330", "2350", "23.30"),
    ),
    (
        "В ответ на это я получил 7 сентября письмо от товарища Мао.",
        "In response to this I received on 7 September [sic- October] a letter from Comrade Mao.",
        ("VAL502", "original", "сентября", "октября", ""),
    ),
]


def _hypotheses(original: str, translation: str | None) -> tuple[Context, list[Hypothesis]]:
    context = context_of(read_pair(original, translation))
    rules = (values.NUMBERS, values.DATES, values.TIMES, damaged.DAMAGED_DATES, damaged.ORDER)
    return context, [h for rule in rules for h in rule.propose(context)]


@pytest.mark.parametrize(("original", "translation", "expected"), PAIRS)
def test_differences(original: str, translation: str, expected: tuple[str, ...]) -> None:
    context, found = _hypotheses(original, translation)
    assert len(found) == 1
    hypothesis = found[0]
    mirror = [v for f in hypothesis.features if f.name == "mirror" for _, v in f.values]
    lemma = hypothesis.places[0].of(context.text)
    told = (hypothesis.code, hypothesis.side, lemma, hypothesis.edits[0].text, "".join(mirror))
    assert told == expected
    assert hypothesis.edits[0].place == hypothesis.places[0]


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("Из порта вчера на рассвете вышли тридцать кораблей.", "Two ships left the port yesterday at dawn."),
        ("В цехе вчера были ранены четверо рабочих.", "Yesterday three workers were wounded in the shop."),
    ],
)
def test_counts_of_one_noun_differ_wherever_they_are(original: str, translation: str) -> None:
    assert [h.code for h in _hypotheses(original, translation)[1]] == ["VAL501"]


def test_sic_proves_the_original() -> None:
    _, found = _hypotheses(PAIRS[4][0], PAIRS[4][1])
    assert any(f.name == "sic" and f.value == 1.0 for f in found[0].features)


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("В дивизии было около тысячи солдат.", "The division had about 1,000 soldiers."),
        ("Он прожил там двадцать лет.", "He lived there for two decades."),
        ("Десятки людей ждали вторую неделю.", "Dozens of people waited for a second week."),
        ("Он прошел пять верст за час.", "He walked three miles in an hour."),
        ("Один из них ушел 5-6 мая.", "One of them left on May 5-6."),
        ("Поезд ушел в 7 часов вечера.", "The train left at 7 p.m."),
    ],
)
def test_left_alone(original: str, translation: str) -> None:
    assert _hypotheses(original, translation)[1] == []


_CATALOGUED = """
**August 1918**

**Letters from the Front**

**Original Language:**

Russian

**Contents:**

Transcript - Russian

Город взят нашими войсками. 31 августа {year} г.

Письмо получено 31 августа 1918 г.
"""


def test_year_after_the_document() -> None:
    context = context_of(read_text(_CATALOGUED.format(year=1948), label="x"))
    found = list(damaged.ORDER.propose(context))
    assert [(h.code, h.places[0].of(context.text), h.edits[0].text) for h in found] == [("VAL504", "1948", "1918")]
    assert not list(damaged.ORDER.propose(context_of(read_text(_CATALOGUED.format(year=1917), label="x"))))


def test_damaged_dates_without_a_translation() -> None:
    context, found = _hypotheses("Проект от 26.1949 г.\n\nПередайте ответ.\n\n26 октября 1949 г.", None)
    assert [(h.code, h.places[0].of(context.text), h.edits[0].text) for h in found] == [
        ("VAL503", "26.1949", "26.10.1949")
    ]


def test_steps_out_of_order() -> None:
    _, found = _hypotheses("Подана 30.9.50 20.35. Принята 30.9.50 20.15.", None)
    assert [h.code for h in found] == ["VAL504"] and not found[0].edits


@pytest.mark.parametrize(
    "text",
    [
        "Если вагоны будут поданы до 1 апреля, мы успеем.\n\nДеньги за февраль получены только 9 марта.",
        "Вагоны поданы 1 апреля 1938 г. на станцию.\n\nДеньги получены 9 марта 1938 г. в банке.",
        "Просим, чтобы деньги были отправлены до 1 апреля.\n\nПринято 9 марта 1938 г.",
        "Отчёт был послан 12 июня, а сведения поступили в отдел 3 мая.",
    ],
)
def test_prose_is_no_heading(text: str) -> None:
    """What is handed over, sent and received in prose is of many things, whose order says nothing."""
    assert not [h for h in _hypotheses(text, None)[1] if h.code == "VAL504"]


def test_blame_and_its_parts() -> None:
    assert blame(()) == 0.5
    assert digits_confusable("7805", "1805") and not digits_confusable("1950", "1940")
    assert commonness(Fraction(70)) > commonness(Fraction(75)) > commonness(Fraction(78))


def test_a_damaged_date_is_read_as_a_whole() -> None:
    context, found = _hypotheses("Вх. № 3561/шс 1/Е 1950 г.\n\nРасшифровал 1.10.50 г. 0.35", None)
    assert [(h.places[0].of(context.text), h.edits[0].text) for h in found] == [("1/Е 1950", "1/X 1950")]


@pytest.mark.parametrize("number", range(1, 40))
def test_roman_figures_are_read_as_they_are_written(number: int) -> None:
    assert roman(to_roman(number)) == number


def test_roman_figures_up_to_eighty_nine() -> None:
    assert [to_roman(n) for n in (40, 49, 50, 64, 89)] == ["XL", "XLIX", "L", "LXIV", "LXXXIX"]
