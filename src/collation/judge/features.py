"""The feature row of a proposal: measures and the rules' own reasons, in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping

from collation.evidence.measured_reading import NAMES as MEASURES
from collation.evidence.measured_reading import OF_PLACES, Measures
from collation.model.doubt import Proposal

REASONS = (
    "nonword", "vote", "merged", "torn", "speck", "sign", "wanted", "usual", "ending", "government", "agreement", "polarity",
)  # fmt: skip
OF_READINGS: tuple[str, ...] = (*(name for name in MEASURES if name not in OF_PLACES), *REASONS, "proposers")
"""The features by which readings are weighed."""
NAMES: tuple[str, ...] = (*OF_READINGS, *OF_PLACES)


_REASONS = {name: i for i, name in enumerate(REASONS)}
_OF_READINGS = len(MEASURES) - len(OF_PLACES)  # measures before those of places, which are the last


def vector(proposal: Proposal, measures: Mapping[str, float]) -> tuple[float, ...]:
    """The row of one proposal, as long as NAMES."""
    reasons: list[float | None] = [None] * len(REASONS)
    for feature in proposal.features:
        at = _REASONS.get(feature.name)
        if at is not None and ((known := reasons[at]) is None or feature.value > known):
            reasons[at] = feature.value
    own = measures.numbers if isinstance(measures, Measures) else [measures[name] for name in MEASURES]
    said = (0.0 if reason is None else reason for reason in reasons)
    return (*own[:_OF_READINGS], *said, float(len(proposal.codes)), *own[_OF_READINGS:])
