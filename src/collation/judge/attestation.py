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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from collation.evidence.context import Context, is_attested
from collation.evidence.measures import Measurer
from collation.evidence.other_texts import Compared, other_texts, words_in
from collation.evidence.usualness import clip
from collation.judge.recalibration import shifted
from collation.model import Feature
from collation.model.doubt import Proposal, WeighedDoubt, WeighedReading
from collation.model.rule import Rules
from collation.model.witness_table import spaced

# Log-odds of a unit of each, where another text has a reading: how far it speaks for an error of the original there. Learned from
# Soviet texts corrupted twice (``learning/witness_training.py``); "passage" is set by hand, as no text invents three words,
# and "more" is lowered, as two texts may have one source.
WEIGHTS = {
    "place": 0.43, "unmeasured": -0.74, "cleaner": 0.6, "unknown": 0.19, "unknown_reading": -0.1, "word_gain": 0.2, "tag_gain": 0.29,
    "context_gain": 0.34, "translation_gain": 2.12, "more": 2.5, "against": -2.57, "lost": 0.38, "too_many": -1.31, "passage": 2.0,
    "phrase": -0.51, "base": 0.6,
}  # fmt: skip
_SHARED, _COPIED = 0.05, 0.9  # the share of errors that a text made apart has too; that a copy has
_A_COPY, _SURE_FALSE = 0.1, 0.15  # how often a further text is a copy; how often what the judge is sure of is none
_SURE = 0.9  # the probability of a doubt that is called sure
_AGREES_IF_RIGHT = 0.95  # how often a text has what is right
_FURTHER = 0.5  # what each further text that agrees is worth beside the first
_MOST_AGAINST = 5.0  # log-odds
_FIRST = 4.0  # log-odds by which a reading that a text has is believed beside others
_NEAR, _MOST_NEAR = 1.0, 2.0  # log-odds for each letter by which a misread text is nearer to a reading; the most
_VALUE_ATTESTED = 2.0  # log-odds for a value that another text has
_GAINS = (
    "word_gain",
    "tag_gain",
    "context_gain",
)  # what the language models say of the words; of figures they know nothing
_CERTAIN = 5.0  # log-odds beyond which a probability counts no more
_MOST_GAIN = 10.0  # natural log-odds of a language model
_EDGE = 1e-6  # a probability is at least so far from 0 and 1
_NOISE = 1.0  # places added to those at which a text is noisy
_SAID_NOISE = 3  # places by which one text must be noisier for that to be said


@dataclass(frozen=True, slots=True)
class Stand:
    """What one text has at a doubt: the numbers of the readings that it ``has``, or that it ``agrees``, or its own ``text``."""

    compared: Compared
    has: tuple[int, ...]
    agrees: bool
    text: str


def attested(
    context: Context, verdicts: Sequence[WeighedDoubt], measurer: Measurer, rules: Rules
) -> list[WeighedDoubt]:
    """The verdicts with what the other texts have beside the document's words: before neighbours are decided together."""
    if not context.once(other_texts).used:
        return list(verdicts)
    return [_attested(context, verdict, measurer, rules) for verdict in verdicts]


def agreed(context: Context, verdicts: Sequence[WeighedDoubt], rules: Rules) -> list[WeighedDoubt]:
    """The verdicts lowered where the other texts have what the document has. No doubt becomes likelier by it."""
    used = context.once(other_texts).used
    if not used:
        return list(verdicts)
    shared = {c.siglum: shared_errors(c, verdicts) for c in used}
    return [_agreed(context, verdict, shared, rules) for verdict in verdicts]


def stands(context: Context, verdict: WeighedDoubt) -> tuple[Stand, ...]:
    """What each text that reaches so far has at a doubt about the original."""
    found = []
    for compared in context.once(other_texts).used if verdict.doubt.side == "original" else ():
        edits = [(n, w.proposal.edits[0]) for n, w in enumerate(verdict.readings) if len(w.proposal.edits) == 1]
        has = tuple(
            n for n, edit in edits if (at := compared.stretch(edit.place)) is not None and compared.has(at, edit.text)
        )
        here = compared.stretch(verdict.place)
        if has or here is not None:
            same = [edit.text for _, edit in edits if edit.place == verdict.place]
            agrees = not has and here is not None and compared.agrees(here, same)
            text = "" if here is None else spaced(compared.tokens_at(here))
            found.append(Stand(compared, has, agrees, text))
    return tuple(found)


