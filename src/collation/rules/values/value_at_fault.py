"""Whose fault a differing value is: what the catalogue, the rest of the document and the values themselves say.

Each argument is a function that answers with a Feature or abstains. Its value is positive when it speaks for the
original's fault and negative when it speaks for the translation's; ``turned`` sees it from the suspected side.
Nothing is decided by habit: where the arguments leave the scale level, "side_unknown" says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from collation.knowledge.values.blame import commonness, digits_confusable, scale_slip, transposed
from collation.knowledge.values.dates import LAST_YEAR
from collation.knowledge.values.quantities import DATE_ROLES, TIME_ROLES, NumberPiece, Value
from collation.model import Feature, Place
from collation.rules.values import inner_witnesses
from collation.rules.values.document_values import KnownValue, Record
from collation.rules.values.value_pairs import OpposedValues

_CENTURIES = 21
_SMALL = 13
_NEAR_YEARS = 8.0  # years nearer to the document's own that count in full,
_FARTHER = 0.6  # and what they are worth beside a year that is later than the document
_LEAST_REPEATED = 0.3  # weight of the repetitions of a value that is worth saying


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


def blame_arguments(case: Case, about: Record) -> tuple[Feature, ...]:
    """What speaks for either side, strongest rule first."""
    found = [answer for rule in RULES if (answer := rule(case, about)) is not None and answer.value]
    if about.scanned:
        found.append(Feature("scanned", 1.0))
    return tuple(found)


def turned(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """The arguments seen from the translation's side."""
    return tuple(replace(f, value=-f.value) for f in features)


def _impossible(case: Case, about: Record) -> Feature | None:
    left, right = impossible(case.original), impossible(case.translation)
    if left == right:
        return None
    value = case.original if left else case.translation
    return Feature(
        "impossible",
        1.0 if left else -1.0,
        (value.place,),
        says="value-impossible",
        values=(("value", words(about.text, value)),),
    )


def impossible(value: Value) -> bool:
    """Whether a value contradicts itself or the calendar."""
    year = value.known("year")
    if value.broken or (year is not None and not 1000 <= year <= LAST_YEAR):
        return True
    return value.unit == "century" and value.ordinal and value.amount is not None and value.amount > _CENTURIES


def _chronology(case: Case, about: Record) -> Feature | None:
    if case.original.kind == "number":
        return None
    left = any(p.place in about.disordered for p in case.original.pieces)
    right = any(p.place in about.disordered for p in case.translation.pieces)
    if left == right:
        return None
    value = case.original if left else case.translation
    return Feature(
        "chronology",
        1.0 if left else -1.0,
        (value.place,),
        says="out-of-order",
        values=(("value", words(about.text, value)),),
    )


def _catalogue(case: Case, about: Record) -> Feature | None:
    value, places = _repeated(case, about.catalogue)
    if not value:
        return None
    winner = case.translation if value > 0 else case.original
    return Feature(
        "catalogue_agrees", value, places, says="catalogue-agrees", values=(("value", _telling(case, winner, about)),)
    )


def _elsewhere(case: Case, about: Record) -> Feature | None:
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
        return words(about.text, value)
    piece = case.pieces[0][side]
    if piece.role == "year" and piece.values:
        return str(int(min(piece.values, key=lambda y: (abs(y - (about.year or 1950)), y))))
    return piece.text if piece.role != "day" else words(about.text, value)


def _year(case: Case, about: Record) -> Feature | None:
    years = [(int(x.value), int(y.value)) for x, y in case.pieces if x.role == "year" and x.value and y.value]
    if not years or about.year is None:
        return None
    left, right = years[0]
    late = (left > about.year, right > about.year)
    if late[0] != late[1]:
        value = 1.0 if late[0] else -1.0
        return Feature(
            "year_plausible",
            value,
            says="year-after-document",
            values=(("year", str(left if late[0] else right)), ("document", str(about.year))),
        )
    away = abs(left - about.year) - abs(right - about.year)
    value = max(-1.0, min(1.0, away / _NEAR_YEARS))
    return Feature(
        "year_plausible",
        _FARTHER * value,
        says="year-farther",
        values=(("year", str(left if away > 0 else right)), ("document", str(about.year))),
    )


