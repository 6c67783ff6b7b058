"""What the whole document says of values: those of its texts, those of its catalogue, its year, its order of events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import regex

from collation.evidence.chronology import out_of_order
from collation.evidence.context import Context
from collation.evidence.read_values import read_values
from collation.evidence.tables import columns, tables
from collation.knowledge.values.dates import FIRST_YEAR, LAST_YEAR
from collation.knowledge.values.quantities import Value
from collation.model import Place
from collation.rules.values.value_pairs import Opposition

# What a value is worth as a witness
_AGREED, _ONE_SIDE, _IN_CATALOGUE = 1.0, 0.5, 1.0  # both sides have it; one has it; the catalogue has it
_DISPUTED_OTHER, _DISPUTED_OWN = 0.5, 0.1  # it is in dispute itself: for the other side; for its own
_SHELFMARK = regex.compile(
    r"https?://\S+|(?<![\p{L}\p{N}])(?:fond|f|op|opis|d|delo|ll?|listy?|p|pp|pages?|papka|folder|box|file|reel|roll|ch|para|§"
    r"|ф|оп|д|лл?|п|папка|дело|опись|фонд|лист|с|стр)\b\.?\s*\d[\d,;\s–-]*(?:(?:ob|об|rev)\b\.?)?",
    regex.I,
)
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


Series = tuple[tuple[Fraction, Place], ...]
"""Numbers that follow one another in a paragraph, or in a column of a table, each with its place."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the whole document says of values: those of the texts and those of the catalogue."""

    texts: tuple[KnownValue, ...]
    catalogue: tuple[KnownValue, ...]
    year: int | None
    disordered: frozenset[Place]
    scanned: bool
    text: str
    series: tuple[Series, ...] = ()

    def series_of(self, place: Place) -> Iterator[Series]:
        """The rows of numbers in which one is at this place."""
        return (listed for listed in self.series if any(p == place for _, p in listed))


def record(context: Context, opposition: Opposition) -> Record:
    """Every value of the document with its weight: what both sides say is worth most."""
    document = context.document
    shelfmarks = _shelfmarks(context)
    disputed = {m.value.place for o in opposition.different for m in (o.original, o.translation)}
    agreed = {m.value.place for o in opposition.equal for m in (o.original, o.translation)}
    texts, catalogue = [], []
    series: list[Series] = []
    for witness in document.witnesses:
        for segment in (*witness.segments, *witness.furniture):
            values = read_values(context, segment.tokens, witness.language, by_cells=True)
            series.append(tuple((v.amount, v.place) for v in values if v.amount is not None and not v.ordinal))
            for value in values:
                place = value.place
                if witness.role == "catalogue":
                    if not _in_shelfmark(place, shelfmarks):
                        catalogue.append(KnownValue(value, place, _IN_CATALOGUE))
                else:
                    texts.append(KnownValue(value, place, _AGREED if place in agreed else _ONE_SIDE, place in disputed))
        for table in tables(context, witness) if witness.role != "catalogue" else ():
            series += [tuple((v.amount or Fraction(0), v.place) for _, v in column) for column in columns(table)]
    labels = " ".join(document.source.labels).lower()
    scanned = "transcript" not in labels or "scan" in labels
    year = document_year(context, texts, catalogue)
    return Record(tuple(texts), tuple(catalogue), year, out_of_order(context), scanned, context.text, tuple(series))


def _shelfmarks(context: Context) -> tuple[tuple[int, int], ...]:
    """The stretches of the catalogue that are numbers of fonds, files and leaves, of paragraphs, or in addresses: they count
    nothing that a document tells."""
    catalogue = context.document.role("catalogue")
    if catalogue is None or not catalogue.segments:
        return ()
    start, stop = catalogue.segments[0].place.start, catalogue.segments[-1].place.stop
    return tuple(m.span() for m in _SHELFMARK.finditer(context.text, start, stop))


def _in_shelfmark(place: Place, stretches: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= place.start < stop for start, stop in stretches)


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
