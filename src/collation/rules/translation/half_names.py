"""Names of several words of which the other side has one: Нью-Йорк and "New", Великобритания and "Great", Союз and "Soviet"."""

from __future__ import annotations

from collation.evidence.context import Context
from collation.evidence.unanswered_runs import Facing, answers
from collation.knowledge.letters import fold
from collation.knowledge.names import authority
from collation.knowledge.names.authority_tables import latin_words
from collation.knowledge.names.sound import NEAR, same_sound
from collation.knowledge.names.syllables import without_possessive
from collation.knowledge.words import morphology
from collation.model import Token
from collation.rules.translation.compounds import is_part_of_compound
from collation.rules.translation.name_answers import (
    INITIAL,
    LINKED,
    SOUNDS,
    around,
    other_tokens,
    own_tokens,
    partners,
    sounds_as_one_word,
)
from collation.rules.translation.name_words import is_capitalised

BESIDE = 4  # tokens beside a word within which another is of the same name
_TWO = 2  # words that a hyphen joins
_HALF_HEARD = 0.5  # likeness below which a word of a name with a hyphen has no answer
_OWN_WORD = 0.85  # weight with which a word alone, and not its phrase, calls for a Russian one


def is_half_answered(context: Context, number: int, i: int) -> bool:
    """Whether a Russian name of two words with a hyphen has an answer to one of them only: Нью-Йорк in "New". In one word (Байт-Дарас,
    "Baitdaras"), or translated elsewhere, it is answered."""
    text = context.pairs[number].original[i].text
    words = [word for word in text.split("-") if len(word) > INITIAL]
    if len(words) < _TWO or any(not word[0].isupper() or word.isupper() for word in words):
        return False
    english = [
        without_possessive(t.text)
        for n in around(context, number)
        for t in context.pairs[n].translation
        if t.kind == "word" and t.text[0].isupper()
    ]
    if any("-" in word or same_sound(text.replace("-", "").capitalize(), word) >= NEAR for word in english):
        return False
    found = [max((same_sound(word, other) for other in english), default=0.0) for word in words]
    return max(found) >= SOUNDS and min(found) < _HALF_HEARD


def is_answered_by_half(context: Context, number: int, i: int) -> bool:
    """Whether a Russian name in one word is answered by one word of its English spelling, without the others near it: Великобритания by
    "Great"."""
    pair = context.pairs[number]
    text = pair.original[i].text
    k = next(w.translation for w in pair.words if w.original == i and w.score >= LINKED)
    english = pair.translation[k].text
    if not text[0].isupper() or text.isupper() or "-" in text or not is_capitalised(pair.translation[k]):
        return False
    own = latin_words(without_possessive(english))
    spellings = [latin_words(s) for name in authority.borne_by(fold(text)) for s in name.english]
    whole = [words for words in spellings if len(own) == 1 and own[0] in words]
    if not whole or own in whole or renders_alone(context, "original", pair.original[i], pair.translation[k]):
        return False
    if sounds_as_one_word(context, "original", (number, number), pair.original[i], k):
        return False
    near = {
        word
        for n in range(max(0, k - BESIDE), min(len(pair.translation), k + BESIDE + 1))
        if pair.translation[n].kind == "word"
        for word in latin_words(without_possessive(pair.translation[n].text))
    }
    return not any(near.issuperset(words) for words in spellings)


def is_half(context: Context, side: Facing, number: int, i: int, k: int, back: dict[int, int]) -> bool:
    """Whether a word opposite answers the neighbour of a name and not the name: Союз "Union" and not "Soviet", which it would have
    beside it. One that is the whole name in one word (СССР, Совсоюз, Великобритания) answers both."""
    pair = context.pairs[number]
    j = back.get(k, i)
    own, other = own_tokens(pair, side), other_tokens(pair, side)[k]
    if not 0 < abs(j - i) <= BESIDE or other.kind != "word" or other.text[:2].isupper() or "-" in other.text:
        return False
    ours, theirs = (own[i], other) if side == "original" else (other, own[i])
    beside = (own[j], other) if side == "original" else (other, own[j])
    return (
        own[j].text[:1].isupper()
        and not authority.is_same_in_one_word(ours.text, without_possessive(theirs.text), adjectives=False)
        and (
            renders_alone(context, "original", *beside)
            or authority.is_same_in_one_word(beside[0].text, without_possessive(beside[1].text), adjectives=True)
            != authority.is_same_in_one_word(ours.text, without_possessive(theirs.text), adjectives=True)
        )
        and not is_whole_rendering(context, side, number, i, k)
    )


def rather(context: Context, side: Facing, number: int, i: int, k: int) -> int:
    """The neighbour of a name that the word opposite it renders by itself, as the name does not: of Советского Союза, linked with
    "Soviet", the first. The name itself where there is none."""
    pair = context.pairs[number]
    tokens, others = own_tokens(pair, side), other_tokens(pair, side)
    if not tokens[i].text[:1].isupper() or renders_alone(context, side, tokens[i], others[k]):
        return i
    linked = set(partners(pair, side).values())
    for j in (i - 1, i + 1):
        near = 0 <= j < len(tokens) and j not in linked and is_capitalised(tokens[j])
        if near and renders_alone(context, side, tokens[j], others[k]):
            return j if is_half(context, side, number, i, k, {k: j}) else i
    return i


def renders_alone(context: Context, side: Facing, own: Token, other: Token) -> bool:
    """Whether the glossary has two words for answers of each other, without a phrase around them."""
    ours, theirs = (own, other) if side == "original" else (other, own)
    if theirs.kind != "word":
        return False
    alone = context.knowledge.lexicon.equivalents(without_possessive(theirs.text))
    return any(alone.get(lemma, 0.0) >= _OWN_WORD for lemma in morphology.lemmas(fold(ours.text)))


def is_whole_rendering(context: Context, side: Facing, number: int, i: int, k: int) -> bool:
    """Whether a word opposite is one of the glossary's answers to a name or to the phrase that it is in, or is a compound."""
    own, called = (
        (answers(context, number)[i], context.calls[number][k])
        if side == "original"
        else (answers(context, number)[k], context.calls[number][i])
    )
    return is_part_of_compound(own, called) or any(called.lemmas.get(lemma, 0.0) >= LINKED for lemma in own.lemmas)
