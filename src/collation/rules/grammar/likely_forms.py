"""The other forms of a word that it may be misread from, with how well each would stand in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collation.evidence.context import Context, Word
from collation.evidence.usualness import Usualness
from collation.evidence.wanted import forms_of
from collation.knowledge.words import morphology
from collation.knowledge.words.confusions import EDIT, channel_cost

_FURTHEST = 3.0  # edits that an ending is misread by
_EACH_EDIT = 2.0  # natural log-odds of the language model that an edit costs


def likely_forms(context: Context, word: Word) -> Iterator[tuple[float, str]]:
    """Forms of the word's lemmas, each once, with how well each would stand in its place."""
    return weighed(context, word, (f for lemma in morphology.lemmas(word.folded) for f in forms_of(lemma)))


def weighed(context: Context, word: Word, forms: Iterable[str]) -> Iterator[tuple[float, str]]:
    """Forms that a word may be misread from, each once, with natural log-odds: how much better than the word the language model
    has it in its place, by words and tags, less what its letters cost; the letters alone where there is no language model."""
    language, tokens = context.knowledge.language_model, context.pairs[word.pair].original
    around = Usualness(language, tokens, word.index, word.index + 1) if language else None
    for form in dict.fromkeys(forms):
        cost = channel_cost(word.folded, form) / EDIT
        if form != word.folded and cost <= _FURTHEST:
            gains = around.fit([form]) if around else {}
            yield gains.get("word_gain", 0.0) + gains.get("tag_gain", 0.0) - _EACH_EDIT * cost, form
