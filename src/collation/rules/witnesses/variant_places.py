"""The places at which another text of the original differs in its words, each as small as it can be.

Neighbouring columns that differ are one place where words were lost or put in among them, else each is one by itself.
Differences of marks, letter case and ё are none; words that only changed their order, and passages written anew, are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collation.evidence.other_texts import Compared, words_of
from collation.model import Column, Feature, Token

_OF_SEVERAL = {
    "witness-reads": "witnesses-read",
    "witness-has-more": "witnesses-have-more",
    "witness-lacks": "witnesses-lack",
}
MOST_COLUMNS = 12  # columns in a row that differ on both sides; more of them are a passage written anew


@dataclass(frozen=True, slots=True)
class VariantPlace:
    """What the original and the other text have at a place; ``before`` and ``after`` are the original's tokens beside it."""

    own: tuple[Token, ...]
    other: tuple[Token, ...]
    before: Token | None
    after: Token | None


def variant_places(compared: Compared) -> Iterator[VariantPlace]:
    """The places at which another text differs in its words, in order."""
    columns = compared.columns
    start = 0
    while start < len(columns):
        stop = start
        while stop < len(columns) and _belongs(compared, stop):
            stop += 1
        run = _trimmed(columns, start, stop)
        if run:
            yield from _places(compared, *run)
        start = max(stop, start + 1)


def has(sigla: Sequence[str], says: str, words: str) -> Feature:
    """The reason that texts have a reading, or lack words; ``says`` is the key of its sentence for one text."""
    key = says if len(sigla) == 1 else _OF_SEVERAL[says]
    name = "word" if says == "witness-lacks" else "reading"
    return Feature("variant", float(len(sigla)), (), "", key, (("siglum", ", ".join(sigla)), (name, words)))


def _belongs(compared: Compared, number: int) -> bool:
    """Whether a column differs in its words, or in a mark that only one text has."""
    column = compared.columns[number]
    if compared.is_cut(number) or "transposition" in column.kinds:
        return False
    return words_of(column.cells[0]) != words_of(column.cells[1]) or not all(column.cells)


def _trimmed(columns: tuple[Column, ...], start: int, stop: int) -> tuple[int, int] | None:
    """A run of columns without marks at its ends, but those behind words that were put in; None where nothing else is left."""

    def differs(number: int) -> bool:
        return words_of(columns[number].cells[0]) != words_of(columns[number].cells[1])

    inner = [number for number in range(start, stop) if differs(number)]
    if not inner:
        return None
    first, last = inner[0], inner[-1] + 1
    if not any(column.cells[0] for column in columns[first:last]):
        while last < stop and not columns[last].cells[0]:
            last += 1
    return first, last


def _places(compared: Compared, start: int, stop: int) -> Iterator[VariantPlace]:
    columns = compared.columns
    whole = range(start, stop)
    if all(all(columns[n].cells) for n in whole):
        yield from (_place(compared, n, n + 1) for n in whole)
    elif not any(columns[n].cells[0] for n in whole) or stop - start <= MOST_COLUMNS:
        yield _place(compared, start, stop)


def _place(compared: Compared, start: int, stop: int) -> VariantPlace:
    own, other = (tuple(t for column in compared.columns[start:stop] for t in column.cells[side]) for side in (0, 1))
    return VariantPlace(own, other, compared.neighbour(start, -1), compared.neighbour(stop - 1, 1))
