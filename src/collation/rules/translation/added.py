"""A passage of the translation that the Russian does not have.

Two things look so: the translator added a sentence (an explanation, a sentence of another copy), or the Russian lost one
(the scanner or the transcriber skipped a line). The run of English words that nothing answers is the same in both; which it
was is said only where something shows it: English in brackets is the translator's, a Russian sentence that breaks off is a
loss. Where neither does, both are said and the scan is to be asked. A loss at a break of the page has a rule of its own
(LAC701), which names such a place. Blind to additions of a word or two, and where the translation is free.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context
from collation.evidence.losses_at_breaks import losses_at_breaks
from collation.evidence.unanswered_runs import UnansweredRun, unanswered_runs
from collation.model import Feature, Hypothesis, Place
from collation.model.rule import Rule
from collation.rules.translation.missing_passages import is_worth_saying, log_odds, point_opposite, quoted

CODE = "TRN952"
_PRIOR = (
    -1.4
)  # of the runs looked at, one in four is a passage left out; in the fit it was one in three, and many planted
_SHARED = 0.5  # of the words of a run that a loss at a break accounts for


def propose(context: Context) -> Iterator[Hypothesis]:
    """A passage too much in the translation, or lost in the Russian, wherever a run of English words answers nothing."""
    if not context.aligned.parallel:
        return
    for run in unanswered_runs(context, "translation"):
        odds = log_odds(context, run)
        if not is_worth_saying(odds, _PRIOR) or _is_loss_at_a_break(context, run):
            continue
        place = point_opposite(context, run)
        if place is not None:
            yield _hypothesis(context, run, place, odds)


def _is_loss_at_a_break(context: Context, run: UnansweredRun) -> bool:
    """Whether the rule of losses at a break accounts for these words."""
    own = {t.start for t in run.tokens}
    lost = ({t.start for t in loss.missing} for loss in losses_at_breaks(context) if loss.is_likely)
    return any(len(own & starts) >= _SHARED * len(own) for starts in lost)


def _hypothesis(context: Context, run: UnansweredRun, place: Place, odds: float) -> Hypothesis:
    passage = Place.cover([t.place for t in run.tokens])
    said = Feature(
        "added",
        run.extent,
        (passage,),
        "glossary",
        "without-original",
        (("english", quoted(run.tokens)), ("count", str(run.words))),
    )
    features = [Feature("strength", odds), said]
    if _breaks_off(context, place):
        features.append(Feature("breaks", 1.0, (place,), "", "original-breaks-off"))
        return Hypothesis(CODE, (place, passage), (), tuple(features), "original")
    if not _is_bracketed(context, passage):
        features.append(Feature("side_unknown", 1.0, (), "", "lost-or-added"))
    return Hypothesis(CODE, (passage, place), (), tuple(features), "translation")


def _breaks_off(context: Context, place: Place) -> bool:
    """Whether the Russian stops in the middle of a sentence at a point and goes on with a new one."""
    before, after = context.text[: place.start].rstrip(), context.text[place.stop :].lstrip()
    return (
        bool(before and after)
        and before[-1].isalpha()
        and after[0].isupper()
        and "\n" in context.text[place.start : place.stop + 2]
    )


def _is_bracketed(context: Context, passage: Place) -> bool:
    before, after = context.text[: passage.start].rstrip(), context.text[passage.stop :].lstrip()
    return before[-1:] in {"(", "["} and any(c in ")]" for c in after[:3])


RULE = Rule(
    code=CODE,
    family="TRN",
    name="passage added in the translation",
    propose=propose,
    sides=("original", "translation"),
    needs_translation=True,
    needs=("morphology", "glossary"),
    harm="loss",
    prior=_PRIOR,
    passage=True,
    since="2026.12",
    says=("lost-or-added", "original-breaks-off", "without-original"),
)
