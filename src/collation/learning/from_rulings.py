"""What editors ruled, set beside what the judge says of the same places now: the cases that a recalibration is learned from.

Only rulings that hold and that concern an entry of the present apparatus count, so an undo unlearns and a ruling on what is no
longer found teaches nothing. Accepted, put right in another way or left to the other side means that something was wrong;
rejected, that nothing was. *Sic* and *see the scan* say neither. A ruling of wide scope is one decision and counts at its own place.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.decisions.placing import Matched, match
from collation.gate.findings import Rulings
from collation.judge.recalibration import Case
from collation.model import Apparatus

_RIGHT = ("accept", "emend", "other-side")


def cases(apparatus: Apparatus, rulings: Rulings) -> Iterator[Case]:
    """The ruled entries of a document, in order of the text. The apparatus must be made without a recalibration."""
    for matched in match(apparatus, rulings.state, rulings.reviewed).entries:
        accepted = _accepted(matched)
        if accepted is not None:
            entry = matched.entry
            reading = entry.readings[0].text if entry.readings else ""
            yield Case(entry.code, entry.probability, entry.lemma, reading, accepted)


def _accepted(matched: Matched) -> bool | None:
    """Whether the editor found something wrong; None where that is not said or not settled."""
    if not matched.placed or matched.status != "holds" or matched.ruling is None:
        return None
    verdict = matched.ruling.verdict
    return True if verdict in _RIGHT else False if verdict == "reject" else None
