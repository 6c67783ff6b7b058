"""Options that several commands have, each with its help, and how their values are checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collation.project.jobs import Jobs
    from collation.reading.part_files import PartFile

_SIGLUM = re.compile(r"(?P<siglum>[^\W_][\w.-]{0,11})=(?P<file>.*)", re.S)

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
Translation = Annotated[
    Path | None,
    typer.Option(
        help="The file of the translation of the one document that is named, where it is a file of its own.",
        metavar="FILE",
    ),
]
Witnesses = Annotated[
    list[str] | None,
    typer.Option(
        "--witness",
        help="Another text of the original of the one document that is named, with its siglum, such as B=letter.b.txt; may be "
        "given several times.",
        metavar="SIGLUM=FILE",
        show_default=False,
    ),
]
Pages = Annotated[
    Path | None,
    typer.Option(
        help="The images of the pages, a file or a folder, where they do not lie beside the text under its name.",
        metavar="PATH",
    ),
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
UseCache = Annotated[
    bool | None,
    typer.Option(
        "--cache/--no-cache",
        help="Use results kept from earlier runs, or keep none; where CI is set none are.",
        show_default=False,
    ),
]
JobsCount = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        help="How many processes examine documents; without it as many as there are processors, one for a few documents.",
        min=1,
        metavar="N",
        show_default=False,
    ),
]
ByWhom = Annotated[
    str,
    typer.Option("--executor", help="Who does it: processes of this program, or dask.", metavar="processes|dask"),
]
Scheduler = Annotated[
    str,
    typer.Option(
        help="The address of a running Dask scheduler whose workers do it, such as tcp://host:8786.", metavar="ADDRESS"
    ),
]
Shared = Annotated[
    bool,
    typer.Option("--shared", help="The workers of the scheduler see the files under the same paths; none is sent."),
]


def chosen_jobs(count: int | None, executor: str, scheduler: str, *, shared: bool) -> Jobs:
    """Who examines the documents, as was asked for. Raises typer.BadParameter."""
    from collation.project.jobs import EXECUTORS, Jobs

    return Jobs(count, one_of(executor, EXECUTORS, "--executor"), scheduler, shared)


def named_witnesses(given: Sequence[str] | None) -> tuple[PartFile, ...]:
    """The further texts that were named, as SIGLUM=FILE or as FILE alone. Raises typer.BadParameter."""
    from collation.errors import Message
    from collation.reading.part_files import PartFile

    found = []
    for item in given or ():
        match = _SIGLUM.fullmatch(item)
        siglum, name = (match["siglum"], match["file"]) if match else ("", item)
        if not name.strip():
            raise typer.BadParameter(str(Message("witness-form")), param_hint="--witness")
        found.append(PartFile(Path(name), "", siglum))
    return tuple(found)


def one_of(value: str, allowed: tuple[str, ...], option: str) -> Any:
    """The value, if it is allowed. Raises typer.BadParameter."""
    if value not in allowed:
        raise typer.BadParameter(f"“{value}” is none of {', '.join(allowed)}", param_hint=option)
    return value


def split_names(names: str) -> tuple[str, ...]:
    """The names of a list joined by commas."""
    return tuple(name.strip() for name in names.split(",") if name.strip())
