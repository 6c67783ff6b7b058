"""Latin letters for Cyrillic ones: whether a word of Latin letters is a Russian word read with the wrong alphabet.

The letters that may be meant are those of ``dictionaries/lookalikes.tsv``, one or several for one ("III" for Ш); the
graph of Russian words is walked with all of them at once.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from collation.knowledge import dictionaries
from collation.knowledge.letters import is_cyrillic, is_latin, script
from collation.knowledge.words import wordlist
from collation.knowledge.words.search import graph

_ODD_CAPITALS = regex.compile(r"\p{Ll}\p{Lu}")
_SHORT, _LONGEST = 3, 30


@lru_cache(maxsize=5_000)
def is_cyrillic_read_as_latin(word: str) -> bool:
    """Whether a word with Latin letters is a Russian one, and none that English has: "CEKPETHO", "cTp", "ИBAHOBY"."""
    if not _SHORT <= len(word) <= _LONGEST or script(word) not in {"latin", "mixed"}:
        return False
    if wordlist.english_zipf(word.lower()) > 0 and not _ODD_CAPITALS.search(word):
        return False
    return _spells(word, 0, 0)


@lru_cache(maxsize=1_000)
def meant(word: str) -> tuple[str, ...]:
    """The small Russian words, of the dictionary or not, that a short word of Latin letters may have been."""
    ends: dict[int, list[str]] = {0: [""]}
    for at in range(len(word)):
        for made in ends.get(at, ()):
            for length, letters in _meant(word, at):
                ends.setdefault(at + length, []).extend(made + letter for letter in letters)
    return tuple(dict.fromkeys(ends.get(len(word), ())))


def _spells(word: str, at: int, node: int) -> bool:
    """Whether the rest of a word, from an offset and a node of the graph on, can be read as Russian letters."""
    words = graph()
    if at == len(word):
        return words.final(node)
    for length, letters in _meant(word, at):
        for letter in letters:
            target = node
            for byte in letter.encode():
                target = words.follow(target, byte) if target or node == 0 else 0
                if not target:
                    break
            if target and _spells(word, at + length, target):
                return True
    return False


def _meant(word: str, at: int) -> list[tuple[int, tuple[str, ...]]]:
    """How many letters at an offset may stand for which Russian ones."""
    if is_cyrillic(word[at]):
        return [(1, (word[at].lower(),))]
    table = _table()
    return [(n, table[part]) for n in (3, 2, 1) if len(part := word[at : at + n]) == n and part in table]


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for latin, cyrillic, _ in dictionaries.rows("lookalikes.tsv", columns=3):
        if all(is_latin(c) or c.isdigit() for c in latin) and all(c.isalpha() for c in cyrillic):
            found.setdefault(latin, {})[cyrillic.lower()] = None
            found.setdefault(latin, {}).update({"ё": None} if cyrillic.lower() == "е" else {})
    return {latin: tuple(meant) for latin, meant in found.items()}
