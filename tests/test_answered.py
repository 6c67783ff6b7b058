"""How often words have an answer in translations, and what it says that one has none."""

from __future__ import annotations

import math

from collation.knowledge.names.peoples import is_about_one_place
from collation.knowledge.words.answered import faithfulness, large_share
from collation.knowledge.words.lexicon import opened
from collation.learning.answered_words import count, rows
from collation.learning.sentence_pairs import sentence_pairs

RUSSIAN_LINES = (
    "Делегация приехала в Москву утром.", "Её встретил министр Ковалевич.", "Переговоры продолжались два дня.",
    "Газеты не писали об этом.", "Инженер Дробышин вернулся в Ленинград.", "Завод получил новые машины.",
    "Рабочие построили мост через реку.", "Директор написал письмо в Тамбов.",
)  # fmt: skip
ENGLISH_LINES = (
    "The delegation came to Moscow in the morning.", "It was met by Minister Kovalevich.", "The negotiations went on for two days.",
    "The newspapers did not write about it.", "The engineer Drobyshin returned to Leningrad.", "The factory received new machines.",
    "The workers built a bridge over the river.", "The director wrote a letter to Tambov.",
)  # fmt: skip


def test_words_with_an_answer_are_counted_on_both_sides() -> None:
    lexicon = opened()
    pairs = [
        p
        for _ in range(12)
        for a, b in zip(RUSSIAN_LINES, ENGLISH_LINES, strict=True)
        for p in sentence_pairs(a, b, lexicon)
    ]
    table = {tuple(row.split("\t")[:2]): tuple(map(int, row.split("\t")[2:])) for row in rows(count(pairs, lexicon))}
    assert table["ru", "министр"] == (12, 12, 12), "a capital in the English"
    assert table["ru", "мост"][2] == 0 and table["en", "bridge"][:2] == (12, 12)


def test_a_word_that_always_has_an_answer_says_more_without_one() -> None:
    assert faithfulness("ru", "партия") > faithfulness("ru", "невиданноеслово") > 0.0
    assert math.isclose(faithfulness("en", "neverseenword"), -math.log(0.25))
    assert large_share("партия") > 0.2 > large_share("очень")


def test_words_about_one_place_answer_each_other() -> None:
    lexicon = opened()
    for russian, english in (
        ("Ирана", "Iranian"),
        ("немцев", "Germany"),
        ("Афганистана", "Afghan"),
        ("китайских", "China"),
        ("хорватов", "Croatians"),
        ("нигерийцев", "Nigerians"),
        ("кубинцы", "Cubans"),
        ("Эстонии", "Estonian"),
    ):
        assert is_about_one_place(russian, english, lexicon.equivalents(english)), russian
    for russian, english in (
        ("Ирана", "Chinese"),
        ("немцев", "France"),
        ("стол", "Table"),
        ("Китая", "Minister"),
        ("нигерийцев", "Algerians"),
    ):
        assert not is_about_one_place(russian, english, lexicon.equivalents(english)), russian
