"""A document in a line, for indexes: light enough to keep for thousands of documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from collation.decisions.placing import Book
from collation.model import Apparatus
from collation.writers.decided import NO_TALLY, Tally
from collation.writers.layout import Layout, lay_out
from collation.writers.phrases import Sentence
from collation.writers.ruled import ledger, unsettled
from collation.writers.wording import in_one_phrase


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
        len(apparatus.entries) + len(ruled.found),
        Counter(entry.harm for entry in apparatus.entries),
        (in_one_phrase(first[0], layout, "en"), in_one_phrase(first[0], layout, "ru")) if first else None,
        ruled.tally,
    )


def title(layout: Layout) -> str:
    """The title of a document: the catalogue's, else the name of its file."""
    return " ".join(layout.source.catalogue.value("title").split()) or Path(layout.source.label).name
