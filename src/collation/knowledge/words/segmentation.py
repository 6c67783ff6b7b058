"""Where words begin in a string that has lost its blanks: "Собраниепостановилопередать" to "Собрание постановило передать".

The division with the greatest product of word frequencies is found by dynamic programming (Viterbi 1967; for words
run together Norvig 2009). Forms come from wordfreq and pymorphy's dictionary, no longer than ``_LONGEST`` letters, so
the work grows as the length of the string. A stretch that no word explains stays whole, at a price for each letter; a
capital within begins a word. Only letters are divided; figures and signs are for the caller.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from collation.knowledge.letters import fold
from collation.knowledge.names import authority
from collation.knowledge.words import wordlist
from collation.knowledge.words.search import WordGraph, graph

_LONGEST = 28
_CERTAIN = 9.0  # the Zipf value of a word that makes up the whole text
_UNLISTED = 1.0  # the Zipf value taken for a form of the dictionary that no list counts, and for a name
_UNKNOWN, _UNKNOWN_LETTER = 10.0, 1.5  # decimal logarithms: for a stretch that is no word, and for each of its letters
_SHORT_NEEDS = {1: 6.5, 2: 5.2, 3: 4.0}  # the Zipf value below which so short a form is no word of a sentence
_SAME = {"е": ("е", "ё"), "ё": ("е", "ё")}
_RARE, _RARE_LENGTH = 1.8, 5  # a form of up to so many letters that is as rare is taken for none


Piece = tuple[int, int, bool]
"""Where a piece starts and stops in the string, and whether it is a word."""


@dataclass(frozen=True, slots=True)
class Division:
    """The words of a string in order; ``unknown`` is how many of its letters no word explains; ``price`` the negative
    decimal logarithm of the division's likelihood."""

    words: tuple[str, ...]
    unknown: int
    price: float


def divide_words(text: str) -> Division:
    """The likeliest division of a string of letters into words. Linear in its length."""
    starts = [0, *(i for i in range(1, len(text)) if text[i].isupper() and text[i - 1].islower())]
    words: list[str] = []
    unknown, price = 0, 0.0
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        pieces, cost = _cheapest(text[start:stop])
        price += cost
        for first, last, known in pieces:
            words.append(text[start + first : start + last])
            unknown += 0 if known else last - first
    return Division(tuple(words), unknown, price)


def _cheapest(text: str) -> tuple[list[Piece], float]:
    """The cheapest pieces that make up a string, and their price."""
    size = len(text)
    words = [0.0] + [math.inf] * size  # the least price of so many letters, the last piece a word
    gaps = [math.inf] * (size + 1)  # the same, the last piece no word and still open
    word_from, gap_from = [0] * (size + 1), [0] * (size + 1)
    named = _names_at_head(text)
    for start in range(size):
        opened, kept = words[start] + _UNKNOWN, gaps[start]
        gaps[start + 1] = min(opened, kept) + _UNKNOWN_LETTER
        gap_from[start + 1] = start if opened < kept else gap_from[start]
        before = min(words[start], gaps[start])
        for stop, price in (*_forms_at(text, start), *(named if start == 0 else ())):
            if before + price < words[stop]:
                words[stop], word_from[stop] = before + price, start
    pieces = []
    stop = size
    while stop > 0:
        known = words[stop] <= gaps[stop]
        start = word_from[stop] if known else gap_from[stop]
        pieces.append((start, stop, known))
        stop = start
    return pieces[::-1], min(words[size], gaps[size])


def _forms_at(text: str, start: int) -> Iterator[tuple[int, float]]:
    """Where the words that begin at an index may end, with their prices: a walk down the word graph."""
    words = graph()
    nodes = [0]
    for stop in range(start + 1, min(len(text), start + _LONGEST) + 1):
        letter = text[stop - 1].lower()
        nodes = [
            found for node in nodes for same in _SAME.get(letter, (letter,)) if (found := _follow(words, node, same))
        ]
        if not nodes:
            return
        if any(map(words.final, nodes)) and (price := _price(text[start:stop].lower())) is not None:
            yield stop, price


def _follow(words: WordGraph, node: int, letter: str) -> int:
    for byte in letter.encode():
        node = words.follow(node, byte)
        if not node:
            return 0
    return node


def _names_at_head(text: str) -> tuple[tuple[int, float], ...]:
    """The names of the authority files that a string with a capital may begin with."""
    if not text[:1].isupper():
        return ()
    ends = range(2, min(len(text), _LONGEST) + 1)
    return tuple((stop, _CERTAIN - _UNLISTED) for stop in ends if authority.is_name_form(fold(text[:stop])))


@lru_cache(maxsize=50_000)
def _price(form: str) -> float | None:
    """The negative decimal logarithm of a form's share of the text; None for one too rare for so short a form."""
    value = wordlist.zipf(form)
    least = _SHORT_NEEDS.get(len(form), _RARE if len(form) <= _RARE_LENGTH else 0.0)
    return _CERTAIN - max(value, _UNLISTED) if value >= least else None
