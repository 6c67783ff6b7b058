"""The votes of pyspellchecker over the forms asked about are those that it gives with our whole list."""

from __future__ import annotations

import pytest
from spellchecker import SpellChecker

from collation.knowledge.letters import fold
from collation.knowledge.words import wordlist
from collation.rules.lexical import spelling

DAMAGED = "георически укахзывали прпбыл осзнание рабтоа москвы совтеский ещо ее елка нан"


@pytest.fixture(scope="module")
def library() -> SpellChecker:
    speller = SpellChecker(language=None, distance=1)
    listed = {fold(form): 1 for form, _ in wordlist.frequent_words(least=spelling._LEAST_SHARE)}
    speller.word_frequency.load_json(listed)
    return speller


@pytest.mark.parametrize("word", DAMAGED.split())
def test_the_votes_are_those_of_the_library(library: SpellChecker, word: str) -> None:
    said = library.candidates(word) or set()
    asked = {*said, *(form[1:] for form in said), "работа", "еще", "елка"} - {word}
    assert spelling.speller_votes(word, asked) - {word} == said & asked


def test_long_words_are_left_to_the_automaton() -> None:
    assert not spelling.speller_votes("достопримечательностп", ["достопримечательности"])
