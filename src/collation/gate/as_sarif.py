"""The verdict as SARIF 2.1.0, which code hosts and editors read.

Columns count code points and the file says so. Settled findings are kept and marked as suppressed, known ones as
unchanged, so that nothing comes back as new when it is opened again. Proposals are fixes, for a person to take.
The fingerprints know neither lines nor probabilities. Sorted and compact: a code host takes ten megabytes packed and
shows five thousand results.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from collation.gate.as_text import in_element, message, reasons, remark_line
from collation.model import Entry, Place, Source
from collation.model.verdict import Finding, JudgedDocument, RuleNote, Verdict
from collation.system.escaping import inert
from collation.writers.phrases import Lang

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def check_sarif(verdict: Verdict, *, lang: Lang = "en") -> str:
    """The verdict as one run."""
    used = {f.entry.code for _, f in verdict.findings()}
    rules = sorted((r for r in _rules(verdict, used)), key=lambda r: r.code)
    index = {rule.code: i for i, rule in enumerate(rules)}
    driver = {"name": "collation", "version": verdict.version or "0", "rules": [_rule(r) for r in rules]}
    results = [_result(d, f, index, lang) for d in sorted(verdict.documents, key=_by_label) for f in d.findings]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(verdict, lang)],
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return inert(json.dumps(log, ensure_ascii=False, separators=(",", ":"))) + "\n"


def _by_label(document: JudgedDocument) -> str:
    return document.source.label


def _rules(verdict: Verdict, used: set[str]) -> list[RuleNote]:
    """The rules that found something, also one of a notebook, of which nothing is known but its code."""
    known = {r.code: r for r in verdict.rules}
    return [known.get(code, RuleNote(code, code, code, "")) for code in used]


def _rule(rule: RuleNote) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": rule.code,
        "name": rule.code,
        "shortDescription": {"text": rule.name},
        "fullDescription": {"text": rule.what or rule.name},
        "help": {"text": rule.about or rule.what or rule.name},
    }
    return found


def _invocation(verdict: Verdict, lang: Lang) -> dict[str, Any]:
    """Whether all could be examined, and what is to be reported of rulings and of the baseline."""
    told = [{"level": "error", "message": {"text": text}} for text in verdict.failures]
    for remark in verdict.all_remarks():
        told.append({"level": "error" if remark.fails else "note", "message": {"text": remark_line(remark, lang)}})
    found: dict[str, Any] = {"executionSuccessful": not verdict.failures, "exitCode": verdict.exit_code()}
    if told:
        found["toolExecutionNotifications"] = told
    return found


def _result(document: JudgedDocument, finding: Finding, index: dict[str, int], lang: Lang) -> dict[str, Any]:
    entry, source = finding.entry, document.source
    because = " ".join(reasons(entry, lang))
    text = message(finding, lang) + in_element(source, entry.place, lang)
    found: dict[str, Any] = {
        "ruleId": entry.code,
        "ruleIndex": index[entry.code],
        "level": finding.level,
        "message": {"text": f"{text}. {because}" if because else text},
        "locations": [_location(source, entry.place)],
        "partialFingerprints": {
            "collationFinding/v1": finding.fingerprint,
            "collationSurroundings/v1": finding.surroundings,
        },
        "rank": round(100 * entry.probability, 1),
        "baselineState": "unchanged" if finding.status == "known" else "new",
    }
    others = [_location(source, p, i) for i, p in enumerate((*entry.places[1:], *entry.opposite))]
    if others:
        found["relatedLocations"] = others
    fixes = _fixes(source, entry)
    if fixes:
        found["fixes"] = fixes
    suppressed = _suppressions(finding)
    if suppressed:
        found["suppressions"] = suppressed
    return found


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    """Settled by an editor, or known to the baseline."""
    judgement = finding.judgement
    if finding.status == "settled" and judgement is not None:
        why = f"{judgement.verdict}: {judgement.editor}" + (f". {judgement.note}" if judgement.note else "")
        return [{"kind": "external", "status": "accepted", "justification": why}]
    if finding.status == "known":
        return [{"kind": "external", "status": "accepted", "justification": "in the baseline"}]
    return []


def _location(source: Source, place: Place, number: int | None = None) -> dict[str, Any]:
    artifact = {"uri": _uri(source.label_at(place.start))}
    found: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact, "region": _region(source, place)}}
    return found if number is None else {"id": number, **found}


def _uri(label: str) -> str:
    """A path as the reference that SARIF wants; an absolute one as an address."""
    path = PurePosixPath(label)
    return ("file://" if path.is_absolute() else "") + quote(str(path))


def _region(source: Source, place: Place) -> dict[str, int]:
    return {
        "startLine": source.line(place.start),
        "startColumn": source.column(place.start),
        "endLine": source.line(place.stop),
        "endColumn": source.column(place.stop),
        "charOffset": source.offset_in_file(place.start),
        "charLength": place.stop - place.start,
    }


def _fixes(source: Source, entry: Entry) -> list[dict[str, Any]]:
    """The readings, the likeliest first, as replacements; never for what is to stay as it is."""
    places = (entry.place, *(edit.place for reading in entry.readings for edit in reading.edits))
    if entry.ruling == "stands" or any(source.element(place.start) for place in places):
        return []  # a place in a Word file is none that a program for texts could write at
    found = []
    for reading in entry.readings:
        by_file: dict[str, list[dict[str, Any]]] = {}
        for edit in reading.edits:
            replacement = {"deletedRegion": _region(source, edit.place), "insertedContent": {"text": edit.text}}
            by_file.setdefault(source.label_at(edit.place.start), []).append(replacement)
        changes = [
            {"artifactLocation": {"uri": _uri(name)}, "replacements": replacements}
            for name, replacements in by_file.items()
        ]
        found.append(
            {
                "description": {"text": f"{reading.text} ({', '.join((reading.basis, *reading.witnesses))})"},
                "artifactChanges": changes,
            }
        )
    return found
