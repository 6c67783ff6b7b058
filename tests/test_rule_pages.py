"""The pages of the rules say what the rules do, and are those that ``make golden`` prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from collation.proposers import PROPOSERS
from collation.writers.rule_pages import Hits, drawn, index_page, pages, read_hits, rule_page

ROOT = Path(__file__).parents[1]
PAGES = pages(PROPOSERS, ROOT / "tests" / "cases", ROOT / "docs" / "rules" / "hits.txt")
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


def test_figures_are_read_from_an_output_of_the_benchmark() -> None:
    text = "F1   0.6\nrule      right  false  documents\nLEX101       12      3          7\n"
    assert read_hits(text) == {"LEX101": Hits(12, 3, 7)}


def test_a_page_tells_what_why_and_how_well() -> None:
    rule = next(r for r in PROPOSERS if r.code == "LEX101")
    page = rule_page(rule, CASES, Hits(12, 3, 1))
    assert page.startswith(f"# LEX101: {rule.name}\n")
    assert "Blind" in page
    assert "прпбыл" in page and "и`они" not in page
    assert "12 right flags in 1 document of the development set, 3 false ones." in page
    assert "Measured" not in rule_page(rule, CASES, None)


def test_the_list_names_every_rule() -> None:
    listed = index_page(PROPOSERS, {})
    assert all(f"[{rule.code}]({rule.code}.md)" in listed for rule in PROPOSERS)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_pages_are_up_to_date(name: str) -> None:
    path = ROOT / "docs" / "rules" / name
    assert path.is_file(), f"{name} is missing; make golden writes it"
    assert path.read_text(encoding="utf-8") == PAGES[name], f"{name} has changed; look at it, then make golden"


def test_no_page_without_a_rule() -> None:
    assert {path.name for path in (ROOT / "docs" / "rules").glob("*.md")} <= set(PAGES)
