"""The one judge: doubts weighed, readings ranked.

Two different probabilities are said: that something is wrong at a place, which decides its tier, and, if so, that each
reading is the right one, which ranks. Doubts about Russian words go through the learned model; doubts that rest on
arguments (values, sigla, lost text, the other side) through ``argued``. The readings of one entry are readings of one
place: where the likeliest of a doubt leaves some of its words alone, those are weighed again as doubts of their own.
Nothing is dropped silently: ``weigh`` returns every verdict; ``entries.py`` writes up those that reach a tier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collation.evidence.context import Context
from collation.evidence.letter_habits import LetterHabits
from collation.evidence.measured_reading import Measures
from collation.evidence.measures import Measurer
from collation.judge import argued
from collation.judge.among_others import among_others
from collation.judge.attestation import agreed, attested
from collation.judge.engine import by_the_engine
from collation.judge.features import NAMES, vector
from collation.judge.merging import merge, part_at
from collation.judge.name_differences import one_a_difference
from collation.judge.neighbours import explain_away
from collation.judge.page import by_the_page
from collation.judge.recalibration import load_recalibration, recalibrated
from collation.judge.soundness import Soundness, soundness
from collation.judge.weights import Sharing, Weights, load_weights, place_features, sigmoid
from collation.model import Hypothesis
from collation.model.doubt import Doubt, Proposal, WeighedDoubt, WeighedReading
from collation.model.rule import Rules
from collation.settings import Settings

_IDLE = 0.2  # probability of a best reading that gives way to a doubt without one


@dataclass(frozen=True, slots=True)
class _Scored:
    """A reading of Russian words as the trees see it: its measures, its row of features, its log-odds and its probability."""

    measures: Mapping[str, float]
    row: NDArray[np.float64]
    odds: float
    probability: float


_Scores = dict[int, _Scored]  # by the identity of the proposal


def weigh(context: Context, hypotheses: list[Hypothesis], settings: Settings, rules: Rules) -> tuple[WeighedDoubt, ...]:
    """A verdict on every doubt, in order of the text; ``rules`` say of each code how its doubts are weighed."""
    measurer = Measurer(context)
    settled = attested(context, weigh_alone(measurer, hypotheses, settings, rules), measurer, rules)
    settled = agreed(context, explain_away(context, settled), rules)
    known = one_a_difference(context, among_others(context, settled, rules), settings.query)
    return tuple(recalibrated(context.text, known, load_recalibration(settings.recalibration), settings.query))


def weigh_alone(
    measurer: Measurer, hypotheses: list[Hypothesis], settings: Settings, rules: Rules
) -> list[WeighedDoubt]:
    """A verdict on every doubt by itself, with what the page's image says of it, before its neighbours and other texts have a say."""
    weights = load_weights(settings.weights)
    doubts = merge(hypotheses, rules)
    scores = _scored(measurer, doubts, weights, rules)
    settled: list[WeighedDoubt] = []
    rows = {key: scored.row for key, scored in scores.items()}
    odds = _odds(doubts, scores, weights)
    sound = soundness(doubts, rows, odds, _paragraphs(measurer.context), weights, rules)
    unsettled = list(doubts)
    while unsettled:
        seen = by_the_page(measurer.context, _verdicts(unsettled, odds, scores, rules, sound, weights.sharing))
        verdicts = list(by_the_engine(measurer.context, seen))
        unsettled = []
        for verdict in verdicts:
            parts = part_at(verdict.doubt, verdict.place)
            if len(parts) == 1:
                settled.append(verdict)
            else:
                unsettled += parts
        odds = _odds(unsettled, scores, weights)
    settled.sort(key=lambda v: (v.doubt.side, v.doubt.place.start, v.doubt.place.stop))
    return settled


def _scored(measurer: Measurer, doubts: list[Doubt], weights: Weights, rules: Rules) -> _Scores:
    """What the trees say of every reading that they can weigh."""
    listed = [item for readings in measure_all(measurer, doubts, rules) for item in readings]
    if not listed:
        return {}
    rows = np.empty((len(listed), len(NAMES)))
    for row, (proposal, values) in zip(rows, listed, strict=True):
        row[:] = vector(proposal, values)
    odds = weights.readings.score(rows)
    return {
        id(proposal): _Scored(values, row, float(value), float(probability))
        for (proposal, values), row, value, probability in zip(listed, rows, odds, sigmoid(odds), strict=True)
    }


