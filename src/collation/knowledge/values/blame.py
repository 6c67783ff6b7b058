"""Which of two sides is at fault when they differ: arguments weighed into one probability.

Every argument is a number from -1 to 1: how far it speaks for the first side's fault. The weights are set by hand, in
log-odds: what contradicts itself or the order of events decides; what the catalogue or the rest of the document
repeats weighs heavily; the likeness of figures to a scanner and the commonness of a number (small and round ones are
commoner, so the odd one is rather the slip) only tip a scale that is otherwise level.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from collation.model import Feature

WEIGHTS: dict[str, float] = {
    "sic": 5.0,
    "impossible": 4.0,
    "chronology": 3.5,
    "catalogue_agrees": 2.5,
    "value_elsewhere": 2.5,
    "year_plausible": 1.5,
    "digits_confusable": 0.8,
    "number_usual": 0.9,
    "scanned": 0.3,
}
_CONFUSABLE = frozenset("17 14 13 38 06 56 68 08 35 09 89 03 69 23 27 49".split())


def blame(features: Iterable[Feature]) -> float:
    """The probability that the first place of a two-sided difference is at fault, by its features."""
    total = sum(WEIGHTS.get(f.name, 0.0) * f.value for f in features)
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
