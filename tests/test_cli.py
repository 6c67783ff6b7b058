"""The command line: what is asked is done, what fails is reported with its path, the rest is done all the
same.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collation.commands.app import app
from collation.model import Apparatus, Document
from collation.pipeline import examine as pipeline_examine
from collation.settings import Settings
from collation.writers import read_json
from machine import PATIENCE, hear_interrupts, named

SEEDS = Path(__file__).parents[1] / "seeds"
SHORT = (
    "Он прпбыл в Москву 5 мая 1950 года и встретил товарища Штыкова.\n\n"
    "He arrived in Moscow on 5 May 1950 and met comrade Shtykov.\n"
)
OTHER = "Она прибыла в Пекин 6 июня.\n\nShe arrived in Beijing on 6 June.\n"
runner = CliRunner()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def run(*args: str) -> tuple[int, str, str]:
    result = runner.invoke(app, list(args))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def process(*args: str, env: dict[str, str] | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "collation", *args]
    return subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **(env or {})}, check=False)


# report


def test_a_report_of_one_file_in_all_formats(here: Path) -> None:
    write(here / "a.txt", SHORT)
    code, out, err = run("report", "a.txt", "--format", "html,md,json")
    assert (code, err) == (0, "")
    assert sorted(p.name for p in (here / "reports").iterdir()) == [
        "a.html",
        "a.json",
        "a.md",
        "index.html",
        "index.md",
    ]
    assert "прпбыл" in (here / "reports/a.md").read_text(encoding="utf-8")
    assert read_json((here / "reports/a.json").read_text(encoding="utf-8")).source.label == "a.txt"
    assert "a.txt" in out


def test_the_same_input_gives_the_same_bytes(here: Path) -> None:
    write(here / "a.txt", SHORT)
    for out in ("one", "two"):
        assert run("report", "a.txt", "--out", out, "--format", "html,json")[0] == 0
    for name in ("a.html", "a.json", "index.html"):
        assert (here / "one" / name).read_bytes() == (here / "two" / name).read_bytes()


def test_folders_patterns_and_hidden_files(here: Path) -> None:
    write(here / "d/one.txt", SHORT)
    write(here / "d/deep/two.md", OTHER)
    write(here / "d/README.md", "Это не документ.")
    write(here / "d/.hidden/three.txt", "Скрытый документ.")
    write(here / "d/notes.csv", "a;b")
    assert run("report", "d", "--out", "all")[0] == 0
    assert sorted(p.stem for p in (here / "all").glob("*.html")) == ["index", "one", "two"]
    assert run("report", "d/*.txt", "d/one.txt", "--out", "some")[0] == 0
    assert sorted(p.stem for p in (here / "some").glob("*.html")) == ["index", "one"]


def test_reports_written_into_the_folder_are_not_read_again(here: Path) -> None:
    write(here / "one.txt", SHORT)
    for _ in range(2):
        assert run("report", ".", "--out", "reports", "--format", "md")[0] == 0
    assert sorted(p.name for p in (here / "reports").iterdir()) == ["index.md", "one.md"]


def test_a_name_with_cyrillic_and_blanks(here: Path) -> None:
    """By a process of its own, as a name comes from a command line."""
    write(here / named("мои письма/письмо № 1.txt"), SHORT)
    done = process("report", named("мои письма"), "--out", named("мой отчёт"))
    assert done.returncode == 0, done.stderr.decode("utf-8")
    assert "мой отчёт/письмо № 1.html" in done.stdout.decode("utf-8")
    assert (here / named("мой отчёт/письмо № 1.html")).is_file()


POSIX = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such locale")
def test_the_posix_locale_takes_nothing_away(here: Path) -> None:
    write(here / named("письмо.txt"), SHORT)
    done = process("report", named("письмо.txt"), "--out", named("отчёт"), env=POSIX)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "отчёт/письмо.html" in done.stdout.decode("utf-8")
    assert sorted(p.name for p in (here / named("отчёт")).iterdir()) == ["index.html", named("письмо.html")]


def test_two_files_of_one_name_get_reports_of_their_own(here: Path) -> None:
    write(here / "a/letter.txt", SHORT)
    write(here / "b/letter.txt", OTHER)
    assert run("report", "a", "b")[0] == 0
    names = sorted(p.name for p in (here / "reports").glob("letter*.html"))
    assert len(names) == 2 and "letter.html" in names


def test_standard_input(here: Path) -> None:
    done = process("report", "-", "--format", "json", stdin=SHORT.encode("cp1251"))
    assert done.returncode == 0, done.stderr
    data = json.loads((here / "reports/stdin.json").read_text(encoding="utf-8"))
    assert data["source"]["encoding"] == "windows-1251" or "1251" in data["source"]["encoding"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("english.txt", b"There is not a word of Russian here.\n", "no Russian"),
        ("letter.docx", b"PK", "no such document; it is damaged"),
    ],
)
def test_bad_input_is_told_with_its_path_and_the_others_are_done(
    here: Path, name: str, content: bytes, message: str
) -> None:
    write(here / "a.txt", SHORT)
    write(here / name, content)
    code, _, err = run("report", name, "a.txt")
    assert code == 2
    assert name in err and message in err and "Traceback" not in err
    assert sorted(p.name for p in (here / "reports").iterdir()) == ["a.html", "index.html"]


def test_an_encoding_that_does_not_fit(here: Path) -> None:
    write(here / "a.txt", SHORT.encode("cp1251"))
    assert run("report", "a.txt", "--encoding", "cp1251")[0] == 0
    code, _, err = run("report", "a.txt", "--encoding", "utf-8")
    assert code == 2 and "a.txt" in err and "utf-8" in err
    code, _, err = run("report", "a.txt", "--encoding", "latin-russian")
    assert code == 2 and "latin-russian" in err


def test_missing_files_empty_folders_and_patterns_without_match(here: Path) -> None:
    (here / "void").mkdir()
    for name in ("nothing.txt", "void", "*.xyz"):
        code, _, err = run("report", name)
        assert code == 2 and name in err


def test_a_fault_of_the_program_costs_one_document_only(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "a.txt", SHORT)
    write(here / "b.txt", OTHER)

    def examine(document: Document, settings: Settings) -> Apparatus:
        if document.source.label == "a.txt":
            raise IndexError("none so far")
        return pipeline_examine(document, settings=settings)

    monkeypatch.setattr("collation.pipeline.examine", examine)
    code, _, err = run("report", "a.txt", "b.txt", "--no-cache")
    assert code == 2 and "a.txt" in err and "IndexError" in err and "fault of the program" in err
    assert sorted(p.name for p in (here / "reports").iterdir()) == ["b.html", "index.html"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_in_a_folder_that_leads_nowhere_is_told(here: Path) -> None:
    write(here / "papers/a.txt", SHORT)
    (here / "papers/b.txt").symlink_to(here / "gone.txt")
    code, _, err = run("report", "papers")
    assert code == 2 and "b.txt" in err and "leads nowhere" in err
    assert (here / "reports/a.html").exists()


def test_copies_are_told_with_both_paths_and_both_are_done(here: Path) -> None:
    write(here / "a.txt", SHORT)
    write(here / "b.txt", SHORT)
    code, _, err = run("report", "a.txt", "b.txt")
    assert code == 0 and "a.txt" in err and "b.txt" in err
    assert (here / "reports/a.html").exists() and (here / "reports/b.html").exists()


def test_nothing_is_half_written(here: Path) -> None:
    write(here / "a.txt", SHORT)
    (here / "reports/a.html").mkdir(parents=True)
    code, _, err = run("report", "a.txt")
    assert code == 2 and "a.html" in err
    assert not list((here / "reports").glob("*.part"))
    write(here / "file", "")
    code, _, err = run("report", "a.txt", "--out", "file")
    assert code == 2 and "file" in err


def test_unknown_formats_and_languages_are_refused(here: Path) -> None:
    write(here / "a.txt", SHORT)
    for option in ("--format=pdf", "--lang=de"):
        code, _, err = run("report", "a.txt", option)
        assert code == 2 and "none of" in err
    assert not (here / "reports").exists()


def test_a_console_in_cp866_breaks_nothing(here: Path) -> None:
    """The commands that print words of the document; what they print is UTF-8,."""
    write(here / named("письмо.txt"), SHORT)
    for args in (("align", named("письмо.txt")), ("explain", named("письмо.txt:1"))):
        done = process(*args, env={"PYTHONIOENCODING": "cp866", "PYTHONUTF8": "0"})
        assert done.returncode == 0, done.stderr.decode("utf-8")
        assert "прпбыл" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_an_interrupt_leaves_with_130(here: Path) -> None:
    """The second document is a standard input without end, so the interrupt always comes before it is done."""
    write(here / "a.txt", SHORT)
    command = [sys.executable, "-m", "collation", "report", "--verbose", "a.txt", "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, preexec_fn=hear_interrupts, **pipes) as running:
        assert running.stdout is not None and running.stderr is not None
        assert b"a.txt" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(PATIENCE) == 130
        assert b"Traceback" not in running.stderr.read()
    assert [p.name for p in (here / "reports").iterdir()] == ["a.html"]


def test_an_interrupt_in_the_middle_of_a_document_leaves_whole_files(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here / "a.txt", SHORT)
    write(here / "b.txt", OTHER)

    def examine(document: Document, settings: Settings) -> Apparatus:
        if document.source.label == "b.txt":
            raise KeyboardInterrupt
        return pipeline_examine(document, settings=settings)

    monkeypatch.setattr("collation.pipeline.examine", examine)
    code, _, err = run("report", "a.txt", "b.txt", "--no-cache")
    assert code == 130 and "Traceback" not in err
    assert [p.name for p in (here / "reports").iterdir()] == ["a.html"]


# the other commands


def test_align_as_text_and_json(here: Path) -> None:
    write(here / "a.txt", SHORT)
    code, out, _ = run("align", "a.txt")
    assert code == 0 and "R  Он прпбыл" in out and "E  He arrived" in out
    data = json.loads(run("align", "a.txt", "--format", "json")[1])
    first = data["links"][0]
    assert SHORT[slice(*first["original"][0])].startswith("Он") and SHORT[slice(*first["translation"][0])].startswith(
        "He"
    )


def test_collate_two_texts(here: Path) -> None:
    write(here / "a.txt", "Он прибыл в Москву 5 мая и был принят.\n")
    write(here / "b.txt", "Он прпбыл в Москву 5 мая и был принят.\n")
    code, out, _ = run("collate", "a.txt", "b.txt")
    assert code == 0 and "прибыл" in out and "прпбыл" in out and "spelling" in out
    data = json.loads(run("collate", "a.txt", "b.txt", "--format", "json")[1])
    assert data["witnesses"] == ["a", "b"]
    assert [u["readings"] for u in data["units"]] == [["прибыл", "прпбыл"]]
    assert run("collate", "a.txt")[0] == 2
    code, _, err = run("collate", "a.txt", "none.txt")
    assert code == 2 and "none.txt" in err


def test_explain_tells_what_was_weighed_on_a_line(here: Path) -> None:
    write(here / "a.txt", SHORT)
    code, out, _ = run("explain", "a.txt:1")
    assert code == 0 and "прпбыл" in out and "прибыл" in out and "LEX101" in out
    assert "No rule doubted anything" in run("explain", "a.txt:2")[1]
    assert run("explain", "a.txt:99")[0] == 2
    assert run("explain", "a.txt")[0] == 2


def test_rules_are_listed_and_told() -> None:
    code, out, _ = run("rule")
    assert code == 0 and "LEX101" in out
    code, out, _ = run("rule", "lex101")
    assert code == 0 and "non-word" in out and len(out) > 200
    assert "its readings are weighed by the learned trees" in out and "_FOR_USE = 1.5  # of the costs" in out
    assert run("rule", "XYZ999")[0] == 2


def test_help_is_in_whole_sentences() -> None:
    text = process("--help").stdout.decode("utf-8")
    assert all(name in text for name in ("report", "align", "collate", "explain", "rule"))
    assert "..." not in text.split("Commands:")[1]


@pytest.mark.parametrize(("given", "counted"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")])
def test_sums_are_those_of_one_thread_unless_the_user_says_otherwise(given: dict[str, str], counted: str) -> None:
    asked = "import os, sys; from collation.__main__ import main; sys.argv = ['collation', '--version']\n"
    asked += "try: main()\nexcept SystemExit: print(os.environ['OPENBLAS_NUM_THREADS'])"
    own = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"} | given
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, encoding="utf-8", check=True, env=own)
    assert done.stdout.split()[-1] == counted


def test_help_loads_nothing_heavy() -> None:
    """What it costs in seconds is measured by benchmarks/speed.py, where nothing else runs."""
    asked = "import collation.__main__, collation.commands.app, sys; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", asked], capture_output=True, encoding="utf-8", check=True).stdout.split()
    )
    assert not loaded & {"numpy", "pymorphy3", "wordfreq", "jinja2", "lxml", "rich", "collatex", "charset_normalizer"}
