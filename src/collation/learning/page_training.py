"""How far a page may be believed: the constants of ``judge/page.py``, learned from pages made of training texts.

Noise is planted in clean parallel texts (``learning/noise.py``); the page shows the clean text, in one of two faces, worn in one
of three ways (``learning/rendered_pages.py``). The judge weighs every doubt without the page, then the page is asked. Fitted are the
weights that the log-ratio has beside the judge's own log-odds, for and against, with a constant; and the weight between two readings.
The texts are pieces that carry noise for the judge as well; nothing of a measuring set is among them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.evidence.page_witness import witness_of
from collation.judge.page import MOST_APART, Opinion, answers_of, ratios_of
from collation.judge.weighing import weigh
from collation.languages.knowledge import knowledge_for
from collation.learning.examples import repairs, touches
from collation.learning.logistic import logistic
from collation.learning.material import lined_documents, number_of
from collation.learning.noise import corrupt
from collation.learning.rendered_pages import FACES, WEARS, page_pngs
from collation.model.rule import by_code
from collation.model.seen_page import SeenPage
from collation.reading import read_text
from collation.reading.page_engine import see_pages
from collation.rules import RULES
from collation.settings import Settings

RATES = (0.0, 0.03, 0.05)  # errors a word, one of them drawn for a document
_BESIDE = frozenset({"lost", "lacuna", "doubled", "capital", "inserted"})
"""Kinds of errors that a reading of a word beside them does not mend: such a doubt is neither right nor wrong."""
_WEIGHTS = np.arange(0.05, 1.01, 0.05)  # that are tried between two readings
_STEADY = 1e-3  # ridge: hardly any, the examples are many
_LEAST_SHARE = 1e-6  # probability of a reading
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AskedDoubt:
    """A doubt as the judge weighs it without the page, what the page says of it, and the truth: log-odds, what is
    said of each reading, which of them is right, whether the text is wrong.
    """

    odds: float
    opinions: tuple[Opinion, ...]
    right: tuple[bool, ...]
    wrong: bool


def pages_of(text: str, *, seed: int) -> tuple[SeenPage, ...]:
    """A text set as pages in a face and a wear that the seed draws, as the engine sees them."""
    chance = random.Random(seed)
    face, wear = chance.choice(FACES), WEARS[chance.choice(sorted(WEARS))]
    pngs = page_pngs(text, face=face, wear=wear, seed=seed % 1_000_000)
    return tuple(page for png in pngs for page in see_pages(png, label="page", digest=""))


def asked_doubts(text: str, *, seed: int) -> Iterator[AskedDoubt]:
    """The doubts of a clean text in which errors are planted, with what its page says."""
    clean = read_text(text, label="text")
    if clean.original is None or clean.translation is None:
        return
    segments = clean.original.segments
    noisy = corrupt(clean, seed=seed, rate=random.Random(seed).choice(RATES))
    pages = pages_of(clean.text[segments[0].place.start : segments[-1].place.stop], seed=seed)
    document = replace(read_text(noisy.text, label="text"), pages=pages)
    knowledge = knowledge_for()
    aligned = align(document, knowledge)
    context = Context(aligned, knowledge)
    hypotheses = [h for rule in RULES for h in rule.propose(context) if h.side == "original"]
    blind = Context(replace(aligned, document=replace(document, pages=())), knowledge)
    errors = [g for g in noisy.gold if g.side == "ru"]
    for verdict in weigh(blind, hypotheses, Settings(), by_code(RULES)):
        found = answers_of(verdict.readings, witness_of(context))
        if not found:
            continue
        near = [g for g in errors if touches(document.text, verdict.doubt.place, g)]
        kept = [(number, verdict.readings[number]) for number in sorted(found)]
        right = tuple(any(repairs(document.text, r.proposal.edits[0], g) for g in near) for _, r in kept)
        if near and not any(right) and all(g.kind in _BESIDE for g in near):
            continue
        chance = min(max(verdict.probability, 1e-4), 1 - 1e-4)
        yield AskedDoubt(
            float(np.log(chance / (1 - chance))),
            tuple(
                Opinion(score - answer.text, reading.probability, answer.free - answer.text)
                for number, reading in kept
                for answer, score in (found[number],)
            ),
            right,
            bool(near),
        )


def fit_places(doubts: Sequence[AskedDoubt]) -> tuple[float, float, float]:
    """The constant and the weights of the log-ratio for and against, by Newton's method beside the judge's log-odds."""
    rows = np.array([(1.0, *ratios_of(d.opinions)[1:]) for d in doubts])
    odds, wrong = np.array([d.odds for d in doubts]), np.array([d.wrong for d in doubts], dtype=float)
    constant, above, below = logistic(rows, wrong, beside=odds, ridge=_STEADY).tolist()
    return constant, above, below


def fit_readings(doubts: Sequence[AskedDoubt]) -> tuple[float, float, float]:
    """The weight of the log-ratio between two readings with which most first readings are right, of several that of the least
    loss; that loss, and the share that is right."""
    known = [d for d in doubts if any(d.right)]
    tried = [np.mean([_loss(d, weight) for d in known], axis=0) for weight in _WEIGHTS]
    best = max(range(len(tried)), key=lambda n: (tried[n][1], -tried[n][0]))
    return float(_WEIGHTS[best]), float(tried[best][0]), float(tried[best][1])


def _loss(doubt: AskedDoubt, weight: float) -> tuple[float, bool]:
    ratios = np.array([opinion.ratio for opinion in doubt.opinions])
    scores = np.log(np.array([opinion.share for opinion in doubt.opinions]) + _LEAST_SHARE) + weight * np.maximum(
        ratios - ratios.max(), -MOST_APART
    )
    right = np.array(doubt.right)
    loss = np.logaddexp.reduce(scores) - np.logaddexp.reduce(scores[right])
    return float(loss), bool(right[int(np.argmax(scores))])


def draw_texts(files: Iterable[tuple[Path, Path]], count: int) -> Mapping[str, str]:
    """So many noisy documents of lined texts, drawn by what they say. Raises ValueError where two files are not lined."""
    texts: dict[str, str] = {}
    for pair in files:
        texts |= lined_documents(*pair)
    return dict(sorted(texts.items(), key=lambda item: number_of(item[1]))[:count])
