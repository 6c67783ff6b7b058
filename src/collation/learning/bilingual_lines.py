"""What the bilingual model is taught with: sentences and their translations, as the two models number their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collation.alignment.affinity import Called, call
from collation.knowledge.words import language_model as lm
from collation.knowledge.words.bilingual_model import EQUIVALENTS, best_equivalents, letter_buckets
from collation.knowledge.words.context_model import SIDE, ContextModel
from collation.knowledge.words.lexicon import Lexicon
from collation.learning.context_vocabulary import negatives_of
from collation.learning.manifest import Text
from collation.learning.material import counted_texts, noisy_six_grams, number_of
from collation.learning.ngram_counts import six_grams, six_grams_of
from collation.learning.sentence_pairs import Sentences, sentence_pairs
from collation.model import Token

NUMBER = "#"
FIRST, LAST = 4096, 2048  # places for first and for last letters
LEAST = 5  # occurrences of a word of the translation that has a vector of its own
_HELD = 40  # one piece in so many is held out
_SHORTEST, _LONGEST, _LONGEST_ENGLISH = (
    3,
    120,
    150,
)  # units of a sentence that is learned from; tokens of its translation
_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and its translation: the numbers of its units and which are words; of the translation the numbers of its lemmas,
    where its letters are kept, the equivalents with their weights, and whether each is content."""

    collection: str
    held: bool
    units: NDArray[np.int64]
    words: NDArray[np.bool_]
    lemmas: NDArray[np.int64]
    letters: NDArray[np.int64]
    equivalents: NDArray[np.int64]
    weights: NDArray[np.float32]
    content: NDArray[np.float32]


class Numbers:
    """Words by number, in the order in which they came; number 0 is no word."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {"": 0}

    def of(self, word: str) -> int:
        return self._index.setdefault(word, len(self._index))

    @property
    def words(self) -> list[str]:
        return list(self._index)


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines, the words of both sides by number, and how many sentences were left out."""

    lines: list[Line]
    original: Numbers
    translation: Numbers
    equivalents: Numbers
    left_out: int


def lines_of(texts: Sequence[Text], folder: Path, without: Sequence[Path], lexicon: Lexicon) -> Lines:
    """The sentences of the pieces and chapters that tables are learned from; those that share six words in a row with what carries
    noise, or with the files of ``without``, are left out. Raises CollationError for a text of one side."""
    excluded = noisy_six_grams(texts, folder) | six_grams_of(without)
    found = Lines([], Numbers(), Numbers(), Numbers(), 0)
    left_out = 0
    for piece in counted_texts(texts, folder):
        collection, held = piece.name.split()[0], number_of(piece.name) % _HELD == 0
        for pair in _pairs(piece.original, piece.translation, lexicon):
            units = _units(pair[0])
            said = [c for c in call(pair[1], lexicon) if c.token.kind != "mark"]
            if not (_SHORTEST <= len(units) <= _LONGEST and said and len(pair[1]) <= _LONGEST_ENGLISH):
                continue
            if any(h in excluded for h in six_grams([unit for unit, _ in units])):
                left_out += 1
                continue
            found.lines.append(_line(collection, held, units, said, found))
    return Lines(found.lines, found.original, found.translation, found.equivalents, left_out)


def _pairs(original: Sequence[str], translation: Sequence[str], lexicon: Lexicon) -> Iterator[Sentences]:
    for russian, english in zip(original, translation, strict=True):
        yield from sentence_pairs(russian, english, lexicon)


def _units(tokens: Sequence[Token]) -> list[tuple[str, bool]]:
    """The units of the language model, as ``WordPlaces`` takes them, and whether each is a word."""
    found: list[tuple[str, bool]] = []
    for token in tokens:
        unit = lm.unit(token.text, token.kind)
        if unit is not None and not (unit == lm.START and (not found or found[-1][0] == lm.START)):
            found.append((unit, token.kind == "word"))
    return found


def _line(collection: str, held: bool, units: list[tuple[str, bool]], said: list[Called], numbers: Lines) -> Line:
    equivalents = np.zeros((len(said), EQUIVALENTS), dtype=np.int64)
    weights = np.zeros((len(said), EQUIVALENTS), dtype=np.float32)
    for j, called in enumerate(said):
        for k, (word, weight) in enumerate(best_equivalents(called.lemmas)):
            equivalents[j, k], weights[j, k] = numbers.equivalents.of(word), weight
    lemmas = [numbers.translation.of(NUMBER if c.token.kind == "number" else c.lemma) for c in said]
    return Line(
        collection,
        held,
        np.array([numbers.original.of(unit) for unit, _ in units]),
        np.array([is_word for _, is_word in units]),
        np.array(lemmas),
        np.array([letter_buckets(c.token.text.lower(), FIRST, LAST) for c in said]),
        equivalents,
        weights,
        np.array([c.content for c in said], dtype=np.float32),
    )


def contexts_of(lines: Sequence[Line], words: list[str], model: ContextModel) -> list[NDArray[np.float16]]:
    """For each line what the neighbours of its units want, a row a unit: the lines one after another, ends of sentences between."""
    units: list[str] = []
    starts = []
    for line in lines:
        if units and units[-1] != lm.START:
            units.append(lm.START)
        starts.append(len(units))
        units += [words[k] for k in line.units.tolist()]
    rows = np.zeros((len(units), model.width), dtype=np.float16)
    for start in range(0, len(units), _AT_ONCE):
        stop = min(start + _AT_ONCE, len(units))
        low, high = max(0, start - SIDE), min(len(units), stop + SIDE)
        rows[start:stop] = model.places(units[low:high], range(start - low, stop - low))[0]
    return [rows[start : start + len(line.units)] for start, line in zip(starts, lines, strict=True)]


def told_from(words: list[str], lines: Sequence[Line], *, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """How often each word occurs in the lines, and the numbers of words to tell it from."""
    counts = np.bincount(np.concatenate([line.units for line in lines]), minlength=len(words))
    tags: dict[str, int] = {}
    first = [tags.setdefault(found[0][0], len(tags) + 1) if word and (found := lm.tags(word)) else 0 for word in words]
    return counts, negatives_of(words, counts, np.array(first), np.random.default_rng(seed))
