"""A repository that lives: each time exactly the new finding is reported, and the others keep their names."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from collation.decisions.relocate import change_at
from gate_repository import RIGHT, WRONG, found, letter, ruled, run, write
from machine import named
from made import at

SECOND = {
    "more": "Он прпбыл в Москву вчера вечером и сразу же встретил товарища Штыкова на вокзале.\n\n",
    "more_en": "\nHe arrived in Moscow last night and at once met Comrade Shtykov at the station.\n",
}
MENDED = SECOND | {"more": SECOND["more"].replace("прпбыл", "прибыл")}
AGAIN = {
    "more": "Решено вчера: мы начнём топорь все вместе, иначе будет поздно.\n\n",
    "more_en": "\nIt was decided yesterday: we all begin now together, otherwise it will be late.\n",
}
ABOVE = {
    "above": "Снег лежал на улицах города до самого утра.\n\n",
    "above_en": "Snow lay on the streets of the city until the very morning.\n\n",
}
"""More text and its translation: without one a passage that is left out would be doubted too."""
ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one letter, whose finding is in the baseline."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "collation.toml", "")
    write(tmp_path / "d/a.txt", letter())
    assert run("baseline", "write", "d")[0] == 0
    return tmp_path


def fresh() -> list[tuple[str, str]]:
    """File and words of what counts."""
    return [(file, words) for file, words, status, _ in found("d") if status == "open"]


def prints() -> dict[str, str]:
    return {words: name for _, words, _, name in found("d")}


def test_what_was_there_does_not_count(here: Path) -> None:
    assert fresh() == [] and run("check", "d")[0] == 0


def test_a_document_added(here: Path) -> None:
    write(here / "d/b.txt", letter(number=445566))
    assert fresh() == [("d/b.txt", WRONG)] and run("check", "d")[0] == 1


def test_a_document_corrupted_and_a_neighbour_mended(here: Path) -> None:
    before = prints()[WRONG]
    write(here / "d/a.txt", letter(**SECOND))
    assert fresh() == [("d/a.txt", "прпбыл")]
    assert prints()[WRONG] == before
    write(here / "d/a.txt", letter(**MENDED))
    assert fresh() == [] and prints()[WRONG] == before


def test_a_document_mended_and_pruned(here: Path) -> None:
    write(here / "d/a.txt", letter(RIGHT))
    code, out, _ = run("check", "d")
    assert code == 0 and "baseline prune" in out
    assert run("baseline", "prune", "d")[0] == 0
    assert run("baseline", "show")[1] == ""
    write(here / "d/a.txt", letter())
    assert fresh() == [("d/a.txt", WRONG)]


def test_prune_never_adds(here: Path) -> None:
    before = (here / ".collation-baseline.json").read_bytes()
    write(here / "d/b.txt", letter(number=445566))
    assert run("baseline", "prune", "d")[0] == 0
    assert (here / ".collation-baseline.json").read_bytes() == before


def test_writing_again_changes_nothing_and_has_no_lines_or_times(here: Path) -> None:
    path = here / ".collation-baseline.json"
    before = path.read_text(encoding="utf-8")
    write(here / "d/a.txt", letter(**ABOVE))
    assert run("baseline", "write", "d")[0] == 0
    assert path.read_text(encoding="utf-8") == before
    assert not {"line", "start", "time", "count"} & set(json.loads(before)["findings"][0])


def test_a_baseline_is_left_alone_when_a_document_cannot_be_read(here: Path) -> None:
    before = (here / ".collation-baseline.json").read_bytes()
    write(here / "d/b.txt", b"")
    for word in ("write", "prune"):
        assert run("baseline", word, "d")[0] == 2
    assert (here / ".collation-baseline.json").read_bytes() == before


def test_a_document_moved_and_lines_put_in_above(here: Path) -> None:
    before = prints()[WRONG]
    (here / "d/a.txt").rename(write(here / "d/deep/other.txt", "x"))
    assert fresh() == [] and prints()[WRONG] == before
    write(here / "d/deep/other.txt", letter(**ABOVE))
    assert fresh() == [] and prints()[WRONG] == before


def test_a_second_error_of_the_same_words_is_new(here: Path) -> None:
    write(here / "d/a.txt", letter(**AGAIN))
    assert fresh() == [("d/a.txt", WRONG)]


def test_a_ruling_settles_and_one_not_applied_is_told(here: Path) -> None:
    (here / ".collation-baseline.json").unlink()
    text = letter()
    assert run("check", "d")[0] == 1
    ruled(here, text, RIGHT)
    code, out, _ = run("check", "d")
    assert code == 1 and "not yet applied" in out
    write(here / "d/a.txt", letter(RIGHT))
    assert run("check", "d")[:2] == (0, "")


@pytest.mark.parametrize("verdict", ["reject", "stands", "other-side"])
def test_rulings_without_a_change_settle(here: Path, verdict: str) -> None:
    """Lines put in above the place, and their translation below it."""
    (here / ".collation-baseline.json").unlink()
    ruled(here, letter(), verdict=verdict)
    assert run("check", "d")[:2] == (0, "")
    write(here / "d/a.txt", letter(**ABOVE))
    assert run("check", "d")[:2] == (0, "")


def test_a_correction_of_the_translation_counts_until_it_is_applied(here: Path) -> None:
    (here / ".collation-baseline.json").unlink()
    text = letter()
    ruled(here, text, verdict="other-side", changes=(change_at(text, at(text, "now"), "an axe now"),))
    code, out, _ = run("check", "d")
    assert code == 1 and "not yet applied" in out
    assert run("apply", "d", "--out", "out")[0] == 0
    write(here / "d/a.txt", (here / "out/a.txt").read_bytes())
    assert run("check", "d")[:2] == (0, "")
    assert "emended: 0" in run("apply", "d", "--out", "out")[1]


def test_kept_texts_and_excluded_files_are_no_documents(here: Path) -> None:
    ruled(here, letter(), verdict="stands")
    write(here / "collation.toml", 'exclude = ["notes/*"]')
    write(here / "notes/n.txt", letter(number=7))
    assert {file for file, _, _, _ in found(".")} == {"d/a.txt"}


def git(*words: str) -> str:
    who = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "core.hooksPath=.git/hooks")
    done = subprocess.run(["git", *who, *map(named, words)], capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def test_only_what_has_changed_since_a_commit(here: Path) -> None:
    write(here / "d/c.txt", letter(number=99))
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Начало")
    assert found("d", "--changed-since", "HEAD") == []
    write(here / "d" / named("b и.txt"), letter(number=445566))
    command = [sys.executable, "-m", "collation", "check", "--format", "json", "--changed-since", "HEAD"]
    for folder, asked in ((here, "d"), (write(here / "sub/x", "").parent, "../d")):
        done = subprocess.run([*command, asked], cwd=folder, capture_output=True, check=False)
        assert [f["file"] for f in json.loads(done.stdout)["findings"]] == [f"{asked}/b и.txt"]
    (here / "d" / named("b и.txt")).unlink()
    ruled(here, letter(), verdict="stands")
    assert len(found("d", "--changed-since", "HEAD")) == 2
    assert run("check", "d", "--changed-since", "no-such-commit")[0] == 2


def test_a_range_of_commits_vouches_for_nothing(here: Path) -> None:
    """git would compare its ends with one another, and no file as it lies here."""
    _committed(here)
    git("tag", "-am", "Знак", "first")
    git("commit", "-qm", "Дальше", "--allow-empty")
    write(here / "d/c.txt", letter(number=99))
    for ref in (
        "first..HEAD",
        "first...HEAD",
        "first..",
        "^first",
        "HEAD^!",
        "HEAD^@",
        "HEAD:d",
        "HEAD^{tree}",
        "--all",
        "",
    ):
        code, _, err = run("check", "d", f"--changed-since={ref}")
        assert (code, "a commit is expected" in " ".join(err.replace("│", " ").split())) == (2, True), ref
    for ref in ("first", "HEAD~1", "@", ":/Начало"):
        assert run("check", "d", "--changed-since", named(ref))[0] == 1, ref


def _committed(here: Path) -> None:
    """Two letters with findings, settings, a learned table, a dictionary, rulings and the baseline, all in git."""
    (here / ".collation-baseline.json").unlink(missing_ok=True)
    write(here / "learned.tsv", "# columns: english, russian, probability, expected count\nwar\tвойна\t0.9\t3\n")
    write(here / "small.index", "war\tA\tH\n")
    write(here / "small.dict", "война\n")
    write(here / "collation.toml", 'translations = "learned.tsv"\ndictd = "./small"\n')
    write(here / "pyproject.toml", "")
    ruled(here, letter(), verdict="other-side", document="1")
    write(here / ".gitignore", "ignored*\n")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Начало")


def _files() -> list[str]:
    return sorted({f[0] for f in found("d", "--changed-since", "HEAD")})


@pytest.mark.parametrize(
    "name",
    ["collation.toml", "pyproject.toml", "learned.tsv", "small.index", "small.dict", "decisions/anna.jsonl", "texts"],
)
@pytest.mark.parametrize("change", ["changed", "deleted", "staged", "assumed"])
def test_what_concerns_every_document_and_has_changed_lets_none_pass(here: Path, name: str, change: str) -> None:
    _committed(here)
    assert _files() == []
    path = next((here / "decisions/texts").iterdir()) if name == "texts" else here / name
    if change == "assumed":  # git was told to take the file for unchanged
        git("update-index", "--assume-unchanged", str(path))
    if change == "deleted":
        path.unlink()
    else:
        write(path, path.read_bytes() + (b"wars\tA\tH\n" if name == "small.index" else b"\n"))
    if change == "staged":
        git("add", "-A")
    code, out, err = run("check", "d", "--changed-since", "HEAD")
    assert "documents: 1" in err or (code == 2 and change == "deleted"), (code, out, err)


def test_documents_that_git_does_not_look_at_are_examined(here: Path) -> None:
    """Ignored ones, those of a repository inside, those that git takes for unchanged, and names that are not UTF-8."""
    _committed(here)
    write(here / "d/ignored.txt", letter(number=91))
    assert _files() == ["d/ignored.txt"]
    (here / "d/ignored.txt").unlink()
    git("update-index", "--skip-worktree", "d/a.txt")
    write(here / "d/a.txt", letter(more="Ещё слово.\n\n"))
    assert _files() == ["d/a.txt"]


def test_documents_of_a_repository_inside_are_examined(here: Path) -> None:
    _committed(here)
    write(here / "d/part/c.txt", letter(number=92))
    git("-C", "d/part", "init", "-q")
    git("-C", "d/part", "add", ".")
    git("-C", "d/part", "commit", "-qm", "Часть")
    git("-c", "advice.addEmbeddedRepo=false", "add", "d/part")
    git("commit", "-qm", "Часть")
    assert _files() == ["d/part/c.txt"]
    write(here / "d/part/c.txt", letter(number=92, more="Ещё слово.\n\n"))
    assert "d/part/c.txt" in _files()


@pytest.mark.skipif(os.name != "posix", reason="names of any bytes")
def test_a_name_that_is_not_utf8_in_the_difference_hides_nothing(here: Path) -> None:
    _committed(here)
    Path(os.fsdecode(b"bad\xff.bin")).write_bytes(b"x")
    assert _files() == []
    git("add", "-A")
    write(here / "d/a.txt", letter(more="Ещё слово.\n\n"))
    assert _files() == ["d/a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")
def test_a_document_that_is_a_link_to_another_one_now_is_examined(here: Path) -> None:
    write(here / "one/x.txt", letter(number=93))
    write(here / "two/x.txt", letter(number=94))
    (here / "d/link.txt").symlink_to("../one/x.txt")
    _committed(here)
    assert _files() == []
    (here / "d/link.txt").unlink()
    (here / "d/link.txt").symlink_to("../two/x.txt")
    assert _files() == ["d/link.txt"]


def test_the_hook_that_is_offered_runs_the_check(here: Path) -> None:
    """The entry of the hook, run as pre-commit runs it: with the names of the changed files behind it."""
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entry = next(line.split(":", 1)[1].split() for line in hooks.splitlines() if line.strip().startswith("entry:"))
    (here / ".collation-baseline.json").unlink()
    program = [sys.executable, "-m", *entry]
    blocked = subprocess.run([*program, "d/a.txt"], capture_output=True, check=False)
    assert blocked.returncode == 1 and WRONG in blocked.stdout.decode("utf-8")
    ruled(here, letter(), RIGHT)
    write(here / "d/a.txt", letter(RIGHT))
    assert subprocess.run([*program, "d/a.txt"], capture_output=True, check=False).returncode == 0


def test_pre_commit_blocks_a_commit_until_the_place_is_ruled_on_and_mended(
    here: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The offered hook, cloned by pre-commit from a repository; only the program is this one, so nothing is fetched."""
    pytest.importorskip("pre_commit")
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path_factory.mktemp("pre-commit")))
    (here / ".collation-baseline.json").unlink()
    offered = tmp_path_factory.mktemp("offered")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", offered)
    for words in ("init -q", "add .", "commit -qm Hook"):
        git("-C", str(offered), *words.split())
    rev = git("-C", str(offered), "rev-parse", "HEAD").strip()
    program = json.dumps(f"{shlex.quote(sys.executable)} -m collation check")
    hook = f"- id: collation\n        language: system\n        entry: {program}"
    write(here / ".pre-commit-config.yaml", f"repos:\n  - repo: {offered}\n    rev: {rev}\n    hooks:\n      {hook}\n")
    git("init", "-q")
    subprocess.run([sys.executable, "-m", "pre_commit", "install"], check=True, capture_output=True)

    def commit(message: str) -> str:
        git("add", ".")
        try:
            return git("commit", "-qm", message)
        except subprocess.CalledProcessError as error:
            return str(error.stderr)

    said = commit("A letter")
    assert "LEX101" in said and WRONG in said and "1 in the way" in said
    ruled(here, letter(), RIGHT)
    assert "not yet applied" in commit("A ruling")
    assert run("apply", "d", "--out", ".git/edition", "--diff")[0] == 0
    git("apply", ".git/edition/a.txt.patch")
    assert "Failed" not in commit("A letter, mended")
    assert git("log", "--format=%s").splitlines() == ["A letter, mended"]
    assert RIGHT in git("show", "HEAD:d/a.txt")


