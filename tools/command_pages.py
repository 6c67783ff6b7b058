"""What repeats the tables of the program for those who do not read Python: the reference of the commands, printed from what
``--help`` says, and of the settings (docs/commands.md), and which files the hook is offered (.pre-commit-hooks.yaml).

python -m tools.command_pages [--out docs/commands.md]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from collation.commands.app import app
from collation.commands.help_from_tables import fill
from collation.commands.init import SETTINGS
from collation.reading.kinds import SUFFIXES

ROOT = Path(__file__).parents[1]
HOOK = ROOT / ".pre-commit-hooks.yaml"
HEAD = """\
# Commands and options

Printed from `collation COMMAND --help` by `make golden`. What the commands are for is described in the [README](../README.md), \
[review](review.md), [gate](gate.md) and [method](method.md); all [settings](#settings) are at the end. Exit codes: 0 done, 1 something counts (`check` only), 2 \
something could not be done, 130 interrupted.
"""


ABOUT_SETTINGS = """\
## Settings
They are in `collation.toml`, or under `[tool.collation]` in `pyproject.toml`; `collation init` writes the file, \
`collation check --show-settings` shows what holds. [The gate](gate.md#settings) says more.

| setting | example | |
|---|---|---|
"""


def commands(of: Any = None, path: str = "collation") -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it, the groups included."""
    own = of or typer.main.get_command(app)
    yield path, own
    for name, inner in getattr(own, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


def page() -> str:
    """The page as text."""
    parts = [_command(path, of) for path, of in commands() if not hasattr(of, "commands")]
    return "\n".join([HEAD, *parts, _settings()])


def hook() -> str:
    """The hook as it is offered to pre-commit, with the endings that are read."""
    endings = "|".join(suffix[1:] for suffix in SUFFIXES)
    return re.sub(r"^  files: .*$", lambda _: rf"  files: \.({endings})$", HOOK.read_text(encoding="utf-8"), flags=re.M)


def _command(path: str, of: Any) -> str:
    fill(of)
    arguments = [p for p in of.params if p.param_type_name == "argument"]
    options = [p for p in of.params if p.param_type_name == "option" and p.name != "help"]
    call = " ".join([path, *(_metavar(p) for p in arguments), *(["[OPTIONS]"] if options else [])])
    about = " ".join((of.help or "").split())
    rows = [(f"`{_metavar(p)}`", getattr(p, "help", "")) for p in arguments]
    rows += [(f"`{_option(p)}`", p.help) for p in options]
    table = "".join(f"| {name} | {' '.join((text or '').split())} |\n" for name, text in rows)
    return f"## `{call}`\n{about}\n" + (f"\n| | |\n|---|---|\n{table}" if rows else "")


def _settings() -> str:
    rows = ((name, value.replace("|", "\\|"), about.replace("|", "\\|")) for name, value, about in SETTINGS)
    return ABOUT_SETTINGS + "".join(f"| `{name}` | `{value}` | {about} |\n" for name, value, about in rows)


def _metavar(of: Any) -> str:
    """What stands for the value in a call; typer's parameters are not always of click's own classes."""
    return str(of.metavar or (of.name or "").upper())


def _option(of: Any) -> str:
    names = ", ".join([*of.opts, *of.secondary_opts])
    return names if of.is_flag else f"{names} {_metavar(of)}".replace("|", "\\|")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "commands.md")
    parser.parse_args().out.write_text(page(), encoding="utf-8")
    HOOK.write_text(hook(), encoding="utf-8")


if __name__ == "__main__":
    main()
