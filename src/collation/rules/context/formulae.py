"""A word in which a formula differs from what the other documents of the collection have: "Прошу Вас пронять уверения".

Letters of one archive share openings, closings, addresses and titles. Where three other documents and more have one word between the
same four neighbours, nearly none another, and this document a word that a scanner may have made of it, that word is doubted,
however usual it is. Forms of one word, figures and numerals are left alone, for formulae vary in them. Blind where the neighbours
are damaged too, where the other documents disagree, and without a file of the collection.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from collation.evidence import collected
from collation.evidence.context import Context, Word, is_attested
from collation.evidence.read_values import read_values
from collation.knowledge.collection import Use
from collation.knowledge.letters import like
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "CTX207"
_LEAST = 3  # other documents that have the word of the formula
_FEW = 0.2  # of them, documents that may have something else there
_HALF = 0.5  # of a document, added to each count
_FAR = 0.4  # edits for each letter of the longer word beyond which it is another word
_SHORT = 1.0  # edits that are always near enough
# What moves the log-odds of the doubt
_EACH, _MOST = (
    0.7,
    3.0,
)  # each natural logarithm of the documents for it against those that have another word, and the most
_UNATTESTED = 1.0  # no dictionary has the word of the text
_FORM = -1.5  # it is another form of the same word
_EDIT = -0.5  # each edit beyond the first


def propose(context: Context) -> Iterator[Hypothesis]:
    """Words in which this document differs from what several others have between the same neighbours."""
    frames = context.once(collected.frames_by_start)
    for word in context.words:
        frame = frames.get(word.token.start)
        if frame is None or word.token.kind != "word":
            continue
        found = collected.fillers(context, frame)
        if not found or word.folded in found:
            continue
        reading, use = max(found.items(), key=lambda item: (item[1].documents, item[0]))
        rest = sum(other.documents for other in found.values()) - use.documents
        if use.documents < _LEAST or rest > _FEW * use.documents:
            continue
        edits = channel_cost(word.folded, reading) / EDIT
        if edits > max(_SHORT, _FAR * max(len(word.folded), len(reading))) or _is_value(context, word):
            continue
        yield _departure(context, word, reading, use, rest, edits)


def _departure(context: Context, word: Word, reading: str, use: Use, rest: int, edits: float) -> Hypothesis:
    own, other = (set(context.language.lemmas(form)) for form in (word.folded, reading))
    strength = min(_MOST, _EACH * math.log((use.documents + _HALF) / (rest + _HALF)))
    strength += 0.0 if is_attested(word.text) else _UNATTESTED
    strength += _FORM if own & other and is_attested(word.text) else 0.0
    strength += _EDIT * max(0.0, edits - 1.0)
    written = like(reading, word.text)
    values = (
        ("word", word.text),
        ("formula", _around(context, word, written)),
        ("count", str(use.documents)),
        ("names", ", ".join(use.names)),
    )
    features = (
        Feature("formula", float(use.documents), (word.place,), "collection", "formula-reads", values),
        Feature("strength", strength),
    )
    return with_reading(CODE, (word.token,), written, features, basis="attested")


def _around(context: Context, word: Word, reading: str) -> str:
    """The word as the formula has it, with its neighbours."""
    tokens = [t for t in context.pairs[word.pair].original if t.kind in ("word", "number")]
    at = next(i for i, t in enumerate(tokens) if t.start == word.token.start)
    return " ".join(
        [*(t.text for t in tokens[max(0, at - 2) : at]), reading, *(t.text for t in tokens[at + 1 : at + 3])]
    )


def _is_value(context: Context, word: Word) -> bool:
    """Whether a word is of a date or a number."""
    tokens = context.pairs[word.pair].original
    values = read_values(context, tokens, context.language.code, by_cells=False)
    return any(piece.token.start == word.token.start for value in values for piece in value.pieces)


RULE = Rule(
    code=CODE,
    family="CTX",
    name="departure from a formula",
    propose=propose,
    needs=("morphology", "confusions"),
    needs_collection=True,
    harm="sense",
    prior=-0.4,
    about_word=True,
    since="2026.12",
    says=("formula-reads",),
)
