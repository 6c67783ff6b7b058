"""The command line: the list of commands. Each parses, prints and sets the exit code; the rest is done below.

Exit codes: 0 done, with findings or without; 2 when any input failed, the others being done all the
same; 130 when interrupted. Whatever is heavy is imported inside the command that needs it, so that
``--help`` answers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer
from typer.core import TyperCommand

from collation.commands.apply import apply_rulings
from collation.commands.baseline import baseline_app
from collation.commands.check import check_documents
from collation.commands.compare import compare_texts, show_alignment
from collation.commands.doctor import check_installation
from collation.commands.examples import examples_of
from collation.commands.explain import explain_line
from collation.commands.find import find_word
from collation.commands.help_from_tables import CommandOfTables
from collation.commands.import_letter import import_letter
from collation.commands.init import begin_project
from collation.commands.learn import learn_from_texts
from collation.commands.report import report_documents
from collation.commands.review import review_documents
from collation.commands.rules import describe_rules
from collation.commands.rulings import rulings_app
from collation.commands.store import make_store

app = typer.Typer(
    name="collation",
    help="Find what scanners and typists did to Russian archival documents, with the English translation "
    "as a witness. Nothing leaves this computer, and no document is ever changed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples_of(""),
)


def _say_version(wanted: bool) -> None:
    if wanted:
        from collation.project.opening import own_version
        from collation.system.console import say

        say(f"collation {own_version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version, and leave.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """Options that need no command."""


def _command(name: str, work: Callable[..., None], short_help: str, cls: type[TyperCommand] | None = None) -> None:
    app.command(name, cls=cls, short_help=short_help, epilog=examples_of(name))(work)


_command("report", report_documents, "Write the apparatus of each document, and an index.", CommandOfTables)
_command("review", review_documents, "Rule on the doubtful places, in the terminal or the browser.")
_command("apply", apply_rulings, "Write the texts with the accepted rulings carried out.", CommandOfTables)
_command("import", import_letter, "Take the rulings back that editors made in a Word or TEI file.")
_command("check", check_documents, "Check that nothing doubtful is left undecided.", CommandOfTables)
app.add_typer(baseline_app, name="baseline", short_help="The findings that do not count yet.")
_command("find", find_word, "Find a word in all documents, with what is opposite it.")
_command("store", make_store, "Make one SQLite file of a collection.")
_command("explain", explain_line, "Show everything that was weighed on a line.")
_command("rule", describe_rules, "List the rules, or describe one.")
_command("align", show_alignment, "Show what answers what in the translation.")
_command("collate", compare_texts, "Compare Russian texts of one document.")
_command("init", begin_project, "Begin a project: write a commented file of settings.")
_command("doctor", check_installation, "Show whether everything is there and whole.")
app.add_typer(rulings_app, name="rulings", short_help="Bring rulings together.")
_command("learn", learn_from_texts, "Make learned files of your own.")
