"""What the other documents of a collection say of a doubted word: it is at home there, or its reading is.

A name of the collection is in no dictionary, yet in forty of its documents; a misread one is in this document alone while the
right one is everywhere. For a form and its reading the documents that have them are set against how many one would expect: from
how usual the form is at all, and, for the form, from how often a scanner would misread the other so. The log of the two, with half a
document added to each (Gart and Zweifel 1967), moves the log-odds of the doubt: against it by the whole, for it by half, since a
reading is one of several. Between the same neighbours the others have the word too, or they agree on its reading; there
one is expected to have what this document has, for it may be a copy of the same scan. Where others have a word opposite the
English word that is opposite it here too, frequency does not explain it, and the whole speaks against the doubt. A date at the head of a
document is set against those of the numbers before and after its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from collation.evidence import collected
from collation.evidence.context import Context, is_attested
from collation.evidence.numbered_letters import places_in_series
from collation.judge.log_odds import moved
from collation.knowledge.collection import Use, is_counted
from collation.knowledge.letters import fold
from collation.model import Feature, Place
from collation.model.doubt import Proposal, WeighedDoubt
from collation.model.hypothesis import Side
from collation.model.rule import Rules

_MISREAD = 0.02  # the share of the documents with a word in which it is misread in one and the same way
_HALF = 0.5  # of a document, added to each count
_COPIED = 1.0  # documents more that are expected to have a word between the same neighbours: one may be a copy of this very scan
_FOR = 0.5  # weight of what speaks for a doubt
_MOST_AGAINST, _MOST_FOR = 4.0, 1.5  # log-odds
# log-odds: a date in order with its neighbours, one whose counterpart is not, one that is not itself
_FITS, _OTHER_BREAKS, _BREAKS = -1.5, -4.0, 1.5
_SAID = 0.4  # log-odds that are given as a reason


def among_others(context: Context, verdicts: Iterable[WeighedDoubt], rules: Rules) -> Iterator[WeighedDoubt]:
    """The verdicts with what the other documents say of their words."""
    for verdict in verdicts:
        yield _among(context, verdict, rules) if context.knowledge.collection is not None else verdict


def _among(context: Context, verdict: WeighedDoubt, rules: Rules) -> WeighedDoubt:
    best = verdict.readings[0].proposal if verdict.readings else verdict.bare[0]
    reasons = [*_series_reasons(context, best), *_translation_reasons(context, verdict.doubt.side, best)]
    if verdict.doubt.side == "original" and best.edits:
        reasons += _frame_reasons(context, best)
        if any(rules[code].about_word or rules[code].harm == "name" for code in best.codes):
            reasons += _reasons(context, best)
    if any(rules[code].needs_collection for code in best.codes):
        reasons = [reason for reason in reasons if reason.against]  # what speaks for it has spoken
    shift = max(-_MOST_AGAINST, min(_MOST_FOR, sum(reason.value for reason in reasons)))
    if not shift:
        return verdict
    return replace(
        moved(verdict, shift),
        collection=shift,
        lessons=(*verdict.lessons, *(reason for reason in reasons if abs(reason.value) >= _SAID)),
    )


def _reasons(context: Context, best: Proposal) -> Iterator[Feature]:
    """What speaks against a doubt, or for it; the value is the shift of log-odds."""
    edit = best.edits[0]
    word, reading = fold(" ".join(edit.place.of(context.text).split())), fold(edit.text)
    if set(context.language.lemmas(word)) & set(context.language.lemmas(reading)):
        return  # two forms of one word: which of them is at home here, other documents do not say
    own, right = collected.others(context, word), collected.others(context, reading)
    collection = collected.known(context)
    if is_counted(word):
        # a word of the dictionary is misread into alike in a copy of this very scan
        copied = _COPIED if is_attested(word) else 0.0
        surprise = _surprise(own.documents, collection.expected(word) + _MISREAD * right.documents + copied)
        here = _reason("collection_has", -min(_MOST_AGAINST, surprise), "in-collection", word, own)
        against = min((*_rendered(context, edit.place, word, speaks_for=False), here), key=lambda reason: reason.value)
        if against.value < 0:
            yield against
            return
    if is_counted(reading):
        surprise = _FOR * _surprise(right.documents, collection.expected(reading))
        there = _reason("collection_reads", min(_MOST_FOR, surprise), "reading-in-collection", edit.text, right)
        speaks = max(
            (there, *_rendered(context, edit.place, edit.text, speaks_for=True)), key=lambda reason: reason.value
        )
        if speaks.value > 0:
            yield speaks


def _rendered(context: Context, place: Place, form: str, *, speaks_for: bool) -> Iterator[Feature]:
    """That other documents have a form, or one of the same word, opposite an English word that is opposite the place here."""
    word = context.word_at(place.start)
    if word is None:
        return
    linked = context.answered[word.pair].get(word.index)
    here = collected.open_lemmas(context, word.pair) if linked is None else (context.calls[word.pair][linked].lemma,)
    own = {fold(form), *context.language.lemmas(fold(form))}
    for english in here:
        uses = collected.rendered(context, english)
        use = collected.together(u for f, u in uses.items() if f in own or own & set(context.language.lemmas(f)))
        surprise = _surprise(use.documents, 0.0)
        if use.documents and speaks_for:
            yield _reason("rendering_reads", min(_MOST_FOR, _FOR * surprise), "rendered-as", form, use, english)
        elif use.documents:
            yield _reason("rendering_has", -min(_MOST_AGAINST, surprise), "rendered-so", form, use, english)


def _translation_reasons(context: Context, side: Side, best: Proposal) -> Iterator[Feature]:
    """That other documents render a word of the pair by the doubted word of the translation."""
    found = (
        context.once(collected.calls_by_start).get(best.place.start) if side == "translation" and best.edits else None
    )
    if found is None or found[1].token.place != best.place:
        return
    number, called = found
    forms = {fold(token.text) for token in context.pairs[number].original}
    uses = {form: use for form, use in collected.rendered(context, called.lemma).items() if form in forms}
    form, use = max(uses.items(), key=lambda item: (item[1].documents, item[0]), default=("", collected.NOWHERE))
    surprise = _surprise(use.documents, _COPIED)
    if surprise > 0:
        yield _reason("rendering_has", -min(_MOST_AGAINST, surprise), "rendered-so", form, use, called.token.text)


def _series_reasons(context: Context, best: Proposal) -> Iterator[Feature]:
    """That the day at the head of the document is between those of the letters numbered before and after it, or is not."""
    places = context.once(places_in_series)
    for place in places:
        if not any(piece.token.place.overlaps(best.place) for piece in place.own.value.pieces):
            continue
        between = place.here if place.fits else place.breaks
        if between is None:
            continue
        values = (
            ("value", " ".join(place.own.value.place.of(context.text).split())),
            ("number", str(place.own.number)),
            ("before", str(between.before)),
            ("after", str(between.after)),
        )
        if place.fits:
            value = _OTHER_BREAKS if any(other.breaks for other in places) else _FITS
            yield Feature("series", value, (), "collection", "series-fits", values, against=True)
        else:
            yield Feature("series", _BREAKS, (), "collection", "series-breaks", values)


def _frame_reasons(context: Context, best: Proposal) -> Iterator[Feature]:
    """What the others have between the same neighbours."""
    edit = best.edits[0]
    frame = context.once(collected.frames_by_start).get(edit.place.start)
    if frame is None or len(best.edits) > 1 or not edit.text:
        return
    fillers = collected.fillers(context, frame)
    word, reading = fold(edit.place.of(context.text)), fold(edit.text)
    own, right = fillers.pop(word, collected.NOWHERE), fillers.pop(reading, collected.NOWHERE)
    if own.documents:
        surprise = _surprise(own.documents, _COPIED + _MISREAD * right.documents)
        yield _reason("frame_has", -min(_MOST_AGAINST, max(0.0, surprise)), "in-frame", word, own)
    elif right.documents:
        surprise = _FOR * _surprise(right.documents, sum(use.documents for use in fillers.values()))
        yield _reason("frame_reads", min(_MOST_FOR, max(0.0, surprise)), "reading-in-frame", edit.text, right)


def _surprise(seen: int, expected: float) -> float:
    return math.log((seen + _HALF) / (expected + _HALF))


def _reason(name: str, value: float, says: str, word: str, use: Use, english: str = "") -> Feature:
    values = (("word", word), ("count", str(use.documents)), ("names", ", ".join(use.names)))
    if english:
        return Feature(name, value, (), "collection", says, (*values, ("english", english)), against=value < 0)
    return Feature(name, value, (), "collection", says, values, against=value < 0)
