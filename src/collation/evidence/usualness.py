"""How usual a reading is in its surroundings, against the text as it stands: words, tags, lemmas side by side.

What is around a stretch and how well the text itself fits there is computed once and kept for all its readings.
"""

from __future__ import annotations

from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.knowledge.words.language_model import START, LanguageModel, unit
from collation.model import Token

_BEFORE, _AFTER = 3, 2  # units of the language model before and after a word
_MOST_WORDS, _MOST_TAGS = 20.0, 15.0  # the most that words, and tags, may speak for a reading: natural log-odds
_SEEN = 6  # tokens looked at on either side to find so many units


class Usualness:
    """The units of the language model on both sides of some tokens of a sentence."""

    def __init__(self, language: LanguageModel, tokens: tuple[Token, ...], start: int, stop: int) -> None:
        self._language = language
        self._left = ([START, *_units(tokens[max(0, start - _SEEN) : start])])[-_BEFORE:]
        self._right = ([*_units(tokens[stop : stop + _SEEN]), START])[:_AFTER]
        self._stand = _units(tokens[start:stop])
        self._states = language.tag_states(self._left)
        self._words = self._word(self._stand)
        self._tags = self._tag(self._stand)
        self._beside = self._together(self._stand[0]) if len(self._stand) == 1 else 0.0

    def fit(self, reading: list[str]) -> dict[str, float]:
        """The measures of a reading: differences of natural logarithms, clipped, and the logarithms themselves."""
        new = [fold(w) for w in reading]
        words, tags = self._word(new), self._tag(new)
        values = {
            "word_gain": clip(words - self._words, _MOST_WORDS),
            "reading_word": words / (len(new) + len(self._right)),
            "observed_word": self._words / max(1, len(self._stand) + len(self._right)),
            "tag_gain": clip(tags - self._tags, _MOST_TAGS),
            "reading_tag": tags,
        }
        if len(self._stand) == 1 and len(new) == 1:
            values["collocation_gain"] = self._together(new[0]) - self._beside
        return values

    def _word(self, units: list[str]) -> float:
        n = len(self._left)
        return self._language.words([*self._left, *units, *self._right], n, n + len(units) + len(self._right))

    def _tag(self, units: list[str]) -> float:
        return self._language.tagged([*units, *self._right], self._states)

    def _together(self, word: str) -> float:
        before, own, after = (morphology.lemmas(w)[:1] or (w,) for w in (self._left[-1], word, self._right[0]))
        return self._language.collocation(before[0], own[0]) + self._language.collocation(own[0], after[0])


def _units(tokens: tuple[Token, ...]) -> list[str]:
    return [u for t in tokens if (u := unit(t.text, t.kind))]


def clip(value: float, limit: float) -> float:
    """A value no further from 0 than the limit."""
    return max(-limit, min(limit, value))
