"""Which words opposite may answer a name: by what the glossary calls for, by place and people, as a number, by sound.

A Roman or Arabic number answers an ordinal with a capital ("the Fourteenth Congress", XIV съезд). Latin words of the Russian
are compared by their letters, and answer ones without a capital too (Bluetooth, "bluetooth").
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from collation.alignment.affinity import Answer, Called, affinity
from collation.evidence.context import Context
from collation.evidence.unanswered_runs import Facing, answers
from collation.knowledge.letters import script
from collation.knowledge.names import authority
from collation.knowledge.names.peoples import is_about_one_place
from collation.knowledge.names.sound import same_sound
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.values.numerals import numerals, roman
from collation.model import SentencePair, Token
from collation.rules.translation.compounds import is_part_of_compound

ONE_PLACE = 0.9  # affinity of words that are about one place
_INITIAL = 2  # letters of an initial


def opposite_side(side: Facing) -> Facing:
    """The other side."""
    return "translation" if side == "original" else "original"


def own_tokens(pair: SentencePair, side: Facing) -> tuple[Token, ...]:
    """The tokens of a side."""
    return pair.original if side == "original" else pair.translation


def other_tokens(pair: SentencePair, side: Facing) -> tuple[Token, ...]:
    """The tokens opposite a side."""
    return pair.translation if side == "original" else pair.original


def affinities(context: Context, side: Facing, number: int, i: int, opposite: int) -> dict[int, float]:
    """The affinity of a word of a pair to the words opposite in a pair, those that have any; words about one place (власти Ирана,
    Iranian officials) have some."""
    if side == "original":
        own = answers(context, number)[i]
        faced = [(own, call) for call in context.calls[opposite]]
    else:
        called = context.calls[number][i]
        faced = [(other, called) for other in answers(context, opposite)]
    found = {
        k: max(
            affinity(a, b),
            ONE_PLACE * (_is_kin(a, b) or is_part_of_compound(a, b)),
            _counts_alike(a.token, b.token, context.languages.translation.code),
        )
        for k, (a, b) in enumerate(faced)
    }
    return {k: value for k, value in found.items() if value}


def _is_kin(own: Answer, called: Called) -> bool:
    """Whether two words are about one place."""
    both = own.token.kind == called.token.kind == "word"
    return both and is_about_one_place(own.token.text, without_possessive(called.token.text), called.lemmas)


def _counts_alike(russian: Token, english: Token, code: str) -> float:
    """Whether a figure is the number of an ordinal: XIV, fourteenth."""
    ordinal = _ordinal(english.text, code) if english.kind == "word" else 0
    return float(bool(ordinal) and _figure(russian.text) == ordinal)


@lru_cache(maxsize=20_000)
def _ordinal(word: str, code: str) -> int:
    return next((int(n.value) for n in numerals(word, code) if n.kind == "ordinal"), 0)


@lru_cache(maxsize=20_000)
def _figure(text: str) -> int:
    """The number that figures write, a Russian ending behind them or not; 0 for other words."""
    bare = text.partition("-")[0]
    return int(bare) if bare.isdecimal() else roman(bare) or 0


def sounds(context: Context, side: Facing, number: int, token: Token, opposite: int) -> dict[int, float]:
    """How like the capitalised words opposite in a pair sound; Russian ones in small letters (омикрон) in the pair itself only."""
    found = {}
    for k, other in enumerate(other_tokens(context.pairs[opposite], side)):
        if other.kind != "word" or len(other.text) <= _INITIAL:
            continue
        ours, theirs = (token, other) if side == "original" else (other, token)
        is_latin = script(ours.text) == "latin"
        if other.text[0].isupper() or (opposite == number and (is_latin or side == "translation")):
            pair = ours.text, without_possessive(theirs.text)
            found[k] = _same_letters(*pair) if is_latin else max(same_sound(*pair), authority.same_name(*pair))
    return found


def _same_letters(one: str, other: str) -> float:
    """How alike two Latin words are written, 0 to 1, hyphens and the plural left out."""
    bare = (plain_latin(word).replace("-", "").removesuffix("s") for word in (one, other))
    return Levenshtein.normalized_similarity(*bare)
