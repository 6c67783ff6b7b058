"""Which place a word is about, however it says so: Китай, китайский, китаец; China, Chinese.

A translator writes "Iranian officials" for власти Ирана and "Germany" for немцы. A Russian form is about the places whose
name or adjective it is, by the files, and about those whose people it is: listed (``dictionaries/peoples.tsv``), or made from
the adjective (нигериец, нигерийский). An English word is about the places that it spells, those that it is made from
(Nigerians, Iraqi) and those that its Russian equivalents are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.names import authority
from collation.knowledge.names.authority_files import Name
from collation.knowledge.names.syllables import plain_latin
from collation.knowledge.words import morphology

_SURE = 0.5  # weight of a Russian equivalent that an English word is taken for
_PEOPLE = ("ец", "лянин", "анин", "янин", "ка")  # how Russian nouns of people end, and, in its place, the adjective
_ADJECTIVES = ("ский", "йский")
_MADE = ("ian", "ean", "an", "n", "ese", "i", "ish")  # what English words end in that are made from a place,
_PLACE = ("", "a", "e", "ia", "o", "y", "us")  # and what the place may end in instead
_STEM = 3  # letters of the name of a place that are left at the least


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
    parts += [
        part for lemma in lemmas for form in _adjectives(lemma) for part in authority.bearers(form) if part.adjective
    ]
    return frozenset(authority.name_of(part) for part in parts if part.count == 1 and not part.given)


def _adjectives(lemma: str) -> list[str]:
    """The adjectives of a place that a Russian noun of people may be made from: кубинский of кубинец."""
    stems = [
        lemma[: -len(ending)] for ending in _PEOPLE if lemma.endswith(ending) and len(lemma) >= _STEM + len(ending)
    ]
    return [stem + ending for stem in stems for ending in _ADJECTIVES]


@lru_cache(maxsize=20_000)
def _spelt(english: str) -> frozenset[Name]:
    low = plain_latin(english)
    found = authority.by_english(english)
    return frozenset(n for n in found if any(plain_latin(s) == low for s in n.english))


@lru_cache(maxsize=20_000)
def _made_from(english: str) -> frozenset[Name]:
    """The places whose names an English word is made from: Bosnia of "Bosnians", Iraq of "Iraqi"."""
    low = plain_latin(english)
    word = low.removesuffix("s")
    stems = {word[: -len(ending)] for ending in _MADE if word.endswith(ending) and len(word) >= _STEM + len(ending)}
    return frozenset(
        name for stem in stems for ending in _PLACE for name in _spelt(stem + ending) if name.kind == "place"
    )


def is_about_one_place(russian: str, english: str, equivalents: Mapping[str, float]) -> bool:
    """Whether a Russian and an English word are about one place, or about a country and its capital; ``equivalents`` are the Russian
    lemmas of the English word with their weights."""
    ours = {name for name in places_of(fold(russian)) if name.kind == "place"}
    if not ours:
        return False
    theirs = set(_spelt(english) | _made_from(english)).union(
        *(places_of(lemma) for lemma, w in equivalents.items() if w >= _SURE)
    )
    return bool(ours & theirs) or any(authority.related(a, b) for a in ours for b in theirs if b.kind == "place")
