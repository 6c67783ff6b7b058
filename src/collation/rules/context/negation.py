"""Negation and contrast: an unmatched polarity inverts the sense ("Конечно, но следует" against "we should not").

The negations of both sides are matched one by one, each Russian one with the English one nearest to the counterpart of
the word it governs; several negations in a sentence do not hide each other. An English negation left over beside a
Russian word that a misreading makes of не, and a Russian one left over where the English has none, are doubts. Blind
where the English turns a negation round ("fail to", "unless") beyond the short list here.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, Word
from collation.evidence.polarity import (
    free_negations,
    mapped,
    polarity_gain,
)
from collation.knowledge.letters import like
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "CTX202"
_READS_NOT = ("не", "но", "ни", "на", "же", "ее", "он")


def propose(context: Context) -> Iterator[Hypothesis]:
    """не for a word that looks like it where an English negation is left over."""
    for word in context.words:
        if word.token.kind != "word" or word.folded not in _READS_NOT or word.folded in context.language.negations:
            continue
        if polarity_gain(context, word.pair, word.index, word.text, "не") > 0:
            yield _hypothesis(context, word)


def _hypothesis(context: Context, word: Word) -> Hypothesis:
    pair = context.pairs[word.pair]
    near = min(free_negations(context, word.pair)[1], key=lambda j: abs(mapped(context, word.pair, word.index) - j))
    token = pair.translation[near]
    features = (
        Feature(
            "polarity", 1.0, (token.place,), "", "negation-unmatched", (("english", token.text), ("word", word.text))
        ),
        Feature("real_word", 1.0, (word.place,)),
    )
    return with_reading(CODE, (word.token,), like("не", word.text), features, basis="retroversion")


RULE = Rule(
    code=CODE,
    family="CTX",
    name="negation lost or inserted",
    propose=propose,
    needs_translation=True,
    needs=("morphology", "negations", "glossary"),
    harm="sense",
    learned=True,
    prior=1.0,
    since="2026.11",
    says=("negation-unmatched",),
)
