"""Whose fault a differing value is: the witnesses one by one, shelf marks that are none, and what follows where nothing decides."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from collation.evidence.tables import columns, facing_values, tables
from collation.knowledge.values.blame import LEARNED, SAID, scale_slip, transposed, weights
from collation.knowledge.values.inner_witnesses import adds_up, in_order, noun_agrees, weekday_agrees
from collation.learning.blame_training import Blamed, out_of_fold
from collation.learning.logistic import logistic
from collation.model import Entry, Hypothesis
from collation.pipeline import examine
from collation.reading import read_pair, read_text
from collation.rules.translation import left_out
from collation.rules.values import differences
from known import context_of
from test_value_grammar import values


@pytest.mark.parametrize(
    ("text", "language", "amount", "expected"),
    [
        ("8 дней", "ru", 8, True),
        ("8 дня", "ru", 8, False),
        ("8 дня", "ru", 3, True),
        ("5 дивизий", "ru", 1, False),
        ("12 офицеров", "ru", 12, True),
        ("с 3 орудиями", "ru", 5, None),
        ("1 days", "en", 1, False),
        ("7 days", "en", 1, False),
        ("7 people", "en", 7, None),
    ],
)
def test_the_noun_behind_a_number(text: str, language: str, amount: int, expected: bool | None) -> None:
    assert noun_agrees(text, values(text, language)[0], Fraction(amount)) is expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("в пятницу, 5 мая 1950 г.", "ru", True),
        ("в понедельник, 5 мая 1950 г.", "ru", False),
        ("on Friday, May 5, 1950", "en", True),
        ("on May 5, 1950", "en", None),
    ],
)
def test_the_weekday_beside_a_date(text: str, language: str, expected: bool | None) -> None:
    assert weekday_agrees(text, values(text, language)[0], None) is expected


def test_sums() -> None:
    amounts = [Fraction(n) for n in (502, 150, 280, 72)]
    assert adds_up(amounts, 2, Fraction(280)) and not adds_up(amounts, 2, Fraction(230))
    assert adds_up(amounts[::-1], 0, Fraction(72)) and not adds_up(amounts[::-1], 0, Fraction(12))
    assert not adds_up([Fraction(3), Fraction(2), Fraction(1)], 0, Fraction(3))


def test_ranges_rise() -> None:
    text = "в 1941–1945 гг."
    first, second = values(text, "ru")
    assert in_order(text, first, [second]) and in_order(text, second, [first])
    text = "в 1941–1915 гг."
    first, second = values(text, "ru")
    assert in_order(text, first, [second]) is False


def test_kinds_of_slips() -> None:
    assert transposed("1953", "1935") and not transposed("1953", "1954") and transposed("1953", "1593")
    assert scale_slip(Fraction(10**6), Fraction(10**9)) and scale_slip(Fraction(13), Fraction(30))
    assert not scale_slip(Fraction(13), Fraction(31))


def test_every_learned_argument_has_its_weight() -> None:
    assert set(LEARNED) <= set(weights())


def _one(original: str, translation: str) -> Hypothesis:
    context = context_of(read_pair(original, translation))
    rules = (differences.NUMBERS, differences.DATES, differences.TIMES)
    found = [h for rule in rules for h in rule.propose(context)]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("original", "translation", "side", "reason"),
    [
        (
            "Отряд шел 8 дня через лес.",
            "The detachment marched for 3 days through the forest.",
            "original",
            "noun_agrees",
        ),
        (
            "Совещание открылось в пятницу, 5 мая 1950 г., в Москве.",
            "The conference opened on Friday, May 6, 1950, in Moscow.",
            "translation",
            "weekday",
        ),
        (
            "Всего убито 502 лошади: 150 в первом полку, 280 во втором и 72 в третьем.",
            "In all 502 horses were killed: 150 in the first regiment, 230 in the second and 72 in the third.",
            "translation",
            "sum",
        ),
        ("Он служил там в 1914–1910 годах.", "He served there in 1914–1916.", "original", "range_order"),
    ],
)
def test_witnesses_decide(original: str, translation: str, side: str, reason: str) -> None:
    found = _one(original, translation)
    assert found.side == side
    assert any(f.name == reason and f.value > 0 for f in found.features)
    assert not any(f.name == "side_unknown" for f in found.features)


_FILE = """
archive.example.net

**May 4, 1938**

**Report on the Regiment**

**Citation:**

"Report on the Regiment", May 4, 1938, RGVA, f. 12, op. 3, d. 45, ll. 18-19.

