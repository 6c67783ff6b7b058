"""The feature row of a proposal: measures and the rules' own reasons, in a fixed order."""

from __future__ import annotations

from collation.evidence.measures import NAMES as MEASURES
from collation.model.doubt import Proposal

REASONS = (
    "nonword", "vote", "merged", "torn", "speck", "sign", "wanted", "usual", "ending", "government", "agreement", "polarity",
)  # fmt: skip
NAMES: tuple[str, ...] = (*MEASURES, *REASONS, "proposers")


def vector(proposal: Proposal, measures: dict[str, float]) -> tuple[float, ...]:
    """The row of one proposal, as long as NAMES."""
    reasons = tuple(proposal.value(name) for name in REASONS)
    return (*(measures[name] for name in MEASURES), *reasons, float(len(proposal.codes)))
