"""Files: written whole, through no link and by one module only; what is read is a file and has a size."""

from __future__ import annotations

import ast
import gzip
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling_log import append, log_path
from collation.errors import BadSettings, UnwritableLog
from collation.gate.baseline import write_baseline
from collation.knowledge import dictionaries
from collation.knowledge.words import dictd
from collation.project.configuration import BASELINE, find_project
from collation.review.web.user_files import UserFiles
from collation.system import files
from gate_repository import letter, ruled, run, run_on_names, write
from machine import named
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
        "write_text",
        "write_bytes",
        "mkstemp",
        "NamedTemporaryFile",
        "TemporaryFile",
        "touch",
        "symlink_to",
        "hardlink_to",
        "rename",
        "renames",
        "fdopen",
        "copyfile",
        "copy2",
        "copytree",
        "savez",
        "tofile",
    }
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = (
            node.func.value.id if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) else ""
        )
        if name in named or (owner in {"os", "shutil"} and name in {"open", "replace", "link", "move"}):
            yield f"line {node.lineno}: {name}"
        elif name == "replace" and len(node.args) == 1 and not node.keywords:
            yield f"line {node.lineno}: a path is renamed"
        elif name == "open" and owner not in {
            "webbrowser",
            "wave",
            "image",
        }:  # of Pillow, which opens for reading alone
            modes = [
                *node.args[isinstance(node.func, ast.Name) :],
                *(k.value for k in node.keywords if k.arg == "mode"),
            ]
            first = modes[0] if modes else ast.Constant("r")
            if not isinstance(first, ast.Constant) or set("wax+") & set(str(first.value)):
                yield f"line {node.lineno}: open for writing"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_no_other_module_opens_files_for_writing(path: Path) -> None:
    if path.relative_to(SOURCE).as_posix() != "system/files.py":
        assert list(_writes(path)) == []


@pytest.mark.parametrize(
    "code",
    [
        "p.open('ab')",
        "open(p, 'w')",
        "open(p, mode='x')",
        "open(p, how)",
        "p.write_text(t)",
        "os.open(p, 1)",
        "p.replace(q)",
        "os.replace(p, q)",
        "tempfile.mkstemp()",
        "os.fdopen(h, 'w')",
    ],
)
def test_the_look_for_writing_sees_it(tmp_path: Path, code: str) -> None:
    assert list(_writes(write(tmp_path / "some.py", code)))


# no link is followed


def _report(root: Path) -> None:
    assert run("report", "letters", "--out", "out", "--format", "html,md,json")[0] == 0


def _checked(root: Path) -> None:
    assert run("check", "letters", "--format", "sarif", "--out", "found.sarif", "--exit-zero")[0] == 0


def _baseline(root: Path) -> None:
    assert run("baseline", "write", "letters", "--baseline", BASELINE)[0] == 0


def _apply(root: Path) -> None:
    """Refused, with 2, where a link has the name: it leads to a file that was not written by it."""
    for folder, *more in (("edition",), ("patches", "--diff")):
        is_linked = any(path.is_symlink() for path in root.glob(f"{folder}/*"))
        assert run("apply", "letters", "--out", folder, *more)[0] == (2 if is_linked else 0)


def _ruling(root: Path) -> None:
    ruled(root, letter(), editor="boris", verdict="stands")


def _learned(root: Path) -> None:
    assert run("learn", "--parallel", "letters/a.txt", "--out", "learned.tsv")[0] == 0
    assert run("learn", "--russian", "letters/a.txt", "--out", "learned.counts")[0] == 0


def _opened(root: Path) -> None:
    UserFiles(root / "state" / "recent.json", root / "taken").remember([root / "letters/a.txt"], "2025-01-01T00:00:00Z")


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
def test_no_link_at_a_name_that_is_written_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], None]
) -> None:
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
from collation.writers.folder import ReportFolder, write_report_file
folder, word, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
ReportFolder(folder, ["html"], "en")
for _ in range(times):
    for name in ("index.html", "a.html"):
        write_report_file(folder / name, word * 40_000)