**Original Language:**

Russian

**Contents:**

Transcript - Russian
Translation - English

В полку было {} офицеров и много солдат.

In the regiment there were {} officers and many soldiers.
"""


def _entries(left: str, right: str) -> list[Entry]:
    return [e for e in examine(read_text(_FILE.format(left, right), label="x")) if e.family == "VAL"]


def test_a_shelf_mark_is_no_witness_and_nothing_decides() -> None:
    entry = _entries("47", "45")[0]
    assert not any(f.name == "catalogue_agrees" for f in entry.features)
    assert entry.undecided and entry.ruling == "needs-scan"
    assert entry.blame is not None and 0.5 <= entry.blame < SAID
    assert entry.readings and entry.other_readings


_TABLES = """
Сведения о поставках.

Наименование	Количество	Цена
пшеница	150	72
рожь	280	48
масло	12	515

Deliveries.

Name	Quantity	Price
wheat	150	72
rye	230	48
butter	12	515
"""


def test_tables_face_each_other_cell_by_cell() -> None:
    context = context_of(read_text(_TABLES, label="x"))
    original = context.document.original
    assert original is not None
    (table,) = tables(context, original)
    assert [[int(v.amount or 0) for _, v in column] for column in columns(table)] == [[72, 48, 515], [150, 280, 12]]
    facing = [(a.amount, b.amount) for a, b in facing_values(context)]
    assert len(facing) == 6 and (280, 230) in facing


def test_weights_are_learned_from_what_speaks() -> None:
    chance = random.Random(1)
    listed = []
    for k in range(400):
        original = chance.random() < 0.5
        sure = 1.0 if original else -1.0
        said = {"sum": sure if chance.random() < 0.9 else -sure, "number_usual": chance.uniform(-1, 1)}
        listed.append(Blamed(f"text {k % 20}", original, said))
    rows = np.array([[b.arguments.get(name, 0.0) for name in LEARNED] for b in listed])
    found = dict(zip(LEARNED, logistic(rows, np.array([float(b.original) for b in listed])), strict=True))
    assert 1.5 < found["sum"] < 3.0 and abs(found["number_usual"]) < 0.5 and found["weekday"] == 0.0
    outcomes = out_of_fold(listed)
    assert 0.85 < sum(right for _, right in outcomes) / len(outcomes) < 0.95


@pytest.mark.parametrize(
    ("russian", "english", "mirror", "families"),
    [
        (
            "Завод получил заказ на 4 миллиарда рублей.",
            "The plant received an order for 4 million roubles.",
            "billion",
            {"VAL"},
        ),
        ("Завод выпустил 4 миллиона деталей.", "The plant produced 4 billion parts.", "million", {"VAL"}),
        (
            "Отряд вернулся 5 октября 1944 года.",
            "The detachment returned on September 5, 1944.",
            "October",
            {"VAL", "TRN"},
        ),  # months are names too
    ],
)
def test_two_numbers_or_months_that_differ_are_never_a_matter_of_one_side(
    russian: str, english: str, mirror: str, families: set[str]
) -> None:
    """No rule of words takes one side for misread alone: the entry has both places, and what either should read."""
    (found,) = (e for e in examine(read_text(f"{russian}\n\n{english}\n", label="x")) if e.tier == "emend")
    assert found.family in families and found.opposite
    readings = {r.text for r in (*found.readings, *found.other_readings)}
    assert mirror in readings and len(readings) > 1


BEFORE = "Комиссия осмотрела новый завод и поговорила с рабочими в столовой. "
BEHIND = "Вечером гости уехали на станцию и долго ждали поезда."
ENGLISH = (
    "The commission inspected the new factory and talked with the workers in the canteen. "
    "In the evening the guests went to the station and waited long for the train."
)


@pytest.mark.parametrize(
    ("passage", "known"),
    [
        ("Гости узнали, что завод и столовая давно не получали угля, а рабочие вечером сидят в темноте. ", True),
        ("Корабль дважды обогнул мыс, потерял якорь и мачту, и капитан приказал повернуть обратно. ", False),
    ],
)  # fmt: skip
def test_a_passage_only_in_the_russian_is_the_translators_loss_where_it_belongs_to_the_document(
    passage: str, known: bool
) -> None:
    context = context_of(read_text(BEFORE + passage + BEHIND + "\n\n" + ENGLISH + "\n", label="any"))
    (found,) = left_out.propose(context)
    assert found.side == "translation"
    assert any(f.name == "side_unknown" for f in found.features) is not known
