"""Words that Russian makes as it needs them, and no dictionary lists: видеообращение, двадцатиэтажный, Гидрострой, меленько.

A compound counts when its first part is one that joins freely (``dictionaries/first_parts.tsv``) or numerals in the
genitive, and the rest is a usual word of the dictionary; a diminutive when its adjective is known. Older and colloquial
forms are listed (``dictionaries/period_forms.tsv``) with the endings they are met with. Blind to a misreading of the
first part that makes another first part.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology, wordlist

_LEAST_REST = 4  # letters of what a first part joins
_LONG_REST = 7  # the same, whatever its frequency
_USUAL = 2.0  # its Zipf frequency
_JOINED = frozenset({"NOUN", "ADJF", "ADJS", "PRTF", "ADVB"})
_UNITS = "двух трех четырех пяти шести семи восьми девяти"
_NUMERALS = (
    f"одно {_UNITS} десяти одиннадцати двенадцати тринадцати четырнадцати пятнадцати шестнадцати семнадцати восемнадцати "
    "девятнадцати двадцати тридцати сорока пятидесяти шестидесяти семидесяти восьмидесяти девяносто ста двухсот трехсот "
    "четырехсот пятисот шестисот семисот восьмисот девятисот тысяче полутора"
).split()
_COUNTED = regex.compile(rf"(?:{'|'.join(sorted(_NUMERALS, key=len, reverse=True))})+(?P<rest>\p{{L}}+)")
_DIMINUTIVE = regex.compile(r"(?P<stem>\p{L}{2,})[ео]ньк(?:о|[аи]я|[оиы]й|ие|ое|ую|ого|ому|им|их|ими|ой|ом)")
_TRUST = regex.compile(
    r"(?P<stem>\p{L}{3,}?)(?:стро(?:й|[яюе]|ем)|пром|торг|снаб|сбыт|союз|издат|трест|экспорт|импорт)(?:а|у|ом|е)?"
)


@lru_cache(maxsize=20_000)
def is_derived(word: str) -> bool:
    """Whether a word (case and ё folded) is a regular compound, a diminutive or a listed older form."""
    folded = fold(word)
    return folded in _period() or _is_compound(folded) or _is_counted(folded) or _is_diminutive(folded)


@lru_cache(maxsize=5_000)
def is_trust(word: str) -> bool:
    """Whether a capitalised word is the short name of a body: Пионерстрой, Хлебпром."""
    found = _TRUST.fullmatch(fold(word)) if word[:1].isupper() else None
    if found is None:
        return False
    return found["stem"] in _first_parts()[0] or any(
        morphology.is_known(stem) and wordlist.zipf(stem) >= _USUAL for stem in (found["stem"], found["stem"] + "о")
    )


def _is_compound(folded: str) -> bool:
    return any(len(rest) >= least for rest, least in _rests(folded))


@lru_cache(maxsize=5_000)
def rests(word: str) -> tuple[str, ...]:
    """The lemmas of what a word (case and ё folded) may be a compound of, without its first part: директор of гендиректор."""
    return tuple(lemma for rest, _ in _rests(fold(word)) for lemma in morphology.lemmas(rest))


def _rests(folded: str) -> Iterator[tuple[str, int]]:
    """What the first parts that the word may have leave of it, and the least letters of it by which they attest the word."""
    parts, longest = _first_parts()
    for length in range(2, min(longest, len(folded) - _LEAST_REST) + 1):
        least = parts.get(folded[:length])
        if least and _is_joined(rest := folded[length:].removeprefix("-")):
            yield rest, least


def _is_joined(rest: str) -> bool:
    return (
        len(rest) >= _LEAST_REST
        and morphology.is_known(rest)
        and (wordlist.zipf(rest) >= _USUAL or len(rest) >= _LONG_REST)
        and any(parse.pos in _JOINED for parse in morphology.parses(rest))
    )


def _is_counted(folded: str) -> bool:
    """Numerals before an adjective that is made from a noun: двадцатиэтажный; before -тысячный and the like too."""
    found = _COUNTED.fullmatch(folded)
    if found is None or len(found["rest"]) < _LEAST_REST:
        return False
    rest = found["rest"]
    return morphology.is_known(rest) and any(parse.pos in {"ADJF", "ADJS"} for parse in morphology.parses(rest))


def _is_diminutive(folded: str) -> bool:
    found = _DIMINUTIVE.fullmatch(folded)
    if found is None:
        return False
    stem = found["stem"]
    return any(
        morphology.is_known(adjective) and any(parse.pos == "ADJF" for parse in morphology.parses(adjective))
        for adjective in (stem + "ый", stem + "ий", stem + "ой", stem + "кий", stem + "окий", stem + "екий")
    )


@lru_cache(maxsize=1)
def _first_parts() -> tuple[dict[str, int], int]:
    """The first parts, folded, with the least letters that they join to an attested word, and the length of the longest."""
    found = {fold(part): int(least) for part, _, least in dictionaries.rows("first_parts.tsv", columns=3)}
    return found, max(map(len, found))


@lru_cache(maxsize=1)
def _period() -> frozenset[str]:
    """The listed older and colloquial forms; of a listed dictionary form the forms that its endings make."""
    found: set[str] = set()
    for form, kind in dictionaries.rows("period_forms.tsv", columns=2):
        folded = fold(form)
        found.add(folded)
        if kind == "inflected":
            found.update(_inflected(folded))
    return frozenset(found)


def _inflected(folded: str) -> set[str]:
    """All forms that the guesser of the dictionary gives a listed word."""
    return set(morphology.written_forms(folded))
