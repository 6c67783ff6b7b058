"""How much it says that a word has no answer on the other side, by how often words like it have one.

The counts are those of ``data/answered.tsv`` (``learning/answered_words.py``): "minister" and ноябрь have an answer ninety-five
times in a hundred, "indeed" and именно sixty. A word that the table lacks says what a rare word says.
"""

from __future__ import annotations

import math
from functools import lru_cache

from collation.knowledge import dictionaries

_EVEN, _EVEN_ANSWERED = 6.0, 4.5  # uses of every word that are added, and those of them with an answer
_FEW = 4  # uses with a capital opposite from which a share is one


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], tuple[int, int, int]]:
    found = dictionaries.read_rows(dictionaries.data_file("answered.tsv"), columns=5)
    return {(side, lemma): (int(seen), int(had), int(large)) for side, lemma, seen, had, large in found}


def faithfulness(language: str, lemma: str) -> float:
    """Minus the natural logarithm of the share of a lemma's uses that have no answer: 1.4 for a rare word, 3 for a name of a month.
    ``language`` is ru or en."""
    seen, had, _ = _table().get((language, lemma), (0, 0, 0))
    return -math.log(1.0 - (had + _EVEN_ANSWERED) / (seen + _EVEN))


def large_share(lemma: str) -> float:
    """How often of its answered uses a Russian word in small letters has a capital in the translation, 0 to 1."""
    _, had, large = _table().get(("ru", lemma), (0, 0, 0))
    return large / had if large >= _FEW else 0.0
