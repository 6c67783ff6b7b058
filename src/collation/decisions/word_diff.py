"""Which words of a later text answer which words of the reviewed one.

Both texts are split at runs of three words that occur once in each and are in the same order; between them
the cheapest edits decide. A passage that was copied occurs twice and therefore splits nothing, so a copy is
seen as put in and the first passage stays where its neighbours are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from collation.decisions.smoothed_text import page_of

_WORD = re.compile(r"\w+|[^\w\s]")
RUN = 3
_LARGEST = 4000
"""Pieces longer than this on both sides are left unanswered: nothing in them occurs once, so nothing is
certain.
"""


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of a page, with their smooth offsets."""

    texts: tuple[str, ...]
    starts: tuple[int, ...]
    stops: tuple[int, ...]

    def within(self, start: int, stop: int) -> tuple[int, int]:
        """The half-open range of words that a smooth stretch touches; for a point, the word behind it."""
        first = bisect_right(self.stops, start)
        return first, max(first, bisect_left(self.starts, stop))


@lru_cache(maxsize=16)
def words_of(text: str) -> Words:
    """The words of a text."""
    found = list(_WORD.finditer(page_of(text).smooth))
    return Words(tuple(m.group() for m in found), tuple(m.start() for m in found), tuple(m.end() for m in found))


@lru_cache(maxsize=8)
def words_answer(reviewed: str, text: str) -> dict[int, int]:
    """For each word of the reviewed text that occurs in the later one, which word it is there."""
    old, new = words_of(reviewed).texts, words_of(text).texts
    found: dict[int, int] = {}
    at_old = at_new = 0
    for i, j in [*_splits(old, new), (len(old), len(new))]:
        for a, b in _cheapest(old[at_old:i], new[at_new:j]):
            found[at_old + a] = at_new + b
        at_old, at_new = i, j
    return found


@lru_cache(maxsize=8)
def answered(reviewed: str, text: str) -> dict[int, int]:
    """For each word of the later text that occurs in the reviewed one, which word it is there."""
    return {new: old for old, new in words_answer(reviewed, text).items()}


def _splits(old: tuple[str, ...], new: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where runs that occur once in both texts begin, in the longest order that both keep."""
    in_old, in_new = once(old), once(new)
    pairs = sorted((i, in_new[run]) for run, i in in_old.items() if run in in_new)
    return list(_rising(pairs))


@lru_cache(maxsize=16)
def once(words: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """The runs of words that occur once in a text, with the word at which they begin."""
    runs = [words[i : i + RUN] for i in range(len(words) - RUN + 1)]
    count = Counter(runs)
    return {run: i for i, run in enumerate(runs) if count[run] == 1}


def _rising(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The longest run of pairs that rises on both sides (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    back: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        back.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        piles[pile : pile + 1] = [index]
    chain, index = [], piles[-1] if piles else -1
    while index >= 0:
        chain.append(pairs[index])
        index = back[index]
    return reversed(chain)


def _cheapest(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    if min(len(old), len(new)) > _LARGEST:
        return
    for block in Levenshtein.opcodes(old, new):
        if block.tag == "equal":
            yield from zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True)
