"""`collation init`: a file of settings to begin a project with, every setting in it explained and switched off."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from collation.commands.failures import leaving_on_failure
from collation.system.console import say

SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("fail-on", '"error"', "the least grave level that makes “collation check” fail: error, warning or note"),
    ("min-confidence", "0.0", "leave out of the check what is less certain than this, from 0 to 1"),
    ("select", '["LEX", "VAL"]', "only these rules or families; “collation rule” lists them"),
    ("ignore", '["LEX106"]', "all but these"),
    ("exclude", '["drafts/*"]', "files that are no documents"),
    ("words", '"words.txt"', "names and terms that are right here, one a line"),
    (
        "documents",
        '{ letter = [{ role = "original", file = "scan.txt" }, { role = "translation", file = "english.txt" }] }',
        "files that are one document, where their names do not say so",
    ),
    ("decisions", '"decisions"', "the folder in which rulings are kept"),
    ("baseline", '".collation-baseline.json"', "the findings that do not count yet"),
    ("second-reader", "false", "true: a ruling holds when two editors agree on it"),
    ("scan", '"https://archive.example/{id}/{sheet}"', "the address of a scan, shown beside a doubtful place"),
    ("required-version", '">=0.1"', "the version of collation that everybody is to use"),
    ("rules", '"2026.11"', "the rule set: findings of newer rules only warn"),
    ("translation", "true", "false: leave the translation out, as if the files had none"),
    ("emend", "0.5", "from which probability on a reading is proposed"),
    ("query", "0.2", "from which probability on a place is asked about"),
    ("readings", "5", "how many readings an entry shows"),
    ("dictd", '"auto"', "a dictionary of dictd that is installed, beside the glossary"),
    ("language-model", '"period.counts"', "counts of words in place of the shipped ones"),
    ("translations", '"translation.tsv"', "translation probabilities beside the shipped ones"),
    ("weights", '"weights.json"', "weights of the judge in place of the shipped ones"),
    ("recalibration", '"recalibration.json"', "what the rulings of the project taught; collation learn --rulings"),
    ("collection", '"collection.json"', "the rare words of its documents; collation learn --collection"),
    ("levels", '{ LEX106 = "note" }', "the level of a rule’s findings"),
    ("ceilings", "{ LEX106 = 0.9 }", "how probable a rule’s findings are at most"),
    ("per-file-ignores", '{ "tables/*" = ["LEX"] }', "rules that do not count in some files"),
)
"""Every setting: its name, an example, what it is for."""


def begin_project(
    folder: Annotated[
        Path, typer.Argument(help="The folder of the project.", metavar="[FOLDER]", show_default=False)
    ] = Path(),
) -> None:
    """Write collation.toml, with every setting explained and none of them changed.

    The folder becomes a project: its settings hold for all documents below it, and rulings are kept in its decisions/. A
    file that is there already is left as it is.
    """
    from collation.errors import BadSettings, Message
    from collation.project.configuration import FILES, find_project
    from collation.system.files import write_new

    with leaving_on_failure():
        if not folder.is_dir():
            raise BadSettings(Message("path-missing"), path=folder)
        for name in FILES:
            if os.path.lexists(folder / name) and find_project(folder).path == folder.absolute() / name:
                raise BadSettings(Message("project-begun"), path=folder / name)
        try:
            write_new(folder / FILES[0], settings_file().encode("utf-8"))
        except OSError as error:
            raise BadSettings(Message("project-unwritable", reason=error.strerror or error), path=folder) from error
        say(f"collation: {folder / FILES[0]} was written; every setting in it is explained and switched off")


def settings_file() -> str:
    """The file as text: a line for each setting, switched off by a # before it."""
    width = max(len(f"{name} = {value}") for name, value, _ in SETTINGS if len(value) < 20)
    lines = [f"# {f'{name} = {value}':{width}}  # {what}" for name, value, what in SETTINGS]
    head = (
        "# The settings of this project. Take the # before a setting away to use it; docs/gate.md says more.\n"
        "# All documents in this folder and below it are of the project; rulings are kept in decisions/.\n\n"
    )
    return head + "\n".join(lines) + "\n"
