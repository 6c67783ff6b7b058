"""Dates that cannot be, or that are damaged: "26.1949", "1/Е 1950", "31 сентября", "7887 г.", a year after the document.

What is left of the date is completed from the translation, the catalogue and the other dates of the document. VAL503
is what contradicts the calendar, VAL504 what contradicts the document's own time: a step dated before the one that
went before it, a full date later than the catalogue's year. Works without a translation. Blind to a wrong date that
is possible and not late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from collation.evidence.chronology import Event, contradictions
from collation.evidence.context import Context
from collation.evidence.read_values import read_values
from collation.knowledge.values.dates import LAST_YEAR, days_in
from collation.knowledge.values.quantities import NumberPiece, Role, Value, meet
from collation.knowledge.values.written import write
from collation.model import Edit, Feature, Hypothesis, Place
from collation.model.rule import Rule
from collation.rules.base import without_reading
from collation.rules.values.differences import survey
from collation.rules.values.document_values import Record

DAMAGED, CHRONOLOGY = "VAL503", "VAL504"
_ROLES: tuple[Role, ...] = ("day", "month", "year")
_CANDIDATES = 3  # dates that are proposed, the likeliest
# What attests a date in the stead of a damaged one
_TRANSLATION = 3.0  # the translation
_YEAR, _DAY = 1.0, 2.0  # another date of text or catalogue, by its weight: for the year; for day and month
_DOCUMENT_YEAR, _MOST_DATES = 1.0, 2.0  # the document's year, and the most that dates of that year add
_NO_CANDIDATE = 0.5  # that it is none of the candidates
_MOST_STRENGTH, _WITHOUT = 1.5, -0.5  # log-odds: the most that its candidates add to a doubt; a doubt without any


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A value that a damaged piece may have had: how well it is attested, where, and by whom."""

    value: Fraction
    weight: float
    places: tuple[Place, ...]
    says: str
    shown: str


def damaged(context: Context) -> Iterator[Hypothesis]:
    """Readings for dates that are broken or impossible."""
    opposition, about = context.once(survey)
    disputed = {o.original.value.place for o in opposition.different}
    partners = {o.original.value.place: o.translation.value for o in opposition.equal}
    for value in _dates(context):
        piece = _wrong(value)
        if piece is None or value.place in disputed:
            continue
        found = _candidates(value, piece, about, partners.get(value.place))
        if piece.role == "year" and not found and len(piece.text) == 4:
            continue
        yield from _readings(context, DAMAGED, value, piece, found, _impossible(context.text, value))


def _dates(context: Context) -> Iterator[Value]:
    original = context.document.original
    for segment in (*original.segments, *original.furniture) if original else ():
        yield from (
            v for v in read_values(context, segment.tokens, context.language.code, by_cells=False) if v.kind == "date"
        )


def _wrong(value: Value) -> NumberPiece | None:
    """The piece of a date that cannot be, the month before the day where both may be at fault."""
    month, day, year = value.piece("month"), value.piece("day"), value.piece("year")
    if month is not None and (not month.values or not all(1 <= m <= 12 for m in month.values)):
        return month
    if day is not None and day.value is not None and not 1 <= day.value <= days_in(value.pieces):
        return day
    if year is not None and year.value is not None and not 1000 <= year.value <= LAST_YEAR:
        return year
    return None


def _impossible(text: str, value: Value) -> Feature:
    return Feature("impossible", 1.0, (value.place,), says="value-impossible", values=(("value", value.written(text)),))


def _candidates(value: Value, piece: NumberPiece, about: Record, partner: Value | None) -> list[DateCandidate]:
    """What the translation, the catalogue and the other dates make of the piece, best attested first."""
    found: dict[Fraction, DateCandidate] = {}
    theirs = partner.piece(piece.role) if partner else None
    if partner is not None and theirs is not None and theirs.value is not None:
        found[theirs.value] = DateCandidate(
            theirs.value, _TRANSLATION, (partner.place,), "translation-reads", partner.written(about.text)
        )
    for known, says in [(k, "catalogue-agrees") for k in about.catalogue] + [
        (k, "date-elsewhere") for k in about.texts
    ]:
        own = known.value.piece(piece.role)
        if own is None or own.value is None or known.place == value.place or known.value.broken:
            continue
        if not _completes(value, known.value, piece) or not _near(piece, own.value, known.value):
            continue
        old = found.get(own.value)
        weight = known.weight * (_YEAR if piece.role == "year" else _DAY) + (old.weight if old else 0.0)
        places = (*(old.places if old else ()), known.place)
        found[own.value] = DateCandidate(
            own.value,
            weight,
            places[:4],
            old.says if old else says,
            old.shown if old else known.value.written(about.text),
        )
    ranked = sorted(found.values(), key=lambda c: (-c.weight, c.value))
    return ranked[:_CANDIDATES]


