"""How frequent words are: wordfreq's lists (CC BY-SA, read from its own package), loaded once as plain dicts."""

from __future__ import annotations

import math
from functools import lru_cache

from collation.knowledge.letters import fold

_FLOOR = 1e-9


@lru_cache(maxsize=2)
def _frequencies(language: str) -> dict[str, float]:
    import wordfreq

    found: dict[str, float] = wordfreq.get_frequency_dict(language, wordlist="large" if language == "ru" else "small")
    wordfreq.get_frequency_list.cache_clear()  # the same words once more, by rank
    return found


@lru_cache(maxsize=100_000)
def zipf(word: str, language: str = "ru") -> float:
    """The Zipf frequency of a form: the decimal logarithm of its count per thousand million words; 0 if unlisted."""
    listed = _frequencies(language)
    value = listed.get(word.lower()) or listed.get(fold(word)) or 0.0
    return math.log10(max(value, _FLOOR)) + 9 if value else 0.0


def frequent_words(language: str = "ru") -> dict[str, float]:
    """The whole list, form to share of the text."""
    return _frequencies(language)


@lru_cache(maxsize=1)
def _large_english() -> dict[str, float]:
    import wordfreq

    return dict(wordfreq.get_frequency_dict("en", wordlist="large"))


def is_listed_english(word: str) -> bool:
    """Whether the large English list has a word. It is read only when a name is doubted."""
    return word in _large_english()


def english_zipf(word: str) -> float:
    """The Zipf frequency of an English word by the large list, 0 if unlisted."""
    value = _large_english().get(word.lower(), 0.0)
    return math.log10(value) + 9 if value else 0.0
