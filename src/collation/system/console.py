"""What the commands print, in words and on one of two streams. Foreign text in it is shown and commands nothing."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import typer

from collation.system.escaping import inert, visible_line

if TYPE_CHECKING:
    from rich.console import Console


_shown: list[Console] = []
"""The console of the progress bar that is shown, if there is one: what goes to its terminal is printed through it."""


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text, on standard error with ``err``; above the progress bar while one is shown at the same terminal."""
    if _shown and (sys.stderr if err else sys.stdout).isatty():
        _shown[-1].print(inert(text), markup=False, highlight=False, soft_wrap=True, end="\n" if nl else "")
        return
    typer.echo(inert(text), err=err, nl=nl)


def put(text: str) -> None:
    """Print a report as it is: its writer has made the foreign text in it harmless, and commands in it are its own."""
    typer.echo(text, nl=False)


def traceback_of(error: BaseException) -> str:
    """The traceback of a fault of the program, for whoever reports it."""
    return "".join(traceback.format_exception(error))


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error while somebody watches; gives the function that is called for each that is done.

    It says how many are done, how many a minute, and how long the rest will take. It is drawn when something is done and
    by no thread, which a fork would cut off.
    """
    if total < 2 or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(
        *columns,
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        auto_refresh=False,
    ) as bar:
        task = bar.add_task("", total=total, rate="")

        def step(name: str) -> None:
            bar.update(task, description=escape(visible_line(name)), advance=1)
            speed = bar.tasks[0].speed
            bar.update(task, rate=f"{60 * speed:.0f}/min" if speed else "", refresh=True)

        _shown.append(console)
        try:
            bar.refresh()
            yield step
        finally:
            _shown.pop()


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and nobody has asked for none (NO_COLOR, TERM=dumb)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
