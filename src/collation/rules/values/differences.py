"""Dates, numbers and clock times that differ between the original and its translation.

A scanner takes 1 for 7, a typist September for October, a translator a million for a billion. A difference is one
doubt with two places; the side that the arguments of ``sides`` blame comes first, with what it should read in its own
language and form, and what the other side should read if the blame is wrong. A translator's "[sic- October]" proves
that the slip is the original's own. Blind to values that only one side has, and to slips that both sides share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from collation.evidence.context import Context
from collation.knowledge.letters import like
from collation.knowledge.values.blame import SAID, blame
from collation.knowledge.values.finding import find_values
from collation.knowledge.values.numerals import decompose, english_words, word_for
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.knowledge.values.written import agreeing, figures, with_tail, write
from collation.model import Edit, Feature, Hypothesis, Place, Testimony, Token
from collation.model.hypothesis import Side
from collation.model.rule import Rule
from collation.rules.values.document_values import Record, record
from collation.rules.values.merged_numerals import swallowed_noun
from collation.rules.values.value_at_fault import blame_arguments, other_text_arguments, turned
from collation.rules.values.value_cases import Case, differing, words
from collation.rules.values.value_pairs import OpposedValues, Opposition, oppose

NUMBER, DATE, TIME = "VAL501", "VAL502", "VAL505"
_CODES = {"number": NUMBER, "date": DATE, "time": TIME}
# What moves the log-odds of the doubt
# How surely the values face each other; even; the most that counts
_FOR_SCORE, _USUAL_SCORE, _MOST_SCORE = 0.7, 1.8, 1.5
_SIC = 1.5  # the translator's "sic" names the reading
_SCALES = frozenset(Fraction(10**n) for n in (3, 6, 9))


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
    russian = _mended(context, opposed, case, "original")
    english = _mended(context, opposed, case, "translation")
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


def _said(context: Context, opposed: OpposedValues, case: Case, first: Place, second: Place) -> Feature:
    shown = (("original", words(context.text, case.original)), ("translation", words(context.text, case.translation)))
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


def _mended(context: Context, opposed: OpposedValues, case: Case, side: Side) -> Edit | None:
    """What one side should read if the other is right."""
    own, other = (case.original, case.translation) if side == "original" else (case.translation, case.original)
    if side == "original":
        swallowed = swallowed_noun(context, opposed, own, other)
        if swallowed is not None:
            return swallowed
    if _is_grouped(own):
        return _whole(context, own, other)
    changes = []
    for pair in case.pieces:
        mine, theirs = pair if side == "original" else (pair[1], pair[0])
        if theirs.value is None and mine.role not in {"year", "decade"}:
            return None
        value = theirs.value if theirs.value is not None else _in_century(theirs, mine)
        text = write(mine, value, context.languages.of(own.language))
        if text is None:
            return _whole(context, own, other)
        changes.append((mine, text))
    return _rewritten(context, changes) if changes else _whole(context, own, other)


def _in_century(theirs: NumberPiece, mine: NumberPiece) -> Fraction:
    """A year of two figures in the century of the year on the other side."""
    near = mine.value if mine.value is not None else Fraction(1950)
    return min(theirs.values, key=lambda year: (abs(year - near), year))


def _whole(context: Context, own: Value, other: Value) -> Edit | None:
    """The whole number written anew, where not one piece of it differs from one piece of the other."""
    amount = other.amount
    if amount is None or own.kind != "number":
        return None
    first, last = own.pieces[0], own.pieces[-1]
    if last.role == "scale" and first.value and last is not first and amount / first.value in _SCALES:
        text = write(last, amount / first.value, context.languages.of(own.language))
        return _rewritten(context, [(last, text)]) if text else None
    if _is_grouped(own) and amount.denominator == 1:
        # "375 000": the groups are in two tokens
        return Edit(Place.cover([p.place for p in own.pieces]), f"{int(amount):,}".replace(",", " "))
    if any(p.role == "share" for p in own.pieces) or sum(p.role == "amount" for p in own.pieces) > 1 < len(
        other.pieces
    ):
        return _as_figures(context, own, amount)
    if first.form == "digits":
        text = figures(amount / last.value if last.role == "scale" and last.value else amount, first.text)
        return _rewritten(context, [(first, text)]) if text else None
    text = _spelt(context, own, amount)
    place = Place.cover([p.place for p in own.pieces])
    return Edit(place, like(text, first.text)) if text else None


def _is_grouped(own: Value) -> bool:
    """Whether the number is written in groups behind blanks."""
    return (
        own.kind == "number"
        and len(own.pieces) > 1
        and {p.form for p in own.pieces[:2]} == {"digits"}
        and ({p.role for p in own.pieces} == {"amount"})
    )


def _as_figures(context: Context, own: Value, amount: Fraction) -> Edit | None:
    """A sum of several parts, or a fraction, written as one number in figures."""
    mark = "," if own.language == context.languages.translation.code else " "
    whole = (
        f"{int(amount):,}".replace(",", mark)
        if amount.denominator == 1
        else figures(amount, "0,0" if mark == " " else "0.0")
    )
    return Edit(own.place, whole) if whole else None


def _spelt(context: Context, own: Value, amount: Fraction) -> str | None:
    if amount.denominator != 1 or not 0 < amount < 1_000_000:
        return None
    if own.language == context.languages.translation.code:
        return None if own.ordinal else english_words(int(amount))
    if context.language.morphology is None:
        return None
    parts = decompose(int(amount))
    found = []
    for k, part in enumerate(parts):
        ordinal = own.ordinal and k == len(parts) - 1
        lemma = word_for(Fraction(part), own.language, ordinal=ordinal)
        form = agreeing(lemma, own.pieces[-1].text) if lemma and (ordinal or not own.ordinal) else lemma
        if form is None:
            return None
        found.append(form)
    return " ".join(found)


def _rewritten(context: Context, changes: list[tuple[NumberPiece, str]]) -> Edit:
    """One edit that covers all changed tokens, what is between them kept."""
    by_token: dict[Token, list[tuple[NumberPiece, str]]] = {}
    for piece, text in sorted(changes, key=lambda c: (c[0].token.start, c[0].start)):
        by_token.setdefault(piece.token, []).append((piece, text))
    tokens = list(by_token)
    written, reached = "", tokens[0].start
    for token in tokens:
        whole = token.text
        for piece, text in reversed(by_token[token]):
            whole = whole[: piece.start] + with_tail(text, whole[piece.stop :])
        written += context.text[reached : token.start] + whole
        reached = token.stop
    place = tokens[0].place if len(tokens) == 1 else Place.cover([t.place for t in tokens])
    return Edit(place, written)


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
    edit = _mended(context, opposed, case, "original")
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
