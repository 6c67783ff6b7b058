"""Learn what the measures of the rules of the translation's side are worth: faults made in sound parallel texts.

usage: python -m collation.learning.translation_faults TEXTS [--rule names|negations|passages] [--words N] [--copies N] [--seed N]
           [--out FILE] [--trees FILE]

TEXTS is the folder of ``collation.learning.train``. In copies of each document that carries noise names are replaced and left
out, negations lost and put in, sentences left out and put in, on either side (``side_faults.py``). What a rule would ask about in a copy, at a fault and not
in the sound text, is right; all that it would ask about in the sound text is false. The measures are weighed by logistic
regression; the constant is such that, out of fold by documents, so many false queries are asked in ten thousand words
as the rule may. With --trees a forest of decision trees is grown over the same measures (scikit-learn), and what it says out of fold is
weighed against the sum as one measure more. Printed is how many faults of each kind are noticed then. Blind to how often each kind happens in real archives.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.evidence.negations import negations
from collation.evidence.unanswered_runs import Facing, unanswered_runs
from collation.languages.knowledge import knowledge_for
from collation.learning import manifest
from collation.learning.fault_weights import (
    SOUND,
    Weighed,
    fitted,
    grown,
    limit_for,
    names_of_measures,
    noticed,
    out_of_fold,
    stacked,
    with_forest,
)
from collation.learning.faulty_copies import FaultyCopy, copied, faults_for
from collation.learning.material import collection_of, draw, lined_documents
from collation.learning.side_faults import Page, Pool, pool_of
from collation.reading import read_text
from collation.rules.translation.learned_weights import FOREST
from collation.rules.translation.missing_passages import is_asked_about, measures_of
from collation.rules.translation.name_measures import lone_names
from collation.settings import Settings
from collation.system.console import say
from collation.system.files import write_whole

_FAULTS = 4  # faults in a copy
_REACH = 2  # characters around a fault within which a doubt is at it
_BEFORE = 20  # characters before a doubt by which it is known again
_PAIRS = 6  # sentence pairs that a document must have
_FREE = frozenset({"tales"})
_MOVED = 0.5  # by which a measure of a doubt that the sound text has too must differ, for the fault to be what moved it


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule would ask about: where (offsets and words), and its measures."""

    start: int
    stop: int
    text: str
    measures: dict[str, float]


@dataclass(frozen=True, slots=True)
class LearnedRule:
    """What can be learned: the kinds of faults, what the rule looks at in a document, the false queries in ten thousand Russian
    words that are let through, and the rule's own prior, in log-odds."""

    kinds: tuple[str, ...]
    asked: Callable[[Context], Iterator[Asked]]
    false: float
    prior: float = 0.0


def _names(context: Context) -> Iterator[Asked]:
    for lone in lone_names(context):
        if not lone.measures["related"]:
            yield Asked(lone.token.start, lone.token.stop, lone.token.text, lone.measures)


def _negations(context: Context) -> Iterator[Asked]:
    for number in range(len(context.pairs)):
        for found in negations(context, number):
            token = found.negation
            yield Asked(token.start, token.stop, token.text, found.measures)


def _passages(context: Context) -> Iterator[Asked]:
    sides: tuple[Facing, ...] = ("original", "translation")
    for run in (run for side in sides for run in unanswered_runs(context, side)):
        if is_asked_about(run):
            first, last = run.tokens[0], run.tokens[-1]
            yield Asked(first.start, last.stop, f"{first.text} {last.text}", measures_of(context, run))


LEARNED = {
    "names": LearnedRule(("name replaced", "name dropped"), _names, 2.5),
    "passages": LearnedRule(("omission", "addition"), _passages, 3.0, -1.4),
    "negations": LearnedRule(("negation lost", "negation added"), _negations, 4.0),
}


def examples(
    documents: dict[str, str], rule: LearnedRule, copies: int, seed: int
) -> tuple[list[Weighed], list[tuple[str, str, str]], int]:
    """What is asked in sound documents and at the faults of their copies, the faults (document, kind, side), and the words of
    the sound documents."""
    pages = large_pages(documents)
    pool, rng = pool_of(list(pages.values())), random.Random(seed)
    found: list[Weighed] = []
    faults: list[tuple[str, str, str]] = []
    turns = [(kind, side) for kind in rule.kinds for side in ("en", "ru")]
    for name, page in pages.items():
        sound = list(rule.asked(page.context))
        found += [Weighed(name, SOUND, a.measures) for a in sound]
        known: dict[tuple[str, str], list[dict[str, float]]] = {}
        for asked in sound:
            known.setdefault(_key(page.document.text, asked), []).append(asked.measures)
        for copy in _copies(page, turns, pool, copies, rng):
            context = context_of(name, copy.text)
            new = [a for a in rule.asked(context) if _is_moved(a.measures, known.get(_key(copy.text, a), []))]
            for fault, own, opposite in copy.faults:
                faults.append((name, fault.kind, fault.side))
                here = [a for a in new if _is_at(a, own) or _is_at(a, opposite)]
                found += [Weighed(name, len(faults) - 1, a.measures) for a in here]
    return found, faults, sum(page.words for page in pages.values())


