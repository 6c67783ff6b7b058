"""Where a sentence lacks a name or a negation: "he came from the on foot", "Kiev and and", "they did exceed it"."""

from __future__ import annotations

from collation.evidence.context import Context
from collation.evidence.unanswered_runs import Facing
from collation.knowledge.words.gap_model import Lost, gaps


def name_gains(context: Context, side: Facing, pair: int) -> tuple[float, ...]:
    """The log-odds that a name is lost before each token of a side of a sentence pair; mostly far below 0."""
    return context.once(_gains, side, pair, "name")


def negation_gains(context: Context, side: Facing, pair: int) -> tuple[float, ...]:
    """The log-odds that a plain negation is lost before each token of a side of a sentence pair."""
    return context.once(_gains, side, pair, "negation")


def _gains(context: Context, side: Facing, number: int, lost: Lost) -> tuple[float, ...]:
    pair = context.pairs[number]
    is_original = side == "original"
    language = context.languages.original if is_original else context.languages.translation
    return gaps(pair.original if is_original else pair.translation, language.code, lost, language.function_words)
