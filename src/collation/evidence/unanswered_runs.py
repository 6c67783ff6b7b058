"""Runs of words that nothing on the other side answers: where one side says what the other does not.

A single word without an answer says nothing: synonyms, idiom and what the lexicon lacks leave one in four so. A run of
them is another matter. Each content word of a side counts for its run when nothing answers it, and against it when
something does; the maximal runs (Ruzzo and Tompa 1999) are what is asked. How a run looks beside its surroundings is said
as measures, each without a unit: a translator who puts things his own way leaves unanswered words on *both* sides and
writes as much as ever, one who leaves a sentence out leaves them on one side and writes less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from collation.alignment.affinity import Answer, Called, Partners, affinity, answer
from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.model import Token

Facing = Literal["original", "translation"]
_ANSWERED = 1.6  # words of a run that one surely answered word takes back
_LEAST_LINK = 0.35  # score of a link that answers at all
_ELSEWHERE = 0.5  # affinity from which a word is answered by one that another word has, or by the next sentence
_HALF = 0.25  # what a word so answered counts of an unanswered one
_LEAST_EXTENT = 2.0  # extent of a run from which it is one
_UNUSUAL = 0.9  # share of the sentence pairs whose longest run is usual
_FURTHEST = 2.0  # what the shortness of the other side, and what faces the run, count at most
_EACH_OTHER = frozenset("друга другу другом друге".split())
_CLOSES = frozenset('.!?…;:,)»”"—–')


@dataclass(frozen=True, slots=True)
class _RunCell:
    """A token of one side in its order: its pair and index there, whether it is content, and what it counts."""

    token: Token
    pair: int
    index: int
    content: bool
    weight: float


@dataclass(frozen=True, slots=True)
class UnansweredRun:
    """A run of one side: its tokens, from a first to a last unanswered word, the sentence pairs they are in, and measures.

    ``extent`` is the sum of what its words count; ``words`` how many content words it has; ``pure`` the share of them that
    nothing answers; ``short`` how much of its length the other side is short of, about 1 where it was left out and 0 where
    it was put otherwise; ``facing`` unanswered content words opposite, for each of the run; ``closed`` how many of its two
    ends are at a mark or at the end of a sentence; ``whole`` the share of its sentence pair that it is;
    ``left_over`` the extent that nine in ten pairs of the document do not reach.
    """

    side: Facing
    tokens: tuple[Token, ...]
    pairs: tuple[int, ...]
    extent: float
    words: int
    pure: float
    short: float
    facing: float
    closed: float
    whole: float
    left_over: float


def unanswered_runs(context: Context, side: Facing) -> tuple[UnansweredRun, ...]:
    """The maximal runs of a side, in order of the text."""
    return context.once(_runs, side)


def _runs(context: Context, side: Facing) -> tuple[UnansweredRun, ...]:
    cells = [c for p in range(len(context.pairs)) for c in context.once(_pair_cells, side, p)]
    cells.sort(key=lambda c: c.token.start)
    found = [(a, b) for a, b, extent in _maximal([c.weight for c in cells]) if extent >= _LEAST_EXTENT]
    usual = _usual(context, side)
    return tuple(_measured(context, side, cells, a, b, usual) for a, b in found)


def _pair_cells(context: Context, side: Facing, number: int) -> tuple[_RunCell, ...]:
    return tuple(_original_cells(context, number) if side == "original" else _translation_cells(context, number))


def unanswered_weights(context: Context, side: Facing, number: int) -> tuple[float, ...]:
    """What each token of a side of a pair counts: above 0 for an unanswered one, below for one that is answered."""
    return tuple(cell.weight for cell in context.once(_pair_cells, side, number))


def answers(context: Context, number: int) -> tuple[Answer, ...]:
    """What the tokens of the original of a pair can answer with."""
    return context.once(_answers, number)


def _answers(context: Context, number: int) -> tuple[Answer, ...]:
    return answer(context.pairs[number].original, context.language)


def _original_cells(context: Context, number: int) -> Iterator[_RunCell]:
    pair = context.pairs[number]
    links = {link.original: link.score for link in pair.words}
    free = [j for n in (number - 1, number + 1) for j in _free_calls(context, n)]
    nearby = Partners(tuple(free))
    for i, own in enumerate(answers(context, number)):
        content = (own.content or bool(own.number)) and not _is_each_other(pair.original, i)
        weight = 0.0
        if content:
            score = links.get(i, 0.0)
            if score >= _LEAST_LINK:
                weight = -_ANSWERED * score
            elif _is_met(own, context.partners(number), context.calls[number]) or _is_met(own, nearby, tuple(free)):
                weight = _HALF
            else:
                weight = 1.0
        yield _RunCell(own.token, number, i, content, weight)


def _is_each_other(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word is the second of "друг друга", "друг с другом", which English has one word for, or none."""
    near = [fold(t.text) for t in tokens[max(0, i - 2) : i]]
    return fold(tokens[i].text) in _EACH_OTHER and "друг" in near


