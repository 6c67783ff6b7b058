"""How near two unequal values are in kind and form: whether the one could have been put for the other."""

from __future__ import annotations

from collation.knowledge.values.quantities import DATE_ROLES, LABEL, TIME_ROLES, Value, meet

_SAME_TIME, _OTHER_KIND = 1.0, 0.5  # hour or minute agree; taken where they are of one kind in one reading only
# Each piece of a date that agrees; taken for each beyond the first that does not
_DATE_AGREES, _DATE_DIFFERS = 1.0, 1.5
_NO_AGREEMENT, _NO_PIECE = 0.8, 1.0  # dates that agree in nothing; taken for each piece beyond the first
_SAME_UNIT, _BOTH_ORDINAL, _ONE_ORDINAL = 0.7, 0.2, -0.5  # one unit; both ordinals; one of them
_ONE_PIECE = 1.0  # numbers of several pieces that differ in one
# Figures that differ in one place; in more; in length
_ONE_DIGIT, _DIGITS, _OTHER_LENGTH, _UNLIKE = 0.6, 0.1, -0.3, -0.5


def value_closeness(a: Value, b: Value) -> float | None:
    """How near two unequal values are in kind and form; None where they cannot stand for one another."""
    if a.kind == "date" and b.kind == "date":
        return _close_dates(a, b)
    if a.kind == "time" and b.kind == "time":
        equal = [meet(a.piece(r), b.piece(r)) for r in TIME_ROLES]
        return _SAME_TIME if True in equal else 0.0
    if a.kind == "number" and b.kind == "number":
        return _close_numbers(a, b)
    best = [
        c for x in a.readings() for y in b.readings() if x.kind == y.kind and (c := value_closeness(x, y)) is not None
    ]
    return max(best) - _OTHER_KIND if best else None


def _close_dates(a: Value, b: Value) -> float | None:
    meets = [meet(a.piece(role), b.piece(role)) for role in DATE_ROLES]
    agree, differ = meets.count(True), meets.count(False)
    if not differ and not (a.broken or b.broken):
        return None
    if agree:
        return _DATE_AGREES * agree - _DATE_DIFFERS * (differ - 1)
    return _NO_AGREEMENT - _NO_PIECE * (differ - 1) if differ else None


def _close_numbers(a: Value, b: Value) -> float | None:
    if a.unit != b.unit and ((a.unit and b.unit) or LABEL in {a.unit, b.unit}):
        return None
    score = _SAME_UNIT if a.unit and a.unit == b.unit else 0.0
    score += _BOTH_ORDINAL if a.ordinal and b.ordinal else _ONE_ORDINAL if a.ordinal != b.ordinal else 0.0
    return score + _form(a, b)


def _form(a: Value, b: Value) -> float:
    """Pieces that agree but one, figures that differ in one place, words of one order of magnitude."""
    left, right = _counted(a), _counted(b)
    if len(left) == len(right):
        differ = [(x, y) for x, y in zip(left, right, strict=True) if x != y]
        if len(differ) == 1 and len(left) > 1:
            return _ONE_PIECE
        if len(differ) == 1:
            return _digits(str(differ[0][0]), str(differ[0][1]))
    if a.amount is not None and b.amount is not None and len(left) != len(right) and a.ordinal == b.ordinal:
        return max(_UNLIKE, _digits(str(a.amount), str(b.amount)))
    return _UNLIKE


def _counted(value: Value) -> list[object]:
    """The values of the pieces, a leading one before a scale word left out."""
    values: list[object] = [p.value for p in value.pieces]
    if len(values) > 1 and value.pieces[1].role == "scale" and values[0] == 1:
        return values[1:]
    return values


def _digits(left: str, right: str) -> float:
    if len(left) != len(right):
        return _OTHER_LENGTH
    differ = sum(x != y for x, y in zip(left, right, strict=True))
    return _ONE_DIGIT if differ == 1 else _DIGITS
