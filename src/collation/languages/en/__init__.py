"""English, the language of the translations."""

from __future__ import annotations

from string import ascii_lowercase

from collation.knowledge.values.numerals import MONTHS_ENGLISH
from collation.knowledge.words import wordlist
from collation.knowledge.words.english import STOP
from collation.model.language import Language

_LISTED = 3.0
_TOKENS = (
    r"(?P<spaced>(?<![\p{L}\p{N}])\p{Lu}(?: \p{Lu}){3,}(?![\p{L}\p{N}]))"
    r"|(?P<word>(?:\p{L}|\p{M})+(?:\p{N}+\p{L}+)*(?:['’]\p{L}+)*(?:[-‐‑](?:\p{L}|\p{M})+(?:['’]\p{L}+)*)*)"
    r"|(?P<number>\d+(?:[.,:]\d+)*(?:-?(?:st|nd|rd|th|s)\b)?)"
    r"|(?P<mark>\.{2,}|[-–—]{2,}|\S)"
)
_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor cannot nowhere unable fail refuse impossible".split()
)
_ABBREVIATIONS = frozenset(
    "cde cdes gen col maj lt capt mr mrs ms dr prof st no nos n vol p pp ed fig op inc ltd co jan feb mar apr jun jul aug "
    "sep sept oct nov dec e.g i.e etc vs f d l ll u.s u.k".split()
)


def _abbreviations() -> frozenset[str]:
    return _ABBREVIATIONS


def _is_word(text: str) -> bool:
    return wordlist.usual_english_zipf(text) >= _LISTED


ENGLISH = Language(
    code="en",
    name="English",
    siglum="E",
    role="translation",
    script="latin",
    letters=ascii_lowercase,
    tokens=_TOKENS,
    months=MONTHS_ENGLISH,
    function_words=STOP,
    abbreviations=_abbreviations,
    negations=_NEGATIONS,
    is_word=_is_word,
)
