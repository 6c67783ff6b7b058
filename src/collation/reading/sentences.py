"""Where sentences end. A list of short rules; the first that answers decides.

A stop ends a sentence unless an abbreviation, an initial or a number holds it, or the next word goes on in lower
case. The abbreviations are those of both languages of the document: an English one may occur in a Russian text.
"""

from __future__ import annotations

from collections.abc import Callable

from collation.knowledge.letters import fold
from collation.model import Token
from collation.model.language import LanguagePair

LONGEST = 400  # tokens: three times the longest sentence of the 97 texts the program is measured on (130)
_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("\"»”’')]")


def split_sentences(tokens: tuple[Token, ...], languages: LanguagePair) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of token indices that cover all tokens; what goes on without a stop ends after ``LONGEST``."""
    ranges, start, i = [], 0, 0
    while i < len(tokens):
        if i - start + 1 == LONGEST:
            ranges.append((start, i + 1))
            start = i + 1
        elif tokens[i].kind == "mark" and (tokens[i].text[0] in _STOPS) and _ends(tokens, i, languages):
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


def _ends(tokens: tuple[Token, ...], i: int, languages: LanguagePair) -> bool:
    for rule in RULES:
        answer = rule(tokens, i, languages)
        if answer is not None:
            return answer
    return True


def _last(tokens: tuple[Token, ...], i: int, _: LanguagePair) -> bool | None:
    return True if i + 1 >= len(tokens) else None


def _next_goes_on(tokens: tuple[Token, ...], i: int, _: LanguagePair) -> bool | None:
    j, reach = i + 1, min(len(tokens), i + LONGEST)
    while j < reach and tokens[j].text in _CLOSERS:
        j += 1
    while j < reach and tokens[j].kind == "mark" and tokens[j].text[0] in '-–—"«“([':
        j += 1
    if j >= len(tokens):
        return True
    return False if tokens[j].text[0].islower() or tokens[j].text in {",", ";", ":"} else None


def _loud(tokens: tuple[Token, ...], i: int, _: LanguagePair) -> bool | None:
    return True if tokens[i].text[0] in "!?…" else None


def _initial(tokens: tuple[Token, ...], i: int, _: LanguagePair) -> bool | None:
    if i and tokens[i - 1].kind == "word" and len(tokens[i - 1].text) == 1 and tokens[i - 1].text.isupper():
        return False if _adjacent(tokens[i - 1], tokens[i]) else None
    return None


def _abbreviation(tokens: tuple[Token, ...], i: int, languages: LanguagePair) -> bool | None:
    if not i or tokens[i - 1].kind != "word":
        return None
    word = fold(tokens[i - 1].text)
    if any(word in language.abbreviations() for language in languages):
        # "1950 г. Из": a date's г. may well end the sentence when a capital follows
        ending = any(word in language.ending for language in languages)
        return ending and i + 1 < len(tokens) and tokens[i + 1].kind == "word"
    return None


def _numbered(tokens: tuple[Token, ...], i: int, _: LanguagePair) -> bool | None:
    """ "1. Первое": the number of an item belongs to it."""
    if (
        i
        and tokens[i - 1].kind == "number"
        and (i < 2 or tokens[i - 2].text[0] in _STOPS)
        and len(tokens[i - 1].text) < 3
    ):
        return False
    return None


RULES: tuple[Callable[[tuple[Token, ...], int, LanguagePair], bool | None], ...] = (
    _last,
    _next_goes_on,
    _loud,
    _initial,
    _abbreviation,
    _numbered,
)
