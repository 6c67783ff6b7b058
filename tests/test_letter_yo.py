"""Readings are spelt with ё where the document writes it, whichever rule proposes them."""

from __future__ import annotations

import pytest

from collation.evidence.letter_yo import as_spelt_here
from collation.pipeline import examine
from collation.reading import read_pair
from known import context_of

PLACES = [
    (
        "Он ещё не знал, что директор отстрансн от дела.",
        "He did not yet know that the director was removed from the case.",
        "отстранён",
    ),
    ("Всё ещё много заключснных в лагере.", "There are still many prisoners in the camp.", "заключённых"),
    ("Пятый полк отошёл за реку.", "The fourth regiment withdrew across the river.", "Четвёртый"),
]


def first_readings(original: str, translation: str) -> list[str]:
    found = examine(read_pair(original, translation))
    return [entry.readings[0].text for entry in found if entry.side == "original" and entry.readings]


@pytest.mark.parametrize(("original", "translation", "reading"), PLACES)
def test_a_reading_has_its_letter_where_the_document_writes_it(original: str, translation: str, reading: str) -> None:
    assert first_readings(original, translation) == [reading]


@pytest.mark.parametrize(("original", "translation", "reading"), PLACES)
def test_a_reading_has_none_where_the_document_writes_none(original: str, translation: str, reading: str) -> None:
    assert first_readings(original.replace("ё", "е"), translation) == [reading.replace("ё", "е")]


@pytest.mark.parametrize(
    ("reading", "observed"),
    [("все люди", "ссе люди"), ("небо", "нсбо"), ("еще отстранил", "еще отстрапил"), ("Ленин", "Лснин")],
)
def test_a_word_that_may_be_spelt_without_it_stays(reading: str, observed: str) -> None:
    context = context_of(read_pair("Он ещё шёл вперёд, и всё шло хорошо.", None))
    assert as_spelt_here(context, reading, observed) == reading


def test_a_document_that_writes_it_seldom_has_no_habit() -> None:
    context = context_of(read_pair("Он еще шел вперед, и всё шло хорошо.", None))
    assert as_spelt_here(context, "полет", "полст") == "полет"
