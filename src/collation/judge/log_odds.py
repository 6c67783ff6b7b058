"""Probabilities and their log-odds, and a verdict whose log-odds are moved by what is learned beside the trees."""

from __future__ import annotations

import math
from dataclasses import replace

from collation.model.doubt import WeighedDoubt

_EDGE = 1e-6  # a probability is at least so far from 0 and 1


def log_odds(probability: float) -> float:
    """The log-odds of a probability, bounded."""
    inside = min(1.0 - _EDGE, max(_EDGE, probability))
    return math.log(inside / (1.0 - inside))


def probability_of(odds: float) -> float:
    """The probability that some log-odds are."""
    return 1.0 / (1.0 + math.exp(-odds))


def moved(verdict: WeighedDoubt, shift: float) -> WeighedDoubt:
    """The verdict with the log-odds of both its probabilities moved; what nothing backs stays so."""
    if not shift:
        return verdict
    probability, backed = (probability_of(log_odds(p) + shift) for p in (verdict.probability, verdict.backed))
    return replace(verdict, probability=probability, backed=backed if verdict.backed else 0.0)
