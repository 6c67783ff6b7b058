"""The notebook of the README runs as it is written."""

from __future__ import annotations

import doctest
from collections.abc import Iterator

import pytest

import collation
import collation as co

ORIGINAL = "В 1950 году война неизбежна. Пусть она будет топорь, а не через несколько лет. Письмо от 民國39年 получено."
TRANSLATION = "In 1950 the war is inevitable. Let it be waged now, and not in a few years. The letter of 1951 was received."


@pytest.fixture(scope="module")
def app() -> co.Examined:
    return co.examine(co.read(original=ORIGINAL, translation=TRANSLATION))


def test_package_example() -> None:
    assert doctest.testmod(collation).failed == 0
    assert doctest.testmod(collation).attempted > 0


def test_the_entry_is_found_by_its_words(app: co.Examined) -> None:
    assert app["топорь"].reading == "теперь"
    with pytest.raises(KeyError):
        app["этого слова нет"]


def test_why_quotes_the_translation(app: co.Examined) -> None:
    assert any("now" in line for line in app["топорь"].why())
    assert app["топорь"].why("ru") != app["топорь"].why("en")


def test_it_shows_itself(app: co.Examined) -> None:
    assert "топорь" in app._repr_html_()
    assert "entries" in repr(app)


def test_to_frame(app: co.Examined) -> None:
    frame = app.to_frame()
    assert list(frame[frame.text == "топорь"].reading) == ["теперь"]
    assert set(frame.columns) >= {"line", "text", "reading", "p", "side", "ruling", "why"}


def test_a_proposer_written_in_a_cell() -> None:
    @co.proposer(code="XVAL301", sides=("original",))
    def minguo(c: co.proposers.Context) -> Iterator[co.model.Hypothesis]:  # type: ignore[name-defined]
        for m in c.original.finditer(r"民國\d+年"):
            if not c.opposite(m).has_year(1911 + int(m[0][2:-1])):
                yield co.hypothesis(m, says="Minguo year")

    document = co.read(original=ORIGINAL, translation=TRANSLATION)
    plain = co.examine(document)
    more = co.examine(document, proposers=[*co.PROPOSERS, minguo])
    compared = co.compare(plain, more)
    assert [e.lemma for e in compared.only_second] == ["民國39年"]
    assert not compared.only_first


def test_strings_are_enough() -> None:
    assert co.examine("Они не получат письмо иностраннх дел.", None)["иностраннх"].reading == "иностранных"
