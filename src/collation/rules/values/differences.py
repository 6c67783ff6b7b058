"""Dates, numbers and clock times that differ between the original and its translation.

A scanner takes 1 for 7, a typist September for October, a translator a million for a billion. A difference is one
doubt with two places; the side that the arguments of ``sides`` blame comes first, with what it should read in its own
language and form, and what the other side should read if the blame is wrong. A translator's "[sic- October]" proves
that the slip is the original's own. Blind to values that only one side has, to slips that both sides share, and to a storey that is
one less in English: there the first floor is mostly the second этаж.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.knowledge.values.blame import SAID, blame
from collation.knowledge.values.finding import find_values
from collation.knowledge.values.quantities import Value
from collation.model import Feature, Hypothesis, Place, Testimony, Token
from collation.model.hypothesis import Side
from collation.model.rule import Rule
from collation.rules.values.document_values import Record, record
from collation.rules.values.mended_values import mended
from collation.rules.values.value_at_fault import blame_arguments, other_text_arguments, turned
from collation.rules.values.value_cases import Case, differing
from collation.rules.values.value_pairs import OpposedValues, Opposition, oppose

NUMBER, DATE, TIME = "VAL501", "VAL502", "VAL505"
_CODES = {"number": NUMBER, "date": DATE, "time": TIME}
# What moves the log-odds of the doubt
# How surely the values face each other; even; the most that counts
_FOR_SCORE, _USUAL_SCORE, _MOST_SCORE = 0.7, 1.8, 1.5
_SIC = 1.5  # the translator's "sic" names the reading
_STOREYS = frozenset({"этаж", "floor", "storey"})  # that English counts from the one above the ground


def survey(context: Context) -> tuple[Opposition, Record]:
    """The values of the document matched, and what the document says of them; made once for all rules."""
    opposition = oppose(context)
    return opposition, record(context, opposition)


def number_differences(context: Context) -> Iterator[Hypothesis]:
    """Numbers that differ."""
    yield from _differences(context, NUMBER)


def date_differences(context: Context) -> Iterator[Hypothesis]:
    """Days, months and years that differ, and those that the translator marked with [sic]."""
    yield from _differences(context, DATE)
    yield from _testified(context)


def time_differences(context: Context) -> Iterator[Hypothesis]:
    """Hours and minutes that differ."""
    yield from _differences(context, TIME)


def _differences(context: Context, code: str) -> Iterator[Hypothesis]:
    opposition, about = context.once(survey)
    for opposed in opposition.different:
        case = differing(opposed)
        if _CODES[case.original.kind] == code:
            found = _difference(context, opposed, case, about)
            if found is not None:
                yield found


def _difference(context: Context, opposed: OpposedValues, case: Case, about: Record) -> Hypothesis | None:
    if _counts_from_the_ground(context, opposed):
        return None
    russian = mended(context, opposed, case, "original")
    english = mended(context, opposed, case, "translation")
    if russian is None or english is None:
        return None
    reasons = (*blame_arguments(case, about), *other_text_arguments(context, russian))
    guilt = blame(reasons)
    suspected: Side = "original" if guilt >= 0.5 else "translation"
    first, second = (russian, english) if suspected == "original" else (english, russian)
    said = (
        _said(context, opposed, case, first.place, second.place),
        *(_signed(f) for f in (reasons if suspected == "original" else turned(reasons))),
        *_scale(opposed, guilt, second.text),
    )
    code = _CODES[case.original.kind]
    return Hypothesis(code, (first.place, second.place), (first,), said, suspected, "retroversion")


def _counts_from_the_ground(context: Context, opposed: OpposedValues) -> bool:
    """Whether two ordinals are those of one storey: второй этаж, the first floor."""
    ours, theirs = opposed.original.value, opposed.translation.value
    if not (ours.ordinal and theirs.ordinal) or ours.amount is None or theirs.amount != ours.amount - 1:
        return False
    russian, english = (
        context.pairs[opposed.original.pair].original,
        context.pairs[opposed.translation.pair].translation,
    )
    lemmas = {lemma for t in russian[ours.last : ours.last + 1] for lemma in context.language.lemmas(fold(t.text))}
    words = {t.text.lower().removesuffix("s") for t in english[theirs.last : theirs.last + 1]}
    return not lemmas.isdisjoint(_STOREYS) and not words.isdisjoint(_STOREYS)


def _said(context: Context, opposed: OpposedValues, case: Case, first: Place, second: Place) -> Feature:
    shown = (("original", case.original.written(context.text)), ("translation", case.translation.written(context.text)))
    return Feature("value_differs", opposed.score, (first, second), says="value-differs", values=shown)


def _signed(feature: Feature) -> Feature:
    return replace(feature, against=feature.value < 0)


def _scale(opposed: OpposedValues, guilt: float, mirror: str) -> Iterator[Feature]:
    """The figures for the judge: how surely they differ, how surely the first place is at fault, the mirror reading."""
    share = max(guilt, 1.0 - guilt)
    yield Feature("mirror", 1.0 - share, values=(("reading", mirror),))
    yield Feature("blame", share)
    yield Feature("reading_share", share)
    yield Feature("strength", max(-_MOST_SCORE, min(_MOST_SCORE, _FOR_SCORE * (opposed.score - _USUAL_SCORE))))
    if share < SAID:
        yield Feature("side_unknown", 1.0, says="side-unknown")


def _testified(context: Context) -> Iterator[Hypothesis]:
    """Values that both sides have and the translator marked as a slip of the original: "7 September [sic- October]"."""
    opposition, about = context.once(survey)
    translation = context.document.translation
    for testimony in translation.testimony if translation else ():
        if testimony.kind != "sic" or testimony.about is None or not testimony.content:
            continue
        for opposed in opposition.equal:
            if opposed.translation.value.place.overlaps(testimony.about):
                yield from _slip(context, opposed, testimony, about)


def _slip(context: Context, opposed: OpposedValues, testimony: Testimony, about: Record) -> Iterator[Hypothesis]:
    meant = _meant(context, testimony)
    right = _corrected(opposed.translation.value, meant) if meant else None
    if right is None:
        return
    case = differing(OpposedValues(opposed.original, replace(opposed.translation, value=right), opposed.score))
    edit = mended(context, opposed, case, "original")
    if edit is None or testimony.about is None:
        return
    shown = (("text", testimony.about.of(context.text)), ("reading", testimony.content))
    features = (
        Feature("sic", 1.0, (testimony.place,), says="translator-sic", values=shown),
        *(_signed(_naming(f, testimony.content)) for f in blame_arguments(case, about) if f.name != "scanned"),
        Feature("strength", _SIC),
    )
    yield Hypothesis(DATE, (edit.place, testimony.about), (edit,), features, "original", "retroversion")


def _naming(feature: Feature, reading: str) -> Feature:
    """The argument with the value that the testimony gives in place of the one that the token shows."""
    if feature.value < 0:
        return feature
    return replace(feature, values=tuple((k, reading if k == "value" else v) for k, v in feature.values))


def _meant(context: Context, testimony: Testimony) -> Value | None:
    """The value that a [sic- …] gives."""
    tokens = tuple(
        Token(word, testimony.place, "number" if word[0].isdigit() else "word")
        for word in testimony.content.strip(" .?!").split()
    )
    return next(iter(find_values(tokens, context.languages.translation)), None)


def _corrected(value: Value, meant: Value) -> Value | None:
    """The value with the pieces that the testimony gives otherwise."""
    pieces = tuple(
        replace(p, values=q.values) if (q := meant.piece(p.role)) is not None and q.values else p for p in value.pieces
    )
    return replace(value, pieces=pieces, others=()) if pieces != value.pieces else None


_ARGUED = (
    "witness-agrees",
    "witness-reads",
    "value-differs",
    "side-unknown",
    "catalogue-agrees",
    "value-elsewhere",
    "value-impossible",
    "digits-alike",
    "figures-transposed",
    "letters-in-figures",
)
_OF_NUMBERS = ("noun-disagrees", "range-falls", "scale-slip", "sum-differs")
_OF_DATES = ("range-falls", "weekday-differs")
NUMBERS = Rule(
    code=NUMBER,
    family="VAL",
    name="number discrepancy",
    propose=number_differences,
    sides=("original", "translation"),
    needs_translation=True,
    harm="value",
    prior=1.6,
    since="2026.11",
    says=(*_ARGUED, *_OF_NUMBERS),
)
DATES = Rule(
    code=DATE,
    family="VAL",
    name="date discrepancy",
    propose=date_differences,
    sides=("original", "translation"),
    needs_translation=True,
    harm="value",
    prior=1.8,
    since="2026.11",
    says=(*_ARGUED, *_OF_DATES, "translator-sic", "out-of-order", "year-after-document", "year-farther"),
)
TIMES = Rule(
    code=TIME,
    family="VAL",
    name="time discrepancy",
    propose=time_differences,
    sides=("original", "translation"),
    needs_translation=True,
    harm="value",
    prior=1.8,
    since="2026.11",
    says=(*_ARGUED, "out-of-order"),
)
