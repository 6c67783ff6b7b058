"""What the confidence of the engine that read the text makes of a doubt, where no image of the page was asked about it.

The engine's file says how sure it was of each word; how much likelier such a word is wrong than another is calibrated for each
engine (``evidence/engine_confidence.py``). A logistic fit on made pages that an engine read, with the judge's own log-odds
given, says how much of it counts (``learning/confidence_training.py``). An image that was asked says more, and is the same engine's:
then nothing is added. Where two sides differ, a sure engine makes the difference no smaller: it read what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from collation.evidence.context import Context
from collation.evidence.engine_confidence import EngineSays, engine_says
from collation.judge.log_odds import moved
from collation.model import Feature
from collation.model.doubt import WeighedDoubt

# Of the fit, in natural logarithms
CONSTANT = -1.64  # added to the log-odds of every place that an engine says something of
FOR, AGAINST = 2.00, 0.22  # of each unit of log-odds above and below the usual
_TOLD = 0.8  # log-odds that are said


def by_the_engine(context: Context, verdicts: Iterable[WeighedDoubt]) -> Iterator[WeighedDoubt]:
    """The verdicts with what the engine says of the words that are doubted."""
    heard = any(part.engine for part in context.document.source.parts)
    for verdict in verdicts:
        asked = heard and verdict.doubt.side == "original" and not verdict.page
        said = engine_says(context.document, verdict.doubt.place) if asked else None
        yield _weighed(verdict, said) if said else verdict


def shift_of(odds: float) -> float:
    """By how much the log-odds of a place move whose words are so much likelier wrong than usual."""
    return CONSTANT + FOR * max(0.0, odds) + AGAINST * min(0.0, odds)


def _weighed(verdict: WeighedDoubt, said: EngineSays) -> WeighedDoubt:
    shift = shift_of(said.odds)
    two_sided = any(len(reading.proposal.places) > 1 for reading in verdict.readings[:1])
    if shift < 0 and two_sided:
        return verdict
    feature = Feature(
        "engine", said.odds, (verdict.doubt.place,), said.label, "engine-unsure" if said.odds > 0 else "engine-sure",
        (("confidence", f"{said.confidence:.2f}"),), against=said.odds < 0,
    )  # fmt: skip
    lessons = (*verdict.lessons, feature) if abs(said.odds) >= _TOLD else verdict.lessons
    return replace(moved(verdict, shift), engine=shift, lessons=lessons)
