"""How frequent words are: wordfreq's lists (CC BY-SA, read from its own package).

The lists hold 700,000 Russian and 300,000 English forms. Of each only a number that stands for the form and its
frequency are kept, sorted, a tenth of what a dictionary of strings takes; two forms of one number do not occur.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from collation.knowledge.letters import fold

_SIZES = {"ru": "large", "en": "small", "en-large": "large"}


class Frequencies:
    """The forms of one list and their shares of the text; a share is ten to the minus hundredths of its bin."""

    def __init__(self, language: str) -> None:
        bins = _bins(language)
        forms = [form for listed in bins for form in listed]
        keys = np.fromiter(map(hash, forms), dtype=np.int64, count=len(forms))
        levels = np.repeat(np.arange(len(bins), dtype=np.uint16), [len(listed) for listed in bins])
        order = np.argsort(keys, kind="stable")
        self._keys = array("q", keys[order].tobytes())
        self._levels = array("H", levels[order].tobytes())

    def keys_from(self, least: float) -> frozenset[int]:
        """The numbers of the forms whose share is ``least`` or more."""
        enough = np.array([_share(level) >= least for level in range(max(self._levels, default=0) + 1)])
        keys, levels = np.frombuffer(self._keys, dtype=np.int64), np.frombuffer(self._levels, dtype=np.uint16)
        return frozenset(keys[enough[levels]].tolist())

    def share(self, form: str) -> float:
        """The share of the text, 0 when the form is not listed."""
        key = hash(form)
        at = bisect_left(self._keys, key)
        if at < len(self._keys) and self._keys[at] == key:
            return _share(self._levels[at])
        return 0.0


def _share(level: int) -> float:
    return float(10 ** (-level / 100))


def _bins(language: str) -> list[list[str]]:
    """The forms by frequency, a list for every hundredth of a power of ten."""
    import wordfreq

    found: list[list[str]] = wordfreq.get_frequency_list(language[:2], wordlist=_SIZES[language])
    wordfreq.get_frequency_list.cache_clear()
    return found


@lru_cache(maxsize=3)
def _frequencies(language: str) -> Frequencies:
    return Frequencies(language)


@lru_cache(maxsize=50_000)
def zipf(word: str, language: str = "ru") -> float:
    """The Zipf frequency of a form: the decimal logarithm of its count per thousand million words; 0 if unlisted."""
    listed = _frequencies(language)
    value = listed.share(word.lower()) or listed.share(fold(word))
    return math.log10(value) + 9 if value else 0.0


def frequent_words(language: str = "ru", *, least: float = 0.0) -> Iterator[tuple[str, float]]:
    """The forms of a list with their shares, the most frequent first, down to the share ``least``."""
    for level, forms in enumerate(_bins(language)):
        share = _share(level)
        if share < least:
            return
        for form in forms:
            yield form, share


@lru_cache(maxsize=1)
def usual_forms() -> dict[str, float]:
    """The Russian forms met three times in ten million words or more, the most frequent first, with their shares."""
    return dict(frequent_words("ru", least=3e-7))


def is_usual(form: str, least: float = 1e-7) -> bool:
    """Whether a folded Russian form makes up that share of the text; cheaper than ``zipf`` for forms that hardly exist."""
    return hash(form) in _usual_keys(least)


@lru_cache(maxsize=4)
def _usual_keys(least: float) -> frozenset[int]:
    """The numbers of the Russian forms that make up a share of the text: asked hundreds of thousands of times."""
    return _frequencies("ru").keys_from(least)


def is_listed_english(word: str) -> bool:
    """Whether the large English list has a word. It is read only when a name is doubted."""
    return _frequencies("en-large").share(word) > 0


def english_zipf(word: str) -> float:
    """The Zipf frequency of an English word by the large list, 0 if unlisted."""
    return zipf(word, "en-large")
