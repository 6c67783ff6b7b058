"""How the commands report what goes wrong: a sentence on standard error, and the exit code 2 at the end.

A fault of the program is reported with its traceback, so that it can be mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from collation.errors import CollationError, Message, UnreadableInput
from collation.system.console import say, traceback_of

if TYPE_CHECKING:
    from collation.model import Apparatus
    from collation.project.jobs import Examined
    from collation.project.run import DocumentRun
    from collation.system.workers import Outcome

FAILED = 2
T = TypeVar("T")


@contextmanager
def leaving_on_failure() -> Iterator[None]:
    """What goes wrong in a block is reported, and the program leaves with 2: a fault of its own too."""
    try:
        yield
    except CollationError as error:
        say(f"collation: {error}", err=True)
        raise typer.Exit(FAILED) from error
    except (typer.Exit, typer.BadParameter, BrokenPipeError):
        raise
    except Exception as error:
        say(traceback_of(error), err=True, nl=False)
        where = "".join(f"; {note}" for note in getattr(error, "__notes__", ()))
        say(f"collation: this is a fault of the program{where}; nothing was judged", err=True)
        raise typer.Exit(FAILED) from error


def leave_if_failed(run: DocumentRun) -> None:
    """Report what went wrong in a run, and leave with 2 if anything did."""
    for fault in run.faults:
        say(fault, err=True, nl=False)
    for failure in run.failures:
        say(f"collation: {failure}", err=True)
    if run.failures:
        raise typer.Exit(FAILED)


class Failures:
    """What went wrong so far. Each failure is reported on standard error when it happens; the command goes on."""

    def __init__(self) -> None:
        self.count = 0

    @contextmanager
    def noted(self, path: Path | None = None) -> Iterator[None]:
        """What goes wrong in a block is reported, with the path of a document that made the program fail."""
        try:
            yield
        except CollationError as error:
            self.add(error)
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:  # a fault of the program at one document must not cost the others
            self.count += 1
            say(traceback_of(error), err=True, nl=False)
            where = f"{path}: " if path else ""
            say(
                f"collation: {where}the above is a fault of the program, not of the document; please report it",
                err=True,
            )

    def add(self, error: CollationError) -> None:
        """Report an error."""
        self.count += 1
        say(f"collation: {error}", err=True)

    def result(self, found: Examined) -> Apparatus | None:
        """The apparatus of a document that could be examined; what went wrong with another is reported."""
        if found.notice:
            say(f"collation: {found.notice}", err=True)
        if found.fault:
            say(found.fault, err=True, nl=False)
        if found.error is not None:
            self.add(found.error)
        return found.apparatus

    def value(self, outcome: Outcome[T | CollationError], path: Path) -> T | None:
        """What came of a piece of work on a document; what went wrong is reported."""
        if outcome.again:
            say(f"collation: {CollationError(Message('worker-again', how=outcome.again), path=path)}", err=True)
        if outcome.lost:
            self.add(CollationError(Message("worker-lost", how=outcome.lost), path=path))
        elif outcome.fault:
            say(outcome.fault, err=True, nl=False)
            self.add(CollationError(Message("fault-of-program"), path=path))
        elif isinstance(outcome.value, CollationError):
            self.add(outcome.value)
        else:
            return outcome.value
        return None

    def drop(self, found: Iterable[Path | UnreadableInput]) -> Iterator[Path]:
        """The paths among what was found; errors are reported."""
        for item in found:
            if isinstance(item, UnreadableInput):
                self.add(item)
            else:
                yield item

    def leave(self) -> None:
        """Leave with 2 if anything went wrong."""
        if self.count:
            raise typer.Exit(FAILED)
