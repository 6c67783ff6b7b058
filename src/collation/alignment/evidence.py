"""The evidence tables for aligning two lists of token runs (paragraphs, or the sentences of one).

What is counted is the form, not the token: each form of a run is looked up once, and only in the runs that it can
be linked with, so that long texts cost what their vocabulary costs.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collation.alignment.affinity import Answer, Called
from collation.alignment.matching import Matcher, Right, keys_of_answer, keys_of_call, right_key
from collation.knowledge.sound import skeleton

_MANY_NAMES = 600

Vector = NDArray[np.float64]
Cells = list[dict[int, Vector]]
Reach = list[tuple[int, int]]  # for each run of the original: the half-open range of runs it may meet


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each run of either side: how much there is to explain, and what each run opposite explains of it.

    ``rows[i][j]`` has one value a token of original run i, its weight times how well run j of the translation
    answers it, and is missing where nothing answers; ``columns[j][i]`` the same the other way. ``row_shares`` and
    ``column_shares`` are what that comes to of the whole, ``row_totals`` and ``column_totals`` the sums of the
    weights, ``row_lengths`` and ``column_lengths`` count letters.
    """

    rows: Cells
    columns: Cells
    row_totals: list[float]
    column_totals: list[float]
    row_lengths: list[int]
    column_lengths: list[int]
    row_shares: list[dict[int, float]]
    column_shares: list[dict[int, float]]


def gather(
    original: list[tuple[Answer, ...]],
    translation: list[tuple[Called, ...]],
    matcher: Matcher,
    reach: Reach | None = None,
) -> Evidence:
    """What each token of either side finds in each run of the other, within reach.

    Rare words count more than frequent ones (inverse frequency over the runs); function words do not count.
    """
    row_weights = _weights(
        [[a.lemmas[0] if a.lemmas else a.token.text for a in run] for run in original],
        [[a.content or bool(a.number) for a in run] for run in original],
    )
    column_weights = _weights(
        [[c.lemma for c in run] for run in translation],
        [[c.content or bool(c.number) for c in run] for run in translation],
    )
    forms = _Forms(translation, matcher)
    rows: Cells = [{} for _ in original]
    columns: Cells = [{} for _ in translation]
    for i, run in enumerate(original):
        _meet(i, run, forms, reach[i] if reach else (0, len(translation)), rows, columns)
    rows = [{j: v * w for j, v in cells.items()} for cells, w in zip(rows, row_weights, strict=True)]
    columns = [{i: v * w for i, v in cells.items()} for cells, w in zip(columns, column_weights, strict=True)]
    row_totals = [float(w.sum()) for w in row_weights]
    column_totals = [float(w.sum()) for w in column_weights]
    return Evidence(
        rows,
        columns,
        row_totals,
        column_totals,
        [sum(len(a.token.text) + 1 for a in run) for run in original],
        [sum(len(c.token.text) + 1 for c in run) for run in translation],
        [_shares(cells, total) for cells, total in zip(rows, row_totals, strict=True)],
        [_shares(cells, total) for cells, total in zip(columns, column_totals, strict=True)],
    )


def _shares(cells: dict[int, Vector], total: float) -> dict[int, float]:
    return {at: float(values.sum()) / total for at, values in cells.items()} if total else {}


class _Forms:
    """The forms of the translation: in which runs each stands and where, and what answers it."""

    def __init__(self, translation: list[tuple[Called, ...]], matcher: Matcher) -> None:
        self.sizes = [len(run) for run in translation]
        self._matcher = matcher
        self._example: dict[Right, Called] = {}
        self._runs: dict[Right, list[int]] = {}
        self._positions: dict[Right, list[list[int]]] = {}
        self._index: dict[str, list[Right]] = {}
        self._names: dict[str, list[Right]] = {}
        self._matches: dict[str, list[tuple[Right, float]]] = {}
        for j, run in enumerate(translation):
            for k, called in enumerate(run):
                self._enter(j, k, called)

    def _enter(self, j: int, k: int, called: Called) -> None:
        key = right_key(called)
        if key not in self._example:
            self._example[key] = called
            self._runs[key], self._positions[key] = [], []
            for sought in dict.fromkeys(keys_of_call(called)):
                self._index.setdefault(sought, []).append(key)
            if called.name and called.content:
                self._names.setdefault(skeleton(called.token.text)[:1], []).append(key)
        runs, positions = self._runs[key], self._positions[key]
        if runs and runs[-1] == j:
            positions[-1].append(k)
        else:
            runs.append(j)
            positions.append([k])

    def matches(self, answered: Answer) -> list[tuple[Right, float]]:
        """The forms that a form of the original answers, and how well. Two function words are not asked."""
        text = answered.token.text
        if text not in self._matches:
            found = []
            counts = answered.content or bool(answered.number)
            for key in self._partners(answered):
                called = self._example[key]
                if counts or called.content or called.number:
                    value = self._matcher.value(answered, called)
                    if value > 0.0:
                        found.append((key, value))
            self._matches[text] = found
        return self._matches[text]

    def _partners(self, answered: Answer) -> set[Right]:
        """The forms that may be answered; names by sound, when they are many only those with the same beginning."""
        found = {key for sought in keys_of_answer(answered) for key in self._index.get(sought, ())}
        if answered.name:
            many = sum(map(len, self._names.values())) > _MANY_NAMES
            first = skeleton(answered.token.text)[:1]
            found.update(key for start, keys in self._names.items() if start == first or not many for key in keys)
        return found

    def within(self, key: Right, first: int, last: int) -> Iterator[tuple[int, list[int]]]:
        """The runs of a half-open range that have a form, with its positions there."""
        runs, positions = self._runs[key], self._positions[key]
        for at in range(bisect_left(runs, first), bisect_left(runs, last)):
            yield runs[at], positions[at]


def _meet(
    i: int, run: tuple[Answer, ...], forms: _Forms, reach: tuple[int, int], rows: Cells, columns: Cells
) -> None:
    """Enter what the tokens of one run of the original find within reach."""
    positions: dict[str, list[int]] = {}
    for t, answered in enumerate(run):
        if answered.token.kind != "mark":
            positions.setdefault(answered.token.text, []).append(t)
    for own in positions.values():
        for key, value in forms.matches(run[own[0]]):
            for j, others in forms.within(key, *reach):
                _raise(rows[i], j, len(run), own, value)
                _raise(columns[j], i, forms.sizes[j], others, value)


def _raise(cells: dict[int, Vector], at: int, size: int, positions: list[int], value: float) -> None:
    """Let the tokens at some positions of a run be answered at least so well."""
    cell = cells.get(at)
    if cell is None:
        cell = cells[at] = np.zeros(size)
    for position in positions:
        if cell[position] < value:
            cell[position] = value


def _weights(words: list[list[str]], counted: list[list[bool]]) -> list[Vector]:
    spread = Counter(word for run in words for word in set(run))
    total = max(1, len(words))
    return [
        np.array([_weight(spread[w], total) if c else 0.0 for w, c in zip(run, marks, strict=True)], dtype=np.float64)
        for run, marks in zip(words, counted, strict=True)
    ]


def _weight(spread: int, total: int) -> float:
    return 0.4 + math.log(1 + total / spread) / math.log(1 + total)
