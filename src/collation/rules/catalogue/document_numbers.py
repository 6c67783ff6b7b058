"""The number of the document in the catalogue against that of its texts: "Cable No. 4120" over "CABLE No. 5120".

A number with "No." in the title or the summary that no text has, where a text has another of as many figures behind "No."
or "№". Which of them is wrong is not said: it is a note on both. Blind to numbers without such a sign.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context
from collation.evidence.read_values import read_values
from collation.knowledge.values.finding import find_values
from collation.knowledge.values.quantities import Value
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import without_reading

CODE = "CAT806"
_ROWS = ("title", "summary")
_LEAST = 10  # below it a number counts something else than documents


def document_numbers(context: Context) -> Iterator[Hypothesis]:
    """Numbers of the catalogue's title and summary that the texts have otherwise."""
    catalogue = context.document.role("catalogue")
    if catalogue is None:
        return
    rows = [f.place for f in context.document.source.catalogue.fields if f.name in _ROWS]
    texts = [
        v
        for w in context.document.witnesses
        if w.role != "catalogue"
        for s in (*w.segments, *w.furniture)
        for v in read_values(context, s.tokens, w.language, by_cells=False)
    ]
    amounts = {v.amount for v in texts}
    for segment in catalogue.segments:
        if not any(r.start <= segment.tokens[0].start < r.stop for r in rows):
            continue
        for value in find_values(segment.tokens, context.languages.translation):
            other = _other(value, texts) if value.amount not in amounts else None
            if other is not None:
                said = (("value", value.written(context.text)), ("other", other.written(context.text)))
                reason = Feature("document_number", 1.0, (other.place,), says="number-not-in-text", values=said)
                yield without_reading(CODE, (value.place, other.place), (reason,), side="catalogue")


def _other(value: Value, texts: list[Value]) -> Value | None:
    """A numbered value of the texts with as many figures, which differs in no more than half of them."""
    if value.kind != "number" or value.unit != "number" or value.amount is None or value.amount < _LEAST:
        return None
    own = str(value.amount)
    for other in texts:
        theirs = str(other.amount)
        if other.unit == "number" and len(theirs) == len(own):
            differ = sum(a != b for a, b in zip(own, theirs, strict=True))
            if 0 < differ <= len(own) // 2:
                return other
    return None


RULE = Rule(
    code=CODE,
    family="CAT",
    name="catalogue number",
    propose=document_numbers,
    sides=("catalogue",),
    harm="catalogue",
    prior=0.4,
    level="note",
    since="2026.11",
    says=("number-not-in-text",),
)
