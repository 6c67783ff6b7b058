"""The one judge: doubts weighed, readings ranked, entries written.

Two different probabilities are said: that something is wrong at a place, which decides its tier, and, if so, that each
reading is the right one, which ranks. Doubts about Russian words go through the learned model; doubts that rest on
arguments (values, sigla, lost text, the other side) through ``argued``. The readings of one entry are readings of one
place: where the likeliest of a doubt leaves some of its words alone, those are weighed again as doubts of their own.
Nothing is dropped silently: ``weigh`` returns every verdict, ``entries`` those that reach a tier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from collation.evidence.context import Context
from collation.evidence.measures import Measurer
from collation.judge import argued, habits
from collation.judge import proposed_ruling as ruling
from collation.judge.features import vector
from collation.judge.merging import merge, part_at
from collation.judge.reasons import reasons_of
from collation.judge.weights import Weights, load_weights, place_features, sigmoid
from collation.model import Edit, Entry, Feature, Hypothesis, Place, Reading
from collation.model.doubt import Doubt, Proposal, WeighedDoubt, WeighedReading
from collation.model.rule import Rules
from collation.settings import Settings

_NONE_RIGHT = 0.02  # weight of the chance that no reading is right
_IDLE = 0.2  # probability of a best reading that gives way to a doubt without one
_DECIDED = 0.4  # gain in translation by which the English decided against a nearer word
_LEAST_READING = 0.01  # probability of a reading that is shown


@dataclass(frozen=True, slots=True)
class _Scored:
    """A reading of Russian words as the trees see it: its measures, its row of features, its log-odds."""

    measures: dict[str, float]
    row: tuple[float, ...]
    odds: float


_Scores = dict[int, _Scored]  # by the identity of the proposal


def weigh(context: Context, hypotheses: list[Hypothesis], settings: Settings, rules: Rules) -> tuple[WeighedDoubt, ...]:
    """A verdict on every doubt, in order of the text; ``rules`` say of each code how its doubts are weighed."""
    weights = load_weights(settings.weights)
    doubts = merge(hypotheses, rules)
    scores = _scored(Measurer(context), doubts, weights, rules)
    settled: list[WeighedDoubt] = []
    unsettled = list(doubts)
    while unsettled:
        verdicts = _verdicts(unsettled, scores, weights, rules)
        unsettled = []
        for verdict in verdicts:
            parts = part_at(verdict.doubt, verdict.place)
            if len(parts) == 1:
                settled.append(verdict)
            else:
                unsettled += parts
    return tuple(sorted(settled, key=lambda v: (v.doubt.side, v.doubt.place.start, v.doubt.place.stop)))


def _scored(measurer: Measurer, doubts: list[Doubt], weights: Weights, rules: Rules) -> _Scores:
    """What the trees say of every reading that they can weigh."""
    listed = [item for readings in measure_all(measurer, doubts, rules) for item in readings]
    rows = [vector(proposal, values) for proposal, values in listed]
    odds = weights.readings.score(np.array(rows)) if rows else ()
    return {
        id(proposal): _Scored(values, row, float(value))
        for (proposal, values), row, value in zip(listed, rows, odds, strict=True)
    }


def _verdicts(doubts: list[Doubt], scores: _Scores, weights: Weights, rules: Rules) -> list[WeighedDoubt]:
    known = [[scores[id(p)] for p in doubt.proposals if id(p) in scores] for doubt in doubts]
    filled = [place_features(np.array([s.row for s in own]), np.array([s.odds for s in own])) for own in known if own]
    wrong = iter(weights.wrong(np.array(filled)) if filled else ())
    return [
        _verdict(doubt, scores, float(next(wrong)) if own else 0.0, rules)
        for doubt, own in zip(doubts, known, strict=True)
    ]


Measured = list[tuple[Proposal, dict[str, float]]]


def measure_all(measurer: Measurer, doubts: list[Doubt], rules: Rules) -> list[Measured]:
    """For each doubt, its readings of Russian words that the trees weigh, with their measures; the document's habits are
    learned on the way."""
    measured: list[Measured] = []
    for doubt in doubts:
        found: Measured = []
        for proposal in doubt.proposals:
            if proposal.edits and doubt.side == "original" and argued.is_learned(proposal, rules):
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


def _verdict(doubt: Doubt, scores: _Scores, probability: float, rules: Rules) -> WeighedDoubt:
    """The verdict on one doubt; ``probability`` is the trees' that something is wrong there."""
    backed = probability
    weighed = []
    for proposal in doubt.proposals:
        scored = scores.get(id(proposal))
        calibrated = scored is not None or argued.is_backed(proposal, rules)
        if scored is not None:
            value = argued.floor(proposal, scored.measures, rules)
            share = max(float(sigmoid(scored.odds)), value)
            weighed.append(WeighedReading(proposal, share, tuple(scored.measures.items())))
        else:
            value = argued.probability(proposal, rules)
            if proposal.edits:
                weighed.append(WeighedReading(proposal, value * (proposal.value("reading_share") or 1.0), ()))
        probability = max(probability, value)
        backed = max(backed, value) if calibrated else backed
    total = sum(w.probability for w in weighed) + _NONE_RIGHT
    readings = [replace(w, probability=w.probability / total) for w in weighed]
    readings.sort(key=lambda w: (not (w.measures or argued.is_backed(w.proposal, rules)), -w.probability))
    bare = sorted((p for p in doubt.proposals if not p.edits), key=lambda p: -argued.probability(p, rules))
    if readings and readings[0].probability < _IDLE and bare and argued.probability(bare[0], rules) >= probability:
        readings = []  # a doubt without a reading makes the place doubtful, and what is in it mends nothing of it
    return WeighedDoubt(doubt, probability, tuple(readings), tuple(bare), backed)


