"""What the context model is taught with: the words of the corpus, what is known of each, and words to tell it from.

The words a word must be told from are those a reader or scanner would put for it: forms of its lemma, words one or two
letters away, words of the same ending and tag; for short words the other short ones.
"""

from __future__ import annotations

import gzip
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collation.knowledge.letters import fold
from collation.knowledge.words import language_model as lm
from collation.knowledge.words import morphology
from collation.knowledge.words.context_model import MOST_TAGS, length_of, suffix_bucket

LEAST = 2  # occurrences of a word that is offered in another's stead
NEGATIVES = 24  # kept of each word
SUFFIXES = 4096
_SHORT = 3
_SHORT_WORDS = 60
_DROPPED = 8  # longest word of which two letters are dropped to find neighbours
_SPECIAL = frozenset({lm.START, lm.NUMBER, ","})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a corpus by number (0 is no word), with their counts; for each its tags with shares, suffix, length,
    and the numbers of words to tell it from (0 where there are fewer)."""

    words: list[str]
    counts: NDArray[np.int64]
    tag_names: list[str]
    tags: NDArray[np.int64]
    shares: NDArray[np.float32]
    suffixes: NDArray[np.int64]
    lengths: NDArray[np.float32]
    negatives: NDArray[np.int32]


def numbered(sequence: Sequence[str]) -> tuple[NDArray[np.int32], list[str], NDArray[np.int64]]:
    """The units of a text as numbers, their words and counts; number 0 is no word."""
    index: dict[str, int] = {"": 0}
    ids = np.fromiter((index.setdefault(w, len(index)) for w in sequence), dtype=np.int32, count=len(sequence))
    return ids, list(index), np.bincount(ids, minlength=len(index))


def vocabulary_of(words: list[str], counts: NDArray[np.int64], *, seed: int) -> Vocabulary:
    """All that the net is told of each word."""
    tag_index: dict[str, int] = {"": 0}
    tag_ids = np.zeros((len(words), MOST_TAGS), dtype=np.int64)
    shares = np.zeros((len(words), MOST_TAGS), dtype=np.float32)
    for i, word in enumerate(words[1:], 1):
        for k, (tag, share) in enumerate(lm.tags(word)[:MOST_TAGS]):
            tag_ids[i, k] = tag_index.setdefault(tag, len(tag_index))
            shares[i, k] = share
    return Vocabulary(
        words,
        counts,
        list(tag_index),
        tag_ids,
        shares,
        np.array([suffix_bucket(w, SUFFIXES) for w in words]),
        np.array([length_of(w) for w in words], dtype=np.float32),
        negatives_of(words, counts, tag_ids[:, 0], np.random.default_rng(seed)),
    )


def negatives_of(
    words: list[str], counts: NDArray[np.int64], first_tags: NDArray[np.int64], chance: np.random.Generator
) -> NDArray[np.int32]:
    """For each word the numbers of up to ``NEGATIVES`` words to tell it from, by the numbers of the words' first tags."""
    offered = [i for i, w in enumerate(words) if counts[i] >= LEAST and w and w not in _SPECIAL]
    by_lemma, by_ending, near = defaultdict(list), defaultdict(list), defaultdict(list)
    short = sorted((i for i in offered if len(words[i]) <= _SHORT), key=lambda i: -counts[i])[:_SHORT_WORDS]
    for i in offered:
        for lemma in morphology.lemmas(words[i])[:2]:
            by_lemma[lemma].append(i)
        by_ending[words[i][-3:], int(first_tags[i])].append(i)
        for key in _with_letters_dropped(words[i]):
            near[key].append(i)
    found = np.zeros((len(words), NEGATIVES), dtype=np.int32)
    for i, word in enumerate(words):
        if not word or word in _SPECIAL:
            continue
        if len(word) <= _SHORT:
            own = [j for j in short if j != i]
        else:
            same = {j for lemma in morphology.lemmas(word)[:2] for j in by_lemma[lemma]} - {i}
            close = {j for key in _with_letters_dropped(word) for j in near[key]} - {i}
            alike = by_ending[word[-3:], int(first_tags[i])]
            own = [
                *_some(same, NEGATIVES // 3, chance),
                *_some(close, NEGATIVES // 2, chance),
                *(j for j in _some(alike, NEGATIVES // 4, chance) if j != i),
            ]
        drawn = _some(own, NEGATIVES, chance)
        found[i, : len(drawn)] = drawn
    return found


def _some(items: Iterable[int], most: int, chance: np.random.Generator) -> list[int]:
    listed = sorted(items) if isinstance(items, set) else list(items)
    return listed if len(listed) <= most else [listed[k] for k in chance.choice(len(listed), most, replace=False)]


def _with_letters_dropped(word: str) -> set[str]:
    """A word without one letter, each in turn, and a short one without two: words that share such a rest are near."""
    once = {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}
    if len(word) <= _DROPPED:
        once |= {w[:i] + w[i + 1 :] for w in list(once) for i in range(len(w)) if len(word) > 4}
    return once


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Pretrained vectors: words, as they are folded, and a row of numbers for each."""

    words: list[str]
    rows: NDArray[np.float32]


def read_navec(path: Path) -> WordVectors:
    """The vectors of a navec archive (github.com/natasha/navec: product quantisation, 300 numbers a word), unpacked.

    Of words that fold to the same form the more frequent stays. Raises ValueError where the archive is none of navec's.
    """
    with tarfile.open(name=path, mode="r") as archive:
        parts = {name: archive.extractfile(name) for name in ("vocab.bin", "pq.bin")}
        vocabulary, packed = (part.read() if part else b"" for part in parts.values())
    words, counts = _navec_words(gzip.decompress(vocabulary))
    n, size, parts_n, centroids = np.frombuffer(packed, dtype=np.uint32, count=4).tolist()
    if n != len(words) or size % parts_n:
        raise ValueError(f"{path.name}: {n} vectors for {len(words)} words")
    indexes = np.frombuffer(packed, dtype=np.uint8, offset=16, count=n * parts_n).reshape(n, parts_n)
    codes = np.frombuffer(packed, dtype=np.float32, offset=16 + n * parts_n).reshape(parts_n, centroids, -1)
    kept: dict[str, int] = {}
    for i in np.argsort(-counts, kind="stable").tolist():
        if not words[i].startswith("<"):
            kept.setdefault(fold(words[i]), i)
    order = np.fromiter(kept.values(), dtype=np.int64, count=len(kept))
    return WordVectors(list(kept), codes[np.arange(parts_n), indexes[order]].reshape(len(order), size))


def _navec_words(data: bytes) -> tuple[list[str], NDArray[np.int64]]:
    """The words of a vocabulary and how often each was seen: their number, the counts, the names a line each."""
    size = int(np.frombuffer(data, dtype=np.uint32, count=1)[0])
    words = data[4 + 4 * size :].decode("utf-8").split("\n")
    if len(words) != size:
        raise ValueError(f"{len(words)} words for a vocabulary of {size}")
    return words, np.frombuffer(data, dtype=np.uint32, offset=4, count=size).astype(np.int64)


def reduced(rows: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Vectors turned into their first principal components, of unit variance together."""
    centred = rows - rows.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred / len(centred))
    found: NDArray[np.float32] = (centred @ vectors[:, ::-1][:, :size]).astype(np.float32)
    found /= found.std()
    return found
