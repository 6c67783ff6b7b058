"""The proposers, each doubting one kind of corruption. The tuple is explicit; nothing registers itself."""

from __future__ import annotations

from collation.proposers import (
    catalogue,
    confusion,
    damaged,
    division,
    glued,
    grammar,
    invented,
    latin_names,
    lost,
    names,
    pairing,
    polarity,
    repeated,
    sigla,
    slips,
    spelling,
    strays,
    translation,
    unspaced,
    values,
)
from collation.proposers.base import Proposer
from collation.proposers.context import Context

PROPOSERS: tuple[Proposer, ...] = (
    spelling.PROPOSER,
    division.MERGED,
    division.TORN,
    glued.PROPOSER,
    unspaced.PROPOSER,
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
    sigla.ODD_ONE,
    sigla.SHEETS,
    lost.PROPOSER,
    invented.PROPOSER,
    repeated.PROPOSER,
    pairing.PROPOSER,
    catalogue.NAMES,
    catalogue.REFERENCES,
    catalogue.DATES,
    catalogue.LANGUAGES,
    catalogue.HOSTS,
)

__all__ = ["PROPOSERS", "Context", "Proposer"]