def _free_calls(context: Context, number: int) -> list[Called]:
    """What the unanswered words of a pair call for."""
    if not 0 <= number < len(context.pairs):
        return []
    return [context.calls[number][j] for j in context.unanswered(number)]


def _is_met(own: Answer, partners: Partners, calls: tuple[Called, ...]) -> bool:
    return any(affinity(own, calls[j]) >= _ELSEWHERE for j in partners.of(own))


def _translation_cells(context: Context, number: int) -> Iterator[_RunCell]:
    pair = context.pairs[number]
    links = {link.translation: link.score for link in pair.words}
    own = answers(context, number)
    free = [a for n in (number - 1, number + 1) for a in _free_answers(context, n)]
    calls = context.calls[number]
    met = _met_calls(calls, own) | _met_calls(calls, free)
    for j, called in enumerate(calls):
        content = called.content or bool(called.number)
        weight = 0.0
        if content:
            score = links.get(j, 0.0)
            weight = -_ANSWERED * score if score >= _LEAST_LINK else _HALF if j in met else 1.0
        yield _RunCell(called.token, number, j, content, weight)


def _free_answers(context: Context, number: int) -> list[Answer]:
    if not 0 <= number < len(context.pairs):
        return []
    linked = context.answered[number]
    return [a for i, a in enumerate(answers(context, number)) if (a.content or a.number) and i not in linked]


def _met_calls(calls: tuple[Called, ...], own: tuple[Answer, ...] | list[Answer]) -> set[int]:
    """The indices of the calls that some word answers, taken or not."""
    partners = Partners(calls)
    return {j for a in own if a.content or a.number for j in partners.of(a) if affinity(a, calls[j]) >= _ELSEWHERE}


def _maximal(weights: list[float]) -> list[tuple[int, int, float]]:
    """The maximal scoring runs (Ruzzo and Tompa 1999), as half-open ranges with their sums, in order; linear in practice."""
    found: list[tuple[int, int, float, float]] = []  # start, stop, sum before it, sum to its end
    total = 0.0
    for at, weight in enumerate(weights):
        if weight <= 0.0:
            total += weight
            continue
        start, before = at, total
        total += weight
        stop, after = at + 1, total
        while True:
            k = len(found) - 1
            while k >= 0 and found[k][2] >= before:
                k -= 1
            if k < 0 or found[k][3] >= after:
                found.append((start, stop, before, after))
                break
            start, before = found[k][0], found[k][2]
            del found[k:]
    return [(start, stop, after - before) for start, stop, before, after in found]


def _usual(context: Context, side: Facing) -> float:
    """The extent of the longest run that nine in ten sentence pairs with both sides do not reach."""
    longest = []
    for number, pair in enumerate(context.pairs):
        if pair.original and pair.translation:
            weights = [c.weight for c in context.once(_pair_cells, side, number)]
            longest.append(max((extent for *_, extent in _maximal(weights)), default=0.0))
    longest.sort()
    return longest[int(_UNUSUAL * (len(longest) - 1))] if longest else 0.0


