"""Foreign text in what is printed: it commands no program that runs checks, moves no cursor and turns no line."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collation.pipeline import examine
from collation.reading import read_text
from collation.system.escaping import inert, pictured, visible, visible_line
from collation.writers import WRITERS
from collation.writers.as_html import write_index
from collation.writers.summary import summarise
from gate_repository import WRONG, letter, run, run_on_names, write

UNSEEN = "\x1b]0;x\x07\x7f\x9b\u202e\u2066\u200f\u061c\u2028"
LOOK = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
NAMES = (
    "::stop-commands::k", "\u00a0 ::add-mask::a", "z##[add-mask]e", "##vso[task.setvariable variable=a]b", "n\n::error::forged",
    "r\r::error::forged", "\x1b[31m\u202ered",
)  # fmt: skip
WORDS = "##[set-output name=ok]true ::error::forged ##vso[task.complete]x"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    write(tmp_path / "collation.toml", "")
    return tmp_path


def commands(output: str) -> list[str]:
    """The lines that the runner of GitHub takes for commands, as its ActionCommand reads them, and those of Azure."""
    found = []
    for line in re.split(r"\r\n|\r|\n", output):
        new = line.lstrip().startswith("::") and "::" in line.lstrip()[2:]
        if new or re.search(r"##\[[^\]]*\]|##vso\[[^\]]*\]", line):
            found.append(line)
    return found


def test_the_reading_of_commands_finds_them() -> None:
    assert len(commands(" ::error::a\nb ##[add-mask]c\nd::e::\n##vso[x]y\n\u00a0::f::")) == 4


def _repository(root: Path) -> None:
    for n, name in enumerate(NAMES):
        write(
            root / "d" / name / f"{name}.txt",
            letter(WRONG, number=700 + n, above=f"Он прпбыл {WORDS} {UNSEEN} в Москву.\n\n"),
        )
        write(root / "d" / name / f"empty {name}.txt", b"")


@pytest.mark.parametrize("form", ["text", "full", "github", "json", "sarif"])
def test_names_and_words_can_issue_no_command_to_a_runner(here: Path, form: str) -> None:
    """Standard output and standard error are both read; only the annotations of the program itself are commands."""
    _repository(here)
    code, out, err = run_on_names("check", "d", "--format", form)
    assert code == 2 and "forged" in out
    own = [line for line in commands(out) if form == "github" and re.match(r"::(error|warning|notice) ?[^:]*::", line)]
    assert [line for line in commands(out) if line not in own] == []
    assert commands(err) == []
    errors = [line for line in own if line.startswith("::error")]
    assert len(errors) == (10 if form == "github" else 0)  # the limit of each level
    assert len(own) - len(errors) <= 10


@pytest.mark.parametrize(
    "words", [("report", "d", "--out", "r"), ("apply", "d", "--out", "e"), ("baseline", "write", "d"), ("doctor", "d")]
)
def test_what_the_other_commands_say_commands_nothing_either(here: Path, words: tuple[str, ...]) -> None:
    _repository(here)
    _, out, err = run_on_names(*words)
    assert commands(out + err) == [] and not LOOK.search(out + err)


def test_a_fault_that_quotes_the_document_commands_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "d/a.txt", letter())

    def fails(*rest: object, **named: object) -> None:
        raise ValueError(f"{WORDS}\n::error::forged{UNSEEN}")

    monkeypatch.setattr("collation.pipeline.examine", fails)
    code, out, err = run("check", "d", "--no-cache")
    assert code == 2 and "forged" in err
    assert commands(out + err) == [] and not LOOK.search(out + err)


@pytest.mark.parametrize("form", ["text", "full", "github", "json", "sarif"])
def test_what_is_not_seen_is_shown_in_the_report_of_a_check(here: Path, form: str) -> None:
    _repository(here)
    _, out, err = run_on_names("check", "d", "--format", form)
    assert not LOOK.search(out + err)
    if form == "full":
        assert r"\u202e" in out
    if form == "github":
        assert not LOOK.search((here / "summary.md").read_text(encoding="utf-8"))
    if form == "json":  # an escape of JSON is the character itself
        assert any("\u202e" in f["file"] for f in json.loads(out)["findings"])


@pytest.mark.parametrize("form", ["html", "md"])
def test_what_is_not_seen_is_shown_on_the_pages(form: str) -> None:
    text = letter(above=f"Он прпбыл {UNSEEN} в Москву.\n\n").replace("Letter", f"Letter {UNSEEN}")
    apparatus = examine(read_text(text, label=f"a{UNSEEN}.txt"))
    page = WRITERS[form].write(apparatus)
    index = WRITERS[form].index
    assert index is not None
    for written in (page, index([summarise("a", apparatus)])):
        assert not LOOK.search(written)
        assert r"\u202e" in written
    assert r"\u001b" in page


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "a.txt:11"),
        ("align", "a.txt"),
        ("align", "a.txt", "--format", "json"),
        ("collate", "a.txt", "b.txt"),
        ("collate", "a.txt", "b.txt", "--format", "json"),
    ],
)
def test_what_is_not_seen_is_shown_on_the_terminal(here: Path, words: tuple[str, ...]) -> None:
    write(here / "a.txt", letter(above=f"Он прпбыл{UNSEEN} в Москву.\n\n"))
    shutil.copy(here / "a.txt", here / "b.txt")
    code, out, err = run(*words)
    assert code == 0 and not LOOK.search(out + err)
    if "json" in words:
        json.loads(out)


def test_no_cell_of_the_table_is_a_formula() -> None:
    text = letter().replace('"Letter"', '"=HYPERLINK(""http://x"")"')
    apparatus = examine(read_text(text, label="@SUM(A1).txt"))
    for name in ("=1+1.txt", "+1.txt", "-1.txt", "@SUM(A1).txt", "\t=1.txt", " =1.txt", "a.txt"):
        summary = summarise("a", apparatus)
        page = write_index(
            [summary.__class__(**{**{f: getattr(summary, f) for f in summary.__slots__}, "label": name, "title": name})]
        )
        table = unquote(re.search(r'href="data:text/csv;charset=utf-8,([^"]*)"', page)[1])  # type: ignore[index]
        rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
        assert len(rows) == 2
        for cell in rows[1]:
            assert cell.isdigit() or not cell.lstrip().startswith(("=", "+", "-", "@")), cell
        assert name.strip() in rows[1][0] or "\t" in name


@given(st.text(st.characters() | st.sampled_from("\x1b\u202e:#[]\n\r \u00a0"), max_size=60))
def test_inert_text_is_visible_and_commands_nothing(text: str) -> None:
    made = inert(text)
    assert not LOOK.search(made) and commands(made) == [] and not re.search(r"##[\w-]*\[", made)
    assert inert(made) == made
    assert not re.search(r"[\n\t]", visible_line(text)) and not LOOK.search(visible_line(text))
    assert len(pictured(text)) == len(text)


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x1b\u202e:#["), max_size=60))
def test_json_that_is_made_inert_says_the_same(text: str) -> None:
    made = inert(json.dumps({"a": text, "b": [text]}, ensure_ascii=False))
    assert json.loads(made) == {"a": text, "b": [text]}


def test_a_plain_text_stays_as_it_is() -> None:
    for text in ("Обычный текст: 5 мая, #[1] и ## 2.\n\tТаблица\n", "12:30::x", "https://x.org/a::b"):
        assert inert(text) == visible(text) == text
