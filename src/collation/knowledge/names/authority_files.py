"""The files of persons, places, organisations, given names and abbreviations, each row read as a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from collation.knowledge import dictionaries


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

    @property
    def attested(self) -> tuple[str, ...]:
        """The spellings without the code names, which are other words for the bearer."""
        return tuple(s for s in self.spellings if s not in self.code_names)

    @property
    def animate(self) -> bool:
        return self.kind in {"person", "given"}


@lru_cache(maxsize=1)
def names() -> tuple[Name, ...]:
    """All persons, places, given names and abbreviated bodies of the authority files."""
    cells = dictionaries.cell_list
    found = []
    for head, given, english, variants, adjectives, code, note in dictionaries.rows("persons.tsv", columns=7):
        codes = [part.partition("=") for part in cells(code)]
        latin = tuple(right.strip() for _, _, right in codes if right.strip())
        name = _name(
            head,
            english,
            variants,
            adjectives,
            "person",
            note,
            given,
            tuple(left.strip() for left, _, _ in codes),
            latin,
        )
        found.append(name)
    for head, english, variants, adjectives, note in dictionaries.rows("places.tsv", columns=5):
        found.append(_name(head, english, variants, adjectives, "place", note))
    for russian, english, sex in dictionaries.rows("given_names.tsv", columns=3):
        found.append(_name(russian, english, "", "", "given", sex))
    for _, english, abbreviation, note in dictionaries.rows("organisations.tsv", columns=4):
        short = cells(abbreviation)
        if short and " " not in short[0]:
            found.append(_name(short[0], english, ";".join(short[1:]), "", "body", note))
    for short_name, _, english, note in dictionaries.rows("abbreviations.tsv", columns=4):
        if english and 2 <= len(short_name) <= 6 and short_name.isalpha() and short_name.isupper():
            found.append(_name(short_name, english, "", "", "body", note))
    return tuple(found)


def _name(
    head: str,
    english: str,
    variants: str,
    adjectives: str,
    kind: str,
    note: str,
    given: str = "",
    codes: tuple[str, ...] = (),
    latin_codes: tuple[str, ...] = (),
) -> Name:
    cells = dictionaries.cell_list
    pairs = [v.partition("=") for v in cells(variants)]
    latin = tuple(right.strip() for _, _, right in pairs if right.strip())
    russian = tuple(left.strip() for left, _, _ in pairs)
    return Name(
        head,
        (*cells(english), *latin, *latin_codes),
        (*russian, *codes),
        tuple(cells(adjectives)),
        kind,
        note,
        given,
        codes,
    )
