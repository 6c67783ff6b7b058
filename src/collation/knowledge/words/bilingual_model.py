"""A bilingual model: how well a word suits its place by the words of the translation, beside what the context model says.

Every place of a sentence attends to the words of its translation (Bahdanau et al. 2015) or to none: by what its neighbours
want, by where the word is in the sentence, and the less the more other words of the original answer it already. What it
attends moves the vector that a fitting word's is near, and a word that is itself an equivalent of what is attended gains by
that, as in a mixture of translation probabilities (Brown et al. 1993). A word of the translation is the mean of the vectors
of its Russian equivalents, mapped, a vector of its own where it is frequent, and one of its first and last letters. Where there is no
translation nothing is said of any word. Taught by ``learning/bilingual_training.py``; the context model itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.errors import DamagedDictionary, Message
from collation.knowledge import dictionaries
from collation.knowledge.mapped_archive import open_archive
from collation.knowledge.words import context_model
from collation.knowledge.words.context_model import ContextModel, Floats
from collation.knowledge.words.count_tables import word_hash
from collation.system.files import check_regular

FILE = "bilingual.npz"
LARGEST = 50_000_000  # bytes
EQUIVALENTS = 8  # of an English word, the best ones
POSITIONS = 20  # steps of the difference between two relative positions, on either side
MOST = 6.0  # natural log-odds: bound of how a word answers another
LEAST_ANSWER = -MOST
_FIRST_LETTERS, _LAST_LETTERS = 4, 3
_NOTHING = 1e-6
_TABLES = ("own", "first", "last")
_LAYERS = (
    "mean", "content", "unlisted", "query", "key", "key_bias", "none_query", "none", "position", "answer_word", "answer_english",
    "answer_bias", "sense", "sense_power", "listed", "taken", "answered", "value", "inner", "inner_context", "inner_bias", "outer",
    "straight",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the translation as the model takes it: its lemma, the word in small letters, its Russian equivalents with their
    weights, and whether it is a word of content."""

    lemma: str
    text: str
    equivalents: Mapping[str, float]
    content: bool


def best_equivalents(equivalents: Mapping[str, float]) -> list[tuple[str, float]]:
    """The equivalents that are looked at, the heaviest first, of like weight by the alphabet: in whatever order they come."""
    return sorted(equivalents.items(), key=lambda item: (-item[1], item[0]))[:EQUIVALENTS]


def letter_buckets(text: str, first: int, last: int) -> tuple[int, int]:
    """Where the first and the last letters of a word are kept, among so many each."""
    return (word_hash("p" + text[:_FIRST_LETTERS]) >> 1) % first, (word_hash("s" + text[-_LAST_LETTERS:]) >> 1) % last


class Opposite:
    """The places of one sentence beside its translation."""

    def __init__(
        self, model: BilingualModel, contexts: Floats, standing: Floats, at: Floats, said: Sequence[Said]
    ) -> None:
        layers = model.layers
        english, senses = model.english(said)
        self._model = model
        self._keys = english @ layers["answer_english"]
        self._senses = senses
        self.answers = self.affinity(standing)
        answered = np.exp(self.answers)
        taken = np.log1p(answered.sum(axis=0, keepdims=True) - answered)
        apart = at[:, None] - (np.arange(len(said))[None, :] + 0.5) / max(1, len(said))
        steps = np.clip(np.round(apart * POSITIONS) + POSITIONS, 0, 2 * POSITIONS).astype(int)
        logits = (contexts @ layers["query"]) @ (english @ layers["key"]).T / layers["query"].shape[
            1
        ] ** 0.5 + english @ layers["key_bias"]
        logits += layers["position"][steps] - layers["taken"] * taken
        none = layers["none"] + contexts @ layers["none_query"]
        logits = np.concatenate([none[:, None], logits], axis=1)
        logits -= logits.max(axis=1, keepdims=True)
        shares = np.exp(logits)
        shares /= shares.sum(axis=1, keepdims=True)
        self.none, self.shares = shares[:, 0], shares[:, 1:]
        seen = self.shares @ (english @ layers["value"])
        before = contexts @ layers["inner_context"] + layers["inner_bias"]
        self._moved = (np.maximum(seen @ layers["inner"] + before, 0) - np.maximum(before, 0)) @ layers[
            "outer"
        ] + seen @ layers["straight"]
        mixed = (self.shares * answered).sum(axis=1) + self.none
        self.standing: Floats = (self._moved * standing).sum(axis=1) + layers["answered"] * np.log(mixed)

    def affinity(self, vectors: Floats) -> Floats:
        """How well words answer those of the translation, a row a word."""
        layers, model = self._model.layers, self._model
        found = (vectors @ layers["answer_word"]) @ self._keys.T
        own = model.sense_of(vectors)
        x = (
            (own @ self._senses.T).reshape(len(vectors), len(self._keys), EQUIVALENTS).max(axis=2)
            if len(self._keys)
            else np.zeros_like(found)
        )
        x = np.maximum(x, 0)
        a, b, c, d = layers["listed"]
        found += (
            a * x + b * x * x + c * np.maximum(x - 0.5, 0) * 2 + d * np.maximum(x - 0.8, 0) * 5 + layers["answer_bias"]
        )
        bounded: Floats = MOST * np.tanh(found / MOST)
        return bounded

    def scores(self, rows: Sequence[int], vectors: Floats, answers: Floats | None = None) -> Floats:
        """How much the translation speaks for words (a vector each) at places (rows × words)."""
        answered = np.exp(self.affinity(vectors) if answers is None else answers)
        mixed = self.shares[list(rows)] @ answered.T + self.none[list(rows), None]
        found: Floats = self._moved[list(rows)] @ vectors.T + self._model.layers["answered"] * np.log(mixed)
        return found

    def mean_score(self, vectors: Floats) -> Floats:
        """What words score at each place: the logarithm of the mean."""
        scores = self.scores(range(len(self.none)), vectors)
        top = scores.max(axis=1, keepdims=True)
        found: Floats = top[:, 0] + np.log(np.exp(scores - top).mean(axis=1))
        return found


