"""What the other documents of a collection say of a doubted word: it is at home there, or its reading is.

A name of the collection is in no dictionary, yet in forty of its documents; a misread one is in this document alone while the
right one is everywhere. For a form and its reading the documents that have them are set against how many one would expect: from
how usual the form is at all, and, for the form, from how often a scanner would misread the other so. The log of the two, with half a
document added to each (Gart and Zweifel 1967), moves the log-odds of the doubt: against it by the whole, for it by half, since a
reading is one of several. Between the same neighbours the others have the word too, or they agree on its reading; there
one is expected to have what this document has, for it may be a copy of the same scan.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from collation.evidence.context import Context
from collation.judge.collection import Collection, Use, frames_by_start, is_counted
from collation.judge.log_odds import moved
from collation.knowledge.letters import fold
from collation.model import Feature
from collation.model.doubt import Proposal, WeighedDoubt
from collation.model.rule import Rules

_MISREAD = 0.02  # the share of the documents with a word in which it is misread in one and the same way
_HALF = 0.5  # of a document, added to each count
_COPIED = 1.0  # documents more that are expected to have a word between the same neighbours: one may be a copy of this very scan
_FOR = 0.5  # weight of what speaks for a doubt
_MOST_AGAINST, _MOST_FOR = 4.0, 1.5  # log-odds
_SAID = 0.4  # log-odds that are given as a reason


def among_others(
    context: Context, verdicts: Iterable[WeighedDoubt], collection: Collection | None, rules: Rules
) -> Iterator[WeighedDoubt]:
    """The verdicts with what the other documents say of their words."""
    for verdict in verdicts:
        yield _among(context, verdict, collection, rules) if collection is not None else verdict


def _among(context: Context, verdict: WeighedDoubt, collection: Collection, rules: Rules) -> WeighedDoubt:
    if verdict.doubt.side != "original" or not verdict.readings:
        return verdict
    best = verdict.readings[0].proposal
    reasons = list(_frame_reasons(context, best, collection))
    if any(rules[code].about_word or rules[code].harm == "name" for code in best.codes):
        reasons += _reasons(context, best, collection)
    shift = max(-_MOST_AGAINST, min(_MOST_FOR, sum(reason.value for reason in reasons)))
    if not shift:
        return verdict
    return replace(
        moved(verdict, shift),
        collection=shift,
        lessons=(*verdict.lessons, *(reason for reason in reasons if abs(reason.value) >= _SAID)),
    )


def _reasons(context: Context, best: Proposal, collection: Collection) -> Iterator[Feature]:
    """What speaks against a doubt, or for it; the value is the shift of log-odds."""
    edit = best.edits[0]
    word, reading = fold(" ".join(edit.place.of(context.text).split())), fold(edit.text)
    if set(context.language.lemmas(word)) & set(context.language.lemmas(reading)):
        return  # two forms of one word: which of them is at home here, other documents do not say
    own, right = collection.others(word, context), collection.others(reading, context)
    if is_counted(word):
        surprise = _surprise(own.documents, collection.expected(word) + _MISREAD * right.documents)
        if surprise > 0:
            yield _reason("collection_has", -min(_MOST_AGAINST, surprise), "in-collection", word, own)
            return
    if is_counted(reading):
        surprise = _FOR * _surprise(right.documents, collection.expected(reading))
        if surprise > 0:
            yield _reason("collection_reads", min(_MOST_FOR, surprise), "reading-in-collection", edit.text, right)


def _frame_reasons(context: Context, best: Proposal, collection: Collection) -> Iterator[Feature]:
    """What the others have between the same neighbours."""
    edit = best.edits[0]
    frame = context.once(frames_by_start).get(edit.place.start)
    if frame is None or len(best.edits) > 1 or not edit.text:
        return
    fillers = collection.fillers(frame, context)
    word, reading = fold(edit.place.of(context.text)), fold(edit.text)
    own, right = fillers.pop(word, Use(0, ())), fillers.pop(reading, Use(0, ()))
    if own.documents:
        surprise = _surprise(own.documents, _COPIED + _MISREAD * right.documents)
        yield _reason("frame_has", -min(_MOST_AGAINST, max(0.0, surprise)), "in-frame", word, own)
    elif right.documents:
        surprise = _FOR * _surprise(right.documents, sum(use.documents for use in fillers.values()))
        yield _reason("frame_reads", min(_MOST_FOR, max(0.0, surprise)), "reading-in-frame", edit.text, right)


def _surprise(seen: int, expected: float) -> float:
    return math.log((seen + _HALF) / (expected + _HALF))


def _reason(name: str, value: float, says: str, word: str, use: Use) -> Feature:
    values = (("word", word), ("count", str(use.documents)), ("names", ", ".join(use.names)))
    return Feature(name, value, (), "collection", says, values, against=value < 0)
