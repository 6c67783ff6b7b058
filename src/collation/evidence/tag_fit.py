"""How well a form fits the place of a word by its tags alone: case, number, gender, part of speech."""

from __future__ import annotations

from collections.abc import Callable

from collation.evidence.context import Context, Word
from collation.knowledge.words.language_model import tags, unit


def tag_gain(context: Context, word: Word) -> Callable[[str], float]:
    """How much better than the word a form fits, as a difference of natural logarithms; 0 without a language model.

    Forms of the same tags are asked for once.
    """
    language = context.knowledge.language_model
    if language is None:
        return lambda form: 0.0
    before, after = context.neighbours(word, 4, 3)
    left = [u for t in before if (u := unit(t.text, t.kind))][-3:]
    right = [u for t in after if (u := unit(t.text, t.kind))][:2]
    states = language.tag_states(left)
    stay = language.tagged([word.folded, *right], states)
    known: dict[tuple[tuple[str, float], ...], float] = {}

    def gain(form: str) -> float:
        key = tags(form)
        if key not in known:
            known[key] = language.tagged([form, *right], states) - stay
        return known[key]

    return gain
