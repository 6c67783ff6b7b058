"""The one judge: doubts weighed, readings ranked, entries written.

Two different probabilities are said: that something is wrong at a place, which decides its tier, and, if so, that each
reading is the right one, which ranks. Doubts about Russian words go through the learned model; doubts that rest on
arguments (values, sigla, lost text, the other side) through ``argued``. Nothing is dropped silently: ``weigh`` returns
every verdict, ``entries`` those that reach a tier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collation.judge import argued, habits, ruling
from collation.judge.features import vector
from collation.judge.measures import Measurer
from collation.judge.merging import Doubt, Proposal, merge
from collation.judge.model import load, place_features, sigmoid
from collation.judge.reasons import reasons_of
from collation.knowledge.language_model import in_use
from collation.model import Edit, Entry, Feature, Hypothesis, Place, Reading
from collation.proposers.context import Context
from collation.settings import Settings

LEARNED = frozenset(
    {"LEX101", "LEX102", "LEX103", "LEX106", "LEX107", "CTX201", "CTX202", "CTX203", "GRA301"}
)
_NONE_RIGHT = 0.02
_IDLE = 0.2
_DECIDED = 0.4


@dataclass(frozen=True, slots=True)
class Weighed:
    """One reading of a verdict: its proposal, its probability if something is wrong, the measures it was weighed by."""

    proposal: Proposal
    probability: float
    measures: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge thinks of one doubt; readings best first. ``argued_by`` are bare doubts without a reading."""

    doubt: Doubt
    probability: float
    readings: tuple[Weighed, ...]
    bare: tuple[Proposal, ...]


def weigh(context: Context, hypotheses: list[Hypothesis], settings: Settings) -> tuple[Verdict, ...]:
    """A verdict on every doubt, in order of the text."""
    weights = load(settings.weights)
    doubts = merge(hypotheses)
    measured = measure_all(Measurer(context, in_use()), doubts)
    filled = [m for m in measured if m]
    if filled:
        rows = np.array([vector(p, m) for readings in filled for p, m in readings])
        scores = iter(np.split(weights.readings.score(rows), np.cumsum([len(m) for m in filled])[:-1]))
        parts = iter(np.split(rows, np.cumsum([len(m) for m in filled])[:-1]))
        own = [(next(parts), next(scores)) if m else None for m in measured]
        places = iter(weights.wrong(np.array([place_features(*o) for o in own if o])))
    else:
        own, places = [None] * len(measured), iter(())
    return tuple(
        _verdict(doubt, m, o[1] if o else None, float(next(places)) if o else 0.0)
        for doubt, m, o in zip(doubts, measured, own, strict=True)
    )


Measured = list[tuple[Proposal, dict[str, float]]]


def measure_all(measurer: Measurer, doubts: list[Doubt]) -> list[Measured]:
    """For each doubt, its readings of Russian words with their measures; the document's habits are learned on the way."""
    measured: list[Measured] = []
    for doubt in doubts:
        found: Measured = []
        for proposal in doubt.proposals:
            if proposal.edits and doubt.side == "original" and LEARNED & set(proposal.codes):
                values = measurer.measure(proposal.edits[0])
                if values is not None:
                    found.append((proposal, values))
        measured.append(found)
    nonwords = [[(p.edits[0], m) for p, m in readings if p.value("nonword")] for readings in measured]
    measurer.learn_habits([readings for readings in nonwords if readings])
    for readings in measured:
        for proposal, values in readings:
            values["habit"] = measurer.habit(proposal.edits[0])
    return measured


def _verdict(doubt: Doubt, measured: Measured, scores: NDArray[np.float64] | None, probability: float) -> Verdict:
    weighed = []
    if scores is not None:
        for (proposal, measures), share in zip(measured, sigmoid(scores), strict=True):
            floor = argued.floor(proposal, measures)
            probability = max(probability, floor)
            weighed.append(Weighed(proposal, max(float(share), floor), tuple(measures.items())))
    known = {id(p) for p, _ in measured}
    others = [p for p in doubt.proposals if id(p) not in known]
    for proposal in others:
        value = argued.probability(proposal)
        probability = max(probability, value)
        if proposal.edits:
            weighed.append(Weighed(proposal, value * (proposal.value("reading_share") or 1.0), ()))
    total = sum(w.probability for w in weighed) + _NONE_RIGHT
    readings = sorted((replace(w, probability=w.probability / total) for w in weighed), key=lambda w: -w.probability)
    bare = tuple(p for p in others if not p.edits)
    return Verdict(doubt, probability, () if _outweighed(readings, bare, probability) else tuple(readings), bare)


