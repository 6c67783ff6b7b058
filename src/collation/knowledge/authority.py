"""Persons, places, organisations, given names and abbreviations: who is known, how the name is spelt and declined."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from collation.knowledge import dictionaries, morphology
from collation.knowledge.letters import fold

_SURNAME = (
    (("ов", "ев", "ёв", "ин", "ын"), ("", "а", "у", "ым", "е", "ы", "ых", "ым", "ыми", "ой")),
    (("ский", "цкий"), ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ие", "их", "ими")),
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person, place or body: Russian head, Latin spellings (most usual first), other Russian spellings,
    derived adjectives, code names, what it is."""

    head: str
    english: tuple[str, ...]
    variants: tuple[str, ...]
    adjectives: tuple[str, ...]
    kind: str
    note: str
    given: str = ""
    code_names: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.head, *self.variants)


@lru_cache(maxsize=1)
def names() -> tuple[Name, ...]:
    """All persons and places of the authority files."""
    found = []
    for head, given, english, variants, adjectives, code, note in dictionaries.rows("persons.tsv", columns=7):
        codes = tuple(part.split("=")[0].strip() for part in dictionaries.cell_list(code))
        latin_codes = tuple(part.split("=")[1].strip() for part in dictionaries.cell_list(code) if "=" in part)
        found.append(_name(head, english, variants, adjectives, "person", note, given, codes, latin_codes))
    for head, english, variants, adjectives, note in dictionaries.rows("places.tsv", columns=5):
        found.append(_name(head, english, variants, adjectives, "place", note))
    for russian, english, _ in dictionaries.rows("given_names.tsv", columns=3):
        found.append(_name(russian, english, "", "", "given", ""))
    return tuple(found)


def _name(
    head: str, english: str, variants: str, adjectives: str, kind: str, note: str, given: str = "",
    codes: tuple[str, ...] = (), latin_codes: tuple[str, ...] = (),
) -> Name:  # fmt: skip
    cells = dictionaries.cell_list
    variants_only = tuple(v.split("=")[0].strip() for v in cells(variants))
    latin_variants = tuple(v.split("=")[1].strip() for v in cells(variants) if "=" in v)
    latin = (*cells(english), *latin_variants, *latin_codes)
    return Name(head, latin, (*variants_only, *codes), tuple(cells(adjectives)), kind, note, given, codes)


@lru_cache(maxsize=20_000)
def declined(name: str) -> frozenset[str]:
    """The case forms of one Russian name word, folded: by the dictionary, else by its surname or consonant paradigm."""
    word = fold(name)
    found = {word}
    if morphology.is_known(word):
        for parse in morphology.parses(word):
            if parse.pos in {"NOUN", "ADJF"} and parse.lemma == word:
                found.update(form for form, tag in morphology.forms(word) if "Name" in tag or "Surn" in tag or "Geox" in tag or True)
    for endings, cases in _SURNAME:
        for ending in endings:
            if word.endswith(ending):
                base = word[: -len(ending)] if ending.endswith("кий") else word
                stem = base + ending[:-2] if ending.endswith("кий") else base
                found.update(stem + case for case in cases)
                return frozenset(found)
    if word[-1:] not in "аеиоуыэюяьй":
        found.update(word + case for case in ("а", "у", "ом", "е", "ем"))
    elif word.endswith("а"):
        found.update(word[:-1] + case for case in ("ы", "и", "е", "у", "ой"))
    elif word.endswith("я"):
        found.update(word[:-1] + case for case in ("и", "е", "ю", "ей"))
    elif word.endswith("ь"):
        found.update(word[:-1] + case for case in ("я", "ю", "ем", "е", "и", "ью"))
    elif word.endswith("й"):
        found.update(word[:-1] + case for case in ("я", "ю", "ем", "е"))
    return frozenset(found)


@lru_cache(maxsize=1)
def _name_forms() -> frozenset[str]:
    found: set[str] = set()
    for name in names():
        for spelling in (*name.spellings, *name.given.split()):
            for part in (spelling, *spelling.split()):
                found |= declined(part)
                if "-" in part:
                    left, _, last = part.rpartition("-")
                    found |= {f"{fold(left)}-{form}" for form in declined(last)}
                    for piece in part.split("-"):
                        found |= declined(piece)
        for adjective in name.adjectives:
            found.add(fold(adjective))
    return frozenset(found)


def is_name_form(folded: str) -> bool:
    """Whether a folded word is a form of a name that the authority files have."""
    return folded in _name_forms()


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """The listed abbreviations, folded, without their last stop."""
    return frozenset(fold(row[0]).rstrip(".") for row in dictionaries.rows("abbreviations.tsv", columns=4) if row[0])


def is_abbreviation(folded: str) -> bool:
    return folded.rstrip(".") in abbreviations()


@lru_cache(maxsize=1)
def by_english() -> dict[str, tuple[Name, ...]]:
    """Names by each Latin word of their spellings, lower case."""
    found: dict[str, list[Name]] = {}
    for name in names():
        for spelling in name.english:
            for word in spelling.replace("-", " ").lower().split():
                bucket = found.setdefault(word.strip("'’.,"), [])
                if name not in bucket:
                    bucket.append(name)
    return {word: tuple(bucket) for word, bucket in found.items()}
