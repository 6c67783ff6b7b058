"""The edition as TEI P5: the text of the document, at every place what the editors decided, and a footnote.

It is the TEI of a report without what nobody decided on: no proposals and no evidence. What is printed is settled before;
the text read with its lemmas (or ``corr``) is the text as emended, and read with the readings of the witness the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collation.alignment.align import align
from collation.alignment.facing import facing_rows, facing_sentences
from collation.edition.edit import Edition, Printed
from collation.edition.errata_and_notes import footnote, left_in_words, note_on_text
from collation.languages import pair_of_document
from collation.languages.knowledge import knowledge_for
from collation.model import Apparatus, Document
from collation.system.digest import library_versions
from collation.writers.layout import lay_out
from collation.writers.phrases import Lang
from collation.writers.tei.app_forms import Form
from collation.writers.tei.as_tei import write_units
from collation.writers.tei.units import Decision, Unit

_DECISIONS: dict[str, Decision] = {
    "emended": "emended", "done": "emended", "stands": "stands", "noted": "noted", "scan": "needs-scan",
}  # fmt: skip


def write_tei_edition(edition: Edition, document: Document, *, lang: Lang = "en") -> str:
    """The edition with ``app``, ``lem`` and ``rdg``; ``document`` is the one that it was made of, as it was read."""
    return _write(edition, document, "app", lang)


def write_tei_choice_edition(edition: Edition, document: Document, *, lang: Lang = "en") -> str:
    """The edition with ``choice``, ``sic`` and ``corr``."""
    return _write(edition, document, "choice", lang)


def _write(edition: Edition, document: Document, form: Form, lang: Lang) -> str:
    aligned = align(document, knowledge_for(languages=pair_of_document(document)))
    page = Apparatus(
        source=edition.source,
        rows=document.in_file(facing_rows(aligned)),
        entries=(),
        unexamined=(),
        versions=(("collation", library_versions(["collation"])[0].removeprefix("collation ")),),
        settings=(),
        sentences=document.in_file(facing_sentences(aligned)),
    )
    units = tuple(_units(edition.printed, edition.source.text, lang))
    return write_units(lay_out(page), units, form, lang=lang, state=None, remarks=list(_remarks(edition, lang)))


def _units(printed: Sequence[Printed], text: str, lang: Lang) -> Iterator[Unit]:
    """The places of an edition; a doubt that was rejected is none."""
    for item in printed:
        if item.kind not in _DECISIONS:
            continue
        emended = item.kind == "emended"
        span = item.place.envelope
        yield Unit(
            id=f"n{item.number}",
            side=item.side,
            span=span,
            decision=_DECISIONS[item.kind],
            lemma=item.reading if emended else span.of(text) if item.kind in ("done", "stands") else None,
            former=item.lemma if item.kind == "done" else None,
            rulings=(item.ruling,),
            footnote=(item.number, footnote(item, lang)),
        )


def _remarks(edition: Edition, lang: Lang) -> Iterator[tuple[str, str]]:
    """The note on the text, and what was not carried out, line by line."""
    yield from (("on-the-text", line) for line in note_on_text(edition, lang, form="tei")[1])
    yield from (("not-carried-out", line) for line in left_in_words(edition, lang)[1])
