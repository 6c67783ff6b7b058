"""Rulings are found wherever they lie: no file that somebody makes later hides one, and a command brings them together."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from collation.decisions.history import History
from collation.decisions.move_logs import move
from collation.decisions.reviewed_texts import keep_text, kept_text
from collation.decisions.ruling_log import append, load_folder, load_log, log_path
from collation.errors import CollationError
from collation.project.rulings_folders import RulingsFolders
from gate_repository import WRONG, found, letter, run, write
from made import at, rule, source_of

TEXT = letter()
NUMBER = "112233"


def reject(place: Path, text: str = TEXT, n: int = 1, editor: str = "anna") -> None:
    """A rejection of the doubtful word, written into a folder of rulings."""
    append(log_path(place, editor), [rule(text, at(text, WRONG), document=NUMBER, n=n, editor=editor)])
    keep_text(place, source_of(text).digest, text)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of documents below a working folder without any project file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    write(tmp_path / "letters" / "deep" / "a.txt", TEXT)
    return tmp_path


LATER = {
    "collation.toml in the working folder": lambda root: write(root / "collation.toml", 'ignore = ["LEX105"]\n'),
    "pyproject.toml in the working folder": lambda root: write(root / "pyproject.toml", "[project]\n"),
    "collation.toml beside the document": lambda root: write(root / "letters" / "deep" / "collation.toml", ""),
    "another folder in the settings": lambda root: write(root / "collation.toml", 'decisions = "rulings"\n'),
    "a git repository": lambda root: (root / ".git").mkdir(),
}
PLACES = ("letters/deep/decisions", "letters/decisions", "decisions")


@pytest.mark.parametrize("later", LATER.values(), ids=LATER)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("named", [".", "letters", "letters/deep/a.txt"])
def test_nothing_that_is_made_later_hides_a_ruling(here: Path, later: object, place: str, named: str) -> None:
    reject(here / place)
    assert [status for _, _, status, _ in found(named)] == ["settled"]
    later(here)  # type: ignore[operator]
    assert [status for _, _, status, _ in found(named)] == ["settled"]


def test_two_places_are_both_read_and_told_with_the_command_that_moves_them(here: Path) -> None:
    reject(here / "letters" / "deep" / "decisions")
    write(here / "collation.toml", "")
    code, _, err = run("check", ".")
    command = "collation rulings move letters/deep/decisions decisions"
    assert code == 0 and command in err
    code, out, _ = run(*command.split()[1:])
    assert code == 0 and "rulings added: 1, texts: 1" in out and not (here / "letters" / "deep" / "decisions").exists()
    code, _, err = run("check", ".")
    assert code == 0 and "rulings move" not in err and "settled: 1" in err


def test_rulings_elsewhere_that_are_on_other_documents_are_not_told(here: Path) -> None:
    write(here / "collation.toml", "")
    write(here / "letters" / "collation.toml", "")
    append(log_path(here / "decisions", "anna"), [rule(TEXT, at(TEXT, WRONG), document="999")])
    assert "rulings move" not in run("check", "letters/deep/a.txt")[2]


@pytest.mark.parametrize(
    ("marks", "named", "home"),
    [
        ((), ["letters"], "letters/decisions"),
        ((), ["."], "decisions"),
        ((), ["letters/deep/a.txt"], "letters/deep/decisions"),
        ((), ["letters/deep", "letters"], "letters/decisions"),
        ((".git",), ["letters/deep/a.txt"], "decisions"),
        ((".git",), ["letters"], "letters/decisions"),
        ((".git", "collation.toml"), ["letters"], "decisions"),
        (("letters/collation.toml",), ["."], "letters/decisions"),
    ],
)
def test_where_new_rulings_are_written(here: Path, marks: tuple[str, ...], named: list[str], home: str) -> None:
    for mark in marks:
        write(here / mark, "")
    assert RulingsFolders.of_names(named).of(Path("letters/deep/a.txt")).folder == here / home


def test_a_folder_that_everybody_may_write_to_lends_no_rulings(tmp_path: Path) -> None:
    shared, own = tmp_path / "shared", tmp_path / "shared" / "mine" / "letters"
    own.mkdir(parents=True)
    shared.chmod(0o1777)
    places = RulingsFolders().of(own / "a.txt").places
    assert shared / "mine" / "decisions" in places and shared / "decisions" not in places


def test_doctor_looks_down_the_tree(here: Path) -> None:
    reject(here / "letters" / "deep" / "decisions")
    reject(here / "decisions", n=2, editor="boris")
    write(here / "collation.toml", "")
    code, out, _ = run("doctor")
    assert code == 0 and "letters/deep/decisions/anna.jsonl: 1" in out and "decisions/boris.jsonl: 1" in out
    assert "collation rulings move letters/deep/decisions decisions" in out


def test_doctor_reads_on_behind_a_damaged_line_far_down(here: Path) -> None:
    reject(here / "letters" / "deep" / "decisions")
    log = log_path(here / "letters" / "deep" / "decisions", "anna")
    log.write_bytes(b"[" * 9000 + b"\n" + log.read_bytes())
    code, out, _ = run("doctor")
    assert code == 2 and "anna.jsonl:1: this is no ruling" in out and "anna.jsonl: 1\n" in out


def test_a_report_shows_rulings_wherever_they_lie(here: Path) -> None:
    reject(here / "letters" / "deep" / "decisions")
    write(here / "collation.toml", "")
    assert run("report", ".", "--out", "reports", "--format", "md")[0] == 0
    (page,) = [p for p in (here / "reports").rglob("*.md") if "index" not in p.name]
    assert "anna" in page.read_text(encoding="utf-8")


def test_an_edition_is_made_from_rulings_wherever_they_lie(here: Path) -> None:
    place = here / "letters" / "deep" / "decisions"
    append(log_path(place, "anna"), [rule(TEXT, at(TEXT, WRONG), "теперь", document=NUMBER)])
    write(here / "collation.toml", "")
    assert run("apply", ".", "--out", "edition")[0] == 0
    assert "теперь" in (here / "edition" / "a.txt").read_text(encoding="utf-8")


def test_a_move_keeps_every_line_and_doubles_none(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    reject(one, n=1)
    reject(one, n=2)
    log_path(one, "anna").write_bytes(log_path(one, "anna").read_bytes() + b"damaged\n")
    log_path(two, "anna").parent.mkdir()
    first = log_path(one, "anna").read_bytes().splitlines(keepends=True)[0]
    log_path(two, "anna").write_bytes(first)
    reject(two, n=3)
    before = {r.id for place in (one, two) for log in load_folder(place) for r in log.rulings}
    moved = move(one, two)
    assert moved.emptied and not one.exists() and moved.lines == 2
    loaded = load_log(log_path(two, "anna"))
    assert {r.id for r in loaded.rulings} == before and len(loaded.rulings) == len(before) and len(loaded.damaged) == 1
    assert kept_text(two, source_of(TEXT).digest) == TEXT


def test_a_move_leaves_what_is_no_log_where_it_is(tmp_path: Path) -> None:
    reject(tmp_path / "one")
    write(tmp_path / "one" / "notes.md", "mine")
    assert not move(tmp_path / "one", tmp_path / "two").emptied
    assert (tmp_path / "one" / "notes.md").read_text(encoding="utf-8") == "mine" and load_folder(tmp_path / "one") == ()


def test_rulings_brought_farther_down_stay_for_the_documents_above(here: Path) -> None:
    reject(here / "decisions")
    write(here / "letters" / "collation.toml", "")
    code, out, _ = run("rulings", "move", "decisions", "letters/decisions")
    assert code == 0 and "both places" in out
    assert (
        len(History.read([here / "decisions"]).state.history)
        == len(History.read([here / "letters" / "decisions"]).state.history)
        == 1
    )


def test_a_place_without_rulings_is_not_moved(tmp_path: Path) -> None:
    with pytest.raises(CollationError, match="no rulings"):
        move(tmp_path, tmp_path / "x")


def test_the_home_in_a_real_repository_is_its_root(here: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=here, check=True)
    assert RulingsFolders().of(here / "letters" / "deep" / "a.txt").folder == here / "decisions"
