"""The garbage collector: a process of ours leaves out what is loaded, the library leaves a user's heap alone."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import collation as co
from collation.commands.app import app
from collation.learning.gather import gather_examples
from collation.system.collector import SELDOM, freeze_loaded
from counting import Counted, counted

RUSSIAN = ("Он прибыл сюда вечером.", "Она уехала домой утром.")


@pytest.fixture
def freezes(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """How often the heap is frozen, as in a process that has not done so before."""
    freeze_loaded.cache_clear()
    return counted(monkeypatch, gc, "freeze")


def test_the_library_leaves_the_collector_alone(freezes: Counted) -> None:
    thresholds = gc.get_threshold()
    for text in RUSSIAN:
        co.examine(co.read(original=text))
    assert freezes.calls == 0
    assert gc.get_threshold() == thresholds


@pytest.mark.parametrize("command", [("report", "--no-cache", "--out", "out"), ("check", "--no-cache", "--exit-zero")])
def test_a_command_freezes_once_what_was_loaded_for_the_first_document(
    command: tuple[str, ...], freezes: Counted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for number, text in enumerate(RUSSIAN):
        Path(f"{number}.txt").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, [*command, "0.txt", "1.txt"])
    assert result.exit_code == 0, result.output
    assert freezes.calls == 1


def test_a_process_of_ours_collects_seldom() -> None:
    program = "import gc, runpy, sys; sys.argv = ['collation', '--help']\n"
    program += "try: runpy.run_module('collation', run_name='__main__')\n"
    program += "finally: print(*gc.get_threshold())"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True).stdout
    assert said.split()[-3:] == [str(n) for n in SELDOM]


def test_a_worker_of_the_trainer_gives_the_same_examples(freezes: Counted) -> None:
    texts = {f"{n}.txt": f"{text}\n\nHe came here in the evening.\n" for n, text in enumerate(RUSSIAN)}
    assert gather_examples(texts, copies=1, workers=2) == gather_examples(texts, copies=1)
    assert freezes.calls == 0  # a process that is somebody else's may call the trainer
