"""What names a Russian form is known as, by the authority files and by the dictionary of forms."""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge.letters import fold
from collation.knowledge.names import authority
from collation.knowledge.words import morphology

_NAME_TAGS = frozenset({"Surn", "Name", "Patr", "Geox"})


@lru_cache(maxsize=20_000)
def name_kinds(word: str) -> frozenset[str]:
    """What names a form is known as: person, place, given or body by the files, surname or place by the dictionary.

    An ordinary word that a sentence may begin with is no name only because a river or a town is called so.
    """
    folded = fold(word)
    found = set(authority.kinds_of_name(folded))
    parses = morphology.parses(folded) if morphology.is_known(folded) else ()
    for parse in parses:
        if "Geox" in parse.grammemes:
            found.add("place")
        if {"Surn", "Name", "Patr"} & parse.grammemes:
            found.add("person")
    if (parses and not any(_NAME_TAGS & parse.grammemes for parse in parses)) or _is_common(parses):
        return frozenset()
    return frozenset(found)


def _is_common(parses: tuple[morphology.Parse, ...]) -> bool:
    """Whether the dictionary takes the form for an ordinary word first."""
    return bool(parses) and not (_NAME_TAGS & parses[0].grammemes) and "Abbr" not in parses[0].grammemes
