"""Dates, clock times and numbers of a run of tokens, in any language, typed and with their places.

``find_values`` reads from left to right: a date or time where a rule of ``dates`` or ``clock_words`` answers, else a
number in figures, else one in words. What counts as the same value on two sides is said in ``quantities``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collation.knowledge.values.amounts import read_figures, read_words
from collation.knowledge.values.atoms import scan
from collation.knowledge.values.clock_words import CLOCK_WORDS
from collation.knowledge.values.dates import RULES
from collation.knowledge.values.eves import with_eves
from collation.knowledge.values.quantities import Value
from collation.knowledge.values.ranges import with_ranges
from collation.knowledge.values.said_once import with_scale_said_once
from collation.model import Token
from collation.model.language import Language

_ALONE = (read_words,)
_REACH = 4  # atoms from the beginning of a value within which one says that it is a value
_READERS = (*RULES, *CLOCK_WORDS, read_figures, read_words)


def find_values(tokens: Sequence[Token], language: Language, text: str = "") -> tuple[Value, ...]:
    """The values of these tokens, in order. With the ``text`` of the document no value reaches over a tabulation or a bar,
    which part the cells of a table."""
    found: list[Value] = []
    for start, stop in _cells(tokens, text):
        found += [value.moved(start) if start else value for value in _values(tokens[start:stop], language)]
    return tuple(found)


def _cells(tokens: Sequence[Token], text: str) -> Iterator[tuple[int, int]]:
    """The stretches of tokens that no tabulation or bar parts."""
    start = 0
    for i in range(1, len(tokens)):
        gap = text[tokens[i - 1].stop : tokens[i].start]
        if gap and ("\t" in gap or "|" in gap or tokens[i].text == "|"):
            yield start, i
            start = i
    yield start, len(tokens)


def _values(tokens: Sequence[Token], language: Language) -> list[Value]:
    run = scan(tokens, language)
    telling = [run.tells(i) for i in range(len(run.atoms))]
    found: list[Value] = []
    i = 0
    while i < len(run.atoms):
        for rule in _READERS if any(telling[i : i + _REACH]) else _ALONE:
            answer = rule(run, i)
            if answer is not None:
                value, after = answer
                found.append(value)
                after += 2 if value.unit == "per mille" and run.word(after) == "per" else 0
                i = max(i + 1, after)
                break
        else:
            i += 1
    return with_eves(with_scale_said_once(with_ranges(found, tokens), tokens), tokens)
