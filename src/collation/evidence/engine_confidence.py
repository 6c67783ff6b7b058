"""How much likelier than usual a word is wrong, by the confidence that the engine which read it gives it.

What an engine calls its confidence is comparable with no other's: nine words in ten of one that says .9 are right, and six in ten
of another. So each has a row of points of its own (``data/engine_confidence.tsv``), counted on pages of which the truth is known
(``learning/confidence_training.py``); between two points goes a straight line. An engine without points is not asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from collation.knowledge import dictionaries
from collation.model import Document, Place

_PARTS = re.compile(r"[^\W_]+")
_NAMED = 2  # parts of an engine's name by which it is known: “tesseract 5”


@dataclass(frozen=True, slots=True)
class Calibration:
    """Confidences, rising, and how much likelier than usual a word is wrong there, in natural log-odds."""

    confidences: tuple[float, ...]
    odds: tuple[float, ...]

    def at(self, confidence: float) -> float:
        """The log-odds at a confidence; beyond the last point those of the last."""
        return float(np.interp(confidence, self.confidences, self.odds))


@dataclass(frozen=True, slots=True)
class EngineSays:
    """How sure an engine was of the least sure of some words, and how much likelier than usual such a word is wrong."""

    confidence: float
    odds: float
    label: str


def calibration_of(engine: str) -> Calibration | None:
    """The points of an engine by its name and version, as files say it (“Tesseract - 5.5.4”); None where it has none."""
    return _table().get(" ".join(_PARTS.findall(engine.casefold())[:_NAMED]))


@lru_cache(maxsize=1)
def _table() -> dict[str, Calibration]:
    points: dict[str, list[tuple[float, float]]] = {}
    for engine, confidence, odds in dictionaries.read_rows(dictionaries.data_file("engine_confidence.tsv"), columns=3):
        points.setdefault(engine, []).append((float(confidence), float(odds)))
    return {engine: Calibration(*zip(*sorted(own), strict=True)) for engine, own in points.items()}


def engine_says(document: Document, place: Place) -> EngineSays | None:
    """What the engine that read a place of the text says of its words; None where it read none of them, gave no confidence, or
    is not calibrated."""
    part = document.source.part(place.start)
    calibration = calibration_of(part.engine) if part else None
    if part is None or calibration is None:
        return None
    said = [item.confidence for item in part.placed(place) if item.confidence is not None]
    return EngineSays(min(said), calibration.at(min(said)), part.label) if said else None
