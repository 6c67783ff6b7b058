"""The verdict as annotations of GitHub, and a summary of the step in Markdown.

GitHub shows ten annotations of each level a step and drops the rest without a word. The gravest and surest are given,
the others are given as a number, and the whole report follows as text, which no limit cuts.
"""

from __future__ import annotations

from collections import Counter

from collation.gate.as_text import check_text, in_element, message, remark_line
from collation.model import Source
from collation.model.verdict import LEVELS, Finding, Verdict
from collation.system.escaping import inert, visible, visible_line
from collation.writers.phrases import Lang, label

MOST = 10
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def check_github(verdict: Verdict, *, lang: Lang = "en") -> str:
    """Annotations, how many were left out, then the report as text."""
    lines = []
    for level in LEVELS:
        found = sorted(((s, f) for s, f in verdict.findings() if f.counts and f.level == level), key=_surest)
        marks = [_annotation(source, f, lang) for source, f in found]
        if level == "error":
            marks = [*_troubles(verdict, lang), *marks]
        lines += marks[:MOST]
        if len(marks) > MOST:
            said = label("check.cut", lang).format(shown=MOST, all=len(marks), level=label(f"check.{level}", lang))
            lines.append(said)
    return "".join(line + "\n" for line in lines) + check_text(verdict, lang=lang)


def _troubles(verdict: Verdict, lang: Lang) -> list[str]:
    """What could not be examined, and rulings that make the check fail: of these there is no finding."""
    found = [f"::error::{_escaped(failure)}" for failure in verdict.failures]
    for remark in verdict.all_remarks():
        if remark.fails:
            where = f"file={_property(remark.document)}" + (f",line={remark.line}" if remark.line else "")
            found.append(f"::error {where}::{_escaped(remark_line(remark, lang))}")
    return found


def _surest(item: tuple[Source, Finding]) -> tuple[bool, float, str, int]:
    source, finding = item
    return not finding.fails, -finding.entry.probability, source.label, finding.entry.place.start


def _annotation(source: Source, finding: Finding, lang: Lang) -> str:
    place = finding.entry.place
    first, last = source.line(place.start), source.line(max(place.start, place.stop - 1))
    fields = {"file": source.label_at(place.start), "line": first, "endLine": last}
    if first == last:  # columns are understood on one line only
        fields |= {
            "col": source.column(place.start),
            "endColumn": source.column(place.start) + place.stop - place.start,
        }
    fields["title"] = f"{finding.entry.code}"
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in fields.items())
    return (
        f"::{_COMMANDS[finding.level]} {listed}::{_escaped(message(finding, lang) + in_element(source, place, lang))}"
    )


def _escaped(text: str) -> str:
    return inert(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(verdict: Verdict, *, lang: Lang = "en") -> str:
    """The summary of the step: a table of files and levels, then the findings that make the check fail."""
    lines = [f"## collation: {label('check.clean' if verdict.exit_code() == 0 else 'check.not-clean', lang)}", ""]
    heads = [label(f"check.{level}", lang) for level in LEVELS]
    lines += [f"| | {' | '.join(heads)} |", "|---|---|---|---|"]
    for document in verdict.documents:
        counts = Counter(f.level for f in document.findings if f.counts)
        if counts:
            lines.append(
                f"| `{_cell(visible_line(document.source.label))}` | {' | '.join(str(counts[level]) for level in LEVELS)} |"
            )
    lines += ["", *(f"- {_cell(line)}" for line in check_text(verdict, lang=lang).splitlines()[:200])]
    lines += [f"- {_cell(failure)}" for failure in verdict.failures]
    return visible("\n".join(lines)) + "\n"


def _cell(text: str) -> str:
    """Text that Markdown and HTML leave alone."""
    for sign in "\\`*_[]|#~":
        text = text.replace(sign, "\\" + sign)
    return text.replace("<", "&lt;")
