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
from collation.model import Document, Edit, Place
from collation.model.rule import by_code
from collation.reading import read_text
from collation.rules import RULES


@dataclass(frozen=True, slots=True)
class Example:
    """One doubt: the feature rows of its proposals, which of them is right, whether something is wrong there, and whether it is of a
    text that a reader misread rather than a program."""

    document: str
    rows: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]
    wrong: bool
    kind: str
    texts: tuple[str, ...] = ()
    observed: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class PlantedError:
    """An error that was planted: whether any doubt touches it, and whether a reading was proposed that mends it."""

    document: str
    kind: str
    doubted: bool
    mendable: bool


def examples(noisy: Noisy, *, label: str) -> tuple[list[Example], list[PlantedError]]:
    """The doubts of a noisy text, and what became of its errors."""
    labelled = list(_labelled(read_text(noisy.text, label=label), noisy.gold, label))
    found = {g for _, touched, _ in labelled for g in touched}
    mended = {g for _, _, repaired in labelled for g in repaired}
    errors = [PlantedError(label, g.kind, g in found, g in mended) for g in noisy.gold]
    return [example for example, _, _ in labelled], errors


def from_document(document: Document, gold: tuple[Corruption, ...], *, label: str) -> Iterator[Example]:
    """The doubts of a document whose errors are known.

    A doubt is wrong where it touches an error. One beside lost words, and one of a word whose letter case alone is wrong, is wrong
    only if it has a reading that restores the text; else it is neither an error found nor a false alarm, and is left out.
    """
    return (example for example, _, _ in _labelled(document, gold, label))


def _labelled(
    document: Document, gold: tuple[Corruption, ...], label: str
) -> Iterator[tuple[Example, list[Corruption], set[Corruption]]]:
    """The doubts, each with the errors that it finds and those that one of its readings mends."""
    knowledge = knowledge_for()
    context = Context(align(document, knowledge), knowledge)
    hypotheses = [h for rule in RULES for h in rule.propose(context) if h.side == "original" and h.edits]
    rules = by_code(RULES)
    doubts = merge(hypotheses, rules)
    errors = [g for g in gold if g.side == "ru"]
    for doubt, measured in zip(doubts, measure_all(Measurer(context), doubts, rules), strict=True):
        if not measured:
            continue
        kept = [p for p, _ in measured]
        near = [g for g in errors if touches(document.text, doubt.place, g)]
        repaired = [{g for g in near if repairs(document.text, p.edits[0], g)} for p in kept]
        found = [g for g in near if _is_wrong_alone(g) or any(g in r for r in repaired)]
        if near and not found:
            continue
        example = Example(
            document=label,
            rows=tuple(vector(p, m) for p, m in measured),
            right=tuple(map(bool, repaired)),
            wrong=bool(found),
            kind=found[0].kind if found else "",
            texts=tuple(p.edits[0].text for p in kept),
            observed=doubt.place.of(document.text),
        )
        yield example, found, set().union(*repaired)


def _is_wrong_alone(gold: Corruption) -> bool:
    """Whether whatever touches an error has found it, with a right reading or without."""
    return gold.start < gold.stop and gold.kind != "capital"


def touches(text: str, place: Place, gold: Corruption) -> bool:
    """Whether a doubt is about an error: they overlap, or only blanks are between it and the point where text is lost."""
    if gold.start < gold.stop:
        return gold.start < place.stop and place.start < gold.stop
    if place.start <= gold.start <= place.stop:
        return True
    return not text[min(place.stop, gold.start) : max(place.start, gold.start)].strip()


def repairs(text: str, edit: Edit, gold: Corruption) -> bool:
    """Whether a reading in its place gives the same local text as the clean words in theirs."""
    start, stop = edit.place.start, edit.place.stop
    low, high = min(start, gold.start), max(stop, gold.stop)
    return _norm(text[low:start] + edit.text + text[stop:high]) == _norm(
        text[low : gold.start] + gold.clean + text[gold.stop : high]
    )


def _norm(text: str) -> str:
    joined: str = regex.sub(r"(?<=\p{L})-[ \t]*\r?\n\s*(?=\p{L})", "", text)
    folded: str = regex.sub(r"\s+", " ", joined)
    return folded.replace("ё", "е").replace("Ё", "Е").strip()
