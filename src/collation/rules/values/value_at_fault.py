"""Whose fault a differing value is: what the catalogue, the rest of the document and the values themselves say.

Each argument is a function that answers with a Feature or abstains. Its value is positive when it speaks for the
original's fault and negative when it speaks for the translation's; ``turned`` sees it from the suspected side.
Nothing is decided by habit: where the arguments leave the scale level, "side_unknown" says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from collation.evidence.context import Context
from collation.evidence.other_texts import other_texts
from collation.knowledge.values import inner_witnesses
from collation.knowledge.values.blame import commonness, digits_confusable, scale_slip, transposed
from collation.knowledge.values.dates import LAST_YEAR
from collation.knowledge.values.quantities import Value
from collation.model import Edit, Feature
from collation.rules.values.document_values import Record
from collation.rules.values.repeated_values import catalogue_agrees, repeated_elsewhere
from collation.rules.values.value_cases import Case

_CENTURIES = 21  # the last century that there is
_NEAR_YEARS = 8.0  # years nearer to the document's own that count in full,
_FARTHER = 0.6  # and what they are worth beside a year that is later than the document


def blame_arguments(case: Case, about: Record) -> tuple[Feature, ...]:
    """What speaks for either side, strongest rule first."""
    found = [answer for rule in RULES if (answer := rule(case, about)) is not None and answer.value]
    if about.scanned:
        found.append(Feature("scanned", 1.0))
    return tuple(found)


def other_text_arguments(context: Context, mended: Edit) -> tuple[Feature, ...]:
    """What other texts of the original have at a value: the same, which speaks for the translation's fault unless the text is a copy of
    the original, or the value of the translation.
    """
    found = []
    for compared in context.once(other_texts).used:
        at = compared.stretch(mended.place)
        if at is None:
            continue
        if compared.has(at, mended.text):
            said = (("siglum", compared.siglum), ("reading", mended.text))
            found.append(Feature("other_text", 1.0, (mended.place,), "", "witness-reads", said))
        elif compared.agrees(at) and not compared.looks_copied:
            word = " ".join(mended.place.of(context.text).split())
            said = (("sigla", f"R, {compared.siglum}"), ("word", word))
            found.append(Feature("other_text", -1.0, (mended.place,), "", "witness-agrees", said))
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
        values=(("value", value.written(about.text)),),
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
        values=(("value", value.written(about.text)),),
    )


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
    return Feature(name, value, (wrong.place,), says=says, values=(("value", wrong.written(about.text)),))


Rule = Callable[[Case, Record], Feature | None]
RULES: tuple[Rule, ...] = (
    _impossible, _letters, _chronology, _weekday, _sum, catalogue_agrees, repeated_elsewhere, _noun, _range, _year, _confusable,
    _scale, _transposed, _usual,
)  # fmt: skip
