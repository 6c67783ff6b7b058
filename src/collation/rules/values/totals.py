"""Totals of tables that do not come out: the numbers of a column over "Итого", added up.

The sides agree, or there is but one: what differs between them is VAL501, for which the sum is a witness. Where one figure
changed for another that looks like it makes the sum come out, that is the reading; where several could, the first of them,
the total last; where none, the place is asked without one. Blind to subtotals and to columns of mixed units.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from collation.evidence.context import Context
from collation.evidence.tables import Table, TableRow, columns, tables
from collation.knowledge.values.blame import digits_confusable
from collation.knowledge.values.quantities import Value
from collation.knowledge.values.written import figures
from collation.model import Edit, Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import without_reading
from collation.rules.values.differences import survey

CODE = "VAL507"
_LEAST_ADDENDS = 2  # numbers above a total that make it one
_FAR = 0.5  # share by which a sum may miss its total: what misses by more is no sum
# What moves the log-odds of the doubt
_ONE_FIGURE = 1.0  # one figure makes the sum come out
_SEVERAL = 0.3  # in several places one could
Column = tuple[tuple[TableRow, Value], ...]


def totals(context: Context) -> Iterator[Hypothesis]:
    """Columns of the original's tables whose total is not their sum."""
    original = context.document.original
    if original is None:
        return
    disputed = {o.original.value.place for o in context.once(survey)[0].different}
    for table in tables(context, original):
        for column in _summed(table):
            if not disputed & {value.place for _, value in column}:
                yield from _doubted(context, column)


def _summed(table: Table) -> Iterator[Column]:
    """The columns down to their totals."""
    for column in columns(table):
        at = next((k for k, (row, _) in enumerate(column) if row.total), 0)
        if at >= _LEAST_ADDENDS:
            yield column[: at + 1]


def _doubted(context: Context, column: Column) -> Iterator[Hypothesis]:
    *addends, (_, total) = column
    amounts = [value.amount or Fraction(0) for _, value in addends]
    whole = total.amount or Fraction(0)
    reached = sum(amounts, Fraction(0))
    if reached == whole or not whole or abs(reached - whole) > Fraction(_FAR) * whole:
        return
    said = (("value", total.written(context.text)), ("sum", figures(reached, total.pieces[0].text) or str(reached)))
    reason = Feature("total", 1.0, tuple(value.place for _, value in column), says="total-differs", values=said)
    mended = [
        (value, text)
        for (_, value), wanted in zip(column, [*(a + whole - reached for a in amounts), reached], strict=True)
        if (text := _misread(value, wanted)) is not None
    ]
    if not mended:
        yield without_reading(CODE, (total.place,), (reason,))
        return
    value, text = mended[0]
    strength = Feature("strength", _ONE_FIGURE if len(mended) == 1 else _SEVERAL)
    share = Feature("reading_share", 1.0 / len(mended))
    edit = Edit(value.place, value.pieces[0].written(text))
    yield Hypothesis(CODE, (value.place,), (edit,), (reason, strength, share), "original", "conjecture")


def _misread(value: Value, wanted: Fraction) -> str | None:
    """The number as it would be written, when like figures make the one of the other."""
    piece = value.pieces[0]
    if len(value.pieces) != 1 or piece.form != "digits" or wanted <= 0:
        return None
    text = figures(wanted, piece.text)
    return text if text is not None and digits_confusable(piece.text, text) else None


RULE = Rule(
    code=CODE,
    family="VAL",
    name="total of a table",
    propose=totals,
    harm="value",
    prior=-0.3,
    since="2026.11",
    says=("total-differs",),
)
