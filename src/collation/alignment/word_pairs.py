"""The worth of word pairs, computed once a pair of forms: a document repeats its words, an aligner repeats itself.

A date written in figures ("7.10.1950") also answers the parts of a date written out ("7 October 1950").
"""

from __future__ import annotations

import regex

from collation.alignment.affinity import Answer, Called, affinity
from collation.model import Token

_PART = 0.7
_MOST = 400_000
_DIGITS = regex.compile(r"\d+")

Left = str
Right = tuple[str, int, int]


class Matcher:
    """Remembers how well each form of the original answers each form of the translation."""

    def __init__(self) -> None:
        self._values: dict[tuple[Left, Right], float] = {}

    def value(self, answered: Answer, called: Called) -> float:
        """How well one token answers the other, 0 to 1."""
        key = (answered.token.text, right_key(called))
        found = self._values.get(key)
        if found is None:
            found = affinity(answered, called) or _part(answered, called)
            if len(self._values) >= _MOST:
                self._values.clear()
            self._values[key] = found
        return found


def right_key(called: Called) -> Right:
    """What two tokens of the translation share when they call for the same: their form, and the phrases around."""
    return (called.token.text, len(called.lemmas), len(called.roots))


def keys_of_answer(answered: Answer) -> list[str]:
    """The keys under which a token of the original looks for partners."""
    found = [*answered.lemmas, *answered.roots]
    if answered.number:
        found += ["#" + answered.number, *("#" + part for part in date_parts(answered.token))]
    return found


def date_parts(token: Token) -> tuple[str, ...]:
    """Day, month and year of a date in figures, a short year also in full; nothing for other numbers."""
    parts = _DIGITS.findall(token.text)
    if len(parts) != 3:
        return ()
    plain = tuple(part.lstrip("0") for part in parts)
    return (*plain, "19" + parts[2]) if len(parts[2]) == 2 else plain


def _part(answered: Answer, called: Called) -> float:
    if not answered.number or not called.number:
        return 0.0
    return _PART if called.number in date_parts(answered.token) else 0.0
