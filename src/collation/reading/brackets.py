"""Editorial brackets: what somebody who saw the page says of it, read as testimony and not as text.

"[sic- October]" is the translator's emendation of what precedes it, "[[several illegible words]]" a gap,
"[stamp: …]" and "[handwritten …: …]" label a text, which is kept; other brackets are glosses or restorations, whose
words are kept as text too ("[реке]", "[Chiang Kai-shek]"). In Russian, round brackets that speak of legibility
("(далее две строки … трудно читаемы)") are testimony.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from collation.model import Place, Testimony
from collation.model.document import TestimonyKind

_SQUARE = regex.compile(r"\[\[?(?P<inside>[^\[\]]{1,400})\]?\]")
_OPEN_LABEL = regex.compile(r"\[(?P<label>(?:handwritten|stamp|note|typed)[^:\[\]]{0,60}):", regex.I)
_SIC = regex.compile(r"\s*sic\b[\s\-–—:,!.]*(?P<reading>.*)", regex.I | regex.S)
_ILLEGIBLE = regex.compile(
    r"illegible|unreadable|cut\s*off|missing|blank|omitted|неразб|нечитаем|пропуск|утрачен", regex.I
)
_LABELLED = regex.compile(r"\s*(?:handwritten|stamp|note|typed|signature|signed)\b[^:]{0,60}:", regex.I)
_ROUND = regex.compile(
    r"\.{0,6}\((?P<inside>[^()]{0,240}(?:неразборчив|трудно\s+чита|нечитаем|так\s+в\s+(?:тексте|документе)|пропуск\s+в)"
    r"[^()]{0,120})\)\.{0,6}",
    regex.I,
)


@dataclass(frozen=True, slots=True)
class Brackets:
    """The testimony of a stretch and the offsets that are not text: bracket signs, labels, whole notes."""

    testimony: tuple[Testimony, ...]
    hidden: frozenset[int]


def read_brackets(text: str, start: int, stop: int) -> Brackets:
    """The editorial brackets between two offsets."""
    testimony: list[Testimony] = []
    hidden: set[int] = set()
    for match in _SQUARE.finditer(text, start, stop):
        kind, content, kept = _classify(match)
        testimony.append(Testimony(kind, Place.at(*match.span()), content, _word_before(text, start, match.start())))
        keep = set(range(*kept)) if kept else set()
        hidden.update(i for i in range(*match.span()) if i not in keep)
    for match in _OPEN_LABEL.finditer(text, start, stop):
        if match.start() not in hidden:
            testimony.append(Testimony("note", Place.at(*match.span()), match.group("label"), None))
            hidden.update(range(*match.span()))
    for match in _ROUND.finditer(text, start, stop):
        testimony.append(Testimony("illegible", Place.at(*match.span()), match.group("inside"), None))
        hidden.update(range(*match.span()))
    return Brackets(tuple(sorted(testimony, key=lambda t: t.place.start)), frozenset(hidden))


def _classify(match: regex.Match[str]) -> tuple[TestimonyKind, str, tuple[int, int] | None]:
    """The kind, the content, and the stretch of it that stays text."""
    inside = match.group("inside")
    sic = _SIC.fullmatch(inside)
    if sic:
        return "sic", sic.group("reading").strip(), None
    label = _LABELLED.match(inside)
    if label:
        begin = match.start("inside") + label.end()
        return (
            ("stamp" if "stamp" in label.group().lower() else "note"),
            inside[label.end() :].strip(),
            (
                begin,
                match.end("inside"),
            ),
        )
    if _ILLEGIBLE.search(inside):
        return "illegible", inside.strip(), None
    return "gloss", inside.strip(), match.span("inside")


def _word_before(text: str, start: int, stop: int) -> Place | None:
    found = None
    for word in regex.finditer(r"[\p{L}\p{N}][\p{L}\p{N}'’\-.:]*", text, pos=max(start, stop - 60), endpos=stop):
        found = Place.at(*word.span())
    return found
