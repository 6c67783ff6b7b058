"""Where a sentence lacks a name or a negation, and how that is learned."""

from __future__ import annotations

import random

import numpy as np
import pytest

from collation.knowledge.words.gap_model import BUCKETS, Lost, gaps
from collation.languages.en import ENGLISH
from collation.languages.ru import RUSSIAN
from collation.learning.gap_training import as_bytes, found, gaps_of, learned, sentences
from collation.model.language import Language

SURE = 0.5  # log-odds


def lacking(line: str, language: Language = ENGLISH, lost: Lost = "name") -> list[tuple[float, str]]:
    """The log-odds of a lost word before each token of a sentence."""
    (tokens,) = sentences([line], language)
    odds = gaps(tokens, language.code, lost, language.function_words)
    return [(value, token.text) for value, token in zip(odds, tokens, strict=True)]


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("The workers who came from the were standing at the gates of the factory.", "were"),
        ("The old songs of the north sound in or Swedish much like ours.", "or"),
        ("The train passed Orel, Kursk and and stopped in the evening.", "and"),
        ("He told the of the government that he agreed.", "of"),
    ],
)
def test_a_name_is_lost_where_its_neighbours_do_not_follow_one_another(line: str, before: str) -> None:
    odds, word = max(lacking(line))
    assert word == before and odds > SURE


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("The minister told the delegation of the Soviet Union that he agreed.", ENGLISH),
        ("He looked at the house and said nothing.", ENGLISH),
        ("Министр сказал делегации Советского Союза, что согласен.", RUSSIAN),
        ("Он посмотрел на дом и ничего не сказал.", RUSSIAN),
    ],
)
def test_a_whole_sentence_lacks_no_name(line: str, language: Language) -> None:
    assert max(lacking(line, language))[0] < SURE


def test_a_negation_is_lost_where_did_is_left_before_its_verb() -> None:
    odds, word = max(lacking("The workers did answer the letter of the ministry.", ENGLISH, "negation"))
    assert word == "answer"
    assert odds > max(lacking("The workers did not answer the letter of the ministry.", ENGLISH, "negation"))[0]


def test_nothing_is_known_of_an_unlisted_language() -> None:
    (tokens,) = sentences(["He went to the house."], ENGLISH)
    assert gaps(tokens, "xx", "name", frozenset()) == (0.0,) * len(tokens)


def test_gaps_are_learned_from_words_that_are_taken_out() -> None:
    texts = list(sentences(["We left for Paris in spring.", "He saw the house and the old garden."] * 40, ENGLISH))
    rows, labels = gaps_of(texts, ENGLISH, "name", random.Random(1))
    assert int(labels.sum()) == 40, "one for each Paris, none for the first words"
    weights = learned((rows, labels), seed=1)
    assert min(found(weights, (rows, labels))) == 1.0
    assert as_bytes(weights).shape == (BUCKETS + 1,) and as_bytes(weights).dtype == np.uint8
