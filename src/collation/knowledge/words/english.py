"""English words: lemmas and spellings, and whether a dictionary has them.

The lemmas are simplemma's and the words pyspellchecker's. Both lists are laid out once (``learning/english_words.py``) in a file that is mapped
into memory: loading them as they come takes a fifth of a second and 30 MB. What simplemma makes of a word that it does not list
it is asked for itself, with the mapped list in place of its own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from collation.knowledge import dictionaries
from collation.knowledge.mapped import Mapped, open_mapped
from collation.knowledge.words.numbered import Numbered

FILE = "english.arrays"
_LANGUAGE = "en"

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
    lowered = word.lower().replace("’", "'")
    if lowered.endswith(("'s", "s'")):
        lowered = lowered[:-2] if lowered.endswith("'s") else lowered[:-1]
    if not lowered:
        return ""
    lowered = _variants().get(lowered, lowered)
    found = (_plainly_listed(lowered) or _lemmatizer().lemmatize(lowered, lang=_LANGUAGE)).lower()
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


class Lemmas:
    """The forms that simplemma lists, with their lemmas, as a dictionary of its own would be asked."""

    def __init__(self, mapped: Mapped) -> None:
        self._forms = Numbered(mapped.arrays["lemma-numbers"])
        self._trims = mapped.view("lemma-trims")
        self._ends = mapped.view("lemma-ends")
        self._letters = mapped.arrays["ends"].tobytes().decode("utf-8").split("\n")

    def get(self, form: str, default: str | None = None) -> str | None:
        """The lemma: the form with its last letters taken off and others put there."""
        at = self._forms.place(form)
        return default if at is None else form[: len(form) - self._trims[at]] + self._letters[self._ends[at]]


class _OurDictionary:
    """What simplemma asks for its dictionary of a language."""

    def get_dictionary(self, lang: str) -> Any:
        return _lemmas()


@lru_cache(maxsize=1)
def _mapped() -> Mapped:
    return open_mapped(dictionaries.data_file(FILE))


@lru_cache(maxsize=1)
def _lemmas() -> Lemmas:
    return Lemmas(_mapped())


@lru_cache(maxsize=1)
def _lemmatizer() -> Any:
    """simplemma's lemmatizer over the mapped list; the import alone takes as long as all else for a short document."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(cache_max_size=1, lemmatization_strategy=DefaultStrategy(dictionary_factory=_OurDictionary()))


def _plainly_listed(lowered: str) -> str | None:
    """What simplemma says of a word of plain small letters that it lists: it looks there first, capitals included."""
    if not (lowered.isascii() and lowered.isalpha()):
        return None
    return _lemmas().get(lowered) or _lemmas().get(lowered.capitalize())


@lru_cache(maxsize=1)
def _words() -> Numbered:
    return Numbered(_mapped().arrays["word-numbers"])


def is_english(word: str) -> bool:
    """Whether pyspellchecker's dictionary has a word, in whatever case; it has hardly a misspelling."""
    return _words().place(word.lower()) is not None
