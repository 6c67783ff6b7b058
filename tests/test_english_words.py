"""The English lists that are laid out in a mapped file say what the libraries say that they were made of."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
import simplemma
from spellchecker import SpellChecker

from collation.errors import CollationError
from collation.knowledge import dictionaries
from collation.knowledge.mapped import open_mapped
from collation.knowledge.words import english
from collation.learning.english_words import lemmas, listed_lemmas, listed_words, words

EVERY = 97


@pytest.fixture(scope="module")
def forms() -> list[str]:
    return list(listed_lemmas())


def damaged(forms: list[str]) -> Iterator[str]:
    """Listed forms, what their suffixes and prefixes make of them, and forms that lost a letter."""
    for form in forms[::EVERY]:
        yield from (form, f"{form}s", f"un{form}", form[1:] + form[:1], f"{form}-{form}", f"{form}'s")


def test_the_shipped_file_is_what_the_libraries_make() -> None:
    shipped = open_mapped(dictionaries.data_file(english.FILE)).arrays
    assert {name: array.tolist() for name, array in shipped.items()} == {
        name: array.tolist() for name, array in (lemmas(listed_lemmas()) | words(listed_words())).items()
    }


def test_a_word_has_the_lemma_that_the_library_gives_it(forms: list[str]) -> None:
    for word in damaged(forms):
        lowered = word.lower()
        asked = english._plainly_listed(lowered) or english._lemmatizer().lemmatize(lowered, lang="en")
        assert asked == simplemma.lemmatize(lowered, lang="en"), word


def test_the_words_are_those_of_the_library(forms: list[str]) -> None:
    library = SpellChecker(language="en", distance=1).word_frequency
    for word in damaged([*forms, *listed_words()]):
        assert english.is_english(word) == bool(library[word]), word


def test_a_listed_word_needs_no_library() -> None:
    program = "import sys; from collation.knowledge.words.english import english_lemma, is_english\n"
    program += (
        "print(english_lemma('houses'), is_english('houses'), *({'simplemma', 'spellchecker'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert found.stdout.split() == ["house", "True"]


def test_two_forms_of_one_number_are_refused() -> None:
    with pytest.raises(CollationError, match="one number"):
        words(["house", "house"])


def test_a_lone_ending_has_no_lemma() -> None:
    assert english.english_lemma("'s") == "" and english.english_lemma("’s") == ""
