"""Text that an editor typed beside the places of a letter: which words of the document it replaces.

A change inside a word is a change of the word. What was only put in has no words of its own and goes with a neighbour, so
that it has an anchor in the document: the word before it, else the one behind it, never a word that is a place of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from collation.model import Place
from collation.review.word.segments import canonical
from collation.writers.word.cells import TableCell
from collation.writers.word.letter import LetterSlot

_WORD = re.compile(r"[\w\u0300-\u036f]+(?:[-‐’'][\w]+)*|[^\w\s]")
_BLANK = re.compile(r"\s+")
Stretch = tuple[int, int]
Move = tuple[int, int, int, int]
"""A stretch of one text and the one that answers it in another."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """Text that was typed: the place in the source that it replaces, who typed it and when, empty where that is not said.

    ``slots`` lie in the place.
    """

    place: Place
    text: str
    author: str = ""
    date: str = ""
    slots: tuple[LetterSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Text that was typed where no word of the document is."""

    text: str


@dataclass(frozen=True, slots=True)
class _Replaced:
    """A stretch of the text that was sent, and what it reads now."""

    start: int
    stop: int
    text: str


def typed_text(
    cell: TableCell,
    sent: Stretch,
    after: str,
    signature: tuple[str, str],
    closed: Sequence[Stretch] = (),
    whole: tuple[LetterSlot, ...] = (),
) -> Iterator[TypedText | Unplaced]:
    """What was typed in a stretch of a cell which reads ``after`` now.

    ``closed`` are places of their own. With ``whole``, the slots in the stretch, it is one change whatever it replaces.
    """
    text = cell.text
    if _plain(text[slice(*sent)]) == _plain(after):
        return
    found = [_whole(text, sent, after)] if whole else list(_replaced(text, sent, after, closed))
    for change in found:
        trimmed = _trimmed(text, change)
        place = _place(cell, trimmed.start, trimmed.stop)
        if place is None or trimmed.start == trimmed.stop:
            yield Unplaced(change.text)
        elif _plain(text[trimmed.start : trimmed.stop]) != _plain(trimmed.text):
            yield TypedText(place, trimmed.text, *signature, whole)


def _plain(text: str) -> str:
    """A text in which any blanks are one."""
    return _BLANK.sub(" ", canonical(text))


def _whole(text: str, sent: Stretch, after: str) -> _Replaced:
    """The stretch as one change, widened to the words that it begins and ends in."""
    start, stop = sent
    touched = [m for m in _WORD.finditer(text) if m.start() < stop and start < m.end()]
    low, high = min([start, *(m.start() for m in touched)]), max([stop, *(m.end() for m in touched)])
    return _Replaced(low, high, text[low:start] + after + text[stop:high])


def _replaced(text: str, sent: Stretch, after: str, closed: Sequence[Stretch]) -> Iterator[_Replaced]:
    """The changes in a stretch, word by word."""
    start, stop = sent
    words = [m.span() for m in _WORD.finditer(text) if start <= m.start() and m.end() <= stop]
    if not words:
        yield _beside(text, sent, after, closed)
        return
    groups: list[tuple[int, int, list[Move]]] = []
    for code in Levenshtein.opcodes(canonical(text[start:stop]), canonical(after)):
        if code.tag == "equal":
            continue
        move = code.src_start, code.src_end, code.dest_start, code.dest_end
        low, high = _to_words(words, start + code.src_start, start + code.src_end)
        if groups and low <= groups[-1][1]:
            low, before, codes = groups.pop()
            groups.append((low, max(before, high), [*codes, move]))
        else:
            groups.append((low, high, [move]))
    for low, high, codes in groups:
        begin = codes[0][2] - (start + codes[0][0] - low)
        end = codes[-1][3] + (high - start - codes[-1][1])
        yield _Replaced(low, high, after[begin:end])


def _to_words(words: Sequence[Stretch], start: int, stop: int) -> Stretch:
    """A stretch widened to the words that it touches; a point between two words to the one before it."""
    touched = [w for w in words if w[0] < stop and start < w[1]] if start < stop else []
    touched = touched or [w for w in words if w[0] <= start <= w[1]]
    if not touched:
        touched = [w for w in words if w[1] <= start][-1:] or [words[0]]
    return min(start, touched[0][0]), max(stop, touched[-1][1])


def _beside(text: str, sent: Stretch, after: str, closed: Sequence[Stretch]) -> _Replaced:
    """A change in a stretch without words, with the nearest word that is no place of its own: the next, else the last."""
    start, stop = sent
    free = [m.span() for m in _WORD.finditer(text) if not any(a < m.end() and m.start() < b for a, b in closed)]
    behind = next((w for w in free if w[0] >= stop), None)
    before = next((w for w in reversed(free) if w[1] <= start), None)
    if behind is not None and not any(stop <= a < behind[0] for a, _ in closed):
        return _Replaced(start, behind[1], after + text[stop : behind[1]])
    if before is not None and not any(before[1] < b <= start for _, b in closed):
        return _Replaced(before[0], stop, text[before[0] : start] + after)
    return _Replaced(start, start, after)


def _trimmed(text: str, change: _Replaced) -> _Replaced:
    """A change without the blanks that both texts begin and end with."""
    old, new = text[change.start : change.stop], change.text
    start, stop = change.start, change.stop
    while old[:1].isspace() and new[:1].isspace():
        old, new, start = old[1:], new[1:], start + 1
    while old[-1:].isspace() and new[-1:].isspace():
        old, new, stop = old[:-1], new[:-1], stop - 1
    if not new.strip():
        new = ""
    return _Replaced(start, stop, new)


def _place(cell: TableCell, low: int, high: int) -> Place | None:
    """The place in the source of a stretch of a cell, None where it goes over the end of a paragraph."""
    base = 0
    for block in cell.blocks:
        first, last = low - base, high - base
        if 0 <= first < last <= len(block.text):
            return Place.at(block.at[first], block.at[last - 1] + 1)
        base += len(block.text) + 1
    return None
