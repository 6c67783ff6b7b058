"""`collation rule`: the list of rules, or what one of them looks for."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from collation.commands.documents import put_text


def describe_rules(
    code: Annotated[str | None, typer.Argument(help="The code of a rule, such as LEX101.", metavar="[CODE]")] = None,
) -> None:
    """List the rules, or show what one of them doubts, why the damage arises and where the rule is blind."""
    from collation.commands.thresholds import numbers_of
    from collation.rules import RULES

    if code is None:
        for rule in sorted(RULES, key=lambda p: p.code):
            put_text(f"{rule.code}  {rule.name}\n")
        return
    found = [p for p in RULES if p.code == code.upper()]
    if not found:
        raise typer.BadParameter(f"there is no rule {code}; “collation rule” lists them", param_hint="CODE")
    for rule in found:
        about = sys.modules[rule.propose.__module__].__doc__ or ""
        needs = "; needs the translation" if rule.needs_translation else ""
        what = " ".join((rule.propose.__doc__ or "").split())
        put_text(f"{rule.code}  {rule.name}\nSides: {', '.join(rule.sides)}{needs}.")
        put_text(f" Since rule set {rule.since}.\n\n{what}\n\n{about.strip()}\n\n{numbers_of(rule)}")
