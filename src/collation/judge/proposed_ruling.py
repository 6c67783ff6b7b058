"""What an entry proposes: the harm it does, whose hand it suspects, and the ruling.

"What does the page read?" and "what should be printed?" are two questions. Testimony of somebody who saw the page
([sic- …]) is the strongest evidence: the text is then kept, with a note. Where nothing decides, the scan is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from collation.evidence.context import Context
from collation.model import Hand, ProposedRuling
from collation.model.apparatus import Harm
from collation.model.doubt import Proposal
from collation.model.hypothesis import Side
from collation.model.rule import Rule

_POSSIBLE = 0.6  # probability below which the scan is asked


@dataclass(frozen=True, slots=True)
class ProposedHandling:
    harm: Harm
    hand: Hand
    ruling: ProposedRuling


def propose_handling(
    context: Context, side: Side, rule: Rule, proposal: Proposal, probability: float, has_reading: bool
) -> ProposedHandling:
    """The harm, the suspected hand and the proposed ruling."""
    harm: Harm = "sense" if proposal.value("polarity") else rule.harm
    if proposal.value("name") and harm in {"spelling", "loss"}:
        harm = "name"
    hand = _hand(context, side, proposal)
    return ProposedHandling(harm, hand, _ruling(side, proposal, probability, has_reading, rule.passage))


def _hand(context: Context, side: Side, proposal: Proposal) -> Hand:
    if proposal.value("sic"):
        return "author"
    if proposal.value("side_unknown"):
        return "undecided"
    if side == "translation":
        return "translator"
    if side == "catalogue":
        return "cataloguer"
    labels = " ".join(context.document.source.labels).lower()
    return "transcriber" if "transcript" in labels and "scan" not in labels else "scanner"


def _ruling(side: Side, proposal: Proposal, probability: float, has_reading: bool, passage: bool) -> ProposedRuling:
    if proposal.value("sic"):
        return "stands"
    if proposal.value("side_unknown") and side != "catalogue":
        return "needs-scan"
    if side != "original":
        return "other-side"
    if not has_reading or passage or probability < _POSSIBLE:
        return "needs-scan"
    return "emend"
