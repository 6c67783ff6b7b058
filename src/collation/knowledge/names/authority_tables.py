"""What is asked of the authority files, laid out: the words of Russian names by their first letters, Latin words and spellings.

A document asks for a few of the five thousand names. The tables ship with the files (``learning/dictionary_tables.py``) and are
mapped; where the files were changed since they are made anew in each run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.made_of import opened_if_made_of
from collation.knowledge.names.authority_files import Name, NameRows
from collation.knowledge.names.syllables import plain_latin
from collation.knowledge.words.english import STOP
from collation.knowledge.words.numbered import NumberedRows, in_order

FILE = "authority.arrays"
PREFIX = 2  # letters of a form by which the names are found that it may belong to
_PLAIN, _ADJECTIVE, _GIVEN = range(3)  # what a word is in a name
_LEAST_HEAD = 4  # letters of a spelling that near ones are looked for of
Arrays = dict[str, NDArray[Any]]


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


def latin_words(spelling: str) -> tuple[str, ...]:
    """The words of a Latin spelling as the index has them: plain, hyphens parting, stops and possessives out."""
    words = plain_latin(spelling.replace("'s", "").replace("’s", "")).replace("-", " ").replace("‐", " ").split()
    return tuple(word for word in words if word not in STOP or len(words) == 1)


def tables_of(rows: NameRows) -> Arrays:
    """The tables of the names of some rows."""
    listed = list(rows.starts())
    names = [name for _, name in listed]
    starts = np.array([start for start, _ in listed], dtype=np.uint32)
    return {"name-starts": starts, **_of_parts(names), **_of_latin(names), **_of_phrases(names)}


def _of_parts(names: Sequence[Name]) -> Arrays:
    """The words of all names, each once a name, sorted by their first letters."""
    once: dict[tuple[str, int], tuple[str, int, int, int, int]] = {}
    for number, name in enumerate(names):
        for part in _parts_of(number, name):
            if part[0]:
                once.setdefault(part[:2], part)
    numbers, order = in_order(part[0][:PREFIX] for part in once.values())
    parts = list(once.values())
    words = [parts[at][0] for at in order]
    return {
        "part-prefixes": numbers,
        "part-words": _letters(words),
        "part-starts": np.cumsum([0, *(len(word.encode("utf-8")) + 1 for word in words)]).astype(np.uint32),
        "part-facts": np.array([part[1:] for part in parts], dtype=np.uint16)[order].reshape(-1),
    }


def _parts_of(number: int, name: Name) -> Iterable[tuple[str, int, int, int, int]]:
    for spelling in name.spellings:
        words = fold(spelling).split()
        for index, word in enumerate(words):
            yield word, number, index, len(words), _PLAIN
        if 1 < len(words) <= 3 and name.kind == "person":
            yield "-".join(words), number, 0, 1, _PLAIN
    for adjective in name.adjectives:
        yield fold(adjective), number, 0, 1, _ADJECTIVE
    for given in fold(name.given).split():
        yield given, number, 0, 1, _GIVEN


def _of_latin(names: Sequence[Name]) -> Arrays:
    """The Latin words with the names that they occur in: the place among so many words, the shortest spelling counting."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for number, name in enumerate(names):
        for words in map(latin_words, name.english):
            for index, word in enumerate(words):
                if (word, number) not in found or found[word, number][1] > len(words):
                    found[word, number] = (index, len(words))
    numbers, order = in_order(word for word, _ in found)
    facts = np.array([(number, *places) for (_, number), places in found.items()], dtype=np.uint16)
    return {"latin-words": numbers, "latin-facts": facts[order].reshape(-1)}


def _of_phrases(names: Sequence[Name]) -> Arrays:
    """The Latin spellings as they are read in a text, with their names; how long they may be; those of one word."""
    found: dict[tuple[tuple[str, ...], int], None] = {}
    for number, name in enumerate(names):
        for spelling in name.english:
            bare = spelling.replace(".", " ") if spelling.isupper() else spelling
            if words := tuple(plain_latin(bare).replace("-", " ").split()):
                found[words, number] = None
    numbers, order = in_order(" ".join(words) for words, _ in found)
    return {
        "phrases": numbers,
        "phrase-names": np.array([number for _, number in found], dtype=np.uint16)[order],
        "longest-phrase": np.array([max((len(words) for words, _ in found), default=0)], dtype=np.uint8),
        "latin-heads": _letters(sorted({w[0] for w, _ in found if len(w) == 1 and len(w[0]) >= _LEAST_HEAD})),
    }


def _letters(words: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


class AuthorityTables:
    """The names of the files by what is asked for."""

    def __init__(self) -> None:
        self._rows = NameRows()
        laid = opened_if_made_of(self._rows.text, dictionaries.data_file(FILE))
        self._arrays = laid.arrays if laid else tables_of(self._rows)
        self._names: list[Name | None] = [None] * len(self._arrays["name-starts"])
        self._prefixes, self._latin, self._phrases = (
            NumberedRows(self._arrays[name]) for name in ("part-prefixes", "latin-words", "phrases")
        )
        self.longest_phrase = int(self._arrays["longest-phrase"][0])

    def name(self, number: int) -> Name:
        """A name by its number, in the order of the files."""
        found = self._names[number]
        if found is None:
            found = self._names[number] = self._rows.at(int(self._arrays["name-starts"][number]))
            assert found is not None, "a row that is laid out is a name"
        return found

    def parts(self, prefix: str) -> list[NamePart]:
        """The words of names with these first letters."""
        found = _slice(self._prefixes.about(prefix))
        starts, letters = self._arrays["part-starts"], self._arrays["part-words"]
        words = letters[int(starts[found.start]) : int(starts[found.stop])].tobytes().decode("utf-8").split("\n")
        facts = self._arrays["part-facts"].reshape(-1, 4)[found].tolist()
        return [
            NamePart(word, number, index, count, adjective=kind == _ADJECTIVE, given=kind == _GIVEN)
            for word, (number, index, count, kind) in zip(words, facts, strict=False)
        ]

    def part_words(self) -> list[str]:
        """The words of all names."""
        return _words(self._arrays["part-words"])

    def latin_heads(self) -> list[str]:
        """The Latin spellings of one word that is not too short, plain."""
        return _words(self._arrays["latin-heads"])

    def latin(self, word: str) -> dict[int, tuple[int, int]]:
        """The names that a Latin word occurs in: its place among so many words, the shortest spelling counting."""
        facts = self._arrays["latin-facts"].reshape(-1, 3)
        return {number: (index, count) for number, index, count in facts[_slice(self._latin.about(word))].tolist()}

    def phrase(self, words: Sequence[str]) -> list[int]:
        """The names that are spelt with just these plain words."""
        found: list[int] = self._arrays["phrase-names"][_slice(self._phrases.about(" ".join(words)))].tolist()
        return found


def _slice(rows: range) -> slice:
    return slice(rows.start, rows.stop)


def _words(letters: NDArray[np.uint8]) -> list[str]:
    return letters.tobytes().decode("utf-8").split("\n")


@lru_cache(maxsize=1)
def authority_tables() -> AuthorityTables:
    """The tables of the authority files that there are."""
    return AuthorityTables()
