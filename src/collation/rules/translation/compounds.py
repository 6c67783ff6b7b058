"""Russian compounds that several English words render: "North Atlantic" for североатлантический, "Great Russia" for Великороссия."""

from __future__ import annotations

from collation.alignment.affinity import Answer, Called
from collation.knowledge.letters import fold
from collation.knowledge.names.sound import same_sound
from collation.knowledge.names.syllables import without_possessive

_LEAST, _STEM = 9, 4  # letters of a compound, and of the stem of a part
_SURE = 0.6  # weight of a Russian equivalent that an English word is taken for
_SOUNDS = 0.85  # likeness by which the rest of a compound is a name
_FIRST_PARTS = tuple(
    "северо южно юго западно восточно англо франко австро греко германо японо китайско русско польско советско велико средне "
    "верхне нижне ново старо центрально".split()
)


def is_part_of_compound(own: Answer, called: Called) -> bool:
    """Whether an English word renders the first part of a Russian compound, or the rest of it."""
    russian = fold(own.token.text)
    first = next((p for p in _FIRST_PARTS if russian.startswith(p)), "")
    if not first or len(russian) < _LEAST or called.token.kind != "word":
        return False
    rest = russian.removeprefix(first)
    stems = {lemma[:_STEM] for lemma, weight in called.lemmas.items() if weight >= _SURE}
    if first[:_STEM] in stems or rest[:_STEM] in stems:
        return True
    return called.name and same_sound(rest.capitalize(), without_possessive(called.token.text)) >= _SOUNDS
