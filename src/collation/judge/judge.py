"""The one judge: doubts weighed, readings ranked, entries written.

Two different probabilities are said: that something is wrong at a place, which decides its tier, and, if so, that each
reading is the right one, which ranks. Doubts about Russian words go through the learned model; doubts that rest on
arguments (values, sigla, lost text, the other side) through ``argued``. Nothing is dropped silently: ``weigh`` returns
every verdict, ``entries`` those that reach a tier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from collation.judge import argued, ruling
from collation.judge.features import vector
from collation.judge.measures import Measurer
from collation.judge.merging import Doubt, Proposal, merge
from collation.judge.model import Weights, load, place_features, sigmoid
from collation.judge.reasons import reasons_of
from collation.knowledge.language_model import model
from collation.model import Edit, Entry, Feature, Hypothesis, Place, Reading
from collation.proposers.context import Context
from collation.settings import Settings

LEARNED = frozenset(
    {"LEX101", "LEX102", "LEX103", "LEX106", "LEX107", "CTX201", "CTX203", "GRA301", "NAM401", "NAM402"}
)
_SURE = 0.9
_NONE_RIGHT = 0.02


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
    measurer = Measurer(context, model(settings.language_model))
    doubts = merge(hypotheses)
    first = [_verdict(measurer, weights, doubt) for doubt in doubts]
    measurer.learn_habits([pair for v in first if (pair := _sure(context.text, v))])
    return tuple(_verdict(measurer, weights, doubt) for doubt in doubts)


def _sure(text: str, verdict: Verdict) -> tuple[str, str] | None:
    """What stands and what is to stand, for a verdict sure enough to teach the scanner's habits."""
    if verdict.probability < _SURE or not verdict.readings or verdict.doubt.side != "original":
        return None
    best = verdict.readings[0]
    if best.probability < 0.6 or not best.proposal.value("nonword"):
        return None
    edit = best.proposal.edits[0]
    return edit.place.of(text), edit.text


def _verdict(measurer: Measurer, weights: Weights, doubt: Doubt) -> Verdict:
    learned: list[tuple[Proposal, dict[str, float]]] = []
    others: list[Proposal] = []
    for proposal in doubt.proposals:
        measures = None
        if proposal.edits and doubt.side == "original" and LEARNED & set(proposal.codes):
            measures = measurer.measure(proposal.edits[0])
        if measures is None:
            others.append(proposal)
        else:
            learned.append((proposal, measures))
    probability, weighed = _learned(weights, learned)
    for proposal in others:
        value = argued.probability(proposal)
        probability = max(probability, value)
        if proposal.edits:
            weighed.append((Weighed(proposal, value * max(0.5, proposal.value("reading_share") or 1.0), ()), value))
    total = sum(w.probability for w, _ in weighed) + _NONE_RIGHT
    readings = sorted(
        (Weighed(w.proposal, w.probability / total, w.measures) for w, _ in weighed), key=lambda w: -w.probability
    )
    return Verdict(doubt, probability, tuple(readings), tuple(p for p in others if not p.edits))


def _learned(
    weights: Weights, learned: list[tuple[Proposal, dict[str, float]]]
) -> tuple[float, list[tuple[Weighed, float]]]:
    if not learned:
        return 0.0, []
    rows = np.array([vector(p, m) for p, m in learned])
    scores = weights.readings.score(rows)
    place = weights.places.score(place_features(rows, scores)[None, :])
    probability = float(sigmoid(place[0]))
    shares = sigmoid(scores)
    return probability, [
        (Weighed(p, float(share), tuple(m.items())), probability) for (p, m), share in zip(learned, shares, strict=True)
    ]


def entries(context: Context, verdicts: tuple[Verdict, ...], settings: Settings) -> tuple[Entry, ...]:
    """The entries of the verdicts that reach a tier, in order of the text, numbered."""
    found = []
    for verdict in verdicts:
        if verdict.probability >= settings.query:
            found.append(_entry(context, verdict, settings))
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
        harm=judged.harm,
        hand=judged.hand,
        ruling=judged.ruling,
        readings=readings,
        features=reasons,
        opposite=_opposite(context, places, reasons),
        other_readings=_mirror(proposal, places),
    )


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
