"""`collation rulings …`: what is to be done with the logs of rulings as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collation.commands.failures import leaving_on_failure

rulings_app = typer.Typer(
    help="Bring rulings together that lie in several folders, and say that missing ones are rightly missing.",
    no_args_is_help=True,
)


@rulings_app.command("move", short_help="Bring the rulings of one folder to another.")
def move_rulings(
    place: Annotated[Path, typer.Argument(help="The folder in which the rulings lie.", metavar="FROM")],
    target: Annotated[Path, typer.Argument(help="The folder to which they are to go.", metavar="TO")],
) -> None:
    """Bring the rulings of one folder to another, with the texts that were ruled on.

    Nothing is lost when it is broken off: until a log has arrived whole, it stays where it was. Rulings that are
    brought to a folder farther down stay in the old place too, because documents outside that folder may need them.
    """
    from collation.decisions.move_logs import move
    from collation.system.console import say

    with leaving_on_failure():
        farther_down = place.resolve().parent in target.resolve().parent.parents
        moved = move(place, target, keep=farther_down)
        left = (
            "they are in both places now"
            if farther_down
            else "the old place is empty and gone"
            if moved.emptied
            else (f"{place} is left with what else lies in it")
        )
        say(f"collation: {target}: rulings added: {moved.lines}, texts: {moved.texts}; {left}")


@rulings_app.command("acknowledge", short_help="Say that missing rulings are rightly missing.")
def acknowledge_missing(
    folder: Annotated[
        Path, typer.Argument(help="A folder of rulings, or one above.", metavar="[FOLDER]", show_default=False)
    ] = Path(),
    editor: Annotated[
        str, typer.Option(help="The name that goes with it.", envvar="COLLATION_EDITOR", metavar="NAME")
    ] = "",
) -> None:
    """Say that rulings which others follow, and which are no longer there, are rightly missing.

    It is written down beside the logs, with your name and the time, and the warning ends. Nothing else is changed.
    """
    from datetime import UTC, datetime

    from collation.decisions.chain import acknowledge
    from collation.decisions.history import History
    from collation.decisions.ruling_log import has_logs
    from collation.project.git import editor_name
    from collation.project.rulings_folders import rulings_folders_below
    from collation.system.console import say

    with leaving_on_failure():
        places = [folder] if has_logs(folder) else rulings_folders_below(folder)
        time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for place in places:
            for missing in History.read([place]).missing:
                acknowledge(place, missing.ids, editor=editor or editor_name(), time=time)
                say(f"collation: {missing.path}: acknowledged as missing: {len(missing.ids)}")
        if not places:
            say(f"collation: there are no rulings in {folder}")
