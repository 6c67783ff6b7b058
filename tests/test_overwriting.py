"""Nothing that a command writes takes the place of a document, nor of any file that it cannot know for its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from collation.model import Apparatus
from collation.writers import WRITERS
from collation.writers.folder import ReportFolder
from collation.writers.own_report import is_report
from sample_apparatus import make
from test_cli import OTHER, SHORT, here, run, write

__all__ = ["here"]


@pytest.fixture(scope="module")
def sample() -> Apparatus:
    return make()


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# reports


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (("L/a.md", "L/b.txt"), ("L/a.md", "L/b.txt", "--format", "html,md", "--out", "L")),
        (("a.md",), ("a.md", "--format", "md", "--out", ".")),
        (("z.txt", "z.md"), ("z.txt", "--format", "md", "--out", ".")),
        (("z.txt", "z.html"), ("z.txt", "--out", ".")),
        (("z.txt", "r/index.md"), ("z.txt", "--format", "html,md", "--out", "r")),
        (("z.txt", "r/findings.csv"), ("z.txt", "--format", "html,csv", "--out", "r")),
        (("L/a.md", "L/b.md"), ("L", "--format", "md", "--out", "L")),
        (("L/a.md", "L/b.md"), ("L/*.md", "--format", "md", "--out", "L")),
    ],
)
def test_a_report_takes_the_place_of_no_document_and_of_nothing_unknown(
    here: Path, files: tuple[str, ...], words: tuple[str, ...]
) -> None:
    for name in files:
        write(here / name, SHORT)
    before = contents(here)
    code, _, err = run("report", *words)
    assert (code, contents(here)) == (2, before)
    assert "--out" in err and "there is no" not in err and "Traceback" not in err


def test_a_document_of_the_project_is_kept_though_it_looks_like_a_report(here: Path) -> None:
    write(here / "a.txt", SHORT)
    assert run("report", "a.txt", "--format", "md", "--out", ".")[0] == 0
    write(here / "collation.toml", '[documents]\nb = [{ file = "a.md" }]\n')
    before = contents(here)
    assert run("report", "a.txt", "--format", "md", "--out", ".")[0] == 2
    assert contents(here) == before


def test_reports_of_an_earlier_run_are_renewed(here: Path) -> None:
    forms = ",".join(WRITERS)
    for lang in ("en", "ru", "en"):
        for text in (SHORT, OTHER):
            write(here / "d/a.txt", text)
            write(here / "d/b.txt", text.replace("5 мая", "7 мая").replace("6 июня", "8 июня"))
            code, _, err = run("report", "d", "--format", forms, "--out", "r", "--lang", lang)
            assert not err and code == 0
    assert "Пекин" in (here / "r/a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("name", list(WRITERS))
def test_every_format_knows_its_reports(sample: Apparatus, tmp_path: Path, name: str, lang: str) -> None:
    folder = ReportFolder(tmp_path, [name], lang)  # type: ignore[arg-type]
    folder.add(sample)
    folder.finish()
    written = sorted(tmp_path.iterdir())
    assert written and all(is_report(path, WRITERS[name].suffix) for path in written)
    for path in written:
        path.write_bytes(b"PK" + path.read_bytes()[:40])
        assert not is_report(path, WRITERS[name].suffix)


# other files


@pytest.mark.parametrize(
    "words",
    [
        ("align", "k.txt", "--out", "k.txt"),
        ("check", "k.txt", "--out", "k.txt"),
        ("check", ".", "--format", "json", "--out", "./d/../k.txt"),
        ("check", ".", "--out", "d/x.en.txt"),
        ("learn", "--russian", "k.txt", "--out", "k.txt"),
        ("learn", "--parallel", "k.txt", "--out", "k.txt"),
        ("learn", "--parallel", "d", "--out", "d/x.en.txt"),
        ("learn", "--collection", "k.txt", "--out", "k.txt"),
        ("learn", "--collection", "d", "--out", "d/x.en.txt"),
        ("learn", "--rulings", "k.txt", "--out", "k.txt"),
        ("learn", "--russian", "d/x.ru.txt", "--leave-out", "k.txt", "--out", "k.txt"),
        ("store", "k.txt", "--out", "k.txt"),
        ("store", "d", "--out", "d/x.en.txt"),
    ],
)
def test_no_command_writes_over_a_document(here: Path, words: tuple[str, ...]) -> None:
    write(here / "k.txt", SHORT)
    for name, text in zip(("d/x.ru.txt", "d/x.en.txt"), OTHER.split("\n\n"), strict=True):
        write(here / name, text)
    before = contents(here)
    code, _, err = run(*words)
    assert (code, contents(here)) == (2, before)
    assert "one of the documents" in " ".join(err.replace("│", " ").split())


def test_a_check_of_nothing_changed_writes_over_no_document_either(here: Path) -> None:
    write(here / "k.txt", SHORT)
    for words in (("init", "-q"), ("add", "."), ("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "a")):
        subprocess.run(["git", *words], check=True)
    assert run("check", ".", "--changed-since", "HEAD", "--out", "k.txt")[0] == 2
    assert (here / "k.txt").read_text(encoding="utf-8") == SHORT


def test_of_a_file_that_is_no_store_it_is_not_said_that_it_can_be_deleted(here: Path) -> None:
    write(here / "a.txt", SHORT)
    other = write(here / "c.dat", SHORT)
    code, _, err = run("store", "a.txt", "--out", "c.dat")
    assert code == 2 and "left as it is" in err and "delete" not in err
    assert other.read_text(encoding="utf-8") == SHORT
    code, _, err = run("store", "a.txt", "--out", "nowhere/c.sqlite")
    assert code == 2 and "cannot be opened" in err and "delete" not in err
    assert run("store", "a.txt")[0] == 0
    own = here / "collation.sqlite"
    own.write_bytes(own.read_bytes()[:5000])
    code, _, err = run("store", "a.txt")
    assert code == 2 and "can be deleted" in err
