"""What the file itself says of stretches of its text: whose side they are, that they are notes or furniture.

A plain text says nothing; its lines are told apart by their content. A file of Word knows its footnotes and page heads, a
translation in a file of its own is one whatever is quoted in it. Notes are testimony: what somebody says of the text, read
as evidence and not as the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from collation.model import Place, Segment, Testimony, Witness
from collation.model.language import LanguagePair
from collation.reading.composed import Stretch
from collation.reading.lines import Line
from collation.reading.tokens import build_flow, tokenise
from collation.reading.zones import Side, assign_sides, counter

Apart = tuple[tuple[Stretch, tuple[Line, ...]], ...]
"""Notes and furniture, each with its lines."""


def take_apart(lines: list[Line], stretches: Sequence[Stretch]) -> tuple[list[Line], Apart]:
    """The lines of the running text, headings marked as such, and what is kept apart from it."""
    if not stretches:
        return lines, ()
    apart = _Lookup([s for s in stretches if s.use in ("note", "furniture")])
    headings = _Lookup([s for s in stretches if s.use == "heading"])
    kept: list[Line] = []
    taken: dict[int, list[Line]] = {}
    for line in lines:
        number = apart.find(line)
        if number is not None and not line.blank:
            taken.setdefault(number, []).append(line)
        else:
            kept.append(replace(line, heading=True) if headings.find(line) is not None else line)
    return kept, tuple((apart.stretches[number], tuple(own)) for number, own in taken.items())


def sides_of(lines: list[Line], stretches: Sequence[Stretch], languages: LanguagePair) -> list[Side]:
    """The side of every line: as the file says, else by what is written; a blank line is of the side before it."""
    said = _Lookup([s for s in stretches if s.use in ("original", "translation")])
    if not said.stretches:
        return assign_sides(lines, languages)
    numbers = [said.find(line) for line in lines]
    open_lines = [line for line, number in zip(lines, numbers, strict=True) if number is None and not line.blank]
    guessed = iter(assign_sides(open_lines, languages) if open_lines else [])
    sides: list[Side] = []
    for line, number in zip(lines, numbers, strict=True):
        if number is not None:
            sides.append(_side(said.stretches[number]))
        else:
            sides.append((sides[-1] if sides else "original") if line.blank else next(guessed))
    return sides


def with_apart(
    witness: Witness, apart: Apart, said: Sequence[Testimony], text: str, languages: LanguagePair
) -> Witness:
    """A witness with the notes and the furniture of its side, and what the file says of stretches of it."""
    own = [item for item in said if any(s.place.start <= item.place.start < s.place.stop for s in witness.segments)]
    testimony, furniture = [*witness.testimony, *own], list(witness.furniture)
    language = languages.original if witness.role == "original" else languages.translation
    for stretch, lines in apart:
        if _side_of_words(lines, languages) != witness.role:
            continue
        place = Place.at(lines[0].start, lines[-1].stop)
        if stretch.use == "note":
            testimony.append(Testimony("note", place, " ".join(place.of(text).split()), stretch.about))
        elif tokens := tokenise(build_flow(list(lines), frozenset(), languages), language=language):
            furniture.append(Segment("furniture", tokens))
    return replace(witness, testimony=tuple(testimony), furniture=tuple(furniture))


def shifted_place(place: Place, by: int) -> Place:
    """A place farther on in the text."""
    return Place(tuple(replace(span, start=span.start + by, stop=span.stop + by) for span in place.spans))


def _side(stretch: Stretch) -> Side:
    return "translation" if stretch.use == "translation" else "original"


def _side_of_words(lines: Sequence[Line], languages: LanguagePair) -> Side:
    own, other = counter(languages)(" ".join(line.text for line in lines))
    return "original" if own >= other else "translation"


class _Lookup:
    """Stretches by where they are; they do not overlap."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self.stretches = sorted(stretches, key=lambda stretch: stretch.place.start)

    def find(self, line: Line) -> int | None:
        """The number of the stretch in which a line begins."""
        number = bisect_right(self.stretches, line.start, key=lambda stretch: stretch.place.start) - 1
        if number < 0 or line.start > self.stretches[number].place.stop:
            return None
        return number
