"""What a collection knows: doubts weighed alone and beside the other documents, on collections made of one's own texts.

usage: python benchmarks/collection.py FOLDER [--documents N] [--copies N] [--scans N] [--russian] [--seed N]

Each text of the folder is cut into passages of some sentence pairs, and the passages make the documents, so that the names and words
of a text are in several of them. Errors are planted anew in each passage, of every ``--copies`` copies (2) in the first only:
the others are clean. With ``--scans`` there are so many more scans of each damaged passage, with errors of their own. The words are counted in all documents (``judge/collection.py``). Then the damaged ones are examined without
the counts and with them. Printed are true and false flags and the errors found at the tier *emend* and at all, and the share of those found whose
first reading is right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from collation.alignment.align import align  # noqa: E402
from collation.judge.collection import merged, written  # noqa: E402
from collation.languages.knowledge import knowledge_for  # noqa: E402
from collation.learning.from_collection import of_document  # noqa: E402
from collation.learning.noise import Noisy, corrupt  # noqa: E402
from collation.model import Entry, SentencePair  # noqa: E402
from collation.pipeline import examine  # noqa: E402
from collation.reading import read_file, read_text  # noqa: E402
from collation.settings import Settings  # noqa: E402

PAIRS = 6  # sentence pairs of a passage


@dataclass(slots=True)
class Tally:
    """What was counted at one tier."""

    true: int = 0
    false: int = 0
    found: int = 0
    right: int = 0


def passages(folder: Path, most: int, *, translation: bool = True) -> list[str]:
    """Passages of the texts of a folder, Russian and English, or the Russian alone."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        document = read_file(path)
        pairs = [p for p in align(document, knowledge_for()).pairs if p.original and p.translation]
        for start in range(0, len(pairs) - PAIRS + 1, PAIRS):
            found.append(_text(document.text, pairs[start : start + PAIRS], translation))
    step = max(1, len(found) // most)
    return found[::step][:most]


def _text(text: str, pairs: list[SentencePair], translation: bool) -> str:
    sides = ([p.original for p in pairs], *([[p.translation for p in pairs]] if translation else []))
    return (
        "\n\n".join("\n".join(" ".join(text[s[0].start : s[-1].stop].split()) for s in side) for side in sides) + "\n"
    )


def count(entries: tuple[Entry, ...], noisy: Noisy, tallies: dict[str, Tally]) -> None:
    """Count the entries of one document."""
    for tier, tally in tallies.items():
        shown = [e for e in entries if tier == "all" or e.tier == "emend"]
        touched: dict[int, Entry] = {}
        for entry in shown:
            hits = [
                n
                for n, g in enumerate(noisy.gold)
                if any(p.start <= g.stop and g.start <= p.stop for p in entry.places)
            ]
            tally.true += bool(hits)
            tally.false += not hits
            for number in hits:
                touched.setdefault(number, entry)
        tally.found += len(touched)
        for number, entry in touched.items():
            gold = noisy.gold[number]
            reading = entry.readings[0].edits if entry.readings else ()
            tally.right += any(gold.clean in edit.text for edit in reading)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--scans", type=int, default=0, help="other scans of each damaged passage")
    parser.add_argument("--russian", action="store_true", help="without the translation")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    clean = passages(args.folder, args.documents, translation=not args.russian)
    damaged = [
        corrupt(read_text(text, label=f"{n}.txt"), seed=args.seed * 10_000 + n)
        for n, text in enumerate(clean)
        if n % args.copies == 0
    ]
    texts = [text for n, text in enumerate(clean) if n % args.copies] + [noisy.text for noisy in damaged]
    texts += [
        corrupt(read_text(text, label=f"{n}.txt"), seed=args.seed * 10_000 + n + 1000 * scan).text
        for scan in range(1, args.scans + 1)
        for n, text in enumerate(clean)
        if n % args.copies == 0
    ]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "collection.json")
        known = merged(of_document(read_text(text, label=f"{n}.txt")) for n, text in enumerate(texts))
        path.write_text(written(known), encoding="utf-8")
        print(f"{len(texts)} documents, {len(damaged)} of them damaged, errors: {sum(len(d.gold) for d in damaged)}\n")
        print(f"{'':22}{'tier':7}{'true':>6}{'false':>7}{'found':>7}{'first right':>13}")
        alone = Settings()
        for label, settings in (("alone", alone), ("with the collection", replace(alone, collection=path))):
            tallies = {"emend": Tally(), "all": Tally()}
            for noisy in damaged:
                count(examine(read_text(noisy.text, label="d.txt"), settings=settings).entries, noisy, tallies)
            for tier, tally in tallies.items():
                share = tally.right / tally.found if tally.found else 0.0
                print(f"{label:22}{tier:7}{tally.true:6}{tally.false:7}{tally.found:7}{share:13.3f}")


if __name__ == "__main__":
    main()
