"""The sentences of the translation, each with how much of it its own Russian answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from collation.alignment.affinity import Partners, affinity
from collation.evidence.context import Context
from collation.evidence.unanswered_runs import answers
from collation.model import Token

_ANSWERS = 0.5  # affinity from which a Russian word answers an English one


@dataclass(frozen=True, slots=True)
class EnglishSentence:
    """A sentence: its pair and the indices of its tokens there, its tokens, its ``words`` in small letters and ``keys`` by
    which a like one is found, how many of its words are ``content``, and how many of these the Russian of its pair and of
    the two beside it ``answered``."""

    pair: int
    indices: tuple[int, ...]
    tokens: tuple[Token, ...]
    words: frozenset[str]
    keys: tuple[str, ...]
    content: int
    answered: int


def english_sentences(context: Context) -> tuple[EnglishSentence, ...]:
    """The sentences of the translation that belong to one sentence pair, in order."""
    return context.once(_sentences)


def _sentences(context: Context) -> tuple[EnglishSentence, ...]:
    return tuple(_found(context))


def _found(context: Context) -> Iterator[EnglishSentence]:
    translation = context.document.translation
    where = {t.start: (p, j) for p, pair in enumerate(context.pairs) for j, t in enumerate(pair.translation)}
    for segment in translation.segments if translation else ():
        for tokens in segment.sentence_tokens():
            places = [where[t.start] for t in tokens if t.start in where]
            if places and places[0][0] == places[-1][0]:
                yield _sentence(context, places[0][0], tuple(j for _, j in places))


def _sentence(context: Context, number: int, indices: tuple[int, ...]) -> EnglishSentence:
    calls = context.calls[number]
    content = [j for j in indices if calls[j].content or calls[j].number]
    met = context.once(_met_around, number)
    texts = [calls[j].token.text.lower() for j in content]
    keys = tuple(" ".join(pair) for pair in zip(texts, texts[1:], strict=False))[:3]
    return EnglishSentence(
        number,
        indices,
        tuple(calls[j].token for j in indices),
        frozenset(texts),
        keys,
        len(content),
        sum(j in met for j in content),
    )


def _met_around(context: Context, number: int) -> frozenset[int]:
    """The English words of a pair that some Russian word of it or of the pairs beside it answers."""
    calls = context.calls[number]
    partners = Partners(calls)
    found: set[int] = set()
    for n in (number - 1, number, number + 1):
        for own in answers(context, n) if 0 <= n < len(context.pairs) else ():
            if own.content or own.number:
                found |= {j for j in partners.of(own) if j not in found and affinity(own, calls[j]) >= _ANSWERS}
    return frozenset(found)
