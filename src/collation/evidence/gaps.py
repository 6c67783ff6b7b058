"""What the translation has between the counterparts of two neighbouring Russian words.

The English around a break is searched for the stretch that best explains a loss: many words that nothing answers, the
counterparts of the words before the break on its left, those of the words after it on its right. Links that jump over the
stretch count against it, so one chance link does not hide a loss nor make one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from collation.evidence.context import Context, Word
from collation.model import Token

_NEAR = 5  # linked words looked at on either side of the break
_DECAY = 0.8  # how much each further of them counts of the one before
_LEAST_LINK = 0.4  # score of a link that is looked at
_LONGEST = 45  # English tokens of a gap
_ANSWERED = 0.7  # missing words that an answered word inside the gap takes back, by the score of its link
_INSIDE = 1.5  # how much a neighbour counts against the order whose counterpart is inside the gap
_USUAL = 0.9  # share of the sentences whose unanswered English is usual


@dataclass(frozen=True, slots=True)
class Gap:
    """Unanswered English at a break: its words, how many count, how well the words around keep their order, and the
    letters that the Russian of these sentences is short of."""

    missing: tuple[Token, ...]
    extent: float
    order: float
    deficit: float


@dataclass(frozen=True, slots=True)
class _GapCell:
    """An English token: whether it counts, where the Russian word that answers it is, and how well."""

    token: Token
    counts: bool
    start: int
    score: float


def gap_between(context: Context, before: Word, after: Word) -> Gap | None:
    """The gap between two neighbouring words; None where there is no English opposite them."""
    pairs = _pairs(context, before, after)
    cells = [cell for pair in pairs for cell in _cells(context, pair)]
    if not cells:
        return None
    sure = [k for k, c in enumerate(cells) if c.counts and c.score >= _LEAST_LINK]
    left = sorted((k for k in sure if cells[k].start <= before.token.start), key=lambda k: -cells[k].start)[:_NEAR]
    right = sorted((k for k in sure if cells[k].start >= after.token.start), key=lambda k: cells[k].start)[:_NEAR]
    first, last, extent, order = _best(cells, left, right)
    if first == last:
        return None
    return Gap(
        tuple(c.token for c in cells[first:last] if c.token.kind != "mark"), extent, order, _deficit(context, pairs)
    )


def _pairs(context: Context, before: Word, after: Word) -> list[int]:
    """The sentence pairs of both words, and English without Russian between them."""
    if before.pair == after.pair:
        return [before.pair]
    inner = [p for p in range(before.pair + 1, after.pair) if not context.pairs[p].original]
    return [before.pair, *inner, after.pair]


def _cells(context: Context, pair: int) -> list[_GapCell]:
    links = {link.translation: link for link in context.pairs[pair].words}
    found = []
    for j, called in enumerate(context.calls[pair]):
        link = links.get(j)
        start = context.pairs[pair].original[link.original].start if link else -1
        found.append(_GapCell(called.token, called.content or bool(called.number), start, link.score if link else 0.0))
    return found


def _best(cells: list[_GapCell], left: list[int], right: list[int]) -> tuple[int, int, float, float]:
    """The half-open stretch that best explains a loss, its extent and the order around it."""
    near = {*left, *right}
    best = (-inf, 0, 0, 0.0, 0.0)
    for first in range(len(cells) + 1):
        extent = 0.0
        for last in range(first, min(len(cells), first + _LONGEST) + 1):
            if last > first:
                cell = cells[last - 1]
                if cell.counts and cell.start < 0:
                    extent += 1.0
                elif cell.counts and last - 1 not in near:
                    extent -= _ANSWERED * cell.score
            order = _order(left, first, last, before=True) + _order(right, first, last, before=False)
            if extent + order > best[0]:
                best = (extent + order, first, last, extent, order)
    return best[1:]


def _order(near: list[int], first: int, last: int, *, before: bool) -> float:
    """How well the counterparts of the words on one side keep to their side of a stretch, nearer words more."""
    found, weight = 0.0, 1.0
    for k in near:
        inside = first <= k < last
        right_side = k < first if before else k >= last
        found += weight * (1.0 if right_side else -_INSIDE if inside else -1.0)
        weight *= _DECAY
    return found


def _deficit(context: Context, pairs: list[int]) -> float:
    """How many letters the Russian of these pairs is shorter than its translation lets expect."""
    return _ratio(context) * sum(_letters(context.pairs[p].translation) for p in pairs) - sum(
        _letters(context.pairs[p].original) for p in pairs
    )


def _ratio(context: Context) -> float:
    """Letters of the original for each letter of the translation, over all sentences that have both."""
    both = [p for p in context.pairs if p.original and p.translation]
    english = sum(_letters(p.translation) for p in both)
    return sum(_letters(p.original) for p in both) / english if english else 1.0


def _letters(tokens: tuple[Token, ...]) -> int:
    return sum(len(t.text) + 1 for t in tokens)


def usual_run(context: Context) -> float:
    """The extent of unanswered English that nine in ten sentences of the document do not reach."""
    runs = sorted(
        _longest_run(_cells(context, p)) for p, pair in enumerate(context.pairs) if pair.original and pair.translation
    )
    return runs[int(_USUAL * (len(runs) - 1))] if runs else 0.0


def _longest_run(cells: list[_GapCell]) -> float:
    best = current = 0.0
    for cell in cells:
        step = 1.0 if cell.counts and cell.start < 0 else -_INSIDE * cell.score if cell.counts else 0.0
        current = max(0.0, current + step)
        best = max(best, current)
    return best