def _completes(value: Value, other: Value, piece: NumberPiece) -> bool:
    """Whether another date agrees with what is left of this one: day and year for a month, month for a day."""
    if piece.role == "year":
        return True
    rest: list[Role] = [r for r in _ROLES if r != piece.role]
    meets = [meet(value.piece(r), other.piece(r)) for r in rest]
    return False not in meets and True in meets and (piece.role != "month" or meets[0] is True)


def _near(piece: NumberPiece, candidate: Fraction, date: Value) -> bool:
    """A damaged figure has lost or changed one place; a month that is gone altogether may be any."""
    if piece.form == "damaged":
        return True
    left, right = piece.text, str(int(candidate))
    if piece.role == "year":
        return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1
    return abs(len(left) - len(right)) <= 1 and (len(set(left) & set(right)) > 0 or piece.form == "word")


def _readings(
    context: Context, code: str, value: Value, piece: NumberPiece, found: list[DateCandidate], reason: Feature
) -> Iterator[Hypothesis]:
    written = [(c, text) for c in found if (text := write(piece, c.value, context.language)) is not None]
    total = sum(c.weight for c, _ in written) + _NO_CANDIDATE
    for candidate, text in written:
        said = (("value", candidate.shown), ("count", str(len(candidate.places))))
        features = (
            reason,
            Feature("attested_date", candidate.weight, candidate.places, says=candidate.says, values=said),
            Feature("reading_share", candidate.weight / total),
            Feature("strength", min(_MOST_STRENGTH, candidate.weight / 2)),
        )
        edit = _edit(context.text, code, value, piece, text)
        yield Hypothesis(code, (edit.place,), (edit,), features, "original", "conjecture")
    if not written:
        yield without_reading(code, (value.place,), (reason, Feature("strength", _WITHOUT)))


def _edit(source: str, code: str, value: Value, piece: NumberPiece, text: str) -> Edit:
    """The whole date anew where it is damaged, else the one figure."""
    written = piece.written(text)
    place = Place.cover([p.place for p in value.pieces])
    if code != DAMAGED or len(piece.token.place.spans) > 1:
        return Edit(piece.token.place, written)
    token = piece.token
    return Edit(place, source[place.start : token.start] + written + source[token.stop : place.stop])


def chronology(context: Context) -> Iterator[Hypothesis]:
    """Full dates later than the document, and steps that are dated before the step that went before."""
    yield from _late(context)
    opposition, _ = context.once(survey)
    disputed = {
        p.place for o in opposition.different for v in (o.original.value, o.translation.value) for p in v.pieces
    }
    original = context.document.original
    extent = {s.place.start for s in (*original.segments, *original.furniture)} if original else set()
    if not extent:
        return
    for earlier, later in contradictions(context):
        here = original is not None and any(later.word in s.tokens for s in (*original.segments, *original.furniture))
        if here and not disputed & {*earlier.places, *later.places}:
            yield _contradiction(context, earlier, later)


def _contradiction(context: Context, earlier: Event, later: Event) -> Hypothesis:
    said = (("later", _moment(context, later)), ("earlier", _moment(context, earlier)))
    reason = Feature("chronology", 1.0, (*earlier.places, *later.places), says="step-before-step", values=said)
    return without_reading(CHRONOLOGY, (later.places[0], earlier.places[0]), (reason,))


def _moment(context: Context, event: Event) -> str:
    return " ".join(v.written(context.text) for v in (event.date, event.time) if v is not None)


def _late(context: Context) -> Iterator[Hypothesis]:
    """ "31 августа 1948" in a document of 1918: a year one figure away from the document's, and after it."""
    opposition, about = context.once(survey)
    if about.year is None:
        return
    settled = {o.original.value.place for o in (*opposition.different, *opposition.equal)}
    for value in _dates(context):
        year, number = value.piece("year"), value.known("year")
        if year is None or number is None or value.place in settled or value.piece("month") is None:
            continue
        target = Fraction(about.year)
        if not about.year < number <= LAST_YEAR or not _near(year, target, value):
            continue
        said = (("year", str(number)), ("document", str(about.year)))
        reason = Feature("year_plausible", 1.0, (value.place,), says="year-after-document", values=said)
        attested = [k for k in about.texts if k.value.known("year") == about.year and k.value.piece("month")]
        candidate = DateCandidate(
            target,
            _DOCUMENT_YEAR + min(_MOST_DATES, sum(k.weight for k in attested)),
            (),
            "document-year",
            str(about.year),
        )
        yield from _readings(context, CHRONOLOGY, value, year, [candidate], reason)


DAMAGED_DATES = Rule(
    code=DAMAGED,
    family="VAL",
    name="impossible or damaged date",
    propose=damaged,
    harm="value",
    prior=1.2,
    since="2026.11",
    says=("value-impossible", "translation-reads", "catalogue-agrees", "date-elsewhere"),
)
ORDER = Rule(
    code=CHRONOLOGY,
    family="VAL",
    name="chronological contradiction",
    propose=chronology,
    harm="value",
    prior=0.4,
    since="2026.11",
    says=("step-before-step", "year-after-document", "document-year"),
)
