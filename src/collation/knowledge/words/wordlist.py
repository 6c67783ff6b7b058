"""How frequent words are: wordfreq's lists (CC BY-SA), laid out once (``learning/word_frequencies.py``).

The lists hold 700,000 Russian and 300,000 English forms. Of each only a number that stands for the form and its frequency
are kept, sorted, in a file that is mapped into memory; two forms of one number do not occur. Of the usual Russian forms the
letters are kept too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.mapped import Mapped, open_mapped
from collation.knowledge.words.numbered import Numbered

FILE = "frequencies.arrays"
LANGUAGES = ("ru", "en", "en-large")
LEAST_USUAL = 3e-7
"""The share of the text from which a Russian form is usual: three times in ten million words."""
LEAST_LISTED = 1e-7
"""The share from which a form is usual enough to be what a word was misread from; these forms are in ``usual_tree``."""


class Frequencies:
    """The forms of one list and their shares of the text; a share is ten to the minus hundredths of its level."""

    def __init__(self, language: str, mapped: Mapped) -> None:
        self._listed = Numbered(mapped.arrays[f"{language}-numbers"])
        self._levels = mapped.view(f"{language}-levels")
        self._shares = shares_of(mapped.arrays[f"{language}-levels"])
        self._zipfs = [math.log10(share) + 9 for share in self._shares]

    def share(self, form: str) -> float:
        """The share of the text, 0 when the form is not listed."""
        at = self._listed.place(form)
        return 0.0 if at is None else self._shares[self._levels[at]]

    def zipf(self, form: str) -> float:
        """The share as a Zipf frequency, 0 when the form is not listed."""
        at = self._listed.place(form)
        return 0.0 if at is None else self._zipfs[self._levels[at]]


def share_of_level(level: int) -> float:
    """The share of the text that a level stands for."""
    return float(10 ** (-level / 100))


def shares_of(levels: NDArray[np.uint16]) -> list[float]:
    """The shares that all levels up to the highest of some stand for."""
    return [share_of_level(level) for level in range(int(levels.max(initial=0)) + 1)]


@lru_cache(maxsize=1)
def _mapped() -> Mapped:
    return open_mapped(dictionaries.data_file(FILE))


@lru_cache(maxsize=3)
def _frequencies(language: str) -> Frequencies:
    return Frequencies(language, _mapped())


def zipf(word: str, language: str = "ru") -> float:
    """The Zipf frequency of a form: the decimal logarithm of its count per thousand million words; 0 if unlisted."""
    listed = _frequencies(language)
    lowered = word.lower()
    value = listed.zipf(lowered)
    if not value and (folded := fold(lowered)) != lowered:
        value = listed.zipf(folded)
    return value


def zipf_of_parts(word: str) -> float:
    """The Zipf frequency of a Russian form; of a compound with a hyphen that no list has, that of its least usual part."""
    found = zipf(fold(word))
    return found if found or "-" not in word else min(zipf(fold(part)) for part in word.split("-"))


def frequent_words(*, least: float = LEAST_USUAL) -> Iterator[tuple[str, float]]:
    """The usual Russian forms with their shares, the most frequent first, down to the share ``least``."""
    mapped = _mapped()
    forms = mapped.arrays["usual-letters"].tobytes().decode("utf-8").split("\n")
    shares = shares_of(mapped.arrays["usual-levels"])
    for form, level in zip(forms, mapped.arrays["usual-levels"].tolist(), strict=True):
        if shares[level] < least:
            return
        yield form, shares[level]


@lru_cache(maxsize=1)
def usual_forms() -> tuple[str, ...]:
    """The Russian forms met three times in ten million words or more, the most frequent first."""
    return tuple(_mapped().arrays["usual-letters"].tobytes().decode("utf-8").split("\n"))


def is_usual(form: str, least: float = LEAST_LISTED) -> bool:
    """Whether a folded Russian form makes up that share of the text; cheaper than ``zipf`` for forms that hardly exist."""
    return _frequencies("ru").share(form) >= least


def is_listed_english(word: str) -> bool:
    """Whether the large English list has a word. It is read only when a name is doubted."""
    return _frequencies("en-large").share(word) > 0


def usual_english_zipf(word: str) -> float:
    """The Zipf frequency of an English word by the short list of usual words, 0 if unlisted."""
    return zipf(word, "en")


def english_zipf(word: str) -> float:
    """The Zipf frequency of an English word by the large list, 0 if unlisted."""
    return zipf(word, "en-large")
