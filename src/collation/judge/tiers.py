"""Where it is decided that something is shown, and as what.

Silent is what is less probable than ``Settings.query``: it can be asked for (``collation explain``) and is in no report.
What is more probable is shown, as an emendation from ``Settings.emend`` on, else as a query, or as a note where the doubts
of its rule are no more. Both limits are probabilities that something is wrong at the place; the likelihood of a reading
decides nothing here.
"""

from __future__ import annotations

from collation.model import Tier
from collation.model.doubt import WeighedDoubt
from collation.model.rule import Rule
from collation.settings import Settings


def is_shown(verdict: WeighedDoubt, settings: Settings) -> bool:
    """Whether a doubt becomes an entry."""
    return verdict.probability >= settings.query


def tier_of(rule: Rule, backed: float, has_reading: bool, settings: Settings) -> Tier:
    """The tier of an entry; ``backed`` is the probability as far as calibrated rules and the trees bear it, so that a rule
    without a prior never proposes an emendation."""
    if backed >= settings.emend and has_reading:
        return "emend"
    return "note" if rule.level == "note" else "query"
