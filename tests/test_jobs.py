"""A folder of documents examined by several processes: the same bytes, and whatever ends on the way costs little."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import collation.pipeline
from collation.commands.app import app
from counting import counted
from machine import PATIENCE, hear_interrupts

runner = CliRunner()
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a patched function reaches processes that are forked")
TEXTS = {
    "a/letter": "Он прпбыл в Москву 5 мая 1950 года.\n\nHe arrived in Moscow on 5 May 1950.\n",
    "b/letter": "Она уехала в Пекин 6 пюня.\n\nShe left for Beijing on 6 June.\n",
    "c": "Мы получплм ваше письмо вчера.\n\nWe received your letter yesterday.\n",
    "d": "Он прпбыл в Москву 5 мая 1950 года.\n\nHe arrived in Moscow on 5 May 1950.\n",
    "e": "Товарищ Штыков телеграфирует.\n\nComrade Shtykov telegraphs.\n",
}
STOPPING = """
import sys
import collation.pipeline as pipeline
examine = pipeline.examine
def stops(document, settings):
    if document.source.label.endswith("c.txt"):
        open("gate").read()
    return examine(document, settings=settings)
pipeline.examine = stops
from collation.__main__ import main
sys.argv = ["collation", *sys.argv[1:]]
main()
"""
"""The program, except that it waits at the gate before it examines c.txt."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of five documents: two of one name, two of one text. Results are kept in a new cache."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    for name, text in TEXTS.items():
        path = tmp_path / "d" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def run(*args: str) -> tuple[int, str, str]:
    result = runner.invoke(app, list(args))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def report(out: str, *more: str) -> tuple[int, str, str]:
    code, said, err = run("report", "d", "-v", "--format", "html,json", "--out", out, *more)
    return code, said.replace(f"{out}/", "out/"), err


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_several_processes_write_the_same_bytes(here: Path) -> None:
    one = report("one", "-j", "1", "--no-cache")
    two = report("two", "-j", "2", "--no-cache")
    assert one[0] == 0 and "index.html" in digests(here / "one") and len(digests(here / "one")) == 11
    assert one == two
    assert digests(here / "one") == digests(here / "two")


def test_a_check_by_several_processes_says_the_same(here: Path) -> None:
    said = [run("check", "d", "--format", "json", "--no-cache", "-j", jobs) for jobs in ("1", "3")]
    assert said[0] == said[1] and said[0][0] in (0, 1) and "LEX101" in said[0][1]


def test_an_alignment_of_several_documents(here: Path) -> None:
    said = [run("align", "d", "-j", jobs) for jobs in ("1", "2")]
    assert said[0] == said[1] and said[0][0] == 0
    assert said[0][1].count("== d/") == 5
    code, lines, _ = run("align", "d", "-j", "2", "--format", "json")
    assert code == 0 and len(lines.splitlines()) == 5


def test_report_and_check_share_their_results(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert report("first", "-j", "2")[0] == 0
    examine = counted(monkeypatch, collation.pipeline, "examine")
    assert report("again")[0] == 0 and "(5 from the cache)" in run("check", "d")[2]
    assert examine.calls == 0
    assert digests(here / "first") == digests(here / "again")


def test_what_ends_a_process_costs_its_document_and_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert report("whole", "--no-cache")[0] == 0
    right = collation.pipeline.examine

    def ends(document: Any, settings: Any) -> Any:
        if document.source.label == "d/c.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        if document.source.label == "d/e.txt":
            raise IndexError("none so far")
        return right(document, settings=settings)

    with monkeypatch.context() as patched:
        patched.setattr(collation.pipeline, "examine", ends)
        code, _, err = report("some", "-j", "2")
    assert code == 2
    assert "collation: d/c.txt: the process that examined this document ended twice (signal 9 (SIGKILL))" in err
    assert "IndexError: none so far" in err and "collation: d/e.txt: this is a fault of the program" in err
    whole, some = digests(here / "whole"), digests(here / "some")
    assert whole.keys() - some.keys() == {"c.html", "c.json", "e.html", "e.json"}
    assert report("some", "-j", "2")[0] == 0 and digests(here / "some") == whole


def test_a_document_that_is_removed_meanwhile_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = collation.pipeline.examine

    def removes(document: Any, settings: Any) -> Any:
        Path("d/e.txt").unlink(missing_ok=True)
        return right(document, settings=settings)

    monkeypatch.setattr(collation.pipeline, "examine", removes)
    code, _, err = report("out", "-j", "2", "--no-cache")
    assert code == 2 and "collation: d/e.txt: " in err and "Traceback" not in err
    assert len(digests(here / "out")) == 9


def test_a_full_disk_is_told_and_leaves_no_half(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert report("whole", "--no-cache")[0] == 0

    def full(file: int, content: bytes) -> None:
        os.close(file)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("collation.system.files._fill", full)
        code, _, err = report("out", "-j", "2")
    assert code == 2 and err.count("No space left on device") == 5
    assert digests(here / "out") == {}
    assert [p for p in (here / ".cache").rglob("*") if p.is_file()] == []
    assert report("out", "-j", "2")[0] == 0 and digests(here / "out") == digests(here / "whole")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_what_was_done_before_the_end_is_there_and_the_rest_follows(
    here: Path, monkeypatch: pytest.MonkeyPatch, sent: signal.Signals
) -> None:
    """The end comes while one process waits at the gate. Standard output ends when all processes are gone."""
    assert report("whole", "--no-cache")[0] == 0
    os.mkfifo("gate")
    command = [sys.executable, "-c", STOPPING, "report", "d", "-v", "--format", "html,json", "--out", "out", "-j", "2"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, preexec_fn=hear_interrupts, **pipes) as running:
        assert running.stdout is not None
        assert [b"letter" in running.stdout.readline() for _ in range(2)] == [True, True]
        gate = os.open("gate", os.O_WRONLY)
        running.send_signal(sent)
        assert running.wait(PATIENCE) == (130 if sent == signal.SIGINT else -signal.SIGKILL)
        os.close(gate)
        running.stdout.read()
    done = digests(here / "out")
    assert len(done) == 4 and done.items() <= digests(here / "whole").items()
    examine = counted(monkeypatch, collation.pipeline, "examine")
    assert report("out", "-j", "1")[0] == 0
    assert examine.calls < 3 + 1
    assert digests(here / "out") == digests(here / "whole")
