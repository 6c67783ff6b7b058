"""Pieces of work done in order by this process or by several, each piece by the worker that it is given to.

A worker does one piece at a time, and its pipe ends when it does. So of a worker that is killed it is known which piece it
had and how it ended; the others are not disturbed, the piece is done once more by a new worker, and only if that one ends
too is it given up. (The pool of ``concurrent.futures`` breaks as a whole and says neither.) Where a process can be forked
safely, everything is loaded once, before that, and shared by the workers; elsewhere each loads for itself.

What the work returns must be a value that can be sent; a piece of work that raises gives a fault, which is a value too.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, TypeVar

from collation.system.collector import collect_seldom
from collation.system.console import traceback_of

A = TypeVar("A")
A_contra = TypeVar("A_contra", contravariant=True)
B = TypeVar("B")
B_co = TypeVar("B_co", covariant=True)

AHEAD = 64
"""How many pieces for each worker may be done before the one whose turn it is: results kept, while a long one is waited for."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[B_co]):
    """What became of a piece of work: its value; else the traceback of a ``fault``, or how its workers were ``lost``.

    ``again`` says how a first worker was lost when a second one did the work.
    """

    value: B_co | None = None
    fault: str = ""
    lost: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class Settled(Generic[B_co]):
    """A piece that needs no work: its outcome is known."""

    value: B_co


class Crew(Protocol[A_contra, B_co]):
    """Those who do the work. ``size`` of them at most work at once."""

    @property
    def size(self) -> int: ...
    @property
    def is_free(self) -> bool: ...
    @property
    def is_busy(self) -> bool: ...
    def give(self, number: int, item: A_contra) -> None: ...
    def take(self) -> Iterable[tuple[int, Outcome[B_co]]]:
        """What has been done since, at least one piece; waits for it."""
        ...

    def close(self) -> None: ...


def in_order(
    items: Iterable[A | Settled[B]],
    crew_for: Callable[[], Crew[A, B]],
    done: Callable[[int], None] = lambda number: None,
) -> Iterator[Outcome[B]]:
    """The outcomes of pieces of work in the order of the pieces, whoever does them and whoever is ready first.

    ``items`` are asked for only when somebody is free, so that few are there at once; ``crew_for`` is called for the first
    of them that needs work. ``done`` hears the number of each piece when it is done. When the iterator is closed, or an
    exception passes through it, the crew is let go.
    """
    with closing(_Line(items, crew_for, done)) as line:
        while line.next_ready():
            yield line.pop()


class _Line(Generic[A, B]):
    """The pieces in their order: those given out and those done before their turn."""

    def __init__(
        self, items: Iterable[A | Settled[B]], crew_for: Callable[[], Crew[A, B]], done: Callable[[int], None]
    ) -> None:
        self._items, self._crew_for, self._done = iter(items), crew_for, done
        self._crew: Crew[A, B] | None = None
        self._ready: dict[int, Outcome[B]] = {}
        self._given = self._next = 0
        self._held: A | None = None
        self._ended = False

    def next_ready(self) -> bool:
        """Whether the next outcome is there; work is given out and waited for until it is or nothing is left."""
        while self._next not in self._ready:
            self._give()
            if self._next in self._ready:
                break
            if self._crew is None or not self._crew.is_busy:
                return False
            for number, outcome in self._crew.take():
                self._put(number, outcome)
        return True

    def pop(self) -> Outcome[B]:
        self._next += 1
        self._give_more()
        return self._ready.pop(self._next - 1)

    def close(self) -> None:
        if self._crew is not None:
            self._crew.close()

    def _give_more(self) -> None:
        """Whoever is free is given work before the outcome is used, where others do the work."""
        if self._crew is not None and self._crew.size > 1:
            self._give()

    def _give(self) -> None:
        while not self._ended and (self._crew is None or (self._crew.is_free and self._has_room(self._crew.size))):
            try:
                item = next(self._items)
            except StopIteration:
                self._ended = True
                return
            number, self._given = self._given, self._given + 1
            if isinstance(item, Settled):
                self._put(number, Outcome(item.value))
                if number == self._next:
                    return
                continue
            if self._crew is None:
                self._crew = self._crew_for()
            self._crew.give(number, item)

    def _has_room(self, size: int) -> bool:
        return self._given - self._next < max(1, AHEAD * size if size > 1 else 1)

    def _put(self, number: int, outcome: Outcome[B]) -> None:
        self._ready[number] = outcome
        self._done(number)


