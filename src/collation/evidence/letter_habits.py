"""Letters that the scanner of a document exchanges by habit, as the likeliest corrections of its non-words show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from collation.knowledge.letters import fold
from collation.model import Edit, Place

# Which correction of a non-word teaches them: the most usual and nearest
_FOR_USE, _FOR_PLACE, _EACH_EDIT = 0.5, 0.1, 2  # a unit of Zipf frequency; of log-likelihood in its place; an edit
_LEARNED = 1.5  # edits up to which it does

Exchange = tuple[str, str]


class LetterHabits:
    """The exchanges of letters in the likeliest corrections of a text's non-words.

    Each item of ``nonwords`` holds the measured readings of one non-word; the one nearest in shape and most usual is counted.
    """

    def __init__(self, text: str, nonwords: Sequence[Sequence[tuple[Edit, Mapping[str, float]]]]) -> None:
        self._text = text
        self._counts: Counter[Exchange] = Counter()
        self._taught: dict[Place, tuple[Exchange, ...]] = {}
        for readings in nonwords:
            edit, values = max(readings, key=lambda r: _likelihood(r[1]))
            if values["cost"] <= _LEARNED:
                exchanged = self._taught[edit.place] = self._exchanged(edit)
                self._counts.update(exchanged)

    def count(self, edit: Edit) -> float:
        """How often sure corrections elsewhere in the document exchange the same letters: the rarest exchange of the edit."""
        if not self._counts:
            return 0.0
        own = self._taught.get(edit.place, ())
        return float(min((self._counts[e] - (e in own) for e in self._exchanged(edit)), default=0))

    def _exchanged(self, edit: Edit) -> tuple[Exchange, ...]:
        return _exchanged(fold(edit.place.of(self._text)), fold(edit.text))


def _likelihood(values: Mapping[str, float]) -> float:
    return _FOR_USE * values["reading_zipf"] + _FOR_PLACE * values["reading_word"] - _EACH_EDIT * values["cost"]


@lru_cache(maxsize=2_000)
def _exchanged(observed: str, reading: str) -> tuple[Exchange, ...]:
    """The letters exchanged between two words of equal length."""
    return tuple(
        (observed[op.src_pos], reading[op.dest_pos])
        for op in Levenshtein.editops(observed, reading)
        if op.tag == "replace"
    )
