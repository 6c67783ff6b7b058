"""Numbers that lead up to another: "10–15 тыс.", "от 5 до 6 тысяч", "between ten and fifteen percent".

The first has the unit of the second, and may be counted by its scale: "10–15 тыс." may begin at ten thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from collation.knowledge.letters import fold
from collation.knowledge.values.quantities import Value
from collation.model import Token

_JOINS = frozenset("- – — − ... … до to и and или or , по".split())


def with_ranges(values: list[Value], tokens: Sequence[Token]) -> list[Value]:
    """The values, each number that leads up to the next with that one's unit and, as another reading, its scale."""
    found = list(values)
    for k in range(len(found) - 2, -1, -1):
        first, second = found[k], found[k + 1]
        if first.kind == "number" == second.kind and _leads_up(first, second, tokens):
            found[k] = _scaled(first, second)
    return found


def _leads_up(first: Value, second: Value, tokens: Sequence[Token]) -> bool:
    between = [fold(t.text) for t in tokens[first.last : second.first]]
    return len(between) <= 1 and all(word in _JOINS for word in between) and first.pieces[-1].role != "scale"


def _scaled(first: Value, second: Value) -> Value:
    own = replace(first, unit=first.unit or second.unit)
    scales = tuple(p for p in second.pieces if p.role == "scale")
    joined = scales and second.pieces[-len(scales) :] == scales
    if not joined:
        return own
    return replace(own, others=(*own.others, replace(own, pieces=(*own.pieces, *scales), others=())))