def shared_errors(compared: Compared, verdicts: Iterable[WeighedDoubt]) -> float:
    """The share of the document's errors that a text has too, by whether it is a copy: of the words that are surely wrong in the
    document, those that it shares and those that it has otherwise.
    """
    alike: set[str] = set()
    otherwise: set[str] = set()
    for verdict in verdicts:
        if (
            verdict.doubt.side != "original"
            or verdict.probability < _SURE
            or not any(r.measures for r in verdict.readings)
        ):
            continue
        here = compared.stretch(verdict.place)
        if here is not None:
            (alike if compared.agrees(here) else otherwise).add(words_in(spaced(here.own)))
    apart = _SURE_FALSE + (1.0 - _SURE_FALSE) * _SHARED
    odds = math.log(_A_COPY / (1.0 - _A_COPY)) + len(alike) * math.log(_COPIED / apart)
    odds += max(len(otherwise), compared.odd_words[0]) * math.log((1.0 - _COPIED) / (1.0 - apart))
    copy = 1.0 / (1.0 + math.exp(-clip(odds, 50)))
    return copy * _COPIED + (1.0 - copy) * _SHARED


def _attested(context: Context, verdict: WeighedDoubt, measurer: Measurer, rules: Rules) -> WeighedDoubt:
    found = stands(context, verdict)
    if not found or all(stand.agrees for stand in found):
        return verdict
    readings = marked(verdict, found)
    if not readings or not readings[0].witnesses:
        return _misread(context, verdict, found)
    best = readings[0]
    own = logit(verdict.probability)
    of_value = rules[best.proposal.codes[0]].harm == "value"
    if of_value and _is_two_sided(best.proposal):
        return replace(verdict, readings=readings)  # the rules of values have weighed it
    new = own + _VALUE_ATTESTED if of_value else weighed(features(context, verdict, best, found, measurer, rules))
    if _is_two_sided(best.proposal):
        new = max(own, new)
        readings = (replace(best, proposal=_decided(best.proposal)), *readings[1:])
    new = min(_CERTAIN, new)
    return replace(
        verdict,
        readings=readings,
        probability=_probability(new),
        backed=_probability(new),
        witnessed=new - own,
        lessons=(*verdict.lessons, *_reasons(verdict, best, found)),
    )


def features(
    context: Context,
    verdict: WeighedDoubt,
    best: WeighedReading,
    found: Sequence[Stand],
    measurer: Measurer,
    rules: Rules,
) -> dict[str, float]:
    """What is weighed where another text has a reading, by the names of ``WEIGHTS``; ``verdict`` is what was thought without it."""
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
        "place": clip(logit(verdict.probability), _CERTAIN) if scored else 0.0,
        "unmeasured": float(not scored),
        "cleaner": math.log((own + _NOISE) / (other + _NOISE)),
        "unknown": float(not all(map(is_attested, words))),
        "unknown_reading": float(not all(map(is_attested, reading))),
        **gains,
        "translation_gain": measures.get("translation_gain", 0.0),
        "more": float(len(has) - 1),
        "against": float(sum(s.agrees for s in found)),
        "lost": float(len(reading) > len(words)),
        "too_many": float(len(reading) < len(words)),
        "passage": float(rule is not None and rule.passage),
        "phrase": float(rule is not None and not rule.learned),
        "base": 1.0,
    }


def weighed(values: dict[str, float]) -> float:
    """The log-odds that the original is wrong where another text has a reading."""
    return sum(WEIGHTS[name] * value for name, value in values.items())


def marked(verdict: WeighedDoubt, found: Sequence[Stand]) -> tuple[WeighedReading, ...]:
    """The readings of a doubt with the sigla of the texts that have them; those that most have first, believed the more for each."""
    named = [
        replace(w, witnesses=tuple(s.compared.siglum for s in found if n in s.has))
        for n, w in enumerate(verdict.readings)
    ]
    weights = [w.probability * math.exp(min(3, len(w.witnesses)) * _FIRST) for w in named]
    left = max(0.0, 1.0 - sum(w.probability for w in named))
    total = sum(weights) + left
    readings = [replace(w, probability=value / total) for w, value in zip(named, weights, strict=True)]
    return tuple(sorted(readings, key=lambda w: (-len(w.witnesses), -w.probability)))


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
        verdict,
        probability=shifted(verdict.probability, shift),
        backed=shifted(verdict.backed, shift) if verdict.backed else 0.0,
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
        verdict,
        probability=shifted(verdict.probability, shift) if shift else verdict.probability,
        backed=shifted(verdict.backed, shift) if verdict.backed and shift else verdict.backed,
        witnessed=verdict.witnessed + shift,
        lessons=(*verdict.lessons, Feature("witness_agrees", shift, (), "", "witness-agrees", said, against=True)),
    )


def _reasons(verdict: WeighedDoubt, best: WeighedReading, found: Sequence[Stand]) -> Iterable[Feature]:
    """That a text has the reading, where no rule says so yet; which text is the noisier, where it counts."""
    told = {dict(f.values).get("siglum") for f in best.proposal.features if f.name == "variant"}
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


def logit(probability: float) -> float:
    """The log-odds of a probability, bounded."""
    p = min(1.0 - _EDGE, max(_EDGE, probability))
    return math.log(p / (1.0 - p))


def _probability(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-odds))
