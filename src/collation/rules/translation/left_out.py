"""A passage of the Russian that the translation leaves out.

Translators skip a sentence, a clause, a paragraph: the eye slips from one line to another that begins or ends alike, or a
page is turned too soon. Nothing in the English looks wrong. But a run of Russian content words then has no answer, hardly
any English is left over opposite it, and the English is as much too short as the run is long; the point between the
counterparts of the words around it is where the passage is missing. The Russian may be at fault too (a line doubled or
invented), for which there are rules of their own; where the passage occurs twice in the Russian nothing is said here, and which
side is at fault is said only of a passage that shares some of its words with the rest of the document.
Blind to a word or two left out, to short exclamations, and where the translation is so free that half of it answers
nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from collation.evidence.context import Context
from collation.evidence.unanswered_runs import UnansweredRun, unanswered_runs
from collation.knowledge.letters import fold
from collation.model import Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.rules.translation.missing_passages import is_worth_saying, log_odds, point_opposite, quoted

CODE = "TRN951"
_PRIOR = (
    -1.4
)  # of the runs looked at, one in four is a passage left out; in the fit it was one in three, and many planted
_AGAIN = 5  # neighbouring words by which a passage is known again
# Shares of a passage's content words that the rest of the Russian has: from the first it belongs to the document, from the
# second it may be a passage of it that was doubled there
_OWN, _DOUBLED = 0.4, 0.75


def propose(context: Context) -> Iterator[Hypothesis]:
    """A passage missing in the translation wherever a run of Russian words has no answer and the English is short of it."""
    if not context.aligned.parallel:
        return
    for run in unanswered_runs(context, "original"):
        odds = log_odds(context, run)
        if is_worth_saying(odds, _PRIOR) and not _stands_twice(context, run):
            place = point_opposite(context, run)
            if place is not None:
                yield _hypothesis(context, run, place, odds)


def _stands_twice(context: Context, run: UnansweredRun) -> bool:
    """Whether the Russian has the passage twice: then it is the Russian that has too much."""
    words = _words(run)
    return len(words) >= _AGAIN and _times(context, words) > 1


def _words(run: UnansweredRun) -> list[str]:
    return [fold(t.text) for t in run.tokens if t.kind == "word"]


def _times(context: Context, words: list[str]) -> int:
    """How often the Russian has the words of a passage, by those in its middle."""
    all_words = " ".join(w.folded for w in context.words if w.token.kind == "word")
    middle = max(0, len(words) // 2 - _AGAIN // 2)
    return all_words.count(" ".join(words[middle : middle + _AGAIN]))


def _hypothesis(context: Context, run: UnansweredRun, place: Place, odds: float) -> Hypothesis:
    passage = Place.cover([t.place for t in run.tokens])
    features = (
        Feature("strength", odds),
        Feature(
            "left_out",
            run.extent,
            (passage,),
            "glossary",
            "left-untranslated",
            (("russian", quoted(run.tokens)), ("count", str(run.words))),
        ),
        *_shortness(run),
        *_side(context, run),
    )
    return Hypothesis(CODE, (place, passage), (), features, "translation")


def _side(context: Context, run: UnansweredRun) -> tuple[Feature, ...]:
    """Nothing where the passage is of this document: the translation left it out. One whose words the document hardly has elsewhere
    may as well have come into the Russian from another text, one that has all of them be doubled there."""
    own, shared = _shared_words(context, run)
    if _OWN * own <= shared < _DOUBLED * own:
        return ()
    return (Feature("side_unknown", 1.0, (), "", "lost-or-intruded"),)


def _shared_words(context: Context, run: UnansweredRun) -> tuple[int, int]:
    """How many different content words a passage has, and how many of them the original has elsewhere."""
    inside = Counter(_lemma(context, t) for t in run.tokens if _is_content(context, t))
    return len(inside), sum(context.lemma_counts[lemma] > times for lemma, times in inside.items())


def _lemma(context: Context, token: Token) -> str:
    return next(iter(context.language.lemmas(fold(token.text))), fold(token.text))


def _is_content(context: Context, token: Token) -> bool:
    return token.kind == "word" and len(token.text) > 2 and fold(token.text) not in context.language.function_words


def _shortness(run: UnansweredRun) -> tuple[Feature, ...]:
    if run.short < 0.5:
        return ()
    return (Feature("short", run.short, (), "", "translation-short", (("share", f"{min(1.0, run.short):.0%}"),)),)


RULE = Rule(
    code=CODE,
    family="TRN",
    name="passage not translated",
    propose=propose,
    sides=("translation",),
    needs_translation=True,
    needs=("morphology", "glossary"),
    harm="loss",
    prior=_PRIOR,
    passage=True,
    since="2026.12",
    says=("left-untranslated", "lost-or-intruded", "translation-short"),
)
