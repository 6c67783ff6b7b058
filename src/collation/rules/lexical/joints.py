"""Signs that touch the words on both sides of them, and where the blank between them belongs.

A stop, a comma and a quotation mark are the text's own and are kept; a sign of another kind, and a stop between small
letters, is dirt in the place of the blank. Abbreviations, initials and brackets inside a word are left alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.model import Token

_DIRT = frozenset("`|_^~°•·*")
_APOSTROPHES = frozenset("'’‘")
_STOPS = frozenset(".,:;!?")
_OPENING, _CLOSING = frozenset("«„"), frozenset("»”")
_QUOTES = frozenset('"“') | _OPENING | _CLOSING | _APOSTROPHES
_MOST_MARKS = 3  # marks in a row that may be specks between two words
_LOOKED_AT = 3  # apostrophes behind one that may open a quotation
# What the reasons are worth to the judge: dirt in the stead of a blank, an apostrophe, a stop before a capital, another sign
_DIRTY, _APOSTROPHE, _SENTENCE, _SIGN = 4.0, 3.0, 2.0, 1.5


Quotes = dict[str, list[int]]
"""Where each kind of quotation mark is among the tokens of a paragraph."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Signs between two words: the half-open range of their tokens, what should be there, whether they are kept."""

    start: int
    stop: int
    text: str
    kept: bool
    worth: float


def joints(tokens: tuple[Token, ...]) -> list[Joint]:
    """The signs without blanks between two words of a paragraph that want one, in order."""
    quotes: Quotes = defaultdict(list)
    for i, token in enumerate(tokens):
        if token.text in _QUOTES:
            quotes[token.text].append(i)
    found = (_joint(tokens, start, stop, quotes) for start, stop in _touching(tokens))
    return [joint for joint in found if joint is not None]


def signs_of(marks: tuple[Token, ...]) -> str:
    return "".join(mark.text for mark in marks)


def _touching(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """The half-open ranges of one to three marks that touch the words on both sides of them."""
    start = 0
    for i in range(1, len(tokens)):
        if tokens[i].kind == "mark" and tokens[i - 1].kind != "mark":
            start = i
        if tokens[i].kind != "word" or tokens[i - 1].kind != "mark" or not 0 < i - start <= _MOST_MARKS or not start:
            continue
        run = tokens[start - 1 : i + 1]
        if run[0].kind == "word" and all(a.stop == b.start for a, b in zip(run, run[1:], strict=False)):
            yield start, i


def _joint(tokens: tuple[Token, ...], start: int, stop: int, quotes: Quotes) -> Joint | None:
    left, signs, right = tokens[start - 1], signs_of(tokens[start:stop]), tokens[stop]
    initial = len(right.text) == 1 and stop + 1 < len(tokens) and tokens[stop + 1].text == "."
    if initial or (len(left.text) == 1 and left.text.isupper()) or "latin" in (script(left.text), script(right.text)):
        return None
    capital = right.text[0].isupper()
    if signs == "." and (authority.is_abbreviation(fold(left.text)) or (capital and not _may_end(left, right))):
        return None
    if capital if signs == "." else _is_kept(tokens, start, stop, quotes):
        at = _blank(tokens, start, stop, quotes)
        return Joint(start, stop, f"{signs[:at]} {signs[at:]}", True, _worth(signs, right))
    if signs in _DIRT | _APOSTROPHES | {"."}:
        return Joint(start, stop, " ", False, _worth(signs, right))
    return None


def _may_end(left: Token, right: Token) -> bool:
    """Whether a sentence may end between two words that a stop parts, the second with a capital."""
    return len(left.text) >= 3 and (len(right.text) == 1 or right.text[1:].islower())


def _is_kept(tokens: tuple[Token, ...], start: int, stop: int, quotes: Quotes) -> bool:
    """Whether signs between two words are the text's own, and no dirt."""
    signs = {t.text for t in tokens[start:stop]}
    if not signs <= _STOPS | _QUOTES:
        return False
    return not signs & _APOSTROPHES or (tokens[stop].text[0].isupper() and _is_closed(tokens, stop, signs, quotes))


def _is_closed(tokens: tuple[Token, ...], stop: int, signs: set[str], quotes: Quotes) -> bool:
    """Whether an apostrophe opens a quotation: one of the next, behind a word and before a blank or a sign, ends it."""
    after = sorted(i for sign in _APOSTROPHES & (signs | {"’"}) for i in _next(quotes[sign], stop))
    return any(tokens[i - 1].stop == tokens[i].start and not _touches_word(tokens, i) for i in after)


def _next(places: list[int], start: int) -> list[int]:
    first = bisect_left(places, start)
    return places[first : first + _LOOKED_AT]


def _touches_word(tokens: tuple[Token, ...], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].kind != "mark" and tokens[i + 1].start == tokens[i].stop


def _blank(tokens: tuple[Token, ...], start: int, stop: int, quotes: Quotes) -> int:
    """Before which of the signs the blank belongs: behind what closes, before what opens a quotation."""
    for i in range(start, stop):
        if tokens[i].text in _QUOTES and _opens(tokens, (start, stop), i, quotes):
            return sum(len(t.text) for t in tokens[start:i])
    return sum(len(t.text) for t in tokens[start:stop])


def _opens(tokens: tuple[Token, ...], run: tuple[int, int], at: int, quotes: Quotes) -> bool:
    """Whether a quotation mark opens: by its form, by the signs beside it, else by the number of those before it."""
    sign = tokens[at].text
    if sign in _OPENING | _CLOSING:
        return sign in _OPENING
    if sign in _APOSTROPHES or at > run[0]:
        return True
    if at + 1 < run[1]:
        return False
    before = bisect_left(quotes[sign], at)
    return bisect_left(quotes["„"], at) <= before if sign == "“" else before % 2 == 0


def _worth(signs: str, right: Token) -> float:
    if signs in _DIRT:
        return _DIRTY
    if signs in _APOSTROPHES:
        return _APOSTROPHE
    return _SENTENCE if signs[-1] == "." and right.text[0].isupper() else _SIGN
