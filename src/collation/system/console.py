"""What the commands print, in words and on one of two streams. Foreign text in it is shown and commands nothing."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from collation.system.escaping import inert, visible_line


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text, on standard error with ``err``."""
    typer.echo(inert(text), err=err, nl=nl)


def put(text: str) -> None:
    """Print a report as it is: its writer has made the foreign text in it harmless, and commands in it are its own."""
    typer.echo(text, nl=False)


def traceback_of(error: BaseException) -> str:
    """The traceback of a fault of the program, for whoever reports it."""
    return "".join(traceback.format_exception(error))


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error while somebody watches; gives the function that moves it on."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, completed=-1)
        yield lambda name: bar.update(task, description=escape(visible_line(name)), advance=1)
