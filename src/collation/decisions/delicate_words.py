"""Words that nobody changes without a sign: names, numbers and dates.

The rules for documentary publications let an editor mend a plain slip of the pen silently; a name, a number or a date is
never changed unless the reader is told. Blind to words in small letters that are a name all the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from collation.knowledge.dictionaries import rows

_END = re.compile(r"(?:^|(\w+)|\W)([.!?…]+)[»”\")\]]*\s+[«“\"(\[—–-]*\s*$")


def touches_name_or_number(lemma: str, reading: str, before: str | None = None) -> bool:
    """Whether a change of some words touches a figure or a capital letter.

    ``before`` are the characters before the words: where a sentence begins behind them, the capital of the first word
    is no sign of a name. None where that is not to be looked at.
    """
    if [c for c in lemma if c.isdigit()] != [c for c in reading if c.isdigit()]:
        return True
    first = 1 if before is not None and begins_sentence(before) else 0
    return any(word.lstrip('«“"([')[:1].isupper() for words in (lemma, reading) for word in words.split()[first:])


def begins_sentence(before: str) -> bool:
    """Whether a sentence begins behind these characters: they end another, and not with an abbreviation."""
    end = _END.search(before)
    if end is None:
        return not before.strip() or before.endswith(("\n\n", "\r\n\r\n"))
    word = (end.group(1) or "").casefold()
    return not (end.group(2) == "." and (len(word) < 2 or word.isdigit() or word in _abbreviations()))


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(row[0].casefold().rstrip(".") for row in rows("abbreviations.tsv", columns=4))
