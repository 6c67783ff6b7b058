"""Values of which one leads up to the other: "10–15 тыс.", "с 17 до 22 часов", "September 5 to 18".

A number has the unit of the one that it leads up to, and may be counted by its scale: "10–15 тыс." may begin at ten
thousand. Before an hour it is an hour ("5 to 10 p.m."), and behind an English day with its month it is a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from collation.knowledge.letters import fold
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.model import Token

_JOINS = frozenset("- – — − ... … до to и and или or , по".split())
_REACHES = frozenset("- – — − до to till until through по".split())  # a range and no list
_HOURS, _DAYS = 24, 31  # the most that there are
_HALF_DAY = 12  # hours


def with_ranges(values: list[Value], tokens: Sequence[Token]) -> list[Value]:
    """The values, each number that leads up to the next with that one's unit and, as another reading, its scale."""
    found = list(values)
    for k in range(len(found) - 2, -1, -1):
        first, second = found[k], found[k + 1]
        if first.kind == "number" == second.kind and _leads_up(first, second, tokens):
            found[k] = _scaled(first, second)
        elif first.kind == "number" and second.kind == "time" and _reaches(first, second, tokens):
            found[k] = _hour(first, second)
        elif first.kind == "date" and second.kind == "number" and _reaches(first, second, tokens):
            found[k + 1] = _day(first, second)
    return found


def _leads_up(first: Value, second: Value, tokens: Sequence[Token]) -> bool:
    between = _between(first, second, tokens)
    return len(between) <= 1 and all(word in _JOINS for word in between) and first.pieces[-1].role != "scale"


def _reaches(first: Value, second: Value, tokens: Sequence[Token]) -> bool:
    between = _between(first, second, tokens)
    return len(between) == 1 and (between[0] in _REACHES or (between[0] == "and" and _opens_range(first, tokens)))


def _between(first: Value, second: Value, tokens: Sequence[Token]) -> list[str]:
    return [fold(t.text) for t in tokens[first.last : second.first]]


def _opens_range(first: Value, tokens: Sequence[Token]) -> bool:
    return first.first > 0 and fold(tokens[first.first - 1].text) == "between"


def _whole(value: Value, most: int) -> int | None:
    """The number of a value that is a single piece, a whole number up to ``most`` of no unit; None for another."""
    amount = value.amount
    plain = amount is not None and len(value.pieces) == 1 and not value.ordinal and value.unit in {"", "hour"}
    return int(amount) if amount is not None and plain and amount.denominator == 1 and amount <= most else None


def _hour(first: Value, second: Value) -> Value:
    """A number before an hour as an hour, in the half of the day that the second one says: "5 to 10 p.m."."""
    hour, end = _whole(first, _HOURS), second.known("hour")
    if hour is None or end is None:
        return first
    if end > _HALF_DAY and hour < end - _HALF_DAY and first.language == "en":
        hour += _HALF_DAY
    piece = first.pieces[0]
    at = replace(piece, role="hour", values=frozenset({Fraction(hour)}))
    sharp = NumberPiece("minute", frozenset({Fraction(0)}), piece.token, piece.stop, piece.stop, piece.form)
    return replace(first, kind="time", pieces=(at, sharp), unit="", others=(first,))


def _day(first: Value, second: Value) -> Value:
    """A number behind a day of a month as a later day of that month: "September 5 to 18"."""
    day, begun = _whole(second, _DAYS), first.known("day")
    month = first.piece("month")
    if day is None or begun is None or month is None or day <= begun or first.piece("year") or second.unit:
        return second
    piece = replace(second.pieces[0], role="day")
    return replace(second, kind="date", pieces=(piece, month), others=(second,))


def _scaled(first: Value, second: Value) -> Value:
    own = replace(first, unit=first.unit or second.unit)
    scales = tuple(p for p in second.pieces if p.role == "scale")
    joined = scales and second.pieces[-len(scales) :] == scales
    if not joined:
        return own
    return replace(own, others=(*own.others, replace(own, pieces=(*own.pieces, *scales), others=())))
