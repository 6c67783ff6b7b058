"""What further texts of the original read at a place of it: the same, something else, nothing; or they do not reach so far.

Each text is collated with the original by itself, once a document (``alignment/witnesses.py``, which bounds the cost). A
place has a stretch of columns there; what the other text has in them is its reading. Words are compared without letter case, ё and
marks, unless that is all that is at stake. A text that hardly agrees with the original is no text of it and is left aside;
where it lacks a long passage it says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from collation.alignment.witnesses import collate
from collation.evidence.context import Context, is_attested
from collation.knowledge.letters import fold
from collation.model import Column, OtherText, Place, Token
from collation.model.witness_table import spaced

# Of the words of the shorter text, the share that must be the same in both for it to be a text of the document: a text misread at
# one word in five has .75
LEAST_AGREEMENT = 0.5
_LONG_GAP = 12  # words in a row that the other text lacks: it was cut there, and does not say that they are too many
_WORDS = re.compile(r"[^\W_]+")
_SIGNS = str.maketrans("«»“”„’‘—–‐", '"""""\'\'---')


@dataclass(frozen=True, slots=True)
class Stretch:
    """A place of the original in the table: columns from ``start`` to ``stop``, the original's tokens in them before the place, in
    it and behind it.
    """

    start: int
    stop: int
    before: tuple[Token, ...]
    own: tuple[Token, ...]
    behind: tuple[Token, ...]


_FEWEST_SHARED = 2  # unknown words that two texts share before one may be called a copy


