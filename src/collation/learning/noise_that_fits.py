"""Words misread so that the sentence still reads well: the mistakes of whoever reads with the language in mind.

A person, and a recogniser with a language model, takes the word that its neighbours allow. Such an error is seen by what the
translation says alone. Of the words that look like the right one, one is drawn by how well it stands between its neighbours,
as the language model has it.
"""

from __future__ import annotations

import math

from collation.evidence.wanted import forms_of
from collation.knowledge.letters import case_of, fold, like
from collation.knowledge.words import language_model, morphology, wordlist
from collation.knowledge.words.search import similar
from collation.learning.clean_words import CleanWords, kind_of
from collation.learning.noise_in_words import Misread, usual_beginnings, usual_endings
from collation.model import Token

_LIKE = 20  # what a likeness may cost, in the costs of ``similar``
_USUAL = 2.8  # least Zipf frequency of a word that is taken for another
_FEW = 2  # words to choose between; of one alone nothing can be said to fit
_SHARPER = 0.7  # power of the model's probability by which is drawn: 0 is any word, 1 as often as the model expects


def fitting_word(clean: CleanWords, token: Token) -> Misread:
    """Another word of like shape, beginning or ending, which the neighbours allow."""
    word = fold(token.text)
    if len(word) < 4 or case_of(token.text) not in {"lower", "title"}:
        return None
    listed = {form for form, _ in similar(word, _LIKE)} | {*usual_beginnings(word), *usual_endings(word)}
    return _drawn(clean, token, [f for f in listed if wordlist.zipf(f) > _USUAL and kind_of(f, word) == "real-word"])


def fitting_ending(clean: CleanWords, token: Token) -> Misread:
    """Another form of the same word, which the neighbours allow."""
    lemmas, word = morphology.lemmas(token.text), fold(token.text)
    if not lemmas or len(word) < 3:
        return None
    stem = word[: max(2, len(word) - 3)]
    forms = [f for f in forms_of(lemmas[0]) if f.startswith(stem) and abs(len(f) - len(word)) < 3]
    return _drawn(clean, token, [f for f in forms if kind_of(f, word) == "grammar"])


def _drawn(clean: CleanWords, token: Token, forms: list[str]) -> Misread:
    """One of the forms, drawn by its probability between the neighbours."""
    model = language_model.opened()
    if model is None or len(forms) < _FEW:
        return None
    forms = sorted(forms)
    before, after = clean.around(token)
    fits = [
        model.words([*before, form, *after], len(before), len(before) + 1 + len(after))
        + model.tagged([*before, form, *after])
        for form in forms
    ]
    best = max(fits)
    chosen = clean.random.choices(forms, [math.exp(_SHARPER * (fit - best)) for fit in fits])[0]
    return like(chosen, token.text), kind_of(chosen, token.text)


FITTING_MAKERS = {"fitting_word": fitting_word, "fitting_ending": fitting_ending}
