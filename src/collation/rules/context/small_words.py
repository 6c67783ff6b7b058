"""Words of one letter that the English between their neighbours contradicts: "сигнал и электрический" against "into".

No dictionary and hardly a language model objects to и for в. But where both neighbours have their counterparts, what
stands between these says what joins them. Doubted is a small word that nothing there answers, when one that looks like it
answers what is there and governs the word behind. Blind where the translation turns the phrase round.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, Word
from collation.evidence.government import cases_of, unfit_preposition
from collation.evidence.vouching import is_notation
from collation.knowledge.letters import like
from collation.model import Feature, Hypothesis, Token
from collation.model.hypothesis import BY_PRIOR
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "CTX204"
# Planted in 28,000 words of news: 16 of 72 found, 15 rightly, beside 2 in the sound text; an exchange in 2,000 words makes
# that as often right as wrong: queries
_SURE = 0.6  # score of a link of a neighbour
_BETWEEN = 4  # English words between the counterparts
# What the English words between two counterparts are answered by
_ANSWERS = {
    "and": "иас", "or": "и", "as": "и", "plus": "ис", "but": "аи", "while": "а", "in": "ву", "into": "в", "to": "квсу", "at": "вуа",
    "with": "су", "from": "су", "about": "о", "of": "оувс", "on": "вос", "by": "усв", "for": "кув", "toward": "к", "towards": "к",
    "near": "у", "within": "в", "inside": "в", "against": "с", "off": "су", "during": "вс", "concerning": "о", "under": "вс",
    "before": "у", "after": "с", "over": "оу", "than": "", "that": "", "through": "в", "among": "у", "onto": "в", "along": "с", "both": "и",
}  # fmt: skip
_SAYS_WHICH = {"into": "в", "with": "с", "about": "о", "and": "и", "towards": "к", "toward": "к", "concerning": "о"}
_LETTERS = "ивксоуа"


def propose(context: Context) -> Iterator[Hypothesis]:
    """The small word that the English has, for another that it has not."""
    for word in context.words:
        if (
            word.token.kind != "word"
            or word.folded not in _LETTERS
            or len(word.folded) != 1
            or is_notation(context, word)
        ):
            continue
        between = _between(context, word)
        told = [t for t in between if t.text.lower() in _SAYS_WHICH]
        if len(told) != 1 or any(word.folded in _ANSWERS.get(t.text.lower(), "") or t.kind != "word" for t in between):
            continue
        reading = _SAYS_WHICH[told[0].text.lower()]
        if _fits(context, word, reading):
            values = (("english", told[0].text), ("word", word.text), ("reading", reading))
            features = (
                BY_PRIOR,
                Feature("opposite", 1.0, (told[0].place,), "", "small-word-opposite", values),
            )
            yield with_reading(CODE, (word.token,), like(reading, word.text), features, basis="retroversion")


def _between(context: Context, word: Word) -> tuple[Token, ...]:
    """The English between the counterparts of both neighbours, in their order; nothing where they are not sure."""
    pair = context.pairs[word.pair]
    links = {link.original: link for link in pair.words if link.score >= _SURE}
    before, after = links.get(word.index - 1), links.get(word.index + 1)
    if before is None or after is None or not 1 < after.translation - before.translation <= _BETWEEN + 1:
        return ()
    return pair.translation[before.translation + 1 : after.translation]


def _fits(context: Context, word: Word, reading: str) -> bool:
    """Whether a reading joins the neighbours: и words of one case or none, a preposition a word that it governs."""
    tokens = context.pairs[word.pair].original
    left, right = tokens[word.index - 1], tokens[word.index + 1]
    if reading == "и":
        ours, theirs = cases_of(left.text), cases_of(right.text)
        return bool(ours & theirs) or not (ours or theirs)
    return unfit_preposition(tokens, word.index, reading) < 0


RULE = Rule(
    code=CODE,
    family="CTX",
    name="small word contradicted by the translation",
    propose=propose,
    needs_translation=True,
    needs=("morphology", "glossary"),
    harm="sense",
    prior=-0.2,
    since="2026.11",
    says=("small-word-opposite",),
)
