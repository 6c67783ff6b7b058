"""What each family of the judge's features is worth: fitted again without it, measured on documents not learned from.

usage: python benchmarks/ablation.py --bench DIR [--parallel RU EN] [--copies N] [--workers N]

DIR is laid out like the measuring set, with the clean texts in ``clean/``. Noise is planted in the clean texts, the trees
are fitted in two folds by document, each family's columns emptied in turn, and the doubts of the corrupted documents
are judged by the fold that saw nothing of them. Only doubts of the learned kinds count, so the figures are lower and
simpler than those of accuracy.py: errors found among the first N doubts, N as many as the errors that can be found.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from collation.judge.features import NAMES
from collation.judge.weights import Forest, place_features
from collation.learning.examples import Example
from collation.learning.fitting import fit_forests
from collation.learning.gather import chapter_texts, clean_texts, gather_examples, gather_gold, stem

FAMILIES: dict[str, tuple[str, ...]] = {
    "shape": ("cost", "cost_per_letter", "first_letter", "prefix", "suffix", "vote", "letters"),
    "words of the language model": ("word_gain", "reading_word", "observed_word", "collocation_gain", "usual"),
    "tags of the language model": ("tag_gain", "reading_tag", "ending"),
    "translation": (
        "english", "literal", "answers", "reading_answers", "translation_gain", "free_gain", "listed", "local_gain", "local_answer",
        "near_answered", "left_unanswered", "wanted", "polarity", "polarity_gain",
    ),
    "government and agreement": ("government", "government_gain", "agreement", "agreement_gain", "preposition", "preposition_gain"),
    "the document's own habits": ("seen", "reading_seen", "lemma_seen", "habit", "nonwords"),
    "frequency": ("zipf", "reading_zipf", "known", "reading_known"),
}  # fmt: skip


def without(examples: list[Example], names: Sequence[str]) -> list[Example]:
    """The examples with some columns emptied."""
    columns = {NAMES.index(name) for name in names}
    return [
        replace(e, rows=tuple(tuple(0.0 if i in columns else v for i, v in enumerate(row)) for row in e.rows))
        for e in examples
    ]


def judged(forests: tuple[Forest, Forest], examples: list[Example]) -> list[tuple[Example, float, bool]]:
    """Each doubt with its log-odds and whether its best reading is right."""
    readings, places = forests
    parts = np.split(
        readings.score(np.array([r for e in examples for r in e.rows])), np.cumsum([len(e.rows) for e in examples])[:-1]
    )
    odds = places.score(np.array([place_features(np.array(e.rows), s) for e, s in zip(examples, parts, strict=True)]))
    return [(e, float(o), e.right[int(np.argmax(s))]) for e, s, o in zip(examples, parts, odds, strict=True)]


def measure(noise: list[Example], gold: list[Example]) -> tuple[int, int, int]:
    """Errors among the likeliest doubts, those with the right reading first, and how many doubts were taken."""
    found: list[tuple[Example, float, bool]] = []
    names = sorted({stem(e.document) for e in gold})
    for fold in (0, 1):
        held = {name for i, name in enumerate(names) if i % 2 == fold}
        forests = fit_forests([e for e in noise if stem(e.document) not in held])
        found += judged(forests, [e for e in gold if stem(e.document) in held])
    found.sort(key=lambda item: -item[1])
    taken = found[: sum(e.wrong for e in gold)]
    return sum(e.wrong for e, _, _ in taken), sum(e.wrong and right for e, _, right in taken), len(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--parallel", type=Path, nargs=2)
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    texts = clean_texts((args.bench / "clean").glob("*.txt"))
    if args.parallel:
        texts |= chapter_texts(*args.parallel)
    noise = gather_examples(texts, copies=args.copies, workers=args.workers)
    gold = gather_gold(args.bench, workers=args.workers)
    print(f"{'without':<30}{'found':>8}{'first right':>13}{'of':>6}")
    for name, columns in (("nothing", ()), *FAMILIES.items()):
        hits, first, taken = measure(without(noise, columns), without(gold, columns))
        print(f"{name:<30}{hits:>8}{first:>13}{taken:>6}", flush=True)


if __name__ == "__main__":
    main()
