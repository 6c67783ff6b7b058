"""Graded translation: how surely a Russian lemma renders an English one, counted over parallel text by aligning its words.

The words of sentences are aligned in both directions (``word_alignment``) with the glossary as prior: it keeps its say as
pseudo-counts, so that a few hundred pages refine it and cannot overturn it. An English word of many renderings gives each
of them a small share, although the Russian word may come from nowhere else: so P(English | Russian) counts too, up to
what a rendering among others has; it explains a word and does not make it the first choice. Pairs seldom seen are less
sure. Names are left out (they are the authority files' part), and words that the dictionary of forms lacks: their lemmas
are guesses. Written as a TSV of the pairs worth keeping.

usage: python -m collation.learning.translation TEXTS --out FILE

makes the shipped table from a folder of texts as the trainer reads it, by its manifest. What carries noise when the judge is
trained is not counted.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from collation.knowledge.names import authority
from collation.knowledge.words import families, morphology
from collation.knowledge.words.english import STOP
from collation.knowledge.words.lexicon import Lexicon, opened
from collation.languages.ru import RUSSIAN
from collation.learning.manifest import Text, manifest_of, read_manifest
from collation.learning.material import counted_texts
from collation.learning.sentence_pairs import Bag, bag, sentence_pairs
from collation.learning.word_alignment import Numbers, Real, SentenceIds, align_words
from collation.model import SentencePair
from collation.system.console import say
from collation.system.files import write_whole

Table = dict[str, dict[str, tuple[float, float]]]
SOURCE = (
    "counts only, of texts that carry no planted noise: Soviet political documents 1917-1939 with their official "
    "translations, WMT general test sets 2022 and 2023 and web texts 2022, NTREX-128 (CC BY-SA 4.0), tales of "
    "bilinguator/aligned-texts, every second chapter of War and Peace, volumes 2-4, in the Maude translation"
)
_PARTNER, _FAMILY = 0.9, 0.55  # of a listed weight, for the other aspect and for a word of the same stem
_LEAST_COUNT = 1.5
_LEAST_SHARE = 0.02
_OTHER_WAY, _OTHER_WAY_MOST = 0.5, 0.2  # what P(English | Russian) counts for, and at most
_DOUBT = 1.0  # sights added that were none, against pairs seen once or twice
_LONGEST = 120
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})


def bags(pairs: Iterable[SentencePair], *, literal: float = 0.3) -> list[Bag]:
    """The lemmas of both sides of the sentence pairs that are literal enough."""
    near = [bag((pair.original, pair.translation)) for pair in pairs if pair.literal >= literal]
    return [pair for pair in near if all(pair) and max(map(len, pair)) <= _LONGEST]


def counted_bags(texts: Sequence[Text], folder: Path, lexicon: Lexicon) -> Iterator[Bag]:
    """The sentences of the texts of a manifest that may be counted; those that carry noise are left out. Raises CollationError
    for a text of one side."""
    for piece in counted_texts(texts, folder):
        for original, translation in zip(piece.original, piece.translation, strict=True):
            near = (bag(pair) for pair in sentence_pairs(original, translation, lexicon))
            yield from (pair for pair in near if all(pair) and max(map(len, pair)) <= _LONGEST)


def induce(texts: Sequence[Bag], lexicon: Lexicon) -> Table:
    """For each English lemma its Russian lemmas with probability and expected count, likeliest first; the improbable and function
    words left out; nothing where there are no sentences."""
    if not texts:
        return {}
    left, right = ({w: i for i, w in enumerate(sorted({w for t in texts for w in t[side]}))} for side in (0, 1))
    russian, english = list(left), list(right)
    numbered = [SentenceIds(tuple(left[w] for w in r), tuple(right[w] for w in e)) for r, e in texts]
    prior = _Prior(russian, english, lexicon)
    pairs = align_words(numbered, prior.weights)
    own = np.maximum(np.bincount(pairs.right, pairs.counts), 1e-9)[pairs.right]
    other = np.maximum(np.bincount(pairs.left, pairs.counts), 1e-9)[pairs.left]
    back = np.minimum(_OTHER_WAY_MOST, _OTHER_WAY * pairs.counts / other)
    shares = np.maximum(pairs.counts / own, back) * pairs.counts / (pairs.counts + _DOUBT)
    table: Table = {word: {} for word in english}
    for k in np.flatnonzero((pairs.counts >= _LEAST_COUNT) & (shares >= _LEAST_SHARE)):
        e, r = english[pairs.right[k]], russian[pairs.left[k]]
        if e not in STOP and _is_ordinary(r) and (lexicon.equivalents(e) or not authority.by_english(e)):
            table[e][r] = (float(shares[k]), float(pairs.counts[k]))
    return {e: dict(sorted(row.items(), key=lambda item: (-item[1][0], item[0]))) for e, row in table.items()}


def _is_ordinary(lemma: str) -> bool:
    """Whether a Russian lemma is a word of the dictionary and neither a function word nor a name."""
    if lemma in RUSSIAN.function_words or not morphology.is_known(lemma):
        return False
    return not any(p.lemma == lemma and _NAMES & p.grammemes for p in morphology.parses(lemma))


class _Prior:
    """The glossary's weights of pairs of words by their numbers."""

    def __init__(self, russian: list[str], english: list[str], lexicon: Lexicon) -> None:
        self._numbers = {word: i for i, word in enumerate(russian)}
        self._english = english
        self._lexicon = lexicon
        self._kin: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(russian):
            self._kin[_stem(word)].append(i)
        self._kin.pop("", None)

    def weights(self, rights: Numbers, lefts: Numbers) -> Real:
        """Those of pairs in order of English word and Russian word."""
        found = np.zeros(len(rights), dtype=np.float32)
        starts = np.searchsorted(rights, np.arange(len(self._english) + 1))
        for e, word in enumerate(self._english):
            row = lefts[starts[e] : starts[e + 1]]
            for r, weight in self._row(word).items():
                k = int(np.searchsorted(row, r))
                if k < len(row) and row[k] == r:
                    found[starts[e] + k] = weight
        return found

    def _row(self, word: str) -> dict[int, float]:
        row: dict[int, float] = {}
        for russian, weight in self._lexicon.equivalents(word).items():
            near = [(self._numbers.get(russian), weight)]
            near += [(self._numbers.get(other), _PARTNER * weight) for other in families.partners(russian)]
            near += [(r, _FAMILY * weight) for r in self._kin.get(_stem(russian), ())]
            for r, value in near:
                if r is not None:
                    row[r] = max(value, row.get(r, 0.0))
        return row


