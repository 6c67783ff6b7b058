"""Help that names what the tables have: filled in when it is asked for, so that no command waits for a table.

Where ``{formats}``, ``{editions}``, ``{checks}`` or ``{endings}`` stands in a help text or a metavar, the names of the
formats of a report, of an edition and of the gate's report, or the endings of the files that are read are put.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand


class CommandOfTables(TyperCommand):
    """A command whose help names what stands in the tables."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        fill(self)
        super().format_help(ctx, formatter)


def fill(command: Any) -> None:
    """Put the names of the tables into the help texts of a command. Done again, it changes nothing."""
    command.help = _filled(command.help, ", ")
    for parameter in command.params:
        parameter.help = _filled(getattr(parameter, "help", None), ", ")
        parameter.metavar = _filled(parameter.metavar, ",")


def _filled(text: str | None, mark: str) -> str | None:
    if not text or "{" not in text:
        return text
    from collation.edition.edition_writers import EDITION_WRITERS
    from collation.gate.formats import CHECK_WRITERS
    from collation.reading.kinds import SUFFIXES
    from collation.writers import WRITERS

    *endings, last = SUFFIXES
    named = {"{formats}": mark.join(WRITERS), "{checks}": "|".join(CHECK_WRITERS)}
    named["{editions}"] = mark.join(EDITION_WRITERS)
    named["{endings}"] = f"{', '.join(endings)} and {last}" if endings else last
    for name, listed in named.items():
        text = text.replace(name, listed)
    return text
