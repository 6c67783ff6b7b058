"""Chinese and Korean names: syllables of the Latin systems and what Russian texts write for them.

Pinyin and Wade-Giles against Palladius; Revised Romanization, McCune-Reischauer and ad-hoc spellings against Kontsevich
and the press of the period. A Latin word counts only when it divides into syllables without rest; the Russian word must
then be the same syllables, hyphens and a case ending aside. Blind to Cantonese and to Japanese colonial readings, which
the authority files list name by name.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold

Parse = tuple[frozenset[str], ...]

_ENDINGS = frozenset(("", "а", "у", "ом", "ем", "е", "я", "ю", "ы"))
_LONGEST = 7
_MOST_PARSES = 12
_MOST_SYLLABLES = 4
PART = 0.85
_MARKS = "'’‘ʻ`."
_BARE = str.maketrans("", "", _MARKS)


def plain_latin(word: str) -> str:
    """Lower case without diacritics, apostrophes and stops: what the tables are keyed by."""
    if word.isascii():
        return word.lower().translate(_BARE)
    bare = (c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return "".join(c for c in bare if c not in _MARKS)


def without_possessive(word: str) -> str:
    """An English word without its possessive ending, in small letters or in capitals."""
    return word[:-2] if word[-2:].lower() in ("'s", "’s") else word


def heard(russian: str) -> str:
    """A Russian syllable or word as it is compared: folded, э as е, ы as и only by the tables, hyphens out."""
    return fold(russian).replace("э", "е").replace("-", "").replace(" ", "")


@lru_cache(maxsize=1)
def chinese() -> dict[str, frozenset[str]]:
    """Latin syllable to Russian syllables, Mandarin."""
    found: dict[str, set[str]] = {}
    for pinyin, wade, palladius in dictionaries.rows("palladius.tsv", columns=3):
        _enter(found, (pinyin, *dictionaries.cell_list(wade)), dictionaries.cell_list(palladius))
    return {latin: frozenset(russian) for latin, russian in found.items()}


@lru_cache(maxsize=1)
def korean() -> dict[str, frozenset[str]]:
    """Latin syllable to Russian syllables, Korean."""
    found: dict[str, set[str]] = {}
    cells = dictionaries.cell_list
    for revised, mccune, kontsevich, adhoc, period in dictionaries.rows("korean.tsv", columns=5):
        _enter(found, (revised, *cells(mccune), *cells(adhoc)), [*cells(kontsevich), *cells(period)])
    return {latin: frozenset(russian) for latin, russian in found.items()}


def _enter(found: dict[str, set[str]], latin: tuple[str, ...], russian: list[str]) -> None:
    for syllable in latin:
        if syllable:
            found.setdefault(plain_latin(syllable), set()).update(heard(r) for r in russian)


@lru_cache(maxsize=20_000)
def divide(english: str) -> tuple[Parse, ...]:
    """The ways in which a Latin word divides into syllables of one language; none when a rest remains."""
    parts = [plain_latin(p) for p in english.replace("‐", "-").split("-")]
    if not all(parts) or sum(map(len, parts)) > _LONGEST * _MOST_SYLLABLES:
        return ()
    found: list[Parse] = []
    for table in (chinese(), korean()):
        parses: list[Parse] = [()]
        for part in parts:
            tails = _tails(part, table)
            parses = [(*head, *tail) for head in parses for tail in tails][:_MOST_PARSES]
        found.extend(p for p in parses if len(p) <= _MOST_SYLLABLES)
    return tuple(dict.fromkeys(found))


def _tails(part: str, table: dict[str, frozenset[str]]) -> list[Parse]:
    if not part:
        return [()]
    found: list[Parse] = []
    for length in range(min(_LONGEST, len(part)), 0, -1):
        russian = table.get(part[:length])
        if russian:
            found.extend((russian, *tail) for tail in _tails(part[length:], table))
            if len(found) >= _MOST_PARSES:
                break
    return found


def same_syllables(russian: str, english: str) -> float:
    """1 when the Russian word is the syllables of the Latin one, less when it is a hyphened part of it, else 0."""
    whole, parts = divide(english), english.replace("‐", "-").split("-")
    if not whole and len(parts) == 1:
        return 0.0
    word = heard(russian)
    if not 1 < len(word) <= 20:
        return 0.0
    if any(_reads(word, parse) for parse in whole):
        return 1.0
    if len(parts) > 1 and any(_reads(word, parse) for part in parts for parse in divide(part)):
        return PART
    return 0.0


def _reads(word: str, syllables: Parse) -> bool:
    """Whether a word is these syllables, one after the other, and at most a case ending."""
    if not syllables:
        return word in _ENDINGS
    return any(
        word.startswith(form) and _reads(word[len(form) :], syllables[1:])
        for russian in syllables[0]
        for form in (russian, russian.removesuffix("ь"))
        if form
    )


@lru_cache(maxsize=1)
def _russian() -> frozenset[str]:
    return frozenset(form for table in (chinese(), korean()) for forms in table.values() for form in forms)


def is_syllable(word: str) -> bool:
    """Whether a Russian word, as ``heard``, is a syllable of Chinese or Korean names."""
    return word in _russian()


def cyrillise(english: str) -> tuple[str, ...]:
    """The usual Russian spelling of a Chinese or Korean word, one for each way in which it divides."""
    return tuple(dict.fromkeys("".join(min(s, key=lambda r: (len(r), r)) for s in parse) for parse in divide(english)))