def _block(kind: str, words: str) -> str:
    """The example of docs/gate.md that contains some words."""
    text = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    return next(block for block in re.findall(rf"^```{kind}\n(.*?)^```", text, re.M | re.S) if words in block)


def test_the_commands_of_the_workflow_in_the_documents_do_what_it_needs(here: Path) -> None:
    yaml = pytest.importorskip("yaml")
    workflow = yaml.safe_load(_block("yaml", "jobs:"))
    steps = [step.get("run", "") for step in workflow["jobs"]["check"]["steps"]]
    uploaded = next(
        step["with"]["sarif_file"] for step in workflow["jobs"]["check"]["steps"] if "upload" in step.get("uses", "")
    )
    commands = [step.split() for step in steps if step.startswith("collation ")]
    (here / "d").rename(here / "letters")
    (here / ".collation-baseline.json").unlink()
    codes = [run(*words[1:])[0] for words in commands]
    assert codes == [0, 1]  # the file is uploaded although something was found, and then the job fails
    assert json.loads((here / uploaded).read_text(encoding="utf-8"))["runs"][0]["results"]


def test_the_settings_in_the_documents_are_settings(here: Path) -> None:
    write(here / "collation.toml", _block("toml", "required-version"))
    code, out, err = run("check", "--show-settings")
    assert code == 0, err
    assert 'rules = "2026.11"' in out and '"NAM" = "warning"' in out and '"telegrams/*.txt" = ["LEX104"]' in out


def test_the_demonstration_is_clean_and_has_something_settled_and_something_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT / "demo")
    code, out, err = run("check", "letters")
    assert (code, out) == (0, ""), err
    assert {status for _, _, status, _ in found("letters")} == {"settled", "known"}
