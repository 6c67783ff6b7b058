"""What a document does throughout, reported once: signs without the blank beside them, a typist's habit.

From three such signs on they are one note with one reading that mends every place; the single places need no finding
of their own, and an editor who wants only some of them mended selects the words. Other doubts at these places stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from collation.model import Entry, Feature, Reading
from collation.model.doubt import Proposal
from collation.model.rule import Rule

LEAST = 3  # signs without a blank that are a habit of the document
_SIGN, _KEPT = "speck", "glued"
_EXAMPLES, _LONG = 3, 30  # places that are quoted, and characters of each


def repeated(best: Sequence[Proposal | None]) -> frozenset[int]:
    """Which of the best proposals of the doubts put a blank beside a sign, where there are three signs or more of them."""
    found = {i: p for i, p in enumerate(best) if p is not None and p.edits and p.value(_KEPT)}
    signs = sum(f.name == _SIGN for p in found.values() for f in p.features)
    return frozenset(found) if signs >= LEAST else frozenset()


def entry(text: str, rule: Rule, proposals: Sequence[Proposal], probability: float) -> Entry:
    """The note on all these places, in order of the text and in the name of a rule: its reading mends each of them."""
    edits = tuple(sorted((e for p in proposals for e in p.edits), key=lambda e: e.place.start))
    words = [" ".join(edit.place.of(text).split())[:_LONG] for edit in edits]
    signs = sum(f.name == _SIGN for p in proposals for f in p.features)
    says = (("count", str(signs)), ("examples", "; ".join(words[:_EXAMPLES])))
    return Entry(
        id="",
        code=rule.code,
        family=rule.family,
        side="original",
        places=tuple(edit.place for edit in edits),
        lemma=words[0],
        probability=round(probability, 4),
        tier="note",
        harm=rule.harm,
        hand="undecided",
        ruling="needs-scan",
        readings=(Reading(edits, "conjecture", 1.0),),
        features=(Feature("habit", float(signs), (), "", "sign-habit", says),),
    )
