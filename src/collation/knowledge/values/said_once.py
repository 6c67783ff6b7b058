"""A scale that a Russian sentence says once for several numbers: "38 тыс. гектаров из 52", "12,5 тысячи, а добыто только 9".

A number that counts no noun of its own may be counted by the scale of another number of its sentence: that is another
way to read it, and answers "52,000" and no other number. Blind to English, which repeats the word or writes the noughts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from collation.knowledge.letters import fold
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.knowledge.words import morphology
from collation.model import Token

_THOUSAND = 1000
_COUNTED = frozenset({"NOUN", "ADJF", "PRTF"})


def with_scale_said_once(values: Sequence[Value], tokens: Sequence[Token]) -> list[Value]:
    """The values of a sentence, each bare number also as counted by the scales that others have."""
    scales = {p.value: p for v in values if v.kind == "number" for p in v.pieces[1:] if _is_scale(p)}
    return [_scaled(v, scales.values()) if scales and _is_bare(v, tokens) else v for v in values]


def _is_scale(piece: NumberPiece) -> bool:
    return piece.role == "scale" and piece.value is not None and piece.value >= _THOUSAND


def _scaled(value: Value, scales: Iterable[NumberPiece]) -> Value:
    known = {o.amount for o in value.others}
    found = [replace(value, pieces=(*value.pieces, scale), others=()) for scale in scales]
    return replace(value, others=(*value.others, *(v for v in found if v.amount not in known)))


def _is_bare(value: Value, tokens: Sequence[Token]) -> bool:
    """Whether a value is a plain cardinal below a thousand without a noun that it counts."""
    amount = value.amount
    if value.language != "ru" or amount is None or value.unit or value.ordinal or not 0 < amount < _THOUSAND:
        return False
    if any(p.role != "amount" or p.form == "roman" for p in value.pieces):
        return False
    following = tokens[value.last] if value.last < len(tokens) else None
    return following is None or following.kind != "word" or not _may_be_counted(following.text)


def _may_be_counted(word: str) -> bool:
    """Whether a word may be what a number before it counts, by its case."""
    known = morphology.parses(fold(word))
    return bool(known) and known[0].pos in _COUNTED and any(p.case == "gent" for p in known)
