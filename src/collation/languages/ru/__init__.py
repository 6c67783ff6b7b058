"""Russian: what the program knows of it, filled from ``knowledge``."""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import RUSSIAN_LETTERS, fold
from collation.knowledge.names import authority
from collation.knowledge.names.sound import same_sound
from collation.knowledge.values.numerals import MONTHS_IN_DATES
from collation.knowledge.words import blemishes, confusions, families, morphology, search, wordlist
from collation.model.language import Language

_LISTED = 2.6  # Zipf: a form of the list that no dictionary has is a word from here on
_TOKENS = (
    r"(?P<spaced>(?<![\p{L}\p{N}])\p{L}(?: \p{L}){3,}(?![\p{L}\p{N}]))"
    r"|(?P<word>(?:\p{L}|\p{M})+(?:\p{N}+\p{L}+)*(?:[-‐‑](?:\p{L}|\p{M})+)*)"
    r"|(?P<number>\d+(?:[.,:]\d+)*(?:-\p{L}{1,4}\b)?)"
    r"|(?P<mark>\.{2,}|[-–—]{2,}|\S)"
)
_FUNCTION_WORDS = frozenset(
    "в во на к ко с со у о об обо от из за по под над до при для без через между про а и но или же ли бы не ни что чтобы как "
    "так то это этот тот весь он она оно они мы вы я ты его ее их мой твой свой наш ваш себя который кто быть был если когда "
    "где уже еще только даже лишь ведь вот да нет там тут здесь такой какой сам самый один".split()
)
_NEGATIONS = frozenset(
    "не ни нет нельзя никто ничто ничего никогда никакой никак нигде никуда незачем некому невозможно".split()
)
_ABBREVIATIONS = frozenset(
    "тов т тт г гг гр ф оп д л лл п пп экз отп вх исх им ул обл ч мин см ср стр зам нач ген св н с р в".split()
)


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    listed = (fold(row[0]).rstrip(".") for row in dictionaries.rows("abbreviations.tsv", columns=4))
    return _ABBREVIATIONS | frozenset(listed)


def _is_word(text: str) -> bool:
    return morphology.is_known(text) or authority.is_name_form(fold(text)) or wordlist.zipf(text) >= _LISTED


def _likeness(russian: str, english: str) -> float:
    """How alike two names are: the same by the files, else by their sound."""
    alike = authority.same_name(russian, english)
    return alike if alike >= 1.0 else max(alike, same_sound(russian, english))


RUSSIAN = Language(
    code="ru",
    name="Russian",
    siglum="R",
    role="original",
    script="cyrillic",
    letters=RUSSIAN_LETTERS + "ё",
    tokens=_TOKENS,
    months=MONTHS_IN_DATES,
    function_words=_FUNCTION_WORDS,
    abbreviations=_abbreviations,
    ending=frozenset({"г", "гг"}),  # "1950 г. Из": the mark of a year
    negations=_NEGATIONS,
    is_word=_is_word,
    morphology=morphology,
    families=families,
    frequencies=wordlist,
    search=search,
    confusions=confusions,
    names=authority,
    likeness=_likeness,
    blemishes=blemishes,
    glossary="glossary",
    alphabets="alphabets.tsv",
    language_model="period.counts",
    context_model="context.npz",
)
