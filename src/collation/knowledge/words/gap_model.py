"""Where a sentence lacks a name or a negation: how surely one was taken out between two words that now are neighbours.

"Deputies to the were", "the onslaught of and Krasnov", «в более тысячи», "they did exceed it". Each gap between two tokens is judged
by the two words before it and the two behind: their kinds (``word_kinds``), the neighbours themselves, and pairs of these. The
weights are those of a logistic regression over hashed traits (Weinberger et al. 2009), learned from sound sentences out of which a
word was taken (``learning/gap_training.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zlib import crc32

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.mapped import Mapped, open_mapped
from collation.knowledge.words.word_kinds import BEGINNING, kinds_of
from collation.model import Token

FILE = "gaps.arrays"
BUCKETS = 2**18  # weights of a language and a kind of word
MIDDLE = 128  # the byte that says nothing
STEP = 0.05  # log-odds of a step of a byte
END = "$"
Lost = Literal["name", "negation"]
_VOWELS = frozenset("aeiou")


def gaps(tokens: Sequence[Token], language: str, lost: Lost, small: frozenset[str]) -> tuple[float, ...]:
    """The log-odds, before each token of a sentence, that a word is lost there, as often as in learning, where it was one gap in six;
    ``lost`` is "name" or "negation", ``small`` are the small words of the language. All 0 in a language of which nothing is known."""
    weights = _weights(f"{language}.{lost}")
    if weights is None:
        return (0.0,) * len(tokens)
    kinds, words = read(tokens, language, small)
    constant = weights[BUCKETS] - MIDDLE
    return tuple(
        STEP * (constant + sum(weights[bucket] - MIDDLE for bucket in buckets(traits(kinds, words, k, k + 1))))
        for k in range(len(tokens))
    )


def read(tokens: Sequence[Token], language: str, small: frozenset[str]) -> tuple[list[str], list[str]]:
    """The kinds and the words of a sentence, with one for its beginning and one for its end."""
    return [*kinds_of(tokens, language, small), END], ["", *(fold(t.text) for t in tokens), ""]


def traits(kinds: Sequence[str], words: Sequence[str], before: int, behind: int) -> tuple[str, ...]:
    """What a gap is judged by, between the words of two indices."""
    a, b, left, right = kinds[before], kinds[behind], words[before], words[behind]
    aa = kinds[before - 1] if before else BEGINNING
    bb = kinds[behind + 1] if behind + 1 < len(kinds) else END
    sound = "v" if right[:1] in _VOWELS else "c"  # an, a
    return (
        f"0{a} {b}", f"1{aa} {a} {b}", f"2{a} {b} {bb}", f"3{a}", f"4{b}", f"5{aa} {a}", f"6{b} {bb}", f"7{aa} {b}", f"8{a} {bb}",
        f"9{left} {b}", f"x{a} {right}", f"y{left} {right}", f"z{a} {sound} {b[:1]}",
    )  # fmt: skip


def buckets(listed: Sequence[str]) -> list[int]:
    """Where the weights of traits are."""
    return [crc32(trait.encode()) % BUCKETS for trait in listed]


@lru_cache(maxsize=1)
def _file(path: Path) -> Mapped:
    return open_mapped(path)


@lru_cache(maxsize=8)
def _weights(name: str) -> memoryview | None:
    mapped = _file(dictionaries.data_file(FILE))
    return mapped.view(name) if name in mapped.arrays else None
