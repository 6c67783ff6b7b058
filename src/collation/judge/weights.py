"""The learned part of the judge: small boosted trees, read from a data file and evaluated with numpy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from collation.errors import DamagedDictionary, Message
from collation.judge.features import NAMES
from collation.knowledge import dictionaries
from collation.system.files import read_regular

Rows = NDArray[np.float64]
LARGEST = 100_000_000  # bytes of a file of weights
_ROW = {name: i for i, name in enumerate(NAMES)}
_OBSERVED = ("known", "zipf", "letters", "observed_word", "answers", "english", "literal", "listed", "seen", "nonwords", "capital",
             "upper", "one_letter", "line_end", "function", "government", "name_like", "local_answer", "preposition", "no_word",
             "near_answered", "left_unanswered", "in_context", "context_own", "context_tag", "bilingual_own", "bilingual_sentence",
             "bilingual_observed")  # fmt: skip
_BEST = ("cost", "word_gain", "tag_gain", "translation_gain", "free_gain", "reading_zipf", "same_lemma", "government_gain",
         "agreement_gain", "habit", "nonword", "merged", "torn", "speck", "sign", "wanted", "usual", "ending", "proposers",
         "cost_per_letter", "local_gain", "collocation_gain", "reading_answers", "reading_word", "first_letter", "same_tag", "prefix",
         "suffix", "preposition_gain", "polarity_gain", "reading_tag", "lemma_seen", "context_gain", "context_tag_gain", "bilingual_gain",
         "bilingual_answer", "bilingual_elsewhere", "bilingual_here")  # fmt: skip
_AT_ONCE = 64  # rows that are scored together: what all trees say of them fits into the processor's cache
_NO_SECOND = -9.0  # log-odds said of the second reading where there is one only, as the trees have learned it
_NEXT_TO_NOTHING = 1e-9  # keeps the logarithm of no weight at all finite
_EDIT = 2.0  # natural log-odds: what an edit costs a reading
_SPEAKS = 8.0  # natural log-odds: how far a translation is believed of a reading
_HARDLY = 1e-6
_FURTHEST = 40.0  # log-odds beyond which a probability is 0 or 1
_MOST = (
    "word_gain",
    "tag_gain",
    "translation_gain",
    "free_gain",
    "context_gain",
    "context_tag_gain",
    "bilingual_gain",
)  # of any reading
PLACE_NAMES: tuple[str, ...] = (
    *_OBSERVED, *(f"best_{n}" for n in _BEST), *(f"most_{n}" for n in _MOST), "top", "second", "total", "readings", "context_share",
    "channel_share", "channel_translation", "backed_translation",
)  # fmt: skip


def _depth(left: NDArray[np.int64], right: NDArray[np.int64]) -> int:
    """How many questions the longest way from the root of a tree to a leaf asks; a child is behind its parent."""
    depths = np.zeros(len(left), dtype=np.int64)
    for node in range(len(left)):
        if left[node] >= 0:
            depths[[left[node], right[node]]] = depths[node] + 1
    return int(depths.max(initial=0))


class _Flat(NamedTuple):
    """The nodes of all trees: the feature asked for, the threshold, the right child and the left one, the value."""

    feature: NDArray[np.int64]
    threshold: Rows
    children: NDArray[np.int64]
    value: Rows
    roots: NDArray[np.int64]
    depth: int


@dataclass(frozen=True)
class Forest:
    """Boosted trees: log-odds are ``base`` plus the value of the leaf reached in each tree."""

    base: float
    trees: tuple[tuple[NDArray[np.int64], Rows, NDArray[np.int64], NDArray[np.int64], Rows], ...]

    @classmethod
    def made(cls, base: float, trees: list[tuple[list[int], list[float], list[int], list[int], list[float]]]) -> Forest:
        return cls(
            base,
            tuple(
                (
                    np.array(f, dtype=np.int64),
                    np.array(t),
                    np.array(a, dtype=np.int64),
                    np.array(b, dtype=np.int64),
                    np.array(v),
                )
                for f, t, a, b, v in trees
            ),
        )

    def score(self, rows: Rows) -> Rows:
        """The log-odds of each row."""
        flat = self._flat
        found = [np.zeros(0)]
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            which = np.arange(len(part))[:, None]
            node = np.broadcast_to(flat.roots, (len(part), len(flat.roots)))
            for _ in range(flat.depth):
                node = flat.children[2 * node + (part[which, flat.feature[node]] <= flat.threshold[node])]
            summed = np.column_stack([np.full(len(part), self.base), flat.value[node]])
            found.append(
                np.cumsum(summed, axis=1)[:, -1]
            )  # in order of the trees: a sum of another order is another number
        return np.concatenate(found)

    @cached_property
    def _flat(self) -> _Flat:
        """All trees in one row of nodes, each leaf its own child, so that all are gone down at once."""
        feature, threshold, children, value, roots = [], [], [], [], []
        depth = start = 0
        for own, limit, left, right, worth in self.trees:
            leaf = left < 0
            here = np.arange(len(left)) + start
            sides = np.where(leaf, here, right + start), np.where(leaf, here, left + start)
            feature.append(np.where(leaf, 0, own))
            threshold.append(limit)
            children.append(np.column_stack(sides).reshape(-1))
            value.append(worth)
            roots.append(start)
            depth = max(depth, _depth(left, right))
            start += len(left)
        whole = [np.concatenate([*found, np.zeros(0)]) for found in (feature, threshold, children, value)]
        return _Flat(
            whole[0].astype(np.int64), whole[1], whole[2].astype(np.int64), whole[3], np.array(roots, np.int64), depth
        )

    def contributions(self, row: Sequence[float]) -> dict[int, float]:
        """How far each feature moved the log-odds of one row: at every question of every tree, the mean of the examples
        behind the answer less the mean before it (Saabas 2014). With ``base`` and the trees' roots they sum to the score."""
        found: dict[int, float] = {}
        for feature, threshold, left, right, value in self.trees:
            node = 0
            while left[node] >= 0:
                column = int(feature[node])
                after = int(left[node] if row[column] <= threshold[node] else right[node])
                found[column] = found.get(column, 0.0) + float(value[after] - value[node])
                node = after
        return found

    def to_json(self) -> dict[str, Any]:
        return {"base": self.base, "trees": [[x.tolist() for x in tree] for tree in self.trees]}

    @classmethod
    def from_json(cls, data: dict[str, Any], columns: list[int]) -> Forest:
        """The forest of a file; ``columns`` says where each of its features is today."""
        for _, _, left, right, _ in data["trees"]:
            if any(0 <= child <= node for side in (left, right) for node, child in enumerate(side)):
                raise ValueError("a tree leads back to where it came from")
        return cls.made(data["base"], [([columns[f] for f in feature], *rest) for feature, *rest in data["trees"]])


