"""A difference of two opposed values: which of their pieces differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from collation.knowledge.values.quantities import DATE_ROLES, TIME_ROLES, NumberPiece, Value
from collation.rules.values.value_pairs import OpposedValues


@dataclass(frozen=True, slots=True)
class Case:
    """A difference: the two values and their pieces that differ, the original's first."""

    original: Value
    translation: Value
    pieces: tuple[tuple[NumberPiece, NumberPiece], ...]


def differing(opposed: OpposedValues) -> Case:
    """The pieces of two opposed values that differ."""
    a, b = opposed.original.value, opposed.translation.value
    if a.kind != b.kind:
        a, b = _of_one_kind(a, b)
    if a.kind != "number":
        both = [(a.piece(role), b.piece(role)) for role in (*DATE_ROLES, *TIME_ROLES)]
        return Case(a, b, tuple((x, y) for x, y in both if x and y and not x.values & y.values))
    return Case(a, b, tuple(_differing_numbers(a, b)))


def _of_one_kind(a: Value, b: Value) -> tuple[Value, Value]:
    return next(((x, y) for x in a.readings() for y in b.readings() if x.kind == y.kind), (a, b))


def _differing_numbers(a: Value, b: Value) -> Iterator[tuple[NumberPiece, NumberPiece]]:
    left, right = a.pieces, b.pieces
    if len(left) > 1 and left[1].role == "scale" and left[0].value == 1:
        left = left[1:]
    if len(right) > 1 and right[1].role == "scale" and right[0].value == 1:
        right = right[1:]
    if len(left) != len(right):
        return
    pairs = [(x, y) for x, y in zip(left, right, strict=True) if x.values != y.values]
    if len(pairs) == 1:
        yield pairs[0]
