"""A document in a line, for indexes: light enough to keep for thousands of documents."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from collation.decisions.placing import Book
from collation.model import Apparatus
from collation.writers.decided import NO_TALLY, Tally, count_places
from collation.writers.layout import Layout, lay_out
from collation.writers.phrases import Sentence
from collation.writers.ruled import ledger, unsettled
from collation.writers.wording import in_one_phrase

STATES = ("open", "scan", "disputed", "second", "ruled")
"""What may have become of a place, as a tally counts them; those that wait first."""
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Summary:
    """A document's line: ``stem`` names its report without suffix; ``worst`` is in English and Russian."""

    stem: str
    label: str
    title: str
    date: str
    total: int
    counts: Counter[str]
    worst: tuple[Sentence, Sentence] | None
    tally: Tally = NO_TALLY
    codes: tuple[str, ...] = ()


def summarise(stem: str, apparatus: Apparatus, book: Book | None = None) -> Summary:
    """The line of a document whose report is named ``stem``; what is settled is not the worst place any more."""
    layout = lay_out(apparatus)
    ruled = ledger(book, layout)
    first = unsettled(layout, ruled, 1)
    return Summary(
        stem,
        apparatus.source.label,
        title(layout),
        apparatus.source.catalogue.value("date"),
        count_places(apparatus, book),
        Counter(entry.harm for entry in apparatus.entries),
        (in_one_phrase(first[0], layout, "en"), in_one_phrase(first[0], layout, "ru")) if first else None,
        ruled.tally,
        tuple(sorted({entry.code for entry in apparatus.entries})),
    )


def index_page(number: int) -> str:
    """The name of a page of an index, without suffix."""
    return "index" if number == 1 else f"index.{number}"


def states_of(summary: Summary) -> tuple[str, ...]:
    """The states in which places of a document are; without rulings all are open."""
    tally = summary.tally
    if not tally.total:
        return ("open",) if summary.total else ()
    return tuple(name for name in STATES if getattr(tally, name))


def year_of(summary: Summary) -> int | None:
    """The first year in the catalogue's date."""
    found = _YEAR.search(summary.date)
    return int(found[0]) if found else None


def title(layout: Layout) -> str:
    """The title of a document: the catalogue's, else the name of its file."""
    return " ".join(layout.source.catalogue.value("title").split()) or Path(layout.source.label).name
