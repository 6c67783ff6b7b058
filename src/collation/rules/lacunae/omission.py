"""Text lost at a break.

A scanner or transcriber skips a line, most often at the foot or head of a sheet. The Russian then breaks off and goes on
elsewhere, while the translation, between the counterparts of the last words before and the first words after, has words
that nothing answers, and is longer than its Russian should make it. A fragment after the break ("ского империализма") is
completed from the English where that has the word. Blind where the translation is free, and to losses inside a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collation.evidence.context import Context
from collation.evidence.losses_at_breaks import PRIOR, LossAtBreak, losses_at_breaks
from collation.evidence.wanted import forms_of
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.knowledge.words.english import STOP
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule

CODE = "LAC701"
SIGN = "‹…›"
_SHOWN = 16  # English words shown of what is missing
# Last missing English words that may call for the whole word; how much less each before counts
_LAST, _EACH_BACK = 3, 0.1


def propose(context: Context) -> Iterator[Hypothesis]:
    """A loss at every break inside a sentence where the English says more than the Russian."""
    for loss in losses_at_breaks(context):
        completed = _completed(context, loss.missing, loss.after.text) if loss.fragment else []
        if completed:
            yield from _fragment(loss, completed)
        else:
            yield _without_words(context, loss)


def _completed(context: Context, missing: tuple[Token, ...], fragment: str) -> list[tuple[str, Token, float]]:
    """Forms that the last words of the missing English call for and that end in the fragment, best first."""
    found: dict[str, tuple[Token, float]] = {}
    last = [t for t in reversed(missing) if t.text.lower() not in STOP][:_LAST]
    for distance, token in enumerate(last):
        for lemma, weight in _called(context, token).items():
            for form in forms_of(lemma) if weight > 0.5 else ():
                if form.endswith(fold(fragment)) and len(form) > len(fragment) + 2 and morphology.is_known(form):
                    worth = weight / (1.0 + _EACH_BACK * distance)
                    if worth > found.get(form, (token, 0.0))[1]:
                        found[form] = (token, worth)
    ranked = sorted(found.items(), key=lambda item: (-item[1][1], item[0]))
    return [(form, token, worth) for form, (token, worth) in ranked[:3]]


def _called(context: Context, token: Token) -> Mapping[str, float]:
    for pair, calls in zip(context.pairs, context.calls, strict=True):
        for j, english in enumerate(pair.translation):
            if english.start == token.start:
                return calls[j].lemmas
    return {}


def _fragment(loss: LossAtBreak, completed: list[tuple[str, Token, float]]) -> Iterator[Hypothesis]:
    """The word whose end is there, completed in each of the ways that the English calls for."""
    word = loss.after
    for rank, (form, token, worth) in enumerate(completed):
        said = (("fragment", word.text), ("english", token.text), ("reading", form))
        features = (
            Feature("strength", loss.strength, (token.place,), "glossary", "fragment-completed", said),
            _words_feature(loss.missing),
            Feature("reading_share", worth if rank == 0 else 0.5 * worth),
        )
        edit = Edit(word.place, like(form, word.text))
        yield Hypothesis(CODE, (word.place,), (edit,), features, "original", "retroversion")


def _without_words(context: Context, loss: LossAtBreak) -> Hypothesis:
    """A loss of which the words are not known: a sign in their place."""
    before, after = loss.before, loss.after
    place = Place.cover([before.place, after.place])
    text = context.text[before.token.start : after.token.start] + SIGN + ("" if loss.fragment else " ")
    text += context.text[after.token.start : after.token.stop]
    said = (("before", before.text), ("after", after.text))
    features = [Feature("strength", loss.strength, (place,), "", "breaks-off", said)]
    if loss.missing:
        features.insert(0, _words_feature(loss.missing))
    if loss.fragment:
        features.append(Feature("fragment", 1.0, (after.place,), "", "fragment-of-word", (("fragment", after.text),)))
    return Hypothesis(CODE, (place,), (Edit(place, text),), tuple(features), "original", "retroversion")


def _words_feature(missing: tuple[Token, ...]) -> Feature:
    shown = " ".join(t.text for t in missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
    return Feature(
        "lost", float(len(missing)), tuple(t.place for t in missing), "", "lost-words", (("english", shown),)
    )


RULE = Rule(
    code=CODE,
    family="LAC",
    name="omission at a page break",
    propose=propose,
    needs=("morphology", "frequencies", "glossary", "names"),
    harm="loss",
    prior=PRIOR,
    passage=True,
    since="2026.11",
    says=("breaks-off", "fragment-completed", "fragment-of-word", "lost-words"),
)