def entries(
    context: Context, verdicts: tuple[WeighedDoubt, ...], settings: Settings, rules: Rules
) -> tuple[Entry, ...]:
    """The entries of the verdicts that reach a tier, in order of the text, numbered."""
    best = [verdict.readings[0].proposal if verdict.readings else None for verdict in verdicts]
    habit = habits.repeated(best)
    found = [
        _entry(context, verdict, settings, rules)
        for number, verdict in enumerate(verdicts)
        if verdict.probability >= settings.query and number not in habit
    ]
    if habit:
        folded = [verdict.readings[0].proposal for number, verdict in enumerate(verdicts) if number in habit]
        rule = rules[folded[0].codes[0]]
        found.append(habits.entry(context.text, rule, folded, max(verdicts[number].probability for number in habit)))
    found.sort(key=lambda e: (e.place.start, e.place.stop, e.code))
    return tuple(_numbered(entry, i) for i, entry in enumerate(found, 1))


def _entry(context: Context, verdict: WeighedDoubt, settings: Settings, rules: Rules) -> Entry:
    best = verdict.readings[0] if verdict.readings else None
    proposal = best.proposal if best else verdict.bare[0]
    rule = rules[proposal.codes[0]]
    places = _places(verdict, proposal)
    reasons = reasons_of(context, verdict.doubt, proposal, dict(best.measures) if best else {})
    readings = tuple(
        Reading(_widened(context.text, w.proposal, places[0]), w.proposal.basis, round(w.probability, 4))
        for w in verdict.readings[: settings.readings]
        if w.probability >= _LEAST_READING
    )
    probability, backed = round(verdict.probability, 4), round(verdict.backed, 4)
    judged = ruling.propose_handling(context, verdict.doubt.side, rule, proposal, backed, bool(readings))
    return Entry(
        id="",
        code=rule.code,
        family=rule.family,
        side=verdict.doubt.side,
        places=places,
        lemma=_lemma(context.text, places[0]),
        probability=probability,
        tier=ruling.tier(rule, backed, bool(readings), settings),
        harm="sense" if judged.harm == "spelling" and _contested(verdict) else judged.harm,
        hand=judged.hand,
        ruling=judged.ruling,
        readings=readings,
        features=reasons,
        opposite=_opposite(context, places, reasons),
        other_readings=_mirror(proposal, places),
    )


def _widened(text: str, proposal: Proposal, place: Place) -> tuple[Edit, ...]:
    """The edits of a reading; of one that changes only some words of the place, the whole place as it would then read."""
    inner = proposal.place
    alone = len(proposal.edits) == len(place.spans) == 1
    if not alone or inner == place or not place.start <= inner.start <= inner.stop <= place.stop:
        return proposal.edits
    whole = text[place.start : inner.start] + proposal.edits[0].text + text[inner.stop : place.stop]
    return (Edit(place, " ".join(whole.split())),)


def _contested(verdict: WeighedDoubt) -> bool:
    """Whether the translation decided against a word nearer in shape: then more than spelling is at stake."""
    if not verdict.readings:
        return False
    best, *others = (dict(w.measures) for w in verdict.readings)
    if not best or best.get("translation_gain", 0.0) < _DECIDED:
        return False
    return any(m and m["cost"] <= best["cost"] and m["translation_gain"] <= 0.0 for m in others)


def _places(verdict: WeighedDoubt, proposal: Proposal) -> tuple[Place, ...]:
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
    spans = context.translated
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