def _confusable(case: Case, about: Record) -> Feature | None:
    if not about.scanned:
        return None
    for left, right in case.pieces:
        if left.form == "digits" and right.value is not None and left.value is not None:
            a, b = _figures(left.value), _figures(right.value)
            if digits_confusable(a, b):
                return Feature(
                    "digits_confusable",
                    1.0,
                    (left.place,),
                    says="digits-alike",
                    values=(("observed", a), ("reading", b)),
                )
    return None


def _figures(value: Fraction) -> str:
    return str(int(value)) if value.denominator == 1 else f"{float(value):g}"


def _usual(case: Case, about: Record) -> Feature | None:
    if case.original.kind != "number":
        return None
    left, right = case.original.amount, case.translation.amount
    if len(case.pieces) == 1:
        left, right = case.pieces[0][0].value, case.pieces[0][1].value
    if left is None or right is None:
        return None
    value = max(-1.0, min(1.0, (commonness(right) - commonness(left)) / 2))
    return Feature("number_usual", value)


def _letters(case: Case, about: Record) -> Feature | None:
    sides = [any(p.read for p in v.pieces) for v in (case.original, case.translation)]
    if sides[0] == sides[1]:
        return None
    value = case.original if sides[0] else case.translation
    return _witness("letters", 1.0 if sides[0] else -1.0, value, about, "letters-in-figures")


def _noun(case: Case, about: Record) -> Feature | None:
    a, b = case.original, case.translation
    found = inner_witnesses.verdict(
        inner_witnesses.noun_agrees(about.text, a, a.amount), inner_witnesses.noun_agrees(about.text, a, b.amount)
    ) or inner_witnesses.verdict(
        inner_witnesses.noun_agrees(about.text, b, a.amount), inner_witnesses.noun_agrees(about.text, b, b.amount)
    )
    return _witness("noun_agrees", found, a if found and found > 0 else b, about, "noun-disagrees")


def _weekday(case: Case, about: Record) -> Feature | None:
    a, b = case.original, case.translation
    agrees = [inner_witnesses.weekday_agrees(about.text, v, about.year) for v in (a, b)]
    found = inner_witnesses.verdict(agrees[0], agrees[1])
    return _witness("weekday", found, a if found and found > 0 else b, about, "weekday-differs")


def _sum(case: Case, about: Record) -> Feature | None:
    left, right = case.original.amount, case.translation.amount
    if left is None or right is None:
        return None
    for value in (case.original, case.translation):
        for listed in about.series_of(value.place):
            at = [place for _, place in listed].index(value.place)
            amounts = [amount for amount, _ in listed]
            holds = [inner_witnesses.adds_up(amounts, at, amount) for amount in (left, right)]
            found = inner_witnesses.verdict(*holds)
            if found is not None:
                wrong = case.original if found > 0 else case.translation
                return _witness("sum", found, wrong, about, "sum-differs")
    return None


def _range(case: Case, about: Record) -> Feature | None:
    a, b = case.original, case.translation
    others = [k.value for k in about.texts]
    ordered = [inner_witnesses.in_order(about.text, v, others) for v in (a, b)]
    found = inner_witnesses.verdict(ordered[0], ordered[1])
    return _witness("range_order", found, a if found and found > 0 else b, about, "range-falls")


def _scale(case: Case, about: Record) -> Feature | None:
    left, right = case.original.amount, case.translation.amount
    if left is None or right is None or not scale_slip(left, right):
        return None
    return Feature("scale_slip", -1.0, (case.translation.place,), says="scale-slip")


def _transposed(case: Case, about: Record) -> Feature | None:
    for left, right in case.pieces:
        if left.form == right.form == "digits" and left.value is not None and right.value is not None:
            a, b = _figures(left.value), _figures(right.value)
            if transposed(a, b):
                said = (("observed", a), ("reading", b))
                return Feature("transposed", 1.0, (left.place,), says="figures-transposed", values=said)
    return None


def _witness(name: str, value: float | None, wrong: Value, about: Record, says: str) -> Feature | None:
    """An argument against one value, named."""
    if not value:
        return None
    return Feature(name, value, (wrong.place,), says=says, values=(("value", words(about.text, wrong)),))


def words(text: str, value: Value) -> str:
    """The value as it is written, line ends as blanks."""
    return " ".join(value.place.of(text).split())


Rule = Callable[[Case, Record], Feature | None]
RULES: tuple[Rule, ...] = (
    _impossible, _letters, _chronology, _weekday, _sum, _catalogue, _elsewhere, _noun, _range, _year, _confusable,
    _scale, _transposed, _usual,
)  # fmt: skip
