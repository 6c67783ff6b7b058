"""Links that a file gives itself: the units of XLIFF and of a translation memory.

What a unit has on both sides is opposite each other, and a unit with one side is a gap: nothing is guessed. Where a paragraph
took in several units, because one ran on into the next, these are one.
"""

from __future__ import annotations

from collation.alignment.answer_tables import Evidence, Reach
from collation.alignment.beads import bead_score
from collation.model import Document, Link, Segment

Group = tuple[tuple[int, ...], tuple[int, ...]]
"""Segments of the original and of the translation that are opposite each other."""


def given_groups(document: Document) -> list[Group] | None:
    """The groups of segments that a document gives, each segment in one of them; None where it gives none."""
    parts = [part for part in document.source.parts if any(element.kind == "unit" for element in part.elements)]
    if len(parts) != 1:
        return None
    both = (document.original, document.translation)
    sides = [[_units(document, segment) for segment in witness.segments] if witness else [] for witness in both]
    if not all(sides[0]) or not all(sides[1]):
        return None
    first: dict[int, int] = {}
    for units in (*sides[0], *sides[1]):
        low = min(_first(first, unit) for unit in units)
        for unit in units:
            first[_first(first, unit)] = low
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for side, segments in enumerate(sides):
        for index, units in enumerate(segments):
            groups.setdefault(_first(first, units[0]), ([], []))[side].append(index)
    return [(tuple(left), tuple(right)) for _, (left, right) in sorted(groups.items())]


def reach_of(groups: list[Group], originals: int) -> Reach:
    """The run of the translation that each segment of the original can meet."""
    found = [(0, 0)] * originals
    for left, right in groups:
        for index in left:
            found[index] = (right[0], right[-1] + 1) if right else (0, 0)
    return found


def as_links(groups: list[Group], evidence: Evidence) -> list[Link]:
    """The groups with how much of them their other side explains: of several segments, the best of them at least."""
    links = []
    for left, right in groups:
        score = 0.0
        if left and right:
            rows, columns = range(left[0], left[-1] + 1), range(right[0], right[-1] + 1)
            pairs = [bead_score(evidence, range(i, i + 1), range(j, j + 1)) for i in left for j in right]
            score = max(bead_score(evidence, rows, columns), *pairs)
        links.append(Link(left, right, round(score, 4)))
    return links


def _units(document: Document, segment: Segment) -> list[int]:
    """The numbers of the units in which a segment begins and ends, and of those between."""
    ends = [document.source.element(token.start) for token in (segment.tokens[0], segment.tokens[-1])]
    numbers = [element.numbers[0] for element in ends if element is not None and element.kind == "unit"]
    return list(range(min(numbers), max(numbers) + 1)) if numbers else []


def _first(first: dict[int, int], unit: int) -> int:
    """The first of the units that are one with a unit."""
    while first.setdefault(unit, unit) != unit:
        unit = first[unit]
    return unit
