"""How well words suit their places by the context model: all places of a document computed at once, kept with the document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.knowledge.words.context_model import ContextModel
from collation.knowledge.words.language_model import START, unit

_AT_ONCE = 256  # places set against the usual words together


@dataclass(frozen=True, slots=True)
class PairPlaces:
    """The places of one sentence pair: the numbers of its words in the document, what their neighbours want, the vectors of the
    words themselves (n × 96 both), and where each is in the sentence, 0 to 1."""

    numbers: tuple[int, ...]
    contexts: NDArray[np.float32]
    standing: NDArray[np.float32]
    at: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Suits:
    """How a word suits a place, in natural logarithms: its score less that of usual words, and the chance of its tags."""

    word: float
    tag: float


class WordPlaces:
    """The places of the words of one document as the context model sees them."""

    def __init__(self, model: ContextModel, context: Context) -> None:
        self._model = model
        self._places: dict[int, int] = {}
        self._of_pair: dict[int, list[int]] = {}
        self._extents: dict[int, tuple[int, int]] = {}
        units: list[str] = []
        pair = -1
        for word in context.words:
            if word.pair != pair and units and units[-1] != START:
                units.append(START)
            pair = word.pair
            found = unit(word.text, word.token.kind)
            if found is None or (found == START and (not units or units[-1] == START)):
                continue
            if word.token.kind == "word":
                self._places[word.number] = len(units)
                self._of_pair.setdefault(pair, []).append(word.number)
            first, _ = self._extents.get(pair, (len(units), 0))
            units.append(found)
            self._extents[pair] = first, len(units)
        self._units = units
        self.numbers = tuple(self._places)
        self._rows = {number: row for row, number in enumerate(self.numbers)}
        self._contexts, self._chances = model.places(units, list(self._places.values()))
        self._own: dict[int, Suits] = {}
        self._usual = np.concatenate(
            [model.usual(self._contexts[i : i + _AT_ONCE]) for i in range(0, len(self._contexts), _AT_ONCE)]
            or [np.zeros(0, dtype=np.float32)]
        )

    def knows(self, number: int) -> bool:
        """Whether there is a place of the word of that number in the document."""
        return number in self._rows

    def of_pair(self, pair: int) -> PairPlaces:
        """The places of the words of one sentence pair, in order."""
        numbers = self._of_pair.get(pair, [])
        first, stop = self._extents.get(pair, (0, 0))
        at = np.array([self._places[n] - first + 0.5 for n in numbers], dtype=np.float32) / np.float32(
            max(1, stop - first)
        )
        rows = [self._rows[n] for n in numbers]
        standing = self._model.vectors([self._units[self._places[n]] for n in numbers])
        return PairPlaces(tuple(numbers), self._contexts[rows], standing, at)

    def vectors(self, forms: list[str]) -> NDArray[np.float32]:
        """The vectors of words as they are written, a row a word."""
        return self._model.vectors([fold(f) for f in forms])

    @property
    def usual(self) -> NDArray[np.float32]:
        """The vectors of the most usual words, a row a word."""
        return self._model.usual_rows

    def scores(self, number: int, forms: list[str]) -> list[float]:
        """The scores of some forms at the place of a word, by its number in the document, less those of usual words there."""
        row = self._rows[number]
        scores: NDArray[np.float32] = self._model.vectors([fold(f) for f in forms]) @ self._contexts[row]
        usual = float(self._usual[row])
        return [float(score) - usual for score in scores]

    def tag(self, number: int, form: str) -> float:
        """The natural logarithm of the chance that a form's tags have at the place of a word."""
        return self._model.tag(self._chances[self._rows[number]], fold(form))

    def own(self, number: int) -> Suits:
        """How the word that stands at a place suits it: a rule asks, and the judge for every reading."""
        found = self._own.get(number)
        if found is None:
            word = self._units[self._places[number]]
            found = self._own[number] = Suits(self.scores(number, [word])[0], self.tag(number, word))
        return found

    def gain_with(self, number: int, reading: str, *, other: int, mended: str) -> float:
        """By how much a reading suits the place of a word better than the word does, if another word of the document read
        as ``mended`` says."""
        units = list(self._units)
        units[self._places[other]] = fold(mended)
        own = self._units[self._places[number]]
        contexts, _ = self._model.places(units, [self._places[number]])
        word, new = self._model.vectors([own, fold(reading)]) @ contexts[0]
        return float(new - word)

    def likeliest(self, numbers: list[int], most: int) -> list[list[tuple[str, float]]]:
        """For the places of some words the listed words that suit them best, with their scores, usual words' taken off."""
        rows = [self._rows[number] for number in numbers]
        found = self._model.likeliest(self._contexts[rows], most)
        return [
            [(word, score - float(self._usual[row])) for word, score in best]
            for row, best in zip(rows, found, strict=True)
        ]


def word_places(context: Context) -> WordPlaces | None:
    """The surroundings of a document's words; None without a context model. Ask with ``Context.once``."""
    model = context.knowledge.context_model
    return WordPlaces(model, context) if model is not None else None
