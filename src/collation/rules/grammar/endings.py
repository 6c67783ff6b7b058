"""Endings that do not fit: government of prepositions, agreement in the noun phrase, other forms of the same word.

A scanner changes an ending into another real ending ("в Южной Кореи" for Корее). Every inflected word is weighed
against the other forms of its lemma that look like it: by the tags around it (language model), by the cases that its
preposition governs, and by its neighbours in the noun phrase. A conflict between a preposition and its noun is one
entry. Blind in free positions, where several cases make sense.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.agreement import disagrees
from collation.evidence.context import Context, Word
from collation.evidence.fixed_endings import has_own_ending
from collation.evidence.government import (
    preposition_before,
    violates,
)
from collation.evidence.tag_fit import tag_gain
from collation.evidence.wanted import forms_of
from collation.knowledge.letters import like
from collation.knowledge.words import morphology
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "GRA301"
_LEAST_GAIN = 0.2  # natural log-odds of the tags by which another ending must be likelier,
_GOVERNED, _WHEN_GOVERNED = 2, -2  # or how much better it is governed, and the gain that is then enough,
_AGREES, _WHEN_AGREES = 1.5, -1  # or how much better it agrees, and the same
_MOST = 5  # other forms that are proposed for a word
_INFLECTED = {"NOUN", "ADJF", "ADJS", "PRTF", "PRTS", "VERB", "INFN", "GRND", "NUMR", "NPRO"}


def propose(context: Context) -> Iterator[Hypothesis]:
    """Other forms of a word's lemma that its surroundings prefer."""
    for word in context.words:
        if word.token.kind != "word" or len(word.text) < 3 or not morphology.is_known(word.folded):
            continue
        if not any(p.pos in _INFLECTED for p in morphology.parses(word.text)) or has_own_ending(context, word):
            continue
        yield from _readings(context, word)


def _readings(context: Context, word: Word) -> Iterator[Hypothesis]:
    tokens = context.pairs[word.pair].original
    bad = violates(tokens, word.index, word.folded)
    clash = disagrees(tokens, word.index, word.folded)
    gain_of = tag_gain(context, word)
    found = []
    for lemma in morphology.lemmas(word.text)[:2]:
        for form in forms_of(lemma):
            if form == word.folded or abs(len(form) - len(word.folded)) > 3 or not _looks_like(word.folded, form):
                continue
            gain = gain_of(form)
            better = bad - violates(tokens, word.index, form) if bad else 0.0
            fits = clash - disagrees(tokens, word.index, form) if clash > 0 else 0.0
            if (
                gain > _LEAST_GAIN
                or (better >= _GOVERNED and gain > _WHEN_GOVERNED)
                or (fits >= _AGREES and gain > _WHEN_AGREES)
            ):
                found.append((-(gain + better + fits), form, gain, better, fits))
    found.sort()
    seen: set[str] = set()
    for _, form, gain, better, fits in found:
        if form in seen or len(seen) >= _MOST:
            continue
        seen.add(form)
        yield with_reading(
            CODE, (word.token,), like(form, word.text), _features(context, word, form, gain, better, fits)
        )


def _looks_like(word: str, form: str) -> bool:
    shared = min(len(word), len(form)) - 3
    return (shared <= 0 or word[:shared] == form[:shared]) and channel_cost(word, form) <= 3 * EDIT


def _features(context: Context, word: Word, form: str, gain: float, better: float, fits: float) -> tuple[Feature, ...]:
    tokens = context.pairs[word.pair].original
    features = [
        Feature(
            "ending",
            gain,
            (word.place,),
            "period.counts",
            "ending-unusual",
            (("word", word.text), ("reading", like(form, word.text))),
        )
    ]
    found = preposition_before(tokens, word.index)
    if better >= _GOVERNED and found is not None:
        prep = tokens[found[0]]
        features.append(
            Feature(
                "government",
                1.0,
                (prep.place,),
                "government.tsv",
                "governs",
                (("preposition", prep.text), ("cases", " ".join(sorted(found[1]))), ("word", word.text)),
            )
        )
    if fits >= _AGREES:
        features.append(Feature("agreement", fits, (word.place,), "", "agrees", (("reading", like(form, word.text)),)))
    return tuple(features)


RULE = Rule(
    code=CODE,
    family="GRA",
    name="government or agreement error",
    propose=propose,
    needs=("morphology", "confusions"),
    harm="grammar",
    learned=True,
    since="2026.11",
    says=("agrees", "ending-unusual", "governs"),
)