def _paragraphs(context: Context) -> list[int]:
    """Where the paragraphs of the original begin, in order."""
    original = context.document.original
    return sorted(s.place.start for s in (*original.segments, *original.furniture)) if original else []


def _odds(doubts: list[Doubt], scores: _Scores, weights: Weights) -> list[float | None]:
    """The log-odds that something is wrong at the place of each doubt, by the trees; None where they weigh no reading of it."""
    known = [[scores[id(p)] for p in doubt.proposals if id(p) in scores] for doubt in doubts]
    filled = [place_features(np.array([s.row for s in own]), np.array([s.odds for s in own])) for own in known if own]
    found = iter(weights.odds(np.array(filled)) if filled else ())
    return [float(next(found)) if own else None for own in known]


def _verdicts(
    doubts: list[Doubt],
    odds: list[float | None],
    scores: _Scores,
    rules: Rules,
    sound: Soundness,
    sharing: Sharing,
) -> list[WeighedDoubt]:
    found: list[WeighedDoubt] = []
    for doubt, own in zip(doubts, odds, strict=True):
        lost = 0.0 if own is None else sound.at(doubt.place)
        probability = 0.0 if own is None else float(sigmoid(own + lost))
        damage = sound.damage if doubt.side == "original" else 0.0
        found.append(replace(_verdict(doubt, scores, probability, rules, damage, sharing), sound=lost))
    return found


Measured = list[tuple[Proposal, Measures]]


def measure_all(measurer: Measurer, doubts: list[Doubt], rules: Rules) -> list[Measured]:
    """For each doubt, its readings of Russian words that the trees weigh, with their measures; the document's habits are
    learned on the way."""
    chosen = [
        [p for p in doubt.proposals if p.edits and doubt.side == "original" and argued.is_learned(p, rules)]
        for doubt in doubts
    ]
    measurer.expect(proposal.edits[0] for proposals in chosen for proposal in proposals)
    measured: list[Measured] = []
    for proposals in chosen:
        found: Measured = []
        for proposal in proposals:
            values = measurer.measure(proposal.edits[0])
            if values is not None:
                found.append((proposal, Measures(values)))
        measured.append(found)
    nonwords = [[(p.edits[0], m) for p, m in readings if p.value("nonword")] for readings in measured]
    habits = LetterHabits(measurer.context.text, [readings for readings in nonwords if readings])
    for readings in measured:
        for proposal, own in readings:
            own["habit"] = habits.count(proposal.edits[0])
    return measured


def _verdict(
    doubt: Doubt, scores: _Scores, probability: float, rules: Rules, damage: float, sharing: Sharing
) -> WeighedDoubt:
    """The verdict on one doubt; ``probability`` is the trees' that something is wrong there, ``damage`` that of the document."""
    backed = probability
    weighed = []
    for proposal in doubt.proposals:
        scored = scores.get(id(proposal))
        calibrated = scored is not None or argued.is_backed(proposal, rules)
        if scored is not None:
            value = argued.floor(proposal, scored.measures, rules)
            share = max(scored.probability, value)
            weighed.append(WeighedReading(proposal, share, scored.measures))
        else:
            value = argued.probability(proposal, rules, damage)
            if proposal.edits:
                weighed.append(WeighedReading(proposal, value * (proposal.value("reading_share") or 1.0), {}))
        probability = max(probability, value)
        backed = max(backed, value) if calibrated else backed
    shares = sharing(np.array([w.probability for w in weighed]))
    readings = [replace(w, probability=float(share)) for w, share in zip(weighed, shares, strict=True)]
    readings.sort(key=lambda w: (not (w.measures or argued.is_backed(w.proposal, rules)), -w.probability))
    bare = sorted((p for p in doubt.proposals if not p.edits), key=lambda p: -argued.probability(p, rules, damage))
    if (
        readings
        and readings[0].probability < _IDLE
        and bare
        and argued.probability(bare[0], rules, damage) >= probability
    ):
        readings = []  # a doubt without a reading makes the place doubtful, and what is in it mends nothing of it
    return WeighedDoubt(doubt, probability, tuple(readings), tuple(bare), backed)
