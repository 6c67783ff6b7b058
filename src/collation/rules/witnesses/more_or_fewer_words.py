"""Words that another text of the original has and the document has not, or the other way round.

A scanner loses a line, a typist a word, a tired eye the "не" of a sentence; and a word is typed twice. A second text shows it where
the sentence alone does not. Of a word or two either text may be wrong. Where the other text lacks more than that it has
lost them; what it has beyond the first and the last words in common is another sheet. Blind to words that both have lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, is_attested
from collation.evidence.other_texts import other_texts
from collation.evidence.usualness import Usualness
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.model.witness_table import spaced
from collation.rules.witnesses.variant_places import VariantPlace, has, variant_places

LOST, TOO_MANY, PASSAGE = "WIT963", "WIT964", "WIT965"
_FEW = 2  # words that are weighed by how usual the sentence is with and without them
_LONGEST = 120  # words of a passage that is proposed; a longer one is another sheet


def lost_words(context: Context) -> Iterator[Hypothesis]:
    """A word or two that another text of the original has and the document has not."""
    for place, sigla in _places(context):
        if not place.own and _count(place.other) <= _FEW and _are_words(place.other):
            yield from _lost(context, sigla, place, LOST)


def lost_passages(context: Context) -> Iterator[Hypothesis]:
    """More than two words that another text of the original has between words of the document."""
    for place, sigla in _places(context):
        if not place.own and _FEW < _count(place.other) <= _LONGEST and place.before and place.after:
            yield from _lost(context, sigla, place, PASSAGE)


def words_too_many(context: Context) -> Iterator[Hypothesis]:
    """A word or two of the document that another text of the original has not."""
    for place, sigla in _places(context):
        if place.other or not 0 < _count(place.own) <= _FEW or place.before is None:
            continue
        first, last = context.word_at(place.own[0].start), context.word_at(place.own[-1].start)
        if first is None or last is None or first.pair != last.pair or len(place.own[-1].place.spans) > 1:
            continue
        gap = Place.at(place.before.stop, place.own[-1].stop)
        reasons = [has(sigla, "witness-lacks", spaced(place.own))]
        if context.knowledge.language_model is not None:
            tokens = context.pairs[first.pair].original
            usual = Usualness(context.knowledge.language_model, tokens, first.index, last.index + 1).fit([])
            reasons += [Feature(name, usual[name]) for name in ("word_gain", "tag_gain")]
        yield Hypothesis(TOO_MANY, (gap,), (Edit(gap, ""),), tuple(reasons), "original", "attested")


def _places(context: Context) -> Iterator[tuple[VariantPlace, list[str]]]:
    """The differences, each with the sigla of the texts that have it."""
    found: dict[tuple[int, str, str], tuple[VariantPlace, list[str]]] = {}
    for compared in context.once(other_texts).used:
        for place in variant_places(compared):
            at = (place.own or (place.after or place.before,))[0]
            key = (at.start if at else -1, spaced(place.own), spaced(place.other))
            found.setdefault(key, (place, []))[1].append(compared.siglum)
    yield from found.values()


def _lost(context: Context, sigla: list[str], place: VariantPlace, code: str) -> Iterator[Hypothesis]:
    """The words put in before the word that follows, or behind the one that precedes where none does."""
    words = spaced(place.other)
    if place.after is not None and place.after.kind == "word" and context.word_at(place.after.start):
        beside, text = place.after, f"{words} {place.after.text}"
    elif place.before is not None and context.word_at(place.before.start):
        beside, text = place.before, f"{place.before.text} {words}"
    else:
        return
    reasons = (has(sigla, "witness-has-more", words),)
    yield Hypothesis(code, (beside.place,), (Edit(beside.place, text),), reasons, "original", "attested")


def _count(tokens: tuple[Token, ...]) -> int:
    return sum(t.kind != "mark" for t in tokens)


def _are_words(tokens: tuple[Token, ...]) -> bool:
    return all(is_attested(t.text) or t.text[:1].isupper() for t in tokens if t.kind == "word")


LOST_WORDS = Rule(
    code=LOST,
    family="WIT",
    name="word that only another text has",
    propose=lost_words,
    needs=("morphology", "frequencies", "names"),
    needs_witness=True,
    harm="sense",
    prior=0.0,
    since="2026.12",
    says=("witness-has-more", "witnesses-have-more"),
)
WORDS_TOO_MANY = Rule(
    code=TOO_MANY,
    family="WIT",
    name="word that another text lacks",
    propose=words_too_many,
    needs=("morphology", "frequencies", "names"),
    needs_witness=True,
    harm="sense",
    prior=0.0,
    since="2026.12",
    says=("witness-lacks", "witnesses-lack"),
)
LOST_PASSAGES = Rule(
    code=PASSAGE,
    family="WIT",
    name="passage that only another text has",
    propose=lost_passages,
    needs=("morphology",),
    needs_witness=True,
    harm="sense",
    prior=1.5,
    passage=True,
    since="2026.12",
    says=("witness-has-more", "witnesses-have-more"),
)
