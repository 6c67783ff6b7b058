"""What further texts of the original say of a doubt: they agree with the document, or have one of the readings, or neither.

*One that agrees* speaks against a doubt, since two texts made apart seldom go wrong alike; how strongly follows from how often that
was seen of two corruptions of one text made apart, and from whether this text is a copy of the document: one that shares the words
of which the judge is sure that they are wrong. *One that has a reading* attests it; what the trees think of the place, how both
readings suit it, and which text is the noisier are weighed together by a logistic regression that was learned from texts
corrupted twice (``learning/witness_training.py``). *One that has neither* was misread from whichever it resembles. Differences of two
sides are not moved: where the original is attested the translation is at fault, and the rules of values weigh that themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz.distance import Levenshtein

from collation.evidence.context import Context, is_attested
from collation.evidence.measures import Measurer
from collation.evidence.other_texts import other_texts, words_in
from collation.evidence.usualness import clip
from collation.judge.log_odds import log_odds, moved, probability_of
from collation.judge.other_readings import SHARED, Stand, marked, shared_errors, stands
from collation.judge.soundness import expected_share
from collation.model import Feature
from collation.model.doubt import Proposal, WeighedDoubt, WeighedReading
from collation.model.rule import Rules

# Log-odds of a unit of each, where another text has a reading: how far it speaks for an error of the original there. Learned from
# Soviet texts corrupted twice (``learning/witness_training.py``); "passage" is set by hand, as no text invents three words,
# and "more" is lowered, as two texts may have one source.
WEIGHTS = {
    "place": 0.78, "unmeasured": -1.06, "cleaner": 0.69, "unknown": 0.2, "unknown_reading": -0.31, "word_gain": 0.34, "tag_gain": 0.36,
    "context_gain": 0.41, "translation_gain": 2.21, "more": 2.5, "against": -3.0, "lost": 0.24, "too_many": -1.4, "passage": 2.0,
    "figures": 0.51, "base": 0.55,
}  # fmt: skip
_AGREES_IF_RIGHT = 0.95  # how often a text has what is right
_FURTHER = 0.5  # what each further text that agrees is worth beside the first
_MOST_AGAINST = 5.0  # log-odds
_NEAR, _MOST_NEAR = 1.0, 2.0  # log-odds for each letter by which a misread text is nearer to a reading; the most
_VALUE_ATTESTED = 2.0  # log-odds for a value that another text has
# What the language models say of words, and nothing of figures
_GAINS = ("word_gain", "tag_gain", "context_gain")
# The share of differences at which the document was the one that is wrong; so many places of that share are added in thought
_USUAL_SHARE, _PSEUDO = 0.37, 2
_MOST_BELIEVED = 3.0  # log-odds by which a text may be believed more or less than usual
_CERTAIN = 5.0  # log-odds beyond which a probability counts no more
# The log-odds of the judge alone, and the natural log-odds of a language model, beyond which they count no more: what people
# misread suits its place better than what noise makes, and the learned weights lose nothing by it
_MOST_PLACE, _MOST_GAIN = 2.0, 5.0
_NOISE = 1.0  # places added to those at which a text is noisy
_SAID_NOISE = 3  # places by which one text must be noisier for that to be said


def attested(
    context: Context, verdicts: Sequence[WeighedDoubt], measurer: Measurer, rules: Rules
) -> list[WeighedDoubt]:
    """The verdicts with what the other texts have beside the document's words: before neighbours are decided together.

    How often the document is the one that is wrong where a text differs is estimated from all places at which it does, by the
    expectation maximisation of ``soundness``: a text made with care is believed at the doubtful places too.
    """
    if not context.once(other_texts).used:
        return list(verdicts)
    apart = {c.siglum: _apart(shared_errors(c, verdicts)) for c in context.once(other_texts).used}
    seen = [_seen(context, verdict, measurer, rules, apart) for verdict in verdicts]
    believed = {c.siglum: _believed(c.siglum, seen) for c in context.once(other_texts).used}
    return [_attested(context, verdict, own, believed) for verdict, own in zip(verdicts, seen, strict=True)]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the other texts have at a doubt, its readings with their sigla, and the log-odds of an error where a text has one of them;
    ``of_value`` where rules of values have weighed it."""

    found: tuple[Stand, ...]
    readings: tuple[WeighedReading, ...] = ()
    odds: float | None = None
    of_value: bool = False


def _apart(shared: float) -> float:
    """How much the agreement of a text is worth beside that of one made apart: 0 of a copy, 1."""
    return math.log(_AGREES_IF_RIGHT / shared) / math.log(_AGREES_IF_RIGHT / SHARED)


