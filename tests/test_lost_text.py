"""Lost text looks lost: a gap with its extent where the words were, and one stretch for what the other side has there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html

from collation.model import Apparatus, Entry, Feature
from collation.writers import write_html, write_markdown
from collation.writers.layout import lay_out
from collation.writers.lost import extent, gap_before, is_lost, lost_words, one_counterpart
from collation.writers.order import sign_name
from collation.writers.phrases import without_marks
from collation.writers.wording import in_words
from made import at, entry

TEXT = "от сепаратного мира с ского империализма. separate peace with the Japanese reactionaries as well as Japanese imperialism"


def lost(*words: str, says: str = "lost-words", side: str = "original", **values: str) -> Entry:
    features = (
        Feature("lost", 1.0, (), "", says, tuple(values.items())),
        Feature("f", 1.0, (), "", "fragment-of-word"),
    )
    made = entry(TEXT, at(TEXT, "ского"), "японского", side=side, code="LAC701", family="LAC", harm="loss")
    return replace(made, features=features, opposite=tuple(at(TEXT, word) for word in words))


def test_words_of_the_counterpart_are_one_stretch_though_one_between_was_answered() -> None:
    found = lost("the", "Japanese", "reactionaries", "well", english="the Japanese reactionaries as well")
    assert [place.of(TEXT) for place in one_counterpart(found)] == ["the Japanese reactionaries as well"]
    assert len(one_counterpart(lost("separate", "imperialism"))) == 2, "what is far off is another stretch"


@pytest.mark.parametrize(
    ("values", "count", "english", "russian"),
    [
        ({"english": "the Japanese reactionaries"}, 3, "about 3 words", "около 3 слов"),
        ({"english": "Japanese"}, 1, "about one word", "около одного слова"),
        ({}, 0, "text", "текст"),
    ],
)
def test_the_extent_is_counted_on_the_other_side(
    values: dict[str, str], count: int, english: str, russian: str
) -> None:
    found = lost(**values)
    assert is_lost(found) and gap_before(found) and lost_words(found) == count
    assert (extent(found, "en"), extent(found, "ru")) == (english, russian)


def test_words_that_are_there_and_wrong_are_not_lost() -> None:
    assert not is_lost(lost(says="invented", english="MINISTRY"))
    assert not is_lost(entry(TEXT, at(TEXT, "мира"), "мира,"))


def test_what_the_translation_left_out_is_told_by_its_side() -> None:
    left = lost(says="left-untranslated", side="translation", russian="от сепаратного мира", count="11")
    assert lost_words(left) == 11


def test_the_page_shows_a_gap_of_some_words_before_the_rest_of_one(examined: Callable[[str], Apparatus]) -> None:
    apparatus = examined("003")
    (found,) = (e for e in apparatus if e.code == "LAC701")
    assert sign_name(found) == "lost"
    layout = lay_out(apparatus)
    said = in_words(layout.item(found), layout, "en")
    assert without_marks(said.setting) == "‹…›ского"
    assert without_marks(said.proposal).startswith("about 14 words lost here; of these perhaps японского")
    number = layout.item(found).number
    page = html.document_fromstring(write_html(apparatus))
    (mark,) = page.xpath(f"//td[@class='original']//a[@data-n='{number}']")
    assert mark.text_content() == f"{number}‹about 14 wordsоколо 14 слов›ского"
    assert f"с <sup>{number}</sup>‹···›ского империализма" in write_markdown(apparatus)
    there = page.xpath(f"//td[@class='translation']//a[contains(concat(' ', @data-n, ' '), ' {number} ')]")
    opened = [a for a in there if " op" in a.get("class")]
    assert len(opened) == 1 and opened[0].text_content().startswith(f"{number}with the Japanese reactionaries, as well")
