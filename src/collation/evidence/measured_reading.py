"""The measures of one reading: their names, in the order in which the judge's model takes them, and the numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

OF_PLACES = (
    "bilingual_own", "bilingual_gain", "bilingual_sentence", "bilingual_answer", "bilingual_elsewhere", "bilingual_here",
    "bilingual_observed",
)  # fmt: skip
"""The measures by which places are weighed and readings are not: given to the trees of the readings too, fewer errors were found."""

NAMES = (
    "cost", "cost_per_letter", "letters", "known", "reading_known", "zipf", "reading_zipf", "word_gain", "reading_word",
    "observed_word", "tag_gain", "reading_tag", "english", "literal", "answers", "reading_answers", "translation_gain",
    "free_gain", "listed", "same_lemma", "same_tag", "government", "government_gain", "agreement_gain", "seen", "reading_seen",
    "lemma_seen", "habit", "function", "reading_function", "capital", "upper", "first_letter", "one_letter", "line_end", "nonwords",
    "words_changed", "name_like", "collocation_gain", "polarity_gain", "local_gain", "local_answer",
    "prefix", "suffix", "preposition", "preposition_gain", "no_word", "near_answered", "left_unanswered",
    "in_context", "context_own", "context_tag", "context_gain", "context_tag_gain",
    *OF_PLACES,
)  # fmt: skip

OF_THE_TRANSLATION = (
    "english", "literal", "answers", "reading_answers", "translation_gain", "free_gain", "listed", "local_gain", "local_answer",
    "polarity_gain", "near_answered", "left_unanswered", *OF_PLACES,
)  # fmt: skip
"""The measures that are nothing where there is no translation."""

_PLACES = {name: i for i, name in enumerate(NAMES)}


class Measures(Mapping[str, float]):
    """The measures of one reading by their names. A long document has tens of thousands, so only the numbers are kept."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = array("d", [values[name] for name in NAMES])

    @property
    def numbers(self) -> array[float]:
        """The measures in the order of ``NAMES``."""
        return self._values

    def __getitem__(self, name: str) -> float:
        return self._values[_PLACES[name]]

    def __setitem__(self, name: str, value: float) -> None:
        self._values[_PLACES[name]] = value

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)
