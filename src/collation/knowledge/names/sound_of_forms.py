"""How a form of a Russian name sounds like an English one, its ending restored: Бори is Borya, Кимр Kimry, в Большом Bolshoi.

``sound`` lets a case ending go where the English has none, and the English's own ending go for little. Where the case
has taken the very letters that the English has (plural places, adjectives), the two sound unlike; the nominative that
the dictionary knows does not, nor does the owner in a possessive (Петькин, Petka's). Blind to names in oblique cases that
the dictionary of forms does not have.
"""

from __future__ import annotations

import regex

from collation.knowledge.letters import fold
from collation.knowledge.names.paradigms import nominatives
from collation.knowledge.names.sound import NEAR, same_sound
from collation.knowledge.names.syllables import without_possessive

_SURELY = 0.97  # likeness by sound, 0 to 1, that the restored form must have: Варя is somewhat like Borya, and another
_OWNED = regex.compile(r"(?<=..)[иы]н(?:а|о|ы|у|ой|ою|ого|ому|ым|ом|ых|ыми)?$")


def sound_of_form(russian: str, english: str) -> float:
    """How surely a Russian form and an English word are one name, 0 to 1, as the form sounds, or as its nominative or, of
    two possessives, its owner does where that leaves no doubt."""
    heard = same_sound(russian, english)
    if not NEAR <= heard < 1.0:
        return heard
    names = (*nominatives(russian), *(_owners(russian) if without_possessive(english) != english else ()))
    restored = max((same_sound(name.capitalize(), english) for name in names), default=0.0)
    return restored if restored >= _SURELY else heard


def _owners(russian: str) -> tuple[str, ...]:
    """Whose a thing may be of which a possessive in -ин is said: Петькин, Петька."""
    stem = _OWNED.sub("", fold(russian))
    return () if stem == fold(russian) else (stem + "а", stem + "я")
