"""The command line as somebody new meets it: version, help with examples that run, a project begun, what to do next."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import collation as co
from collation.commands.app import app
from collation.commands.examples import EXAMPLES
from collation.commands.init import SETTINGS, settings_file
from collation.commands.shown import coloured
from collation.project.configuration import KEYS, find_project
from collation.project.doctor import _EXTRAS
from collation.reading import read_text
from collation.system import console

ROOT = Path(__file__).parents[1]
TEXT = "Следует ли этого бояться?\n\nПусть она будет топорь, а не завтра.\n\nShould we fear this?\n\nLet it be waged now.\n"
CANNOT_RUN = re.compile(r"review|--changed-since|learn|import ")
"""What waits for an editor, wants a repository of git, or learns for hours."""


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words), prog_name="collation")
    return done.exit_code, done.output


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_has_two_names_and_examples(flag: str) -> None:
    code, said = run(flag)
    assert code == 0 and "Examples:\n    collation report letters" in said and "--install-completion" in said


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version") == (0, f"collation {co.__version__}\n")
    assert re.fullmatch(r"\d+\.\d+.*", co.__version__)


def test_every_command_has_examples() -> None:
    groups = {"baseline", "rulings"}
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert commands - groups == set(EXAMPLES) - {""}
    for name in commands - groups:
        assert EXAMPLES[name][0] in " ".join(run(name, "-h")[1].split("\n"))


@pytest.mark.parametrize("line", [x for lines in EXAMPLES.values() for x in lines if not CANNOT_RUN.search(x)])
def test_an_example_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CI", "1")
    (tmp_path / "letters").mkdir()
    for name in ("letter.txt", "letters/one.txt", "scan.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "transcript.txt").write_text(TEXT.replace("топорь", "теперь"), encoding="utf-8")
    code, said = run(*shlex.split(line)[1:])
    assert code == (1 if " check " in line else 0), said


def test_an_example_that_cannot_run_is_understood() -> None:
    commands = get_command(app)
    for line in (x for lines in EXAMPLES.values() for x in lines if CANNOT_RUN.search(x)):
        _, name, *words = shlex.split(line)
        command = commands.commands[name]  # type: ignore[attr-defined]
        command.make_context(name, [w for w in words if w != "--help"], resilient_parsing=True)


# A project begun.


def test_a_project_is_begun_with_every_setting_and_none_changed(tmp_path: Path) -> None:
    assert run("init", str(tmp_path))[0] == 0
    begun, bare = find_project(tmp_path), find_project(tmp_path.parent / "nowhere")
    assert begun.path == tmp_path / "collation.toml"
    assert (begun.settings, begun.limits) == (bare.settings, bare.limits)
    assert sorted(name for name, _, _ in SETTINGS) == sorted(KEYS)


def test_every_setting_of_the_file_can_be_switched_on() -> None:
    lines = [line.removeprefix("# ") for line in settings_file().splitlines() if " = " in line]
    assert set(tomllib.loads("\n".join(lines))) == set(KEYS)


@pytest.mark.parametrize(
    ("name", "text"), [("collation.toml", "fail-on = 'note'\n"), ("pyproject.toml", "[tool.collation]\n")]
)
def test_settings_that_are_there_are_left_as_they_are(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    code, said = run("init", str(tmp_path))
    assert code == 2 and "has the settings of the project already" in said
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == text


def test_the_extras_are_those_of_the_package() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = {
        extra: {re.split(r"[>=\[;]", d)[0] for d in listed} for extra, listed in declared.items() if extra != "dev"
    }
    assert {extra: set(packages) for extra, (packages, _) in _EXTRAS.items()} == named


# What is shown.


def test_a_folder_has_its_totals_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    said = run("report", "a.txt", "b.txt")[1]
    assert re.search(r"documents: 2 of 2; doubtful places: \d+; see reports.index\.html", said)
    assert "a.txt: " not in said.split("collation:")[0]
    assert "a.txt: doubtful places" in run("report", "a.txt", "b.txt", "-v")[1]


def test_levels_are_coloured_and_nothing_else_changes() -> None:
    line = "letters/a b.txt:2:16: error LEX101 топорь ] read теперь (.91)\n"
    shown = coloured(line)
    assert shown != line and "\x1b[31merror\x1b[0m LEX101" in shown
    assert re.sub(r"\x1b\[\d+m", "", shown) == line
    assert coloured("2 findings\n") == "2 findings\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colours_where_nobody_wants_them(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    class Screen:
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert console.wants_colour(Screen())  # type: ignore[arg-type]
    monkeypatch.setenv(name, value)
    assert not console.wants_colour(Screen())  # type: ignore[arg-type]


# The library's edges.


def test_the_library_shows_its_public_names() -> None:
    assert dir(co) == sorted(co.__all__)
    assert all(hasattr(co, name) for name in dir(co))


def test_a_table_without_findings_has_its_columns() -> None:
    pytest.importorskip("pandas")
    empty = co.examine("Он прибыл в Москву.").to_frame()
    assert len(empty) == 0 and list(empty.columns) == list(co.examine("Он прпбыл в Москву.").to_frame().columns)


@pytest.mark.parametrize(
    "date",
    [
        "17 September 1953",
        "17 September 1953.",
        "17th of September, 1953",
        "Thursday, 17 September 1953",
        "17 SEPTEMBER 1953",
    ],
)
def test_a_date_with_the_day_first_is_a_date(date: str) -> None:
    text = (
        f"{date}\nMinutes of Conversation\n\nCitation:\nX\n\nContents:\nОн прибыл в Москву.\n\nHe arrived in Moscow.\n"
    )
    found = {f.name: f.value for f in read_text(text, label="x.txt").file.catalogue.fields}
    assert (found["date"], found["title"]) == (date, "Minutes of Conversation")
