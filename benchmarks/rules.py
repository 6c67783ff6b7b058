"""Does every rule for structure fire, and rightly, on damage that real documents have seldom?

usage: python benchmarks/rules.py --clean DIR [DIR…] [--copies N] [--documents N] [--seed N] [--missed]

Makes pages of some 250 words out of clean parallel texts, plants damage in them by the seed (``collation.learning.damage``)
and examines them with the settings and dictionaries that come with the program. Of every rule it prints how many places
were planted, how many the rule found at their place (or at the other occurrence, or on the other side) and in which tier,
how many another rule of the tiers emend and query found instead, how many entries of the rule are where nothing for it
was planted, and in how many different source documents the rule was right. Nothing is tuned on it. The places of one
page are independent, but the frame of the pages is of one form: the figures say whether a rule works, not how often
archives need it.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from collation.learning.clean_pages import Damage, Damaged, Excerpt, parallel
from collation.learning.damage import plant
from collation.model import Apparatus, Entry
from collation.pipeline import examine
from collation.reading import read_file, read_text

RULES = (
    "SIG601", "SIG602", "VAL503", "VAL504", "VAL505", "LAC703", "PAIR901", "CAT801", "CAT802", "CAT803", "CAT804", "CAT805",
    "LEX104", "LEX105",
)  # fmt: skip
TIERS = ("emend", "query", "note")


@dataclass
class Tally:
    """What was counted of one rule."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    tiers: Counter[str] = field(default_factory=Counter)
    otherwise: int = 0
    false: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)


def touches(entry: Entry, damage: Damage) -> bool:
    """Whether an entry marks a place of the damage."""
    return any(p.envelope.overlaps(span) for p in entry.places for span in damage.spans)


def count(apparatus: Apparatus, page: Damaged, name: str, tallies: dict[str, Tally]) -> list[Damage]:
    """Count the entries of one page; what the rules for it did not find is handed back."""
    missed = []
    for damage in page.damages:
        tally = tallies[damage.code]
        tally.planted[damage.kind] += 1
        there = [e for e in apparatus if touches(e, damage)]
        right = [e for e in there if e.code == damage.code]
        if right:
            tally.found[damage.kind] += 1
            tally.tiers[min((e.tier for e in right), key=TIERS.index)] += 1
            tally.documents.add(name)
        else:
            missed.append(damage)
            tally.otherwise += any(e.tier != "note" for e in there)
    for entry in apparatus:
        if entry.code in RULES and not any(d.code == entry.code and touches(entry, d) for d in page.damages):
            tallies[entry.code].false[entry.tier] += 1
    return missed


def table(tallies: dict[str, Tally]) -> str:
    """A row a rule, and behind it the kinds with what was found of them."""
    lines = ["rule     planted  found  emend query note  otherwise  false (emend)  documents  kinds"]
    for code in RULES:
        tally = tallies[code]
        kinds = ", ".join(f"{k} {tally.found[k]}/{n}" for k, n in sorted(tally.planted.items()))
        emend, query, note = (tally.tiers[t] for t in TIERS)
        false = f"{tally.false.total()} ({tally.false['emend']})"
        lines.append(
            f"{code:<8} {tally.planted.total():>7}  {tally.found.total():>5}  {emend:>5} {query:>5} {note:>4}  "
            f"{tally.otherwise:>9}  {false:>13}  {len(tally.documents):>9}  {kinds}"
        )
    return "\n".join(lines)


def sources(folders: list[Path], most: int | None) -> list[Excerpt]:
    """The paragraphs of the clean documents, evenly chosen where there are more than ``most``."""
    paths = sorted(p for folder in folders for p in folder.iterdir() if p.suffix in {".txt", ".md"})
    step = max(1, len(paths) // most) if most else 1
    found = [parallel(read_file(p, label=p.name)) for p in paths[::step][:most]]
    return [f for f in found if f is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", type=Path, nargs="+", required=True, help="folders of clean parallel texts")
    parser.add_argument("--copies", type=int, default=2, help="pages made of each document")
    parser.add_argument("--documents", type=int, help="take no more documents than these")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--missed", action="store_true", help="list what was not found and what was found without cause"
    )
    args = parser.parse_args()
    documents = sources(args.clean, args.documents)
    tallies: dict[str, Tally] = defaultdict(Tally)
    pages = words = 0
    for copy in range(args.copies):
        for k, document in enumerate(documents):
            other = documents[(k + 1 + copy) % len(documents)]
            page = plant(document, other, seed=args.seed * 1_000_000 + copy * 1000 + k)
            pages, words = pages + 1, words + len(page.text.split())
            apparatus = examine(read_text(page.text, label=document.name))
            missed = count(apparatus, page, document.name, tallies)
            if args.missed:
                show(apparatus, page, missed, document.name)
    print(f"{pages} pages of {len(documents)} documents, {words} words\n")
    print(table(tallies))


def show(apparatus: Apparatus, page: Damaged, missed: list[Damage], name: str) -> None:
    """What was not found, with what is there instead, and what was found without cause."""
    for damage in missed:
        there = [f"{e.code} {e.tier} {e.lemma[:30]!r}" for e in apparatus if touches(e, damage)]
        print(f"{name}: missed {damage.code} {damage.kind}: {damage.wrong[:70]!r}", *there, sep="; ")
    for entry in apparatus:
        if entry.code in RULES and not any(d.code == entry.code and touches(entry, d) for d in page.damages):
            readings = [r.text for r in entry.readings[:2]]
            print(f"{name}: false {entry.code} {entry.tier} {entry.probability:.2f} {entry.lemma[:60]!r} {readings}")


if __name__ == "__main__":
    main()
