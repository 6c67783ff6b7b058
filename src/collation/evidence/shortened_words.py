"""Words that are written short: "гор. Чита", "т-вом", "з/к", "Т-34", σв. They are no misread words, whatever word is near them.

No list has all of them, for typists cut words as they please; their shape tells them. A word with a stop that goes on
behind it is cut short where it ends in a consonant and a usual word begins with it; where a sentence may end there, only if it
is listed (``dictionaries/abbreviations.tsv``) or no word itself. Blind to a word whose end was lost with a stop read in its place.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from collation.evidence.context import Context, Word
from collation.knowledge.letters import VOWELS
from collation.knowledge.names import authority
from collation.knowledge.words import morphology
from collation.knowledge.words.usual_tree import usual_tree

_LEAST_CUT = 2  # letters that are cut from a word at least,
_MOST_CUT = 14  # and at most
_LONGEST, _LONGEST_WORD, _LONGEST_LAST = (
    9,
    5,
    6,
)  # letters of what is cut; if it is a word too; where a sentence may end
_FIRST, _LAST = 3, 4  # letters before and behind the hyphen of a contraction, at most
_ABBREVIATED = 2  # letters of a word beside a stroke
_DESIGNATION = 4  # capitals before a figure: "СУ-76"
_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")
_PREPOSITIONS = frozenset("вкс")
_GOES_ON = regex.compile(r"\.(?:[ \t]*\n?[ \t]*)[\p{Ll}\d,;:)№«\-–—]")
_ENDS = regex.compile(r"\.(?!\.)")
_STROKED_BEFORE = regex.compile(r"(?<!\p{L})\p{Ll}+(?=/$)")
_STROKED_BEHIND = regex.compile(r"/(\p{Ll}+)(?!\p{L})")
_FIGURE_BEHIND = regex.compile(r"[-–—]?\d")
_INDEX = 2  # letters of an index
_GREEK = regex.compile(r"\p{Greek}")
_INDEXED = regex.compile(rf"[DFGIJLNQRSUVWZ]\p{{Cyrillic}}{{1,{_INDEX}}}")


def is_shortened(context: Context, word: Word) -> bool:
    """Whether a word is cut or contracted, half of an abbreviation with a stroke, the letters of a designation or a sign of a
    quantity."""
    if word.token.kind != "word":
        return False
    return (
        _is_cut(context, word)
        or _is_contracted(word.folded)
        or _is_beside_stroke(context, word)
        or _is_designation(context, word)
        or _is_sign_of_quantity(word.text)
    )


def _is_cut(context: Context, word: Word) -> bool:
    text, stop, length = context.text, word.token.stop, len(word.folded)
    if not _ENDS.match(text, stop) or word.folded[-1] not in _CONSONANTS:
        return False
    listed = authority.is_abbreviation(word.folded)
    if _GOES_ON.match(text, stop):
        longest = _LONGEST_WORD if morphology.is_known(word.folded) else _LONGEST
        return listed or (length <= longest and _begins_word(word.folded))
    if length == 1 or morphology.is_known(word.folded):
        return listed and length > 1
    return listed or (length <= _LONGEST_LAST and _begins_word(word.folded))


@lru_cache(maxsize=2_000)
def _begins_word(folded: str) -> bool:
    """Whether a usual word begins so and has some letters more."""
    least = len(folded) + _LEAST_CUT
    return any(len(form) >= least for form in usual_tree().completions(folded, _MOST_CUT))


def _is_contracted(folded: str) -> bool:
    """The first and the last letters of a word: т-вом, м-це, р-нах."""
    first, hyphen, last = folded.partition("-")
    return (
        bool(hyphen and last.isalpha())
        and len(first) <= _FIRST
        and len(last) <= _LAST
        and not VOWELS & set(first)
        and not (first in _PREPOSITIONS and len(last) > _ABBREVIATED)
    )


def _is_beside_stroke(context: Context, word: Word) -> bool:
    """Half of "з/к" or "с/дач": small letters that touch a stroke, of which one half is a letter or two."""
    if not word.text.islower():
        return False
    text, start, stop = context.text, word.token.start, word.token.stop
    before = _STROKED_BEFORE.search(text, max(0, start - _LONGEST), start)
    behind = _STROKED_BEHIND.match(text, stop)
    halves = [before[0] if before else "", behind[1] if behind else ""]
    return any(half and min(len(half), len(word.text)) <= _ABBREVIATED for half in halves)


def _is_designation(context: Context, word: Word) -> bool:
    """Capitals that a figure follows, with a hyphen or without, or goes before: "Т-34", "6Ж7", "30ХГСА"."""
    if len(word.text) > _DESIGNATION or not word.text.isupper():
        return False
    before = context.text[max(0, word.token.start - 1) : word.token.start]
    return before.isdigit() or _FIGURE_BEHIND.match(context.text, word.token.stop) is not None


def _is_sign_of_quantity(word: str) -> bool:
    """A Greek letter, or a Latin capital that looks like no Russian letter, with an index of a letter or two: δ, σв, Uн."""
    if any(_GREEK.match(letter) for letter in word):
        return len(word) <= 1 + _INDEX
    return _INDEXED.fullmatch(word) is not None
