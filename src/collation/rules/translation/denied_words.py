"""A word with its denial in it opposite the same word without: незаконный, "legal"; "unsuitable", годный.

Asked are words that a prefix denies (не-, un-, in-, dis-) and whose bare word is known. Opposite stands what renders the bare word, nothing
there renders the whole one, and no other word of that sentence denies. Blind to words that deny without a prefix, and to what the glossary lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from collation.evidence import denials
from collation.evidence.context import Context
from collation.evidence.denials import denies_in_english, denies_in_russian
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.model import Token

_NOT = "не"
_SURE = 0.5  # weight of an equivalent of the glossary by which a word renders another
_PREFIX = (2, 3)  # letters of an English prefix that denies
_WRONGLY = "mis"  # a prefix that says "wrongly", and not "not": misleading
_LEAST = 4  # letters of a bare word


class DeniedWord(NamedTuple):
    """A word of each side, of which one has its denial in it."""

    russian: Token
    english: Token


def denied_words(context: Context, number: int) -> Iterator[DeniedWord]:
    """The words of a pair of which one denies what the other says."""
    pair = context.pairs[number]
    ours = [t for t in pair.original if t.kind == "word"]
    theirs = [t for t in pair.translation if t.kind == "word"]
    if not any(denies_in_english(t) or denials.is_weak(t) for t in theirs):
        yield from _denied_in_russian(context, ours, theirs)
    if not any(denies_in_russian(t) or denials.is_weak(t) for t in ours):
        yield from _denied_in_english(context, ours, theirs)


def _denied_in_russian(context: Context, ours: list[Token], theirs: list[Token]) -> Iterator[DeniedWord]:
    denying = [t for t in ours if denies_in_russian(t)]
    if len(denying) != 1 or not fold(denying[0].text).startswith(_NOT):
        return
    whole = _lemmas(denying[0])
    bare = {lemma.removeprefix(_NOT) for lemma in whole if len(lemma) >= _LEAST + len(_NOT)}
    bare = {lemma for lemma in bare if morphology.is_known(lemma)}
    if any(not bare.isdisjoint(_lemmas(t)) for t in ours):
        return
    found = [t for t in theirs if _renders(context, t.text.lower(), bare)]
    if len(found) == 1 and not any(_renders(context, t.text.lower(), whole) for t in theirs):
        yield DeniedWord(denying[0], found[0])


def _denied_in_english(context: Context, ours: list[Token], theirs: list[Token]) -> Iterator[DeniedWord]:
    denying = [t for t in theirs if denies_in_english(t)]
    if len(denying) != 1 or not denials.is_denied_by_prefix(denying[0]):
        return
    word = denying[0].text.lower()
    if word.startswith(_WRONGLY):
        return
    bare = [word[n:] for n in _PREFIX if len(word) >= n + _LEAST]
    if any(t.text.lower() in bare for t in theirs):
        return
    found = [t for t in ours if any(_renders(context, b, _lemmas(t)) for b in bare)]
    if len(found) == 1 and not any(_renders(context, word, _lemmas(t), 0.0) for t in ours):
        yield DeniedWord(found[0], denying[0])


def _lemmas(token: Token) -> set[str]:
    return set(morphology.lemmas(fold(token.text)))


def _renders(context: Context, english: str, lemmas: set[str], least: float = _SURE) -> bool:
    """Whether the glossary has one of the Russian lemmas for an English word."""
    return any(
        lemma in lemmas and value >= least for lemma, value in context.knowledge.lexicon.equivalents(english).items()
    )
