"""Strings without blanks: parted by word frequencies, in time that grows as their length, reported once a line."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collation.knowledge.letters import RUSSIAN_LETTERS
from collation.knowledge.words import segmentation
from collation.knowledge.words.search import WordGraph
from collation.knowledge.words.segmentation import divide_words
from collation.pipeline import examine
from collation.reading import read_text
from collation.rules.lexical.unspaced import CODE

SENTENCES = [
    "Комиссия осмотрела склад и подписала акт",
    "на станции стоял эшелон из сорока вагонов с углём",
    "Вчера он уехал в город к своему старшему брату",
    "Правление колхоза просит ускорить отправку семян",
    "ВОЙСКА ФРОНТА ВЕЛИ БОИ НА ПРЕЖНИХ РУБЕЖАХ",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_without_blanks_is_parted_as_it_was(sentence: str) -> None:
    assert " ".join(divide_words(sentence.replace(" ", "")).words) == sentence


@given(st.text(alphabet=RUSSIAN_LETTERS + RUSSIAN_LETTERS.upper(), max_size=80))
def test_the_words_make_up_the_string(text: str) -> None:
    division = divide_words(text)
    assert "".join(division.words) == text
    assert all(division.words)
    assert 0 <= division.unknown <= len(text)


@pytest.mark.parametrize("kind", ["words", "gibberish", "one letter"])
def test_the_work_grows_as_the_length(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    random.seed(8)
    unit = {
        "words": "правлениеколхозапроситускоритьотправкусемян",
        "gibberish": "".join(random.choice(RUSSIAN_LETTERS) for _ in range(40)),
        "one letter": "о" * 40,
    }[kind]
    steps = []

    def counted(words: WordGraph, node: int, letter: str) -> int:
        steps.append(letter)
        return real(words, node, letter)

    real = segmentation._follow
    monkeypatch.setattr(segmentation, "_follow", counted)
    counts = []
    for times in (5, 10, 20):
        steps.clear()
        divide_words(unit * times)
        counts.append(len(steps))
    assert counts[2] - counts[1] <= 2.1 * (counts[1] - counts[0])


def found(text: str) -> list[tuple[str, str]]:
    return [(e.code, e.readings[0].text if e.readings else "") for e in examine(read_text(text, label="lost"))]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_line_is_one_finding_over_all_of_it(sentence: str) -> None:
    text = sentence.replace(" ", "") + "."
    entries = examine(read_text(text, label="lost")).entries
    assert [(e.code, e.readings[0].text, e.tier) for e in entries] == [(CODE, sentence, "emend")]
    assert entries[0].place.of(text) == text[:-1]


def test_every_line_is_told_by_itself() -> None:
    text = "\n".join(s.replace(" ", "") + "." for s in SENTENCES)
    assert found(text) == [(CODE, s) for s in SENTENCES]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Совещаниеокончилось,всеразошлись.", "Совещание окончилось, все разошлись"),
        ("Телеграммаот12мартаполучена.", "Телеграмма от 12 марта получена"),
        ('Командиркрикнул"Вперёд"иушёлвлес.', 'Командир крикнул "Вперёд" и ушёл в лес'),
    ],
)
def test_signs_and_figures_get_their_blanks(text: str, reading: str) -> None:
    assert found(text) == [(CODE, reading)]


@pytest.mark.parametrize(
    "word",
    [
        "вымужденного",
        "производстввиных",
        "противоснайперских",
        "вакцинироваться",
        "америханской",
        "непротивоконституционный",
    ],
)
def test_misread_words_and_compounds_are_not_parted(word: str) -> None:
    assert CODE not in [code for code, _ in found(f"Они говорили о {word} вчера.")]


def test_two_words_run_together_stay_with_their_own_rule() -> None:
    assert found("Комиссия посетилашколу и больницу.") == [("LEX102", "посетила школу")]


def test_long_strings_are_cut_in_messages() -> None:
    from collation.writers.phrases import without_marks
    from collation.writers.wording import proposal

    sentence = " ".join(SENTENCES[:4] * 3)
    (entry,) = examine(read_text(sentence.replace(" ", ""), label="lost")).entries
    assert len(entry.readings[0].text) > 400
    assert len(without_marks(proposal(entry, "en"))) < 200
    assert len(entry.lemma) < 90
    assert all(len(value) < 70 for feature in entry.features for _, value in feature.values)
