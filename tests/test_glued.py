"""Blanks lost beside signs: the sign is kept, and a document that leaves them out throughout is reported once."""

from __future__ import annotations

import pytest

from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import book_of
from collation.decisions.ruling import Ruling
from collation.edition.edit import edit
from collation.model import Apparatus, Entry, Source
from collation.pipeline import examine
from collation.reading import read_text
from collation.review.rulings_from_choices import Choice, Signature, make_finding, make_ruling

ONE = "Над рекой раздался раскат,прозвучал сигнал тревоги."
TWO = 'Командир крикнул"Вперёд", и рота поднялась.Бой длился целый час.'
THREE = [
    'Вся рота кричит"Ура".Работаем в саду,собираем яблоки.',
    "Пришла весна,растаял снег.Дети вышли во двор,началась игра.",
    "Председатель сказал:дело закрыто;все встали,никто не возразил.",
]


def examined(text: str) -> Apparatus:
    return examine(read_text(text, label="glued"))


def mended(text: str, entry: Entry) -> str:
    for change in sorted(entry.readings[0].edits, key=lambda e: -e.place.start):
        text = text[: change.place.start] + change.text + text[change.place.stop :]
    return text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (ONE, "Над рекой раздался раскат, прозвучал сигнал тревоги."),
        ('Сторож закричал"Пожар", и все выбежали.', 'Сторож закричал "Пожар", и все выбежали.'),
        ("Газета«Труд»писала об этом весной.", "Газета «Труд» писала об этом весной."),
        ('Бригадир спросил:"Готово?" Никто не ответил.', 'Бригадир спросил: "Готово?" Никто не ответил.'),
        ('"Правда"сообщила о пуске завода.', '"Правда" сообщила о пуске завода.'),
        ("Поезд ушёл!Все остались на станции.", "Поезд ушёл! Все остались на станции."),
        ("Мост взорван;переправы нет.", "Мост взорван; переправы нет."),
    ],
)
def test_the_sign_is_kept_and_the_blank_put_on_its_side(text: str, right: str) -> None:
    (entry,) = examined(text).entries
    assert entry.tier == "emend"
    assert mended(text, entry) == right


def test_two_signs_are_two_findings() -> None:
    assert [(e.code, e.tier) for e in examined(TWO)] == [("LEX106", "emend")] * 2


@pytest.mark.parametrize("text", THREE)
def test_three_signs_are_one_note_that_mends_every_place(text: str) -> None:
    (entry,) = examined(text).entries
    assert (entry.code, entry.tier) == ("LEX106", "note")
    assert not examined(mended(text, entry)).entries
    assert mended(text, entry).replace(" ", "") == text.replace(" ", "")
    assert set(entry.places) == {e.place for e in entry.readings[0].edits}


def test_other_doubts_at_these_places_stay() -> None:
    text = THREE[1] + " Делегация прпбыла на заводской праздник вечером."
    assert [(e.code, e.tier) for e in examined(text)] == [("LEX106", "note"), ("LEX101", "emend")]


def test_all_places_can_be_mended_at_once_and_one_alone() -> None:
    text = THREE[1]
    apparatus = examined(text)
    entry, source, signature = apparatus.entries[0], apparatus.source, Signature("Anna", "2026-11-01T10:00:00.000000Z")
    whole = make_ruling(source, entry, Choice("accept"), signature)
    assert printed(source, whole) == mended(text, entry)
    single = make_finding(source, entry.places[1], "original", Choice("added", own="снег. Дети"), signature)
    assert printed(source, single) == text.replace("снег.Дети", "снег. Дети")


def printed(source: Source, ruling: Ruling) -> str:
    """The edition with one ruling, without the brackets that it sets around changed names."""
    return edit(source, book_of(source, fold_rulings([ruling]), {})).text.translate({ord(c): None for c in "[]"})
