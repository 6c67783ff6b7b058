"""A translation that belongs elsewhere.

Editions and archives pair texts that do not translate each other: another page, another document, an extract. Then the
words of the one say nothing of the other, and this is reported; and likewise when some paragraphs running have no
counterpart while those around them have. These are notes, no readings are proposed.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context
from collation.model import Feature, Hypothesis, Link, Place, Segment, Witness
from collation.model.hypothesis import Side
from collation.model.rule import Rule
from collation.rules.base import without_reading

CODE = "PAIR901"
_RUN = 3  # paragraphs without counterpart in a row
_WORDS = 6  # words of a paragraph that counts
_GOOD = 0.35  # score of a well aligned neighbour
_SURE = 1.0  # log-odds where the texts are no translation of each other
_EACH_MORE = 0.2  # log-odds of each further paragraph


def propose(context: Context) -> Iterator[Hypothesis]:
    """A pair of texts that do not translate each other, or paragraphs running without counterpart."""
    original, translation = context.document.original, context.document.translation
    if original is None or translation is None or not (original.segments and translation.segments):
        return
    if not context.aligned.parallel:
        places = (translation.segments[0].place, original.segments[0].place)
        yield without_reading(
            CODE, places, (Feature("strength", _SURE, places, "", "texts-apart"),), side="translation"
        )
        return
    yield from _runs(context.aligned.links, original, "original")
    yield from _runs(context.aligned.links, translation, "translation")


def _runs(links: tuple[Link, ...], witness: Witness, side: Side) -> Iterator[Hypothesis]:
    """Paragraphs of one side without counterpart, three and more in a row, between paragraphs that have theirs."""
    scores = [0.0] * len(witness.segments)
    for link in links:
        own, other = (link.original, link.translation) if side == "original" else (link.translation, link.original)
        for index in own:
            scores[index] = link.score if other else -1.0
    run: list[int] = []
    for index in range(len(scores) + 1):
        if index < len(scores) and scores[index] < 0:
            run.append(index)
            continue
        prose = [i for i in run if _is_prose(witness.segments[i])]
        if len(prose) >= _RUN and _good(scores, run[0] - 1) and _good(scores, index):
            yield _hypothesis(witness, prose, side)
        run = []


def _good(scores: list[float], index: int) -> bool:
    """Whether a neighbour is well aligned; the text's own beginning and end are as good."""
    return not 0 <= index < len(scores) or scores[index] >= _GOOD


def _is_prose(segment: Segment) -> bool:
    return segment.kind == "paragraph" and sum(t.kind == "word" for t in segment.tokens) >= _WORDS


def _hypothesis(witness: Witness, prose: list[int], side: Side) -> Hypothesis:
    places = [witness.segments[i].place for i in prose]
    said = Feature(
        "strength",
        _EACH_MORE * (len(prose) - _RUN),
        tuple(places),
        "",
        "without-counterpart",
        (("count", str(len(prose))),),
    )
    return without_reading(CODE, (Place.cover(places),), (said,), side=side)


RULE = Rule(
    code=CODE,
    family="PAIR",
    name="misaligned or missing translation",
    propose=propose,
    sides=("original", "translation"),
    needs=("glossary",),
    harm="loss",
    prior=0.5,
    level="note",
    passage=True,
    since="2026.11",
    says=("texts-apart", "without-counterpart"),
)
