"""One place of the apparatus as TEI, in one of two forms.

*app*: ``<app>`` with a ``lem`` where editors decided, a ``rdg`` of the witness and one for each proposed reading.
*choice*: ``<choice><sic/><corr/></choice>`` where editors emended, ``<sic>`` where the error is the document's own and
stays, ``<supplied>`` for lost text that was put in; what is undecided is a ``<seg>`` with the proposals in its note. In
neither form is a proposal that nobody decided on a ``lem`` or a ``corr`` of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from collation.decisions.ruling import Ruling
from collation.decisions.tei_state import AS_IT_IS
from collation.model import Span
from collation.model.hypothesis import Side
from collation.writers.layout import Layout
from collation.writers.phrases import Lang, Sentence, label
from collation.writers.ruled import outcome_of
from collation.writers.tei.units import ProposedText, Unit
from collation.writers.tei.xml_tree import Element, node, put
from collation.writers.wording import in_words, one_line

Form = Literal["app", "choice"]
SIGLA: Mapping[Side, str] = {"original": "R", "translation": "E", "catalogue": "C"}
TOOL = "#collation"
_PLAIN_SIGLUM = re.compile(r"[A-Z]")
_HIGH, _MEDIUM = 0.9, 0.7  # as in the words of a report

Fill = Callable[[Element, Span], None]
"""Puts a stretch of the document, with its lines and pages, into an element."""


@dataclass(frozen=True, slots=True)
class FormContext:
    """What every place is written with; ``editors`` are the ids of the editors by their names."""

    form: Form
    lang: Lang
    layout: Layout
    editors: Mapping[str, str]


def witness_id(siglum: str) -> str:
    """The id of another text in the header."""
    return siglum if _PLAIN_SIGLUM.fullmatch(siglum) else f"wit.{siglum}"


def _referred(sigla: Iterable[str]) -> str:
    return " ".join(f"#{witness_id(siglum)}" for siglum in sigla)


def certainty_word(probability: float) -> str:
    """high, medium or low."""
    shown = round(probability, 2)
    return "high" if shown >= _HIGH else "medium" if shown >= _MEDIUM else "low"


def write_unit(parent: Element, unit: Unit, fill: Fill, context: FormContext) -> None:
    """A place in the running text."""
    if context.form == "app":
        write_app(parent, unit, fill, context)
    else:
        _write_choice(parent, unit, fill, context)
        _notes(parent, unit, context, target=f"#{unit.id}")


def write_app(
    parent: Element, unit: Unit, fill: Fill, context: FormContext, *, start: str = "", stop: str = ""
) -> Element:
    """A place as ``app``, in the text or, with its two ends named, outside of it."""
    app = node(parent, "app", id=unit.id, type=unit.decision, from_=start, to=stop)
    agreeing = unit.item.entry.agreeing if unit.item is not None else ()
    witness, by = _referred((SIGLA[unit.side], *agreeing)), _responsible(unit, context)
    if unit.former is not None:
        fill(node(app, "lem", id=f"{unit.id}.w", wit=witness, resp=by, cert="high"), unit.span)
        node(app, "rdg", unit.former, type="former")
    elif unit.decision in AS_IT_IS:
        fill(node(app, "lem", id=f"{unit.id}.w", wit=witness, resp=by, cert="high"), unit.span)
    else:
        if unit.lemma is not None:
            _lemma(app, unit, by)
        fill(node(app, "rdg", id=f"{unit.id}.w", wit=witness), unit.span)
    for number, proposal in enumerate(unit.proposals, 1):
        if proposal.text != unit.lemma:
            _proposal(app, "rdg", unit, number, proposal)
    if unit.lost and not unit.proposals and unit.lemma is None:
        node(node(app, "rdg", id=f"{unit.id}.r1", type="lacuna", resp=TOOL), "gap", reason="lost")
    _notes(app, unit, context)
    return app


def _lemma(app: Element, unit: Unit, by: str) -> None:
    source = next((p.witnesses for p in unit.proposals if p.text == unit.lemma), ())
    lem = node(app, "lem", id=f"{unit.id}.l", wit=_referred(source), resp=by, cert="high")
    put_in = len(unit.span) == 0 and unit.lemma and (unit.lost or unit.footnote)
    inside = node(lem, "supplied", reason="lost" if unit.lost else "") if put_in else lem
    put(inside, unit.lemma or "")


def _proposal(parent: Element, tag: str, unit: Unit, number: int, proposal: ProposedText) -> Element:
    made = node(
        parent,
        tag,
        id=f"{unit.id}.r{number}",
        wit=_referred(proposal.witnesses) if tag == "rdg" else "",
        type=proposal.basis if tag == "rdg" else "",
        resp=TOOL,
        cert=certainty_word(proposal.probability),
        source="" if tag == "rdg" and proposal.witnesses else _source(unit, proposal),
    )
    lost = unit.lost and proposal.text and len(unit.span) == 0
    put(node(made, "supplied", reason="lost") if lost else made, proposal.text)
    return made


def _source(unit: Unit, proposal: ProposedText) -> str:
    """The witness that a proposal rests on: the other side, or the same text elsewhere."""
    if proposal.witnesses:
        return _referred(proposal.witnesses)
    if proposal.basis == "attested":
        return f"#{SIGLA[unit.side]}"
    answered = proposal.basis == "retroversion" or proposal.answers
    return ("#R" if unit.side == "translation" else "#E") if answered else ""


def _write_choice(parent: Element, unit: Unit, fill: Fill, context: FormContext) -> None:
    by = _responsible(unit, context)
    if unit.former is not None:
        fill(node(parent, "seg", id=unit.id, type="emended", subtype="former"), unit.span)
    elif unit.lemma is not None and unit.decision not in AS_IT_IS:
        if len(unit.span) == 0:
            reason = "" if unit.footnote and not unit.lost else "lost"
            node(parent, "supplied", unit.lemma, id=unit.id, reason=reason, resp=by, cert="high")
            return
        choice = node(parent, "choice", id=unit.id)
        fill(node(choice, "sic", id=f"{unit.id}.w"), unit.span)
        evidence = "external" if unit.item else "conjecture"
        source = next((_referred(p.witnesses) for p in unit.proposals if p.text == unit.lemma), "")
        node(choice, "corr", unit.lemma, id=f"{unit.id}.l", resp=by, cert="high", evidence=evidence, source=source)
    elif unit.decision == "stands":
        fill(node(parent, "sic", id=unit.id), unit.span)
    else:
        fill(node(parent, "seg", id=unit.id, type=unit.decision), unit.span)


def _responsible(unit: Unit, context: FormContext) -> str:
    """The editors who decided, as references to the header."""
    return " ".join(dict.fromkeys(f"#{context.editors[r.editor]}" for r in unit.rulings))


def _notes(parent: Element, unit: Unit, context: FormContext, *, target: str = "") -> None:
    if unit.item is not None:
        _evidence(parent, unit, context, target)
    if unit.footnote is not None:
        number, said = unit.footnote
        by = _responsible(unit, context)
        node(parent, "note", said, type="footnote", n=str(number), resp=by, target=target, lang=context.lang)
        return
    for ruling in unit.rulings:
        _ruling(parent, ruling, context, target)


def _evidence(parent: Element, unit: Unit, context: FormContext, target: str) -> None:
    """What is proposed and why, the sentences of the report; and how certain it is as figures."""
    assert unit.item is not None
    said = in_words(unit.item, context.layout, context.lang)
    note = node(parent, "note", type="evidence", resp=TOOL, target=target, lang=context.lang)
    node(note, "p", f"{said.where}. {said.kind}; {said.certainty}; {said.hand}.")
    if target:
        _listed(note, unit)
    for kind, arguments in (("why", said.why), ("against", said.against)):
        for argument in arguments:
            _sentence(node(note, "p", ana=f"#{kind}"), argument.sentence)
    place = f"#{unit.id}" if target else f"#{unit.id}.w"
    _degree(note, place, 1 - unit.item.entry.probability)
    for number, proposal in enumerate(unit.proposals, 1):
        if target or proposal.text != unit.lemma:
            _degree(note, f"#{unit.id}.r{number}", proposal.probability)


def _listed(note: Element, unit: Unit) -> None:
    """The proposals in a note, where the text has no room for them."""
    if unit.proposals:
        listed = node(note, "list", type="proposals")
        for number, proposal in enumerate(unit.proposals, 1):
            _proposal(node(listed, "item"), "corr", unit, number, proposal)


def _sentence(parent: Element, sentence: Sentence) -> None:
    for part in sentence:
        if part.quoted:
            node(parent, "mentioned", one_line(part.text), lang=part.lang)
        else:
            put(parent, part.text)


def _degree(parent: Element, target: str, probability: float) -> None:
    """How probable it is that a reading is right: of a proposal, if the document's is wrong."""
    node(parent, "certainty", target=target, locus="value", degree=f"{probability:.3f}", resp=TOOL)


def _ruling(parent: Element, ruling: Ruling, context: FormContext, target: str) -> None:
    note = node(
        parent,
        "note",
        type="ruling",
        resp=f"#{context.editors[ruling.editor]}",
        target=target,
        lang=context.lang,
    )
    put(note, label(f"ruled.{outcome_of([ruling], 'holds')}", context.lang))
    if ruling.reading is not None:
        put(note, ": ")
        node(note, "mentioned", one_line(ruling.reading) or "∅")
    put(note, ", ")
    node(note, "date", ruling.time[:10], when=ruling.time[:10])
    put(note, ".")
    if ruling.note:
        put(note, f" {one_line(ruling.note)}")
