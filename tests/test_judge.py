"""The learned part of the judge: what moved it adds up to what it says; inner nodes are the means of their leaves."""

from __future__ import annotations

import numpy as np
import pytest

from collation.judge.account import account
from collation.judge.model import Forest, load
from collation.pipeline import examine, trail
from collation.reading import read_text
from collation.settings import Settings

# Two trees over two features: the first asks twice, the second once.
TREES = [
    ([0, 0, 1, 0, 0], [1.5, 0.0, 0.5, 0.0, 0.0], [1, -1, 3, -1, -1], [2, -1, 4, -1, -1], [0.1, -0.3, 0.5, 0.2, 0.8]),
    ([1, 0, 0], [2.0, 0.0, 0.0], [1, -1, -1], [2, -1, -1], [0.0, -0.4, 0.4]),
]


@pytest.mark.parametrize("row", [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (2.0, 3.0)])
def test_contributions_lead_from_the_roots_to_the_score(row: tuple[float, float]) -> None:
    forest = Forest.made(-1.0, TREES)
    roots = forest.base + sum(float(tree[4][0]) for tree in forest.trees)
    moved = forest.contributions(row)
    assert roots + sum(moved.values()) == pytest.approx(float(forest.score(np.array([row]))[0]))


def test_a_feature_that_was_not_asked_moved_nothing() -> None:
    assert set(Forest.made(0.0, TREES[:1]).contributions((1.0, 9.0))) == {0}


def test_the_account_of_a_doubt_leads_to_its_probability() -> None:
    text = "Если война неизбежна, то пусть она будет топорь.\n\nIf war is inevitable, then let it be now.\n"
    _, _, verdicts = trail(read_text(text, label="any"), settings=Settings())
    weights = load()
    verdict = next(v for v in verdicts if v.doubt.place.of(text) == "топорь")
    told = account(verdict, weights)
    assert told is not None
    roots = weights.places.base + sum(float(tree[4][0]) for tree in weights.places.trees)
    odds = weights.scale * roots + sum(moved for _, _, moved in told.place) + weights.shift
    assert 1 / (1 + np.exp(-odds)) == pytest.approx(verdict.probability, abs=1e-6)
    assert [abs(m) for _, _, m in told.place] == sorted((abs(m) for _, _, m in told.place), reverse=True)


def test_a_rule_that_knows_what_befell_a_word_names_the_entry() -> None:
    found = examine(read_text("Рабочие завoда приняли резолюцию против войны.\n", label="any"))
    assert [(e.code, e.readings[0].text) for e in found if e.lemma == "завoда"] == [("LEX104", "завода")]


def test_idle_readings_do_not_hide_an_impossible_date() -> None:
    text = "Справка составлена 45 октября 1948 г.\n\nПисьмо получено 12 ноября 1948 г.\n"
    entry = next(e for e in examine(read_text(text, label="any")) if "октября" in e.lemma)
    assert entry.code == "VAL503"
    assert "октябре" not in [reading.text for reading in entry.readings]
