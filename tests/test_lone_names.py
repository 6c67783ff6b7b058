"""Names of either side that nothing on the other answers: names of several words, words made from names, and their beginnings."""

from __future__ import annotations

import pytest

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.languages.knowledge import knowledge_for
from collation.reading import read_text
from collation.rules.translation.lone_names import unanswered_names
from collation.rules.translation.name_measures import lone_names

AROUND = ("Делегация приехала утром.", "The delegation came in the morning.")


def context_of(russian: str, english: str) -> Context:
    knowledge = knowledge_for()
    text = f"{AROUND[0]}\n\n{russian}\n\n{AROUND[1]}\n\n{english}\n"
    return Context(align(read_text(text, label="names"), knowledge), knowledge)


def alone(russian: str, english: str) -> set[str]:
    """The words with a capital, in their sentence or by their form, that have no answer."""
    context = context_of(russian, english)
    return {name.token.text for name in lone_names(context) if name.token.text[0].isupper()}


@pytest.mark.parametrize(
    ("russian", "english", "lost"),
    [
        ("Это дело Советского Союза, дело важное.", "This is an affair of the Soviet, an important affair.", "Союза"),
        ("Это дело Советского, дело важное.", "This is an affair of the Soviet Union, an important affair.", "Union"),
        ("Это дело Союза, дело важное.", "This is an affair of the Soviet Union, an important affair.", "Soviet"),
        ("Вчера в Нью-Йорке шёл сильный дождь.", "There was heavy rain in New yesterday.", "Нью-Йорке"),
        ("Рабочие Великобритании поддержали стачку.", "The workers of Great supported the strike.", "Великобритании"),
    ],
)
def test_a_name_of_several_words_lacks_the_word_that_is_left_out(russian: str, english: str, lost: str) -> None:
    assert alone(russian, english) == {lost}


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("Это дело Советского Союза, дело важное.", "This is an affair of the Soviet Union, an important affair."),
        ("Это дело СССР, дело важное.", "This is an affair of the Soviet Union, an important affair."),
        ("Вчера в Нью-Йорке шёл сильный дождь.", "There was heavy rain in New York yesterday."),
        ("Рабочие Великобритании поддержали стачку.", "The workers of Britain supported the strike."),
        ("Рабочие Великобритании поддержали стачку.", "The workers of Great Britain supported the strike."),
        ("Солдаты заняли деревню Вайсенбрунн.", "The soldiers took the village of Weissen Brunn."),
        ("Они купили кружева машинной работы.", "They bought the Machine-made lace."),
        ("Посол вернулся в Пномпень утром.", "The ambassador returned to Phnom Penh in the morning."),
        ("Посол вернулся в Пномпень утром.", "The ambassador returned to Phnom Pehn in the morning."),
        ("Крестьяне прогнали махновцев из села.", "The peasants drove the Makhnovites out of the village."),
    ],
)
def test_a_name_rendered_whole_in_one_word_or_word_by_word_is_answered(russian: str, english: str) -> None:
    assert alone(russian, english) == set()


def test_one_place_answers_one_of_two_names_only() -> None:
    context = context_of(
        "В венгерской столице Будапеште открылась выставка.", "An exhibition was opened in the capital of Budapest."
    )
    assert [n.token.text for n in lone_names(context) if n.token.text.startswith("венгер")] == ["венгерской"]
    whole = context_of(
        "В венгерской столице Будапеште открылась выставка.",
        "An exhibition was opened in the Hungarian capital of Budapest.",
    )
    assert not lone_names(whole)


def test_behind_a_title_with_a_stop_a_name_begins_no_sentence() -> None:
    context = context_of("Потом выступил инженер.", "Then Mr. Ordinary spoke, the engineer.")
    lone = {name.token.text: name.measures for name in lone_names(context)}
    assert lone["Ordinary"]["opens"] == 0.0
    other = context_of("Потом выступил инженер.", "Then he spoke. Ordinary engineers spoke too.")
    assert "Ordinary" not in {name.token.text for name in lone_names(other)}


def test_of_a_name_said_twice_and_answered_once_one_has_no_answer() -> None:
    russian = "Завод Siemens построил турбину для города, и только Siemens получил за неё премию."
    english = "The Siemens works built a turbine for the town, and only the engineers got a prize for it."
    context = context_of(russian, english)
    assert [name.token.text for name in lone_names(context)].count("Siemens") == 1


def test_the_share_of_names_without_answer_leaves_out_its_own_sentence() -> None:
    context = context_of("Инженер Дробышин уехал в Тамбов.", "The engineer left.")
    names = unanswered_names(context, "original")
    assert {context.pairs[n.pair].original[n.index].text for n in names} >= {"Дробышин", "Тамбов"}
    assert {name.measures["lone_share"] for name in lone_names(context) if name.side == "original"} == {0.0}


def test_a_given_name_left_alone_is_told_from_one_beside_a_surname() -> None:
    lost = context_of("Потом инженер Иван Дробышин сказал речь.", "Then the engineer Ivan made a speech.")
    (surname,) = (n for n in lone_names(lost) if n.token.text == "Дробышин")
    assert surname.measures["bare_before"] == 1.0
    other = context_of("Потом инженер Иван Дробышин сказал речь.", "Then the engineer Ivan Petrovich made a speech.")
    measures = [n.measures for n in lone_names(other) if n.token.text == "Дробышин"]
    assert all(m["bare_before"] == 0.0 for m in measures)
