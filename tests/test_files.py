"""Files: written whole, through no link and by one module only; what is read is a file and has a size."""

from __future__ import annotations

import ast
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from collation import files
from collation.configuration import BASELINE
from collation.decisions.baseline import write_baseline
from collation.decisions.log import append, log_path
from collation.decisions.reviewed import keep_text
from collation.errors import UnwritableLog
from collation.review.web_work import Desk
from gate_repository import letter, ruled, run, write
from made import at, rule

SOURCE = Path(__file__).parents[1] / "src" / "collation"
VICTIM = "what the user had written\n"
posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes as POSIX has them")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository beside the folder of a user."""
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))
    monkeypatch.delenv("CI", raising=False)
    return root


# one module writes


def _writes(path: Path) -> Iterator[str]:
    """The calls of a module that make, open for writing, rename or link a file."""
    named = {
        "write_text", "write_bytes", "mkstemp", "NamedTemporaryFile", "TemporaryFile", "touch", "symlink_to", "hardlink_to",
        "rename", "renames", "fdopen", "copyfile", "copy2", "copytree", "savez", "tofile",
    }  # fmt: skip
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = node.func.value.id if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) else ""
        if name in named or (owner in {"os", "shutil"} and name in {"open", "replace", "link", "move"}):
            yield f"line {node.lineno}: {name}"
        elif name == "replace" and len(node.args) == 1 and not node.keywords:
            yield f"line {node.lineno}: a path is renamed"
        elif name == "open" and owner not in {"webbrowser", "wave"}:
            modes = [*node.args[isinstance(node.func, ast.Name) :], *(k.value for k in node.keywords if k.arg == "mode")]
            first = modes[0] if modes else ast.Constant("r")
            if not isinstance(first, ast.Constant) or set("wax+") & set(str(first.value)):
                yield f"line {node.lineno}: open for writing"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_no_other_module_opens_files_for_writing(path: Path) -> None:
    if path.relative_to(SOURCE).as_posix() != "files.py":
        assert list(_writes(path)) == []


@pytest.mark.parametrize(
    "code",
    ["p.open('ab')", "open(p, 'w')", "open(p, mode='x')", "open(p, how)", "p.write_text(t)", "os.open(p, 1)", "p.replace(q)",
     "os.replace(p, q)", "tempfile.mkstemp()", "os.fdopen(h, 'w')"],
)  # fmt: skip
def test_the_look_for_writing_sees_it(tmp_path: Path, code: str) -> None:
    assert list(_writes(write(tmp_path / "some.py", code)))


# no link is followed


def _report(root: Path) -> None:
    assert run("report", "letters", "--out", "out", "--format", "html,md,json")[0] == 0


def _checked(root: Path) -> None:
    assert run("check", "letters", "--format", "sarif", "--out", "found.sarif", "--exit-zero")[0] == 0


def _baseline(root: Path) -> None:
    assert run("baseline", "write", "letters")[0] == 0


def _apply(root: Path) -> None:
    assert run("apply", "letters", "--out", "edition")[0] == 0
    assert run("apply", "letters", "--out", "patches", "--diff")[0] == 0


def _ruling(root: Path) -> None:
    ruled(root, letter(), editor="boris", verdict="stands")


def _learned(root: Path) -> None:
    assert run("learn", "--parallel", "letters/a.txt", "--out", "learned.tsv")[0] == 0
    assert run("learn", "--russian", "letters/a.txt", "--out", "learned.counts")[0] == 0


def _opened(root: Path) -> None:
    Desk(root / "state" / "recent.json", root / "taken").remember([root / "letters/a.txt"], "2025-01-01T00:00:00Z")


ACTIONS = (_report, _checked, _baseline, _apply, _ruling, _learned, _opened)


def _repository(root: Path) -> None:
    write(root / "collation.toml", "")
    write(root / "letters/a.txt", letter())
    ruled(root, letter(), "теперь", editor="anna")
    write(root / "demo.jsonl", "")


def _listed(root: Path) -> dict[Path, bytes]:
    return {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file() and ".lock" not in p.suffixes}


@posix
@pytest.mark.parametrize("act", ACTIONS, ids=lambda act: act.__name__.strip("_"))
def test_no_link_at_a_name_that_is_written_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], None]) -> None:
    """The names are learned from a run without links; then each, and each with ``.part``, is a link to a user's file."""
    plain, linked, home = tmp_path / "plain", tmp_path / "linked", tmp_path / "home"
    for root in (plain, linked):
        root.mkdir()
        _repository(root)
    before = _listed(plain)
    monkeypatch.chdir(plain)
    monkeypatch.setenv("XDG_CACHE_HOME", str(plain / "cache"))
    act(plain)
    written = sorted(name for name, data in _listed(plain).items() if before.get(name) != data)
    assert written
    victims = _planted(linked, written, home)
    monkeypatch.chdir(linked)
    monkeypatch.setenv("XDG_CACHE_HOME", str(linked / "cache"))
    with suppress(UnwritableLog):  # a log that is a link is refused
        act(linked)
    assert [p for p, text in victims.items() if p.read_text(encoding="utf-8") != text] == []
    assert sorted(p.name for p in home.iterdir()) == sorted(p.name for p in victims)  # nor was any made


