"""Where a name would make a sentence more usual than it is: "he came from the on foot", "Kiev and and"."""

from __future__ import annotations

from itertools import pairwise

from collation.evidence.context import Context
from collation.evidence.unanswered_runs import Facing
from collation.knowledge.words.word_kinds import kinds_of, name_gain, small_words


def name_gains(context: Context, side: Facing, pair: int) -> tuple[float, ...]:
    """What a name would gain before each token of a side of a sentence pair, in natural logarithms; mostly below 0."""
    return context.once(_name_gains, side, pair)


def _name_gains(context: Context, side: Facing, number: int) -> tuple[float, ...]:
    pair = context.pairs[number]
    is_original = side == "original"
    language = (context.languages.original if is_original else context.languages.translation).code
    kinds = kinds_of(pair.original if is_original else pair.translation, language, small_words(language))
    return tuple(name_gain(language, a, b) for a, b in pairwise(kinds))