@dataclass(frozen=True, slots=True)
class _Quantised:
    """A table as it is kept: bytes, and what each row of them is multiplied by."""

    bytes: NDArray[np.int8]
    scale: NDArray[np.float16]

    def row(self, number: int) -> Floats:
        """The vector of one row."""
        found: Floats = self.bytes[number].astype(np.float32) * self.scale[number].astype(np.float32)
        return found


class BilingualModel:
    """The net of one file, over a context model. Raises DamagedDictionary where the file is none."""

    def __init__(self, path: Path, context: ContextModel) -> None:
        try:
            check_regular(path, most=LARGEST)
            data = open_archive(path)
            self._own_keys: NDArray[np.uint64] = data["own_keys"]
            self._own_rows: NDArray[np.uint16] = data["own_rows"]
            self.layers: dict[str, Any] = {name: data[name].astype(np.float32) for name in _LAYERS}
            self._tables = {n: _Quantised(data[n], data[n + "_scale"]) for n in _TABLES}
            if (
                any(
                    table.shape[1] != context.width
                    for table in (*(t.bytes for t in self._tables.values()), self.layers["mean"])
                )
                or len(self.layers["mean"]) != context.width
            ):
                raise ValueError("the layers do not fit the context model")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedDictionary(Message("context-model-unreadable", reason=error), path=path) from error
        self._context = context
        self._made = lru_cache(maxsize=5_000)(self._word)

    def sense_of(self, vectors: Floats) -> Floats:
        """What is compared of words with the equivalents of others: rows of length one."""
        found = vectors @ self.layers["sense"]
        found /= np.maximum(np.sqrt((found * found).sum(axis=1, keepdims=True)), 1e-12)
        out: Floats = found
        return out

    def english(self, said: Sequence[Said]) -> tuple[Floats, Floats]:
        """The vectors of words of a translation, a row a word, and of their equivalents what is compared, ``EQUIVALENTS`` rows a
        word."""
        made = [self._made(s.lemma, s.text, tuple(best_equivalents(s.equivalents)), s.content) for s in said]
        if not made:
            width, size = self.layers["sense"].shape
            return np.zeros((0, width), np.float32), np.zeros((0, size), np.float32)
        return np.stack([a for a, _ in made]), np.concatenate([b for _, b in made])

    def _word(
        self, lemma: str, text: str, equivalents: tuple[tuple[str, float], ...], content: bool
    ) -> tuple[Floats, Floats]:
        layers = self.layers
        senses = np.zeros((EQUIVALENTS, layers["sense"].shape[1]), dtype=np.float32)
        mean = np.zeros(layers["mean"].shape[0], dtype=np.float32)
        if equivalents:
            weights = np.array([w for _, w in equivalents], dtype=np.float32)
            vectors = self._context.vectors([w for w, _ in equivalents])
            mean = (vectors * (weights**2)[:, None]).sum(axis=0) / max(float((weights**2).sum()), _NOTHING)
            power = 1 / (1 + np.exp(-layers["sense_power"]))
            senses[: len(equivalents)] = self.sense_of(vectors) * (np.maximum(weights, _NOTHING) ** power)[:, None]
        found = mean @ layers["mean"] + self._tables["own"].row(self._row(lemma))
        first, last = letter_buckets(text, len(self._tables["first"].bytes), len(self._tables["last"].bytes))
        found = found + self._tables["first"].row(first) + self._tables["last"].row(last)
        if content:
            found = found + layers["content"]
        if not equivalents:
            found = found + layers["unlisted"]
        return found.astype(np.float32), senses

    def _row(self, lemma: str) -> int:
        key = np.uint64(word_hash(lemma))
        at = int(np.searchsorted(self._own_keys, key))
        known = at < len(self._own_keys) and self._own_keys[at] == key
        return int(self._own_rows[at]) if known else 0


@lru_cache(maxsize=2)
def _opened(path: Path) -> BilingualModel | None:
    context = context_model.opened()
    return BilingualModel(path, context) if context is not None else None


def opened(path: Path | None = None) -> BilingualModel | None:
    """The bilingual model of a path or the shipped one, over the shipped context model, read once; None where either is missing."""
    path = path or dictionaries.data_file(FILE)
    return _opened(path) if path.is_file() else None


def quantised(table: Any) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """A table in bytes, each row by its greatest number."""
    rows = np.asarray(table, dtype=np.float32)
    scale = (np.abs(rows).max(axis=1, keepdims=True) / 127).astype(np.float16)
    return np.clip(np.round(rows / np.maximum(scale.astype(np.float32), 1e-8)), -127, 127).astype(np.int8), scale


def layers_of(arrays: dict[str, Any]) -> dict[str, Any]:
    """The arrays of a net as they are written, by the names under which they are read."""
    return {name: np.asarray(arrays[name], dtype=np.float16) for name in _LAYERS}
