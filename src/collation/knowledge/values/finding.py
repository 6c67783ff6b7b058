"""Dates, clock times and numbers of a run of tokens, in any language, typed and with their places.

``find_values`` reads from left to right: a date or time where a rule of ``dates`` answers, else a number in figures,
else one in words. What counts as the same value on two sides is said in ``quantities``.
"""

from __future__ import annotations

from collections.abc import Sequence

from collation.knowledge.values.amounts import read_figures, read_words
from collation.knowledge.values.atoms import scan
from collation.knowledge.values.dates import RULES
from collation.knowledge.values.quantities import Value
from collation.model import Token
from collation.model.language import Language


def find_values(tokens: Sequence[Token], language: Language) -> tuple[Value, ...]:
    """The values of these tokens, in order."""
    run = scan(tokens, language)
    found: list[Value] = []
    i = 0
    while i < len(run.atoms):
        for rule in (*RULES, read_figures, read_words):
            answer = rule(run, i)
            if answer is not None:
                found.append(answer[0])
                i = max(i + 1, answer[1])
                break
        else:
            i += 1
    return tuple(found)
