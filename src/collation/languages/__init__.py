"""What a language is to the program: the one table of them. A language more is a folder here, its dictionaries, a line."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from collation.knowledge.letters import fold
from collation.languages.en import ENGLISH
from collation.languages.ru import RUSSIAN
from collation.model import Document
from collation.model.document import Role
from collation.model.language import Language, LanguagePair

LANGUAGES: tuple[Language, ...] = (
    RUSSIAN,
    ENGLISH,
)
RUSSIAN_ENGLISH = LanguagePair(RUSSIAN, ENGLISH)
_WORD = regex.compile(r"\p{L}+")


def is_known(code: str, role: Role) -> bool:
    """Whether the table has a language of this code for originals or for translations."""
    return any(language.code == code for language in known_for(role))


def known_for(role: Role) -> tuple[Language, ...]:
    """The languages that the table has for originals or for translations, in its order."""
    return tuple(language for language in LANGUAGES if language.role == role)


def pair_of(text: str, languages: Sequence[Language] = LANGUAGES) -> LanguagePair:
    """The languages of a text and its translation: the original is the one whose small words it has most of.

    Small words that the translation's language has too ("do", "to") speak for none.
    """
    originals = [language for language in languages if language.role == "original"]
    translation = next(language for language in languages if language.role == "translation")
    if len(originals) == 1:
        return LanguagePair(originals[0], translation)
    words = [fold(word) for word in _WORD.findall(text)]
    shown = [
        sum(word in own for word in words) for own in (o.function_words - translation.function_words for o in originals)
    ]
    return LanguagePair(originals[shown.index(max(shown))], translation)


def pair_named(original: str, translation: str, languages: Sequence[Language] = LANGUAGES) -> LanguagePair:
    """The languages of these codes. Raises KeyError with the code when the table has none of that role."""
    table = {(language.role, language.code): language for language in languages}
    try:
        return LanguagePair(table["original", original], table["translation", translation])
    except KeyError as missing:
        raise KeyError(missing.args[0][1]) from None


def pair_of_document(document: Document) -> LanguagePair:
    """The languages in which a document was read; Russian and English where it has neither text."""
    original, translation = document.original, document.translation
    return pair_named(
        original.language if original else RUSSIAN.code, translation.language if translation else ENGLISH.code
    )
