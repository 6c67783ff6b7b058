"""Dates by which Russian means the day before: "в ночь на 1 сентября", "накануне 5 мая", "остаток на 1 января".

The night to the first of September is that of the thirty-first of August, and accounts are drawn up for the first of a month
where English closes them on the last day of the one before. The day before is another way to read such a date. Blind to
nights that are named by both of their days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from collation.knowledge.letters import fold
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.model import Token

_BY = frozenset("на к до".split())  # the first of a month, behind these, is the end of the one before
_NIGHTS = frozenset("ночь ночи".split())
_COMMON, _LEAP = 1949, 1948  # years of which a date without one may be


def with_eves(values: Sequence[Value], tokens: Sequence[Token]) -> list[Value]:
    """The values, each date that may mean the day before read so as well."""
    return [replace(v, others=(*v.others, *_days_before(v))) if _means_eve(v, tokens) else v for v in values]


def _means_eve(value: Value, tokens: Sequence[Token]) -> bool:
    day = value.known("day")
    if value.language != "ru" or value.kind != "date" or value.broken or day is None or value.known("month") is None:
        return False
    before = [fold(t.text) for t in tokens[max(0, value.first - 2) : value.first]]
    if before[-1:] == ["накануне"] or (before[-1:] == ["на"] and before[0] in _NIGHTS):
        return True
    return day == 1 and bool(before) and before[-1] in _BY


def _days_before(value: Value) -> list[Value]:
    """The day before: two where it is the last of February and no year says which."""
    year = value.piece("year")
    found: list[Value] = []
    for one in sorted(year.values) if year else (_COMMON, _LEAP):
        try:
            day = date(int(one), value.known("month") or 0, value.known("day") or 0) - timedelta(days=1)
        except ValueError:
            continue
        before = replace(value, pieces=tuple(_moved(p, day) for p in value.pieces), others=())
        found += [before] if before not in found else []
    return found


def _moved(piece: NumberPiece, to: date) -> NumberPiece:
    number = {"day": to.day, "month": to.month, "year": to.year}.get(piece.role)
    return piece if number is None else replace(piece, values=frozenset({Fraction(number)}))
