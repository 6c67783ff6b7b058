"""``collation apply``: new files beside nothing that was there, the lists that go with them, failures reported."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from collation.commands.app import app
from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import place_rulings
from collation.decisions.relocate import Applied
from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, log_path
from collation.model import Apparatus
from collation.reading import read_file
from collation.review.applying import in_repository
from made import at, rule

SEED = next((Path(__file__).parents[1] / "seeds").glob("003_*.txt"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examined: Callable[[str], Apparatus]) -> Path:
    """A folder with seed 003, which has been examined."""
    examined("003")
    (tmp_path / "collation.toml").touch()
    (tmp_path / "letter.txt").write_bytes(SEED.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def decided(project: Path, *pairs: tuple[str, str], name: str = "letter.txt") -> list[Ruling]:
    source = read_file(project / name).source
    made = [
        rule(source.text, at(source.text, words), reading, n=n, document=source.id, digest=source.digest)
        for n, (words, reading) in enumerate(pairs)
    ]
    keep_text(project / "decisions", source.digest, source.text)
    append(log_path(project / "decisions", "anna"), made)
    return made


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["apply", *words])


def test_the_edition_is_a_new_file_with_its_lists(project: Path) -> None:
    made = decided(project, ("топорь", "теперь"), ("вместо", "вместе"))
    result = run("letter.txt", "--out", "out")
    assert result.exit_code == 0 and "emended: 2" in result.output
    old, new = (project / "letter.txt").read_bytes(), (project / "out" / "letter.txt").read_bytes()
    assert old == SEED.read_bytes()
    assert new == old.replace("топорь".encode(), "теперь".encode()).replace("вместо".encode(), "вместе".encode())
    english = (project / "out" / "letter.note.en.md").read_text(encoding="utf-8")
    russian = (project / "out" / "letter.note.ru.md").read_text(encoding="utf-8")
    assert "“топорь” has been corrected to “теперь”" in english and "«топорь» исправлено на «теперь»" in russian
    assert hashlib.sha256(new).hexdigest() in english
    source = read_file(project / "out" / "letter.txt").source
    placed = place_rulings(fold_rulings(made), source, {made[0].digest: old.decode()})
    assert all(isinstance(p.location, Applied) for p in placed)


def test_the_errata_carry_the_words_around(project: Path) -> None:
    decided(project, ("топорь", "теперь"))
    run("letter.txt", "--out", "out")
    errata = (project / "out" / "letter.note.en.md").read_text(encoding="utf-8").partition("## Errata\n\n")[2]
    assert errata.startswith("- line 53 (…пусть она будет топорь, а не через…): “топорь” has been")


def test_what_has_no_ruling_has_no_list_and_no_empty_patch(project: Path) -> None:
    assert run("letter.txt", "--out", "out", "--diff").exit_code == 0
    assert not (project / "out").exists() or not list((project / "out").iterdir())
    assert "nothing to patch" in run("letter.txt", "--out", "out", "--diff").output
    assert run("letter.txt", "--out", "whole").exit_code == 0
    assert sorted(p.name for p in (project / "whole").iterdir()) == ["editions.sha256", "letter.txt"]


def test_a_document_is_never_written_over(project: Path) -> None:
    decided(project, ("топорь", "теперь"))
    result = run("letter.txt", "--out", ".")
    assert result.exit_code == 2 and "name another folder" in result.output
    assert (project / "letter.txt").read_bytes() == SEED.read_bytes()
    assert not list(project.glob("*.md"))


def test_an_edition_that_somebody_worked_on_is_not_written_over(project: Path) -> None:
    decided(project, ("топорь", "теперь"))
    assert run("letter.txt", "--out", "out").exit_code == 0
    decided(project, ("вместо", "вместе"))
    assert run("letter.txt", "--out", "out").exit_code == 0  # as it was written: renewed
    edition, note = (project / "out" / name for name in ("letter.txt", "letter.note.en.md"))
    worked_on = edition.read_bytes() + "Проверено.\n".encode()
    edition.write_bytes(worked_on)
    before = note.read_bytes()
    decided(project, ("7 сентября", "7 октября"))
    result = run("letter.txt", "--out", "out")
    assert result.exit_code == 2 and "letter.txt" in result.output and "move it away" in result.output
    assert edition.read_bytes() == worked_on and note.read_bytes() == before
    edition.unlink()
    assert run("letter.txt", "--out", "out").exit_code == 0 and "7 октября" in edition.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["letter.txt", "letter.note.ru.md", "letter.edition.xml"])
def test_a_file_that_was_there_before_is_left_alone(project: Path, name: str) -> None:
    decided(project, ("топорь", "теперь"))
    (project / "out").mkdir()
    (project / "out" / name).write_text("Мои заметки.\n", encoding="utf-8")
    result = run("letter.txt", "--out", "out", "--format", "text,tei")
    assert result.exit_code == 2 and name in result.output
    assert [p.name for p in (project / "out").iterdir()] == [name]
    assert (project / "out" / name).read_text(encoding="utf-8") == "Мои заметки.\n"


def test_the_record_of_a_folder_is_one_that_sha256sum_checks(project: Path) -> None:
    decided(project, ("топорь", "теперь"))
    run("letter.txt", "--out", "out")
    rows = (project / "out" / "editions.sha256").read_text(encoding="utf-8").splitlines()
    names = ["letter.note.en.md", "letter.note.ru.md", "letter.txt"]
    assert rows == [f"{hashlib.sha256((project / 'out' / n).read_bytes()).hexdigest()}  {n}" for n in names]


def test_a_name_that_would_break_a_row_is_recorded_as_sha256sum_has_it(project: Path) -> None:
    name = "let\\ter\n1.txt"
    (project / name).write_bytes(SEED.read_bytes())
    assert run(name, "--out", "out").exit_code == 0
    (project / name).write_bytes(SEED.read_bytes() + b"\n")  # another text: the edition is renewed, being known
    assert run(name, "--out", "out").exit_code == 0
    row = (project / "out" / "editions.sha256").read_text(encoding="utf-8")
    assert row.startswith("\\") and row.endswith(r"  let\\ter\n1.txt" + "\n")
    checked = subprocess.run(["sha256sum", "-c", "editions.sha256"], cwd=project / "out", capture_output=True)
    assert checked.returncode == 0


def test_a_file_of_the_records_name_that_is_none_is_left_alone(project: Path) -> None:
    decided(project, ("топорь", "теперь"))
    (project / "out").mkdir()
    own = project / "out" / "editions.sha256"
    own.write_text("Мой список изданий\n", encoding="utf-8")
    result = run("letter.txt", "--out", "out")
    assert result.exit_code == 2 and "editions.sha256" in result.output
    assert own.read_text(encoding="utf-8") == "Мой список изданий\n" and list((project / "out").iterdir()) == [own]


def test_two_documents_of_one_name_are_not_mixed(project: Path) -> None:
    (project / "other").mkdir()
    (project / "other" / "Letter.txt").write_bytes(SEED.read_bytes().replace(b"112862", b"112863"))
    decided(project, ("топорь", "теперь"))
    result = run("letter.txt", "other/Letter.txt", "--out", "out")
    assert result.exit_code == 2 and "two folders" in result.output
    assert "теперь, а не" in (project / "out" / "letter.txt").read_text(encoding="utf-8")


def test_a_patch(project: Path) -> None:
    decided(project, ("топорь", "теперь"))
    assert run("letter.txt", "--out", "out", "--diff", "--style", "brackets").exit_code == 0
    made = (project / "out" / "letter.txt.patch").read_text(encoding="utf-8")
    assert made.startswith("--- a/letter.txt\n+++ b/letter.txt\n") and "[теперь]" in made
    assert not (project / "out" / "letter.txt").exists()


def test_a_patch_applies_at_the_root_of_the_repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = project / "letters of 1950"
    letters.mkdir()
    (project / "letter.txt").rename(letters / "letter.txt")
    decided(project, ("топорь", "теперь"), name="letters of 1950/letter.txt")
    monkeypatch.chdir(letters)
    assert run("../letters of 1950/letter.txt", "--out", "../out", "--diff").exit_code == 0
    made = (project / "out" / "letter.txt.patch").read_text(encoding="utf-8")
    assert made.startswith("--- a/letters of 1950/letter.txt\t\n+++ b/letters of 1950/letter.txt\t\n")
    monkeypatch.chdir(project)
    for command in (["git", "init", "-q"], ["git", "apply", "out/letter.txt.patch"]):
        subprocess.run(command, check=True, capture_output=True)
    assert "теперь, а не" in (letters / "letter.txt").read_text(encoding="utf-8")


def test_a_patch_starts_at_the_repository_though_the_project_lies_below(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "texts" / "letters").mkdir(parents=True)
    (tmp_path / "texts" / "collation.toml").touch()
    assert in_repository(tmp_path / "texts" / "letters" / "a.txt") == "texts/letters/a.txt"


def test_what_the_encoding_cannot_hold_is_refused_and_the_others_are_done(project: Path) -> None:
    text = SEED.read_text(encoding="utf-8").replace("112862", "112863").replace("–", "-").replace("—", "-")
    (project / "old.txt").write_bytes(text.encode("cp1251", "ignore"))
    decided(project, ("топорь", "тепѣрь"), name="old.txt")
    decided(project, ("вместо", "вместе"))
    result = run("old.txt", "letter.txt", "--out", "out")
    assert result.exit_code == 2 and "old.txt:53: the reading “тепѣрь” cannot be written in cp1251" in result.output
    assert not (project / "out" / "old.txt").exists() and (project / "out" / "letter.txt").exists()


def test_without_rulings_the_copy_is_the_file(project: Path) -> None:
    assert run("letter.txt", "--out", "out").exit_code == 0
    assert (project / "out" / "letter.txt").read_bytes() == SEED.read_bytes()


def test_a_damaged_line_is_told_and_the_other_rulings_are_carried_out(project: Path) -> None:
    decided(project, ("топорь", "теперь"))
    log = log_path(project / "decisions", "anna")
    log.write_text("nonsense\n" + log.read_text(encoding="utf-8"), encoding="utf-8")
    result = run("letter.txt", "--out", "out")
    assert result.exit_code == 2 and "anna.jsonl:1" in result.output
    assert "теперь" in (project / "out" / "letter.txt").read_text(encoding="utf-8")


def test_a_style_that_is_none_is_refused(project: Path) -> None:
    assert run("letter.txt", "--out", "out", "--style", "fancy").exit_code == 2
