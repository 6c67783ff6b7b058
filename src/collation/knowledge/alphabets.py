"""By what a Cyrillic word shows that it is no modern Russian: letters, hard signs and small words of other languages.

Only what Russian has not is a sign; that a word is unknown is none, for a damaged Russian word is unknown too. The
letters and words are those of ``dictionaries/alphabets.tsv``. Text in the spelling before 1918 has ѣ, ѳ, ѵ, і before
vowels, and a hard sign behind every consonant at the end of a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex

from collation.knowledge import dictionaries
from collation.knowledge.letters import RUSSIAN_LETTERS
from collation.knowledge.words import morphology

OLD, OTHER = "old", "other"
_WORD = regex.compile(r"[\p{Cyrillic}\p{M}]+")
_NUMERAL = regex.compile(r"[ІVХIСМІЇ]+")
_OLD = regex.compile(r"[ѣѳѵ]|.ъ$|і(?=[аеёиіоуыэюяѣй])")
_HARD_INSIDE = regex.compile(r"ъ(?![еёюяѣіи]|$)")
_BARE = frozenset("бвгджзклмнпрстфхцчшщ")
_LOST_LETTERS = frozenset("ѣѳѵі")
_MISREAD = str.maketrans("іїєґў", "ийегу")
_MODERN = frozenset(RUSSIAN_LETTERS + "ё")
_FEW_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Signs:
    """What the words of a stretch show. Each number counts words, ``distinct`` the signs that differ.

    ``old`` are spelt as before 1918, ``hard`` of them by a hard sign at the end where ``bare`` have none; ``repaired``
    are Russian words once a foreign letter is read otherwise; ``known`` are modern Russian words. ``languages`` are
    those that words speak for, with how many do and how many have a letter that the language lacks, likeliest first.
    """

    words: int
    distinct: int
    repaired: int
    old: int
    hard: int
    bare: int
    known: int
    languages: tuple[tuple[str, int, int], ...]

    @property
    def any(self) -> bool:
        return bool(self.languages or self.old)


def cyrillic_words(text: str) -> list[str]:
    """The Cyrillic words of a text in lower case, numerals left out."""
    return [word.lower() for word in _WORD.findall(text) if not _NUMERAL.fullmatch(word)]


def read_signs(words: Iterable[str]) -> Signs:
    """What these words show; lower case expected."""
    listed = list(words)
    spoken = {word: names for word in set(listed) if (names := _speaks_for(word))}
    times = Counter(word for word in listed if word in spoken)
    old = [word for word in listed if OLD in spoken.get(word, ())]
    return Signs(
        words=len(listed),
        distinct=len(times),
        repaired=sum(count for word, count in times.items() if _is_repaired(word)),
        old=len(old),
        hard=sum(word.endswith("ъ") for word in old),
        bare=sum(word[-1] in _BARE for word in listed),
        known=sum(word not in spoken and morphology.is_known(word) for word in listed) if spoken else len(listed),
        languages=_languages(listed, spoken),
    )


def _languages(listed: list[str], spoken: dict[str, frozenset[str]]) -> tuple[tuple[str, int, int], ...]:
    table = _alphabets()
    votes = Counter(name for word in listed for name in spoken.get(word, ()) if name != OLD)
    votes = Counter({n: count for n, count in votes.items() if n not in table or table[n].is_shown_by(spoken)})
    if not votes:
        return ()
    against = {n: sum(not table[n].lacking.isdisjoint(word) for word in listed) if n in table else 0 for n in votes}
    ranked = sorted(votes, key=lambda n: (-votes[n], len(table[n].letters) if n in table else 99, n))
    return tuple((name, votes[name], against[name]) for name in ranked)


@lru_cache(maxsize=50_000)
def _speaks_for(word: str) -> frozenset[str]:
    """The languages for which a word speaks, ``OLD`` for the old spelling; none for what may be modern Russian."""
    beyond = set(word) - _MODERN
    if _OLD.search(word) and beyond <= _LOST_LETTERS:
        return frozenset({OLD})
    own = frozenset(name for name, alphabet in _alphabets().items() if word in alphabet.words)
    if beyond:
        return own | (frozenset(n for n, a in _alphabets().items() if beyond <= a.letters) or frozenset({OTHER}))
    return own | {"bg"} if _HARD_INSIDE.search(word) else own


@dataclass(frozen=True, slots=True)
class _Alphabet:
    letters: frozenset[str]
    lacking: frozenset[str]
    words: frozenset[str]

    def is_shown_by(self, words: Iterable[str]) -> bool:
        """Whether the words have enough of it: of many own letters one alone, as the і of the Kazakhs, shows little."""
        listed = list(words)
        shown = {c for word in listed for c in word if c in self.letters}.union(w for w in listed if w in self.words)
        return len(shown) > 1 or len(self.letters) <= _FEW_LETTERS


@lru_cache(maxsize=1)
def _alphabets() -> dict[str, _Alphabet]:
    rows = dictionaries.rows("alphabets.tsv", columns=4)
    return {name: _Alphabet(*(frozenset(dictionaries.cell_list(cell)) for cell in cells)) for name, *cells in rows}


def _is_repaired(word: str) -> bool:
    """Whether a word with a foreign letter may be a Russian one misread: "прибылі"."""
    read = word.translate(_MISREAD)
    return read != word and morphology.is_known(read)
