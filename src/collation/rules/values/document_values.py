"""What the whole document says of values: those of its texts, those of its catalogue, its year, its order of events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from collation.evidence.context import Context
from collation.knowledge.values.dates import FIRST_YEAR, LAST_YEAR
from collation.knowledge.values.finding import find_values
from collation.knowledge.values.quantities import Value
from collation.model import Place
from collation.rules.values.chronology import out_of_order
from collation.rules.values.value_pairs import Opposition

# What a value is worth as a witness
_AGREED, _ONE_SIDE, _IN_CATALOGUE = 1.0, 0.5, 1.0  # both sides have it; one has it; the catalogue has it
_DISPUTED_OTHER, _DISPUTED_OWN = 0.5, 0.1  # it is in dispute itself: for the other side; for its own
_LEAST_YEAR = 1.0  # the weight of the document's year


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value that occurs somewhere in the document or its catalogue, and how much it is worth as a witness.

    One in dispute itself is worth something only for the other side: two slips seldom agree.
    """

    value: Value
    place: Place
    weight: float
    disputed: bool = False

    def worth(self, language: str) -> float:
        """The weight for a value of a text in this language."""
        return (
            self.weight if not self.disputed else _DISPUTED_OTHER if self.value.language != language else _DISPUTED_OWN
        )


@dataclass(frozen=True, slots=True)
class Record:
    """What the whole document says of values: those of the texts and those of the catalogue."""

    texts: tuple[KnownValue, ...]
    catalogue: tuple[KnownValue, ...]
    year: int | None
    disordered: frozenset[Place]
    scanned: bool
    text: str


def record(context: Context, opposition: Opposition) -> Record:
    """Every value of the document with its weight: what both sides say is worth most."""
    document = context.document
    disputed = {m.value.place for o in opposition.different for m in (o.original, o.translation)}
    agreed = {m.value.place for o in opposition.equal for m in (o.original, o.translation)}
    texts, catalogue = [], []
    for witness in document.witnesses:
        for segment in (*witness.segments, *witness.furniture):
            for value in find_values(segment.tokens, context.languages.of(witness.language)):
                place = value.place
                if witness.role == "catalogue":
                    catalogue.append(KnownValue(value, place, _IN_CATALOGUE))
                else:
                    texts.append(KnownValue(value, place, _AGREED if place in agreed else _ONE_SIDE, place in disputed))
    labels = " ".join(document.source.labels).lower()
    scanned = "transcript" not in labels or "scan" in labels
    year = document_year(context, texts, catalogue)
    return Record(tuple(texts), tuple(catalogue), year, out_of_order(context), scanned, context.text)


def document_year(context: Context, texts: Iterable[KnownValue], catalogue: Iterable[KnownValue]) -> int | None:
    """The year of the document: of the catalogue's date, of its other rows, or of most full dates of the texts."""
    fields = context.document.source.catalogue
    for name in ("date", "title"):
        row = fields.first(name)
        own = [y for k in catalogue if row and row.place.start <= k.place.start < row.place.stop if (y := _year_of(k))]
        if own:
            return max(own)
    return _commonest(catalogue) or _commonest(k for k in texts if k.value.piece("month"))


def _year_of(known: KnownValue) -> int | None:
    year = known.value.known("year")
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR and not known.value.broken else None


def _commonest(known: Iterable[KnownValue]) -> int | None:
    counts: dict[int, float] = {}
    for k in known:
        year = _year_of(k)
        if year is not None:
            counts[year] = counts.get(year, 0.0) + (_DISPUTED_OWN if k.disputed else k.weight)
    best = max(counts, key=lambda y: (counts[y], -y), default=None)
    return best if best is not None and counts[best] >= _LEAST_YEAR else None
