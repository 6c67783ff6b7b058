"""Agreement in the noun phrase: whether a form goes with the adjective or noun beside it."""

from __future__ import annotations

from collation.knowledge.words import morphology
from collation.model import Token


def disagrees(tokens: tuple[Token, ...], index: int, form: str) -> float:
    """How many neighbours the form conflicts with as adjective and noun; below 0 when it agrees with one."""
    own = [p for p in morphology.parses(form) if p.pos in {"NOUN", "ADJF", "PRTF"}]
    if not own:
        return 0.0
    total = 0.0
    for j in (index - 1, index + 1):
        if not 0 <= j < len(tokens) or tokens[j].kind != "word":
            continue
        other = [p for p in morphology.parses(tokens[j].text) if p.pos in {"NOUN", "ADJF", "PRTF"}]
        if not other or len(other) != len(morphology.parses(tokens[j].text)):
            continue
        pairs = [(a, b) for a in own for b in other if (a.pos == "NOUN") != (b.pos == "NOUN")]
        # an adjective precedes its noun
        ordered = [(a, b) for a, b in pairs if (a.pos == "NOUN") == (j < index)]
        if ordered:
            total += -0.5 if any(agree(a, b) for a, b in ordered) else 1.0
    return total


def agree(a: morphology.Parse, b: morphology.Parse) -> bool:
    """Whether two nominal forms are of one case and number and, in the singular, of one gender."""
    if a.case != b.case or a.number != b.number:
        return False
    return a.number == "plur" or not a.gender or not b.gender or a.gender == b.gender
