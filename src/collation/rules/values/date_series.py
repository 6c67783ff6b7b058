"""A date that breaks a series: number 412 of March 1950 between 411 of 2 March 1951 and 413 of 5 March 1951.

The letters of an office are numbered as they are sent. Where the numbers next to this one are in other documents of the collection,
with days that rise, the day at the head of this one should be between theirs. If it is not, and one other year, month or
day would put it there, that is proposed, with both neighbours named; where nothing would, the letter is of another series and nothing
is said. A year is doubted where the office's other letters of that year contradict it, or where there are none. Blind to a number that is misread, to dates below the head of a text, and without a file of the collection.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from collation.evidence.context import Context
from collation.evidence.numbered_letters import Between, InSeries, moved, places_in_series
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.knowledge.values.written import write
from collation.model import Edit, Feature, Hypothesis
from collation.model.hypothesis import Side
from collation.model.rule import Rule

CODE = "VAL508"
_SIDES: dict[str, Side] = {"original": "original", "translation": "translation"}
_MOST = 3  # days that are proposed at the most; where more would do the series says too little
# What moves the log-odds of the doubt
_ASKED, _USUAL = 0.5, 2  # each neighbour that was asked beyond two
_WIDE = 31.0  # days between the neighbours that take one of them
_BOTH = -1.5  # both texts have the same day


@dataclass(frozen=True, slots=True)
class _Mended:
    """A piece of the date with another number, and the neighbours between which it is then."""

    piece: NumberPiece
    number: int
    between: Between

    def day(self, own: date) -> date:
        """The day that it makes of the document's own."""
        return moved(own, **{self.piece.role: self.number})


def propose(context: Context) -> Iterator[Hypothesis]:
    """Dates at the head of a text that are not between those of the letters with the numbers before and after."""
    places = context.once(places_in_series)
    for witness in context.document.witnesses:
        tokens = {t.start for s in (*witness.segments, *witness.furniture) for t in s.tokens}
        for place in places:
            if witness.role in _SIDES and place.own.value.pieces[0].token.start in tokens and place.breaks:
                others = [other.own.day for other in places if other is not place]
                yield from _readings(context, place, _SIDES[witness.role], others)


def _readings(context: Context, place: InSeries, side: Side, others: list[date]) -> Iterator[Hypothesis]:
    """The readings of a date; ``others`` are the days that the other texts have: what one of them has too is the only one."""
    value, own = place.own.value, place.own.day
    known = [(mended, text) for mended in _others(place) if (text := _written(context, value, mended)) is not None]
    found = [item for item in known if item[0].day(own) in others] or known
    if len(found) > _MOST:
        return
    for mended, text in found:
        between = mended.between
        values = (
            ("value", value.written(context.text)),
            ("number", str(place.own.number)),
            ("before", str(between.before)),
            ("after", str(between.after)),
        )
        wide = (between.after.day - between.before.day).days / _WIDE
        features = (
            Feature("series", 1.0, (value.place,), "collection", "series-breaks", values),
            Feature("reading_share", 1.0 / len(found)),
            Feature("strength", _ASKED * (between.asked - _USUAL) - wide + (_BOTH if own in others else 0.0)),
        )
        edit = Edit(mended.piece.token.place, text)
        yield Hypothesis(CODE, (edit.place,), (edit,), features, side, "conjecture")


def _written(context: Context, value: Value, mended: _Mended) -> str | None:
    text = write(mended.piece, Fraction(mended.number), context.languages.of(value.language))
    return mended.piece.written(text) if text is not None else None


def _others(place: InSeries) -> list[_Mended]:
    """What one piece of the date might be so that it does not break the series: another year or month, else a day of which one
    figure differs.
    """
    own, value, here = place.own.day, place.own.value, place.here
    year, month, day = value.piece("year"), value.piece("month"), value.piece("day")
    tried = [_Mended(year, b.before.day.year, b) for b in place.elsewhere] if year else []
    if month and here:
        tried += [_Mended(month, number, here) for number in range(1, 13) if number != own.month]
    found = [mended for mended in tried if mended.between.holds(mended.day(own))]
    if found or not (day and here):
        return found
    days = [_Mended(day, number, here) for number in range(1, 32) if _one_figure(own.day, number)]
    return [mended for mended in days if here.holds(mended.day(own))]


def _one_figure(left: int, right: int) -> bool:
    """Whether a day is another by one figure, or has one more or fewer."""
    a, b = str(left), str(right)
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return a in b or b in a


RULE = Rule(
    code=CODE,
    family="VAL",
    name="date out of its series",
    propose=propose,
    sides=("original", "translation"),
    needs_collection=True,
    harm="value",
    prior=1.0,
    since="2026.12",
    says=("series-breaks",),
)
