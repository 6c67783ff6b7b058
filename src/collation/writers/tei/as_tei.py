"""A document with its apparatus as TEI P5, valid against ``tei_all`` (3.0.0 and 4.7.0).

One file holds the original, the translation and the catalogue's header as the file has them, the apparatus in the text
(parallel segmentation), links between the paragraphs and the sentences of the two texts, and a header from the catalogue. Places that
overlap another one are listed behind the text, with their two ends in it. ``xenoData`` keeps what was written, so that a
file which an editor worked on can be compared with it. Which characters XML cannot hold, and what becomes of them, is in
``xml_tree``.
"""

from __future__ import annotations

from collections.abc import Sequence

from collation.decisions.placing import Book
from collation.decisions.ruling import Ruling
from collation.decisions.tei_state import WrittenState, WrittenUnit
from collation.model import Apparatus
from collation.writers.layout import Layout, lay_out
from collation.writers.phrases import Lang
from collation.writers.tei.app_forms import SIGLA, Form, FormContext, certainty_word, write_app
from collation.writers.tei.body import BodyWriter
from collation.writers.tei.header import write_header
from collation.writers.tei.text_blocks import blocks_of
from collation.writers.tei.units import Unit, units_of
from collation.writers.tei.xml_tree import Element, characters_used, node, put, serialise


def write_tei(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str:
    """TEI with ``app``, ``lem`` and ``rdg``."""
    return _write(apparatus, "app", lang, book)


def write_tei_choice(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str:
    """TEI with ``choice``, ``sic`` and ``corr``."""
    return _write(apparatus, "choice", lang, book)


def _write(apparatus: Apparatus, form: Form, lang: Lang, book: Book | None) -> str:
    layout = lay_out(apparatus)
    blocks = blocks_of(layout)
    units = units_of(layout, book, (block.span for block in blocks))
    return write_units(layout, units, form, lang=lang, state=_state(apparatus, units, form))


def write_units(
    layout: Layout,
    units: Sequence[Unit],
    form: Form,
    *,
    lang: Lang,
    state: WrittenState | None,
    remarks: Sequence[tuple[str, str]] = (),
) -> str:
    """A document with some places of it. ``state`` is kept in the file, to be compared with what comes back; a file that
    has none is an edition. ``remarks`` are said of the text in the header, each with the type of its note.
    """
    blocks = blocks_of(layout)
    rulings = _rulings(units)
    editors = {name: f"editor{n}" for n, name in enumerate(sorted({r.editor for r in rulings}), 1)}
    context = FormContext(form, lang, layout, editors)
    root = node(None, "TEI")
    text = node(root, "text")
    body = BodyWriter(layout, units, blocks, context)
    body.write(text)
    _back(text, body, context)
    characters = characters_used([root])
    write_header(
        root, layout, rulings, editors, form=form, lang=lang, characters=characters, state=state, remarks=remarks
    )
    return serialise(root)


def _rulings(units: Sequence[Unit]) -> tuple[Ruling, ...]:
    return tuple({ruling.id: ruling for unit in units for ruling in unit.rulings}.values())


def _back(text: Element, body: BodyWriter, context: FormContext) -> None:
    """The links of paragraphs and sentences, and the places that could not stand in the text."""
    rows = [ids for _, ids in sorted(body.ids.items()) if len({name[0] for name in ids}) > 1]
    paragraphs = [sorted(ids, key=lambda n: n[0] != "R") for ids in rows]
    if not paragraphs and not body.sentences.links and not body.attached:
        return
    back = node(text, "back")
    if paragraphs or body.sentences.links:
        aligned = node(back, "div", type="alignment")
        for kind, linked in (("paragraphs", paragraphs), ("sentences", body.sentences.links)):
            group = node(aligned, "linkGrp", type=kind) if linked else aligned
            for ids in linked:
                node(group, "link", target=" ".join(f"#{name}" for name in ids))
    if body.attached:
        listed = node(node(back, "div", type="apparatus"), "listApp", type="overlapping")
        for unit in body.attached:
            start, stop = f"#{unit.id}.from", f"#{unit.id}.to"
            write_app(listed, unit, lambda e, s: put(e, s.of(body.text)), context, start=start, stop=stop)


def _state(apparatus: Apparatus, units: Sequence[Unit], form: Form) -> WrittenState:
    """What was written, to be compared with what comes back."""
    source = apparatus.source
    written = {
        unit.id: WrittenUnit(
            side=SIGLA[unit.side],
            span=(unit.span.start, unit.span.stop),
            decision=unit.decision,
            lemma=unit.lemma,
            proposals=tuple(proposal.text for proposal in unit.proposals),
            cert=tuple(certainty_word(proposal.probability) for proposal in unit.proposals),
        )
        for unit in units
    }
    return WrittenState(form, source.id, source.digest, written)
