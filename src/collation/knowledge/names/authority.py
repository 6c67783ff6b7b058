"""Persons, places, organisations, given names and abbreviations: who is known, and how the name is spelt.

Three questions: whose name is a Russian form, whose name is a Latin word, and are the two one name. Forms are not
listed: an index by the first letters leads to the few names a form may belong to, and the paradigm decides. A headword
that is also an ordinary word (По, Или, Верный) is a name only where it is written as one, so no answer here makes a
doubt by itself. Blind to bearers that are not in the files, which are most people of the news: those go by sound.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.names.authority_files import Name
from collation.knowledge.names.authority_tables import PREFIX, NamePart, authority_tables, latin_words
from collation.knowledge.names.paradigms import is_form_of, paradigm
from collation.knowledge.names.sound import NEAR, same_sound
from collation.knowledge.words import morphology, wordlist

_TAIL = 3  # letters by which a form may be longer or shorter than the name
_COMMON_PART = 0.75


@lru_cache(maxsize=10_000)
def bearers(form: str) -> tuple[NamePart, ...]:
    """The words of names that a folded Russian form may be a form of."""
    shortest, longest = len(form) - _TAIL, len(form) + _TAIL
    return tuple(
        part
        for stem, length, part in _stems(form[:PREFIX])
        if (form == part.word or (form.startswith(stem) and shortest <= length <= longest and length > PREFIX))
        and is_form_of(form, part.word)
    )


@lru_cache(maxsize=1_000)
def _stems(prefix: str) -> tuple[tuple[str, int, NamePart], ...]:
    """The words of names with these first letters, each with what its forms begin with, fleeting vowels aside, and its length: a
    cheap look before the paradigm."""
    parts = authority_tables().parts(prefix)
    return tuple((_stem(part.word, 3 if part.adjective else 2), len(part.word), part) for part in parts)


def _stem(word: str, ending: int) -> str:
    return word[: max(2, len(word) - ending) - 1]


def name_of(part: NamePart) -> Name:
    """The person, place or body of whose name a word is part."""
    return authority_tables().name(part.name)


def is_name_form(folded: str) -> bool:
    """Whether a folded word is a form of a name that the authority files have."""
    return bool(bearers(folded))


def borne_by(folded: str) -> tuple[Name, ...]:
    """The persons and places whose whole name a folded Russian form is."""
    return tuple(dict.fromkeys(name_of(part) for part in bearers(folded) if part.count == 1 and not part.given))


def is_of(folded: str, bearing: tuple[Name, ...]) -> bool:
    """Whether a folded form is a whole spelling of one of these names (a head of one word, an abbreviation)."""
    return bool(bearing) and any(
        part.count == 1 and not part.given and name_of(part) in bearing for part in bearers(folded)
    )


@lru_cache(maxsize=1)
def _seats() -> dict[str, frozenset[str]]:
    """Names that stand for one another: country, capital, other names; by each of them, folded."""
    found: dict[str, set[str]] = {}
    for country, seats in dictionaries.rows("seats.tsv", columns=2):
        for seat in dictionaries.cell_list(seats):
            found.setdefault(fold(country), set()).add(fold(seat))
            found.setdefault(fold(seat), set()).add(fold(country))
    return {name: frozenset(others) for name, others in found.items()}


def related(left: Name, right: Name) -> bool:
    """Whether one name may stand for the other: they share a spelling, or one is the other's capital or people."""
    if set(left.english) & set(right.english) or set(left.spellings) & set(right.spellings):
        return True
    if set(left.adjectives) & set(right.adjectives):
        return True
    ours, theirs = {fold(s) for s in left.spellings}, {fold(s) for s in right.spellings}
    return any(_seats().get(spelling, frozenset()) & theirs for spelling in ours)


def kinds_of_name(folded: str) -> frozenset[str]:
    """What the names are that a folded form may belong to: person, place, given, body."""
    return frozenset(name_of(part).kind for part in bearers(folded))


