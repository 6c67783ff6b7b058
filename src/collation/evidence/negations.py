"""Negations of one side that nothing on the other side answers, and how surely.

Wider than ``polarity``, which matches "не" with "not" one by one: plain negations are matched so first, and then it is asked
of each that is left over whether *anything* near the counterpart of the word that it denies denies, however it is said:
"without", "hardly", "unable", "disorder", беспорядок, отказаться, едва. What denies nothing (не только, not only; не раз,
more than once) is told apart. Two Russian negations that make one (никто не пришёл) are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from collation.evidence.context import Context
from collation.evidence.denials import (
    BREAKS,
    REACH,
    WEAK_ENGLISH,
    WEAK_RUSSIAN,
    denies_in_english,
    denies_in_russian,
    is_english_idiom,
    is_number_sign,
    is_plain_english,
    is_plain_russian,
    is_russian_idiom,
    is_twofold,
)
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.model import Token

_BEFORE, _BEHIND = 7, 3  # tokens before and behind the counterpart among which a negation answers
_LINKED = 0.35  # score of a link that says where a denied word is
_MATCHED = 9.0  # tokens by which the places of two negations that answer each other may differ
_SURER = 1.5  # what a distance between sure counterparts counts of another
_BY_WORD = 5.0  # the same for a negation and a word that denies in itself
_NEIGHBOURS = 4  # words around an unlinked one whose counterparts say where it is
Missing = Literal["translation", "original"]


@dataclass(frozen=True, slots=True)
class LoneNegation:
    """A negation that no plain negation answers: the side it is ``missing`` on, its pair and token, the word that it denies,
    and the word of the other side that answers that word or, where none does, is nearest to its place.

    ``score`` is that of the link between the two words, 0 without one; ``near`` whether something that denies is near the
    counterpart, ``weak`` whether something that may; ``others`` how many words of the other side of the pair deny beyond those
    that are matched; ``alone`` whether the other side denies nothing at all; ``idiom`` whether the neighbours of the negation
    make it another thing; ``verb`` whether it denies a verb; ``gap`` the tokens between it and that word; ``length`` the
    tokens of the pair; ``literal`` the share of the pair that is explained.
    """

    missing: Missing
    pair: int
    negation: Token
    denied: Token
    answer: Token
    answer_index: int
    score: float
    near: bool
    weak: bool
    others: int
    alone: bool
    idiom: bool
    verb: bool
    gap: int
    length: int
    literal: float


def lone_negations(context: Context, pair: int) -> tuple[LoneNegation, ...]:
    """The negations of both sides of a sentence pair that no plain negation of the other answers."""
    return context.once(_lone, pair)


@dataclass(frozen=True, slots=True)
class _Denial:
    """A plain negation: its index, the index of the word that it denies (itself without one), where that is opposite, and
    the score of the link that says so."""

    at: int
    head: int
    opposite: float
    score: float


def _lone(context: Context, number: int) -> tuple[LoneNegation, ...]:
    pair = context.pairs[number]
    if not pair.original or not pair.translation:
        return ()
    tokens, english = pair.original, pair.translation
    ours = _clusters(
        [_denial(context, number, i) for i, t in enumerate(tokens) if is_plain_russian(t) and not is_twofold(tokens, i)]
    )
    theirs = [
        _english_denial(context, number, j)
        for j, t in enumerate(english)
        if is_plain_english(t) and not is_number_sign(english, j)
    ]
    taken_ours, taken_theirs = _matched(ours, theirs)
    words = [
        j for j, t in enumerate(english) if j not in taken_theirs and not is_plain_english(t) and denies_in_english(t)
    ]
    taken_theirs |= _answered_by_words([d for d in ours if d.at not in taken_ours], words, taken_ours)
    used = {i for d in ours for i in range(d.at - REACH, d.at + REACH + 1)}
    words = [i for i, t in enumerate(tokens) if i not in used and denies_in_russian(t)]
    _answered_by_words([d for d in theirs if d.at not in taken_theirs], words, taken_theirs)
    found = [_without_english(context, number, d, taken_theirs) for d in ours if d.at not in taken_ours]
    found += [_without_russian(context, number, d, ours, taken_ours) for d in theirs if d.at not in taken_theirs]
    return tuple(found)


def _matched(ours: list[_Denial], theirs: list[_Denial]) -> tuple[set[int], set[int]]:
    """The plain negations of the two sides that answer each other, the nearest first."""
    apart = sorted((_distance(a, b), a.at, b.at) for a in ours for b in theirs)
    left: set[int] = set()
    right: set[int] = set()
    for distance, i, j in apart:
        if distance <= _MATCHED and i not in left and j not in right:
            left.add(i)
            right.add(j)
    return left, right


def _distance(ours: _Denial, theirs: _Denial) -> float:
    """How far apart two negations are: where the words that they deny have counterparts, by the worse of the two, doubled."""
    forth, back = abs(ours.opposite - theirs.head), abs(theirs.opposite - ours.head)
    if ours.score and theirs.score:
        return _SURER * max(forth, back)
    return min(forth, back, abs(ours.opposite - theirs.at), abs(theirs.opposite - ours.at))


def _answered_by_words(left: list[_Denial], words: list[int], taken: set[int]) -> set[int]:
    """The words of the other side that answer the negations left over, in another way than by a plain negation; which
    negations they answer is added to ``taken``."""
    apart = sorted((abs(d.opposite - k), d.at, k) for d in left for k in words)
    used: set[int] = set()
    for distance, at, k in apart:
        if distance <= _BY_WORD and at not in taken and k not in used:
            taken.add(at)
            used.add(k)
    return used


def _denial(context: Context, number: int, i: int) -> _Denial:
    head = _head(context, number, i)
    at = i if head is None else head
    opposite, score = _opposite(
        context, number, at, {k.original: (k.translation, k.score) for k in context.pairs[number].words}
    )
    return _Denial(i, at, opposite, score)


def _english_denial(context: Context, number: int, j: int) -> _Denial:
    head = _english_head(context, number, j)
    at = j if head is None else head
    opposite, score = _opposite(
        context, number, at, {k.translation: (k.original, k.score) for k in context.pairs[number].words}
    )
    return _Denial(j, at, opposite, score)


def _opposite(context: Context, number: int, at: int, links: dict[int, tuple[int, float]]) -> tuple[float, float]:
    """Where a word is opposite: at its counterpart, else between those of its neighbours; and the score of its own link."""
    own = links.get(at)
    if own and own[1] >= _LINKED:
        return float(own[0]), own[1]
    near = [links[k][0] for step in range(1, _NEIGHBOURS + 1) for k in (at - step, at + step) if k in links][:2]
    if near:
        return sum(near) / len(near), 0.0
    pair = context.pairs[number]
    n, m = len(pair.original), len(pair.translation)
    return at * m / n, 0.0


def _without_english(context: Context, number: int, denial: _Denial, taken: set[int]) -> LoneNegation:
    pair = context.pairs[number]
    free = [j for j, t in enumerate(pair.translation) if denies_in_english(t) and j not in taken]
    weak = [j for j, t in enumerate(pair.translation) if t.text.lower() in WEAK_ENGLISH]
    answer = min(len(pair.translation) - 1, max(0, round(denial.opposite)))
    tokens = pair.original
    return LoneNegation(
        "translation", number, tokens[denial.at], tokens[denial.head], pair.translation[answer], answer, denial.score,
        _any_near(free, denial.opposite), _any_near(weak, denial.opposite), len(free), not free and not taken,
        is_russian_idiom(tokens, denial.at), _is_verb(tokens[denial.head]), denial.head - denial.at, len(tokens), pair.literal,
    )  # fmt: skip


def _without_russian(
    context: Context, number: int, denial: _Denial, ours: list[_Denial], taken: set[int]
) -> LoneNegation:
    pair = context.pairs[number]
    used = {i for d in ours if d.at in taken for i in range(d.at - REACH, d.at + REACH + 1)}
    free = [i for i, t in enumerate(pair.original) if denies_in_russian(t) and i not in used]
    weak = [i for i, t in enumerate(pair.original) if fold(t.text) in WEAK_RUSSIAN]
    answer = min(len(pair.original) - 1, max(0, round(denial.opposite)))
    tokens = pair.translation
    return LoneNegation(
        "original", number, tokens[denial.at], tokens[denial.head], pair.original[answer], answer, denial.score,
        _any_near(free, denial.opposite), _any_near(weak, denial.opposite), len(free), not free and not taken,
        is_english_idiom(tokens, denial.at), _is_verb(pair.original[answer]), denial.head - denial.at, len(tokens), pair.literal,
    )  # fmt: skip


def _any_near(others: list[int], opposite: float) -> bool:
    return any(opposite - _BEFORE <= k <= opposite + _BEHIND for k in others)


def _clusters(denials: list[_Denial]) -> list[_Denial]:
    """Those that are each one of their own: two that deny one word, or stand side by side, make one (никто не пришёл)."""
    found: list[_Denial] = []
    for denial in denials:
        if not found or denial.at - found[-1].at > REACH:
            found.append(denial)
        else:
            found[-1] = denial
    return found


def _head(context: Context, number: int, i: int) -> int | None:
    """The content word behind a Russian negation; of "нет" and the like the nearest linked one."""
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
        if calls[k].content and not denies_in_english(calls[k].token):
            return k
    return None


def _is_verb(token: Token) -> bool:
    return any(p.pos in {"VERB", "INFN"} for p in morphology.parses(token.text))
