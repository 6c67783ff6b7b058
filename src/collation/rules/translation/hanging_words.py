"""Small words that are left hanging where a name was dropped: "on a there", "Bourgeois and.", «на пресс-конференции в предупредила»."""

from __future__ import annotations

from collation.evidence.government import unfit_preposition
from collation.evidence.unanswered_runs import Facing
from collation.knowledge.letters import fold
from collation.model import Token

_ARTICLES = frozenset({"a", "an", "the"})
_AFTER_NO_ARTICLE = frozenset(
    "and or of in on at to for with by from there is are was were has have had that which who not did does said but".split()
)
_PREPOSITIONS = frozenset("of from between against by at into during among upon".split())  # that hardly end a clause
_AFTER_NO_PREPOSITION = frozenset("and or of in on at is are was were has have had said but".split())
_AND = {"translation": frozenset({"and", "or"}), "original": frozenset({"и", "или"})}
_ENDS = frozenset(".,;:!?)")
_STOPS = frozenset(".;!?")


def hangs(tokens: tuple[Token, ...], k: int, side: Facing) -> bool:
    """Whether an article, a preposition or a conjunction lacks what should follow it."""
    word, after = fold(tokens[k].text), fold(tokens[k + 1].text) if k + 1 < len(tokens) else "."
    if word in _AND[side]:
        return after in _STOPS
    if side == "original":
        return unfit_preposition(tokens, k, word) > 0 and not tokens[k].text.isupper()
    if word in _ARTICLES:
        return after in _ENDS or after in _AFTER_NO_ARTICLE
    return word in _PREPOSITIONS and (after in _ENDS or after in _AFTER_NO_PREPOSITION)
