"""A context model: how well a word suits the six words on either side of its place, the word itself unseen.

A small net over word vectors. Each word has a vector of 96 numbers: a part learned from large modern corpora (navec,
quantised to 32 bytes a word), one of its possible tags and one of its last letters, so that rare forms are no strangers.
The vectors of twelve neighbours go through two layers; what comes out is a vector to which a fitting word's is near, and
the chances of the tags at the place. Taught by contrast: the word that was there against words of like shape, ending
or lemma (noise-contrastive estimation as in Mnih and Kavukcuoglu 2013; the trainer is ``learning/context_training.py``).
Evaluated with numpy, all places of a document at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.errors import DamagedDictionary, Message
from collation.knowledge import dictionaries
from collation.knowledge.mapped_archive import open_archive
from collation.knowledge.words.count_tables import word_hash
from collation.knowledge.words.language_model import tags
from collation.system.files import check_regular

FILE = "context.npz"
SIDE = 6  # words looked at before and after a place
LARGEST = 100_000_000  # bytes
SUFFIX_LETTERS = 3
MOST_TAGS = 5
_MOST_WORDS = 30_000  # vectors kept at hand
_AT_ONCE = 1_024  # places, or listed words, computed together
_LIKELY_AT_ONCE = 48  # places set against all listed words together: 11 MB; a multiple of what BLAS computes together
_LEAST = 1e-9
_USUAL, _EVERY = 4_096, 8  # of so many of the listed words every eighth stands for what is usual
_SHARES = 255  # a whole share of a tag, as it is kept

Floats = NDArray[np.float32]


def suffix_bucket(word: str, buckets: int) -> int:
    """Where the last letters of a word are kept, among so many."""
    return (word_hash(word[-SUFFIX_LETTERS:]) >> 1) % buckets


def length_of(word: str) -> float:
    """The length of a word as the net sees it."""
    return min(len(word), 12) / 12


class ContextModel:
    """The net of one file. Raises DamagedDictionary where the file is none."""

    def __init__(self, path: Path) -> None:
        try:
            check_regular(path, most=LARGEST)
            data = open_archive(path)
            self._keys: NDArray[np.uint64] = data["keys"]
            self._codes: NDArray[np.uint8] = data["codes"]
            self._codebook: Floats = data["codebook"].astype(np.float32)
            self._tags = {str(name): i for i, name in enumerate(data["tag_names"])}
            self._layers = {name: data[name].astype(np.float32) for name in _LAYERS}
            self._letters: bytes = data["listed"].tobytes()
            self._listed_tags: tuple[NDArray[np.uint16], NDArray[np.uint8]] = (
                data["listed_tags"],
                data["listed_shares"],
            )
            self._parts = np.arange(self._codebook.shape[0])
            self._width = self._layers["tag_vectors"].shape[1]
            if self._layers["first"].shape[0] != 2 * SIDE * self._width:
                raise ValueError("the layers do not fit each other")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedDictionary(Message("context-model-unreadable", reason=error), path=path) from error
        self._rows: dict[str, int] = {}
        self._vectors: Floats = np.zeros((_MOST_WORDS, self._width), dtype=np.float32)

    @property
    def width(self) -> int:
        """The numbers of a vector."""
        return len(self._layers["in_vocabulary"])

    @cached_property
    def listed(self) -> Floats:
        """The vectors of the usual words, the most frequent first, a row a word."""
        words = self._letters.decode("utf-8").split("\n")
        rows = np.empty((len(words), self._width), dtype=np.float32)
        for start in range(0, len(words), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            rows[some] = self._listed_rows(words[some], some)
        return rows

    @cached_property
    def _ends(self) -> NDArray[np.uint32]:
        """Where the letters of each of the usual words end."""
        ends = np.flatnonzero(np.frombuffer(self._letters, dtype=np.uint8) == ord("\n"))
        return np.append(ends, len(self._letters)).astype(np.uint32)

    def listed_word(self, number: int) -> str:
        """One of the usual words, by its number among them."""
        start = int(self._ends[number - 1]) + 1 if number else 0
        return self._letters[start : int(self._ends[number])].decode("utf-8")

    def _listed_rows(self, words: Sequence[str], which: slice) -> Floats:
        """The vectors of some listed words, which stand there in the list."""
        rows = self._known_parts(words)
        tags, shares = (array[which] for array in self._listed_tags)
        for column in range(tags.shape[1]):
            some = np.flatnonzero(shares[:, column])  # half of the words have one tag
            parts = shares[some, column, None] / np.float32(_SHARES)
            rows[some] += parts * self._layers["tag_vectors"][tags[some, column]]
        return rows

    def vectors(self, words: Sequence[str]) -> Floats:
        """The vectors of folded words or units of the language model, a row a word."""
        if len(set(words)) > _MOST_WORDS // 2:
            half = len(words) // 2
            return np.concatenate([self.vectors(words[:half]), self.vectors(words[half:])])
        new = [w for w in dict.fromkeys(words) if w not in self._rows]
        if len(self._rows) + len(new) > _MOST_WORDS:
            self._rows.clear()
            new = list(dict.fromkeys(words))
        if new:
            start = len(self._rows)
            self._rows.update((w, start + i) for i, w in enumerate(new))
            self._vectors[start : start + len(new)] = self._made(new)
        return self._vectors[[self._rows[w] for w in words]]

    def _made(self, words: Sequence[str]) -> Floats:
        rows = self._known_parts(words)
        for i, word in enumerate(words):
            for tag, share in tags(word)[:MOST_TAGS]:
                if (k := self._tags.get(tag)) is not None:
                    rows[i] += share * self._layers["tag_vectors"][k]
        return rows

    def _known_parts(self, words: Sequence[str]) -> Floats:
        """All of the vectors but what the tags add."""
        keys = np.array([word_hash(w) for w in words], dtype=np.uint64)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = self._keys[at] == keys
        rows = np.zeros((len(words), self._width), dtype=np.float32)
        found = self._codebook[self._parts, self._codes[at[known]]]
        rows[known] = found.reshape(len(found), self._width) + self._layers["in_vocabulary"]
        suffixes = self._layers["suffix_vectors"]
        rows += suffixes[[suffix_bucket(w, len(suffixes)) for w in words]]
        lengths = np.array([length_of(w) for w in words], dtype=np.float32)
        rows += lengths[:, None] * self._layers["length_vector"]
        return rows

    def places(self, units: Sequence[str], which: Sequence[int]) -> tuple[Floats, Floats]:
        """For each of some places in a sequence of units: the vector that a fitting word's is near (n × 96), and the natural
        logarithms of the chances of the tags (n × tags)."""
        around = self.vectors(["", *units])
        at = np.array(which)[:, None] + 1 + np.array([*range(-SIDE, 0), *range(1, SIDE + 1)])
        at = np.where((at < 1) | (at > len(units)), 0, at)
        contexts, chances = [], []
        for start in range(0, len(which), _AT_ONCE):
            rows = around[at[start : start + _AT_ONCE]].reshape(-1, 2 * SIDE * self._width)
            context, chance = self._forward(rows)
            contexts.append(context)
            chances.append(chance)
        if not contexts:
            return np.zeros((0, self._width), np.float32), np.zeros((0, len(self._tags)), np.float32)
        return np.concatenate(contexts), np.concatenate(chances)

    def _forward(self, rows: Floats) -> tuple[Floats, Floats]:
        layers = self._layers
        hidden = np.maximum(rows @ layers["first"] + layers["first_bias"], 0)
        hidden = np.maximum(hidden @ layers["second"] + layers["second_bias"], 0)
        context = hidden @ layers["out"] + layers["out_bias"]
        logits = hidden @ layers["tag_out"] + layers["tag_out_bias"]
        logits -= logits.max(axis=1, keepdims=True)
        return context, logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))

    @cached_property
    def usual_rows(self) -> Floats:
        """The vectors of the words that stand for what is usual, a row a word."""
        words = self._letters.split(b"\n", _USUAL)[:_USUAL:_EVERY]
        return self._listed_rows([word.decode("utf-8") for word in words], slice(0, _USUAL, _EVERY))

    def usual(self, contexts: Floats) -> Floats:
        """What the most usual words score at each place: the logarithm of the mean, the measure of what is said of one word
        there."""
        scores = contexts @ self.usual_rows.T
        top = scores.max(axis=1, keepdims=True)
        found: Floats = top[:, 0] + np.log(np.exp(scores - top).mean(axis=1))
        return found

    def likeliest(self, contexts: Floats, most: int) -> list[list[tuple[str, float]]]:
        """For each place the listed words that suit it best, with their scores."""
        if not len(contexts):
            return []
        rows = self.listed
        found = []
        for start in range(0, len(contexts), _LIKELY_AT_ONCE):
            for scores in contexts[start : start + _LIKELY_AT_ONCE] @ rows.T:
                best = np.argpartition(-scores, min(most, len(scores) - 1))[:most]
                found.append([(self.listed_word(k), float(scores[k])) for k in best[np.argsort(-scores[best])]])
        return found

    def tag(self, chances: Floats, word: str) -> float:
        """The natural logarithm of the chance of a word's tags at a place."""
        total = sum(
            share * math.exp(float(chances[k]))
            for tag, share in tags(word)[:MOST_TAGS]
            if (k := self._tags.get(tag)) is not None
        )
        return math.log(max(total, _LEAST))


