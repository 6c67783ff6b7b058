"""The comments of a letter that came back: which place each is about, what was answered, which are resolved.

A comment of the program names its entry in its first words. An answer is known by the program that wrote it, or else by its
anchor: LibreOffice writes an answer as a comment of its own at the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from collation.review.word.returned import Returned, ReturnedCell, ReturnedComment
from collation.writers.word.slots import TOOL

_HEAD = re.compile(r"\[(\d+)\]\s")


@dataclass(slots=True)
class PlaceComments:
    """What was said at a place: the answers in their order, and whether its comment is resolved."""

    answers: list[ReturnedComment] = field(default_factory=list)
    resolved: bool = False

    @property
    def note(self) -> str:
        """The answers as one note."""
        return " ".join(" ".join(answer.text.split()) for answer in self.answers if answer.text)


def read_comments(returned: Returned) -> tuple[dict[int, PlaceComments], tuple[ReturnedComment, ...]]:
    """The comments by the number of the entry, and those of editors that belong to no place or to more than one."""
    numbers = {c.id: int(m[1]) for c in returned.comments if c.author == TOOL and (m := _HEAD.match(c.text))}
    found = {n: PlaceComments() for n in numbers.values()}
    for comment in returned.comments:
        if comment.id in numbers:
            found[numbers[comment.id]].resolved |= comment.resolved
    loose = []
    for comment in returned.comments:
        if comment.id in numbers or not comment.text:
            continue
        number = _answered(comment, returned, numbers)
        if number is None:
            loose.append(comment)
        else:
            found[number].answers.append(comment)
    return found, tuple(loose)


def _answered(comment: ReturnedComment, returned: Returned, numbers: dict[str, int]) -> int | None:
    """The entry that a comment is about, None where that is not one."""
    by_id = {c.id: c for c in returned.comments}
    seen, parent = set(), comment.parent
    while parent and parent not in seen:
        if parent in numbers:
            return numbers[parent]
        seen.add(parent)
        parent = by_id[parent].parent if parent in by_id else ""
    near = {numbers[other] for other in _at_same_words(comment.id, returned.cells, numbers)}
    return near.pop() if len(near) == 1 else None


def _at_same_words(name: str, cells: Sequence[ReturnedCell], numbers: dict[str, int]) -> Iterator[str]:
    """The comments of the program whose words a comment shares: those at its very words, else all that meet it."""
    for cell in cells:
        if name not in cell.anchors:
            continue
        spans = {other: (min(at), max(at)) for other, at in cell.anchors.items() if other in numbers}
        start, stop = min(cell.anchors[name]), max(cell.anchors[name])
        exact = [other for other, span in spans.items() if span == (start, stop)]
        yield from exact or [
            other
            for other, (a, b) in spans.items()
            if (a < stop and start < b) or (a == b and start <= a <= stop) or (start == stop and a <= start <= b)
        ]
