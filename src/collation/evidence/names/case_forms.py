"""The form that a name must have: its case from what is left of the ending and from the preposition, its capitals.

A proposed name is worth little in the nominative. Each case form is laid beside the word in the text; the one that
the scanner could most easily have made into it, and that the preposition allows, is taken.
"""

from __future__ import annotations

from math import inf

from collation.evidence.government import preposition_before
from collation.knowledge.letters import case_of, fold
from collation.knowledge.names.paradigms import all_cases
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Token

_TAIL = 3  # letters of the ending, whose difference counts half as much again
_WRONG_CASE = 1.2  # edits that a case counts which the preposition does not allow
_LEAST_NEARER = 1e-9  # forms at one distance come out as they are listed, whatever the rounding
_ADJECTIVE_TAILS = tuple(
    "ского скому ским ском ская ской скую скою ское ские ских скими ский цкого цкому цким цком цкая цкой цкую цкое цкие цких цкий".split()
)


def distance(observed: str, reading: str) -> float:
    """What a scanner had to do to show one for the other, in edits, hyphens and blanks aside."""
    return channel_cost(_bare(observed), _bare(reading)) / EDIT


def closeness(observed: str, reading: str) -> float:
    """1 for the same letters, 0 for none in common."""
    return 1.0 - distance(observed, reading) / max(1, len(_bare(reading)), len(_bare(observed)))


def _bare(word: str) -> str:
    return fold(word).replace("-", "").replace(" ", "")


def fitted(tokens: tuple[Token, ...], index: int, observed: str, base: str, *, animate: bool) -> tuple[str, float]:
    """The form of a name for a place, and its distance from what is there."""
    found = preposition_before(tokens, index)
    allowed = found[1] if found else frozenset[str]()
    best = (base, inf)
    for case, form in all_cases(base, animate=animate).items():
        cost = distance(observed, form) + 0.5 * distance(observed[-_TAIL:], form[-_TAIL:])
        cost += _WRONG_CASE if allowed and case not in allowed else 0.0
        if cost < best[1] - _LEAST_NEARER:
            best = (form, cost)
    return best[0], distance(observed, best[0])


def derived(observed: str, adjective: str) -> str | None:
    """A derived adjective in the form whose ending the observed word has, or None when it has no adjective's ending."""
    tail = next((t for t in _ADJECTIVE_TAILS if fold(observed).endswith(t)), None)
    return None if tail is None else fold(adjective)[:-2] + tail[2:]


def stem_of_adjective(word: str) -> str:
    """A word in -ский without that ending, "" for other words."""
    folded = fold(word)
    tail = next((t for t in _ADJECTIVE_TAILS if folded.endswith(t) and len(folded) > len(t) + 2), None)
    return folded.removesuffix(tail) if tail else ""


def written(form: str, spelling: str, observed: str) -> str:
    """A folded form with the capitals of its spelling (Нью-Йорк, Кай-ши, США), or all in capitals where the text is."""
    if spelling.isupper() or (case_of(observed) == "upper" and len(observed) > 1):
        return form.upper()
    if spelling[:1].islower():
        return form[:1].upper() + form[1:] if observed[:1].isupper() else form
    shapes = spelling.split("-")
    parts = form.split("-")
    if len(parts) != len(shapes):
        return form[:1].upper() + form[1:]
    return "-".join(p[:1].upper() + p[1:] if s[:1].isupper() else p for p, s in zip(parts, shapes, strict=True))
