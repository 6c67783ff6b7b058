"""Which kinds of words follow one another, and where a name is missing between two of them."""

from __future__ import annotations

import pytest

from collation.knowledge.words.word_kinds import kinds_of, name_gain, small_words
from collation.languages.en import ENGLISH
from collation.languages.ru import RUSSIAN
from collation.learning.joint_counts import rows, sentences
from collation.model.language import Language


def gains(line: str, language: Language = ENGLISH) -> list[tuple[float, str]]:
    (tokens,) = sentences([line], language)
    kinds = kinds_of(tokens, language.code, small_words(language.code))
    return [(name_gain(language.code, a, b), t.text) for a, b, t in zip(kinds, kinds[1:], tokens, strict=False)]


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("The workers who came from the were standing at the gates of the factory.", "were"),
        ("The old songs of the north sound in or Swedish much like ours.", "or"),
        ("The train passed Orel, Kursk and and stopped in the evening.", "and"),
        ("He told the of the government that he agreed.", "of"),
    ],
)
def test_a_name_that_is_left_out_would_make_its_place_more_usual(line: str, before: str) -> None:
    gain, word = max(gains(line))
    assert word == before and gain > 1.0


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
    assert max(gains(line, language))[0] < 0.0


def test_pairs_are_counted_with_small_words_by_themselves() -> None:
    texts = list(sentences(["He went to the house."] * 6 + ["He went to Moscow in 1920."] * 5, ENGLISH))
    table = {tuple(row.split("\t")[:3]): int(row.split("\t")[3]) for row in rows(texts, ENGLISH)}
    assert table["en", "he", "W-INFN"] == 11, "as the Russian verb that renders it is listed"
    assert table["en", "to", "N"] == 5, "a name inside a sentence"
    assert table["en", "in", "#"] == 5
    assert all(times >= 5 for times in table.values())


def test_nothing_is_known_of_an_unlisted_language() -> None:
    assert name_gain("xx", "the", "of") == 0.0 and not small_words("xx")
