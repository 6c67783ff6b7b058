"""The store of a collection and the concordance: what is in them, renewed, shared, killed, and the same without a store."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collation.commands.app import app
from collation.decisions.ruling_log import append, log_path
from collation.project.store import NAME, schema
from made import at, rule

runner = CliRunner()
HEAD = "**October 8, {year}**\n**Letter**\n\n**Citation:**\n\n“Letter”, October 8, {year}, Made for a test. <https://digitalarchive.wilsoncenter.org/document/{number}>\n\n**Contents:**\n\nOriginal Scan\nTranslation - English\n\n"
LETTERS = {
    "1.txt": (
        1950,
        "Он прпбыл в Москву 5 мая и встре-\nтил товарища.",
        "He arrived in Moscow on 5 May and met a comrade.",
    ),
    "2.txt": (1951, "Делегации были встречены в Москве.", "The delegations were met in Moscow."),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two letters; the results are kept for all tests."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d").mkdir()
    for number, (name, (year, russian, english)) in enumerate(LETTERS.items(), 100_001):
        text = HEAD.format(year=year, number=number) + f"{russian}\n\n{english}\n"
        (tmp_path / "d" / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*args: str) -> tuple[int, str, str]:
    result = runner.invoke(app, list(args))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def rows(query: str) -> list[tuple[object, ...]]:
    base = sqlite3.connect(NAME)
    found = base.execute(query).fetchall()
    base.close()
    return found


def test_a_store_has_the_documents_their_doubts_and_words(here: Path) -> None:
    code, out, _ = run("store", "d")
    assert code == 0 and "documents: 2" in out and "written: 2" in out
    assert rows("SELECT label, year FROM documents ORDER BY label") == [("d/1.txt", 1950), ("d/2.txt", 1951)]
    assert rows("SELECT label, lemma, reading, state FROM places WHERE code = 'LEX101'") == [
        ("d/1.txt", "прпбыл", "прибыл", "open")
    ]
    assert rows("SELECT form, lemmas, documents FROM words WHERE form LIKE 'москв%' ORDER BY form") == [
        ("москве", "москва", 1),
        ("москву", "москва", 1),
    ]
    assert rows("SELECT count FROM words WHERE form = 'встретил'") == [(1,)], "a word broken at a line end is one"


def test_a_store_is_renewed_where_something_changed(here: Path) -> None:
    run("store", "d")
    before = rows("SELECT * FROM entries")
    assert "written: 0, unchanged: 2, removed: 0" in run("store", "d")[1]
    assert rows("SELECT * FROM entries") == before
    (here / "d/2.txt").unlink()
    (here / "d/1.txt").write_text("Он прибыл.\n", encoding="utf-8")
    assert "written: 1, unchanged: 0, removed: 1" in run("store", "d")[1]
    assert rows("SELECT label FROM documents") == [("d/1.txt",)]
    assert rows("SELECT count(*) FROM occurrences WHERE document_id NOT IN (SELECT id FROM documents)") == [(0,)]


def test_a_ruling_changes_the_state_in_the_store_and_no_text(here: Path) -> None:
    run("store", "d")
    text = (here / "d/1.txt").read_text(encoding="utf-8")
    append(log_path(here / "d/decisions", "anna"), [rule(text, at(text, "прпбыл"), document="100001")])
    assert "written: 0, unchanged: 2" in run("store", "d")[1]
    assert rows("SELECT rulings.state, verdict, editor FROM rulings JOIN entries ON entries.id = entry_id") == [
        ("settled", "reject", "anna")
    ]


@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize("asked", [("москва", "--lemma"), ("Moscow",), ("прпбыл",), ("встретил",), ("meet", "--lemma")])
def test_the_same_is_found_with_the_store_and_without(here: Path, asked: tuple[str, ...], form: str) -> None:
    word, *more = asked
    without = run("find", word, "d", *more, "--format", form)
    assert without[0] == 0
    run("store", "d")
    assert run("find", word, "d", *more, "--format", form) == without


def test_a_word_is_found_with_its_line_its_opposite_and_its_doubt(here: Path) -> None:
    (found,) = map(json.loads, run("find", "ПРПБЫЛ", "d", "--format", "json")[1].splitlines())
    text = (here / "d/1.txt").read_text(encoding="utf-8")
    assert found["line"] == text[: text.index("прпбыл")].count("\n") + 1
    assert found["opposite"] == LETTERS["1.txt"][2] and found["before"].endswith("Он ")
    assert [(d["code"], d["state"], d["reading"]) for d in found["doubts"]] == [("LEX101", "open", "прибыл")]
    assert run("find", "прибыть", "d")[1] == ""
    by_lemma = list(csv.DictReader(io.StringIO(run("find", "Москва", "d", "--lemma", "--format", "csv")[1])))
    assert [row["word"] for row in by_lemma] == ["Москву", "Москве"]


def test_a_document_that_changed_since_is_told(here: Path) -> None:
    run("store", "d")
    with (here / "d/2.txt").open("a", encoding="utf-8") as file:
        file.write("Yours.\n")
    code, out, err = run("find", "москве", "d")
    assert code == 0 and "[Москве]" in out and "d/2.txt" in err and "collation store" in err


def test_a_file_that_is_no_store_is_left_alone(here: Path) -> None:
    base = sqlite3.connect(NAME)
    base.execute("CREATE TABLE own (a)")
    base.close()
    before = (here / NAME).read_bytes()
    assert run("store", "d")[0] == 2 and (here / NAME).read_bytes() == before
    (here / NAME).write_bytes(b"no database at all, and long enough to be looked at" * 9)
    code, _, err = run("store", "d")
    assert code == 2 and NAME in err and "Traceback" not in err


def test_a_store_of_another_version_is_made_anew(here: Path) -> None:
    run("store", "d")
    base = sqlite3.connect(NAME)
    base.execute("PRAGMA user_version = 999")
    base.execute("DROP VIEW places")
    base.close()
    assert "written: 2" in run("store", "d")[1]
    assert len(rows("SELECT * FROM places")) >= 1


WRITING = """
import os, signal, sys
from collation.project.store import Store
right = Store._put_entries
def killed(self, *args):
    right(self, *args)
    if sys.argv[-1] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
Store._put_entries = killed
from collation.commands.app import app
app(args=["store", "d"])
"""


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_a_store_whose_maker_was_killed_has_whole_documents(here: Path) -> None:
    assert run("store", "d", "--out", "other.sqlite")[0] == 0
    done = subprocess.run([sys.executable, "-c", WRITING, "killed"], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert rows("PRAGMA integrity_check") == [("ok",)]
    assert rows("SELECT count(*) FROM documents") == [(0,)] == rows("SELECT count(*) FROM entries")
    assert "written: 2" in run("store", "d")[1]


def test_two_that_make_one_store_lose_nothing(here: Path) -> None:
    command = [sys.executable, "-c", WRITING, "whole"]
    makers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [maker.communicate() for maker in makers]
    assert [maker.returncode for maker in makers] == [0, 0], said
    assert rows("SELECT count(*) FROM documents") == [(2,)]
    assert rows("PRAGMA foreign_key_check") == [] and rows("PRAGMA integrity_check") == [("ok",)]


def test_the_page_of_the_store_has_its_tables() -> None:
    page = (Path(__file__).parents[1] / "docs" / "store.md").read_text(encoding="utf-8")
    assert schema().strip() in page
