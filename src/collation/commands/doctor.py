"""`collation doctor`: whether everything that the program needs is there and whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collation.commands.failures import FAILED
from collation.commands.options import Config
from collation.system.console import say

_MARKS = {True: "ok  ", False: "BAD ", None: "warn"}


def check_installation(
    folder: Annotated[
        Path, typer.Argument(help="The folder whose rulings are looked at.", metavar="[FOLDER]", show_default=False)
    ] = Path(),
    config: Config = None,
) -> None:
    """Show which versions, dictionaries and learned files are in use, and whether rulings and baseline are whole."""
    from collation.project.doctor import health

    well = True
    for good, text in health(folder, config):
        well = well and good is not False
        say(f"{_MARKS[good]} {text}")
    if not well:
        raise typer.Exit(FAILED)
