"""What further texts of the original have at the doubts of a document, and whether such a text is a copy of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from collation.evidence.context import Context
from collation.evidence.other_texts import Compared, other_texts, words_in
from collation.evidence.usualness import clip
from collation.judge.log_odds import probability_of
from collation.model.doubt import WeighedDoubt, WeighedReading
from collation.model.witness_table import spaced

# The share of errors that a text made apart has too (.01 of two scanners, more of readers); that a copy has
SHARED, _COPIED = 0.03, 0.9
_A_COPY, _SURE_FALSE = 0.1, 0.15  # how often a further text is a copy; how often what the judge is sure of is none
_SURE = 0.9  # the probability of a doubt that is called sure
_FIRST = 4.0  # log-odds by which a reading that a text has is believed beside others


@dataclass(frozen=True, slots=True)
class Stand:
    """What one text has at a doubt: the numbers of the readings that it ``has``, or that it ``agrees``, or its own ``text``."""

    compared: Compared
    has: tuple[int, ...]
    agrees: bool
    text: str


def stands(context: Context, verdict: WeighedDoubt) -> tuple[Stand, ...]:
    """What each text that reaches so far has at a doubt about the original."""
    found = []
    for compared in context.once(other_texts).used if verdict.doubt.side == "original" else ():
        edits = [(n, w.proposal.edits[0]) for n, w in enumerate(verdict.readings) if len(w.proposal.edits) == 1]
        has = tuple(
            n for n, edit in edits if (at := compared.stretch(edit.place)) is not None and compared.has(at, edit.text)
        )
        here = compared.stretch(verdict.place)
        if has or here is not None:
            same = [edit.text for _, edit in edits if edit.place == verdict.place]
            agrees = not has and here is not None and compared.agrees(here, same)
            text = "" if here is None else spaced(compared.tokens_at(here))
            found.append(Stand(compared, has, agrees, text))
    return tuple(found)


def marked(verdict: WeighedDoubt, found: Sequence[Stand]) -> tuple[WeighedReading, ...]:
    """The readings of a doubt with the sigla of the texts that have them, believed the more for each; those that most have come
    first, but where the page's image was asked the likeliest: a text may be misread there as well, and the page shows it."""
    named = [
        replace(w, witnesses=tuple(s.compared.siglum for s in found if n in s.has))
        for n, w in enumerate(verdict.readings)
    ]
    weights = [w.probability * math.exp(min(3, len(w.witnesses)) * _FIRST) for w in named]
    left = max(0.0, 1.0 - sum(w.probability for w in named))
    total = sum(weights) + left
    readings = [replace(w, probability=value / total) for w, value in zip(named, weights, strict=True)]
    return tuple(sorted(readings, key=lambda w: (0 if verdict.page else -len(w.witnesses), -w.probability)))


def shared_errors(compared: Compared, verdicts: Iterable[WeighedDoubt]) -> float:
    """The share of the document's errors that a text has too, by whether it is a copy: each doubted word of the document that it
    has as well speaks for a copy as far as the word is wrong, each that is surely wrong and that it has otherwise against one.
    """
    alike: dict[str, float] = {}
    otherwise: set[str] = set()
    for verdict in verdicts:
        if verdict.doubt.side != "original" or not any(r.measures for r in verdict.readings):
            continue
        here = compared.stretch(verdict.place)
        if here is None:
            continue
        form, wrong = words_in(spaced(here.own)), min(1.0 - _SURE_FALSE, verdict.probability)
        if compared.agrees(here):
            alike[form] = max(wrong, alike.get(form, 0.0))
        elif verdict.probability >= _SURE:
            otherwise.add(form)
    odds = math.log(_A_COPY / (1.0 - _A_COPY))
    odds += sum(math.log((p * _COPIED + 1.0 - p) / (p * SHARED + 1.0 - p)) for p in alike.values())
    odds += max(len(otherwise), compared.odd_words[0]) * math.log((1.0 - _COPIED) / (1.0 - SHARED))
    copy = probability_of(clip(odds, 50))
    return copy * _COPIED + (1.0 - copy) * SHARED
