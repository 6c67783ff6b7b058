"""A preposition read as figures: "0 результатах" (О), "живут 8 бараках" (в), "3а последние недели" (За), "06 этом" (Об).

A scanner that sees a short word alone sees a number. What figures and the letters that touch them spell is proposed where it is a
preposition, the next word stands in a case that it takes, and no number could stand there: a number counts a genitive, and none counts
the word behind another preposition (в 8 случаях).
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, Word
from collation.evidence.government import cases_of, governed_cases
from collation.knowledge.letters import fold, script
from collation.knowledge.words import morphology
from collation.knowledge.words.blemishes import explained
from collation.model import Feature, Hypothesis, Token
from collation.rules.base import with_reading

_LONGEST = 3  # letters of a preposition that is looked for
_COUNTED = frozenset({"nomn", "gent"})  # cases of what a number counts, the last of it at least
_VERBS = frozenset({"VERB", "INFN", "GRND"})
_STRENGTH = -1.0  # log-odds, beside those of a letter of another alphabet: a number may have been meant


def figures_for_words(context: Context, code: str) -> Iterator[Hypothesis]:
    """The prepositions that figures among the words of a sentence may be."""
    for word in context.words:
        if word.token.kind != "number" or not word.text.isdigit() or len(word.text) >= _LONGEST:
            continue
        tokens = _touching(context, word)
        following = context.pairs[word.pair].original[word.index + len(tokens) :][:1]
        read = "".join(t.text for t in tokens)
        if len(read) > _LONGEST or not following or not _is_small_word(following[0]):
            continue
        for reading in explained(read):
            if reading in governed_cases() and _suits(context, word, len(tokens) > 1, reading, following[0]):
                values = (("word", read), ("reading", reading))
                features = (
                    Feature("strength", _STRENGTH),
                    Feature("script", 1.0, (word.place,), "lookalikes.tsv", "figures-for-word", values),
                )
                yield with_reading(code, tokens, _cased(context, word, reading), features)
                break


def _touching(context: Context, word: Word) -> tuple[Token, ...]:
    """The figures with the small letters that touch them."""
    following = context.pairs[word.pair].original[word.index + 1 :][:1]
    if following and following[0].start == word.token.stop and _is_small_word(following[0]):
        return (word.token, following[0])
    return (word.token,)


def _is_small_word(token: Token) -> bool:
    return token.kind == "word" and token.text.islower() and script(token.text) == "cyrillic"


def _suits(context: Context, word: Word, has_letters: bool, preposition: str, following: Token) -> bool:
    """Whether the preposition can stand before the next word, and a number cannot stand here."""
    before = context.neighbours(word, 1, 0)[0]
    cases = cases_of(following.text)
    if cases.isdisjoint(governed_cases()[preposition]) or (before and fold(before[0].text) in governed_cases()):
        return False
    if not has_letters:
        return cases.isdisjoint(_COUNTED)
    return not before or before[0].text in ".,;:!?–—" or any(p.pos in _VERBS for p in morphology.parses(before[0].text))


def _cased(context: Context, word: Word, reading: str) -> str:
    before = context.neighbours(word, 1, 0)[0]
    return reading.capitalize() if not before or before[0].text in ".!?" else reading
