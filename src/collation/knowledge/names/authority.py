"""Persons, places, organisations, given names and abbreviations: who is known, and how the name is spelt.

Three questions: whose name is a Russian form, whose name is a Latin word, and are the two one name. Forms are not
listed: an index by the first letters leads to the few names a form may belong to, and the paradigm decides. A headword
that is also an ordinary word (По, Или, Верный) is a name only where it is written as one, so no answer here makes a
doubt by itself. Blind to bearers that are not in the files, which are most people of the news: those go by sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.names.authority_files import Name, names
from collation.knowledge.names.paradigms import is_form_of, paradigm
from collation.knowledge.names.sound import NEAR, same_sound
from collation.knowledge.names.syllables import plain_latin
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.english import STOP

_PREFIX = 2
_TAIL = 3  # letters by which a form may be longer or shorter than the name
_COMMON_PART = 0.75


@dataclass(frozen=True, slots=True)
class NamePart:
    """A word of a Russian name, folded: the name's number, the word's place among so many; ``given`` and patronymic
    words belong to the bearer and answer no spelling of the surname."""

    word: str
    name: int
    index: int
    count: int
    adjective: bool = False
    given: bool = False


@lru_cache(maxsize=1)
def _parts() -> dict[str, tuple[NamePart, ...]]:
    """The words of all names by their first letters."""
    found: dict[str, dict[tuple[str, int], NamePart]] = {}

    def enter(part: NamePart) -> None:
        if part.word:
            found.setdefault(part.word[:_PREFIX], {}).setdefault((part.word, part.name), part)

    for number, name in enumerate(names()):
        for spelling in name.spellings:
            words = fold(spelling).split()
            for index, word in enumerate(words):
                enter(NamePart(word, number, index, len(words)))
            if 1 < len(words) <= 3 and name.kind == "person":
                enter(NamePart("-".join(words), number, 0, 1))
        for adjective in name.adjectives:
            enter(NamePart(fold(adjective), number, 0, 1, adjective=True))
        for given in fold(name.given).split():
            enter(NamePart(given, number, 0, 1, given=True))
    return {key: tuple(bucket.values()) for key, bucket in found.items()}


@lru_cache(maxsize=10_000)
def bearers(form: str) -> tuple[NamePart, ...]:
    """The words of names that a folded Russian form may be a form of."""
    shortest, longest = len(form) - _TAIL, len(form) + _TAIL
    return tuple(
        part
        for stem, length, part in _stems().get(form[:_PREFIX], ())
        if (form == part.word or (form.startswith(stem) and shortest <= length <= longest and length > _PREFIX))
        and is_form_of(form, part.word)
    )


@lru_cache(maxsize=1)
def _stems() -> dict[str, tuple[tuple[str, int, NamePart], ...]]:
    """The words of all names with what a form of each begins with, fleeting vowels aside, and their lengths: a cheap look
    before the paradigm."""
    return {
        key: tuple((_stem(part.word, 3 if part.adjective else 2), len(part.word), part) for part in parts)
        for key, parts in _parts().items()
    }


def _stem(word: str, ending: int) -> str:
    return word[: max(2, len(word) - ending) - 1]


def is_name_form(folded: str) -> bool:
    """Whether a folded word is a form of a name that the authority files have."""
    return bool(bearers(folded))


def borne_by(folded: str) -> tuple[Name, ...]:
    """The persons and places whose whole name a folded Russian form is."""
    return tuple(dict.fromkeys(names()[part.name] for part in bearers(folded) if part.count == 1 and not part.given))


def is_of(folded: str, bearing: tuple[Name, ...]) -> bool:
    """Whether a folded form is a whole spelling of one of these names (a head of one word, an abbreviation)."""
    return bool(bearing) and any(
        part.count == 1 and not part.given and names()[part.name] in bearing for part in bearers(folded)
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
    return frozenset(names()[part.name].kind for part in bearers(folded))


@lru_cache(maxsize=1)
def _latin() -> dict[str, dict[int, tuple[int, int]]]:
    """Latin word to the names it occurs in: its place among so many words, the shortest spelling counting."""
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for number, name in enumerate(names()):
        for spelling in name.english:
            words = latin_words(spelling)
            for index, word in enumerate(words):
                bucket = found.setdefault(word, {})
                if number not in bucket or bucket[number][1] > len(words):
                    bucket[number] = (index, len(words))
    return found


def latin_words(spelling: str) -> tuple[str, ...]:
    """The words of a Latin spelling as the index has them: plain, hyphens parting, stops and possessives out."""
    words = plain_latin(spelling.replace("'s", "").replace("’s", "")).replace("-", " ").replace("‐", " ").split()
    return tuple(word for word in words if word not in STOP or len(words) == 1)


@lru_cache(maxsize=20_000)
def by_english(word: str) -> tuple[Name, ...]:
    """The names in whose Latin spellings a word occurs, those that it is alone first."""
    found: dict[int, int] = {}
    for part in latin_words(word):
        for number, (_, count) in _latin().get(part, {}).items():
            found[number] = min(count, found.get(number, count))
    ranked = sorted(found.items(), key=lambda item: (item[1], item[0]))
    return tuple(names()[number] for number, _ in ranked)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[tuple[str, ...], tuple[int, ...]]]:
    """Latin spellings of several words by their first word."""
    found: dict[str, dict[tuple[str, ...], list[int]]] = {}
    for number, name in enumerate(names()):
        for spelling in name.english:
            words = tuple(
                plain_latin(spelling.replace(".", " ") if spelling.isupper() else spelling).replace("-", " ").split()
            )
            if words:
                bucket = found.setdefault(words[0], {}).setdefault(words, [])
                if number not in bucket:
                    bucket.append(number)
    return {first: {words: tuple(ids) for words, ids in bucket.items()} for first, bucket in found.items()}


@lru_cache(maxsize=1)
def latin_heads() -> tuple[str, ...]:
    """The Latin spellings of one word, plain, for a search of near ones."""
    return tuple(sorted({s[0] for bucket in _phrases().values() for s in bucket if len(s) == 1 and len(s[0]) > 3}))


def spelt(words: tuple[str, ...]) -> tuple[int, tuple[Name, ...]]:
    """The longest Latin spelling of a name with which a run of plain words begins: its length and its names."""
    best = 0
    found: tuple[int, ...] = ()
    for spelling, numbers in _phrases().get(words[0] if words else "", {}).items():
        if best < len(spelling) and words[: len(spelling)] == spelling:
            best, found = len(spelling), numbers
    return best, tuple(names()[number] for number in found)


@lru_cache(maxsize=5_000)
def same_name(russian: str, english: str) -> float:
    """1 when the authority files hold a Russian form and a Latin word as one name, less for a common part of one."""
    parts = {part.name: part for part in bearers(fold(russian)) if not part.given}
    found = 0.0
    for word in latin_words(english) if parts else ():
        for number, (index, count) in _latin().get(word, {}).items():
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
        for number, (_, count) in _latin().get(word, {}).items()
        if number in parts
    )


@lru_cache(maxsize=20_000)
def _is_rare(word: str) -> bool:
    """Whether a Latin word is no ordinary English word: "new" and "united" say little of New York."""
    return wordlist.usual_english_zipf(word) < 4.6


@lru_cache(maxsize=1)
def _heads() -> tuple[str, ...]:
    return tuple(sorted({part.word for bucket in _parts().values() for part in bucket if len(part.word) > 3}))


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
