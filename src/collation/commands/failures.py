"""How the commands report what goes wrong: a sentence on standard error, and the exit code 2 at the end.

A fault of the program is reported with its traceback, so that it can be mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from collation.errors import CollationError
from collation.system.console import say, traceback_of

FAILED = 2


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
