"""What numbers count: units of either language, and whether an amount in one unit is an amount in another.

Translators turn versts into miles and poods into tons, and round as they do so: two amounts of one kind are the same
when they differ by no more than rounding does. Degrees are of Celsius where nothing says that they are of Fahrenheit, and
either sign will do, since frost is often said in words. Blind to prices in two currencies and to Réaumur's degrees.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.words import morphology

_ROUNDED = 0.08  # share by which a converted amount may differ, and the part of its last unit
_HALF_UNIT = 0.5
_HALF_DEGREE, _FREEZING, _NINE_FIFTHS = (
    1.0,
    32.0,
    1.8,
)  # of Fahrenheit: what rounding takes; where water freezes; one of Celsius
_SHARE = 0.02  # share by which a percentage may differ from the fraction that it says


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    rows = dictionaries.rows("measures.tsv", columns=4)
    return {word: unit for unit, _, _, words in rows for word in dictionaries.cell_list(words)}


@lru_cache(maxsize=1)
def sizes() -> dict[str, tuple[str, float]]:
    return {u: (kind, float(factor)) for u, kind, factor, _ in dictionaries.rows("measures.tsv", columns=4) if kind}


def unit_of(word: str, language: str) -> str:
    """The unit that a folded word names, or an empty string."""
    units = _units()
    if word in units:
        return units[word]
    if language == "ru":
        return next((units[x] for x in morphology.lemmas(word)[:1] if x in units), "")
    return next((units[x] for x in (word.removesuffix("s"), word.removesuffix("es")) if x in units), "")


def is_time(unit: str) -> bool:
    """Whether a unit is one of time."""
    return unit in sizes() and sizes()[unit][0] == "time"


def equal_amounts(left: Fraction, unit: str, right: Fraction, other: str) -> bool:
    """Whether two amounts are the same, or the one is the other converted or rounded."""
    if left == right:
        return True
    if {unit, other} & {"percent", "per mille"} and unit != other:
        return _equal_shares(_share(left, unit), _share(right, other))
    if {unit, other} == {"degree", "fahrenheit"}:
        celsius, fahrenheit = (left, right) if unit == "degree" else (right, left)
        return _equal_heat(float(celsius), float(fahrenheit), _last_unit(fahrenheit) / 2)
    if unit == other or unit not in sizes() or other not in sizes():
        return False
    (kind, size), (other_kind, other_size) = sizes()[unit], sizes()[other]
    if kind != other_kind or not left or not right:
        return False
    a, b = float(left) * size, float(right) * other_size
    rounding = max(_last_unit(left) * size, _last_unit(right) * other_size)
    return abs(a - b) <= max(_ROUNDED * max(a, b), _HALF_UNIT * rounding)


def _equal_heat(celsius: float, fahrenheit: float, rounded: float) -> bool:
    """Whether degrees of Celsius, above or below zero, are those of Fahrenheit, above or below."""
    warm, cold = (abs(_FREEZING + sign * _NINE_FIFTHS * celsius) for sign in (1, -1))
    return min(abs(warm - fahrenheit), abs(cold - fahrenheit)) <= max(_HALF_DEGREE, rounded)


def _last_unit(amount: Fraction) -> float:
    """One of what the amount is counted in: 1 for 12, 0.1 for 2.5, 100 for 1,200."""
    if amount.denominator != 1:
        return 0.1
    unit, number = 1, int(amount)
    while number and number % 10 == 0:
        unit, number = unit * 10, number // 10
    return float(unit)


def _share(amount: Fraction, unit: str) -> Fraction:
    return amount / {"percent": 100, "per mille": 1000}.get(unit, 1)


def _equal_shares(left: Fraction, right: Fraction) -> bool:
    return abs(left - right) <= Fraction(_SHARE) * max(left, right)