"""
_TIMES = 250


def test_two_programs_that_write_one_folder_leave_whole_files_only(tmp_path: Path) -> None:
    """Two writers of the same names, and a reader all the while: everything seen is one writer's file, whole."""
    folder = tmp_path / "reports"
    command = [sys.executable, "-c", _WRITER, str(folder)]
    own = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    writers = [
        subprocess.Popen([*command, word, str(_TIMES)], stderr=subprocess.PIPE, env=own) for word in ("one", "two")
    ]
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


def test_what_cannot_be_written_leaves_nothing_and_what_was_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    monkeypatch.setattr(
        os, "fsync", lambda f: (done.append("folder" if stat.S_ISDIR(os.fstat(f).st_mode) else "file"), sync(f))[1]
    )
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


def test_a_folder_for_reports_that_is_a_link_is_named_by_the_user_or_not_written(here: Path, tmp_path: Path) -> None:
    write(here / "letters/a.txt", letter())
    (tmp_path / "home").mkdir()
    (here / "reports").symlink_to(tmp_path / "home")
    code, _, err = run("report", "letters")
    assert code == 2 and "reports: this is a link; name the folder with --out" in err
    assert list((tmp_path / "home").iterdir()) == []
    assert run("report", "letters", "--out", "reports")[0] == 0


# what settings name

PATHS = ("weights", "baseline", "language-model", "translations", "decisions", "dictd")


@pytest.mark.parametrize("outside", ["absolute", "above", "link"])
@pytest.mark.parametrize("key", PATHS)
def test_a_setting_leads_to_nothing_outside_of_the_project(here: Path, tmp_path: Path, key: str, outside: str) -> None:
    secret = write(tmp_path / "home" / "secret.index", "secret")
    write(here / "letters/a.txt", letter())
    if outside == "link":
        (here / "inside.index").symlink_to(secret)
    value = {"absolute": secret.as_posix(), "above": "../home/secret.index", "link": "./inside.index"}[outside]
    write(here / "collation.toml", f'{key} = "{value}"\n')
    for words in (("check", "letters"), ("report", "letters", "--out", "out"), ("apply", "letters", "--out", "e")):
        code, _, err = run(*words)
        assert code == 2 and f"“{key}” leads out of the project" in err and "Traceback" not in err, err


@posix
@pytest.mark.parametrize("what", ["pipe", "endless", "folder", "circle", "large"])
@pytest.mark.parametrize("key", [k for k in PATHS if k != "decisions"])
def test_a_setting_names_a_file_of_a_known_size(
    here: Path, monkeypatch: pytest.MonkeyPatch, key: str, what: str
) -> None:
    """None of them is opened, and the message has the setting; of a large one the limit too."""
    write(here / "letters/a.txt", letter())
    path = here / "named.index"
    if what == "pipe":
        os.mkfifo(path)
    elif what == "endless":
        path.symlink_to("/dev/zero")
    elif what == "folder":
        path.mkdir()
    elif what == "circle":
        path.symlink_to(path)
    else:
        with path.open("wb") as file:
            file.truncate(5_000_000_000)
    write(here / "named.dict", "x")
    write(here / "collation.toml", f'{key} = "{path.name}"\n')
    code, _, err = run("check", "letters")
    assert code == 2 and f"“{key}”" in err and "Traceback" not in err, err
    if what == "large":
        assert "5 GB" in err and "is the limit" in err


