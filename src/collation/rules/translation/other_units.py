"""A number that counts another unit on the other side: 500 "tons" for пудов, twenty "hours" for минут."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from collation.evidence.context import Context
from collation.evidence.read_values import read_values
from collation.knowledge.letters import fold
from collation.knowledge.values.quantities import Value
from collation.knowledge.values.units_of_measure import unit_of
from collation.model import Place, SentencePair, Token

_ONE_NAME = {"funt": "pound"}  # units of one name in English
_PLURALS = {"foot": "feet", "inch": "inches", "century": "centuries", "percent": "percent", "per mille": "per mille"}


@dataclass(frozen=True, slots=True)
class UnitSlip:
    """The words of the two units, the place of the Russian number, and what the English unit would be."""

    russian: Token
    english: Token
    number: Place
    reading: str


def unit_slips(context: Context, pair: SentencePair) -> Iterator[UnitSlip]:
    """The numbers that both sides have, with other units; none that either side has with the unit of the other besides."""
    ours = _measured(context, pair.original, context.languages.original.code)
    theirs = _measured(context, pair.translation, context.languages.translation.code)
    here, there = {_key(v) for v in ours}, {_key(v) for v in theirs}
    for own in ours:
        if _key(own) in there:
            continue
        others = [v for v in theirs if v.amount == own.amount and _key(v) not in here]
        if len(others) == 1:
            russian, english = pair.original[own.last], pair.translation[others[0].last]
            yield UnitSlip(russian, english, own.place, _written(own))


def _written(value: Value) -> str:
    return value.unit if value.amount == 1 else _PLURALS.get(value.unit, f"{value.unit}s")


def _key(value: Value) -> tuple[Fraction | None, str]:
    return value.amount, _ONE_NAME.get(value.unit, value.unit)


def _measured(context: Context, tokens: tuple[Token, ...], language: str) -> list[Value]:
    """The numbers with a unit, in a word of its own behind them."""
    values = read_values(context, tokens, language, by_cells=False)
    return [
        v
        for v in values
        if v.unit and v.amount is not None and not v.loose and v.unit == unit_of(_after(tokens, v.last), language)
    ]


def _after(tokens: tuple[Token, ...], at: int) -> str:
    """The word at an index, folded; empty where no word is."""
    return fold(tokens[at].text) if at < len(tokens) and tokens[at].kind == "word" else ""