def attempt(work: Callable[[A], B], item: A) -> Outcome[B]:
    """What becomes of a piece of work that is done here and now."""
    try:
        return Outcome(work(item))
    except Exception as error:
        return Outcome(fault=traceback_of(error))


class OwnProcess(Generic[A, B]):
    """The crew that is this process itself: a piece is done when it is given."""

    size = 1

    def __init__(self, work: Callable[[A], B]) -> None:
        self._work = work
        self._done: list[tuple[int, Outcome[B]]] = []

    @property
    def is_free(self) -> bool:
        return not self._done

    @property
    def is_busy(self) -> bool:
        return bool(self._done)

    def give(self, number: int, item: A) -> None:
        self._done.append((number, attempt(self._work, item)))

    def take(self) -> list[tuple[int, Outcome[B]]]:
        taken, self._done = self._done, []
        return taken

    def close(self) -> None:
        self._done.clear()


@dataclass(slots=True)
class _Worker(Generic[A]):
    """A process, our end of its pipe, and the piece it has: its number, the piece, how its worker before was lost."""

    process: BaseProcess
    pipe: Connection
    piece: tuple[int, A, str] | None = None


class Processes(Generic[A, B]):
    """A crew of processes on this computer, started when they are needed.

    ``work`` is a function of a module; ``load`` loads everything it needs and is called here before the first fork.
    """

    def __init__(self, work: Callable[[A], B], size: int, load: Callable[[], object], method: str = "") -> None:
        self.size = size
        self._work, self._load = work, load
        self._context = get_context(method or _usual_method())
        self._workers: list[_Worker[A]] = []

    @property
    def is_free(self) -> bool:
        return len(self._workers) < self.size or any(w.piece is None for w in self._workers)

    @property
    def is_busy(self) -> bool:
        return any(w.piece is not None for w in self._workers)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that are there now."""
        return tuple(w.process.pid or 0 for w in self._workers)

    def give(self, number: int, item: A) -> None:
        worker = next((w for w in self._workers if w.piece is None), None)
        self._give_to(worker or self._start(), (number, item, ""))

    def take(self) -> list[tuple[int, Outcome[B]]]:
        taken: list[tuple[int, Outcome[B]]] = []
        while not taken:
            busy = {w.pipe: w for w in self._workers if w.piece is not None}
            for pipe in wait(list(busy)):
                taken += self._received(busy[pipe])  # type: ignore[index]
        return taken

    def close(self) -> None:
        """Let all go: who waits for work ends by himself, who works is stopped."""
        for worker in self._workers:
            worker.pipe.close()
            if worker.piece is not None:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def _received(self, worker: _Worker[A]) -> Iterator[tuple[int, Outcome[B]]]:
        assert worker.piece is not None
        number, item, before = worker.piece
        try:
            outcome: Outcome[B] = worker.pipe.recv()
        except (EOFError, OSError):
            ended = self._ended(worker)
            if not before:
                self._give_to(self._start(), (number, item, ended))
                return
            outcome = Outcome(lost=ended)
        worker.piece = None
        yield number, Outcome(outcome.value, outcome.fault, outcome.lost, before)

    def _give_to(self, worker: _Worker[A], piece: tuple[int, A, str]) -> None:
        worker.piece = piece
        with suppress(OSError):  # that it has ended meanwhile is seen when its pipe is read
            worker.pipe.send(piece[1])

    def _start(self) -> _Worker[A]:
        forked = self._context.get_start_method() == "fork"
        if forked and not self._workers:
            self._load()
        ours, theirs = self._context.Pipe()
        inherited = [ours, *(w.pipe for w in self._workers)] if forked else []
        process = self._context.Process(target=_serve, args=(theirs, self._work, inherited), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _ended(self, worker: _Worker[A]) -> str:
        """How a worker ended; it is one no longer."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        code = worker.process.exitcode or 0
        if code >= 0:
            return f"exit code {code}"
        names = {s.value: s.name for s in signal.Signals}
        return f"signal {-code} ({names.get(-code, '?')})"


def _usual_method() -> str:
    """Forked where that is safe: what macOS itself starts in a process does not outlive a fork."""
    return "fork" if sys.platform == "linux" and "fork" in get_all_start_methods() else "spawn"


def _serve(pipe: Connection, work: Callable[[Any], object], inherited: Iterable[Connection]) -> None:
    """A worker: pieces are done until nobody asks for more. An interrupt is the affair of whoever asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # a file half written is taken away
    for other in inherited:  # else nobody would see that the one who asks is gone
        other.close()
    collect_seldom()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send(attempt(work, pipe.recv()))


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
