"""How well and how fast paragraphs are aligned, beside Gale and Church's lengths (nltk).

usage: python benchmarks/alignment.py [--bench DIR] [--seeds DIR] [--parallel RU EN]

Links are scored by the rules of the measuring set's ``score_links.py``: a predicted pair of paragraphs hits a gold pair
when on both sides the common stretch is at least half of the shorter one. ``--parallel`` names two long texts in
chapters; how long each chapter takes once its words have been looked up is measured, and how much of it finds its counterpart.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from nltk.translate.gale_church import align_blocks

from collation.alignment.align import align
from collation.languages.knowledge import knowledge_for
from collation.learning.parallel import aligned_chapters
from collation.model import Document, Segment, Witness
from collation.reading import read_file

ROOT = Path(__file__).parents[1]
BARS = {"003": 0.95, "002": 0.92}
CHAPTER = 1.0  # seconds for a chapter of 60 paragraphs

Stretch = tuple[int, int]
Pair = tuple[Stretch, Stretch]
Counts = tuple[int, int, int, int]  # right predictions, predictions, gold found, gold


def read_links(path: Path) -> dict[str, list[Pair]]:
    """The pairs of a file of links, by document; rows with an empty side are left out."""
    found: dict[str, list[Pair]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line) if line.strip() else {}
            if row.get("ru") and row.get("en"):
                found[row["doc"]].append((tuple(row["ru"]), tuple(row["en"])))
    return dict(found)


def count(predicted: list[Pair], gold: list[Pair]) -> Counts:
    """What is right, by the rule of the common half."""
    right = sum(any(_hits(p, g) for g in gold) for p in predicted)
    found = sum(any(_hits(p, g) for p in predicted) for g in gold)
    return right, len(predicted), found, len(gold)


def _hits(left: Pair, right: Pair) -> bool:
    return all(_same(a, b) for a, b in zip(left, right, strict=True))


def _same(a: Stretch, b: Stretch) -> bool:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common > 0 and 2 * common >= min(a[1] - a[0], b[1] - b[0])


def figures(counts: Counts) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    right, predicted, found, gold = counts
    precision, recall = (right / predicted if predicted else 0.0), (found / gold if gold else 0.0)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def our_links(document: Document) -> list[Pair]:
    """The paragraph links of the program, n to m as n times m pairs."""
    aligned = align(document, knowledge_for())
    left, right = _paragraphs(document)
    return [
        (_stretch(left[i]), _stretch(right[j]))
        for link in aligned.links
        for i in link.original
        for j in link.translation
    ]


def length_links(document: Document) -> list[Pair]:
    """The same paragraphs linked by their lengths alone."""
    left, right = (list(map(_stretch, side)) for side in _paragraphs(document))
    return _by_length(left, right)


def plain_links(document: Document) -> list[Pair]:
    """Blocks between blank lines, page furniture and all, linked by their lengths alone."""
    left, right = (_blocks(document.text, side) for side in (document.original, document.translation))
    return _by_length(left, right)


def _by_length(left: list[Stretch], right: list[Stretch]) -> list[Pair]:
    lengths = [[stop - start for start, stop in side] for side in (left, right)]
    return [(left[i], right[j]) for i, j in align_blocks(*lengths)]


def _blocks(text: str, witness: Witness | None) -> list[Stretch]:
    places = [s.place for s in (*witness.segments, *witness.furniture)] if witness else []
    start, stop = min((p.start for p in places), default=0), max((p.stop for p in places), default=0)
    return [match.span() for match in re.compile(r"\S(?:.|\n(?!\s*\n))*").finditer(text, start, stop)]


ALIGNERS = {
    "this program": our_links,
    "Gale-Church on its paragraphs": length_links,
    "Gale-Church on plain blocks": plain_links,
}


def _paragraphs(document: Document) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    original, translation = document.original, document.translation
    return (original.segments if original else ()), (translation.segments if translation else ())


def _stretch(segment: Segment) -> Stretch:
    return segment.place.start, segment.place.stop


def seeds_table(gold: dict[str, list[Pair]], folder: Path) -> bool:
    """Print the table of the seeds; whether every bar is met."""
    met = True
    totals: dict[str, list[Counts]] = {aligner: [] for aligner in ALIGNERS}
    print(f"{'document':26s} {'aligner':30s} links  gold     P     R    F1   bar")
    for name in sorted(gold):
        document = read_file(folder / name)
        for aligner, links in ALIGNERS.items():
            counts = count(links(document), gold[name])
            totals[aligner].append(counts)
            bar = BARS.get(name[:3]) if links is our_links else None
            met = met and (bar is None or figures(counts)[2] >= bar)
            _row(name, aligner, counts, bar)
    for aligner, found in totals.items():
        right, predicted, hit, wanted = (sum(column) for column in zip(*found, strict=True))
        _row("all", aligner, (right, predicted, hit, wanted), None)
    return met


def _row(name: str, aligner: str, counts: Counts, bar: float | None) -> None:
    precision, recall, f1 = figures(counts)
    shown = f"{bar:.2f}" if bar is not None else ""
    print(f"{name:26s} {aligner:30s} {counts[1]:5d} {counts[3]:5d} {precision:5.3f} {recall:5.3f} {f1:5.3f}  {shown}")


def chapters_table(original: Path, translation: Path) -> bool:
    """Print how long the chapters take; whether those of about 60 paragraphs keep to their time."""
    print("\nchapter  paragraphs   seconds  without counterpart  mean score")
    slowest, whole, lone, sides = 0.0, 0.0, 0, 0
    for name, aligned in aligned_chapters(original, translation):
        before = time.process_time()
        align(aligned.document, knowledge_for())
        took = time.process_time() - before
        left, right = _paragraphs(aligned.document)
        gaps = sum(len(k.original) + len(k.translation) for k in aligned.links if not (k.original and k.translation))
        mean = sum(link.score for link in aligned.links) / len(aligned.links)
        if 50 <= len(left) <= 70:
            slowest = max(slowest, took)
            print(f"{name:8s} {len(left):4d} : {len(right):<4d} {took:8.2f}  {gaps:19d} {mean:11.2f}")
        whole, lone, sides = whole + took, lone + gaps, sides + len(left) + len(right)
    print(f"all      {sides:11d} {whole:9.1f}  {lone:19d}   ({lone / max(1, sides):.1%})")
    print(f"slowest of the chapters of 50 to 70 paragraphs: {slowest:.2f} s (bar {CHAPTER:.1f} s)")
    return slowest <= CHAPTER


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the tables; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--bench", type=Path, default=os.environ.get("COLLATION_BENCH"), help="folder of the measuring sets"
    )
    parser.add_argument("--seeds", type=Path, default=ROOT / "seeds", help="folder of the documents")
    parser.add_argument("--parallel", type=Path, nargs=2, metavar=("RU", "EN"), help="two long texts in chapters")
    chosen = parser.parse_args(None if arguments is None else list(arguments))
    if chosen.bench is None:
        parser.error("name the folder of the measuring sets with --bench, or set COLLATION_BENCH")
    met = seeds_table(read_links(Path(chosen.bench) / "seeds" / "alignment.jsonl"), chosen.seeds)
    if chosen.parallel:
        met = chapters_table(*chosen.parallel) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
