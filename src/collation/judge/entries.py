"""The entries of an apparatus, written from what the judge said of each doubt: only of what is shown (``tiers.py``).

The places and readings of the likeliest proposal, its reasons, what it proposes to do, and what stands on the other side.
"""

from __future__ import annotations

from dataclasses import replace

from collation.evidence.context import Context
from collation.evidence.letter_yo import as_spelt_here
from collation.evidence.page_witness import witness_of
from collation.judge import habits
from collation.judge.proposed_ruling import propose_handling
from collation.judge.reasons import reasons_of
from collation.judge.tiers import is_shown, tier_of
from collation.model import Edit, Entry, Feature, OnImage, Place, Reading
from collation.model.doubt import Proposal, WeighedDoubt
from collation.model.hypothesis import Side
from collation.model.rule import Rules
from collation.settings import Settings

_DECIDED = 0.4  # gain in translation by which the English decided against a nearer word
_LEAST_READING = 0.005  # probability of a reading that is shown


def entries(
    context: Context, verdicts: tuple[WeighedDoubt, ...], settings: Settings, rules: Rules
) -> tuple[Entry, ...]:
    """The entries of the verdicts that reach a tier, in order of the text, numbered."""
    best = [verdict.readings[0].proposal if verdict.readings else None for verdict in verdicts]
    habit = habits.repeated(best)
    found = [
        _entry(context, verdict, settings, rules)
        for number, verdict in enumerate(verdicts)
        if is_shown(verdict, settings) and number not in habit
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
    own = reasons_of(context, verdict.doubt, proposal, dict(best.measures) if best else {})
    seen = tuple(f for f in verdict.lessons if f.name == "page")  # what the page says of it comes first, and once
    reasons = (
        *seen,
        *(f for f in own if not seen or f.name != "page"),
        *(f for f in verdict.lessons if f.name != "page"),
    )
    readings = tuple(
        Reading(
            _spelt(context, verdict.doubt.side, _widened(context.text, w.proposal, places[0])),
            "attested" if w.witnesses else w.proposal.basis,
            round(w.probability, 4),
            witnesses=w.witnesses,
        )
        for w in verdict.readings[: settings.readings]
        if w.probability >= _LEAST_READING
    )
    probability, backed = round(verdict.probability, 4), round(verdict.backed, 4)
    judged = propose_handling(context, verdict.doubt.side, rule, proposal, backed, bool(readings))
    return Entry(
        id="",
        code=rule.code,
        family=rule.family,
        side=verdict.doubt.side,
        places=places,
        lemma=_lemma(context.text, places[0]),
        probability=probability,
        tier=tier_of(rule, backed, bool(readings), settings),
        harm="sense" if judged.harm == "spelling" and _contested(verdict) else judged.harm,
        hand=judged.hand,
        ruling=judged.ruling,
        readings=readings,
        features=reasons,
        opposite=_opposite(context, places, reasons),
        other_readings=_mirror(context, verdict.doubt.side, proposal, places),
        blame=round(proposal.value("blame"), 4) or None,
        agreeing=verdict.agreeing,
        image=_image(context, places[0]) if verdict.doubt.side == "original" else None,
    )


def _image(context: Context, place: Place) -> OnImage | None:
    """Where a place of the original is on the image of its page."""
    if not context.document.pages:
        return None
    witness = witness_of(context)
    frame = witness.frame(place, wider=not len(place.envelope)) if witness else None
    return OnImage(frame.page.label, frame.page.number, frame.box, frame.free) if frame else None


def _widened(text: str, proposal: Proposal, place: Place) -> tuple[Edit, ...]:
    """The edits of a reading; of one that changes only some words of the place, the whole place as it would then read."""
    inner = proposal.place
    alone = len(proposal.edits) == len(place.spans) == 1
    if not alone or inner == place or not place.start <= inner.start <= inner.stop <= place.stop:
        return proposal.edits
    whole = text[place.start : inner.start] + proposal.edits[0].text + text[inner.stop : place.stop]
    return (Edit(place, " ".join(whole.split())),)


def _spelt(context: Context, side: Side, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits with the ё of their words, where they are of an original that writes it."""
    if side != "original":
        return edits
    return tuple(replace(e, text=as_spelt_here(context, e.text, e.place.of(context.text))) for e in edits)


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


def _mirror(context: Context, side: Side, proposal: Proposal, places: tuple[Place, ...]) -> tuple[Reading, ...]:
    """What the other side should read if it is the one at fault."""
    if len(places) < 2:
        return ()
    other: Side = "translation" if side == "original" else "original"
    return tuple(
        Reading(_spelt(context, other, (Edit(places[1], value),)), "retroversion", 0.0)
        for f in proposal.features
        if f.name == "mirror"
        for key, value in f.values
        if key == "reading"
    )


def _numbered(entry: Entry, number: int) -> Entry:
    return replace(entry, id=f"e{number}")
