"""Learn where a lost negation stood, from negations taken out of sound parallel texts.

usage: python -m collation.learning.negation_places TEXTS [--words N] [--copies N] [--seed N] [--out FILE]

TEXTS is the folder of ``collation.learning.train``. In copies of each document that carries noise negations are taken out, on
either side (``side_faults.py``). The words near the counterpart of the denied word compete for the place
(``rules/translation/lost_negations.py``); the weights of their measures are those of a conditional logit, fitted for each side.
Printed is, out of fold by documents, how often the likeliest word is the right one and how often it is said to be. Blind to places further off
than the words that compete, which are counted.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collation.evidence.context import Context
from collation.evidence.negations import Missing, Negation, negations
from collation.learning.faulty_copies import copied, faults_for
from collation.learning.side_faults import Page, Pool, pool_of
from collation.learning.translation_faults import context_of, documents_of, large_pages
from collation.model import Token
from collation.rules.translation.lost_negations import place_measures
from collation.system.console import say
from collation.system.files import write_whole

_KIND = "negation lost"
_SIDES: dict[str, Missing] = {"ru": "original", "en": "translation"}
_FAULTS = 3  # faults of a side in a copy
_FOLDS = 5
_RIDGE = 0.5  # how far the weights are drawn towards nought
_ROUNDS, _CLOSE = 100, 1e-6  # of Newton's steps; the longest step at which they end
_LONGEST = 1.0  # log-odds that a weight moves at most in one step

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """One negation taken out: its document, the measures of the words that compete, and which of them it stood before; None where
    it is none of them."""

    document: str
    measures: list[dict[str, float]]
    right: int | None


def examples(documents: dict[str, str], copies: int, seed: int) -> dict[Missing, list[Place]]:
    """The places of negations taken out of copies of some documents, by the side that lost them."""
    pages = large_pages(documents)
    pool, rng = pool_of(list(pages.values())), random.Random(seed)
    found: dict[Missing, list[Place]] = {side: [] for side in _SIDES.values()}
    for name, page in pages.items():
        for _ in range(copies):
            for code, side in _SIDES.items():
                found[side] += _taken_out(name, page, code, pool, rng)
    return found


def _taken_out(name: str, page: Page, code: str, pool: Pool, rng: random.Random) -> Iterator[Place]:
    faults, _missing = faults_for(page, [(_KIND, code)] * _FAULTS, pool, rng)
    if not faults:
        return
    copy = copied(page, faults, None, rng)
    context = context_of(name, copy.text)
    for _fault, (start, _stop), (first, last) in copy.faults:
        for negation in _lacking(context, _SIDES[code]):
            tokens = _tokens(context, negation)
            if first <= negation.negation.start < last and tokens[0].start <= start + 1 <= tokens[-1].stop:
                listed = place_measures(context, negation)
                begun = (n for n, (k, _) in enumerate(listed) if start <= tokens[k].start <= start + 1)
                yield Place(name, [m for _, m in listed], next(begun, None))


def _lacking(context: Context, missing: Missing) -> Iterator[Negation]:
    for number in range(len(context.pairs)):
        yield from (n for n in negations(context, number) if n.missing == missing)


def _tokens(context: Context, negation: Negation) -> tuple[Token, ...]:
    pair = context.pairs[negation.pair]
    return pair.original if negation.missing == "original" else pair.translation


def fitted(places: Sequence[Place], names: Sequence[str]) -> Rows:
    """The weights of the measures under which the right words are likeliest."""
    tables = [(_table(p, names), p.right) for p in places if p.right is not None]
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        gradient, curvature = -_RIDGE * weights, _RIDGE * np.eye(len(names))
        for rows, right in tables:
            shares = _shares(rows, weights)
            mean = shares @ rows
            gradient += rows[right] - mean
            curvature += (rows * shares[:, None]).T @ rows - np.outer(mean, mean)
        step = np.clip(np.linalg.solve(curvature, gradient), -_LONGEST, _LONGEST)
        weights += step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return weights


def _table(place: Place, names: Sequence[str]) -> Rows:
    return np.array([[measures[name] for name in names] for measures in place.measures])


def _shares(rows: Rows, weights: Rows) -> Rows:
    scores = rows @ weights
    likely: Rows = np.exp(scores - scores.max())
    shares: Rows = likely / likely.sum()
    return shares


def out_of_fold(places: Sequence[Place], names: Sequence[str]) -> list[tuple[float, bool]]:
    """For each place among whose words the right one is: the share of the likeliest word by weights that have not seen its
    document, and whether it is right."""
    folds = {name: k % _FOLDS for k, name in enumerate(sorted({p.document for p in places}))}
    found = []
    for fold in range(_FOLDS):
        weights = fitted([p for p in places if folds[p.document] != fold], names)
        for place in places:
            if folds[place.document] == fold and place.right is not None:
                shares = _shares(_table(place, names), weights)
                found.append((float(shares.max()), int(shares.argmax()) == place.right))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--words", type=int, default=110_000)
    parser.add_argument("--copies", type=int, default=3)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    rows = []
    for side, places in examples(documents_of(args.texts, args.words), args.copies, args.seed).items():
        names = sorted({name for p in places for m in p.measures for name in m})
        known = out_of_fold(places, names)
        say(
            f"{side}: {len(places)} places, {len(known)} with the right word among those that compete; "
            f"right {np.mean([right for _, right in known]):.3f}, said {np.mean([share for share, _ in known]):.3f}"
        )
        rows += [f"{side}.{name}\t{weight:.2f}" for name, weight in zip(names, fitted(places, names), strict=True)]
    source = (
        f"python -m collation.learning.negation_places --words {args.words} --copies {args.copies} --seed {args.seed}"
    )
    text = (
        "# what: what each measure of a word says of whether a lost negation stood before it, by the side that lost it\n"
        f"# source: {source}\n# columns: side and measure, weight\n"
    )
    text += "\n".join(sorted(rows)) + "\n"
    say(text)
    if args.out:
        write_whole(args.out, text)


if __name__ == "__main__":
    main()
