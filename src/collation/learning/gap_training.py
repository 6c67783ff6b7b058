"""Learn where a sentence lacks a name or a negation, from sound sentences out of which one is taken.

usage: python -m collation.learning.gap_training TEXTS --out FILE [--seed N]

TEXTS is the folder of ``collation.learning.train``. Read are the sentences of the lined texts that carry no noise. Each name inside a
sentence, and each negation, taken out makes one gap that lacks a word; six gaps of the whole sentence lack none. The weights of
their traits (``knowledge/words/gap_model.py``) are learned by logistic regression in small steps (AdaGrad, Duchi et al. 2011) and
written as one byte each. Printed is, over every seventh text, left out of the learning, how many of the words taken out are found
where one sound gap in a thousand, three hundred and a hundred is taken for one.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collation.knowledge.mapped import write_mapped
from collation.knowledge.words.gap_model import BUCKETS, FILE, MIDDLE, STEP, Lost, buckets, read, traits
from collation.knowledge.words.word_kinds import NAME
from collation.languages import RUSSIAN_ENGLISH
from collation.learning.manifest import manifest_of, read_manifest, sides
from collation.learning.material import LinedText, lined_texts
from collation.model import Token
from collation.model.language import Language
from collation.reading.sentences import split_sentences
from collation.reading.tokens import Flow, tokenise
from collation.system.console import say

_SOUND = 6  # gaps of a whole sentence
_LONGEST = 80  # tokens of a sentence that is read
_HELD = 7  # one text in so many is measured by
_ROUNDS, _ROW, _RATE = 6, 256, 0.15  # of learning; gaps of a step; how far the first step goes
_RIDGE = 3e-6  # how far weights are drawn towards nought at each step
_RATES = (0.001, 0.003, 0.01)  # of sound gaps taken for one that lacks a word
_NEGATIONS = {"ru": frozenset({"не"}), "en": frozenset({"not"})}
LOST: tuple[Lost, ...] = ("name", "negation")

Gaps = tuple[NDArray[np.int64], NDArray[np.float64]]
"""The buckets of the traits of each gap, and whether a word was taken out there."""


def sentences(lines: Iterable[str], language: Language) -> Iterator[tuple[Token, ...]]:
    """The sentences of lines of a language."""
    for line in lines:
        tokens = tokenise(Flow(line, tuple(range(len(line)))), language=language)
        yield from (tokens[a:b] for a, b in split_sentences(tokens, RUSSIAN_ENGLISH))


def gaps_of(texts: Iterable[Sequence[Token]], language: Language, lost: Lost, rng: random.Random) -> Gaps:
    """The gaps of sentences of a language: those where a word is taken out, and some of the whole sentence."""
    rows, labels = [], []
    for tokens in texts:
        kinds, words = read(tokens, language.code, language.function_words)
        if not 2 < len(tokens) <= _LONGEST:
            continue
        for k in range(2, len(kinds) - 1):
            if _is_lost(kinds[k], words[k], language.code, lost):
                rows.append(buckets(traits(kinds, words, k - 1, k + 1)))
                labels.append(1.0)
        for k in rng.sample(range(1, len(kinds) - 1), min(_SOUND, len(kinds) - 2)):
            rows.append(buckets(traits(kinds, words, k, k + 1)))
            labels.append(0.0)
    return np.array(rows), np.array(labels)


def _is_lost(kind: str, word: str, language: str, lost: Lost) -> bool:
    return kind.startswith(NAME) if lost == "name" else word in _NEGATIONS.get(language, frozenset())


def learned(gaps: Gaps, seed: int) -> NDArray[np.float64]:
    """The weights of the buckets, and the constant behind them."""
    rows, labels = gaps
    weights, squares = np.zeros(BUCKETS + 1), np.full(BUCKETS + 1, 1e-2)
    rows = np.hstack([rows, np.full((len(rows), 1), BUCKETS)])
    rng = np.random.default_rng(seed)
    for _ in range(_ROUNDS):
        order = rng.permutation(len(labels))
        for start in range(0, len(order), _ROW):
            some = order[start : start + _ROW]
            chosen = rows[some]
            error = labels[some] - 1.0 / (1.0 + np.exp(-weights[chosen].sum(axis=1)))
            places, which = np.unique(chosen, return_inverse=True)
            slope = np.bincount(which.ravel(), np.repeat(error, chosen.shape[1])) / len(some) - _RIDGE * weights[places]
            squares[places] += slope**2
            weights[places] += _RATE * slope / np.sqrt(squares[places])
    return weights


def found(weights: NDArray[np.float64], gaps: Gaps) -> list[float]:
    """The share of the words taken out that is found at each rate of sound gaps."""
    rows, labels = gaps
    odds = weights[rows].sum(axis=1)
    return [float((odds[labels == 1] > np.quantile(odds[labels == 0], 1 - rate)).mean()) for rate in _RATES]


def as_bytes(weights: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Weights in steps around the middle of a byte."""
    return np.clip(np.round(weights / STEP) + MIDDLE, 0, 255).astype(np.uint8)


def main() -> None:
    """Learn the shipped file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="TEXTS", help="a folder of texts, as the trainer reads it")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    files = sides(read_manifest(manifest_of(args.folder)), args.folder, "lined")
    texts = [t for pair in files for t in lined_texts(*pair) if not t.carries_noise()]
    arrays: dict[str, NDArray[np.uint8]] = {}
    for language, side in ((RUSSIAN_ENGLISH.original, 0), (RUSSIAN_ENGLISH.translation, 1)):
        split = [list(sentences(_lines(texts, side, held=held), language)) for held in (False, True)]
        for lost in LOST:
            own, held = (gaps_of(part, language, lost, random.Random(args.seed)) for part in split)
            weights = learned(own, args.seed)
            shares = ", ".join(
                f"{share:.2f} at {rate:g}" for share, rate in zip(found(weights, held), _RATES, strict=True)
            )
            say(
                f"{language.code} {lost}: {int(own[1].sum())} in {len(own[1])} gaps; of {int(held[1].sum())} found {shares}"
            )
            arrays[f"{language.code}.{lost}"] = as_bytes(weights)
    write_mapped(args.out, arrays, {"what": FILE, "buckets": BUCKETS})


def _lines(texts: Sequence[LinedText], side: int, *, held: bool) -> Iterator[str]:
    for number, text in enumerate(texts):
        if (number % _HELD == 0) == held:
            yield from (text.original, text.translation)[side]


if __name__ == "__main__":
    main()
