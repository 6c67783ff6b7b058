"""Planted noise: its gold leads back to the clean text, and the doubts of a noisy text are labelled by it."""

from __future__ import annotations

import pytest

from collation.knowledge.words import morphology
from collation.learning.examples import Example, examples, from_document
from collation.learning.noise import Corruption, Noisy, corrupt
from collation.model import Document
from collation.reading import read_text
from parallel_texts import text

SEEDS = range(16)


@pytest.fixture(scope="module")
def document() -> Document:
    return read_text(text(1), label="any")


@pytest.fixture(scope="module")
def drawn(document: Document) -> list[Noisy]:
    return [corrupt(document, seed=seed, rate=0.3) for seed in SEEDS]


def restored(noisy: Noisy) -> str:
    """The text with every planted error taken back at the offsets of the gold."""
    found = noisy.text
    for g in sorted(noisy.gold, key=lambda g: -g.start):
        found = found[: g.start] + g.clean + found[g.stop :]
    return found


def test_the_gold_restores_the_clean_text(document: Document, drawn: list[Noisy]) -> None:
    assert sum(len(noisy.gold) for noisy in drawn) > 150
    assert {restored(noisy) for noisy in drawn} == {document.text}


def test_the_gold_names_what_is_there_now_and_does_not_overlap(drawn: list[Noisy]) -> None:
    for noisy in drawn:
        assert all(noisy.text[g.start : g.stop] == g.noisy != g.clean for g in noisy.gold)
        assert all(a.stop <= b.start for a, b in zip(noisy.gold, noisy.gold[1:], strict=False))


def test_the_translation_stays_as_it_was(document: Document, drawn: list[Noisy]) -> None:
    assert document.translation is not None
    english = document.text[document.translation.segments[0].place.start :]
    assert all(noisy.text.endswith(english) for noisy in drawn)


def test_the_seed_decides(document: Document, drawn: list[Noisy]) -> None:
    assert corrupt(document, seed=5, rate=0.3) == drawn[5]
    assert len({noisy.text for noisy in drawn}) == len(drawn)


def test_every_kind_of_error_is_planted_and_named_for_what_it_is(drawn: list[Noisy]) -> None:
    planted = [g for noisy in drawn for g in noisy.gold]
    assert {g.kind for g in planted} == {"spelling", "real-word", "grammar", "name", "merge", "split"}
    for g in planted:
        if g.kind == "real-word":
            assert morphology.is_known(g.noisy), g
        if g.kind == "grammar":
            assert set(morphology.lemmas(g.noisy)) & set(morphology.lemmas(g.clean)), g
        if g.kind == "split":
            assert g.noisy.replace(" ", "") == g.clean
        if g.kind == "merge":
            assert " " in g.clean and " " not in g.noisy


def test_no_noise_gives_the_text_itself(document: Document) -> None:
    assert corrupt(document, seed=1, rate=0.0) == Noisy(document.text, ())


@pytest.fixture(scope="module")
def labelled() -> list[Example]:
    """The doubts of a text in which one word is wrong."""
    clean = text(0)
    at = clean.index("народу")
    gold = Corruption(at, at + 6, "народу", "народк", "spelling")
    noisy = Noisy(clean.replace("народу", "народк", 1), (gold,))
    return list(examples(noisy, label="one"))


def test_the_planted_error_is_labelled_wrong_and_nothing_else(labelled: list[Example]) -> None:
    (wrong,) = [e for e in labelled if e.wrong]
    assert "народк" in wrong.observed and wrong.kind == "spelling" and wrong.document == "one"
    assert all(not e.kind and not any(e.right) for e in labelled if not e.wrong)


def test_the_reading_that_restores_the_text_is_right_and_no_other(labelled: list[Example]) -> None:
    (wrong,) = [e for e in labelled if e.wrong]
    assert [words for words, right in zip(wrong.texts, wrong.right, strict=True) if right] == ["народу"]
    assert len(wrong.texts) > 1 and len(wrong.rows) == len(wrong.texts)


def test_errors_on_the_other_side_make_no_russian_word_wrong() -> None:
    noisy = text(0).replace("народу", "народк", 1)
    at = noisy.index("народк")
    gold = (Corruption(at, at + 6, "народу", "народк", "spelling", side="en"),)
    assert not any(e.wrong for e in from_document(read_text(noisy, label="one"), gold, label="one"))
