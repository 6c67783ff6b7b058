"""The alignment table of several Russian witnesses of one text, and its variant units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from collation.model.document import Token

VariantKind = Literal[
    "same", "punctuation", "case", "spelling", "merge", "split", "transposition", "omission", "addition",
    "substitution",
]  # fmt: skip
GRAVITY: tuple[VariantKind, ...] = get_args(VariantKind)
Cell = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What the witnesses have at one point: a cell each, in the order of the table's sigla.

    An empty cell is a gap; a cell of several tokens is one word of another witness torn apart. ``kinds`` says
    for each witness how it differs from the first.
    """

    cells: tuple[Cell, ...]
    kinds: tuple[VariantKind, ...]

    def __post_init__(self) -> None:
        if not any(self.cells):
            raise ValueError("a column has a token in some witness")
        if len(self.cells) != len(self.kinds):
            raise ValueError("a column has one kind a cell")

    @property
    def kind(self) -> VariantKind:
        """The gravest of the kinds."""
        return max(self.kinds, key=GRAVITY.index)


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of agreement (kind "same") or one variant unit: half-open, by column."""

    kind: VariantKind
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Table:
    """The witnesses in columns. ``warnings`` name what was aligned in a coarser way, and where."""

    sigla: tuple[str, ...]
    columns: tuple[Column, ...]
    warnings: tuple[str, ...] = ()

    def tokens(self, witness: int) -> tuple[Token, ...]:
        """The tokens of a witness as the table has them: all, in order."""
        return tuple(t for column in self.columns for t in column.cells[witness])

    def stretches(self) -> Iterator[Unit]:
        """Runs of agreement and variant units, in order; together they cover every column."""
        start = 0
        for index in range(1, len(self.columns) + 1):
            if index == len(self.columns) or not _together(self.columns[index - 1], self.columns[index]):
                kinds = [column.kind for column in self.columns[start:index]]
                yield Unit(max(kinds, key=GRAVITY.index), start, index)
                start = index

    def units(self) -> tuple[Unit, ...]:
        """The variant units only."""
        return tuple(unit for unit in self.stretches() if unit.kind != "same")

    def reading(self, unit: Unit, witness: int) -> str:
        """The words of a witness in a unit, set with blanks as prose is."""
        return spaced(t for column in self.columns[unit.start : unit.stop] for t in column.cells[witness])


def _together(left: Column, right: Column) -> bool:
    """Whether neighbouring columns are one unit: both the same, one loss or gain, or one passage reworded."""
    kinds = {left.kind, right.kind}
    if len(kinds) == 1:
        return left.kind in {"same", "omission", "addition", "substitution"}
    return "substitution" in kinds and kinds <= {"substitution", "omission", "addition"}


def spaced(tokens: Iterable[Token]) -> str:
    """Tokens as a line of text: a blank where the file has one between neighbours, none where it has none."""
    text, last = "", None
    for token in tokens:
        glued = last is not None and last.stop == token.start
        text += token.text if not text or glued else " " + token.text
        last = token
    return text