def _seen(
    context: Context, verdict: WeighedDoubt, measurer: Measurer, rules: Rules, apart: Mapping[str, float]
) -> _Seen:
    found = stands(context, verdict)
    if not found or all(stand.agrees for stand in found):
        return _Seen(())
    readings = marked(verdict, found)
    if not readings or not readings[0].witnesses:
        return _Seen(found)
    best = readings[0]
    if rules[best.proposal.codes[0]].harm == "value":
        gained = 0.0 if _is_two_sided(best.proposal) else _VALUE_ATTESTED
        return _Seen(found, readings, log_odds(verdict.probability) + gained, of_value=True)
    odds = weighed(features(context, verdict, best, found, measurer, rules, apart))
    return _Seen(found, readings, odds + verdict.page + verdict.engine)  # what is on the page is a witness of its own


def _believed(siglum: str, seen: Iterable[_Seen]) -> float:
    """The log-odds by which the document is wrong more often than usual where a text differs from it."""
    odds = [s.odds for s in seen if s.odds is not None and not s.of_value and siglum in s.readings[0].witnesses]
    if not odds:
        return 0.0
    share = expected_share(1.0 / (1.0 + np.exp(-np.array(odds))), _USUAL_SHARE, pseudo=_PSEUDO)
    return clip(log_odds(share) - log_odds(_USUAL_SHARE), _MOST_BELIEVED)


def agreed(context: Context, verdicts: Sequence[WeighedDoubt], rules: Rules) -> list[WeighedDoubt]:
    """The verdicts lowered where the other texts have what the document has. No doubt becomes likelier by it."""
    used = context.once(other_texts).used
    if not used:
        return list(verdicts)
    shared = {c.siglum: shared_errors(c, verdicts) for c in used}
    return [_agreed(context, verdict, shared, rules) for verdict in verdicts]


def _attested(context: Context, verdict: WeighedDoubt, seen: _Seen, believed: Mapping[str, float]) -> WeighedDoubt:
    if not seen.found:
        return verdict
    if seen.odds is None:
        return _misread(context, verdict, seen.found)
    best, own, new = seen.readings[0], log_odds(verdict.probability), seen.odds
    if not seen.of_value:
        new += sum(believed[siglum] for siglum in best.witnesses) / len(best.witnesses)
    readings = seen.readings
    if _is_two_sided(best.proposal):
        if seen.of_value:
            return replace(verdict, readings=readings)
        new = max(own, new)
        readings = (replace(best, proposal=_decided(best.proposal)), *readings[1:])
    new = min(_CERTAIN, new)
    return replace(
        verdict,
        readings=readings,
        probability=probability_of(new),
        backed=probability_of(new),
        witnessed=new - own,
        lessons=(*verdict.lessons, *_reasons(verdict, best, seen.found)),
    )


