"""The verdict of the gate for people: a line for each finding, or with the lines of both texts; and as JSON.

A line begins with path:line:column, which editors and terminals follow. What is settled or known is left out of the
text and marked in the JSON. Words of a document are shown on one line and cannot end it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from collation.model import Entry, Place, Source
from collation.model.verdict import Finding, Remark, Verdict
from collation.system.escaping import inert, visible_line
from collation.writers.elements import element_name
from collation.writers.phrases import Lang, figure, in_quotes, label, sentence
from collation.writers.wording import one_line, proposal, shown_lemma

FORMAT = "collation-check"
VERSION = 1
_WIDTH = 100


def check_text(verdict: Verdict, *, lang: Lang = "en") -> str:
    """A line for each finding and remark that somebody has to look at."""
    lines = [line_of(source, f, lang) for source, f in verdict.findings() if f.counts]
    lines += [remark_line(r, lang) for r in verdict.all_remarks()]
    return inert("".join(line + "\n" for line in lines))


def check_full(verdict: Verdict, *, lang: Lang = "en") -> str:
    """The same, each finding with its line, the English line that answers it, and why it is doubted."""
    parts = []
    for source, finding in verdict.findings():
        if finding.counts:
            parts.append("\n".join([line_of(source, finding, lang), *_lines(source, finding, lang)]) + "\n")
    remarks = "".join(remark_line(r, lang) + "\n" for r in verdict.all_remarks())
    return inert("\n".join(parts + ([remarks] if remarks else [])))


def line_of(source: Source, finding: Finding, lang: Lang) -> str:
    """A finding on one line: where, how grave, which rule, what is there and what is proposed."""
    entry = finding.entry
    start = entry.place.start
    where = f"{visible_line(source.label_at(start))}:{source.line(start)}:{source.column(start)}"
    said = f"{message(finding, lang)}{in_element(source, entry.place, lang)}"
    return f"{where}: {label(f'check.{finding.level}', lang)} {entry.code} {said}"


def in_element(source: Source, place: Place, lang: Lang) -> str:
    """Where a place is in a file that is no plain text, in brackets: " (paragraph 12)"; empty in a plain text."""
    element = source.element(place.start)
    return f" ({element_name(element, lang)})" if element else ""


def message(finding: Finding, lang: Lang) -> str:
    """The finding in words, without its place: lemma ] proposal (figure), and what became of it."""
    entry = finding.entry
    said = f"{shown_lemma(entry)} ] {in_quotes(proposal(entry, lang), lang)} ({figure(entry.probability, lang)})"
    notes = [] if finding.status == "open" else [label(f"check.{finding.status}", lang)]
    if finding.newer:
        notes.append(label("check.newer", lang))
    return f"{said} [{'; '.join(notes)}]" if notes else said


def reasons(entry: Entry, lang: Lang) -> list[str]:
    """Why it is doubted, and what speaks against that, as sentences."""
    features = (*entry.features, *(entry.readings[0].features if entry.readings else ()))
    found = dict.fromkeys(in_quotes(sentence(f.says, f.values, lang), lang) for f in features if f.says)
    return [one_line(text) for text in found]


def remark_line(remark: Remark, lang: Lang) -> str:
    """A remark on one line."""
    name = visible_line(remark.document)
    where = f"{name}:{remark.line}" if remark.line else name
    kind = label(f"check.remark.{remark.kind}", lang).format(words=one_line(remark.words) or "‹…›")
    rest = ", ".join(part for part in (remark.code, remark.editor) if part)
    return f"{where}: {kind}" + (f" ({rest})" if rest else "")


def _lines(source: Source, finding: Finding, lang: Lang) -> list[str]:
    entry = finding.entry
    found = [f"    {_side(entry)}  {_around(source, entry.place)}"]
    other = "R" if entry.side == "translation" else "E"
    seen = dict.fromkeys((*entry.places[1:], *entry.opposite))
    found += [f"    {other}  {_around(source, place)}" for place in seen]
    return found + [f"    · {said}" for said in reasons(entry, lang)]


def _side(entry: Entry) -> str:
    return {"original": "R", "translation": "E", "catalogue": "C"}[entry.side]


def _around(source: Source, place: Place) -> str:
    """The words around a place, the place in brackets."""
    text = source.text
    low, high = max(0, place.start - _WIDTH // 2), min(len(text), place.stop + _WIDTH // 2)
    before, after = text[low : place.start], text[place.stop : high]
    if low and " " in before:
        before = "…" + before.split(" ", 1)[1]
    if high < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0] + "…"
    return one_line(f"{before}⟦{text[place.start : place.stop]}⟧{after}")


def check_json(verdict: Verdict, *, lang: Lang = "en") -> str:
    """Everything, what does not count too. ``lang`` chooses the language of the messages."""
    findings = [_record(source, f, lang) for source, f in verdict.findings()]
    parts = {
        "format": FORMAT,
        "version": VERSION,
        "exit": verdict.exit_code(),
        "fail_on": verdict.fail_on,
        "documents": [d.source.label for d in verdict.documents],
        "summary": dict(sorted(Counter(f.status for _, f in verdict.findings()).items())),
        "findings": findings,
        "remarks": [_remark(r, lang) for r in verdict.all_remarks()],
        "failures": list(verdict.failures),
    }
    return inert("{\n " + ",\n ".join(f'"{key}": {_dump(value)}' for key, value in parts.items()) + "\n}\n")


def _dump(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n  " + ",\n  ".join(json.dumps(v, ensure_ascii=False) for v in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False)


def _record(source: Source, finding: Finding, lang: Lang) -> dict[str, Any]:
    entry = finding.entry
    place = entry.place
    judgement = finding.judgement
    return {
        "file": source.label_at(place.start),
        "document": source.id,
        "code": entry.code,
        "level": finding.level,
        "status": finding.status,
        "fails": finding.fails,
        "causes": list(finding.causes),
        "newer": finding.newer,
        "side": entry.side,
        "line": source.line(place.start),
        "column": source.column(place.start),
        "element": element_name(element, lang) if (element := source.element(place.start)) else None,
        "on_page": [
            {"page": item.page, "id": item.id, "box": item.box, "confidence": item.confidence}
            for item in source.on_page(place)
        ],
        "span": [[source.offset_in_file(s.start), source.offset_in_file(s.stop)] for s in place.spans],
        "lemma": entry.lemma,
        "readings": [r.text for r in entry.readings],
        "probability": round(entry.probability, 4),
        "harm": entry.harm,
        "message": message(finding, lang),
        "fingerprint": finding.fingerprint,
        "ruling": {"verdict": judgement.verdict, "editor": judgement.editor, "note": judgement.note}
        if judgement
        else None,
    }


def _remark(remark: Remark, lang: Lang) -> dict[str, Any]:
    return {
        "kind": remark.kind,
        "file": remark.document,
        "line": remark.line or None,
        "words": remark.words,
        "code": remark.code,
        "editor": remark.editor,
        "fails": remark.fails,
        "message": remark_line(remark, lang),
    }
