"""The pages of the rules, printed from the rules themselves: what a rule doubts and why, where it is blind, what it
must find and what it must leave alone, and how often it was right when it was last measured.

    python -m collation.writers.rule_pages [--cases tests/cases] [--hits docs/rules/hits.txt] [--out docs/rules]

Nothing is written by hand, so a page cannot say what the rule does not do. The measured figures are those lines of a
saved output of ``benchmarks/accuracy.py`` that begin with a rule's code; without them a page has none.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from collation.proposers import PROPOSERS, Proposer

_HITS = re.compile(r"^([A-Z]{3,4}\d{3})\s+(\d+)\s+(\d+)\s+(\d+)\s*$", re.M)
_SIDES = {"original": "the Russian", "translation": "the translation", "catalogue": "the catalogue"}


@dataclass(frozen=True, slots=True)
class Hits:
    """How often a rule was right and wrong, and in how many documents it was right."""

    right: int
    false: int
    documents: int


def read_hits(text: str) -> dict[str, Hits]:
    """The figures of each rule in an output of the benchmark."""
    return {m[1]: Hits(int(m[2]), int(m[3]), int(m[4])) for m in _HITS.finditer(text)}


def rule_page(rule: Proposer, cases: str, hits: Hits | None) -> str:
    """The page of a rule, in Markdown. ``cases`` is the whole cases file of the rule's module."""
    finds, alone = drawn(cases, rule.code)
    needs = " It needs the translation." if rule.why == "with-translation" else ""
    parts = [
        f"# {rule.code}: {rule.name}",
        _flat(rule.propose.__doc__),
        f"It speaks of {' and '.join(_SIDES[side] for side in rule.sides)}.{needs} Since rule set {rule.since}.",
        "## Why, and where it is blind",
        (sys.modules[rule.propose.__module__].__doc__ or "").strip(),
        _section("Must be found", finds),
        _section("Must be left alone", alone),
        _measured(hits),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def drawn(cases: str, code: str) -> tuple[list[str], list[str]]:
    """The drawn cases that a rule must find, and those of its file that must be left alone."""
    blocks = [_without_remarks(block) for block in re.split(r"\n\s*\n", cases)]
    finds = [block for block in blocks if re.search(rf"\^\s*{code}\b", block)]
    return finds, [block for block in blocks if block.startswith("=") or "\n=" in block]


def index_page(rules: Sequence[Proposer], hits: dict[str, Hits]) -> str:
    """The list of all rules with their figures."""
    rows = ["| code | rule | right | false | documents |", "|---|---|---:|---:|---:|"]
    for rule in sorted(rules, key=lambda r: r.code):
        found = hits.get(rule.code)
        figures = (found.right, found.false, found.documents) if found else ("–",) * 3
        rows.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | " + " | ".join(map(str, figures)) + " |")
    about = "Printed from the rules by `make golden`. Flags of the emend tier on the development set, where measured."
    return f"# Rules\n\n{about}\n\n" + "\n".join(rows) + "\n"


def pages(rules: Sequence[Proposer], cases: Path, hits: Path) -> dict[str, str]:
    """All pages by the name of their file."""
    figures = read_hits(hits.read_text(encoding="utf-8")) if hits.is_file() else {}
    found = {"README.md": index_page(rules, figures)}
    for rule in rules:
        path = cases / (rule.propose.__module__.rpartition(".")[2] + ".txt")
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        found[f"{rule.code}.md"] = rule_page(rule, text, figures.get(rule.code))
    return found


def _without_remarks(block: str) -> str:
    return "\n".join(line for line in block.splitlines() if not line.startswith("#")).strip("\n")


def _section(title: str, cases: list[str]) -> str:
    return f"## {title}\n\n```\n" + "\n\n".join(cases) + "\n```" if cases else ""


def _measured(hits: Hits | None) -> str:
    if hits is None:
        return ""
    documents = f"{hits.documents} document{'' if hits.documents == 1 else 's'}"
    return f"## Measured\n\n{hits.right} right flags in {documents} of the development set, {hits.false} false ones."


def _flat(docstring: str | None) -> str:
    return " ".join((docstring or "").split())


def main() -> None:
    """Write the pages; pages of rules that are no more are removed."""
    parser = argparse.ArgumentParser(description="Print the pages of the rules.")
    parser.add_argument("--cases", type=Path, default=Path("tests/cases"))
    parser.add_argument("--hits", type=Path, default=Path("docs/rules/hits.txt"))
    parser.add_argument("--out", type=Path, default=Path("docs/rules"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    found = pages(PROPOSERS, args.cases, args.hits)
    for old in args.out.glob("*.md"):
        if old.name not in found:
            old.unlink()
    for name, text in found.items():
        (args.out / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
