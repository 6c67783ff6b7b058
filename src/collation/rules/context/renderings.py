"""A word that the collection has otherwise wherever the English has this: "гелиовсрк" opposite *wauchmeister*.

A term or a name that no dictionary has cannot be proposed by one. Where several other documents have such a word opposite an
English word that nothing answers here, and this document a rare word that a scanner may have made of it, the other
documents' form is proposed. Blind to words that come in one document only, to free translation, and without a file of the
collection.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from collation.evidence import collected
from collation.evidence.context import Context, is_attested
from collation.knowledge.collection import Use, is_counted
from collation.knowledge.letters import fold, like
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "CTX208"
_LEAST = 2  # other documents that have the word opposite this English one
_FAR = 0.25  # edits for each letter of the longer word beyond which it is another word
_MOST_READINGS = 3  # readings of a word, the nearest
# What moves the log-odds of the doubt
_EACH, _MOST = (
    0.7,
    2.5,
)  # each natural logarithm of the documents for it against those that one would expect, and the most
_UNATTESTED = 1.0  # no dictionary has the word of the text
_EDIT = -0.7  # each edit


def propose(context: Context) -> Iterator[Hypothesis]:
    """Rare words that other documents have otherwise opposite the same English word."""
    for number, pair in enumerate(context.pairs):
        calls = context.calls[number]
        open_lemmas = collected.open_lemmas(context, number)
        if not open_lemmas:
            continue
        places = {calls[j].lemma: calls[j].token.place for j in context.unanswered(number)}
        for index, token in enumerate(pair.original):
            if token.kind == "word" and index not in context.answered[number] and is_counted(fold(token.text)):
                for english in open_lemmas:
                    yield from _readings(context, token, english, places[english])


def _readings(context: Context, token: Token, english: str, opposite: Place) -> Iterator[Hypothesis]:
    word = fold(token.text)
    found = collected.rendered(context, english)
    if word in found:
        return
    near = [
        (cost / EDIT, form, use)
        for form, use in found.items()
        if use.documents >= _LEAST
        and (cost := channel_cost(word, form)) / EDIT <= max(1.0, _FAR * max(len(word), len(form)))
    ]
    if any(set(context.language.lemmas(word)) & set(context.language.lemmas(form)) for _, form, _ in near):
        return  # it is a form of the word itself
    for edits, form, use in sorted(near, key=lambda item: (item[0], -item[2].documents, item[1]))[:_MOST_READINGS]:
        yield _hypothesis(context, token, like(form, token.text), use, edits, (english, opposite))


def _hypothesis(
    context: Context, token: Token, reading: str, use: Use, edits: float, opposite: tuple[str, Place]
) -> Hypothesis:
    strength = min(_MOST, _EACH * math.log(use.documents + 1.0)) + _EDIT * edits
    strength += 0.0 if is_attested(token.text) else _UNATTESTED
    values = (
        ("english", opposite[1].of(context.text)),
        ("reading", reading),
        ("count", str(use.documents)),
        ("names", ", ".join(use.names)),
    )
    features = (
        Feature(
            "rendering", float(use.documents), (token.place, opposite[1]), "collection", "collection-renders", values
        ),
        Feature("strength", strength),
    )
    return with_reading(CODE, (token,), reading, features, basis="attested")


RULE = Rule(
    code=CODE,
    family="CTX",
    name="word rendered otherwise in the collection",
    propose=propose,
    needs=("morphology", "frequencies", "confusions"),
    needs_translation=True,
    needs_collection=True,
    harm="sense",
    prior=0.0,
    about_word=True,
    since="2026.12",
    says=("collection-renders",),
)
