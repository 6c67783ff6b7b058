"""What a date, a clock time or a number is: pieces with their places, each a set of possible values.

A piece is in one token; a damaged piece keeps every value that it may have had, an unreadable one none. Two
values agree when each piece that both have can be the same. Nothing here reads text; ``values`` does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from collation.knowledge.values.units_of_measure import equal_amounts, is_time
from collation.model import Place, Token

Kind = Literal["date", "time", "number"]
Role = Literal["day", "month", "year", "decade", "hour", "minute", "amount", "scale", "share"]
Form = Literal["digits", "word", "roman", "damaged"]
DATE_ROLES: tuple[Role, ...] = ("day", "month", "year", "decade")
TIME_ROLES: tuple[Role, ...] = ("hour", "minute")
LABEL = "label"  # the unit of figures that hang on a letter or two: B6, G7
HALF_NAMED = "half"  # the unit of a time with the half of its day: 8 p.m., 8 часов вечера
_TIMES_OF_DAY, _DAY = 12, 24 * 60
_LEAP_YEARS = (1700, 1800, 1900)  # of the old style alone
_FIRST_NEW_STYLE, _LAST_OLD_STYLE = 1700, 1920  # Russia changed in 1918; letters from the Whites' side used both longer


@dataclass(frozen=True, slots=True)
class NumberPiece:
    """A number inside one token, between two offsets of the token's text; ``read`` has the figures that its letters
    stand for, where there are letters for figures."""

    role: Role
    values: frozenset[Fraction]
    token: Token
    start: int
    stop: int
    form: Form
    ordinal: bool = False
    read: str = ""

    @property
    def text(self) -> str:
        return self.token.text[self.start : self.stop]

    @property
    def place(self) -> Place:
        return self.token.place

    @property
    def value(self) -> Fraction | None:
        """The value, when there is but one."""
        return next(iter(self.values)) if len(self.values) == 1 else None

    def written(self, text: str) -> str:
        """The token with this piece written otherwise."""
        return self.token.text[: self.start] + text + self.token.text[self.stop :]


@dataclass(frozen=True, slots=True)
class Value:
    """A date, time or number in a text: its pieces and the tokens ``first`` to ``last`` (half-open) it fills.

    A ``loose`` value may answer one of the other side but is never doubted. ``broken`` says that the words do not
    make a number ("twelve-two") or the figures no date ("26.1949"). What an ordinal counts is ``under_way``: in the
    third month two are over. ``others`` are other ways to read the stretch.
    """

    kind: Kind
    pieces: tuple[NumberPiece, ...]
    first: int
    last: int
    language: str
    unit: str = ""
    loose: bool = False
    broken: bool = False
    under_way: bool = False
    others: tuple[Value, ...] = field(default=(), compare=False)

    @property
    def place(self) -> Place:
        return Place.cover([p.place for p in self.pieces])

    @property
    def ordinal(self) -> bool:
        return self.pieces[-1].ordinal

    @property
    def amount(self) -> Fraction | None:
        """The number that the pieces make together, or None."""
        return None if self.kind != "number" or self.broken else add_up(self.pieces)

    def written(self, text: str) -> str:
        """The value as it is in the text, line ends as blanks."""
        return " ".join(self.place.of(text).split())

    def piece(self, role: Role) -> NumberPiece | None:
        return next((p for p in self.pieces if p.role == role), None)

    def known(self, role: Role) -> int | None:
        """The whole number of a role, when it is certain."""
        found = self.piece(role)
        return int(found.value) if found and found.value is not None else None

    def readings(self) -> tuple[Value, ...]:
        """This reading and the other ones, the usual first."""
        return (self, *self.others)

    def moved(self, by: int) -> Value:
        """The same value with its tokens counted from elsewhere."""
        return replace(self, first=self.first + by, last=self.last + by, others=tuple(o.moved(by) for o in self.others))


def add_up(pieces: tuple[NumberPiece, ...]) -> Fraction | None:
    """Hundreds, tens and units summed, multiplied by the scale words that follow them; a share divides what is before it."""
    total = current = last = Fraction(0)
    for piece in pieces:
        value = piece.value
        if value is None:
            return None
        if piece.role == "share":
            current += last / value - last if value else 0
        elif piece.role == "scale":
            if value == 100:
                current = (current or Fraction(1)) * value
            else:
                total += (current or Fraction(1)) * value
                current = Fraction(0)
        else:
            current += value
        last = value
    return total + current


def meet(left: NumberPiece | None, right: NumberPiece | None) -> bool | None:
    """Whether two pieces can be the same; None when one is missing or unreadable."""
    if left is None or right is None or not left.values or not right.values:
        return None
    return bool(left.values & right.values)


def same(left: Value, right: Value) -> bool:
    """Whether two values agree in one of their readings; of hours that say their half of the day, in the first."""
    if left.kind == right.kind == "time" and _has_half(left) and _has_half(right):
        return _agree(left, right)
    return any(_agree(a, b) or _agree(b, a) for a in left.readings() for b in right.readings())


def _agree(a: Value, b: Value) -> bool:
    if a.kind == "date" and b.kind == "date":
        meets = [meet(a.piece(role), b.piece(role)) for role in DATE_ROLES]
        return (True in meets and False not in meets) or _of_two_styles(a, b)
    if a.kind == "time" and b.kind == "time":
        return clock(a) is not None and (clock(a) == clock(b) or _half_day(a, b))
    if a.kind == "number" and b.kind == "number":
        return _equal_numbers(a, b)
    if a.kind == "date" and b.kind == "number":
        return _date_is_number(a, b)
    if a.kind == "time" and b.kind == "number" and (a.known("minute") == 0 or b.under_way):
        hour = a.known("hour")
        if b.under_way and b.unit == "hour" and hour is not None and b.amount is not None:
            return (hour + 1 - int(b.amount)) % _TIMES_OF_DAY == 0
        return hour is not None and b.amount is not None and (hour - int(b.amount)) % _TIMES_OF_DAY == 0
    return False


def _of_two_styles(a: Value, b: Value) -> bool:
    """Whether a date of the old style is that of the new one: 25 October and 7 November 1917."""
    if a.broken or b.broken:
        return False
    years = {int(y) for v in (a, b) for p in v.pieces if p.role == "year" for y in p.values}
    if len(years) != 1 or not _FIRST_NEW_STYLE <= (year := years.pop()) <= _LAST_OLD_STYLE:
        return False
    days = [_ordinal(v, year) for v in (a, b)]
    if None in days or days[0] == days[1]:
        return False
    apart = abs((days[0] or 0) - (days[1] or 0)) - 10
    return apart in {sum(year > y for y in _LEAP_YEARS), sum(year >= y for y in _LEAP_YEARS)}


def _ordinal(value: Value, year: int) -> int | None:
    """The number of a day, counted by the calendar of today."""
    month, day = value.known("month"), value.known("day")
    try:
        return None if month is None or day is None else date(year, month, day).toordinal()
    except ValueError:
        return None


def clock(value: Value) -> int | None:
    """The minutes since midnight of a time."""
    hour, minute = value.known("hour"), value.known("minute")
    return None if hour is None or minute is None else hour * 60 + minute


def _half_day(a: Value, b: Value) -> bool:
    """20.15 and 8:15: the one side counts to twelve and does not say which half of the day it means."""
    left, right = clock(a), clock(b)
    if left is None or right is None or (_has_half(a) and _has_half(b)):
        return left is not None and right is not None and (left - right) % _DAY == 0
    return min(left, right) < 13 * 60 and (left - right) % (_TIMES_OF_DAY * 60) == 0


def _has_half(time: Value) -> bool:
    """Whether a time says which half of the day it means, by words or by its hour."""
    hour = time.known("hour")
    return time.unit == HALF_NAMED or (hour is not None and not 0 < hour <= _TIMES_OF_DAY)


def _equal_numbers(a: Value, b: Value) -> bool:
    left, right = a.amount, b.amount
    if left is None or right is None:
        return False
    if a.under_way and not b.ordinal and is_time(a.unit) and left - 1 == right:
        return b.unit == a.unit or (a.unit == "hour" and not b.unit)
    return equal_amounts(left, a.unit, right, b.unit)


def _date_is_number(date: Value, number: Value) -> bool:
    if len(date.pieces) != 1 and not (date.piece("day") and number.ordinal):
        return False
    piece = date.piece("day") or date.pieces[0]
    if piece.role == "month":
        return False
    if number.amount is None:
        return False
    if piece.role == "decade":
        return any(v % 100 == number.amount for v in piece.values)
    return number.amount in piece.values
