"""What rulings teach: a simulated editor rules, the project learns, and the documents that were not ruled on are counted again.

usage: python benchmarks/editor.py --set FOLDER PREDICTIONS [--set …] [--rulings N] [--draws N] [--seed N]
       python benchmarks/editor.py --letters N [--rulings N] [--draws N] [--seed N]

Each set has a gold.jsonl; its predictions are those that ``accuracy.py --predictions`` wrote. With ``--letters`` the documents are
so many letters of an invented office, errors planted in every fourth (``office_letters.py``, ``collection.py``). In each draw the documents are put in
a new order. The editor rules on every entry of one after the other, accepts what touches a true error and rejects the rest, until
there are so many rulings (200). With what was learned (``judge/recalibration.py``) the entries of the other documents are weighed
anew. Counted are false flags and true ones, at the tier *emend* and at all, before and after: the mean over the draws and the
range in which 95 % of them lie. No document has both rulings and counts.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from collation.judge.recalibration import Case, Recalibration, learned  # noqa: E402
from collation.learning.noise import Noisy  # noqa: E402
from collation.learning.scoring import hit, read_gold  # noqa: E402
from collation.pipeline import examine  # noqa: E402
from collation.reading import read_text  # noqa: E402
from collation.settings import Settings  # noqa: E402
from collection import damaged_letter  # noqa: E402
from office_letters import letters  # noqa: E402

USUAL = Settings()
_DAMAGED = 4  # of so many made letters one has errors


@dataclass(frozen=True, slots=True)
class Flag:
    """An entry of a document as the editor judges it."""

    case: Case
    tier: str


@dataclass(slots=True)
class Counts:
    """False and true flags at one tier."""

    false: int = 0
    true: int = 0


def flags_of(folder: Path, predictions: Path) -> dict[str, list[Flag]]:
    """The entries of each document of a set."""
    gold = defaultdict(list)
    for item in read_gold(folder / "gold.jsonl"):
        gold[item["doc"]].append(item)
    texts: dict[str, str] = {}
    found: dict[str, list[Flag]] = {path.name: [] for path in sorted(folder.glob("*.txt"))}
    for line in predictions.read_text(encoding="utf-8").splitlines():
        item: dict[str, Any] = json.loads(line)
        name = item["doc"]
        if name not in texts:
            texts[name] = (folder / name).read_bytes().decode("utf-8")
        text = texts[name]
        accepted = any(hit(item, g, text) for g in gold[name])
        reading = str(item["candidates"][0]) if item.get("candidates") else ""
        lemma = " ".join(text[item["start"] : item["end"]].split())
        found[name].append(Flag(Case(item["code"], item["confidence"], lemma, reading, accepted), item["tier"]))
    return found


def flags_of_letters(count: int, seed: int) -> dict[str, list[Flag]]:
    """The entries of made letters, of which every fourth is damaged."""
    found: dict[str, list[Flag]] = {}
    for number, letter in enumerate(letters(count, seed)):
        noisy = Noisy(letter.text, ())
        if number % _DAMAGED == 0:
            noisy = damaged_letter(letter, number // _DAMAGED, seed, russian=False).noisy
        own = found.setdefault(f"{number}.txt", [])
        for entry in examine(read_text(noisy.text, label=f"{number}.txt")).entries:
            accepted = any(p.start <= g.stop and g.start <= p.stop for p in entry.places for g in noisy.gold)
            reading = entry.readings[0].text if entry.readings else ""
            own.append(Flag(Case(entry.code, entry.probability, entry.lemma, reading, accepted), entry.tier))
    return found


def split(documents: dict[str, list[Flag]], most: int, chance: random.Random) -> tuple[list[Flag], list[Flag]]:
    """The flags that are ruled on, and those of the other documents."""
    order = sorted(documents)
    chance.shuffle(order)
    ruled: list[Flag] = []
    rest: list[Flag] = []
    for name in order:
        (ruled if len(ruled) < most else rest).extend(documents[name])
    return ruled, rest


def counted(flags: list[Flag], taught: Recalibration | None) -> dict[str, Counts]:
    """False and true flags of a tier, with what was learned or without."""
    found = {"emend": Counts(), "all": Counts()}
    for flag in flags:
        case = flag.case
        shown, tier = case.probability, flag.tier
        if taught is not None:
            shown = taught.moved(case.code, case.probability, case.lemma, case.reading)
            tier = "emend" if shown >= USUAL.emend and (tier == "emend" or case.probability < USUAL.emend) else "query"
        for name, counts in found.items():
            if shown >= USUAL.query and (name == "all" or tier == "emend"):
                counts.true += case.accepted
                counts.false += not case.accepted
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=2, type=Path, action="append", default=[], metavar=("FOLDER", "PREDICTIONS"))
    parser.add_argument("--letters", type=int, default=0, help="letters of an invented office")
    parser.add_argument("--rulings", type=int, default=200)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    documents = {f"{folder}/{name}": own for folder, file in args.set for name, own in flags_of(folder, file).items()}
    if args.letters:
        documents |= flags_of_letters(args.letters, args.seed)
    if not documents:
        parser.error("name sets with --set, or --letters")
    chance = random.Random(args.seed)
    before: dict[tuple[str, str], list[int]] = defaultdict(list)
    after: dict[tuple[str, str], list[int]] = defaultdict(list)
    for _ in range(args.draws):
        ruled, rest = split(documents, args.rulings, chance)
        taught = learned(flag.case for flag in ruled)
        for table, lessons in ((before, None), (after, taught)):
            for tier, counts in counted(rest, lessons).items():
                table[tier, "false"].append(counts.false)
                table[tier, "true"].append(counts.true)
    print(f"{len(documents)} documents, {args.rulings} rulings, {args.draws} draws\n")
    print(f"{'tier':8}{'flags':8}{'before':>8}{'after':>8}{'change':>9}  95 % of the draws")
    for key, values in before.items():
        changes = sorted(new / old - 1 for old, new in zip(values, after[key], strict=True) if old)
        low, high = changes[len(changes) // 40], changes[-1 - len(changes) // 40]
        row = f"{statistics.mean(values):8.1f}{statistics.mean(after[key]):8.1f}{statistics.mean(changes):9.1%}"
        print(f"{key[0]:8}{key[1]:8}{row}  {low:.1%} to {high:.1%}")


if __name__ == "__main__":
    main()
