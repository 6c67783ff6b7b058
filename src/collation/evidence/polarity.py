"""Polarity: which negations of the two sides answer each other, and what a reading does to that.

The negations are matched one by one, each Russian one with the English one nearest to the counterpart of the word it
governs; several negations in a sentence do not hide each other.
"""

from __future__ import annotations

from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.model import Token

_WINDOW = 4  # English tokens within which a negation answers a new one
_APART = 24  # English tokens beyond which no negation answers another
_BEHIND = 1.5  # words that a governed word behind a negation is preferred by to one before it


def free_negations(context: Context, pair: int) -> tuple[frozenset[int], frozenset[int]]:
    """The negations of a pair that answer none: indices of Russian and of English tokens."""
    return context.once(_free_negations, pair)


def _free_negations(context: Context, number: int) -> tuple[frozenset[int], frozenset[int]]:
    pair = context.pairs[number]
    own, other = (language.negations for language in context.languages)
    russian = [i for i, t in enumerate(pair.original) if fold(t.text) in own]
    tokens = pair.translation
    english = [j for j, t in enumerate(tokens) if _negates(t.text, other) and not _is_number_sign(tokens, j)]
    distances = sorted(
        (apart, i, j) for i in russian for j in english if (apart := abs(mapped(context, number, i) - j)) <= _APART
    )
    left, right = set(russian), set(english)
    for _, i, j in distances:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
    return frozenset(left), frozenset(right)


def _negates(word: str, negations: frozenset[str]) -> bool:
    lowered = word.lower().replace("’", "'")
    return lowered in negations or lowered.endswith("n't")


def _is_number_sign(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether an English "No" is the sign before a number: "No. 5"."""
    behind = tokens[index + 1 : index + 3]
    if tokens[index].text.lower() != "no" or not behind:
        return False
    return behind[-1 if behind[0].text == "." else 0].kind == "number"


def mapped(context: Context, number: int, index: int) -> float:
    """Where in the translation a word of the original belongs: at the counterpart of the content word it governs.

    The word's own link is not asked, since any "not" answers any не.
    """
    pair, small = context.pairs[number], context.language.function_words
    near = sorted(
        (abs(i - index) + (0.0 if i > index else _BEHIND), j)
        for i, j in context.answered[number].items()
        if i != index and fold(pair.original[i].text) not in small
    )
    if not near:
        return index * len(pair.translation) / max(1, len(pair.original))
    return float(near[0][1])


def polarity_gain(context: Context, number: int, index: int, observed: str, reading: str) -> float:
    """What a reading does to the match of negations: 1 it mends it, -1 it breaks it, 0 it leaves it."""
    negations = context.language.negations
    was, will = fold(observed) in negations, fold(reading) in negations
    pair = context.pairs[number]
    if was == will or not pair.translation:
        return 0.0
    russian, english = free_negations(context, number)
    if will:
        return 1.0 if any(abs(mapped(context, number, index) - j) <= _WINDOW for j in english) else -1.0
    return 1.0 if index in russian else -1.0
