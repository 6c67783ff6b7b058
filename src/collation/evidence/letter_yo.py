"""Readings spelt with ё where the document writes it: "отстранён" in a text that has "ещё", "отстранен" in one that has "еще".

Words are compared with ё as е, and readings come out so. A document writes ё where it has more words with it than words
that are spelt with it and have е. Only a word that has no other spelling gets its ё: "все" may be either word, and stays.
"""

from __future__ import annotations

import regex

from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology

_WORD = regex.compile(r"\p{Cyrillic}+")


def as_spelt_here(context: Context, reading: str, observed: str) -> str:
    """A reading of the original as the document spells its words; those that are in the observed text stay as they are."""
    if context.language.morphology is None:
        return reading
    kept = set(_WORD.findall(observed))
    spelt = _WORD.sub(lambda m: m.group() if m.group() in kept else with_yo(m.group()), reading)
    return spelt if spelt != reading and context.once(writes_yo) else reading


def writes_yo(context: Context) -> bool:
    """Whether the original writes ё where words have it."""
    original = context.document.original
    words = {t.text for s in (original.segments if original else ()) for t in s.tokens if t.kind == "word"}
    written = {word for word in words if "ё" in word.lower()}
    return bool(written) and len(written) > sum(with_yo(word) != word for word in words - written)


def with_yo(word: str) -> str:
    """The word with the ё that each of its spellings has."""
    folded = fold(word)
    if "е" not in folded or len(folded) != len(word) or "ё" in word.lower():
        return word
    known = morphology.spellings(folded)
    if len(known) != 1 or "ё" not in known[0]:
        return word
    return "".join(
        ("Ё" if own.isupper() else "ё") if there == "ё" else own for own, there in zip(word, known[0], strict=True)
    )
