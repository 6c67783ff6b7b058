"""What is read from the dictionary directly is what the library would say."""

from __future__ import annotations

import pytest

from collation.knowledge.letters import fold
from collation.knowledge.words import morphology

WORDS = (
    "стали",
    "все",
    "Ёлки",
    "в",
    "по-русски",
    "берег",
    "глубокою",
    "москвой",
    "человек",
    "лучше",
    "пришедшими",
    "прпбыл",
    "х",
)


@pytest.mark.parametrize("word", WORDS)
def test_the_analyses_of_a_form_are_those_of_the_library(word: str) -> None:
    known = morphology.is_known(word)
    expected = [
        (fold(p.normal_form), str(p.tag.POS or ""), frozenset(p.tag.grammemes), bool(p.is_known), p.score)
        for p in morphology.analyser().parse(fold(word))
        if p.is_known or not known
    ]
    assert [(p.lemma, p.pos, p.grammemes, p.known, p.score) for p in morphology.parses(word)] == expected


@pytest.mark.parametrize("word", WORDS)
def test_the_forms_of_a_lemma_are_those_of_the_library(word: str) -> None:
    for lemma in morphology.lemmas(word):
        expected: dict[str, frozenset[str]] = {}
        for p in morphology.analyser().parse(lemma):
            if fold(p.normal_form) == lemma:
                for form in p.lexeme:
                    expected.setdefault(fold(form.word), frozenset(form.tag.grammemes))
        assert list(morphology.forms(lemma)) == list(expected.items())


def test_second_cases_count_as_first_ones() -> None:
    assert {p.case for p in morphology.parses("лесу") if "loc2" in p.grammemes} == {"loct"}
    assert {p.case for p in morphology.parses("впрочем")} == {""}


def test_a_folded_form_is_spelt_with_its_dots() -> None:
    assert morphology.spellings("все") == ("все", "всё")
    assert morphology.spellings("прпбыл") == ()
