"""Russian words that are misread for each other as wholes: the words of one letter, and sets of small words.

Both are closed: a letter says too little, and a small word is too short, for what a scanner makes of it to be told from its
letters alone. The sets are those of ``dictionaries/confusion_sets.tsv``.
"""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge import dictionaries

ONE_LETTER = ("в", "и", "к", "с", "о", "у", "а", "я")
"""The words of one letter, in the order in which they are tried; the particles б and ж are too rare to be proposed."""


@lru_cache(maxsize=1)
def confusion_sets() -> dict[str, frozenset[str]]:
    """For each word of the sets those that it is misread for. Raises DamagedDictionary when the file cannot be read."""
    found: dict[str, set[str]] = {}
    for (cell,) in dictionaries.rows("confusion_sets.tsv", columns=1):
        words = dictionaries.cell_list(cell)
        for word in words:
            found.setdefault(word, set()).update(other for other in words if other != word)
    return {word: frozenset(others) for word, others in found.items()}