def _measured(
    context: Context, side: Facing, cells: list[_RunCell], start: int, stop: int, usual: float
) -> UnansweredRun:
    run = cells[start:stop]
    pairs = tuple(dict.fromkeys(c.pair for c in run))
    content = [c for c in run if c.content]
    free = sum(c.weight > 0.0 for c in content)
    own_letters, other_letters = _letters_of(context, side, pairs)
    size = sum(len(c.token.text) + 1 for c in run)
    ratio = _ratio(context, side)
    short = (ratio * own_letters - other_letters) / (ratio * size) if size else 0.0
    facing = _facing(context, side, cells, start, stop) / max(1, free)
    return UnansweredRun(
        side=side,
        tokens=tuple(c.token for c in run),
        pairs=pairs,
        extent=sum(c.weight for c in run),
        words=len(content),
        pure=free / max(1, len(content)),
        short=max(-1.0, min(_FURTHEST, short)),
        facing=min(_FURTHEST, facing),
        closed=float(_is_closed(cells, start - 1)) + float(_is_closed(cells, stop, ahead=True)),
        whole=size / max(1, own_letters),
        left_over=usual,
    )


def _is_closed(cells: list[_RunCell], at: int, *, ahead: bool = False) -> bool:
    """Whether a run ends here: at a mark, small words passed over, or at the end of the text."""
    step = 1 if ahead else -1
    while 0 <= at < len(cells) and not cells[at].content:
        if cells[at].token.kind == "mark":
            return cells[at].token.text in _CLOSES
        at += step
    return not 0 <= at < len(cells)


def _letters_of(context: Context, side: Facing, pairs: tuple[int, ...]) -> tuple[int, int]:
    own = other = 0
    for number in pairs:
        pair = context.pairs[number]
        left, right = _letters(pair.original), _letters(pair.translation)
        own, other = (own + left, other + right) if side == "original" else (own + right, other + left)
    return own, other


def _ratio(context: Context, side: Facing) -> float:
    """Letters of the other side for each letter of this one, the middle of all pairs that have both."""
    return context.once(_middle_ratio, side)


def _middle_ratio(context: Context, side: Facing) -> float:
    shares = []
    for pair in context.pairs:
        left, right = _letters(pair.original), _letters(pair.translation)
        if min(left, right) > 20:
            shares.append(right / left if side == "original" else left / right)
    shares.sort()
    return shares[len(shares) // 2] if shares else 1.0


def _letters(tokens: tuple[Token, ...]) -> int:
    return sum(len(t.text) + 1 for t in tokens)


def _facing(context: Context, side: Facing, cells: list[_RunCell], start: int, stop: int) -> float:
    """Unanswered content words of the other side between the counterparts of the words around the run."""
    other: Facing = "translation" if side == "original" else "original"
    total = 0.0
    for number in dict.fromkeys(c.pair for c in cells[start:stop]):
        low, high = _window(context, side, cells, start, stop, number)
        total += sum(
            c.weight for c in context.once(_pair_cells, other, number) if low <= c.index <= high and c.weight > 0.0
        )
    return total


def _window(
    context: Context, side: Facing, cells: list[_RunCell], start: int, stop: int, number: int
) -> tuple[int, int]:
    """The range of indices opposite in a pair: between the counterparts of the nearest answered words, or all of it."""
    links = context.answered[number] if side == "original" else context.claims[number]
    before = _counterpart(links, cells, range(start - 1, max(-1, start - 12), -1), number)
    after = _counterpart(links, cells, range(stop, min(len(cells), stop + 11)), number)
    if before is not None and after is not None and before > after:
        before, after = after, before
    return (-1 if before is None else before), (10**9 if after is None else after)


def _counterpart(links: dict[int, int], cells: list[_RunCell], order: range, number: int) -> int | None:
    return next((links[cells[k].index] for k in order if cells[k].pair == number and cells[k].index in links), None)
