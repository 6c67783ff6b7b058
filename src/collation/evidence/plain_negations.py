"""The plain negations of a sentence pair, what each denies, and where that is on the other side.

A negation denies the first content word behind it. Two Russian negations that make one (никто не пришёл) are one, and what denies
nothing (не только, не раз, "No. 58") is none.
"""

from __future__ import annotations

from typing import NamedTuple

from collation.evidence import denials
from collation.evidence.context import Context
from collation.evidence.denials import BREAKS, REACH
from collation.knowledge.letters import fold
from collation.model import Token

LINKED = 0.35  # score of a link that says where a denied word is
_NEIGHBOURS = 4  # words around an unlinked one whose counterparts say where it is


class Denial(NamedTuple):
    """A plain negation: its index, the index of the word that it denies (itself without one), where that is opposite, and
    the score of the link that says so."""

    at: int
    head: int
    opposite: float
    score: float


def plain_negations(context: Context, pair: int) -> tuple[list[Denial], list[Denial]]:
    """The plain negations of both sides of a sentence pair."""
    return context.once(_plain, pair)


def _plain(context: Context, number: int) -> tuple[list[Denial], list[Denial]]:
    """The plain negations of both sides."""
    pair = context.pairs[number]
    tokens, english = pair.original, pair.translation
    if not tokens or not english:
        return [], []
    # "rather than" denies where the Russian sets one thing against another, and has no word of its own for "than" or "instead"
    russian = {fold(t.text) for t in tokens}
    prefers = "а" in russian and russian.isdisjoint(denials.words_of("instead"))
    ours = [
        _denial(context, number, i)
        for i, t in enumerate(tokens)
        if denials.is_plain_russian(t) and not denials.is_twofold(tokens, i)
    ]
    theirs = [
        _english_denial(context, number, j)
        for j, t in enumerate(english)
        if (denials.is_plain_english(t) and not denials.is_number_sign(english, j))
        or (prefers and denials.is_rather_than(english, j))
    ]
    return _clusters(tokens, ours), theirs


def _denial(context: Context, number: int, i: int) -> Denial:
    head = _head(context, number, i)
    links = {k.original: (k.translation, k.score) for k in context.pairs[number].words}
    at = i if head is None else head
    pair = context.pairs[number]
    return Denial(i, at, *_opposite(at, links, len(pair.translation) / len(pair.original)))


def _english_denial(context: Context, number: int, j: int) -> Denial:
    head = _english_head(context, number, j)
    links = {k.translation: (k.original, k.score) for k in context.pairs[number].words}
    at = j if head is None else head
    pair = context.pairs[number]
    return Denial(j, at, *_opposite(at, links, len(pair.original) / len(pair.translation)))


def _opposite(at: int, links: dict[int, tuple[int, float]], ratio: float) -> tuple[float, float]:
    """Where a word is opposite: at its counterpart, else between those of its neighbours; and the score of its own link."""
    own = links.get(at)
    if own and own[1] >= LINKED:
        return float(own[0]), own[1]
    near = [links[k][0] for step in range(1, _NEIGHBOURS + 1) for k in (at - step, at + step) if k in links][:2]
    return (sum(near) / len(near) if near else at * ratio), 0.0


def _clusters(tokens: tuple[Token, ...], found: list[Denial]) -> list[Denial]:
    """Those that are each one of their own: two that deny one word, or stand side by side, make one (никто не пришёл); a не of another
    clause is another (не готов, не в силах)."""
    kept: list[Denial] = []
    for denial in found:
        if not kept or denial.at - kept[-1].at > REACH or _are_apart(tokens, kept[-1].at, denial.at):
            kept.append(denial)
        else:
            kept[-1] = denial
    return kept


def _are_apart(tokens: tuple[Token, ...], one: int, other: int) -> bool:
    """Whether two negations are both не, with a mark between them."""
    both = fold(tokens[one].text) == fold(tokens[other].text) == "не"
    return both and any(t.kind == "mark" for t in tokens[one + 1 : other])


def _head(context: Context, number: int, i: int) -> int | None:
    """The content word behind a Russian negation, None where a mark comes first."""
    tokens = context.pairs[number].original
    small = context.language.function_words
    for k in range(i + 1, min(len(tokens), i + 1 + REACH)):
        if tokens[k].kind == "mark":
            return None
        if tokens[k].kind == "word" and fold(tokens[k].text) not in small:
            return k
    return None


def _english_head(context: Context, number: int, j: int) -> int | None:
    calls = context.calls[number]
    for k in range(j + 1, min(len(calls), j + 2 + REACH)):
        if calls[k].token.text in BREAKS | {","}:
            return None
        if calls[k].content and not denials.is_plain_english(calls[k].token):
            return k
    return None
