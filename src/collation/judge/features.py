"""The feature row of a proposal: measures and the rules' own reasons, in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping

from collation.evidence.measures import NAMES as MEASURES
from collation.evidence.measures import OF_PLACES
from collation.model.doubt import Proposal

REASONS = (
    "nonword", "vote", "merged", "torn", "speck", "sign", "wanted", "usual", "ending", "government", "agreement", "polarity",
)  # fmt: skip
OF_READINGS: tuple[str, ...] = (*(name for name in MEASURES if name not in OF_PLACES), *REASONS, "proposers")
"""The features by which readings are weighed."""
NAMES: tuple[str, ...] = (*OF_READINGS, *OF_PLACES)


def vector(proposal: Proposal, measures: Mapping[str, float]) -> tuple[float, ...]:
    """The row of one proposal, as long as NAMES."""
    reasons = tuple(proposal.value(name) for name in REASONS)
    own = (measures[name] for name in MEASURES if name not in OF_PLACES)
    return (*own, *reasons, float(len(proposal.codes)), *(measures[name] for name in OF_PLACES))
