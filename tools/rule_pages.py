"""The pages of the rules, printed from the rules themselves: what a rule doubts and why, where it is blind, what it
must find and what it must leave alone, and its precision and recall when they were last measured.

    python -m tools.rule_pages [--cases tests/cases] [--figures docs/rules/figures.json] [--out docs/rules]

Nothing is written by hand, so a page cannot say what the rule does not do. The figures are those that
``benchmarks/accuracy.py --rules-out`` wrote; without them a page has none. No rule is answerable for a kind of damage
alone, so its recall is given for each kind, beside what all rules find together.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from collation.rules import RULES, Rule
from collation.system.files import write_whole

_SIDES = {"original": "the Russian", "translation": "the translation", "catalogue": "the catalogue"}


@dataclass(frozen=True, slots=True)
class Hits:
    """How often a rule was right and wrong, in how many documents it was right, and what it found of each kind."""

    right: int
    false: int
    documents: int
    kinds: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on a set: of each kind the places and how many of them all rules find, and each rule's hits."""

    name: str
    documents: int
    kinds: Mapping[str, tuple[int, int]]
    rules: Mapping[str, Hits]


def read_measured(text: str) -> Figures:
    """The figures that the benchmark wrote. Raises ValueError, TypeError or KeyError when they are none."""
    data = json.loads(text)
    kinds = {kind: (int(places), int(found)) for kind, (places, found) in data["kinds"].items()}
    rules = {code: Hits(**record) for code, record in data["rules"].items()}
    return Figures(data["set"], data["documents"], kinds, rules)


def rule_page(rule: Rule, cases: str, figures: Figures | None) -> str:
    """The page of a rule, in Markdown. ``cases`` is the whole cases file of the rule's module."""
    finds, alone = drawn(cases, rule.code)
    needs = " It needs the translation." if rule.needs_translation else ""
    needs += " It needs what `collation learn --collection` made." if rule.needs_collection else ""
    parts = [
        f"# {rule.code}: {rule.name}",
        _flat(rule.propose.__doc__),
        f"It speaks of {' and '.join(_SIDES[side] for side in rule.sides)}.{needs} Since rule set {rule.since}.",
        "## Why, and where it is blind",
        (sys.modules[rule.propose.__module__].__doc__ or "").strip(),
        _section("Must be found", finds),
        _section("Must be left alone", alone),
        _measured(rule.code, figures),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def drawn(cases: str, code: str) -> tuple[list[str], list[str]]:
    """The drawn cases that a rule must find, and those of its file that must be left alone."""
    blocks = [_without_remarks(block) for block in re.split(r"\n\s*\n", cases)]
    finds = [block for block in blocks if re.search(rf"\^\s*{code}\b", block)]
    return finds, [block for block in blocks if block.startswith("=") or "\n=" in block]


def index_page(rules: Sequence[Rule], figures: Figures | None) -> str:
    """The list of all rules with their figures."""
    rows = ["| code | rule | right | false | documents | precision | recall |", "|---|---|---:|---:|---:|---:|---|"]
    for rule in sorted(rules, key=lambda r: r.code):
        hits = figures.rules.get(rule.code) if figures else None
        cells = _cells(hits, figures) if figures and hits else ("–",) * 5
        rows.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | " + " | ".join(cells) + " |")
    about = "Printed from the rules by `make golden`. "
    if figures is None:
        about += "Nothing was measured yet."
    else:
        about += (
            f"Measured on {_documents(figures.documents)} of the set “{figures.name}”, by flags of the emend tier; "
        )
        about += "a dash where a rule made none. Recall is told of the kind of damage that the rule finds most of."
    return f"# Rules\n\n{about}\n\n" + "\n".join(rows) + "\n"


def _cells(hits: Hits, figures: Figures) -> tuple[str, ...]:
    most = max(hits.kinds, key=lambda kind: (hits.kinds[kind], kind), default="")
    recall = f"{_share(hits.kinds[most], figures.kinds[most][0])} of {most}" if most else "–"
    return str(hits.right), str(hits.false), str(hits.documents), _share(hits.right, hits.right + hits.false), recall


def pages(rules: Sequence[Rule], cases: Path, measured: Path) -> dict[str, str]:
    """All pages by the name of their file."""
    figures = read_measured(measured.read_text(encoding="utf-8")) if measured.is_file() else None
    found = {"README.md": index_page(rules, figures)}
    for rule in rules:
        path = cases.joinpath(*rule.propose.__module__.split(".")[2:]).with_suffix(".txt")
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        found[f"{rule.code}.md"] = rule_page(rule, text, figures)
    return found


def _without_remarks(block: str) -> str:
    return "\n".join(line for line in block.splitlines() if not line.startswith("#")).strip("\n")


def _section(title: str, cases: list[str]) -> str:
    return f"## {title}\n\n```\n" + "\n\n".join(cases) + "\n```" if cases else ""


def _measured(code: str, figures: Figures | None) -> str:
    if figures is None:
        return ""
    where = f"{_documents(figures.documents)} of the set “{figures.name}”"
    hits = figures.rules.get(code)
    if hits is None:
        return f"## Measured\n\nNo flag of the emend tier in {where}."
    said = f"Flags of the emend tier in {where}: {hits.right} right, in {_documents(hits.documents)}, and {hits.false} false. "
    said += f"Precision {_share(hits.right, hits.right + hits.false)}."
    rows = [
        "| kind of damage | places | found by this rule | recall of this rule | of all rules |",
        "|---|---:|---:|---:|---:|",
    ]
    for kind, found in sorted(hits.kinds.items(), key=lambda item: (-item[1], item[0])):
        places, all_found = figures.kinds[kind]
        rows.append(f"| {kind} | {places} | {found} | {_share(found, places)} | {_share(all_found, places)} |")
    return "\n\n".join(["## Measured", said, *(["\n".join(rows)] if hits.kinds else [])])


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def _documents(count: int) -> str:
    return f"{count} document{'' if count == 1 else 's'}"


def _flat(docstring: str | None) -> str:
    return " ".join((docstring or "").split())


def main() -> None:
    """Write the pages; pages of rules that are no more are removed."""
    parser = argparse.ArgumentParser(description="Print the pages of the rules.")
    parser.add_argument("--cases", type=Path, default=Path("tests/cases"))
    parser.add_argument("--figures", type=Path, default=Path("docs/rules/figures.json"))
    parser.add_argument("--out", type=Path, default=Path("docs/rules"))
    args = parser.parse_args()
    found = pages(RULES, args.cases, args.figures)
    for old in args.out.glob("*.md"):
        if old.name not in found:
            old.unlink()
    for name, text in found.items():
        write_whole(args.out / name, text, folders=True)


if __name__ == "__main__":
    main()