def _outweighed(readings: list[Weighed], bare: tuple[Proposal, ...], probability: float) -> bool:
    """Whether a doubt without a reading makes the place doubtful and the readings that stand in it mend nothing of it."""
    if not readings or readings[0].probability >= _IDLE:
        return False
    return any(argued.probability(p) >= probability for p in bare)


def entries(context: Context, verdicts: tuple[Verdict, ...], settings: Settings) -> tuple[Entry, ...]:
    """The entries of the verdicts that reach a tier, in order of the text, numbered."""
    best = [verdict.readings[0].proposal if verdict.readings else None for verdict in verdicts]
    habit = habits.repeated(best)
    found = [
        _entry(context, verdict, settings)
        for number, verdict in enumerate(verdicts)
        if verdict.probability >= settings.query and number not in habit
    ]
    if habit:
        folded = [verdict.readings[0].proposal for number, verdict in enumerate(verdicts) if number in habit]
        found.append(habits.entry(context.text, folded, max(verdicts[number].probability for number in habit)))
    found.sort(key=lambda e: (e.place.start, e.place.stop, e.code))
    return tuple(_numbered(entry, i) for i, entry in enumerate(found, 1))


def _entry(context: Context, verdict: Verdict, settings: Settings) -> Entry:
    best = verdict.readings[0] if verdict.readings else None
    proposal = best.proposal if best else verdict.bare[0]
    code = proposal.codes[0]
    places = _places(verdict, proposal)
    reasons = reasons_of(context, verdict.doubt, proposal, dict(best.measures) if best else {})
    readings = tuple(
        Reading(w.proposal.edits, w.proposal.basis, round(w.probability, 4))
        for w in verdict.readings[: settings.readings]
        if w.probability >= 0.01
    )
    probability = round(verdict.probability, 4)
    judged = ruling.judge(context, verdict.doubt.side, code, proposal, probability, bool(readings))
    return Entry(
        id="",
        code=code,
        family=ruling.family(code),
        side=verdict.doubt.side,
        places=places,
        lemma=_lemma(context.text, places[0]),
        probability=probability,
        tier=ruling.tier(code, probability, bool(readings), settings),
        harm="sense" if judged.harm == "spelling" and _contested(verdict) else judged.harm,
        hand=judged.hand,
        ruling=judged.ruling,
        readings=readings,
        features=reasons,
        opposite=_opposite(context, places, reasons),
        other_readings=_mirror(proposal, places),
    )


def _contested(verdict: Verdict) -> bool:
    """Whether the translation decided against a word nearer in shape: then more than spelling is at stake."""
    if not verdict.readings:
        return False
    best, *others = (dict(w.measures) for w in verdict.readings)
    if not best or best.get("translation_gain", 0.0) < _DECIDED:
        return False
    return any(m and m["cost"] <= best["cost"] and m["translation_gain"] <= 0.0 for m in others)


def _places(verdict: Verdict, proposal: Proposal) -> tuple[Place, ...]:
    if proposal.edits and len(proposal.places) == 1:
        return tuple(edit.place for edit in proposal.edits)
    return proposal.places


def _lemma(text: str, place: Place) -> str:
    words = " ".join(place.of(text).split())
    return words if len(words) <= 80 else words[:40] + " … " + words[-30:]


def _opposite(context: Context, places: tuple[Place, ...], reasons: tuple[Feature, ...]) -> tuple[Place, ...]:
    """The words of the other side to be marked with an entry: its other places, else what the reasons point at."""
    if len(places) > 1:
        return places[1:]
    translation = context.document.translation
    if translation is None:
        return ()
    spans = {t.start for s in translation.segments for t in s.tokens}
    pointed = tuple(p for f in reasons for p in f.places if p.start in spans and p.start != places[0].start)
    if pointed:
        return tuple(dict.fromkeys(pointed))
    word = context.word_at(places[0].start)
    return context.aligned.counterpart(word.token) if word else ()


def _mirror(proposal: Proposal, places: tuple[Place, ...]) -> tuple[Reading, ...]:
    """What the other side should read if it is the one at fault."""
    if len(places) < 2:
        return ()
    return tuple(
        Reading((Edit(places[1], value),), "retroversion", 0.0)
        for f in proposal.features
        if f.name == "mirror"
        for key, value in f.values
        if key == "reading"
    )


def _numbered(entry: Entry, number: int) -> Entry:
    return replace(entry, id=f"e{number}")


__all__ = ["LEARNED", "Verdict", "Weighed", "entries", "weigh"]
