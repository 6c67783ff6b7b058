"""The dates, hours and numbers of a run of tokens, read once a document: half a dozen rules ask for those of a sentence."""

from __future__ import annotations

from collation.evidence.context import Context
from collation.knowledge.values.finding import find_values
from collation.knowledge.values.quantities import Value
from collation.model import Token

_BORDERS = frozenset("\t|")  # what parts the cells of a table


def read_values(context: Context, tokens: tuple[Token, ...], language: str, *, by_cells: bool) -> tuple[Value, ...]:
    """The values of some tokens of a side in this language, in order; ``by_cells``: none that reaches over a cell's border."""
    if not tokens:
        return ()
    start, stop = tokens[0].start, tokens[-1].stop
    parted = by_cells and not _BORDERS.isdisjoint(context.text[start:stop])
    kept = context.once(_kept)
    key = (start, stop, len(tokens), language, parted)
    if key not in kept:
        kept[key] = find_values(tokens, context.languages.of(language), context.text if parted else "")
    return kept[key]


def _kept(context: Context) -> dict[tuple[int, int, int, str, bool], tuple[Value, ...]]:
    """The values of each run of tokens that was asked about, to be filled."""
    return {}
