"""What another text of the original is worth: documents with gold examined alone, and beside their true text corrupted anew.

usage: python benchmarks/witnesses.py --set DIR [--tracks T2,T4] [--rates clean,0.02,0.05,0.1] [--two] [--copy] [--without-english]
           [--every N] [--seed N] [--reader classic|neural|reader]

DIR is laid out as the measuring sets are: documents, ``gold.jsonl``, ``manifest.tsv`` and the true texts in ``clean/``. The other
text B is the true text ("clean"), or that text corrupted by ``learning/noise.py`` at so many errors a word; --two adds a
second one, D, corrupted apart from B; --copy takes the document itself, errors and all. Printed for the tier *emend* are places
found, precision, recall, first reading right of those found and of all, false flags per 1,000 words; and false queries. All are made
texts: of two scans of one page, which share its specks, no figure here speaks.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from collation.learning.noise import MIXTURE, corrupt
from collation.learning.scoring import Gold, Score, prediction, read_gold, read_word_counts, score_predictions
from collation.learning.witness_training import with_witness
from collation.model import Document
from collation.pipeline import examine
from collation.reading import read_file, read_text
from collation.settings import Settings

NONE, CLEAN, COPY = "alone", "clean", "copy"
_APART = 7919  # what is added to a seed for a text that is corrupted apart


@dataclass(frozen=True, slots=True)
class Run:
    """One column of the table: what B is (``NONE``, ``CLEAN``, ``COPY`` or errors a word), and whether there are a D and the English."""

    other: str
    two: bool
    english: bool
    seed: int
    reader: str

    @property
    def name(self) -> str:
        named = self.other if self.other in (NONE, CLEAN, COPY) else f"B {self.other}"
        return f"{named}{' + D' if self.two else ''}{'' if self.english else ', no English'}"


def beside(document: Document, clean: str, run: Run, number: int) -> Document:
    """The document with its other texts."""
    if run.other == NONE:
        return document
    true = read_text(clean, label="clean")
    for count, siglum in enumerate("BD"[: 1 + run.two], 1):
        if run.other == COPY:
            text = document.text
        elif run.other == CLEAN:
            text = clean
        else:
            mixture = {run.reader: 1.0} if run.reader else MIXTURE
            seed = run.seed + number + _APART * count
            text = corrupt(true, seed=seed, rate=float(run.other), mixture=mixture).text
        document = with_witness(document, siglum, text)
    return document


def _job(job: tuple[Path, int, Run]) -> list[dict[str, Any]]:
    path, number, run = job
    document = beside(read_file(path), (path.parent / "clean" / path.name).read_text(encoding="utf-8"), run, number)
    settings = replace(Settings(), translation=run.english)
    return [prediction(path.name, document.text, entry) for entry in examine(document, settings=settings)]


def scored(
    run: Run, paths: list[Path], gold: list[Gold], words: dict[str, int], pool: ProcessPoolExecutor
) -> tuple[Score, int]:
    """The score of the emendations, and how many queries hit nothing."""
    found = [p for own in pool.map(_job, [(path, n, run) for n, path in enumerate(paths)]) for p in own]
    texts = {p.name: p.read_bytes().decode("utf-8") for p in paths}
    emended = [p for p in found if p["tier"] == "emend"]
    queried = [p for p in found if p["tier"] == "query"]
    return score_predictions(gold, emended, texts, words), score_predictions(gold, queried, texts, words).false


def rows(runs: list[Run], paths: list[Path], gold: list[Gold], words: dict[str, int], workers: int) -> Iterator[str]:
    """The table, a line as soon as it is known."""
    yield (
        f"{len(paths)} documents, {sum(words.values())} words, {sum(g['must'] for g in gold)} places\n"
        "| other text | found | precision | recall | F1 | first right: of found / of all | false per 1,000 | false queries per 1,000 |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|"
    )
    with ProcessPoolExecutor(workers) as pool:
        for run in runs:
            result, queries = scored(run, paths, gold, words, pool)
            first = "{:.3f} / {:.3f}".format(*result.first_right())
            yield (
                f"| {run.name} | {len(result.found)} | {result.precision:.3f} | {result.recall:.3f} | {result.f1:.3f} | {first} "
                f"| {result.false_per_thousand():.2f} | {1000 * queries / max(1, sum(words.values())):.2f} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    bench = os.environ.get("COLLATION_BENCH", "")
    parser.add_argument("--set", type=Path, default=Path(bench) / "dev" if bench else None, dest="folder")
    parser.add_argument("--tracks", default="", help="only documents whose names begin so, joined by commas")
    parser.add_argument("--rates", default="clean,0.02,0.05,0.1")
    parser.add_argument("--two", action="store_true", help="also with a second text, D")
    parser.add_argument("--copy", action="store_true", help="also beside a copy of the document")
    parser.add_argument("--without-english", action="store_true", help="also without the translation")
    parser.add_argument("--every", type=int, default=1, help="only one document in so many")
    parser.add_argument(
        "--reader", default="", help="who makes the errors of the other text; without it any of the mixture"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    if args.folder is None:
        parser.error("name a folder with --set, or set COLLATION_BENCH")
    listed = read_word_counts(args.folder / "manifest.tsv")
    names = [n for n in listed if n.startswith(tuple(args.tracks.split(",")))][:: args.every]
    gold = [g for g in read_gold(args.folder / "gold.jsonl") if g["doc"] in names]
    gold = [{**g, "_i": number} for number, g in enumerate(gold)]
    rates = [*([COPY] if args.copy else []), *(r for r in args.rates.split(",") if r)]
    runs = [
        Run(other, two, english, args.seed, args.reader)
        for english in (True, *([False] if args.without_english else []))
        for two in (False, *([True] if args.two else []))
        for other in ([NONE] if not two else []) + [r for r in rates if not (two and r in (COPY, CLEAN))]
    ]
    paths = [args.folder / name for name in names]
    for line in rows(runs, paths, gold, {name: listed[name] for name in names}, args.workers):
        print(line, flush=True)


if __name__ == "__main__":
    main()
