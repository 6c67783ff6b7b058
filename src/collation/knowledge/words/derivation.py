"""Words that Russian makes as it needs them, and no dictionary lists: видеообращение, двадцатиэтажный, Гидрострой, меленько.

A compound counts when its first part is one that joins freely (``dictionaries/first_parts.tsv``) or numerals in the
genitive, and the rest is a usual word of the dictionary, or when a short word for an office governs the rest (начштаба); a
diminutive when its adjective is known. Words of the Soviet time made of stumps (губком), older and colloquial forms and words
of other peoples are listed (``dictionaries/stump_compounds.tsv``, ``period_forms.tsv``, ``realia.tsv``) with the endings they
are met with. Blind to a misreading of the first part that makes another first part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import regex
from rapidfuzz.distance import Postfix

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology, wordlist

_LEAST_REST = 4  # letters of what a first part joins
_LONG_REST = 7  # the same, whatever its frequency
_USUAL = 2.0  # its Zipf frequency
_JOINED = frozenset({"NOUN", "ADJF", "ADJS", "PRTF", "PRTS", "ADVB"})
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
_HARD = regex.compile(r"\p{L}+[бвгдзклмнпрстфх]")
_BEFORE_I = frozenset("гкх")
_LIKE = "like "  # before the word whose endings a listed form has


@lru_cache(maxsize=20_000)
def is_derived(word: str) -> bool:
    """Whether a word (case and ё folded) is a regular compound, a diminutive or a listed form."""
    folded = fold(word)
    return (
        folded in _listed()
        or _is_compound(folded)
        or _is_governing(folded)
        or _is_counted(folded)
        or _is_diminutive(folded)
    )


def is_listed(word: str) -> bool:
    """Whether a word (case and ё folded) is a form of a listed word: на-днях, губкома, цириков."""
    return fold(word) in _listed()


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
    """The lemmas of what a word (case and ё folded) may be a compound of, without its first part: директор of гендиректор,
    недельный of двухнедельный."""
    folded = fold(word)
    counted = _COUNTED.fullmatch(folded)
    found = [rest for rest, _ in _rests(folded)] + ([counted["rest"]] if counted and _is_counted(folded) else [])
    return tuple(lemma for rest in found for lemma in morphology.lemmas(rest))


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


def _is_governing(folded: str) -> bool:
    """A short word for an office and what it is over, in the case that the office asks for: начштаба, завотделом."""
    for part, case in _offices():
        noun = folded.removeprefix(part)
        if noun != folded and len(noun) >= _LEAST_REST and (noun in _listed() or _is_usual_noun(noun, case)):
            return True
    return False


def _is_usual_noun(word: str, case: str) -> bool:
    return (
        morphology.is_known(word)
        and wordlist.zipf(word) >= _USUAL
        and any(parse.pos == "NOUN" and case in parse.grammemes for parse in morphology.parses(word))
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
    found = {fold(part): int(least) for part, _, least, _ in dictionaries.rows("first_parts.tsv", columns=4)}
    return found, max(map(len, found))


@lru_cache(maxsize=1)
def _offices() -> tuple[tuple[str, str], ...]:
    """The short words for an office, folded, with the case of what they are over."""
    return tuple((fold(part), case) for part, _, _, case in dictionaries.rows("first_parts.tsv", columns=4) if case)


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    """The listed forms: older, colloquial and foreign words with the endings they are met with, and compounds of stumps."""
    found: set[str] = set()
    older = dictionaries.rows("period_forms.tsv", columns=2)
    foreign = ((word, kind) for word, _, kind in dictionaries.rows("realia.tsv", columns=3))
    for form, kind in (*older, *foreign):
        folded = fold(form)
        found.add(folded)
        if kind == "inflected":
            found.update(morphology.written_forms(folded))
        elif kind.startswith(_LIKE):
            found.update(_like(folded, fold(kind.removeprefix(_LIKE))))
    for form, _, kind in dictionaries.rows("stump_compounds.tsv", columns=3):
        folded = fold(form)
        found.add(folded)
        if kind == "inflected":
            found.update(_declined(folded))
    return frozenset(found)


def _like(word: str, model: str) -> Iterator[str]:
    """The forms of a word that ends as its model does: цынгой, as цингой."""
    shared = Postfix.similarity(word, model)
    stem, replaced = word[: len(word) - shared], model[: len(model) - shared]
    for form in morphology.written_forms(model):
        if form.startswith(replaced):
            yield stem + form.removeprefix(replaced)


def _declined(folded: str) -> Iterable[str]:
    """The forms of a compound of stumps. One that ends in a consonant is declined as завод is, whatever word its last
    stump is like: губкомы, not губкомья as комья.
    """
    if not _HARD.fullmatch(folded):
        return morphology.written_forms(folded)
    plural = "и" if folded[-1] in _BEFORE_I else "ы"
    return [folded + ending for ending in ("а", "у", "ом", "е", plural, "ов", "ам", "ами", "ах")]