def place_features(rows: Rows, scores: Rows) -> Rows:
    """What shows whether a place is wrong: the text as it stands, its best reading, and how the readings scored."""
    order = np.argsort(-scores, kind="stable")
    best = rows[order[0]]
    second = scores[order[1]] if len(order) > 1 else _NO_SECOND
    total = float(np.log(np.sum(sigmoid(scores)) + _NEXT_TO_NOTHING))
    observed = [best[_ROW[n]] for n in _OBSERVED]
    most = [float(rows[:, _ROW[n]].max()) for n in _MOST]
    return np.array(
        [
            *observed,
            *(best[_ROW[n]] for n in _BEST),
            *most,
            scores[order[0]],
            second,
            total,
            float(len(rows)),
            _together(rows),
            *_through_the_channel(rows, scores),
        ]
    )


def _together(rows: Rows) -> float:
    """How much better than the word all its readings together suit the place: the logarithm of their summed likelihood."""
    return float(np.log(np.sum(np.exp(rows[:, _ROW["context_gain"]]))))


def _through_the_channel(rows: Rows, scores: Rows) -> tuple[float, float, float]:
    """How much likelier than the word its readings are together, each edit costing ``_EDIT`` (a noisy channel): by context and
    translation, by the translation alone; and how far the translation speaks for the readings that scored well."""
    context, translation = rows[:, _ROW["context_gain"]], rows[:, _ROW["bilingual_gain"]]
    letters = _EDIT * rows[:, _ROW["cost"]]
    bounded = np.clip(translation, -_SPEAKS, _SPEAKS)
    return (
        _log_sum(context + translation - letters),
        _log_sum(translation - letters),
        float(np.log(np.sum(sigmoid(scores) * np.exp(bounded)) + _HARDLY)),
    )


def _log_sum(values: Rows) -> float:
    top = values.max()
    return float(top + np.log(np.sum(np.exp(values - top))))


def sigmoid(value: float | Rows) -> Any:
    return 1.0 / (1.0 + np.exp(-np.clip(value, -_FURTHEST, _FURTHEST)))


@dataclass(frozen=True)
class Weights:
    """The shipped model: both forests, facts of its training, and ``scale`` and ``shift``, which bring the log-odds of a
    place to the share of errors of real documents (the noise of the training has its own): Platt's scaling (1999)."""

    readings: Forest
    places: Forest
    facts: dict[str, Any]
    shift: float = 0.0
    scale: float = 1.0

    @property
    def share(self) -> float | None:
        """The share of errors among doubts that the probabilities are honest for; None where the file does not say."""
        aimed = self.facts.get("aimed_share")
        share = aimed.get("share") if isinstance(aimed, dict) else None
        return float(share) if isinstance(share, int | float) and 0.0 < share < 1.0 else None

    def wrong(self, rows: Rows, *, moved: float | Rows = 0.0) -> Rows:
        """The probability that something is wrong, for each place of these features; ``moved`` is added to its log-odds."""
        found: Rows = sigmoid(self.scale * self.places.score(rows) + self.shift + moved)
        return found


@lru_cache(maxsize=2)
def load_weights(path: Path | None = None) -> Weights:
    """The model of a path or the shipped one. Raises DamagedDictionary when it does not fit the features."""
    path = path or dictionaries.data_file("weights.json")
    try:
        data = json.loads(read_regular(path, most=LARGEST).decode("utf-8"))
        columns = _columns(data["features"], NAMES, path)
        places = _columns(data["place_features"], PLACE_NAMES, path)
        forests = Forest.from_json(data["readings"], columns), Forest.from_json(data["places"], places)
        return Weights(*forests, data["facts"], float(data["shift"]), float(data["scale"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DamagedDictionary(Message("weights-unreadable", reason=reason), path=path) from error


def _columns(learned: list[str], names: tuple[str, ...], path: Path) -> list[int]:
    missing = [name for name in learned if name not in names]
    if missing:
        raise DamagedDictionary(Message("weights-other-features", features=", ".join(missing)), path=path)
    return [names.index(name) for name in learned]
