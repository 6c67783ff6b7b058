"""The proposers, each doubting one kind of corruption. The tuple is explicit; nothing registers itself."""

from __future__ import annotations

from collation.proposers import confusion, division, grammar, polarity, spelling, translation
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
)

__all__ = ["PROPOSERS", "Context", "Proposer"]
