"""How frequent words are: wordfreq's lists (CC BY-SA, read from its own package), loaded once as plain dicts."""

from __future__ import annotations

import math
from functools import lru_cache

from collation.knowledge.letters import fold

_FLOOR = 1e-9


@lru_cache(maxsize=2)
def _frequencies(language: str) -> dict[str, float]:
    import wordfreq

    return dict(wordfreq.get_frequency_dict(language, wordlist="large" if language == "ru" else "small"))


@lru_cache(maxsize=100_000)
def zipf(word: str, language: str = "ru") -> float:
    """The Zipf frequency of a form: the decimal logarithm of its count per thousand million words; 0 if unlisted."""
    listed = _frequencies(language)
    value = listed.get(word.lower()) or listed.get(fold(word)) or 0.0
    return math.log10(max(value, _FLOOR)) + 9 if value else 0.0


def frequent_words(language: str = "ru") -> dict[str, float]:
    """The whole list, form to share of the text."""
    return _frequencies(language)