def _stem(word: str) -> str:
    """What words of one stem share: the root with its prefix, and the first letter; empty where that says too little."""
    root = families.whole_root(word)
    return word[0] + root if len(root) >= 3 else ""


def write_translations(table: Table, out: Path, *, description: str) -> int:
    """Write the table; returns the number of pairs."""
    lines = [
        "# what: how surely a Russian lemma renders an English one: P(russian | english), or by P(english | russian) up to "
        ".2; words aligned by a hidden Markov model in both directions, the glossary as prior",
        f"# source: {description}",
        "# columns: english, russian, probability, expected count",
    ]
    rows = [f"{e}\t{r}\t{p:.3f}\t{n:.1f}" for e, row in sorted(table.items()) for r, (p, n) in row.items()]
    write_whole(out, "\n".join([*lines, *rows]) + "\n")
    return len(rows)


def main() -> None:
    """Count the shipped table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="TEXTS", help="a folder of texts, as the trainer reads it")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    chosen = parser.parse_args()
    glossary = opened(learned=False)
    found = list(counted_bags(read_manifest(manifest_of(chosen.folder)), chosen.folder, glossary))
    count = write_translations(induce(found, glossary), chosen.out, description=SOURCE)
    say(f"{chosen.out}: {count} pairs of words from {len(found)} sentence pairs")


if __name__ == "__main__":
    main()
