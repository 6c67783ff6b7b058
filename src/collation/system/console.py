"""What the commands say, in words and on one of two streams. Foreign text in it shows itself and commands nothing."""

from __future__ import annotations

import traceback

import typer

from collation.system.visible import inert


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text, on standard error with ``err``."""
    typer.echo(inert(text), err=err, nl=nl)


def put(text: str) -> None:
    """Print a report as it is: its writer has made the foreign text in it harmless, and commands in it are its own."""
    typer.echo(text, nl=False)


def trace(error: BaseException) -> str:
    """The way to a fault of the program, as it is told to whoever reports it."""
    return "".join(traceback.format_exception(error))
