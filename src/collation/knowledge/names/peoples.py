"""Which place a word is about, however it says so: Китай, китайский, китаец; China, Chinese.

A translator writes "Iranian officials" for власти Ирана and "Germany" for немцы. A Russian form is about the places whose
name or adjective it is, by the files, and about those whose people it is (``dictionaries/peoples.tsv``); an English word
about the places that it spells and those that its Russian equivalents are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.names import authority
from collation.knowledge.names.authority_files import Name, names
from collation.knowledge.names.syllables import plain_latin
from collation.knowledge.words import morphology

_SURE = 0.5  # weight of a Russian equivalent that an English word is taken for


@lru_cache(maxsize=1)
def _peoples() -> dict[str, tuple[str, ...]]:
    """The countries of each people, folded."""
    found: dict[str, tuple[str, ...]] = {}
    for country, peoples in dictionaries.rows("peoples.tsv", columns=2):
        for people in dictionaries.cell_list(peoples):
            found[fold(people)] = (*found.get(fold(people), ()), fold(country))
    return found


@lru_cache(maxsize=20_000)
def places_of(folded: str) -> frozenset[Name]:
    """The places that a folded Russian form is about."""
    lemmas = morphology.lemmas(folded)[:2]
    countries = [c for lemma in lemmas for c in _peoples().get(lemma, ())]
    parts = [part for form in (folded, *countries) for part in authority.bearers(form)]
    return frozenset(names()[part.name] for part in parts if part.count == 1 and not part.given)


@lru_cache(maxsize=20_000)
def _spelt(english: str) -> frozenset[Name]:
    low = plain_latin(english)
    found = authority.by_english(english)
    return frozenset(n for n in found if any(plain_latin(s) == low for s in n.english))


def is_about_one_place(russian: str, english: str, equivalents: Mapping[str, float]) -> bool:
    """Whether a Russian and an English word are about one place, or about a country and its capital; ``equivalents`` are the Russian
    lemmas of the English word with their weights."""
    ours = {name for name in places_of(fold(russian)) if name.kind == "place"}
    if not ours:
        return False
    theirs = set(_spelt(english)).union(*(places_of(lemma) for lemma, w in equivalents.items() if w >= _SURE))
    return bool(ours & theirs) or any(authority.related(a, b) for a in ours for b in theirs if b.kind == "place")
