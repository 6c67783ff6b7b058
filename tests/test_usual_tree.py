"""The tree of the usual forms: what is walked to is what would be found by making every string and looking it up."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from collation.knowledge import dictionaries
from collation.knowledge.letters import RUSSIAN_LETTERS
from collation.knowledge.mapped import open_mapped, write_mapped
from collation.knowledge.words import wordlist
from collation.knowledge.words.confusions import EDIT
from collation.knowledge.words.search import any_letter, confusable_letters
from collation.knowledge.words.usual_tree import FILE, UsualTree, laid_out, usual_tree
from collation.learning.word_frequencies import listed, tree

WORDS = ("и", "на", "дом", "теперь", "согласию", "по-русски", "правительством", "подвипный", "ъъъ", "а1", "домo")


@cache
def usual() -> frozenset[str]:
    return frozenset(
        form
        for level, forms in enumerate(listed("ru"))
        if wordlist.share_of_level(level) >= wordlist.LEAST_LISTED
        for form in forms
        if set(form) <= set(RUSSIAN_LETTERS + "-")
    )


def exchanged(word: str, left: int, start: int = 0) -> Iterator[str]:
    """Every string that confusable letters exchanged within a budget make of a word, itself among them."""
    yield word
    for i in range(start, len(word)):
        for other, cost in confusable_letters(word[i]).items():
            if cost <= left:
                yield from exchanged(word[:i] + other + word[i + 1 :], left - cost, i + 1)


@pytest.mark.parametrize("word", WORDS)
def test_what_is_walked_to_is_what_one_misreading_makes(word: str) -> None:
    found, letters, forms = usual_tree(), (*RUSSIAN_LETTERS, "-"), usual()
    borders, places = range(len(word) + 1), range(len(word))
    assert set(found.longer(word)) == {word[:i] + c + word[i:] for i in borders for c in letters} & forms
    assert set(found.shorter(word)) == {word[:i] + word[i + 1 :] for i in places} & forms
    assert set(found.swapped(word)) == {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places[:-1]} & forms
    one = {word[:i] + c + word[i + 1 :] for i in places for c in RUSSIAN_LETTERS} - {word}
    assert set(found.misread(word, any_letter, EDIT)) == one & forms
    assert set(found.misread(word, confusable_letters, EDIT)) - {word} == (set(exchanged(word, EDIT)) - {word}) & forms


@pytest.mark.parametrize("beginning", ["соглас", "правительств", "ъ", "щщщ"])
def test_completions_are_the_forms_that_begin_so(beginning: str) -> None:
    longest = len(beginning) + 4
    expected = {form for form in usual() if form.startswith(beginning) and len(form) <= longest}
    assert set(usual_tree().completions(beginning, 4)) == expected


def test_the_shipped_tree_is_that_of_the_list() -> None:
    shipped = open_mapped(dictionaries.data_file(FILE))
    assert {name: array.tolist() for name, array in shipped.arrays.items()} == {
        n: a.tolist() for n, a in tree().items()
    }


def test_a_tree_holds_what_it_was_made_of(tmp_path: Path) -> None:
    path = tmp_path / FILE
    write_mapped(path, laid_out(["да", "дар", "дача", "даль", "don't", "ё", ""]), {})
    made = UsualTree(open_mapped(path))
    assert sorted(made.completions("", 9)) == ["да", "даль", "дар", "дача"]
    assert sorted(made.completions("да", 1)) == ["да", "дар"]
    assert list(made.longer("даь")) == ["даль"]
