"""Words broken over a line end: joined beyond page numbers and blank lines, in capitals, and where the hyphen is lost."""

from __future__ import annotations

import pytest

from collation.pipeline import examine
from collation.reading import read_text

JOINED = [
    ("Работа удалась, и труд строителей увен-\n\n                 14\n\nчался успехом.", "увенчался"),
    ("Делегаты обсудили поло-\n- 7 -\nжение на фронте.", "положение"),
    ("Все ждали возвра-\n\n\nщения отряда.", "возвращения"),
    ("НА СОБРАНИИ БЫЛО ОДИННАД-\nЦАТЬ ЧЕЛОВЕК.", "ОДИННАДЦАТЬ"),
    ("ПРАВИЛА ВНУТРЕННЕГО РАС-\n\n3\n\nПОРЯДКА ЗАВОДА", "РАСПОРЯДКА"),
    ("УСТАВ ПОТРЕБИТЕЛЬ-\nСКОГО ОБЩЕСТВА", "ПОТРЕБИТЕЛЬСКОГО"),
    ("Они добивались свобод\n\nные выборы провести весной.", "свободные"),
    ("Рабочие вошли в прави\nтельство новой страны.", "правительство"),
    ("Отряд вышел на пози\n\n12\n\nцию у реки.", "позицию"),
]
APART = [
    ("Мы ехали по\nлесной дороге.", ("по", "лесной")),
    ("ИВАНОВ-\nПЕТРОВ", ("ИВАНОВ", "ПЕТРОВ")),
    ("Список закрыт\n\nпротокол подписан", ("закрыт", "протокол")),
    ("Кончилось прпб\nыло лето", ("прпб", "ыло")),
]


def words(text: str) -> list[str]:
    original = read_text(text, label="broken").original
    assert original is not None
    return [token.text for token in original.words()]


@pytest.mark.parametrize(("text", "word"), JOINED)
def test_a_broken_word_is_one_word(text: str, word: str) -> None:
    assert word in words(text)
    assert not [entry.lemma for entry in examine(read_text(text, label="broken"))]


@pytest.mark.parametrize(("text", "pieces"), APART)
def test_what_is_no_broken_word_stays_apart(text: str, pieces: tuple[str, str]) -> None:
    assert set(pieces) <= set(words(text))


def test_the_pieces_point_into_the_file() -> None:
    text = "Попытка удалась, и труд бригады увен-\n\n369\n\nчался успехом."
    original = read_text(text, label="broken").original
    assert original is not None
    token = next(t for t in original.words() if t.text == "увенчался")
    assert [span.of(text) for span in token.place.spans] == ["увен", "чался"]
    assert [s.kind for s in original.furniture] == ["furniture"]