def test_a_dictionary_that_unpacks_without_end_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes may unpack to any number: no more than the limit is unpacked."""
    monkeypatch.setattr(dictd, "LARGEST", 1_000_000)
    write(here / "letters/a.txt", letter())
    write(here / "small.index", "a\tA\tB\n")
    write(here / "small.dict.dz", gzip.compress(bytes(20_000_000)))
    write(here / "collation.toml", 'dictd = "small"\n')
    code, _, err = run("check", "letters")
    assert code == 2 and "“dictd”" in err and "unpacked it holds more than 1 MB" in err and "Traceback" not in err


def test_a_dictionary_of_the_system_is_named_by_its_name(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictd, "FOLDERS", (tmp_path / "system",))
    write(tmp_path / "system" / "mueller7.index", "war\tA\tH\n")
    write(tmp_path / "system" / "mueller7.dict", "война\n")
    write(here / "letters/a.txt", letter())
    for name in ("mueller7", (tmp_path / "system" / "mueller7").as_posix()):
        write(here / "collation.toml", f'dictd = "{name}"\n')
        assert run("check", "letters")[0] == 1


def test_what_settings_name_may_lie_elsewhere_in_the_repository(here: Path) -> None:
    (here / ".git").mkdir()
    write(here / "part" / "collation.toml", 'decisions = "../rulings"\n')
    assert find_project(here / "part").decisions == here / "part" / ".." / "rulings"
    write(here / "part" / "collation.toml", 'decisions = "../../rulings"\n')
    with pytest.raises(BadSettings, match="leads out of the project"):
        find_project(here / "part")


@posix
@pytest.mark.parametrize("what", ["folder", "pipe", "circle", "nowhere", "large", "deep"])
@pytest.mark.parametrize("name", ["collation.toml", "pyproject.toml"])
def test_settings_that_are_no_file_are_told(here: Path, what: str, name: str) -> None:
    write(here / "letters/a.txt", letter())
    path = here / name
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what in ("circle", "nowhere"):
        path.symlink_to(path if what == "circle" else here / "none")
    else:
        write(path, "a = " + ("[" * 200_000 if what == "deep" else f'"{"x" * 2_000_000}"'))
    code, _, err = run("check", "letters")
    assert code == 2 and f"{name}: the settings cannot be read (" in err and "Traceback" not in err, err


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("weights", b"{}"),
        ("weights", b"[" * 100_000),
        ("weights", b"\xff"),
        ("language-model", b"collation counts 1\n{}\n"),
        ("language-model", b"collation counts 1\n" + b"[" * 100_000),
        ("language-model", b""),
        ("translations", b"a\tb\tc\td"),
        ("translations", b"\xff"),
        ("baseline", b"[" * 100_000),
        ("baseline", b"\xff"),
        ("dictd", b"\xff"),
        ("dictd", b""),
    ],
)
def test_a_file_of_another_kind_is_told_and_is_no_fault_of_the_program(here: Path, key: str, data: bytes) -> None:
    write(here / "letters/a.txt", letter())
    write(here / "named.index", data)
    write(here / "collation.toml", f'{key} = "named.index"\n')
    code, _, err = run("check", "letters")
    assert code == 2 and "named" in err and "Traceback" not in err and "fault of the program" not in err, err


def test_weights_that_lead_in_a_circle_are_refused(here: Path) -> None:
    """Trees that lead back to where they came from would be walked for ever."""
    shipped = json.loads(dictionaries.data_file("weights.json").read_text(encoding="utf-8"))
    shipped["places"]["trees"][0][2][0] = shipped["places"]["trees"][0][3][0] = 0
    write(here / "letters/a.txt", letter())
    write(here / "w.json", json.dumps(shipped))
    write(here / "collation.toml", 'weights = "w.json"\n')
    code, _, err = run("check", "letters")
    assert code == 2 and "a tree leads back" in err


# what is found in a folder


@posix
@pytest.mark.parametrize("command", [("check", "d"), ("report", "d", "--out", "out"), ("apply", "d", "--out", "e")])
def test_what_is_no_document_is_told_once_and_the_others_are_done(here: Path, command: tuple[str, ...]) -> None:
    """A circle of links, a link that leads nowhere, a pipe, a name that is not UTF-8; and names in Russian."""
    write(here / "d/письмо.txt", letter())
    (here / "d/circle.txt").symlink_to("circle.txt")
    (here / "d/one.txt").symlink_to("two.txt")
    (here / "d/two.txt").symlink_to("one.txt")
    (here / "d/nowhere.txt").symlink_to("none.txt")
    os.mkfifo(here / "d/pipe.txt")
    (here / "d/endless.txt").symlink_to("/dev/zero")
    Path(os.fsdecode(b"d/bad\xff.txt")).write_text(letter(number=2), encoding="utf-8")
    code, out, err = run_on_names(*command)
    assert code == 2 and "письмо" in out + err and "Traceback" not in err
    told = [line for line in err.splitlines() if line.startswith("collation: d/")]
    assert sorted(told) == [
        "collation: d/bad\\udcff.txt: the name of this file is not UTF-8; rename it",
        "collation: d/circle.txt: this link leads nowhere",
        "collation: d/endless.txt: this is a device and no file",
        "collation: d/nowhere.txt: this link leads nowhere",
        "collation: d/one.txt: this link leads nowhere",
        "collation: d/pipe.txt: this is a pipe and no file",
        "collation: d/two.txt: this link leads nowhere",
    ]


@posix
@pytest.mark.parametrize("name", [b"d/circle.txt", b"d/pipe.txt", b"d/bad\xff.txt", b"d/p*.txt"])
def test_what_is_named_and_no_document_is_told_once(here: Path, name: bytes) -> None:
    write(here / "d/a.txt", letter())
    (here / "d/circle.txt").symlink_to("circle.txt")
    os.mkfifo(here / "d/pipe.txt")
    Path(os.fsdecode(b"d/bad\xff.txt")).write_text(letter(), encoding="utf-8")
    code, out, err = run("check", os.fsdecode(name), "d/a.txt")
    assert code == 2 and "d/a.txt" in out
    assert sum(line.startswith("collation: d/") for line in err.splitlines()) == 1


def test_a_folder_that_cannot_be_opened_is_told_once_and_the_others_are_done(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here / "d/a.txt", letter())
    write(here / "d/closed/b.txt", letter(number=2))
    scan = os.scandir

    def closed(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    code, out, err = run("check", "d")
    assert code == 2 and "d/a.txt" in out
    assert err.count("d/closed: the folder cannot be opened (Permission denied)") == 1


@posix
def test_a_russian_name_in_the_posix_locale_is_read_and_reported(here: Path) -> None:
    write(here / "d/письмо.txt", letter())
    own = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    own |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(SOURCE.parent)}
    for words in (("check", "d", "--format", "full"), ("report", "d", "--out", "out")):
        done = subprocess.run([sys.executable, "-m", "collation", *words], env=own, capture_output=True, check=False)
        assert done.returncode == (words[0] == "check"), done.stderr.decode()
        assert "d/письмо.txt" in done.stdout.decode()
    assert (here / "out" / named("письмо.html")).is_file()


@pytest.mark.parametrize("name", ["undefined", "nonsense", "hex", "a\0b", "idna", "mbcs"])
def test_an_encoding_that_no_text_can_have_is_told(here: Path, name: str) -> None:
    write(here / "d/a.txt", letter())
    code, out, err = run("check", "d", "--encoding", name)
    assert code == 2 and out == ""
    assert (
        "d/a.txt: " in err
        and ("encoding" in err or "the bytes are not idna" in err)
        and "Traceback" not in err
        and "fault" not in err
    )


def test_a_file_that_is_too_large_is_not_read(here: Path) -> None:
    write(here / "d/a.txt", letter())
    with (here / "d/large.txt").open("wb") as file:
        file.truncate(5_000_000_000)
    code, out, err = run("check", "d")
    assert code == 2 and "d/a.txt" in out
    assert "d/large.txt: the file cannot be opened (it holds 5 GB, and 16 MB is the limit)" in err


@posix
def test_a_folder_of_rulings_that_leads_out_of_the_project_is_not_written(here: Path, tmp_path: Path) -> None:
    """Neither when it is called decisions; a user may name it on the command line."""
    write(here / "collation.toml", "")
    write(here / "d/a.txt", letter())
    (tmp_path / "home").mkdir()
    (here / "decisions").symlink_to(tmp_path / "home")
    for words in (
        ("check", "d"),
        ("report", "d", "--out", "out"),
        ("apply", "d", "--out", "e"),
        ("review", "d", "--plain"),
    ):
        code, _, err = run(*words)
        assert code == 2 and "leads out of the project; name it with --decisions" in err and "Traceback" not in err, err
    assert list((tmp_path / "home").iterdir()) == []
    assert run("apply", "d", "--out", "e", "--decisions", "decisions")[0] == 0
