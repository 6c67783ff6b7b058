"""The evidence tables for aligning two lists of token runs (paragraphs, or the sentences of one).

What is counted is the form, not the token: each form of a run is looked up once, and only in the runs that it can
be linked with, so that long texts cost what their vocabulary costs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collation.alignment.affinity import Answer, Called, keys_of_call
from collation.alignment.word_pairs import Matcher, Right, keys_of_answer, right_key
from collation.knowledge.names.sound import skeleton

_MANY_NAMES = 600

Vector = NDArray[np.float32]
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
    window = _Window(translation, matcher)
    rows: Cells = [{} for _ in original]
    columns: Cells = [{} for _ in translation]
    for i, run in enumerate(original):
        window.move(*(reach[i] if reach else (0, len(translation))))
        _meet(i, run, window, rows, columns)
    _weigh(rows, row_weights)
    _weigh(columns, column_weights)
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


def _weigh(table: Cells, weights: list[Vector]) -> None:
    for cells, own in zip(table, weights, strict=True):
        for values in cells.values():
            values *= own


def _shares(cells: dict[int, Vector], total: float) -> dict[int, float]:
    return {at: float(values.sum()) / total for at, values in cells.items()} if total else {}


class _Window:
    """The forms of the runs of the translation that are within reach, as the reach moves on."""

    def __init__(self, translation: list[tuple[Called, ...]], matcher: Matcher) -> None:
        self.places: dict[Right, dict[int, list[int]]] = {}
        self._translation = translation
        self._matcher = matcher
        self._example: dict[Right, Called] = {}
        self._index: dict[str, dict[Right, None]] = {}
        self._names: dict[str, dict[Right, None]] = {}
        self._first = self._last = 0

    def size(self, j: int) -> int:
        """The number of tokens of a run."""
        return len(self._translation[j])

    def move(self, first: int, last: int) -> None:
        """Have these runs within reach, both ends at or behind where they were."""
        for j in range(self._last, last):
            self._enter(j)
        for j in range(self._first, min(first, last)):
            self._leave(j)
        self._first, self._last = max(self._first, first), max(self._last, last)

    def _enter(self, j: int) -> None:
        for k, called in enumerate(self._translation[j]):
            if called.token.kind == "mark":
                continue
            key = right_key(called)
            if key not in self.places:
                self._example[key] = called
                for index, sought in self._entries(called):
                    index.setdefault(sought, {})[key] = None
            self.places.setdefault(key, {}).setdefault(j, []).append(k)

    def _leave(self, j: int) -> None:
        for called in self._translation[j]:
            key = right_key(called)
            if j not in self.places.get(key, ()):
                continue
            del self.places[key][j]
            if not self.places[key]:
                del self.places[key]
                for index, sought in self._entries(self._example[key]):
                    index[sought].pop(key, None)

    def _entries(self, called: Called) -> Iterator[tuple[dict[str, dict[Right, None]], str]]:
        for sought in keys_of_call(called):
            yield self._index, sought
        if called.name and called.content:
            yield self._names, skeleton(called.token.text)[:1]

    def matches(self, answered: Answer) -> Iterator[tuple[Right, float]]:
        """The forms that a form of the original answers, and how well. Two function words are not asked."""
        counts = answered.content or bool(answered.number)
        for key in self._partners(answered):
            called = self._example[key]
            if counts or called.content or called.number:
                value = self._matcher.value(answered, called)
                if value > 0.0:
                    yield key, value

    def _partners(self, answered: Answer) -> dict[Right, None]:
        """The forms that may be answered; names by sound, of very many those with the same beginning."""
        found: dict[Right, None] = {}
        for sought in keys_of_answer(answered):
            found |= self._index.get(sought, {})
        if answered.name:
            many = sum(map(len, self._names.values())) > _MANY_NAMES
            first = skeleton(answered.token.text)[:1]
            for start, keys in self._names.items():
                if start == first or not many:
                    found |= keys
        return found


def _meet(i: int, run: tuple[Answer, ...], window: _Window, rows: Cells, columns: Cells) -> None:
    """Enter what the tokens of one run of the original find within reach."""
    positions: dict[str, list[int]] = {}
    for t, answered in enumerate(run):
        if answered.token.kind != "mark":
            positions.setdefault(answered.token.text, []).append(t)
    for own in positions.values():
        for key, value in window.matches(run[own[0]]):
            for j, others in window.places[key].items():
                _raise(rows[i], j, len(run), own, value)
                _raise(columns[j], i, window.size(j), others, value)


def _raise(cells: dict[int, Vector], at: int, size: int, positions: list[int], value: float) -> None:
    """Let the tokens at some positions of a run be answered at least so well."""
    cell = cells.get(at)
    if cell is None:
        cell = cells[at] = np.zeros(size, dtype=np.float32)
    for position in positions:
        if cell[position] < value:
            cell[position] = value


def _weights(words: list[list[str]], counted: list[list[bool]]) -> list[Vector]:
    spread = Counter(word for run in words for word in set(run))
    total = max(1, len(words))
    return [
        np.array([_weight(spread[w], total) if c else 0.0 for w, c in zip(run, marks, strict=True)], dtype=np.float32)
        for run, marks in zip(words, counted, strict=True)
    ]


def _weight(spread: int, total: int) -> float:
    return 0.4 + math.log(1 + total / spread) / math.log(1 + total)