_LAYERS = (
    "in_vocabulary", "tag_vectors", "suffix_vectors", "length_vector", "first", "first_bias", "second", "second_bias", "out",
    "out_bias", "tag_out", "tag_out_bias",
)  # fmt: skip


@lru_cache(maxsize=2)
def _opened(path: Path) -> ContextModel:
    return ContextModel(path)


def opened(path: Path | None = None) -> ContextModel | None:
    """The context model of a path or the shipped one, read once; None where none is shipped."""
    path = path or dictionaries.data_file(FILE)
    return _opened(path) if path.is_file() else None


def layers_of(arrays: dict[str, Any]) -> dict[str, Any]:
    """The arrays of a net as they are written, by the names under which they are read."""
    return {name: np.asarray(arrays[name], dtype=np.float16) for name in _LAYERS}


def list_of(words: Sequence[str], tag_names: Sequence[str]) -> dict[str, Any]:
    """The usual words as they are written: their letters, the numbers of their tags, the tags' shares in 255ths."""
    index = {name: i for i, name in enumerate(tag_names)}
    numbers = np.zeros((len(words), MOST_TAGS), dtype=np.uint16)
    shares = np.zeros((len(words), MOST_TAGS), dtype=np.uint8)
    for i, word in enumerate(words):
        known = [(index[tag], share) for tag, share in tags(word)[:MOST_TAGS] if tag in index]
        for column, (number, share) in enumerate(known):
            numbers[i, column], shares[i, column] = number, round(share * _SHARES)
    letters = np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)
    return {"listed": letters, "listed_tags": numbers, "listed_shares": shares}
