"""How near two learned judges come to each other, on the doubts of documents that neither has seen.

usage: python benchmarks/judges.py --set DIR --folds A B [--cache DIR]

DIR holds corrupted documents and their gold.jsonl; A and B are folders with ``folds.json`` and ``folds/weights-K.json``, as
the trainer writes them with --folds. Every doubt about a Russian word is judged by
the weights that were fitted without its document. Only these doubts count, so the figures are simpler than those of
accuracy.py, and with --cache they cost seconds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from collation.judge.weights import Weights, load_weights, sigmoid
from collation.learning.calibration import auc, calibration_error
from collation.learning.examples import Example
from collation.learning.fitting import place_odds, reading_scores
from collation.learning.gather import gather_gold
from collation.learning.kept_examples import open_kept

EMEND = 0.5


def judged(folder: Path, examples: Sequence[Example]) -> tuple[np.ndarray, list[bool]]:
    """For each doubt the probability that something is wrong, and whether the first reading is right."""
    listing: dict[str, int] = json.loads((folder / "folds.json").read_text(encoding="utf-8"))
    probabilities, first = np.zeros(len(examples)), [False] * len(examples)
    for fold in sorted(set(listing.values())):
        which = [i for i, e in enumerate(examples) if listing.get(e.document) == fold]
        weights: Weights = load_weights(folder / "folds" / f"weights-{fold}.json")
        held = [examples[i] for i in which]
        probabilities[which] = sigmoid(
            weights.scale * place_odds((weights.readings, weights.places), held) + weights.shift
        )
        for i, e, scores in zip(which, held, reading_scores(weights.readings, held), strict=True):
            first[i] = e.right[int(np.argmax(scores))]
    return probabilities, first


def figures(examples: Sequence[Example], probabilities: np.ndarray, first: Sequence[bool]) -> dict[str, str]:
    """The figures of one judge, as they are printed."""
    wrong = np.array([e.wrong for e in examples])
    errors = int(wrong.sum())
    likeliest = np.argsort(-probabilities, kind="stable")[:errors]
    shown = probabilities >= EMEND
    return {
        "AUC": f"{auc(probabilities, wrong.tolist()):.4f}",
        f"errors among the likeliest {errors}": str(int(wrong[likeliest].sum())),
        "of these with the right reading first": str(sum(bool(wrong[i]) and first[i] for i in likeliest)),
        f"doubts at {EMEND} or more: errors / all": f"{int((wrong & shown).sum())} / {int(shown.sum())}",
        "calibration error": f"{calibration_error(probabilities, wrong.tolist()):.4f}",
        "errors expected / there": f"{probabilities.sum():.0f} / {errors}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, dest="folder")
    parser.add_argument("--folds", type=Path, nargs="+", required=True)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    examples = gather_gold(args.folder, kept=open_kept(args.cache))
    columns = [judged(folder, examples) for folder in args.folds]
    tables = [figures(examples, *column) for column in columns]
    print(f"{len(examples)} doubts of {len({e.document for e in examples})} documents")
    for label in tables[0]:
        print(f"{label:<46}" + "".join(f"{table[label]:>16}" for table in tables))
    if len(columns) == 2:
        one, other = (p for p, _ in columns)
        print(f"{'correlation of the probabilities':<46}{np.corrcoef(one, other)[0, 1]:>16.4f}")
        print(f"{f'doubts on the same side of {EMEND}':<46}{np.mean((one >= EMEND) == (other >= EMEND)):>16.4f}")


if __name__ == "__main__":
    main()
