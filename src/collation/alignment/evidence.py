"""The evidence tables for aligning two lists of token runs."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from collation.alignment.affinity import Answer, Called, affinity
from collation.alignment.beads import Evidence, Vector


def gather(original: list[tuple[Answer, ...]], translation: list[tuple[Called, ...]]) -> Evidence:
    """What each token of either side finds in each run of the other.

    Rare words count more than frequent ones (inverse frequency over the runs); function words do not count.
    """
    index: dict[str, list[tuple[int, int]]] = {}
    names: list[tuple[int, int]] = []
    for j, run in enumerate(translation):
        for k, called in enumerate(run):
            for key in (*called.lemmas, *called.roots, *(["#" + called.number] if called.number else [])):
                index.setdefault(key, []).append((j, k))
            if called.name and called.content:
                names.append((j, k))
    rows = [[np.zeros(len(run)) for _ in translation] for run in original]
    columns = [[np.zeros(len(run)) for _ in original] for run in translation]
    for i, answers in enumerate(original):
        for t, answered in enumerate(answers):
            keys = (*answered.lemmas, *answered.roots, *(["#" + answered.number] if answered.number else []))
            meets = {place for key in keys for place in index.get(key, ())}
            if answered.name:
                meets.update(names)
            for j, k in meets:
                value = affinity(answered, translation[j][k])
                if value > rows[i][j][t]:
                    rows[i][j][t] = value
                if value > columns[j][i][k]:
                    columns[j][i][k] = value
    return Evidence(
        rows,
        columns,
        _weights([[a.lemmas[0] if a.lemmas else a.token.text for a in run] for run in original],
                 [[a.content or bool(a.number) for a in run] for run in original]),
        _weights([[c.lemma for c in run] for run in translation],
                 [[c.content or bool(c.number) for c in run] for run in translation]),
        [sum(len(a.token.text) + 1 for a in run) for run in original],
        [sum(len(c.token.text) + 1 for c in run) for run in translation],
    )  # fmt: skip


def _weights(words: list[list[str]], counted: list[list[bool]]) -> list[Vector]:
    spread = Counter(word for run in words for word in set(run))
    total = max(1, len(words))
    return [
        np.array(
            [0.4 + math.log(1 + total / spread[w]) / math.log(1 + total) if c else 0.0 for w, c in zip(run, marks, strict=True)],
            dtype=np.float64,
        )
        for run, marks in zip(words, counted, strict=True)
    ]
