"""English words: lemmas and spellings, and whether a dictionary has them. The only importer of simplemma."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from collation.knowledge import dictionaries

if TYPE_CHECKING:
    from spellchecker import SpellChecker

STOP = frozenset(
    "the a an of to in on at by for from with and or as that this these those it its he she they we you i his her their our "
    "my your him them us me be is are was were been being am have has had having do does did will would shall should can "
    "could may might must not no nor so than then there here which who whom whose what when where while how if into onto "
    "upon about over under after before up down out off again very also too only just but because through between among "
    "against during without within s t".split()
)


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    return {row[0]: row[1] for row in dictionaries.rows("english_variants.tsv", columns=2) if row[0] and row[1]}


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    return {row[0]: row[1] for row in dictionaries.rows("english_forms.tsv", columns=2)}


@lru_cache(maxsize=20_000)
def english_lemma(word: str) -> str:
    """The lemma of an English word in US spelling, lower case, a possessive ending taken off."""
    import simplemma

    lowered = word.lower().replace("’", "'")
    if lowered.endswith(("'s", "s'")):
        lowered = lowered[:-2] if lowered.endswith("'s") else lowered[:-1]
    lowered = _variants().get(lowered, lowered)
    found = simplemma.lemmatize(lowered, lang="en").lower()
    return _variants().get(found, found)


@lru_cache(maxsize=20_000)
def lemma_candidates(word: str) -> tuple[str, ...]:
    """The word's lemma and the forms a glossary may list instead: the word itself, adjective of a participle."""
    lowered = word.lower().replace("’", "'")
    first = english_lemma(word)
    found = [first, _variants().get(lowered, lowered)]
    if lowered.endswith("ly") and len(lowered) > 5:
        found += [lowered[:-2], lowered[:-3] + "y" if lowered.endswith("ily") else lowered[:-1]]
        if lowered.endswith("ally"):
            found.append(lowered[:-4])
    for ending in ("ing", "ed"):
        if lowered.endswith(ending) and len(lowered) > 5:
            stem = lowered[: -len(ending)]
            found += [stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem]
    return tuple(dict.fromkeys(found))


def other_lemmas(word: str) -> tuple[str, ...]:
    """The word of which this one may be a form although its lemma is another: rose is of rise, left of leave."""
    base = _forms().get(word.lower())
    return (base,) if base else ()


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    from spellchecker import SpellChecker

    return SpellChecker(language="en", distance=1)


def is_english(word: str) -> bool:
    """Whether pyspellchecker's dictionary has a word in small letters; it has hardly a misspelling. It is read when first asked."""
    return bool(_dictionary().word_frequency[word])
