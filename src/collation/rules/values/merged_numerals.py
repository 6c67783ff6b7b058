"""A number word that has swallowed the noun after it: "пяти-пятидесятых" where "five-six divisions" is opposite.

A neural reader makes one word of two. The mark is an ordinal where the translation has a cardinal, no noun after it,
and an English noun just behind the number that no Russian word of the sentence answers.
"""

from __future__ import annotations

from fractions import Fraction

from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.knowledge.values.numerals import word_for
from collation.knowledge.values.quantities import Value
from collation.knowledge.words import morphology
from collation.model import Edit, Token
from collation.rules.values.value_pairs import OpposedValues

_OF_PREPOSITION = {"о": "loct", "об": "loct", "при": "loct", "к": "datv", "по": "datv", "из": "gent", "до": "gent"}


def swallowed_noun(context: Context, opposed: OpposedValues, own: Value, other: Value) -> Edit | None:
    """The reading "шести дивизиях" for an ordinal that stands for a number and its noun."""
    piece = own.pieces[-1]
    if own.kind != "number" or not own.ordinal or other.ordinal or piece.form != "word" or other.amount is None:
        return None
    pair = context.pairs[opposed.original.pair]
    after = pair.original[own.last] if own.last < len(pair.original) else None
    if after is not None and after.kind != "mark":
        return None
    lemma = _counted(context, opposed, other)
    number = word_for(Fraction(other.amount), own.language)
    if lemma is None or number is None:
        return None
    case = _case(pair.original, own.first)
    numeral = morphology.inflect(number, frozenset({case}), "NUMR")
    noun = morphology.inflect(lemma, frozenset({"plur", case}), "NOUN")
    if numeral is None or noun is None:
        return None
    return Edit(piece.place, piece.written(f"{numeral} {noun}"))


def _counted(context: Context, opposed: OpposedValues, other: Value) -> str | None:
    """The Russian for the noun that the English counts, when no Russian word answers it."""
    index = opposed.translation.pair
    calls = context.calls[index]
    if other.last >= len(calls) or other.last in context.claims[index]:
        return None
    wanted = calls[other.last].lemmas
    nouns = [w for w in wanted if any(p.pos == "NOUN" and p.lemma == w for p in morphology.parses(w))]
    if not nouns:
        return None
    return max(nouns, key=lambda w: (context.lemma_counts[w] > 0, wanted[w], w))


def _case(tokens: tuple[Token, ...], index: int) -> str:
    """The case that the preposition before the number asks for; the genitive without one."""
    return _OF_PREPOSITION.get(fold(tokens[index - 1].text), "gent") if index else "gent"
