"""Examples to learn the judge's weights from: proposals on noisy texts, labelled by the planted errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.evidence.measures import Measurer
from collation.judge.features import vector
from collation.judge.merging import merge
from collation.judge.weighing import measure_all
from collation.languages.knowledge import knowledge_for
from collation.learning.noise import Corruption, Noisy
from collation.model import Document
from collation.model.rule import by_code
from collation.reading import read_text
from collation.rules import RULES


@dataclass(frozen=True, slots=True)
class Example:
    """One doubt: the feature rows of its proposals, which of them is right, and whether something is wrong there."""

    document: str
    rows: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]
    wrong: bool
    kind: str
    texts: tuple[str, ...] = ()
    observed: str = ""


def examples(noisy: Noisy, *, label: str) -> Iterator[Example]:
    """The doubts of a noisy text. Planted errors that nothing doubts yield nothing."""
    document = read_text(noisy.text, label=label)
    yield from from_document(document, noisy.gold, label=label)


def from_document(document: Document, gold: tuple[Corruption, ...], *, label: str) -> Iterator[Example]:
    """The doubts of a document whose errors are known."""
    knowledge = knowledge_for()
    context = Context(align(document, knowledge), knowledge)
    hypotheses = [h for rule in RULES for h in rule.propose(context) if h.side == "original" and h.edits]
    rules = by_code(RULES)
    doubts = merge(hypotheses, rules)
    for doubt, measured in zip(doubts, measure_all(Measurer(context), doubts, rules), strict=True):
        if not measured:
            continue
        rows = tuple(vector(p, m) for p, m in measured)
        kept = [p for p, _ in measured]
        touched = [g for g in gold if g.side == "ru" and g.start < doubt.place.stop and doubt.place.start < g.stop]
        right = tuple(
            any(
                _repairs(document.text, p.edits[0].place.start, p.edits[0].place.stop, p.edits[0].text, g)
                for g in touched
            )
            for p in kept
        )
        kind = touched[0].kind if touched else ""
        texts = tuple(p.edits[0].text for p in kept)
        yield Example(label, rows, right, bool(touched), kind, texts, doubt.place.of(document.text))


def _repairs(text: str, start: int, stop: int, reading: str, gold: Corruption) -> bool:
    """Whether a reading in its place gives the same local text as the clean words in theirs."""
    low, high = min(start, gold.start), max(stop, gold.stop)
    return _norm(text[low:start] + reading + text[stop:high]) == _norm(
        text[low : gold.start] + gold.clean + text[gold.stop : high]
    )


def _norm(text: str) -> str:
    joined: str = regex.sub(r"(?<=\p{L})-[ \t]*\r?\n\s*(?=\p{L})", "", text)
    folded: str = regex.sub(r"\s+", " ", joined)
    return folded.replace("ё", "е").replace("Ё", "Е").strip()