def large_pages(documents: dict[str, str]) -> dict[str, Page]:
    """The documents that have sentence pairs enough, read for planting."""
    pages = {name: Page(read_text(text, label=name)) for name, text in documents.items()}
    return {name: page for name, page in pages.items() if len(page.pairs) > _PAIRS}


def _copies(
    page: Page, turns: Sequence[tuple[str, str]], pool: Pool, copies: int, rng: random.Random
) -> Iterator[FaultyCopy]:
    for _ in range(copies):
        faults, _missing = faults_for(page, rng.sample(turns, min(_FAULTS, len(turns))), pool, rng)
        if faults:
            yield copied(page, faults, None, rng)


def context_of(name: str, text: str) -> Context:
    """What the rules see of a copy."""
    knowledge = knowledge_for()
    return Context(align(read_text(text, label=name), knowledge), knowledge)


def _key(text: str, asked: Asked) -> tuple[str, str]:
    return asked.text, text[max(0, asked.start - _BEFORE) : asked.start]


def _is_moved(measures: dict[str, float], before: Iterable[dict[str, float]]) -> bool:
    """Whether a doubt looks otherwise than all of the sound text that are known by the same words: one that is new does, and so
    does a negation of which the answer is lost."""
    return all(any(abs(value - old.get(name, 0.0)) >= _MOVED for name, value in measures.items()) for old in before)


def _is_at(asked: Asked, span: tuple[int, int]) -> bool:
    return asked.start <= span[1] + _REACH and span[0] - _REACH <= asked.stop


def _told(
    rule: LearnedRule,
    odds: NDArray[np.float64],
    listed: Sequence[Weighed],
    faults: Sequence[tuple[str, str, str]],
    words: int,
) -> str:
    lines = [
        f"{words} Russian words, {len(faults)} faults, {sum(w.fault == SOUND for w in listed)} doubts in sound texts"
    ]
    for false in (rule.false / 2, rule.false, 2 * rule.false):
        found = noticed(odds, listed, faults, limit_for(odds, listed, words, false))
        said = ", ".join(f"{kind} {side} {k}/{n} {k / n:.2f}" for (kind, side), (k, n) in found.items())
        total = sum(k for k, _ in found.values()) / max(1, len(faults))
        lines.append(f"at {false:g} false in 10,000 words: {total:.3f} ({said})")
    return "\n".join(lines)


def documents_of(folder: Path, words: int) -> dict[str, str]:
    """Documents that carry noise, of so many words in all; tales are left out, which are translated too freely."""
    found: dict[str, str] = {}
    for pair in manifest.sides(manifest.read_manifest(manifest.manifest_of(folder)), folder, "lined"):
        found |= lined_documents(*pair)
    return draw({name: text for name, text in found.items() if collection_of(name) not in _FREE}, words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--rule", choices=sorted(LEARNED), default="names")
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--copies", type=int, default=3)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--trees", type=Path)
    args = parser.parse_args()
    rule = LEARNED[args.rule]
    listed, faults, words = examples(documents_of(args.texts, args.words), rule, args.copies, args.seed)
    names = names_of_measures(listed)
    odds, weights = out_of_fold(listed, names), fitted(listed, names)
    say(_told(rule, odds, listed, faults, words))
    source = f"python -m collation.learning.translation_faults --rule {args.rule} --words {args.words} --copies {args.copies} --seed {args.seed}"
    if args.trees:
        both = with_forest(listed, names, args.seed)
        sums, forest, constant = stacked(both, odds)
        odds = sums * odds + forest * np.array([w.measures[FOREST] for w in both]) + constant
        weights = np.array([*(sums * weights[:-1]), forest, sums * weights[-1] + constant])
        say("with a forest:\n" + _told(rule, odds, listed, faults, words))
        what = f"trees over the measures of the rule of {args.rule}; a leaf is a share of faults"
        known = {"what": what, "source": source, **grown(listed, names, args.seed).to_json()}
        write_whole(args.trees, json.dumps(known, ensure_ascii=False, separators=(",", ":")))
        names = [*names, FOREST]
    query = Settings().query
    shift = math.log(query / (1 - query)) - rule.prior - limit_for(odds, listed, words, rule.false)
    rows = [f"{name}\t{w:.2f}" for name, w in zip(names, weights[:-1], strict=True)]
    head = (
        f"# what: what each measure of the rule of {args.rule} is worth, in log-odds\n"
        f"# source: {source}, {len(faults)} faults in {words} words; "
        f"constant at {rule.false:g} false queries in ten thousand words\n"
        "# columns: measure, weight\n"
    )
    text = head + "\n".join(sorted([*rows, f"constant\t{weights[-1] + shift:.2f}"])) + "\n"
    say(text)
    if args.out:
        write_whole(args.out, text)


if __name__ == "__main__":
    main()
