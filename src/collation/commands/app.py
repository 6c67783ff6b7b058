"""The command line: the list of commands. Each parses, prints and sets the exit code; the rest is done below.

Exit codes: 0 done, with findings or without; 2 when any input failed, the others being done all the
same; 130 when interrupted. Whatever is heavy is imported inside the command that needs it, so that
``--help`` answers at once.
"""

from __future__ import annotations

import typer

from collation.commands.apply import apply_rulings
from collation.commands.baseline import baseline_app
from collation.commands.check import check_documents
from collation.commands.compare import compare_texts, show_alignment
from collation.commands.doctor import check_installation
from collation.commands.explain import explain_line
from collation.commands.help_from_tables import CommandOfTables
from collation.commands.learn import learn_from_texts
from collation.commands.report import report_documents
from collation.commands.review import review_documents
from collation.commands.rules import describe_rules
from collation.commands.rulings import rulings_app

app = typer.Typer(
    name="collation",
    help="Find what scanners and typists did to Russian archival documents, with the English translation "
    "as a witness. Nothing leaves this computer, and no document is ever changed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command("report", cls=CommandOfTables, short_help="Write the apparatus of each document, and an index.")(
    report_documents
)
app.command("align", short_help="Show what answers what in the translation.")(show_alignment)
app.command("collate", short_help="Compare Russian texts of one document.")(compare_texts)
app.command("explain", short_help="Show everything that was weighed on a line.")(explain_line)
app.command("rule", short_help="List the rules, or describe one.")(describe_rules)
app.command("check", cls=CommandOfTables, short_help="Check that nothing doubtful is left undecided.")(check_documents)
app.add_typer(baseline_app, name="baseline", short_help="The findings that do not count yet.")
app.command("doctor", short_help="Show whether everything is there and whole.")(check_installation)
app.command("learn")(learn_from_texts)
app.command("review", short_help="Rule on the doubtful places, in the terminal or the browser.")(review_documents)
app.command("apply", cls=CommandOfTables, short_help="Write the texts with the accepted rulings carried out.")(
    apply_rulings
)
app.add_typer(rulings_app, name="rulings", short_help="Bring rulings together.")