@lru_cache(maxsize=20_000)
def by_english(word: str) -> tuple[Name, ...]:
    """The names in whose Latin spellings a word occurs, those that it is alone first."""
    found: dict[int, int] = {}
    for part in latin_words(word):
        for number, (_, count) in authority_tables().latin(part).items():
            found[number] = min(count, found.get(number, count))
    ranked = sorted(found.items(), key=lambda item: (item[1], item[0]))
    return tuple(authority_tables().name(number) for number, _ in ranked)


@lru_cache(maxsize=1)
def latin_heads() -> tuple[str, ...]:
    """The Latin spellings of one word, plain, for a search of near ones."""
    return tuple(authority_tables().latin_heads())


def spelt(words: tuple[str, ...]) -> tuple[int, tuple[Name, ...]]:
    """The longest Latin spelling of a name with which a run of plain words begins: its length and its names."""
    tables = authority_tables()
    for length in range(min(len(words), tables.longest_phrase), 0, -1):
        if found := tables.phrase(words[:length]):
            return length, tuple(tables.name(number) for number in found)
    return 0, ()


@lru_cache(maxsize=5_000)
def same_name(russian: str, english: str) -> float:
    """1 when the authority files hold a Russian form and a Latin word as one name, less for a common part of one."""
    parts = {part.name: part for part in bearers(fold(russian)) if not part.given}
    found = 0.0
    for word in latin_words(english) if parts else ():
        for number, (index, count) in authority_tables().latin(word).items():
            part = parts.get(number)
            if part is None:
                continue
            if (
                1 in (count, part.count)
                or (index, count) == (part.index, part.count)
                or same_sound(part.word, word) >= NEAR
            ):
                found = max(found, 1.0 if count == 1 or _is_rare(word) else _COMMON_PART)
    return found


@lru_cache(maxsize=5_000)
def is_same_in_one_word(russian: str, english: str, *, adjectives: bool) -> bool:
    """Whether a Russian form and a Latin word are one name that either of them is whole: Великобритания, "Britain"; with
    ``adjectives`` those of a name are it too: американский, "States"."""
    parts = {
        part.name: part for part in bearers(fold(russian)) if not part.given and (adjectives or not part.adjective)
    }
    return any(
        1 in (count, parts[number].count)
        for word in latin_words(english)
        for number, (_, count) in authority_tables().latin(word).items()
        if number in parts
    )


@lru_cache(maxsize=20_000)
def _is_rare(word: str) -> bool:
    """Whether a Latin word is no ordinary English word: "new" and "united" say little of New York."""
    return wordlist.usual_english_zipf(word) < 4.6


@lru_cache(maxsize=1)
def _heads() -> tuple[str, ...]:
    return tuple(sorted({word for word in authority_tables().part_words() if len(word) > 3}))


@lru_cache(maxsize=5_000)
def near(folded: str, distance: int = 2) -> tuple[str, ...]:
    """Name words within a few letters of a folded Russian form, nearest first; endings are not taken off."""
    found = process.extract(folded, _heads(), scorer=Levenshtein.distance, score_cutoff=distance, limit=8)
    return tuple(word for word, _, _ in found)


@lru_cache(maxsize=20_000)
def declined(name: str) -> frozenset[str]:
    """The case forms of one Russian name word, folded: by the dictionary where it knows it, else by its paradigm."""
    word = fold(name)
    if morphology.is_known(word) and any(parse.lemma == word for parse in morphology.parses(word)):
        return frozenset({word, *morphology.written_forms(word)})
    rule = paradigm(word)
    return frozenset({word, *(rule.stem + ending for ending in (*rule.endings, *rule.others))})


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """The listed abbreviations, folded, without their last stop."""
    return frozenset(fold(row[0]).rstrip(".") for row in dictionaries.rows("abbreviations.tsv", columns=4) if row[0])


def is_abbreviation(folded: str) -> bool:
    return folded.rstrip(".") in abbreviations()
