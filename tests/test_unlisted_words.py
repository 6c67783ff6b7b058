"""What is proposed for words that no dictionary has: names, abbreviations, and words that a document declines."""

from __future__ import annotations

from collation.reading import read_text
from collation.rules.lexical import spelling
from known import context_of


def proposed(russian: str, english: str = "") -> dict[str, list[str]]:
    """The readings of every word that is doubted, in their order."""
    context = context_of(read_text(russian + (f"\n\n{english}\n" if english else "\n"), label="made"))
    found: dict[str, list[str]] = {}
    for hypothesis in spelling.propose(context):
        place = hypothesis.edits[0].place
        found.setdefault(context.text[place.start : place.stop], []).append(hypothesis.edits[0].text)
    return found


def test_a_capitalised_word_that_can_be_spoken_is_some_name() -> None:
    assert proposed("Об этом доложил товарищ Фиалко вчера.") == {}


def test_a_letter_of_a_known_name_may_be_misread_for_one_that_looks_like_it() -> None:
    assert proposed("Мы выехали в Техаз вчера.")["Техаз"] == ["Техас"]


def test_letters_that_cannot_be_spoken_are_no_name() -> None:
    assert "Царицын" in proposed("Мы выехали в Царицьн вчера.")["Царицьн"]


def test_with_a_translation_the_name_is_compared() -> None:
    assert "Фиалко" in proposed("Об этом доложил товарищ Фиалко вчера.", "Comrade Petrov reported it yesterday.")


def test_an_abbreviation_that_no_list_has_is_left_alone() -> None:
    assert proposed("Дело передано в ОБФС для решения.") == {}


def test_an_abbreviation_is_misread_by_letters_that_look_alike() -> None:
    assert proposed("Посол СЩА заявил протест вчера.")["СЩА"] == ["США"]


def test_a_word_that_the_document_declines_is_a_word() -> None:
    once = "В стали найдены флокены и поры."
    assert proposed(once)["флокены"]
    assert proposed(f"{once} Брак вызван флокенами.") == {}


def test_letters_that_look_alike_are_misread_in_every_form() -> None:
    found = proposed("Получена ииформация из города. Этой ииформации верят.")
    assert found["ииформация"] == ["информация"] and found["ииформации"] == ["информации"]
