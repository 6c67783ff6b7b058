"""What the five documents must show, as a historian would look for it: the examples for which the program was made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from collation.model import Apparatus, Entry
from collation.writers import write_markdown

Examined = Callable[[str], Apparatus]


def at(found: Apparatus, lemma: str, *, after: str = "") -> Entry:
    """The entry on these words, the first behind ``after``."""
    text = found.source.text
    start = text.index(lemma, text.index(after) + len(after))
    return next(e for e in found.entries if e.place.start < start + len(lemma) and start < e.place.stop)


@pytest.mark.parametrize(
    ("lemma", "after", "reading"),
    [
        ("топорь", "", "теперь"),
        ("вместо", "так как мы", "вместе"),
        ("но", "этого бояться? Конечно", "не"),
        ("пяти-пятидесятых", "", "пяти-шести дивизиях"),
        ("ШТЯКОВУ", "", "ШТЫКОВУ"),
    ],
)
def test_the_first_reading_is_the_right_one(examined: Examined, lemma: str, after: str, reading: str) -> None:
    entry = at(examined("003"), lemma, after=after)
    assert entry.tier == "emend"
    assert entry.readings[0].edits[0].text == reading


def test_a_slip_that_the_translator_saw_too_stands_with_a_note(examined: Examined) -> None:
    entry = at(examined("003"), "сентября", after="от Мао 7")
    assert entry.readings[0].edits[0].text.endswith("октября")
    assert entry.ruling == "stands"


def test_the_year_in_the_english_footer_is_the_side_at_fault(examined: Examined) -> None:
    entry = at(examined("002"), "1940", after="Sent by Shcherbakova")
    assert entry.side == "translation" and entry.tier == "emend"
    assert entry.readings[0].edits[0].text.endswith("1950")


def test_the_worst_of_the_letter_come_first(examined: Examined) -> None:
    page = write_markdown(examined("003"))
    worst = page.partition("## The worst places\n")[2].partition("\n## ")[0].strip().splitlines()
    assert len(worst) == 5
    for words in ("**но** следует", "7 **сентября**", "**ШТЯКОВУ**"):
        assert any(words in line for line in worst)
