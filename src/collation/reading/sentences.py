"""Where sentences end. A list of short rules; the first that answers decides.

A stop ends a sentence unless an abbreviation, an initial or a number holds it, or the next word goes on in lower
case. The abbreviations are those of ``dictionaries/abbreviations.tsv`` and a few English ones.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.model import Token

_ENGLISH = frozenset(
    "cde cdes gen col maj lt capt mr mrs ms dr prof st no nos n vol p pp ed fig op inc ltd co jan feb mar apr jun jul aug "
    "sep sept oct nov dec e.g i.e etc vs f d l ll u.s u.k".split()
)
_BASIC = frozenset(
    "тов т тт г гг гр ф оп д л лл п пп экз отп вх исх им ул обл ч мин см ср стр зам нач ген св н с р в".split()
)
LONGEST = 400  # tokens: three times the longest sentence of the 97 texts the program is measured on (130)
_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("\"»”’')]")


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    listed = (fold(row[0]).rstrip(".") for row in dictionaries.rows("abbreviations.tsv", columns=4))
    return _ENGLISH | _BASIC | frozenset(listed)


def split_sentences(tokens: tuple[Token, ...]) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of token indices that cover all tokens; what goes on without a stop ends after ``LONGEST``."""
    ranges, start, i = [], 0, 0
    while i < len(tokens):
        if i - start + 1 == LONGEST:
            ranges.append((start, i + 1))
            start = i + 1
        elif tokens[i].kind == "mark" and (tokens[i].text[0] in _STOPS) and _ends(tokens, i):
            while i + 1 < len(tokens) and tokens[i + 1].text in _CLOSERS and _adjacent(tokens[i], tokens[i + 1]):
                i += 1
            ranges.append((start, i + 1))
            start = i + 1
        i += 1
    if start < len(tokens):
        ranges.append((start, len(tokens)))
    return tuple(ranges)


def _adjacent(left: Token, right: Token) -> bool:
    return left.stop == right.start


def _ends(tokens: tuple[Token, ...], i: int) -> bool:
    for rule in RULES:
        answer = rule(tokens, i)
        if answer is not None:
            return answer
    return True


def _last(tokens: tuple[Token, ...], i: int) -> bool | None:
    return True if i + 1 >= len(tokens) else None


def _next_goes_on(tokens: tuple[Token, ...], i: int) -> bool | None:
    j, reach = i + 1, min(len(tokens), i + LONGEST)
    while j < reach and tokens[j].text in _CLOSERS:
        j += 1
    while j < reach and tokens[j].kind == "mark" and tokens[j].text[0] in '-–—"«“([':
        j += 1
    if j >= len(tokens):
        return True
    return False if tokens[j].text[0].islower() or tokens[j].text in {",", ";", ":"} else None


def _loud(tokens: tuple[Token, ...], i: int) -> bool | None:
    return True if tokens[i].text[0] in "!?…" else None


def _initial(tokens: tuple[Token, ...], i: int) -> bool | None:
    if i and tokens[i - 1].kind == "word" and len(tokens[i - 1].text) == 1 and tokens[i - 1].text.isupper():
        return False if _adjacent(tokens[i - 1], tokens[i]) else None
    return None


def _abbreviation(tokens: tuple[Token, ...], i: int) -> bool | None:
    if i and tokens[i - 1].kind == "word" and fold(tokens[i - 1].text) in _abbreviations():
        # "1950 г. Из": a date's г. may well end the sentence when a capital follows
        return fold(tokens[i - 1].text) in {"г", "гг"} and i + 1 < len(tokens) and tokens[i + 1].kind == "word"
    return None


def _numbered(tokens: tuple[Token, ...], i: int) -> bool | None:
    """ "1. Первое": the number of an item belongs to it."""
    if (
        i
        and tokens[i - 1].kind == "number"
        and (i < 2 or tokens[i - 2].text[0] in _STOPS)
        and len(tokens[i - 1].text) < 3
    ):
        return False
    return None


RULES: tuple[Callable[[tuple[Token, ...], int], bool | None], ...] = (
    _last,
    _next_goes_on,
    _loud,
    _initial,
    _abbreviation,
    _numbered,
)
