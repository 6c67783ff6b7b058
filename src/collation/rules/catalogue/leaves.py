"""The leaves of the archive: those that the citation names and those of the archive's own line under the text."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from collation.evidence.context import Context
from collation.knowledge.values.atoms import whole_number
from collation.model import CatalogueField, Place

_CITED = regex.compile(r"\b(?P<label>listy|list|ll|l)\.?\s(?P<leaves>\d[\d\s,.–-]*(?:ob\.?)?[\d\s,–-]*)", regex.I)
_ON_PAGE = regex.compile(r"Лист(?:ы)?\s*(?:N|№)?\s*(?P<leaves>\d[\d\s,.–об-]*)")
_MOST = 400  # leaves that one range may have
_REACH = 400  # characters behind the name of the fond in which its leaves are
_PAST_END = 40  # characters behind the texts in which they may end


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Leaves:
    """Leaves as they are written, with the set of their numbers."""

    text: str
    numbers: frozenset[int]
    place: Place
    label: Label


def leaves_cited(context: Context, row: CatalogueField) -> Leaves | None:
    """The leaves of the citation, when it names one run of them."""
    found = list(_CITED.finditer(context.text, row.place.start, row.place.stop))
    return _leaves(found[0]) if len(found) == 1 else None


def leaves_on_page(context: Context) -> Leaves | None:
    """The leaves of the archive's line, which names the fond as well."""
    original = context.document.original
    if original is None:
        return None
    stop = max(s.place.stop for s in (*original.segments, *original.furniture))
    start = context.text.rfind("Фонд", 0, stop)
    match = _ON_PAGE.search(context.text, start, min(stop + _PAST_END, start + _REACH)) if start >= 0 else None
    return _leaves(match) if match else None


def _leaves(match: regex.Match[str]) -> Leaves:
    text = match.group("leaves").rstrip(" \n\r\t,.-–")
    numbers: set[int] = set()
    for run in regex.finditer(r"(\d+)(?:\s*[–-]\s*(\d+))?", text):
        first, last = whole_number(run[1]), whole_number(run[2] or run[1])
        if first is None or last is None:
            continue
        numbers.update(range(first, last + 1) if first <= last <= first + _MOST else (first, last))
    start = match.start("leaves")
    has_label = "label" in match.re.groupindex
    label = (
        Label(match.group("label"), Place.at(*match.span("label")))
        if has_label
        else Label("Лист", Place.at(start, start))
    )
    return Leaves(" ".join(text.split()), frozenset(numbers), Place.at(start, start + len(text)), label)
