"""The catalogue header: rows such as "Citation:" and "Summary:" above the texts, up to the contents label.

The header is recognised by its labels, not by position; a file without one has an empty catalogue. The labels
that name the texts ("Original Scan", "Transcript - Russian", "Translation - English") may share their line with
the first words of a text.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from collation.model import Catalogue, CatalogueField, Place
from collation.reading.lines import Line

_LABELS = {
    "citation": "citation",
    "summary": "summary",
    "credits": "credits",
    "original language": "language",
    "contents": "contents",
    "source": "source",
    "title": "title",
    "date": "date",
    "creator": "creator",
    "rights": "rights",
}
_LABEL = regex.compile(r"(?P<name>\p{Lu}[\p{L} ]{2,24}?):[ \t*]*(?P<rest>.*)$")
_TEXT_LABEL = regex.compile(
    r"[-–—*•\s]*(?:Original\s+Scan|(?:Transcript|Translation|Transcription|Original)\s*[-–—]\s*\p{Lu}\p{L}+)\s*[*]*\s*",
    regex.IGNORECASE,
)
_MONTH = r"(?:\p{Lu}\p{Ll}+|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
_DATE = regex.compile(
    r"(?:\p{Lu}\p{Ll}+day,?\s+)?"
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?\s+(?:of\s+)?)?{_MONTH}\.?,?\s+"
    r"(?:\d{1,2}(?:\s*[-–]\s*\d{1,2})?,\s*)?)?\d{4}"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{2}-\d{2}"
)


@dataclass(frozen=True, slots=True)
class Header:
    """The catalogue, the text labels, and where the texts begin (offset and index of the line)."""

    catalogue: Catalogue
    labels: tuple[str, ...]
    body: int


def read_header(text: str, lines: list[Line]) -> Header:
    """The catalogue rows at the head of the file.

    Without a "Contents" row, or with no other row above it, nothing is taken for a header.
    """
    contents = _contents_line(lines)
    if contents is None or not any(_name(line) for line in lines[:contents]):
        return Header(Catalogue(), (), _first_content(lines))
    fields = _title_rows(lines[: _first_label(lines)]) + _labelled_rows(text, lines[:contents])
    labels, body = _text_labels(text, lines, contents)
    return Header(Catalogue(tuple(fields)), labels, body)


def _name(line: Line) -> str | None:
    match = _LABEL.match(line.text)
    name = match.group("name").lower() if match else line.text.rstrip(":* ").lower()
    return _LABELS.get(name) if line.text.rstrip("* ").endswith(":") or match else None


def _contents_line(lines: list[Line]) -> int | None:
    for index, line in enumerate(lines[:120]):
        if _name(line) == "contents":
            return index
    return None


def _first_label(lines: list[Line]) -> int:
    return next((i for i, line in enumerate(lines) if _name(line)), 0)


def _first_content(lines: list[Line]) -> int:
    return next((line.start for line in lines if not line.blank), 0)


def _title_rows(lines: list[Line]) -> list[CatalogueField]:
    """The date and the title that are above the first label; a site's own name lines are left out."""
    groups: list[list[Line]] = []
    for previous, line in zip([None, *lines], lines, strict=False):
        if line.blank:
            continue
        if previous is None or previous.blank or _is_date(previous) or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    fields: list[CatalogueField] = []
    for group in groups:
        value = " ".join(line.text.strip("* ") for line in group)
        place = Place.at(group[0].start, group[-1].stop)
        if _is_date(group[0]) and len(group) == 1:
            if not any(f.name == "date" for f in fields):
                fields.append(CatalogueField("date", value, place))
        elif any(f.name == "date" for f in fields) or len(groups) == 1 or _DATE.match(value):
            fields.append(CatalogueField("title", value, place))
    return fields


def _is_date(line: Line) -> bool:
    return bool(_DATE.fullmatch(line.text.strip("* ").removesuffix(".")))


def _labelled_rows(text: str, lines: list[Line]) -> list[CatalogueField]:
    fields = []
    starts = [i for i, line in enumerate(lines) if _name(line)]
    for i, stop in zip(starts, [*starts[1:], len(lines)], strict=False):
        name = _name(lines[i])
        if name is None:
            continue
        match = _LABEL.match(lines[i].text)
        body = [line for line in lines[i + 1 : stop] if not line.blank]
        start = (
            lines[i].start + match.start("rest") if match and match.group("rest") else (body[0].start if body else None)
        )
        end = body[-1].stop if body else lines[i].stop
        if start is not None and start < end:
            fields.append(CatalogueField(name, " ".join(text[start:end].split()), Place.at(start, end)))
    return fields


def _text_labels(text: str, lines: list[Line], contents: int) -> tuple[tuple[str, ...], int]:
    """The labels after "Contents:" and the offset of the first character of the texts."""
    labels: list[str] = []
    match = _LABEL.match(lines[contents].text)
    position = lines[contents].start + (match.start("rest") if match else len(lines[contents].text))
    while True:
        while position < len(text) and text[position].isspace():
            position += 1
        found = _TEXT_LABEL.match(text, position)
        if not found or found.end() == position:
            return tuple(labels), position
        labels.append(" ".join(found.group().strip(" *-–—•\n\r\t").split()))
        position = found.end()