def _planted(root: Path, names: list[Path], home: Path) -> dict[Path, str]:
    """Links at names of a repository, to the user's files with what they say. A file of the repository itself stays."""
    home.mkdir()
    victims: dict[Path, str] = {}
    for name in names:
        text = write_baseline([]) if name.name == BASELINE else VICTIM  # a baseline is read before it is written
        for path in (root / name, root / f"{name}.part", (root / name).with_suffix(".part"), root / f"{name}.torn"):
            if not path.exists() and not path.is_symlink():
                victim = write(home / f"{len(victims)}", text)
                victims[victim] = text
                path.parent.mkdir(parents=True, exist_ok=True)
                path.symlink_to(victim)
    return victims


@posix
def test_a_torn_line_is_not_added_to_what_a_link_leads_to(here: Path, tmp_path: Path) -> None:
    """A log ends unfinished, and the file for such ends is a link into the user's folder."""
    victim = write(tmp_path / "home" / "bashrc", VICTIM)
    log = write(log_path(here / "decisions", "anna"), "touch somewhere;#")
    log.with_name(log.name + ".torn").symlink_to(victim)
    made = rule(letter(), at(letter(), "топорь"), editor="anna")
    with pytest.raises(UnwritableLog, match="this is a link and no file"):
        append(log, [made])
    assert victim.read_text(encoding="utf-8") == VICTIM
    assert log.read_text(encoding="utf-8") == "touch somewhere;#"  # as it was


@posix
def test_a_link_that_leads_nowhere_makes_no_file(here: Path, tmp_path: Path) -> None:
    (here / "decisions").mkdir()
    (here / "decisions" / ".gitignore").symlink_to(tmp_path / "made")
    ruled(here, letter(), "теперь")
    assert not (tmp_path / "made").exists()


@posix
def test_the_folder_of_the_reviewed_texts_may_not_be_a_link(here: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (here / "decisions").mkdir()
    (here / "decisions" / "texts").symlink_to(tmp_path / "home")
    with pytest.raises(UnwritableLog, match="is a link"):
        keep_text(here / "decisions", "0" * 64, "text")
    assert list((tmp_path / "home").iterdir()) == []


# whole or not at all

_WRITER = """
import sys
from pathlib import Path
from collation.writers.folder import ReportFolder, replace
folder, word, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
ReportFolder(folder, ["html"], "en")
for _ in range(times):
    for name in ("index.html", "a.html"):
        replace(folder / name, word * 40_000)
"""
_TIMES = 250


def test_two_programs_that_write_one_folder_leave_whole_files_only(tmp_path: Path) -> None:
    """Two writers of the same names, and a reader all the while: everything seen is one writer's file, whole."""
    folder = tmp_path / "reports"
    command = [sys.executable, "-c", _WRITER, str(folder)]
    own = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    writers = [subprocess.Popen([*command, word, str(_TIMES)], stderr=subprocess.PIPE, env=own) for word in ("one", "two")]
    whole = {b"one" * 40_000, b"two" * 40_000}
    seen, broken = 0, 0
    while any(w.poll() is None for w in writers):
        for path in (folder / "index.html", folder / "a.html"):
            if path.exists():
                seen += 1
                broken += path.read_bytes() not in whole
    failures = [w.communicate()[1].decode() for w in writers]
    assert failures == ["", ""]
    assert (broken, [w.returncode for w in writers]) == (0, [0, 0])
    assert seen > 0
    assert sorted(p.name for p in folder.iterdir()) == ["a.html", "index.html"]


def test_what_cannot_be_written_leaves_nothing_and_what_was_there_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", "before")

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.write_whole(path, "after")
    assert [p.name for p in tmp_path.glob("*") if p.is_file()] == ["a.txt"]
    assert path.read_text(encoding="utf-8") == "before"


def test_file_and_folder_are_put_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the file gets its name it is synced, after it the folder."""
    done: list[str] = []
    sync, rename = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda f: (done.append("folder" if stat.S_ISDIR(os.fstat(f).st_mode) else "file"), sync(f))[1])
    monkeypatch.setattr(Path, "replace", lambda a, b: (done.append("name"), rename(a, b))[1])
    files.write_whole(tmp_path / "a.txt", "text")
    assert done == (["file", "name", "folder"] if os.name == "posix" else ["file", "name"])


@posix
def test_a_file_has_the_rights_that_the_user_gives_to_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write_whole(tmp_path / "shared", "text")
        files.write_whole(tmp_path / "own", "text", mode=0o600)
    finally:
        os.umask(before)
    assert [(tmp_path / n).stat().st_mode & 0o777 for n in ("shared", "own")] == [0o640, 0o600]


# what is read


@posix
def test_only_files_of_a_known_size_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "endless").symlink_to("/dev/zero")
    write(tmp_path / "large", b"x" * 11)
    with pytest.raises(OSError, match="this is a pipe and no file"):
        files.read_regular(tmp_path / "pipe", most=10)
    with pytest.raises(OSError, match="this is a device and no file"):
        files.read_regular(tmp_path / "endless", most=10)
    with pytest.raises(OSError, match="this is a folder and no file"):
        files.read_regular(tmp_path, most=10)
    with pytest.raises(OSError, match="10 bytes is the limit"):
        files.read_regular(tmp_path / "large", most=10)
    assert files.read_regular(tmp_path / "large", most=11) == b"x" * 11
