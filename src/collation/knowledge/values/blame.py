"""Which of two sides is at fault when they differ: arguments weighed into one probability.

Every argument is a number from -1 to 1: how far it speaks for the first side's fault. The weights, in log-odds, are those
of ``data/blame.tsv``, whose head says where they are from; ``learning/blame_training.py`` learns them from values altered
on either side of sound texts. What cannot be planted so (a translator's "[sic]", a value that the calendar does not have)
has a weight set by hand. A side is
named from ``SAID`` on; below it nothing decides, and both readings are shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from collation.knowledge import dictionaries
from collation.model import Feature

BY_HAND: dict[str, float] = {
    "sic": 5.0,
    "other_text": 3.5,
    "impossible": 4.0,
    "letters": 4.0,
    "chronology": 3.5,
    "weekday": 3.0,
    "sum": 3.0,
    "catalogue_agrees": 2.5,
    "range_order": 2.0,
    "noun_agrees": 2.0,
    "scale_slip": 0.7,
    "transposed": 0.2,
}
LEARNED = (
    "catalogue_agrees", "value_elsewhere", "year_plausible", "digits_confusable", "number_usual", "noun_agrees",
    "weekday", "sum", "range_order", "scale_slip", "transposed", "scanned",
)  # fmt: skip
SAID = 0.75  # the least probability at which a side is named
_CONFUSABLE = frozenset("17 14 13 38 06 56 68 08 35 09 89 03 69 23 27 49".split())


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The log-odds of a whole argument, by its name."""
    learned = {n: float(w) for n, w in dictionaries.read_rows(dictionaries.data_file("blame.tsv"), columns=2)}
    return BY_HAND | learned


def blame(features: Iterable[Feature]) -> float:
    """The probability that the first place of a two-sided difference is at fault, by its features."""
    known = weights()
    total = sum(known.get(f.name, 0.0) * f.value for f in features)
    return 1.0 / (1.0 + math.exp(-total))


def digits_confusable(observed: str, other: str) -> bool:
    """Whether a scanner could show one run of figures for the other: like figures change places, no more than two."""
    if len(observed) != len(other) or observed == other:
        return False
    pairs = [a + b for a, b in zip(observed, other, strict=True) if a != b]
    return len(pairs) <= 2 and all(p in _CONFUSABLE or p[::-1] in _CONFUSABLE for p in pairs)


def commonness(number: Fraction) -> float:
    """How common a number is in prose, as a logarithm: small ones and round ones are."""
    if number <= 0:
        return 0.0
    value = float(number)
    score = -math.log(value)
    figures = str(int(number)) if number.denominator == 1 else f"{value:g}".replace(".", "")
    if len(figures) > 1 and figures.endswith("0"):
        score += 1.5
    elif len(figures) > 1 and figures.endswith("5"):
        score += 0.7
    return score


def transposed(observed: str, other: str) -> bool:
    """Whether two neighbouring figures have changed places, as a typist's do: 1953, 1935."""
    if len(observed) != len(other):
        return False
    differ = [k for k, (a, b) in enumerate(zip(observed, other, strict=True)) if a != b]
    return len(differ) == 2 and differ[1] == differ[0] + 1 and observed[differ[0]] == other[differ[1]] != "0"


def scale_slip(left: Fraction, right: Fraction) -> bool:
    """Whether one number is the other of another order, or a teen for tens, as translators take them: million for billion,
    13 for 30."""
    if left <= 0 or right <= 0 or left == right:
        return False
    low, high = sorted((left, right))
    ratio = high / low
    teens = low - 10 == high / 10 and 13 <= low <= 19
    return teens or ratio in {Fraction(10) ** n for n in range(1, 10)}
