"""Work done by several processes: the same in the same order, and a process that ends takes nothing with it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from collation.system.workers import AHEAD, Outcome, OwnProcess, Processes, Settled, in_order

METHODS = ["spawn", *(["fork"] if sys.platform == "linux" else [])]


def work(folder: str, item: str) -> str:
    """Doubles a word. “kill” ends its process, “kill once” only the first time, “fail” raises."""
    if item == "fail":
        raise ValueError("none so far")
    if item.startswith("kill"):
        mark = Path(folder, "killed")
        first = not mark.exists()
        mark.touch()
        if first or item == "kill":
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return 2 * item


def nothing() -> None:
    """There is nothing to load."""


def done(items: list[str], folder: Path, method: str, size: int = 2) -> list[Outcome[str]]:
    return list(in_order(iter(items), lambda: Processes(partial(work, str(folder)), size, nothing, method)))


@pytest.mark.parametrize("method", METHODS)
def test_outcomes_come_in_the_order_of_the_pieces(tmp_path: Path, method: str) -> None:
    items = [str(n) for n in range(40)]
    here = list(in_order(iter(items), lambda: OwnProcess(partial(work, str(tmp_path)))))
    assert done(items, tmp_path, method) == here == [Outcome(2 * item) for item in items]


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("method", METHODS)
def test_a_process_that_is_killed_costs_its_own_piece_only(tmp_path: Path, method: str) -> None:
    found = done(["a", "kill", "b", "fail", "c", "d"], tmp_path, method)
    assert [o.value for o in found] == ["aa", None, "bb", None, "cc", "dd"]
    assert found[1].lost == "signal 9 (SIGKILL)" and not found[1].fault
    assert "ValueError: none so far" in found[3].fault and not found[3].lost


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_a_piece_whose_process_was_killed_once_is_done_again(tmp_path: Path) -> None:
    found = done(["a", "kill once", "b"], tmp_path, METHODS[-1])
    assert [o.value for o in found] == ["aa", "kill oncekill once", "bb"]
    assert found[1].again == "signal 9 (SIGKILL)" and not found[1].lost


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_all_processes_killed_between_two_pieces_lose_nothing(tmp_path: Path) -> None:
    crews: list[Processes[str, str]] = []

    def crew() -> Processes[str, str]:
        crews.append(Processes(partial(work, str(tmp_path)), 2, nothing, METHODS[-1]))
        return crews[-1]

    found: list[str | None] = []
    for outcome in in_order(iter("abcdef"), crew):
        if not found:
            for pid in crews[0].pids:
                os.kill(pid, signal.SIGKILL)
        found.append(outcome.value)
    assert found == [2 * item for item in "abcdef"]


def test_what_is_settled_needs_nobody() -> None:
    def nobody() -> OwnProcess[str, str]:
        raise AssertionError("nobody is needed")

    items: list[str | Settled[str]] = [Settled("a"), Settled("b")]
    assert [o.value for o in in_order(iter(items), nobody)] == ["a", "b"]


@pytest.mark.parametrize("several", [False, True])
def test_pieces_are_asked_for_when_somebody_is_free(tmp_path: Path, several: bool) -> None:
    asked: list[int] = []

    def items() -> Iterator[str]:
        for number in range(1_000):
            asked.append(number)
            yield str(number)

    def crew() -> OwnProcess[str, str] | Processes[str, str]:
        job: Callable[[str], str] = partial(work, str(tmp_path))
        return Processes(job, 2, nothing, METHODS[-1]) if several else OwnProcess(job)

    line = in_order(items(), crew)
    for number in range(3):
        next(line)
        assert len(asked) <= number + 1 + (2 * AHEAD if several else 0)
    line.close()


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc whether the processes are gone")
def test_no_process_is_left_when_the_one_who_asked_is_killed(tmp_path: Path) -> None:
    """The parent is killed while both of its workers wait for work; each sees the end of its pipe and leaves."""
    ours, theirs = os.pipe()
    parent = os.fork()
    if not parent:
        os.close(ours)
        crew: Processes[str, str] = Processes(partial(work, str(tmp_path)), 2, nothing, "fork")
        for number, item in enumerate("ab"):
            crew.give(number, item)
        while crew.is_busy:
            crew.take()
        os.write(theirs, b"ready")
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(theirs)
    said = b""
    while part := os.read(ours, 100):  # it ends when the last process that holds the other end is gone
        said += part
    os.waitpid(parent, 0)
    os.close(ours)
    assert said == b"ready"