def features(
    context: Context,
    verdict: WeighedDoubt,
    best: WeighedReading,
    found: Sequence[Stand],
    measurer: Measurer,
    rules: Rules,
    apart: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """What is weighed where another text has a reading, by the names of ``WEIGHTS``; ``verdict`` is what was thought without it,
    ``apart`` how much the agreement of each text is worth, 1 where it is not said.
    """
    proposal = best.proposal
    edit = proposal.edits[0]
    measures = dict(best.measures) or measurer.measure(edit) or {name: proposal.value(name) for name in _GAINS}
    has = [s for s in found if s.compared.siglum in best.witnesses]
    own, other = (sum(pair) / len(pair) for pair in zip(*(s.compared.odd_words for s in has), strict=True))
    words, reading = words_in(edit.place.of(context.text)).split(), words_in(edit.text).split()
    figures = any(c.isdigit() for word in (*words, *reading) for c in word)
    gains = {name: 0.0 if figures else clip(measures.get(name, 0.0), _MOST_GAIN) for name in _GAINS}
    scored = any(r.measures for r in verdict.readings)
    rule = next((rules[code] for code in proposal.codes if rules[code].needs_witness), None)
    return {
        "place": clip(log_odds(verdict.probability) - verdict.page - verdict.engine, _MOST_PLACE) if scored else 0.0,
        "unmeasured": float(not scored),
        "cleaner": math.log((own + _NOISE) / (other + _NOISE)),
        "unknown": float(not all(map(is_attested, words))),
        "unknown_reading": float(not all(map(is_attested, reading))),
        **gains,
        "translation_gain": measures.get("translation_gain", 0.0),
        "more": float(len(has) - 1),
        "against": sum((apart or {}).get(s.compared.siglum, 1.0) for s in found if s.agrees),
        "lost": float(len(reading) > len(words)),
        "too_many": float(len(reading) < len(words)),
        "passage": float(rule is not None and rule.passage),
        "figures": float(figures),
        "base": 1.0,
    }


def weighed(values: dict[str, float]) -> float:
    """The log-odds that the original is wrong where another text has a reading."""
    return sum(WEIGHTS[name] * value for name, value in values.items())


def _misread(context: Context, verdict: WeighedDoubt, found: Sequence[Stand]) -> WeighedDoubt:
    """Where no text has a reading and one differs: it was misread from what it resembles, the document's word or the reading."""
    best = verdict.readings[0].proposal if verdict.readings else None
    other = [s for s in found if not s.agrees and s.text]
    if best is None or not other or _is_two_sided(best):
        return verdict
    edit = best.edits[0]
    words, reading = words_in(edit.place.of(context.text)), words_in(edit.text)
    nearer = sum(
        Levenshtein.distance(words, t) - Levenshtein.distance(reading, t) for s in other if (t := words_in(s.text))
    )
    shift = clip(_NEAR * nearer, _MOST_NEAR)
    said = tuple(_said("witness_text", 0.0, "witness-differs", s, s.text, against=shift < 0) for s in other)
    return replace(
        moved(verdict, shift),
        witnessed=shift,
        lessons=(*verdict.lessons, *said),
    )


def _agreed(context: Context, verdict: WeighedDoubt, shared: dict[str, float], rules: Rules) -> WeighedDoubt:
    agreeing = [stand.compared for stand in stands(context, verdict) if stand.agrees]
    if not agreeing:
        return verdict
    sigla = tuple(c.siglum for c in agreeing)
    words = " ".join(verdict.place.of(context.text).split())
    said = (("sigla", ", ".join(("R", *sigla))), ("word", words))
    verdict = replace(verdict, agreeing=sigla)
    proposals = [w.proposal for w in verdict.readings] or list(verdict.bare)
    best = proposals[0]
    moves = (
        not _is_two_sided(best)
        and rules[best.codes[0]].harm != "value"
        and not any(w.witnesses for w in verdict.readings)
    )
    shift = 0.0
    if moves:
        by = sorted((math.log(_AGREES_IF_RIGHT / shared[siglum]) for siglum in sigla), reverse=True)
        shift = -min(_MOST_AGAINST, by[0] + _FURTHER * sum(by[1:]))
    return replace(
        moved(verdict, shift),
        witnessed=verdict.witnessed + shift,
        lessons=(*verdict.lessons, Feature("witness_agrees", shift, (), "", "witness-agrees", said, against=True)),
    )


def _reasons(verdict: WeighedDoubt, best: WeighedReading, found: Sequence[Stand]) -> Iterable[Feature]:
    """That a text has the reading, where no rule says so yet; which text is the noisier, where it counts."""
    named = [dict(f.values).get("siglum", "") for f in best.proposal.features if f.name == "variant"]
    told = {siglum for sigla in named for siglum in sigla.split(", ")}
    for stand in found:
        siglum = stand.compared.siglum
        if siglum in best.witnesses and siglum not in told:
            yield _said("witness_reads", 0.0, "witness-reads", stand, best.proposal.edits[0].text)
        elif siglum not in best.witnesses and not stand.agrees and stand.text:
            yield _said("witness_text", 0.0, "witness-differs", stand, stand.text)
        if siglum in best.witnesses:
            own, other = stand.compared.odd_words
            if abs(own - other) >= _SAID_NOISE:
                values = (("siglum", siglum), ("own", str(own)), ("count", str(other)))
                says = "witness-noisier" if other > own else "witness-cleaner"
                yield Feature("witness_noise", 0.0, (), "", says, values, against=other > own)


def _said(name: str, value: float, says: str, stand: Stand, reading: str, *, against: bool = False) -> Feature:
    values = (("siglum", stand.compared.siglum), ("reading", reading))
    return Feature(name, value, (), "", says, values, against=against)


def _decided(proposal: Proposal) -> Proposal:
    """A difference of two sides of which another text has shown that the original is at fault."""
    return replace(
        proposal, features=tuple(f for f in proposal.features if f.name not in ("side_unknown", "blame", "mirror"))
    )


def _is_two_sided(proposal: Proposal) -> bool:
    return len(proposal.places) > 1
