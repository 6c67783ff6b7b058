"""Names of one side that nothing on the other answers.

The rules of misread names ask whether two names are one, misspelt; here it is asked whether a name (``name_words``) is there at all. It is
answered by a linked word, by what the glossary calls for, or by a word that sounds so, in its own sentence; one that answers another word
already does not count (министр twice, "Minister" once), and of a name of several words each word is asked for (``half_names``). Nothing is
decided here: a ``LoneName`` has its measures (``name_measures``), and the rule weighs them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from collation.evidence.context import Context
from collation.evidence.unanswered_runs import Facing
from collation.knowledge.names.syllables import without_possessive
from collation.rules.translation.half_names import (
    BESIDE,
    is_answered_by_half,
    is_half,
    is_half_answered,
    rather,
)
from collation.rules.translation.name_answers import (
    LINKED,
    ONE_PLACE,
    SOUNDS,
    affinities,
    around,
    opposite_side,
    other_tokens,
    own_tokens,
    partners,
    sounds,
    sounds_as_one_word,
)
from collation.rules.translation.name_words import is_name, opens, stem, unmarked_starts

_BUSY = 0.35  # score of a link by which a word answers another, if not surely


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A name without an answer, by its pair and index, and what comes nearest to one, each 0 to 1: the score of its link, the
    best affinity and likeness of sound to a free word of its pair, to one that answers another word (``taken``), and to any in
    the next pairs (``around``)."""

    pair: int
    index: int
    score: float
    affinity: float
    sound: float
    taken: float
    around: float
    sound_around: float


def unanswered_names(context: Context, side: Facing) -> tuple[Unanswered, ...]:
    """The names of a side that nothing answers, in order of the text."""
    return context.once(_unanswered_names, side)


def _unanswered_names(context: Context, side: Facing) -> tuple[Unanswered, ...]:
    return tuple(found for number in range(len(context.pairs)) for found in _of_pair(context, side, number))


def _of_pair(context: Context, side: Facing, number: int) -> Iterator[Unanswered]:
    pair = context.pairs[number]
    if not pair.original or not pair.translation:
        return
    scores = {(w.original if side == "original" else w.translation): w.score for w in pair.words}
    back, busy = partners(pair, side), partners(pair, side, least=_BUSY)
    for k, i in [*back.items()]:
        if (j := rather(context, side, number, i, k)) != i:
            back[k] = busy[k] = j
            scores[i] = 0.0
    for i, token in enumerate(own_tokens(pair, side)):
        if scores.get(i, 0.0) >= LINKED:
            if side == "original" and (is_half_answered(context, number, i) or is_answered_by_half(context, number, i)):
                yield Unanswered(number, i, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
            continue
        if not is_name(context, number, side, i):
            continue
        if i in context.once(unmarked_starts, side, number) and context.once(
            unmarked_starts, opposite_side(side), number
        ):
            continue
        by_word = affinities(context, side, number, i, number)
        by_sound = sounds(context, side, number, token, number)
        kin = {k: _nearest(context, side, number, k) for k, value in by_word.items() if LINKED <= value <= ONE_PLACE}
        halves = frozenset(k for k in by_word.keys() | by_sound.keys() if is_half(context, side, number, i, k, back))
        halves -= {k for k in halves if sounds_as_one_word(context, side, (number, number), token, k)}
        free_word, taken_word = _best(by_word, back, kin | busy, i, LINKED, halves)
        named = {k: _first(context, side, number, k, i) for k, value in by_sound.items() if value >= SOUNDS}
        free_sound, taken_sound = _best(by_sound, named | back, named | busy, i, SOUNDS, halves)
        if free_word >= LINKED or free_sound >= SOUNDS:
            continue
        beyond = [n for n in around(context, number) if n != number]
        yield Unanswered(
            number,
            i,
            scores.get(i, 0.0),
            free_word,
            free_sound,
            max(taken_word if taken_word >= LINKED else 0.0, taken_sound if taken_sound >= SOUNDS else 0.0),
            max((v for n in beyond for v in affinities(context, side, number, i, n).values()), default=0.0),
            max((v for n in beyond for v in sounds(context, side, number, token, n).values()), default=0.0),
        )


def _best(
    values: dict[int, float],
    back: dict[int, int],
    busy: dict[int, int],
    i: int,
    least: float,
    halves: frozenset[int],
) -> tuple[float, float]:
    """The best value of the words that are free for a word, and of those that answer another word far from it, be it less surely
    where they are but about one place (испанцы answers "Spaniards", and not "Madrid" too). One that answers a neighbour is
    free: СССР answers both words of "Soviet Union"; but ``halves`` are those that answer only the neighbour."""
    free = taken = 0.0
    for k, value in values.items():
        linked = back if value > ONE_PLACE else busy
        is_far = k in linked and linked[k] != i and abs(linked[k] - i) > BESIDE
        if (is_far or k in halves) and value >= least:
            taken = max(taken, value)
        else:
            free = max(free, value)
    return free, taken


def _nearest(context: Context, side: Facing, number: int, k: int) -> int:
    """The word of a side that a word opposite answers best, of several as well the one that is placed as it is."""
    pair = context.pairs[number]
    across = len(own_tokens(pair, side)) / len(other_tokens(pair, side))
    rivals = affinities(context, opposite_side(side), number, k, number)
    return max(rivals, key=lambda j: (rivals[j], -abs(j - k * across)), default=-1)


def _first(context: Context, side: Facing, number: int, k: int, i: int) -> int:
    """Of the names of a side that sound like a word opposite the one that is placed as it is: of "Norton" said twice and answered once
    one has no answer."""
    pair, tokens = context.pairs[number], own_tokens(context.pairs[number], side)
    across = len(tokens) / len(other_tokens(pair, side))
    same = [j for j, token in enumerate(tokens) if token.text == tokens[i].text]
    return min(same, key=lambda j: abs(j - k * across))


def renderings(context: Context, russian: str) -> Counter[str]:
    """How the translation writes a Russian name where it answers it: each spelling with how often."""
    return context.once(_rendered).get(stem(russian), Counter())


def _rendered(context: Context) -> dict[str, Counter[str]]:
    """The English words that answer the Russian names of the document, by the stem of the name."""
    found: dict[str, Counter[str]] = {}
    for pair in context.pairs:
        for link in pair.words:
            ours, theirs = pair.original[link.original].text, pair.translation[link.translation].text
            large = ours[:1].isupper() or not opens(pair.translation, link.translation)
            if link.score >= LINKED and large and theirs[:1].isupper():
                found.setdefault(stem(ours), Counter())[without_possessive(theirs)] += 1
    return found
