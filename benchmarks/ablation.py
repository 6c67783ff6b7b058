"""What each family of the judge's features, each reader of the noise, each kind of text and what people misread are worth.

usage: python benchmarks/ablation.py --texts DIR --set DIR [--set DIR …] [--of features|noise|material|hand] [--words N] [--cache DIR]
           [--seeds N]

The trees are fitted on the texts of the trainer, each family's columns emptied in turn, or without the documents in which one
reader's errors are planted, or without those of one kind of text (beside each of these two stands what as many
documents fewer are worth that were drawn by chance), or without what people misread one by one. They judge the doubts of
corrupted documents, with their gold, that nothing was learned from. Only doubts of the learned kinds count, so the figures
are lower and simpler than those of accuracy.py: errors found among the first N doubts, N as many as the errors that were
doubted. The interval is that of the paired bootstrap over documents of the difference to the judge that has everything.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from collation.evidence.measured_reading import OF_PLACES
from collation.judge.features import NAMES
from collation.judge.weights import place_features
from collation.knowledge.forest import Forest
from collation.learning import manifest
from collation.learning.examples import Example
from collation.learning.fitting import fit_forests
from collation.learning.gather import gather_gold
from collation.learning.kept_examples import open_kept
from collation.learning.material import collection_of, number_of
from collation.learning.noise import reader_of
from collation.learning.train import WORDS, Gathered, collect
from collation.reading import read_text

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
    "context model": ("in_context", "context_own", "context_tag", "context_gain", "context_tag_gain"),
    "bilingual model": OF_PLACES,
    "frequency": ("zipf", "reading_zipf", "known", "reading_known"),
}  # fmt: skip
MATERIAL = {
    "soviet": "political documents",
    "tales": "tales",
    "chapter": "a novel",
}  # by collection; others are news and web


def without(examples: list[Example], names: Sequence[str]) -> list[Example]:
    """The examples with some columns emptied."""
    columns = {NAMES.index(name) for name in names}
    return [
        replace(e, rows=tuple(tuple(0.0 if i in columns else v for i, v in enumerate(row)) for row in e.rows))
        for e in examples
    ]


def trials(found: Gathered, of: str) -> Iterator[tuple[str, list[Example], Sequence[str]]]:
    """What is left out, the examples that are learned from, and the columns that are emptied in what is judged."""
    yield "nothing", found.misread, ()
    if of == "features":
        for family, columns in FAMILIES.items():
            yield family, without(found.misread, columns), columns
        return
    if of == "hand":
        yield "what people misread", found.noise, ()
        return
    chance = random.Random(1)
    kinds = {name: _reader(name, text) if of == "noise" else _material(name) for name, text in found.texts.items()}
    for kind in sorted(set(kinds.values())):
        own = {name for name in kinds if kinds[name] == kind}
        yield f"{kind} ({len(own)} of {len(kinds)} documents)", _outside(found.misread, own), ()
        drawn = set(chance.sample(sorted(kinds), len(own)))
        yield "  as many by chance", _outside(found.misread, drawn), ()


def _outside(examples: list[Example], names: set[str]) -> list[Example]:
    return [e for e in examples if e.document not in names]


def _reader(name: str, text: str) -> str:
    """The reader whose errors are planted in a document of the trainer."""
    return reader_of(read_text(text, label=name), seed=number_of(text))


def _material(name: str) -> str:
    """The kind of text that a document of the trainer is of."""
    collection = collection_of(name)
    return MATERIAL.get(collection, "news and web")


def judged(forests: tuple[Forest, Forest], examples: list[Example]) -> list[tuple[Example, float, bool]]:
    """Each doubt with its log-odds and whether its best reading is right."""
    readings, places = forests
    parts = np.split(
        readings.score(np.array([r for e in examples for r in e.rows])), np.cumsum([len(e.rows) for e in examples])[:-1]
    )
    odds = places.score(np.array([place_features(np.array(e.rows), s) for e, s in zip(examples, parts, strict=True)]))
    return [(e, float(o), e.right[int(np.argmax(s))]) for e, s, o in zip(examples, parts, odds, strict=True)]


def taken(gold: list[Example], odds: Sequence[float], first: Sequence[bool]) -> tuple[Counter[str], int]:
    """Errors among the likeliest doubts, by document, and how many of them have the right reading first."""
    order = sorted(range(len(gold)), key=lambda i: -odds[i])[: sum(e.wrong for e in gold)]
    hits = [i for i in order if gold[i].wrong]
    return Counter(gold[i].document for i in hits), sum(first[i] for i in hits)


def interval(one: Counter[str], other: Counter[str], names: list[str], *, draws: int = 2000) -> tuple[int, int]:
    """Where 95 % of the differences in errors found are, documents drawn with replacement; seeded."""
    chance = random.Random(1)
    drawn = sorted(sum(other[name] - one[name] for name in chance.choices(names, k=len(names))) for _ in range(draws))
    return drawn[int(0.025 * draws)], drawn[int(0.975 * draws) - 1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--set", type=Path, action="append", required=True, dest="sets")
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--of", choices=("features", "noise", "material", "hand"), default="features")
    parser.add_argument("--seeds", type=int, default=2, help="forests whose log-odds are averaged")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    kept = open_kept(args.cache)
    texts = [t for t in manifest.read_manifest(manifest.manifest_of(args.texts)) if t.use != "prose"]
    gathered = collect(texts, args.texts, copies=1, workers=args.workers, kept=kept, words=args.words)
    sets = {path.name: gather_gold(path, workers=args.workers, kept=kept) for path in args.sets}
    print(f"{'without':<40}" + "".join(f"{f'{name}: found, first right, difference':>48}" for name in sets))
    whole: dict[str, Counter[str]] = {}
    for family, learned, columns in trials(gathered, args.of):
        fitted = [fit_forests(learned, seed=7 + n) for n in range(args.seeds)]
        cells = []
        for name, gold in sets.items():
            rows = [judged(forests, without(gold, columns)) for forests in fitted]
            odds = [sum(row[i][1] for row in rows) for i in range(len(gold))]
            found, first = taken(gold, odds, [right for _, _, right in rows[0]])
            base = whole.setdefault(name, found)
            low, high = interval(base, found, sorted({e.document for e in gold}))
            total = sum(found.values())
            cells.append(f"{total}, {first}, {total - sum(base.values()):+d} [{low:+d} to {high:+d}]")
        print(f"{family:<40}" + "".join(f"{cell:>48}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
