"""Documents examined by Dask: a cluster on this computer, or one that runs already on several.

Dask decides which worker does what and gives the work of one that is gone to another. Nothing else of it is used: what is
handed out and in which order results are taken is ours, so that the output is that of one process.
"""

from __future__ import annotations

import os
import pickle
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, TypeVar

from collation.errors import CollationError, Message, refusal
from collation.system.untrusted import NotRead, library
from collation.system.workers import Outcome, attempt

A = TypeVar("A")
B = TypeVar("B")

EACH = 2
"""Pieces that are with a worker at once, so that it need not wait for the next: one is done, one lies ready."""
PATIENCE = 30  # seconds until a scheduler has answered and has a worker


class Cluster(Generic[A, B]):
    """A crew of Dask workers: those of the scheduler at ``address``, else ``size`` processes started here.

    Raises CollationError when the library is missing, with the command that installs it, and when no scheduler answers or
    it has no worker.
    """

    def __init__(self, work: Callable[[A], B], *, size: int, address: str = "") -> None:
        self._dask = _distributed()
        self._work = work
        self._local = None if address else self._started(size)
        try:
            self._client = self._dask.Client(address or self._local, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CollationError(Message("scheduler-silent", address=address, reason=error)) from error
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            self.close()
            raise CollationError(Message("scheduler-without-workers", address=address)) from error
        self._numbers: dict[Any, int] = {}

    @property
    def size(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return max(2, sum(threads.values()))

    @property
    def is_free(self) -> bool:
        return len(self._numbers) < EACH * self.size

    @property
    def is_busy(self) -> bool:
        return bool(self._numbers)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes of the workers, on whatever computers."""
        return tuple(self._client.run(os.getpid).values())

    def give(self, number: int, item: A) -> None:
        packed = pickle.dumps((self._work, item))  # as it is: Dask would look into it for futures
        self._numbers[self._client.submit(attempt_packed, packed, pure=False, priority=-number)] = number

    def take(self) -> list[tuple[int, Outcome[B]]]:
        with self._client.as_current():
            done = self._dask.wait(list(self._numbers), return_when="FIRST_COMPLETED").done
        return [(self._numbers.pop(future), self._outcome(future)) for future in done]

    def close(self) -> None:
        for closed in (self._client, self._local):
            if closed is not None:
                with suppress(TimeoutError, OSError):
                    closed.close()

    def _outcome(self, future: Any) -> Outcome[B]:
        """What a future came to. What could not be sent or was not understood over there is a fault."""
        if future.status == "finished":
            found: Outcome[B] = future.result()
            return found
        error = future.exception() if future.status == "error" else None
        if error is None or isinstance(error, self._dask.KilledWorker):
            return Outcome(lost=str(error or future.status))
        return Outcome(fault="".join(traceback.format_exception(error)))

    def _started(self, size: int) -> Any:
        return self._dask.LocalCluster(
            n_workers=size, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
        )


def attempt_packed(packed: bytes) -> Outcome[Any]:
    """What becomes of a piece of work on a worker."""
    work, item = pickle.loads(packed)
    return attempt(work, item)


def _distributed() -> Any:
    """The library. Raises CollationError, with the command that installs it."""
    try:
        return library("distributed", extra="cluster")
    except NotRead as error:
        raise CollationError(refusal(error)) from error
