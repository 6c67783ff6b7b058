"""How frequent words are: wordfreq's lists (CC BY-SA), laid out once (``learning/word_frequencies.py``).

The lists hold 700,000 Russian and 300,000 English forms. Of each only a number that stands for the form and its frequency
are kept, sorted, in a file that is mapped into memory; two forms of one number do not occur. Of the usual Russian forms the
letters are kept too.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.mapped import Mapped, open_mapped

FILE = "frequencies.arrays"
LANGUAGES = ("ru", "en", "en-large")
LEAST_USUAL = 3e-7
"""The share of the text from which a Russian form is usual: three times in ten million words."""
LEAST_LISTED = 1e-7
"""The share from which a form is usual enough to be what a word was misread from; these forms are in ``usual_tree``."""
_PRIME = 3_622_009_729_038_561_437  # the first prime from the binary digits of pi on: no power of 256 is near 0


def number_of(form: str) -> int:
    """The number that stands for a form, the same in every process."""
    return int.from_bytes(form.encode("utf-8"), "little") % _PRIME


class Frequencies:
    """The forms of one list and their shares of the text; a share is ten to the minus hundredths of its level."""

    def __init__(self, language: str, mapped: Mapped) -> None:
        self._numbers = mapped.view(f"{language}-numbers")
        self._levels = mapped.view(f"{language}-levels")

    def numbers_from(self, least: float) -> frozenset[int]:
        """The numbers of the forms whose share is ``least`` or more."""
        numbers, levels = np.asarray(self._numbers), np.asarray(self._levels)
        enough = np.array([share_of_level(level) >= least for level in range(int(levels.max(initial=0)) + 1)])
        return frozenset(numbers[enough[levels]].tolist())

    def share(self, form: str) -> float:
        """The share of the text, 0 when the form is not listed."""
        number = number_of(form)
        at = bisect_left(self._numbers, number)
        if at < len(self._numbers) and self._numbers[at] == number:
            return share_of_level(self._levels[at])
        return 0.0


def share_of_level(level: int) -> float:
    """The share of the text that a level stands for."""
    return float(10 ** (-level / 100))


@lru_cache(maxsize=1)
def _mapped() -> Mapped:
    return open_mapped(dictionaries.data_file(FILE))


@lru_cache(maxsize=3)
def _frequencies(language: str) -> Frequencies:
    return Frequencies(language, _mapped())


@lru_cache(maxsize=50_000)
def zipf(word: str, language: str = "ru") -> float:
    """The Zipf frequency of a form: the decimal logarithm of its count per thousand million words; 0 if unlisted."""
    listed = _frequencies(language)
    value = listed.share(word.lower()) or listed.share(fold(word))
    return math.log10(value) + 9 if value else 0.0


def frequent_words(*, least: float = LEAST_USUAL) -> Iterator[tuple[str, float]]:
    """The usual Russian forms with their shares, the most frequent first, down to the share ``least``."""
    mapped = _mapped()
    forms = mapped.arrays["usual-letters"].tobytes().decode("utf-8").split("\n")
    shares = [share_of_level(level) for level in range(int(mapped.arrays["usual-levels"].max(initial=0)) + 1)]
    for form, level in zip(forms, mapped.arrays["usual-levels"].tolist(), strict=True):
        if shares[level] < least:
            return
        yield form, shares[level]


@lru_cache(maxsize=1)
def usual_forms() -> dict[str, float]:
    """The Russian forms met three times in ten million words or more, the most frequent first, with their shares."""
    return dict(frequent_words())


def is_usual(form: str, least: float = LEAST_LISTED) -> bool:
    """Whether a folded Russian form makes up that share of the text; cheaper than ``zipf`` for forms that hardly exist."""
    return number_of(form) in _usual_numbers(least)


@lru_cache(maxsize=4)
def _usual_numbers(least: float) -> frozenset[int]:
    """The numbers of the Russian forms that make up a share of the text: asked hundreds of thousands of times."""
    return _frequencies("ru").numbers_from(least)


def is_listed_english(word: str) -> bool:
    """Whether the large English list has a word. It is read only when a name is doubted."""
    return _frequencies("en-large").share(word) > 0


def usual_english_zipf(word: str) -> float:
    """The Zipf frequency of an English word by the short list of usual words, 0 if unlisted."""
    return zipf(word, "en")


def english_zipf(word: str) -> float:
    """The Zipf frequency of an English word by the large list, 0 if unlisted."""
    return zipf(word, "en-large")
