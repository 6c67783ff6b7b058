"""Kill the writer at any moment, fill the disk: every acknowledged ruling is there, and the log can be read."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from collation.decisions import ruling_log
from collation.decisions.log_lines import content_id
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, load_log
from collation.errors import UnwritableLog
from machine import PATIENCE
from made import at, rule

TEXT = "Война неизбежна, то пусть она будет топорь, а не через несколько лет.\n"
KILLS = 200
WRITERS = 4

WRITER = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from made import at, rule
from collation.decisions.ruling_log import append
text = {text!r}
path, run = Path(sys.argv[1]), 0
print("ready", flush=True)
for line in sys.stdin:  # one life for each line; only its children are killed
    run += 1
    import os
    child = os.fork()
    if child == 0:
        for n in range(100000):
            ruling = rule(text, at(text, "топорь"), "теперь" * (1 + n % 7), n=n % 80000, note=f"{{run}}/{{n}}", editor=sys.argv[2])
            (written,) = append(path, [ruling]).rulings
            os.write(1, (written.id + "\\n").encode())
    else:
        os.write(1, f"child {{child}}\\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\\n")
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX systems")
def test_kill_at_any_moment(tmp_path: Path) -> None:
    """Two hundred writers killed while they write; the next one always finds a log it can go on with."""
    path = tmp_path / "anna.jsonl"
    chance = random.Random(9)
    acknowledged: set[str] = set()
    command = [*_program(tmp_path, WRITER), str(path), "anna"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as parent:
        assert parent.stdin and parent.stdout
        assert parent.stdout.readline() == "ready\n"
        for _ in range(KILLS):
            parent.stdin.write("go\n")
            parent.stdin.flush()
            acknowledged |= _one_life(parent, after=chance.randrange(4), seconds=chance.uniform(0, 0.012))
        parent.stdin.close()
    kept = {ruling.id for ruling in load_log(path).rulings}
    assert len(acknowledged) > KILLS and acknowledged <= kept
    append(path, [rule(TEXT, at(TEXT, "топорь"), "теперь", n=5, note="after")])
    assert load_log(path).torn == b"" and load_log(path).rulings[-1].note == "after"


def _program(folder: Path, source: str) -> list[str]:
    """A command that runs this source. It is in a file: an argument can hold no Russian in the POSIX locale."""
    file = folder / "program.py"
    file.write_text(source.format(tests=str(Path(__file__).parent), text=TEXT), encoding="utf-8")
    return [sys.executable, "-X", "utf8", str(file)]


def _one_life(parent: subprocess.Popen[str], *, after: int, seconds: float) -> set[str]:
    """What a writer acknowledged until it was killed, some time after so many rulings."""
    assert parent.stdout
    said: set[str] = set()
    timer: threading.Timer | None = None
    child = 0
    for line in parent.stdout:
        word, _, rest = line.strip().partition(" ")
        if word == "child":
            child = int(rest)
        elif word == "dead":
            break
        else:
            said.add(word)
        if timer is None and child and len(said) >= after:
            timer = threading.Timer(seconds, os.kill, (child, signal.SIGKILL))
            timer.start()
    assert timer is not None
    timer.join()
    return said


def _two() -> tuple[Ruling, Ruling]:
    return rule(TEXT, at(TEXT, "топорь"), "теперь", n=1), rule(TEXT, at(TEXT, "Война"), n=2)


@pytest.mark.parametrize("fault", ["write", "short", "fsync"])
def test_a_full_disk_is_told_and_the_log_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    path = tmp_path / "anna.jsonl"
    one, two = _two()
    append(path, [one])
    before, write = path.read_bytes(), os.write

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        if fault == "short":
            patched.setattr(ruling_log.os, "write", lambda f, data: write(f, data[: len(data) // 2]))
        else:
            patched.setattr(ruling_log.os, fault, full)
        with pytest.raises(UnwritableLog) as caught:
            append(path, [two])
    assert "could not be saved" in str(caught.value) and str(path) in str(caught.value)
    assert path.read_bytes() == before
    (written,) = append(path, [two]).rulings
    assert load_log(path).rulings == (one, written) and written.after == (one.id,)


LIMITED = """
import resource, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from made import at, rule
from collation.decisions.ruling_log import append
from collation.errors import UnwritableLog
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
done = 0
try:
    for n in range(100):
        append(Path(sys.argv[1]), [rule({text!r}, at({text!r}, "топорь"), "теперь", n=n)])
        done += 1
except UnwritableLog as error:
    print(done, error)
"""


@pytest.mark.skipif(os.name != "posix", reason="file size limits are a thing of POSIX systems")
def test_a_real_limit_of_the_system_leaves_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    command = [*_program(tmp_path, LIMITED), str(path)]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    done = int(said.split()[0])
    assert done >= 2 and "could not be saved" in said
    loaded = load_log(path)
    assert len(loaded.rulings) == done and loaded.torn == b""


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    made = [[rule(TEXT, at(TEXT, "топорь"), "теперь", n=n, note=f"{w}") for n in range(25)] for w in range(WRITERS)]
    threads = [threading.Thread(target=lambda own=own: [append(path, [r], wait=PATIENCE) for r in own]) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = load_log(path).rulings
    assert {content_id(r) for r in found} == {r.id for own in made for r in own}
    assert [r.after for r in found[1:]] == [(r.id,) for r in found[:-1]], "each has seen the one before"


def test_a_log_held_by_somebody_else_is_told(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    one, two = _two()
    append(path, [one])
    with ruling_log.locked(path, 1), pytest.raises(UnwritableLog, match="held"):
        append(path, [two], wait=0.1)
    assert load_log(path).rulings == (one,)


def test_a_link_in_place_of_a_log_is_not_followed(tmp_path: Path) -> None:
    if not hasattr(os, "O_NOFOLLOW"):
        pytest.skip("this system cannot tell")
    target = tmp_path / "other.txt"
    target.write_text("mine\n", encoding="utf-8")
    link = tmp_path / "anna.jsonl"
    link.symlink_to(target)
    with pytest.raises(UnwritableLog):
        append(link, [_two()[0]])
    assert target.read_text(encoding="utf-8") == "mine\n"
