"""What the confidence of an engine says of a word: its points, and how much of them counts beside the judge's own log-odds.

A text of which the truth is known is set as pages, an engine reads them, and its own file is read like any other. Words are set
against those of the truth; at each confidence is counted how many are wrong, in bins of so many words, a bin that is less
often wrong than the next joined to it (pool adjacent violators: Ayer et al. 1955). Then the judge weighs every doubt of the document
without the engine, and a logistic fit with its log-odds given says how much of the points counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from collation.evidence.engine_confidence import Calibration
from collation.evidence.page_words import align_words
from collation.evidence.time_steps import plain
from collation.judge.log_odds import log_odds
from collation.learning.logistic import logistic
from collation.model import Document, Place
from collation.model.doubt import WeighedDoubt
from collation.pipeline import trail
from collation.settings import Settings

_MARKS = ".,;:!?\"'()[]…*«»“”„‘’-—–"
_BIN = 100  # words of a bin at least
_LEAST_CHANCE = 1e-4
_STEADY = 1e-3  # ridge: hardly any, the examples are many


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of a file of an engine: its place, its confidence, what the page has there."""

    place: Place
    text: str
    confidence: float | None
    truth: str

    @property
    def wrong(self) -> bool:
        """Whether it is another word than the page has; marks, case and ё count for nothing."""
        return bare(self.text) != bare(self.truth)


@dataclass(frozen=True, slots=True)
class EngineDoubt:
    """A doubt as the judge weighs it without the engine: its log-odds, the least confidence there, whether the text is wrong."""

    odds: float
    confidence: float
    wrong: bool


def bare(text: str) -> str:
    """A text as it is compared."""
    return " ".join(filter(None, (part.strip(_MARKS) for part in plain(text).lower().split())))


def without_engine(document: Document) -> Document:
    """The same document, as if no engine had said how sure it was."""
    parts = tuple(replace(part, engine="") for part in document.source.parts)
    return replace(document, source=replace(document.source, parts=parts))


def read_words(document: Document, truth: str) -> tuple[ReadWord, ...]:
    """The words of the original between blanks, each with the words that the page has there."""
    if document.original is None:
        return ()
    segments = sorted((*document.original.segments, *document.original.furniture), key=lambda s: s.place.start)
    places: list[Place] = []
    for segment in segments:
        for match in re.finditer(r"\S+", segment.place.of(document.text)):
            place = Place.at(segment.place.start + match.start(), segment.place.start + match.end())
            if not places or place.start >= places[-1].stop:
                places.append(place)
    words = truth.split()
    own = [place.of(document.text) for place in places]
    found = align_words([bare(text) or text for text in own], [bare(word) or word for word in words])
    read = (
        ReadWord(place, text, _confidence(document, place), " ".join(words[first:stop]))
        for place, text, (first, stop) in zip(places, own, found, strict=True)
    )
    return tuple(word for word in read if bare(word.text) or bare(word.truth))


def _confidence(document: Document, place: Place) -> float | None:
    said = [item.confidence for item in document.source.on_page(place) if item.confidence is not None]
    return min(said) if said else None


def points_of(words: Iterable[ReadWord]) -> Calibration:
    """The points of an engine that read these words."""
    known = sorted((word.confidence, word.wrong) for word in words if word.confidence is not None)
    usual = sum(wrong for _, wrong in known) / len(known)
    bins: list[tuple[float, float, int]] = []  # sum of confidences, wrong words, words
    for number, (confidence, wrong) in enumerate(known):
        new = not bins or (bins[-1][2] >= _BIN and round(confidence, 2) != round(known[number - 1][0], 2))
        total, count, size = (0.0, 0.0, 0) if new else bins.pop()
        bins.append((total + confidence, count + wrong, size + 1))
    joined: list[tuple[float, float, int]] = []
    for own in bins:
        joined.append(own)
        while len(joined) > 1 and joined[-2][1] * joined[-1][2] < joined[-1][1] * joined[-2][2]:
            after, before = joined.pop(), joined.pop()
            joined.append((before[0] + after[0], before[1] + after[1], before[2] + after[2]))
    odds = [log_odds((count + usual) / (size + 1)) - log_odds(usual) for _, count, size in joined]
    return Calibration(tuple(round(total / size, 3) for total, _, size in joined), tuple(round(o, 2) for o in odds))


def engine_doubts(document: Document, words: Sequence[ReadWord]) -> Iterator[EngineDoubt]:
    """The doubts of the original as they are weighed without the engine, with what it says and the truth."""
    for verdict in trail(without_engine(document), settings=Settings()).verdicts:
        near = under(words, verdict.doubt.place)
        said = [word.confidence for word in near if word.confidence is not None]
        if verdict.doubt.side == "original" and said:
            chance = min(max(verdict.probability, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
            yield EngineDoubt(math.log(chance / (1 - chance)), min(said), any(word.wrong for word in near))


def under(words: Sequence[ReadWord], place: Place) -> list[ReadWord]:
    """The words that a place is in, for one between two words both."""
    start, stop = place.start, place.stop
    if start == stop:
        return [word for word in words if word.place.start <= stop and start <= word.place.stop]
    return [word for word in words if word.place.start < stop and start < word.place.stop]


def is_mended(document: Document, words: Sequence[ReadWord], verdict: WeighedDoubt) -> bool:
    """Whether the first reading of a doubt gives what the page has."""
    near = under(words, verdict.doubt.place)
    proposal = verdict.readings[0].proposal if verdict.readings else None
    if not near or proposal is None or len(proposal.edits) != 1:
        return False
    edit = proposal.edits[0]
    start, stop = min(near[0].place.start, edit.place.start), max(near[-1].place.stop, edit.place.stop)
    mended = document.text[start : edit.place.start] + edit.text + document.text[edit.place.stop : stop]
    return bare(mended) == bare(" ".join(dict.fromkeys(word.truth for word in near)))


def fit_engine(doubts: Sequence[EngineDoubt], calibration: Calibration) -> tuple[float, float, float]:
    """The constant and the weights of the log-odds above and below the usual, by Newton's method beside the judge's log-odds."""
    own = np.array([calibration.at(d.confidence) for d in doubts])
    rows = np.stack([np.ones(len(own)), np.maximum(own, 0), np.minimum(own, 0)], axis=1)
    odds, wrong = np.array([d.odds for d in doubts]), np.array([d.wrong for d in doubts], dtype=float)
    constant, above, below = logistic(rows, wrong, beside=odds, ridge=_STEADY).tolist()
    return constant, above, below
