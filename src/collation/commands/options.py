"""Options that several commands have, each with its help, and how their values are checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

Encoding = Annotated[
    str | None,
    typer.Option(
        help="The encoding of the files, such as cp1251. Without it the encoding is recognised.",
        metavar="NAME",
    ),
]
OutputLang = Annotated[
    str, typer.Option(help="The language of the output, en or ru. HTML pages have both.", metavar="en|ru")
]
Config = Annotated[
    Path | None,
    typer.Option(
        help="The file of settings, in place of the nearest collation.toml or pyproject.toml.", metavar="FILE"
    ),
]
Decisions = Annotated[
    Path | None, typer.Option(help="The folder of the rulings, in place of the project's.", metavar="FOLDER")
]


def one_of(value: str, allowed: tuple[str, ...], option: str) -> Any:
    """The value, if it is allowed. Raises typer.BadParameter."""
    if value not in allowed:
        raise typer.BadParameter(f"“{value}” is none of {', '.join(allowed)}", param_hint=option)
    return value


def split_names(names: str) -> tuple[str, ...]:
    """The names of a list joined by commas."""
    return tuple(name.strip() for name in names.split(",") if name.strip())
