"""How a form of a Russian name sounds like an English one, its ending restored: Бори is Borya, Кимр Kimry, в Большом Bolshoi.

``sound`` lets a case ending go where the English has none, and the English's own ending go for little. Where the case
has taken the very letters that the English has (plural places, adjectives), the two sound unlike; the nominative that
the dictionary knows does not. Blind to names in oblique cases that the dictionary of forms does not have.
"""

from __future__ import annotations

from collation.knowledge.names.paradigms import nominatives
from collation.knowledge.names.sound import NEAR, same_sound

_SURELY = (
    0.97  # likeness by sound, 0 to 1, that the nominative must have: Варя is somewhat like Borya, and another name
)


def sound_of_form(russian: str, english: str) -> float:
    """How surely a Russian form and an English word are one name, 0 to 1, as the form sounds, or as its nominative does
    where that leaves no doubt."""
    heard = same_sound(russian, english)
    if not NEAR <= heard < 1.0:
        return heard
    restored = max((same_sound(name.capitalize(), english) for name in nominatives(russian)), default=0.0)
    return restored if restored >= _SURELY else heard
