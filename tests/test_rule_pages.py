"""The pages of the rules say what the rules do, and are those that ``make golden`` prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tools.rule_pages import Figures, Hits, drawn, index_page, pages, read_measured, rule_page

from collation.rules import RULES

ROOT = Path(__file__).parents[1]
PAGES = pages(RULES, ROOT / "tests" / "cases", ROOT / "docs" / "rules" / "figures.json")
CASES = """\
# a remark
R  Он прпбыл.
      ^^^^^^ LEX101 | прибыл

R  Мы ждали и`они.
            ^^^^^ LEX106 | и они

=  Он прибыл.
"""


def test_a_rule_has_its_own_cases() -> None:
    finds, alone = drawn(CASES, "LEX101")
    assert finds == ["R  Он прпбыл.\n      ^^^^^^ LEX101 | прибыл"]
    assert alone == ["=  Он прибыл."]


FIGURES = Figures(
    "dev", 8, {"name": (10, 4), "spelling": (40, 20)}, {"LEX101": Hits(12, 3, 1, {"name": 2, "spelling": 10})}
)


def test_the_figures_are_those_of_the_weights_that_are_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import accuracy

    measured = json.loads((ROOT / "docs" / "rules" / "figures.json").read_text(encoding="utf-8"))
    assert measured["weights"] == accuracy.weights_digest(), "benchmarks/accuracy.py --rules-out, then make golden"


def test_figures_are_read_as_the_benchmark_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import accuracy
    from collation.learning.scoring import score_predictions

    text = "прпбыл топорь Ленен"
    gold = [
        {"doc": "d", "start": a, "end": b, "corr": [c], "kind": kind, "must": True, "_i": i, "side": "ru"}
        for i, (a, b, c, kind) in enumerate(
            [(0, 6, "прибыл", "spelling"), (7, 13, "теперь", "spelling"), (14, 19, "Ленин", "name")]
        )
    ]
    spans = [(0, 6, "LEX101"), (6, 7, "LEX101"), (14, 19, "NAM401")]
    flags = [
        {"doc": "d", "start": a, "end": b, "candidates": [], "confidence": 0.9, "code": code} for a, b, code in spans
    ]
    found = read_measured(accuracy.rule_figures(score_predictions(gold, flags, {"d": text}, {"d": 3}), "dev"))
    rules = {"LEX101": Hits(1, 1, 1, {"spelling": 1}), "NAM401": Hits(1, 0, 1, {"name": 1})}
    assert found == Figures("dev", 1, {"name": (1, 1), "spelling": (2, 1)}, rules)


def test_a_page_tells_what_why_and_how_well() -> None:
    rule = next(r for r in RULES if r.code == "LEX101")
    page = rule_page(rule, CASES, FIGURES)
    assert page.startswith(f"# LEX101: {rule.name}\n")
    assert "Blind" in page
    assert "прпбыл" in page and "и`они" not in page
    assert "8 documents of the set “dev”: 12 right, in 1 document, and 3 false. Precision 0.80." in page
    assert "| spelling | 40 | 10 | 0.25 | 0.50 |\n| name | 10 | 2 | 0.20 | 0.40 |" in page
    assert "Measured" not in rule_page(rule, CASES, None)
    silent = next(r for r in RULES if r.code == "LEX102")
    assert "No flag of the emend tier in 8 documents" in rule_page(silent, CASES, FIGURES)


def test_the_list_names_every_rule() -> None:
    listed = index_page(RULES, FIGURES)
    assert all(f"[{rule.code}]({rule.code}.md)" in listed for rule in RULES)
    assert "| non-word error | 12 | 3 | 1 | 0.80 | 0.25 of spelling |" in listed
    assert "Nothing was measured yet" in index_page(RULES, None)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_pages_are_up_to_date(name: str) -> None:
    path = ROOT / "docs" / "rules" / name
    assert path.is_file(), f"{name} is missing; make golden writes it"
    assert path.read_text(encoding="utf-8") == PAGES[name], f"{name} has changed; look at it, then make golden"


def test_no_page_without_a_rule() -> None:
    assert {path.name for path in (ROOT / "docs" / "rules").glob("*.md")} <= set(PAGES)
