"""What a language is to the program: its letters, its small words, and what is known of it.

A capability that is None or empty is one that the language lacks: what needs it is switched off and the report says so.
The protocols hold only what is asked of any language; modules of ``knowledge`` satisfy them as they are (PEP 544).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

Script = Literal["cyrillic", "latin"]
Need = Literal[
    "morphology",
    "families",
    "frequencies",
    "search",
    "confusions",
    "names",
    "negations",
    "glossary",
    "language_model",
    "context_model",
]
"""The capabilities that a rule can name; each is a field of Language."""


class Morphology(Protocol):
    """The dictionary of inflected forms; words are compared folded."""

    def is_known(self, word: str) -> bool: ...
    def lemmas(self, word: str) -> tuple[str, ...]: ...


class WordFamilies(Hashable, Protocol):
    """The roots of a lemma, by which words of one family answer for one another."""

    def roots(self, lemma: str) -> frozenset[str]: ...
    def whole_root(self, lemma: str) -> str: ...


class WordFrequencies(Protocol):
    """How usual a form is; ``zipf`` is the decimal logarithm of its count in a thousand million words."""

    def zipf(self, word: str) -> float: ...
    def is_usual(self, form: str) -> bool: ...


class FormSearch(Protocol):
    """Known forms that look like a word, with what each misreading costs."""

    def similar(self, word: str, budget: int) -> tuple[tuple[str, int], ...]: ...
    def usual_similar(self, word: str) -> tuple[str, ...]: ...


class Misreadings(Protocol):
    """What a scanner makes of the letters."""

    def channel_cost(self, observed: str, reading: str) -> int: ...


class Names(Protocol):
    """The authority files of persons, places and bodies, with abbreviations."""

    def is_name_form(self, word: str) -> bool: ...
    def is_abbreviation(self, word: str) -> bool: ...


class Blemishes(Protocol):
    """The words that a string with signs and figures for letters may be."""

    def explained(self, text: str) -> tuple[str, ...]: ...


def _none() -> frozenset[str]:
    return frozenset()


def _no(word: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language of an original or of a translation.

    ``code`` is BCP 47, ``name`` English; ``siglum`` stands for its witness. ``letters`` are those of the alphabet in small,
    ``tokens`` a pattern with the groups spaced, word, number and mark. ``abbreviations`` (folded, without their stop,
    read when first asked for) keep a sentence from ending; ``ending`` are those of them that may end one all the same.
    ``months`` are written as in dates. ``is_word`` says what the dictionaries or a list of frequent forms have.
    ``likeness`` compares a name with an English one, 0 to 1; without it letters are compared. ``glossary``, ``alphabets``
    and ``language_model`` name the files that hold them, empty where there is none.
    """

    code: str
    name: str
    siglum: str
    role: Literal["original", "translation"]
    script: Script
    letters: str
    tokens: str
    months: tuple[str, ...]
    function_words: frozenset[str]
    abbreviations: Callable[[], frozenset[str]] = _none
    ending: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    is_word: Callable[[str], bool] = _no
    morphology: Morphology | None = None
    families: WordFamilies | None = None
    frequencies: WordFrequencies | None = None
    search: FormSearch | None = None
    confusions: Misreadings | None = None
    names: Names | None = None
    likeness: Callable[[str, str], float] | None = None
    blemishes: Blemishes | None = None
    glossary: str = ""
    alphabets: str = ""
    language_model: str = ""
    context_model: str = ""

    def lacks(self, need: Need) -> bool:
        """Whether a capability is missing."""
        return not getattr(self, need)

    def knows(self, word: str) -> bool:
        """Whether the dictionary of forms has a word; False without one."""
        return self.morphology is not None and self.morphology.is_known(word)

    def lemmas(self, folded: str) -> tuple[str, ...]:
        """The lemmas of a form; without a dictionary it is its own."""
        return (folded,) if self.morphology is None else self.morphology.lemmas(folded)


@dataclass(frozen=True, slots=True, eq=False)
class LanguagePair:
    """The language of an original and that of its translation."""

    original: Language
    translation: Language

    def __iter__(self) -> Iterator[Language]:
        return iter((self.original, self.translation))

    def of(self, code: str) -> Language:
        """The one of this code; the original's for any other."""
        return self.translation if code == self.translation.code else self.original
