"""The learned part of the judge: small boosted trees, read from a data file and evaluated with numpy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from collation.errors import DamagedDictionary, Message
from collation.judge.features import NAMES
from collation.knowledge import dictionaries
from collation.knowledge.forest import Forest, Rows
from collation.system.files import read_regular

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
_NO_SECOND = -9.0  # log-odds said of the second reading where there is one only, as the trees have learned it
_NEXT_TO_NOTHING = 1e-9  # keeps the logarithm of no weight at all finite
_EDIT = 2.0  # natural log-odds: what an edit costs a reading
_SPEAKS = 8.0  # natural log-odds: how far a translation is believed of a reading
_HARDLY = 1e-6  # keeps the logarithm of nothing finite
_FURTHEST = 40.0  # log-odds beyond which a probability is 0 or 1
_NONE = 0.02  # weight of the chance that no reading is right, where the file does not say
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


_OF_BEST = [_ROW[name] for name in (*_OBSERVED, *_BEST)]
_OF_ANY = [_ROW[name] for name in _MOST]


def place_features(rows: Rows, scores: Rows) -> Rows:
    """What shows whether a place is wrong: the text as it stands, its best reading, and how the readings scored."""
    order = np.argsort(-scores, kind="stable")
    best = rows[order[0]]
    second = scores[order[1]] if len(order) > 1 else _NO_SECOND
    total = float(np.log(np.sum(sigmoid(scores)) + _NEXT_TO_NOTHING))
    scored = [scores[order[0]], second, total, float(len(rows)), _together(rows), *_through_the_channel(rows, scores)]
    return np.concatenate([best[_OF_BEST], rows[:, _OF_ANY].max(axis=0), scored])


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


@dataclass(frozen=True, slots=True)
class Sharing:
    """How the readings of a place share it: each has its probability to the power ``power``, and ``none`` stands for the chance
    that none of them is right."""

    power: float = 1.0
    none: float = _NONE

    def __call__(self, alone: Rows) -> Rows:
        """The chance of each reading to be the right one, from the probability that each has by itself; in all less than 1."""
        found = alone**self.power
        shares: Rows = found / (found.sum() + self.none)
        return shares


@dataclass(frozen=True)
class Weights:
    """The shipped model: both forests, facts of its training, ``scale`` and ``shift``, which bring the log-odds of a place to the
    share of errors of real documents (the noise of the training has its own): Platt's scaling (1999), and how the readings
    of a place share it."""

    readings: Forest
    places: Forest
    facts: dict[str, Any]
    shift: float = 0.0
    scale: float = 1.0
    sharing: Sharing = Sharing()

    @property
    def share(self) -> float | None:
        """The share of errors among doubts that the probabilities are honest for; None where the file does not say."""
        aimed = self.facts.get("aimed_share")
        share = aimed.get("share") if isinstance(aimed, dict) else None
        return float(share) if isinstance(share, int | float) and 0.0 < share < 1.0 else None

    def odds(self, rows: Rows) -> Rows:
        """The log-odds that something is wrong, for each place of these features."""
        return self.scale * self.places.score(rows) + self.shift


@lru_cache(maxsize=2)
def load_weights(path: Path | None = None) -> Weights:
    """The model of a path or the shipped one. Raises DamagedDictionary when it does not fit the features."""
    path = path or dictionaries.data_file("weights.json")
    try:
        data = json.loads(read_regular(path, most=LARGEST).decode("utf-8"))
        columns = _columns(data["features"], NAMES, path)
        places = _columns(data["place_features"], PLACE_NAMES, path)
        forests = Forest.from_json(data["readings"], columns), Forest.from_json(data["places"], places)
        sharing = Sharing(**{name: float(value) for name, value in data.get("sharing", {}).items()})
        return Weights(*forests, data["facts"], float(data["shift"]), float(data["scale"]), sharing)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DamagedDictionary(Message("weights-unreadable", reason=reason), path=path) from error


def _columns(learned: list[str], names: tuple[str, ...], path: Path) -> list[int]:
    missing = [name for name in learned if name not in names]
    if missing:
        raise DamagedDictionary(Message("weights-other-features", features=", ".join(missing)), path=path)
    return [names.index(name) for name in learned]
