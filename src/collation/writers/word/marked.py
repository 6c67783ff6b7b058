"""A paragraph with its changes and the anchors of its comments.

An anchor never stands inside a change: whoever rejects the change would take the comment with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from lxml import etree

from collation.writers.word.cells import ShownText
from collation.writers.word.comments import PlaceComment
from collation.writers.word.slots import Slot
from collation.writers.word.word_elements import deletion, insertion, run, w


class Marker:
    """Marks the paragraphs of one document. It counts the changes and keeps which comments have been anchored."""

    def __init__(self, slots: Sequence[Slot], comments: Sequence[PlaceComment]) -> None:
        self._changes = [slot for slot in slots if slot.reading is not None]
        self._comments = list(enumerate(comments))
        self._anchored: set[int] = set()
        self._ids = count(1000)

    def paragraph(self, block: ShownText) -> Iterator[etree._Element]:
        """The content of a paragraph."""
        changes = [s for s in self._changes if block.holds(s.start, s.stop) and self._is_first(s, block)]
        spots = {id(s): (block.index(s.start), block.index(s.stop)) for s in changes}
        anchors = self._anchors(block, list(spots.values()))
        cuts = {0, len(block.text), *(at for pair in spots.values() for at in pair)}
        cuts |= {at for _, start, stop in anchors for at in (start, stop)}
        ordered = sorted(cuts)
        skip_to = 0
        for index, here in enumerate(ordered):
            yield from self._ends(anchors, here, points=False)
            yield from (w("commentRangeStart", id=n) for n, start, _ in anchors if start == here)
            for slot in changes:
                start, stop = spots[id(slot)]
                if start == here:
                    yield from self._change(slot, block.text[start:stop])
                    skip_to = max(skip_to, stop)
            yield from self._ends(anchors, here, points=True)
            until = ordered[index + 1] if index + 1 < len(ordered) else here
            if here >= skip_to and here < until:
                yield run(block.text[here:until], grey=block.dim)

    def _is_first(self, slot: Slot, block: ShownText) -> bool:
        """Whether a slot has not been marked yet; a point between two paragraphs is in both."""
        key = -1 - self._changes.index(slot)
        if key in self._anchored:
            return False
        self._anchored.add(key)
        return True

    def _change(self, slot: Slot, words: str) -> Iterator[etree._Element]:
        if words:
            yield deletion(next(self._ids), slot.author, slot.date, run(words, deleted=True))
        if slot.reading:
            yield insertion(next(self._ids), slot.author, slot.date, run(slot.reading))

    def _anchors(self, block: ShownText, changed: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
        """The comments that begin in a paragraph: number, first and last character, moved out of the changes."""
        found = []
        listed = list(changed)
        for number, comment in self._comments:
            if number not in self._anchored and block.span.start <= comment.start <= block.span.stop:
                self._anchored.add(number)
                start, stop = block.index(comment.start), block.index(min(comment.stop, block.span.stop))
                for low, high in listed:
                    if low < high and start < high and low < stop:
                        start, stop = min(start, low), max(stop, high)
                found.append((number, start, max(start, stop)))
        return found

    @staticmethod
    def _ends(anchors: Iterable[tuple[int, int, int]], here: int, *, points: bool) -> Iterator[etree._Element]:
        for number, start, stop in anchors:
            if stop == here and (start == stop) == points:
                yield w("commentRangeEnd", id=number)
                yield w("r", w("rPr", w("rStyle", val="CommentReference")), w("commentReference", id=number))

    @property
    def left(self) -> tuple[int, ...]:
        """The numbers of the comments that no paragraph has anchored."""
        return tuple(number for number, _ in self._comments if number not in self._anchored)
