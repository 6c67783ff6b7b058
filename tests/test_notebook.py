"""The notebook of the README runs as it is written."""

from __future__ import annotations

import doctest
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import collation
import collation as co
from collation.errors import CollationError

ORIGINAL = "В 1950 году война неизбежна. Пусть она будет топорь, а не через несколько лет. Письмо от 民國39年 получено."
TRANSLATION = (
    "In 1950 the war is inevitable. Let it be waged now, and not in a few years. The letter of 1951 was received."
)


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


def test_a_rule_written_in_a_cell() -> None:
    @co.rule(code="XVAL301", sides=("original",))
    def minguo(c: co.evidence.context.Context) -> Iterator[co.model.Hypothesis]:  # type: ignore[name-defined]
        for m in c.original.finditer(r"民國\d+年"):
            if not c.opposite(m).has_year(1911 + int(m[0][2:-1])):
                yield co.hypothesis(m, says="Minguo year")

    document = co.read(original=ORIGINAL, translation=TRANSLATION)
    plain = co.examine(document)
    more = co.examine(document, rules=[*co.RULES, minguo])
    compared = co.compare(plain, more)
    assert [e.lemma for e in compared.only_second] == ["民國39年"]
    assert not compared.only_first


def test_the_old_names_still_work_and_say_so() -> None:
    with pytest.warns(DeprecationWarning, match=r"collation\.PROPOSERS is now collation\.RULES"):
        assert co.PROPOSERS is co.RULES
    with pytest.warns(DeprecationWarning, match=r"collation\.proposer is now collation\.rule"):
        assert co.proposer is co.rule
    with pytest.warns(DeprecationWarning, match="is now “rules”"):
        assert len(co.examine("Они не получат письмо иностраннх дел.", None, proposers=[])) == 0


def test_strings_are_enough() -> None:
    assert co.examine("Они не получат письмо иностраннх дел.", None)["иностраннх"].reading == "иностранных"


def test_rulings_are_made_and_carried_out_in_the_notebook(app: co.Examined) -> None:
    document = co.read(original=ORIGINAL, translation=TRANSLATION)
    log = co.decide(app, {"топорь": co.ACCEPT}, editor="C")
    assert "будет теперь, а не" in co.apply(document, app, log).original
    log = co.decide(app, {"топорь": co.emend("тотчас")}, editor="C", log=log)
    assert "будет тотчас, а не" in co.apply(document, app, log).original
    for choice in (co.REJECT, co.NEEDS_SCAN, co.stands("Так в документе.")):
        assert co.apply(document, app, co.decide(app, {"топорь": choice}, editor="C")).original == ORIGINAL


def test_every_name_of_the_package_is_there() -> None:
    for name in co.__all__:
        assert getattr(co, name) is not None
    assert set(co.__all__) <= set(dir(co))


def gold(app: co.Examined, *words: str) -> list[dict[str, object]]:
    text, name = app.apparatus.source.text, app.apparatus.source.label
    return [
        {
            "doc": name,
            "start": text.index(w),
            "end": text.index(w) + len(w),
            "corr": ["теперь"],
            "kind": "x",
            "must": True,
        }
        for w in words
    ]


def test_score_says_what_was_found_and_what_was_missed(app: co.Examined, tmp_path: Path) -> None:
    scored = co.score(app, gold(app, "топорь", "несколько"))
    assert (scored.hits, len(scored.found), scored.recall) == (1, 1, 0.5)
    assert scored.first_right() == (1.0, 0.5)
    assert "1 of 2 found" in repr(scored)
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(json.dumps(item) + "\n" for item in gold(app, "топорь")), encoding="utf-8")
    assert co.score(app, file).recall == 1.0


def test_gold_that_is_none_is_named_with_its_line(app: co.Examined, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('\n{"doc": "x"}\n', encoding="utf-8")
    with pytest.raises(CollationError, match=r"gold\.jsonl:2: this is no gold item"):
        co.score(app, file)
    with pytest.raises(CollationError, match="nothing of a document"):
        co.score(app, [])


def test_languages_that_are_not_known_are_told() -> None:
    with pytest.warns(UserWarning, match="“de”"):
        document = co.read(original=ORIGINAL, translation="Der Krieg ist unvermeidlich.", languages=("ru", "de"))
    assert document.translation is None
    with pytest.raises(CollationError, match=r"“uk”.*Russian \(“ru”\)") as raised:
        co.read(original=ORIGINAL, languages=("uk", "en"))
    assert raised.value.text("ru").endswith("данные есть только для: русского («ru»)")
