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
from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.peoples import is_about_one_place
from collation.knowledge.names.sound import EQUAL, same_sound
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.values.numerals import numerals, roman
from collation.knowledge.words import morphology
from collation.model import SentencePair, Token
from collation.rules.translation.compounds import is_part_of_compound

ONE_PLACE = 0.9  # affinity of words that are about one place
LINKED = 0.6  # score of a link, or affinity, by which a name is answered
INITIAL = 2  # letters of an initial
SOUNDS = 0.85  # likeness by which a name is answered by its sound
_WHOLE = 6  # letters of a Russian name that may be two words in the translation
ROOT = 4  # letters of the name that a word is made from
_FROM_NAMES = (
    "ский",
    "ской",
    "цкий",
    "овец",
    "инец",
    "ец",
    "ист",
)  # what Russian words end in that are made from names
_MADE = ("ites", "ite", "ists", "ist", "ians", "ian", "ans", "an")  # and English ones


def opposite_side(side: Facing) -> Facing:
    """The other side."""
    return "translation" if side == "original" else "original"


def own_tokens(pair: SentencePair, side: Facing) -> tuple[Token, ...]:
    """The tokens of a side."""
    return pair.original if side == "original" else pair.translation


def other_tokens(pair: SentencePair, side: Facing) -> tuple[Token, ...]:
    """The tokens opposite a side."""
    return pair.translation if side == "original" else pair.original


def partners(pair: SentencePair, side: Facing, least: float = LINKED) -> dict[int, int]:
    """The index on a side of the word that each word opposite answers, with a link of some score at the least."""
    return {
        (w.translation if side == "original" else w.original): (w.original if side == "original" else w.translation)
        for w in pair.words
        if w.score >= least
    }


def around(context: Context, number: int) -> list[int]:
    """A pair and those before and behind it."""
    return [n for n in (number - 1, number, number + 1) if 0 <= n < len(context.pairs)]


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
            ONE_PLACE * _is_part_answered(context, a, b),
            _counts_alike(a.token, b.token, context.languages.translation.code),
        )
        for k, (a, b) in enumerate(faced)
    }
    return {k: value for k, value in found.items() if value}


def _is_kin(own: Answer, called: Called) -> bool:
    """Whether two words are about one place."""
    both = own.token.kind == called.token.kind == "word"
    return both and is_about_one_place(own.token.text, without_possessive(called.token.text), called.lemmas)


def _is_part_answered(context: Context, own: Answer, called: Called) -> bool:
    """Whether an English word with a hyphen has a part that calls for the Russian word: "Machine-made", машинный."""
    if called.token.kind != "word" or "-" not in called.token.text or called.lemmas:
        return False
    parts = (part for part in called.token.text.split("-") if len(part) > INITIAL)
    return any(
        context.knowledge.lexicon.equivalents(p).get(lemma, 0.0) >= SOUNDS for p in parts for lemma in own.lemmas
    )


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
        if other.kind != "word" or len(other.text) <= INITIAL:
            continue
        ours, theirs = (token, other) if side == "original" else (other, token)
        is_latin = script(ours.text) == "latin"
        if other.text[0].isupper() or (opposite == number and (is_latin or side == "translation")):
            pair = ours.text, without_possessive(theirs.text)
            found[k] = _same_letters(*pair) if is_latin else max(same_sound(*pair), authority.same_name(*pair))
            if not is_latin and found[k] < SOUNDS:
                found[k] = max(
                    found[k], _same_origin(*pair), sounds_as_one_word(context, side, (number, opposite), token, k)
                )
    return found


@lru_cache(maxsize=20_000)
def _same_origin(russian: str, english: str) -> float:
    """How alike the names sound that two words are made from: гитлеровцы, "Hitlerites"; троцкист, "Trotskyite"; the Russian may be
    the name itself: Шекспира, "Shakespearean". 0 where the Russian is made from none and the English neither."""
    theirs = _bases(english)
    ours = [*roots_of_made(russian), *([russian] if theirs and russian[0].isupper() else [])]
    low = english.lower()
    both = [same_sound(a.capitalize(), b.capitalize()) for a in ours for b in (*theirs[:1], low) if len(b) >= ROOT]
    if russian[0].isupper():
        both += [authority.same_name(russian, base.capitalize()) for base in theirs[:1] if len(base) >= ROOT]
    return max((value for value in both if value >= EQUAL), default=0.0)


def _bases(english: str) -> list[str]:
    """What may be left of an English word that is made from a name without its ending, the longest ending first."""
    low = english.lower()
    return [low.removesuffix(ending) for ending in _MADE if low.endswith(ending)]


def roots_of_made(russian: str) -> list[str]:
    """What may be left of a Russian word that is made from a name without its ending, the longest ending first: деникин of деникинский."""
    lemma = next(iter(morphology.lemmas(fold(russian))), fold(russian))
    return [root for ending in _FROM_NAMES if (root := lemma.removesuffix(ending)) != lemma and len(root) >= ROOT]


def sounds_as_one_word(context: Context, side: Facing, pairs: tuple[int, int], token: Token, k: int) -> float:
    """How alike a Russian name and two English words sound of which one is the token or the one opposite: Шенграбен, "Schön Grabern"."""
    number, opposite = pairs
    own, others = own_tokens(context.pairs[number], side), other_tokens(context.pairs[opposite], side)
    if side == "original":
        russian, english, at = token.text, others, k
    else:
        russian, english, at = others[k].text, own, next((i for i, t in enumerate(own) if t.start == token.start), 0)
    if len(russian) < _WHOLE or not russian[0].isupper():
        return 0.0
    both = (
        english[a].text + without_possessive(english[a + 1].text).lower()
        for a in (at - 1, at)
        if 0 <= a < len(english) - 1 and english[a].text[0].isupper() and english[a + 1].text[0].isupper()
    )
    return max((value for word in both if (value := same_sound(russian, word)) >= EQUAL), default=0.0)


def _same_letters(one: str, other: str) -> float:
    """How alike two Latin words are written, 0 to 1, hyphens and the plural left out."""
    bare = (plain_latin(word).replace("-", "").removesuffix("s") for word in (one, other))
    return Levenshtein.normalized_similarity(*bare)
