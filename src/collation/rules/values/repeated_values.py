"""Which of two differing values the catalogue or the rest of the document repeats: arguments of ``value_at_fault``."""

from __future__ import annotations

from collections.abc import Iterable

from collation.knowledge.values.quantities import NumberPiece, Value
from collation.model import Feature, Place
from collation.rules.values.document_values import KnownValue, Record
from collation.rules.values.value_cases import Case

_SMALL = 13  # a number from here on repeats another by itself, a smaller one only with its unit
_LEAST_REPEATED = 0.3  # weight of the repetitions of a value that is worth saying


def catalogue_agrees(case: Case, about: Record) -> Feature | None:
    """The value of the two that the catalogue has."""
    value, places = _repeated(case, about.catalogue)
    if not value:
        return None
    winner = case.translation if value > 0 else case.original
    return Feature(
        "catalogue_agrees", value, places, says="catalogue-agrees", values=(("value", _telling(case, winner, about)),)
    )


def repeated_elsewhere(case: Case, about: Record) -> Feature | None:
    """The value of the two that the rest of the document has, how often."""
    own = {case.original.place, case.translation.place}
    value, places = _repeated(case, [k for k in about.texts if k.place not in own])
    if not value:
        return None
    winner = case.translation if value > 0 else case.original
    said = (("value", _telling(case, winner, about)), ("count", str(len(places))))
    return Feature("value_elsewhere", value, places[:4], says="value-elsewhere", values=said)


def _repeated(case: Case, known: Iterable[KnownValue]) -> tuple[float, tuple[Place, ...]]:
    """How much more often the translation's value is repeated than the original's, and where the winner is."""
    left = [k for k in known if _recurs(case, case.original, 0, k.value)]
    right = [k for k in known if _recurs(case, case.translation, 1, k.value)]
    a, b = sum(k.worth(case.original.language) for k in left), sum(k.worth(case.translation.language) for k in right)
    if abs(a - b) < _LEAST_REPEATED:
        return 0.0, ()
    value = (b - a) / (a + b + 0.5)
    return value, tuple(k.place for k in (right if value > 0 else left))


def _recurs(case: Case, value: Value, side: int, other: Value) -> bool:
    """Whether another value repeats the part of this one that is in dispute."""
    if value.kind == "number":
        amount = value.amount
        telling = amount is not None and (amount >= _SMALL or amount.denominator != 1)
        return amount is not None and other.amount == amount and (telling or value.unit == other.unit != "")
    if value.kind != other.kind or not case.pieces:
        return False
    for pair in case.pieces:
        piece = pair[side]
        found = other.piece(piece.role)
        if found is None or not found.values or not piece.values & found.values:
            return False
        if piece.role in {"day", "hour", "minute"} and not _around(value, other, piece):
            return False
    return True


def _around(value: Value, other: Value, piece: NumberPiece) -> bool:
    """A day or an hour is repeated when the rest of the date is as well."""
    rest = [p for p in value.pieces if p.role != piece.role]
    return all((q := other.piece(p.role)) is not None and bool(p.values & q.values) for p in rest if p.role != "year")


def _telling(case: Case, value: Value, about: Record) -> str:
    """The part in dispute as a reader would name it: the month word, the year in full, else the value as written."""
    side = 0 if value is case.original else 1
    if not case.pieces or value.kind != "date":
        return value.written(about.text)
    piece = case.pieces[0][side]
    if piece.role == "year" and piece.values:
        return str(int(min(piece.values, key=lambda y: (abs(y - (about.year or 1950)), y))))
    return piece.text if piece.role != "day" else value.written(about.text)
