"""The proposers, each doubting one kind of corruption. The tuple is explicit; nothing registers itself."""

from __future__ import annotations

from collation.proposers import (
    confusion,
    damaged,
    division,
    grammar,
    latin_names,
    names,
    polarity,
    slips,
    spelling,
    strays,
    translation,
    values,
)
from collation.proposers.base import Proposer
from collation.proposers.context import Context

PROPOSERS: tuple[Proposer, ...] = (
    spelling.PROPOSER,
    division.MERGED,
    division.TORN,
    division.SPECKS,
    division.SIGNS,
    polarity.PROPOSER,
    translation.PROPOSER,
    confusion.PROPOSER,
    grammar.PROPOSER,
    names.PROPOSER,
    latin_names.PROPOSER,
    slips.PROPOSER,
    strays.MIXED,
    strays.CAPITALS,
    values.NUMBERS,
    values.DATES,
    values.TIMES,
    damaged.DAMAGED_DATES,
    damaged.ORDER,
)

__all__ = ["PROPOSERS", "Context", "Proposer"]
