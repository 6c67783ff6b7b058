"""Every word that a page or a report asks for is in a table, in both languages: a word is looked up when it is printed, and one
that only a rare document needs would be missed then."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

import collation
from collation.review.labels import page_label
from collation.writers.phrases import LANGS, label, table

PACKAGE = Path(collation.__file__).parent
WRITERS, PAGES = PACKAGE / "writers/templates", PACKAGE / "review/web/templates"
OF_THE_PAGE = (*table("labels.tsv"), *table(str(PACKAGE / "review/labels.tsv")))
_ASKED = regex.compile(r"\b(?:t|label)\(\s*([\"'])(?P<key>[^\"']+)\1\s*(?P<more>~?)")


def asked_by_templates(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """Each key that a template asks for, with where; whether it is only the beginning of one."""
    for path in sorted(folder.glob("*.j2")):
        for found in _ASKED.finditer(path.read_text(encoding="utf-8")):
            yield path.name, found["key"], bool(found["more"])


def asked_by_modules(*folders: str, names: tuple[str, ...]) -> Iterator[tuple[str, str, bool]]:
    """The same of the modules of some rooms, by the functions and methods that look a word up."""
    for path in sorted(path for folder in folders for path in (PACKAGE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            asked = node.args[0]
            for key in (asked.body, asked.orelse) if isinstance(asked, ast.IfExp) else (asked,):
                first = key.values[0] if isinstance(key, ast.JoinedStr) else key
                if called in names and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield f"{path.name}:{node.lineno}", first.value, isinstance(key, ast.JoinedStr)


def missing(asked: Iterator[tuple[str, str, bool]], known: tuple[str, ...]) -> list[str]:
    listed = list(asked)
    return [
        f"{where}: {key}"
        for where, key, begins in listed
        if not (any(k.startswith(key) for k in known) if begins else key in known)
    ]


def test_every_word_of_the_reports_is_in_the_table() -> None:
    known = tuple(table("labels.tsv"))
    assert missing(asked_by_templates(WRITERS), known) == []
    assert missing(asked_by_modules("writers", "gate", "edition", names=("label",)), known) == []


def test_every_word_of_the_review_is_in_a_table() -> None:
    assert missing(asked_by_templates(PAGES), OF_THE_PAGE) == []


def test_every_word_of_the_terminal_is_in_a_table() -> None:
    asked = asked_by_modules("review/terminal", names=("word", "label", "terminal_label"))
    assert missing(asked, (*OF_THE_PAGE, *table(str(PACKAGE / "review/terminal/terminal.tsv")))) == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_is_said_in_both_languages(lang: str) -> None:
    assert all(label(key, lang).strip() for key in table("labels.tsv"))  # type: ignore[arg-type]
    assert all(page_label(key, lang).strip() for key in OF_THE_PAGE)  # type: ignore[arg-type]
