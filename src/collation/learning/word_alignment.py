"""Which words of two sentences that translate each other are the same: a hidden Markov model, run in both directions.

IBM model 1 (Brown et al. 1993) finds first probabilities, the hidden Markov model (Vogel et al. 1996) adds that
neighbours are rendered by neighbours; a word may be of no origin (Och and Ney 2003). The two directions learn together:
what counts is the product of their posteriors (Liang, Taskar and Klein 2006), so that a rare word cannot gather what
nobody else explains. A prior, the glossary's, keeps its say as pseudo-counts in every round.

Words are numbers here. Sentences of like lengths are computed together, padded to the longest; one thread, no chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Real = NDArray[np.float32]

_CELLS = 400_000  # of a batch: sentence pairs, times words of one side, times words of the other
_LIKE = 4  # lengths of the second side that count as one when sentences are put together
_NULL = 0.2  # a word of no origin, before anything is known
_FLOOR = 0.02  # of the prior, for a pair that it does not know
_PSEUDO = 2.0
_SMOOTH = 0.02  # of the jumps that were never seen
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class SentenceIds:
    """A pair of sentences as numbers of words, none of them empty."""

    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WordPairs:
    """Pairs of words that stood opposite each other, in order of right word and left word, with the number of sights that
    are sure: sums of the products of both directions' posteriors. ``left`` and ``right`` are the numbers of the words."""

    left: Numbers
    right: Numbers
    counts: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Sentence pairs of like lengths. ``pairs`` (sentence, left, right) are numbers of pairs of words, the last for padding."""

    pairs: Numbers
    left: Numbers
    right: Numbers
    left_lengths: Numbers
    right_lengths: Numbers


@dataclass(slots=True)
class _Direction:
    """What one direction knows: ``words[pair]``, P(word | its origin); ``nothing[word]``, P(word | no origin); ``jumps``,
    how often the origin of the next word is so far on, from ``-reach`` to ``reach``."""

    prior: Real
    words: Real
    nothing: Real
    jumps: Real


def align_words(
    sentences: Sequence[SentenceIds],
    prior: Callable[[Numbers, Numbers], Real],
    *,
    first_rounds: int = 4,
    rounds: int = 4,
) -> WordPairs:
    """Count which words answer each other. ``prior`` is asked for the weights (0 to 1) of all pairs of words that meet, by the numbers of the
    right and the left words. Raises ValueError for an empty sentence or none at all."""
    if not sentences or not all(s.left and s.right for s in sentences):
        raise ValueError("every sentence needs words, and there must be some")
    batches, rights, lefts = _batches(sentences)
    weights = np.append(prior(rights, lefts) + _FLOOR, 0.0).astype(np.float32)
    groups = (np.append(rights, rights.max() + 1), np.append(lefts, lefts.max() + 1))
    reach = max(max(len(s.left), len(s.right)) for s in sentences) + 1
    forth = _begin(weights, groups[0], _frequencies(batches, "left"), reach)
    back = _begin(weights, groups[1], _frequencies(batches, "right"), reach)
    found = np.zeros(len(weights))
    for number in range(first_rounds + rounds):
        found = _round(batches, forth, back, groups, in_order=number >= first_rounds)
    return WordPairs(lefts, rights, found[:-1])


def _batches(sentences: Sequence[SentenceIds]) -> tuple[list[_Batch], Numbers, Numbers]:
    """The sentences in batches, and the right and left words of all pairs of words, in order."""
    width = max(max(s.left) for s in sentences) + 1
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i].right) // _LIKE, len(sentences[i].left)))
    drafts, keys = [], []
    for chosen in _cut([sentences[i] for i in order]):
        left, right = (_padded(side) for side in ([s.left for s in chosen], [s.right for s in chosen]))
        cells = right[:, None, :].astype(np.int64) * width + left[:, :, None]
        cells[(left[:, :, None] < 0) | (right[:, None, :] < 0)] = -1
        keys.append(np.unique(cells))
        drafts.append((left, right, cells))
    known = np.unique(np.concatenate(keys))
    known = known[known >= 0]
    batches = []
    for left, right, cells in drafts:
        numbers = np.searchsorted(known, cells)
        numbers[cells < 0] = len(known)
        lengths = ((left >= 0).sum(axis=1), (right >= 0).sum(axis=1))
        batches.append(_Batch(numbers.astype(np.int32), left, right, *(n.astype(np.int32) for n in lengths)))
    return batches, (known // width).astype(np.int32), (known % width).astype(np.int32)


def _cut(ordered: Sequence[SentenceIds]) -> Iterator[list[SentenceIds]]:
    chosen: list[SentenceIds] = []
    longest = [0, 0]
    for sentence in ordered:
        grown = [max(longest[0], len(sentence.left)), max(longest[1], len(sentence.right))]
        if chosen and grown[0] * grown[1] * (len(chosen) + 1) > _CELLS:
            yield chosen
            chosen, grown = [], [len(sentence.left), len(sentence.right)]
        chosen.append(sentence)
        longest = grown
    yield chosen


def _padded(rows: list[tuple[int, ...]]) -> Numbers:
    found = np.full((len(rows), max(map(len, rows))), -1, dtype=np.int32)
    for i, row in enumerate(rows):
        found[i, : len(row)] = row
    return found


def _frequencies(batches: list[_Batch], side: str) -> Real:
    words = np.concatenate([getattr(b, side).ravel() for b in batches])
    return (np.bincount(words[words >= 0]) / np.count_nonzero(words >= 0)).astype(np.float32)


def _begin(weights: Real, origins: Numbers, frequencies: Real, reach: int) -> _Direction:
    prior = _shares(weights, origins)
    distance = np.abs(np.arange(-reach, reach + 1) - 1.0)
    return _Direction(prior, prior, frequencies, _smooth(1.0 / (1.0 + distance) ** 2))


def _shares(counts: NDArray[np.floating], origins: Numbers) -> Real:
    totals = np.bincount(origins, counts)
    return np.asarray(counts / np.maximum(totals, _TINY)[origins], dtype=np.float32)


def _smooth(jumps: NDArray[np.floating]) -> Real:
    shares = jumps / jumps.sum()
    return np.asarray((1 - _SMOOTH) * shares + _SMOOTH / len(shares), dtype=np.float32)


def _round(
    batches: list[_Batch], forth: _Direction, back: _Direction, groups: tuple[Numbers, Numbers], *, in_order: bool
) -> NDArray[np.float64]:
    """One round of learning, of both directions; returns the counts of the pairs of words."""
    found = np.zeros(len(forth.words))
    nothing = np.zeros(len(forth.nothing)), np.zeros(len(back.nothing))
    jumps = np.zeros(len(forth.jumps)), np.zeros(len(back.jumps))
    for batch in batches:
        turned = np.ascontiguousarray(batch.pairs.transpose(0, 2, 1))
        sides = (
            (forth, batch.pairs, batch.left, batch.left_lengths, batch.right_lengths),
            (back, turned, batch.right, batch.right_lengths, batch.left_lengths),
        )
        posteriors = []
        for k, (direction, pairs, words, own, other) in enumerate(sides):
            chances = direction.words[pairs]
            loose = np.where(words >= 0, direction.nothing[words], 0.0).astype(np.float32)
            if in_order:
                sure, moved = _in_order(chances, loose, own, other, direction.jumps)
                jumps[k][:] += moved
            else:
                sure = _any_order(chances, loose, other)
            posteriors.append(sure)
            rest = np.maximum(0.0, 1.0 - sure.sum(axis=2))[words >= 0]
            nothing[k][:] += np.bincount(words[words >= 0], rest, minlength=len(nothing[k]))
        both = posteriors[0] * posteriors[1].transpose(0, 2, 1)
        flat = batch.pairs.ravel()
        worth = np.flatnonzero(both.ravel() > _TINY)
        np.add.at(found, flat[worth], both.ravel()[worth])
    found[-1] = 0.0
    for k, direction in enumerate((forth, back)):
        direction.words = _shares(found + _PSEUDO * direction.prior, groups[k])
        direction.nothing = _shares(nothing[k] + _TINY, np.zeros(len(nothing[k]), dtype=np.int32))
        if in_order:
            direction.jumps = _smooth(jumps[k])
    return found


def _any_order(chances: Real, loose: Real, others: Numbers) -> Real:
    """Posteriors (sentence, word, origin) where every origin is as likely before the words are seen."""
    even = (1 - _NULL) * chances / others[:, None, None]
    total = even.sum(axis=2) + _NULL * loose
    return np.asarray(even / np.maximum(total, 1e-30)[:, :, None], dtype=np.float32)


def _in_order(
    chances: Real, loose: Real, own: Numbers, other: Numbers, jumps: Real
) -> tuple[Real, NDArray[np.float64]]:
    """Posteriors (sentence, word, origin) of the hidden Markov model, and how often the origin jumped how far.

    A word of no origin keeps the place where its predecessor's origin was; place 0 is before the first.
    """
    order = np.argsort(-own, kind="stable")
    count, length, width = chances.shape
    places = width + 1
    reach = len(jumps) // 2
    moves = jumps[reach + np.arange(places)[None, :] - np.arange(places)[:, None]]
    moves[:, 0] = 0.0
    running = np.concatenate(([0.0], np.cumsum(jumps, dtype=np.float64)))
    starts = np.arange(places)[None, :]
    ends = np.minimum(other[order][:, None] - starts, reach) + reach + 1
    total = (running[np.maximum(ends, 0)] - running[reach + 1 - starts]).clip(min=_TINY).astype(np.float32)
    total[starts > other[order][:, None]] = 1.0  # padding
    active = [int(np.count_nonzero(own > t)) for t in range(length)]
    emitted = np.zeros((length, count, places), dtype=np.float32)
    emitted[:, :, 1:] = (1 - _NULL) * chances[order].transpose(1, 0, 2)
    free = _NULL * loose[order].T
    states = np.zeros((length + 1, count, places), dtype=np.float32)
    states[0, :, 0] = 1.0
    bound = np.zeros((length, count, places), dtype=np.float32)
    scales = np.ones((length, count, 1), dtype=np.float32)
    for t, n in enumerate(active):
        bound[t, :n] = ((states[t, :n] / total[:n]) @ moves) * emitted[t, :n]
        states[t + 1, :n] = bound[t, :n] + states[t, :n] * free[t, :n, None]
        scales[t, :n] = states[t + 1, :n].sum(axis=1, keepdims=True).clip(min=1e-30)
        states[t + 1, :n] /= scales[t, :n]
        bound[t, :n] /= scales[t, :n]
    later = np.ones((count, places), dtype=np.float32)
    coming = np.zeros((length, count, places), dtype=np.float32)
    for t in range(length - 1, -1, -1):
        n = active[t]
        bound[t, :n] *= later[:n]
        coming[t, :n] = emitted[t, :n] * later[:n] / scales[t, :n]
        later[:n] = (coming[t, :n] @ moves.T) / total[:n] + free[t, :n, None] / scales[t, :n] * later[:n]
    before = (states[:-1] / total[None]).reshape(-1, places)
    crossed = (before.T @ coming.reshape(-1, places)) * moves
    offsets = reach + np.arange(places)[None, :] - np.arange(places)[:, None]
    moved = np.asarray(np.bincount(offsets.ravel(), crossed.ravel(), minlength=len(jumps)), dtype=np.float64)
    posterior = np.empty_like(chances)
    posterior[order] = bound[:, :, 1:].transpose(1, 0, 2)
    return posterior, moved
