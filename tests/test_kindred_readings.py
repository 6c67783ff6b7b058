"""Readings that differ from a word by their prefix: proposed where the whole of the translation tells them apart."""

from __future__ import annotations

import pytest

from collation.evidence.translated_places import spoken_gains, translated_places
from collation.evidence.wanted import answered_but_for_prefix
from collation.knowledge.words import morphology
from collation.reading import read_pair
from collation.rules.context import real_words
from known import context_of

TOLD_APART = [
    ("Мы видели в этом признак экономической усталости страны.",
     "We saw in this a sign of the economic backwardness of the country.", "усталости", "отсталости"),
    ("Завод изобрёл в Германии новые станки за большие деньги.",
     "The plant acquired new machines in Germany for a great deal of money.", "изобрёл", "приобрел"),
    ("Совет пригласил независимость страны от империи.",
     "The council proclaimed the independence of the country from the empire.", "пригласил", "провозгласил"),
]  # fmt: skip
SOUND = [
    ("Старик долго поднимался по лестнице.", "The old man climbed the stairs for a long time."),
    ("Гости вошли в дом и сели у огня.", "The guests entered the house and sat down by the fire."),
    ("Утром рабочие погрузили в вагон уголь.", "In the morning the workers loaded coal into the car."),
]


def proposed(russian: str, english: str) -> dict[str, set[str]]:
    """The readings of words against the translation, by the words."""
    found: dict[str, set[str]] = {}
    context = context_of(read_pair(russian, english))
    for hypothesis in real_words.RULE.propose(context):
        edit = hypothesis.edits[0]
        found.setdefault(edit.place.of(context.text), set()).add(edit.text)
    return found


@pytest.mark.parametrize(("russian", "english", "word", "right"), TOLD_APART)
def test_a_word_with_another_prefix_is_proposed(russian: str, english: str, word: str, right: str) -> None:
    assert right in proposed(russian, english)[word]


@pytest.mark.parametrize(("russian", "english"), SOUND)
def test_what_the_translation_does_not_tell_apart_is_not(russian: str, english: str) -> None:
    kindred = {"взбирался", "поднялся", "зашли", "взошли", "загрузили", "нагрузили", "разгрузили"}
    assert not kindred & set().union(*proposed(russian, english).values(), set())


def test_the_other_aspect_is_left_alone() -> None:
    found = proposed(
        "Совет провозглашал независимость страны.", "The council proclaimed the independence of the country."
    )
    assert "провозгласил" not in found.get("провозглашал", set())


def test_the_translation_speaks_for_a_reading_that_the_surroundings_do_not() -> None:
    russian, english = (
        "Перед сном он долго смотрел на гори.",
        "Before going to sleep he looked at the mountains for a long time.",
    )
    alone, both = context_of(read_pair(russian, "")), context_of(read_pair(russian, english))
    word = next(w for w in both.words if w.text == "гори")
    beside = spoken_gains(both, word, ["горы"])[0]
    assert beside > spoken_gains(alone, alone.words[word.number], ["горы"])[0]


@pytest.mark.parametrize(
    ("russian", "english", "word"),
    [
        ("Он привнёс в эту работу много нового.", "He brought much that was new to this work.", "привнёс"),
        ("Дети занесли в дом дрова.", "The children brought the firewood into the house.", "занесли"),
    ],
)
def test_a_word_that_answers_but_for_its_prefix_is_not_set_against_other_equivalents(
    russian: str, english: str, word: str
) -> None:
    context = context_of(read_pair(russian, english))
    found = next(w for w in context.words if w.text == word)
    assert answered_but_for_prefix(context, found, morphology.lemmas(word))
    assert word not in proposed(russian, english)


def test_without_a_translation_nothing_is_said_of_any_form() -> None:
    context = context_of(read_pair("Старик долго поднимался по лестнице.", ""))
    places = context.once(translated_places)
    assert places is not None
    word = context.words[1]
    assert places.prefers(word.pair, word.number, ["мало", "тихо"]) == [0.0, 0.0]
    assert places.prefers(word.pair, word.number, []) == []
