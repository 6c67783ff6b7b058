"""What kind of word each token of a sentence is, as far as it says what may stand beside it.

Each small word is a kind of its own, a mark is, and other words are of a kind by their part of speech, case or ending.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.knowledge.words.english import english_lemma
from collation.knowledge.words.lexicon import opened
from collation.model import Token

BEGINNING = "^"
NAME = "N"  # how the kinds of words with a capital begin
_ENDINGS = (
    "'s",
    "ing",
    "ed",
    "ly",
)  # by which English words differ in what they follow; others by what they are rendered with
_OPENING, _CLOSING = frozenset("\"«“„'‘("), frozenset('"»”)')


def kind_of(token: Token, language: str, small: frozenset[str], opens: bool) -> str:
    """The kind of a token: a small word itself, a mark, a number, else by its case or its ending, behind ``NAME`` where a word
    has a capital that its place does not give it."""
    text = token.text
    if token.kind == "mark":
        return '"' if text in _OPENING | _CLOSING and text not in "()" else text[0]
    if token.kind != "word":
        return "#"
    low = fold(text)
    if low in small:
        return low
    if not text[0].isupper() or opens:
        return "W" + _inner_kind(low, language)
    return NAME + (_inner_kind(low, language) if language == "ru" else "'s" * low.endswith(("'s", "’s")))


@lru_cache(maxsize=20_000)
def _inner_kind(low: str, language: str) -> str:
    if language != "ru":
        ending = next((e for e in _ENDINGS if low.replace("’", "'").endswith(e)), "")
        return f"-{ending or _rendered_as(low) + 's' * low.endswith('s')}"
    parses = morphology.parses(low)
    return f"-{parses[0].pos}-{parses[0].case}" if parses else "-"


def _rendered_as(low: str) -> str:
    """The part of speech of the Russian word that renders an English one best; empty where the glossary has none."""
    found = opened().equivalents(english_lemma(low))
    kinds = [(weight, p.pos) for russian, weight in found.items() for p in morphology.parses(russian)[:1]]
    return max(kinds, default=(0.0, ""))[1]


def kinds_of(tokens: Sequence[Token], language: str, small: frozenset[str]) -> list[str]:
    """The kinds of the tokens of a sentence, behind that of its beginning. ``small`` are the words that are kinds of their own."""
    found = [BEGINNING]
    for token in tokens:
        found.append(kind_of(token, language, small, opens=found[-1] in {BEGINNING, '"', ".", ":", "!", "?"}))
    return found