class Compared:
    """The original and one other text, side by side."""

    def __init__(self, tokens: Sequence[Token], other: OtherText) -> None:
        self.other = other
        self.siglum = other.siglum
        table = collate([("R", tuple(tokens)), (f"R.{other.siglum}", other.tokens)])
        self.columns: tuple[Column, ...] = table.columns
        self.warnings = table.warnings

    @cached_property
    def _column_of(self) -> dict[int, int]:
        """The column of each token of the original, by where the token begins."""
        return {token.start: number for number, column in enumerate(self.columns) for token in column.cells[0]}

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(self._column_of)

    @cached_property
    def _cut(self) -> frozenset[int]:
        """The columns of passages that the other text lacks as a whole."""
        found: set[int] = set()
        run: list[int] = []
        for number, column in enumerate((*self.columns, None)):
            if column is not None and not column.cells[1]:
                run.append(number)
                continue
            if column is not None and not column.cells[0]:
                continue
            if sum(t.kind != "mark" for i in run for t in self.columns[i].cells[0]) >= _LONG_GAP:
                found.update(run)
            run = []
        return frozenset(found)

    @cached_property
    def agreement(self) -> float:
        """The share of the shorter text's words that are the same in both."""
        same = sum(words_of(c.cells[0]) == words_of(c.cells[1]) != "" for c in self.columns)
        sizes = [sum(t.kind != "mark" for c in self.columns for t in c.cells[side]) for side in (0, 1)]
        return same / min(sizes) if min(sizes) else 0.0

    @cached_property
    def reach(self) -> float:
        """The share of the original's words for which the other text says something."""
        words = [i for i, c in enumerate(self.columns) for t in c.cells[0] if t.kind != "mark"]
        return sum(i not in self._cut for i in words) / len(words) if words else 0.0

    @cached_property
    def odd_words(self) -> tuple[int, int]:
        """At how many places the original has an unknown word and the other text a known one, and the other way round: which of
        the two is the noisier.
        """
        counts = [0, 0]
        for column in self.columns:
            known = [all(is_attested(t.text) for t in cell if t.kind == "word") for cell in column.cells]
            if all(column.cells) and known[0] != known[1]:
                counts[0 if known[1] else 1] += 1
        return counts[0], counts[1]

    @cached_property
    def looks_copied(self) -> bool:
        """Whether the other text shares more of the original's unknown words than it has otherwise: texts made apart seldom go
        wrong alike. Words in capitals are left out, for unknown names are in both.
        """
        shared = {
            words_of(column.cells[0])
            for column in self.columns
            if any(t.kind == "word" and t.text.islower() and not is_attested(t.text) for t in column.cells[0])
            and words_of(column.cells[0]) == words_of(column.cells[1])
        }
        return len(shared) >= _FEWEST_SHARED and len(shared) > self.odd_words[0]

    def stretch(self, place: Place) -> Stretch | None:
        """Where a place of the original is; None where it has no token of the running text, or the other text does not reach."""
        first, last = (bisect_left(self._starts, offset) for offset in (place.start, place.stop))
        numbers = [self._column_of[start] for start in self._starts[first:last]]
        if not numbers or any(number in self._cut for number in numbers):
            return None
        start, stop = min(numbers), max(numbers) + 1
        tokens = [t for column in self.columns[start:stop] for t in column.cells[0]]
        return Stretch(
            start,
            stop,
            tuple(t for t in tokens if t.start < place.start),
            tuple(t for t in tokens if place.start <= t.start < place.stop),
            tuple(t for t in tokens if t.start >= place.stop),
        )

    def is_cut(self, number: int) -> bool:
        """Whether a column is of a passage that the other text lacks as a whole."""
        return number in self._cut

    def neighbour(self, number: int, step: int) -> Token | None:
        """The next token of the original to the left or right of a column that the other text has too; None at its ends."""
        at = number + step
        while 0 <= at < len(self.columns) and not (self.columns[at].cells[0] and self.columns[at].cells[1]):
            if self.columns[at].cells[0]:
                break
            at += step
        found = self.columns[at].cells[0] if 0 <= at < len(self.columns) else ()
        return found[0 if step > 0 else -1] if found else None

    def tokens_at(self, stretch: Stretch) -> tuple[Token, ...]:
        """What the other text has in the columns of a stretch."""
        return tuple(t for column in self.columns[stretch.start : stretch.stop] for t in column.cells[1])

    def has(self, stretch: Stretch, reading: str) -> bool:
        """Whether the other text has a reading of a stretch; words that only it has at either end may belong to it."""
        wanted = _line(stretch.before, reading, stretch.behind)
        stands = _line(stretch.before, spaced(stretch.own), stretch.behind)
        form = words_in if words_in(wanted) != words_in(stands) else _strict
        left, right = self._added(stretch.start, -1), self._added(stretch.stop, 1)
        own = self.tokens_at(stretch)
        offered = (own, (*left, *own), (*own, *right), (*left, *own, *right))
        return any(form(spaced(tokens)) == form(wanted) for tokens in offered)

    def agrees(self, stretch: Stretch, readings: Sequence[str] = ()) -> bool:
        """Whether the other text has what stands in the original; ``readings`` say what is at stake, words or marks alone."""
        stands = _line(stretch.before, spaced(stretch.own), stretch.behind)
        other = spaced(self.tokens_at(stretch))
        marks_only = any(words_in(_line(stretch.before, text, stretch.behind)) == words_in(stands) for text in readings)
        return (
            _strict(other) == _strict(stands)
            if marks_only or not words_in(stands)
            else words_in(other) == words_in(stands)
        )

    def _added(self, at: int, step: int) -> tuple[Token, ...]:
        """The words that only the other text has, next to a column on its left or right."""
        found: list[Token] = []
        number = at - 1 if step < 0 else at
        while 0 <= number < len(self.columns) and not self.columns[number].cells[0]:
            cell = self.columns[number].cells[1]
            found = [*cell, *found] if step < 0 else [*found, *cell]
            number += step
        return tuple(found)


@dataclass(frozen=True, slots=True)
class OtherTexts:
    """The other texts that are evidence, and those that are none because they hardly agree."""

    used: tuple[Compared, ...]
    aside: tuple[Compared, ...]


def other_texts(context: Context) -> OtherTexts:
    """The further texts of a document, each collated with its original. For ``context.once``."""
    original = context.document.original
    if original is None or not context.document.others:
        return OtherTexts((), ())
    tokens = [t for segment in original.segments for t in segment.tokens]
    compared = [Compared(tokens, other) for other in context.document.others]
    return OtherTexts(
        tuple(c for c in compared if c.agreement >= LEAST_AGREEMENT),
        tuple(c for c in compared if c.agreement < LEAST_AGREEMENT),
    )


def words_in(text: str) -> str:
    """The words and figures of a text as they are compared: without case, ё and marks."""
    return " ".join(_WORDS.findall(fold(text)))


def words_of(tokens: Sequence[Token]) -> str:
    """The same of some tokens."""
    return words_in(" ".join(t.text for t in tokens))


def _strict(text: str) -> str:
    """A text in which case and marks count, but not the form of quotation marks and dashes, nor blanks."""
    return "".join(text.translate(_SIGNS).split())


def _line(before: Sequence[Token], text: str, behind: Sequence[Token]) -> str:
    return " ".join(part for part in (spaced(before), text, spaced(behind)) if part)
