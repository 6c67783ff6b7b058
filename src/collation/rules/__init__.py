"""The proposers, each doubting one kind of corruption. The tuple is explicit; nothing registers itself."""

from __future__ import annotations

from collation.evidence.context import Context
from collation.rules.base import Proposer
from collation.rules.catalogue import slips as catalogue
from collation.rules.context import (
    confusion_sets as confusion,
)
from collation.rules.context import (
    negation as polarity,
)
from collation.rules.context import (
    real_words as translation,
)
from collation.rules.grammar import endings as grammar
from collation.rules.lacunae import dittography as repeated
from collation.rules.lacunae import interpolation as invented
from collation.rules.lacunae import omission as lost
from collation.rules.lexical import (
    alphabet_and_case as strays,
)
from collation.rules.lexical import (
    division,
    spelling,
    unspaced,
)
from collation.rules.lexical import (
    glued_signs as glued,
)
from collation.rules.names import (
    english_names as latin_names,
)
from collation.rules.names import (
    exchanged_names as slips,
)
from collation.rules.names import (
    russian_names as names,
)
from collation.rules.pairing import misplaced_translation as pairing
from collation.rules.sigla import repeated_signs as sigla
from collation.rules.values import differences as values
from collation.rules.values import impossible_dates as damaged

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
