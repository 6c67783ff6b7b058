"""How far the translation speaks for words at their places by the bilingual model: the places of a sentence pair computed at once,
kept with the document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collation.evidence.context import Context, Word
from collation.evidence.recent import Recent
from collation.evidence.word_places import WordPlaces, word_places
from collation.knowledge.words.bilingual_model import LEAST_ANSWER, BilingualModel, Opposite, Said
from collation.knowledge.words.context_model import Floats

_NUMBER = "#"  # any number, as the model takes it
_KEPT = 4  # pairs of sentences: doubts are weighed in order of the text
_BOUND = 4.0  # natural log-odds: what one word tells at most of how closely its sentence is translated


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the translation says of a word and of a reading in its place, in natural logarithms.

    ``own`` and ``reading`` are what speaks for either, less what speaks for usual words; ``sentence`` is the mean of that over the
    other words of the sentence: little where it is freely translated. ``answer`` is how well the reading answers the word of the
    translation that it answers best, ``here`` and ``elsewhere`` how well the word in its place and the best of the other words
    answer that one, ``observed`` how well the word answers any.
    """

    own: float
    reading: float
    sentence: float
    answer: float
    here: float
    elsewhere: float
    observed: float


@dataclass(frozen=True, slots=True)
class _Facing:
    """The places of a pair beside its translation, and the row of each word by its number."""

    rows: dict[int, int]
    opposite: Opposite


@dataclass(frozen=True, slots=True)
class _Pair:
    """The places of a pair beside its translation: the row of each word by its number, what usual words score there, the words
    themselves above it and the others in the mean; for each word of the translation who answers it best, how well, and how well
    the next best does. The readings that are expected in the pair have a number each: how they answer the words of the
    translation (readings × words) and what they score at each place (places × readings)."""

    rows: dict[int, int]
    opposite: Opposite
    usual: Floats
    own: Floats
    others: Floats
    best: NDArray[np.int64]
    first: Floats
    second: Floats
    readings: dict[str, int]
    answers: Floats
    scores: Floats


class TranslatedPlaces:
    """The places of the words of one document beside their translation."""

    def __init__(self, model: BilingualModel, around: WordPlaces, context: Context) -> None:
        self._model, self._around, self._context = model, around, context
        self._expected: dict[int, dict[str, None]] = {}
        self._facing: Recent[int, _Facing | None] = Recent(_KEPT)
        self._pairs: Recent[int, _Pair | None] = Recent(_KEPT)

    def expect(self, pair: int, reading: str) -> None:
        """Have a reading computed with all others of its pair: one by one they cost four times as much."""
        self._expected.setdefault(pair, {})[reading] = None

    def prefers(self, pair: int, number: int, forms: list[str]) -> list[float]:
        """By how much the translation speaks for each form in the place of a word rather than for the word, in natural logarithms,
        by the numbers of its pair and of itself in the document; nothing for any where the pair has no translation."""
        found = self._facing.of(pair, self._faced)
        if not forms or found is None or number not in found.rows:
            return [0.0] * len(forms)
        row = found.rows[number]
        scores = found.opposite.scores([row], self._around.vectors(forms))[0]
        return [float(score - found.opposite.standing[row]) for score in scores]

    def speaks(self, pair: int, number: int, reading: str) -> Spoken | None:
        """What the translation says of a reading and of the word, by the numbers of its pair and of itself in the document; None
        where the pair has no translation."""
        found = self._pairs.of(pair, self._computed)
        if found is None or number not in found.rows:
            return None
        row = found.rows[number]
        known = found.readings.get(reading)
        if known is None:
            vectors = self._around.vectors([reading])
            answers = found.opposite.affinity(vectors)[0]
            score = found.opposite.scores([row], vectors, answers[None])[0, 0]
        else:
            answers, score = found.answers[known], found.scores[row, known]
        best = int(answers.argmax())
        standing = found.opposite.answers
        return Spoken(
            own=float(found.own[row]),
            reading=float(score - found.usual[row]),
            sentence=float(found.others[row]),
            answer=float(answers[best]),
            here=float(standing[row, best]),
            elsewhere=float((found.second if found.best[best] == row else found.first)[best]),
            observed=float(standing[row].max()),
        )

    def _faced(self, pair: int) -> _Facing | None:
        said = [
            Said(_NUMBER if c.token.kind == "number" else c.lemma, c.token.text.lower(), c.lemmas, c.content)
            for c in self._context.calls[pair]
            if c.token.kind != "mark"
        ]
        places = self._around.of_pair(pair)
        if not said or not places.numbers:
            return None
        opposite = Opposite(self._model, places.contexts, places.standing, places.at, said)
        return _Facing({n: k for k, n in enumerate(places.numbers)}, opposite)

    def _computed(self, pair: int) -> _Pair | None:
        facing = self._facing.of(pair, self._faced)
        if facing is None:
            return None
        rows, opposite = facing.rows, facing.opposite
        usual = opposite.mean_score(self._around.usual)
        own = opposite.standing - usual
        bounded = np.clip(own, -_BOUND, _BOUND)
        others = (bounded.sum() - bounded) / np.float32(max(1, len(own) - 1))
        answers = np.concatenate(
            [opposite.answers, np.full((1, opposite.answers.shape[1]), LEAST_ANSWER, dtype=np.float32)]
        )
        order = np.argsort(-answers, axis=0, kind="stable")
        first, second = np.take_along_axis(answers, order[:2], axis=0)
        readings = list(self._expected.get(pair, ()))
        vectors = self._around.vectors(readings)
        answered = opposite.affinity(vectors)
        scores = opposite.scores(range(len(rows)), vectors, answered)
        numbered = {reading: k for k, reading in enumerate(readings)}
        return _Pair(rows, opposite, usual, own, others, order[0], first, second, numbered, answered, scores)


def translated_places(context: Context) -> TranslatedPlaces | None:
    """The words of a document beside their translation; None without a bilingual model. Ask with ``Context.once``."""
    model, around = context.knowledge.bilingual_model, context.once(word_places)
    return TranslatedPlaces(model, around, context) if model is not None and around is not None else None


@dataclass(frozen=True, slots=True)
class Gain:
    """By how much a form suits a place better than the word that stands there, in natural logarithms: by its surroundings, and by the
    translation."""

    around: float
    spoken: float


def gains(context: Context, word: Word, forms: list[str]) -> list[Gain]:
    """What each form would gain in the place of a word; nothing where a model is missing, the place unknown or there is no translation."""
    around, translated = context.once(word_places), context.once(translated_places)
    if around is None or not around.knows(word.number):
        return [Gain(0.0, 0.0)] * len(forms)
    own, *others = around.scores(word.number, [word.text, *forms])
    spoken = translated.prefers(word.pair, word.number, forms) if translated is not None else [0.0] * len(forms)
    return [Gain(new - own, said) for new, said in zip(others, spoken, strict=True)]
