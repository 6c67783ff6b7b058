"""Orders of the entries and the sign each carries in the text.

By harm: what is proposed as an emendation before what is only asked, and of either what is only possibly wrong last, so that a
false alarm is no headline; then what inverts or changes the sense first and plain spelling last, the catalogue's slips after
the text's; inside a kind the likelier first. The worst places for a reader in a hurry take at most two of a kind while other
kinds wait, so that five places show what sort of damage the document has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from collation.model import Entry
from collation.model.apparatus import Harm, Tier
from collation.model.rule import FAMILIES
from collation.writers.lost import is_lost
from collation.writers.phrases import degree

HARMS: tuple[Harm, ...] = get_args(Harm)
_AT_MOST = 2
_TIERS: tuple[Tier, ...] = get_args(Tier)
SIGNS = {"inverted": "≠", "value": "!", "crux": "†", "lost": "‹···›", "catalogue": "§", "misread": "~"}


def by_harm(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with the most harmful first."""
    return sorted(entries, key=_rank)


def _rank(entry: Entry) -> tuple[bool, int, bool, int, bool, float, int]:
    inverted, possible = sign_name(entry) == "inverted", degree(entry.probability) == "low"
    own = entry.harm == "catalogue", _TIERS.index(entry.tier), possible, HARMS.index(entry.harm), not inverted
    return (*own, -entry.probability, entry.place.start)


def worst(entries: Iterable[Entry], count: int = 5) -> list[Entry]:
    """The places to name first: by harm, at most two of a kind while other kinds wait."""
    ordered = by_harm(e for e in entries if e.tier != "note" and e.harm != "catalogue")
    seen: Counter[str] = Counter()
    first: list[Entry] = []
    later: list[Entry] = []
    for entry in ordered:
        seen[entry.harm] += 1
        (first if seen[entry.harm] <= _AT_MOST and entry.harm != "spelling" else later).append(entry)
    return by_harm((first + later)[:count])


def sign_name(entry: Entry) -> str:
    """Which of the signs of the page an entry carries, by name."""
    own = FAMILIES[entry.family].sign
    if own == "catalogue" or entry.side == "catalogue":
        return "catalogue"
    if _inverts(entry):
        return "inverted"
    if own == "value" or entry.harm == "value":
        return "value"
    if is_lost(entry):
        return "lost"
    return "crux" if entry.crux else "misread"


def sign_of(entry: Entry) -> str:
    """The sign itself."""
    return SIGNS[sign_name(entry)]


def _inverts(entry: Entry) -> bool:
    """Whether a negation was lost or invented: some rule has evidence of it."""
    features = (*entry.features, *(f for r in entry.readings[:1] for f in r.features))
    return any(f.name.startswith("polarity") and f.value > 0 and not f.against for f in features)
