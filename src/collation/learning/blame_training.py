"""Learn what the arguments of blame are worth: values of sound parallel texts altered on one side, and who was at fault.

usage: python -m collation.learning.blame_training TEXTS [--words N] [--out FILE] [--seed N]

TEXTS is the folder of ``collation.learning.train``. In each document that carries noise some values that both sides have
are altered, on either side as often: most by any other figure, number word, month or year; some as only a scanner would
(like figures, in the original alone), as only a translator would (million for billion, 13 for 30, a nought too many), or
as a typist on either side (figures that change places, the next number). What a document then says for either side is
weighed by logistic regression without intercept. The shares that are right are printed out of fold, by documents, with
their calibration. Blind to how often each kind of slip happens in real archives: that mixture is chosen, not measured.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.knowledge.values.blame import LEARNED, SAID, digits_confusable
from collation.knowledge.values.quantities import NumberPiece, Value, same
from collation.languages.knowledge import knowledge_for
from collation.learning import manifest
from collation.learning.logistic import logistic
from collation.learning.material import draw, lined_documents
from collation.learning.reliability import reliability, wilson
from collation.reading import read_text
from collation.rules.values.differences import survey
from collation.rules.values.document_values import KnownValue, Record
from collation.rules.values.value_at_fault import blame_arguments
from collation.rules.values.value_cases import differing
from collation.rules.values.value_closeness import value_closeness
from collation.rules.values.value_pairs import OpposedValues
from collation.system.console import say
from collation.system.files import write_whole

FOLDS = 5
_DISPUTED = 0.5  # weight of a value that one side has
_ANY, _SCAN, _TRANSLATOR = 0.6, 0.75, 0.9  # shares of the kinds of slips, one behind the other; the rest are typists'
_MOST_TRIES = 12
Side = str
_SCALES = (Fraction(10**3), Fraction(10**6), Fraction(10**9))
_SIDES: tuple[Side, ...] = ("original", "translation")
_COPIES = 2  # times that a value is altered on either side
_LEAST = 20  # values of which an argument must speak; the weight of a rarer one stays as it is set by hand


@dataclass(frozen=True, slots=True)
class Blamed:
    """One altered value: the document, the side that was altered, and the arguments by their names."""

    document: str
    original: bool
    arguments: dict[str, float]


def altered(piece: NumberPiece, side: Side, chance: random.Random) -> Fraction | None:
    """Another value for a piece, as a slip of the side would have it; None where the drawn slip does not fit."""
    value = piece.value
    if value is None or value.denominator != 1:
        return None
    drawn = chance.random()
    if drawn < _ANY:
        return _any_other(piece, int(value), chance)
    if drawn < _SCAN:
        return _like_figures(value, chance) if side == "original" and piece.form == "digits" else None
    if drawn < _TRANSLATOR:
        return _of_another_order(piece, value, chance) if side == "translation" else None
    figures = str(int(value))
    if piece.form != "digits" or len(figures) < 2:
        return value + chance.choice((-1, 1))
    k = chance.randrange(len(figures) - 1)
    return Fraction(int(figures[:k] + figures[k + 1] + figures[k] + figures[k + 2 :]))


def _any_other(piece: NumberPiece, value: int, chance: random.Random) -> Fraction:
    if piece.role == "month":
        return Fraction(chance.randrange(1, 13))
    if piece.role == "scale":
        return chance.choice(_SCALES)
    if piece.form == "word":
        return Fraction(chance.choice((*range(2, 13), 20, 30, 40, 50)))
    figures = str(value)
    k = (
        len(figures) - 1 - chance.randrange(min(2, len(figures)))
        if piece.role == "year"
        else chance.randrange(len(figures))
    )
    return Fraction(int(figures[:k] + chance.choice("0123456789") + figures[k + 1 :]))


def _like_figures(value: Fraction, chance: random.Random) -> Fraction | None:
    figures = str(int(value))
    k = chance.randrange(len(figures))
    like = [d for d in "0123456789" if digits_confusable(figures, figures[:k] + d + figures[k + 1 :])]
    return Fraction(int(figures[:k] + chance.choice(like) + figures[k + 1 :])) if like else None


def _of_another_order(piece: NumberPiece, value: Fraction, chance: random.Random) -> Fraction | None:
    if piece.role == "scale" and value in _SCALES:
        return chance.choice([s for s in _SCALES if s != value])
    if piece.role != "amount":
        return None
    if 13 <= value <= 19:
        return (value - 10) * 10
    if value in {30, 40, 50, 60, 70, 80, 90}:
        return value / 10 + 10
    return value * 10 if value >= 100 else None


def blamed(name: str, text: str, seed: int) -> Iterator[Blamed]:
    """The altered values of a document, one at a time, of those that would be seen as differences. The document is aligned
    once: one altered figure does not change which words answer each other."""
    knowledge = knowledge_for()
    context = Context(align(read_text(text, label=name), knowledge), knowledge)
    chance = random.Random(f"{seed} {name}")
    opposition, about = context.once(survey)
    for opposed in opposition.equal:
        if opposed.original.value.loose or opposed.translation.value.loose:
            continue
        yield from (b for side in _SIDES * _COPIES if (b := _one(name, opposed, about, side, chance)) is not None)


def _one(name: str, opposed: OpposedValues, about: Record, side: Side, chance: random.Random) -> Blamed | None:
    """One altered value; None where it would not be seen as a difference."""
    mention = opposed.original if side == "original" else opposed.translation
    other = opposed.translation.value if side == "original" else opposed.original.value
    value = _altered_value(mention.value, side, chance)
    if value is None or same(value, other) or value_closeness(value, other) is None:
        return None
    changed = replace(mention, value=value)
    noisy = replace(opposed, original=changed) if side == "original" else replace(opposed, translation=changed)
    said = blame_arguments(differing(noisy), _with_altered(about, value, other))
    return Blamed(name, side == "original", {f.name: f.value for f in said})


def _altered_value(value: Value, side: Side, chance: random.Random) -> Value | None:
    for _ in range(_MOST_TRIES):
        piece = chance.choice(value.pieces)
        other = altered(piece, side, chance)
        if other is not None and other != piece.value and other > 0 and not piece.read:
            changed = replace(piece, values=frozenset({other}))
            pieces = tuple(changed if p is piece else p for p in value.pieces)
            return replace(value, pieces=pieces, others=())
    return None


def _with_altered(about: Record, value: Value, other: Value) -> Record:
    """What the document says of values when this one is altered: its place has the new value, and both are in dispute."""
    texts = tuple(
        KnownValue(value if k.place == value.place else k.value, k.place, _DISPUTED, True)
        if k.place in {value.place, other.place}
        else k
        for k in about.texts
    )
    amount = value.amount
    series = tuple(
        tuple((amount if place == value.place and amount is not None else own, place) for own, place in listed)
        for listed in about.series
    )
    return replace(about, texts=texts, series=series)


def out_of_fold(listed: Sequence[Blamed]) -> list[tuple[float, bool]]:
    """For each altered value the probability of the side that is blamed, and whether it is the right one, by weights that
    have not seen its document."""
    names = sorted({b.document for b in listed})
    fold = {name: k % FOLDS for k, name in enumerate(names)}
    found = []
    for k in range(FOLDS):
        weights = logistic(*_table([b for b in listed if fold[b.document] != k]))
        own = [b for b in listed if fold[b.document] == k]
        rows, labels = _table(own)
        for share, label in zip(1.0 / (1.0 + np.exp(-rows @ weights)), labels, strict=True):
            found.append((float(max(share, 1 - share)), (share >= 0.5) == bool(label)))
    return found


def _table(listed: Sequence[Blamed]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows = np.array([[b.arguments.get(name, 0.0) for name in LEARNED] for b in listed])
    return rows, np.array([float(b.original) for b in listed])


def _told(outcomes: list[tuple[float, bool]]) -> str:
    error, bins = reliability(outcomes, 5)
    said = [right for share, right in outcomes if share >= SAID]
    low, high = wilson(sum(said), len(said))
    lines = [
        f"altered values seen as differences: {len(outcomes)}",
        f"a side is named (from {SAID}): {len(said)}, right {sum(said) / max(1, len(said)):.3f} [{low:.2f}–{high:.2f}]",
        f"right of all: {sum(right for _, right in outcomes) / max(1, len(outcomes)):.3f}; calibration error {error:.3f}",
        *(f"  said {share:.2f}  right {right:.2f}  {count}" for share, right, count in bins),
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    documents: dict[str, str] = {}
    for pair in manifest.sides(manifest.read_manifest(manifest.manifest_of(args.texts)), args.texts, "lined"):
        documents |= lined_documents(*pair)
    listed = [b for name, text in draw(documents, args.words).items() for b in blamed(name, text, args.seed)]
    say(_told(out_of_fold(listed)))
    weights = logistic(*_table(listed))
    seen = {name: sum(name in b.arguments for b in listed) for name in LEARNED}
    lines = [
        "# what: how far each argument speaks for the original's fault where two values differ, in log-odds",
        f"# source: python -m collation.learning.blame_training, {len(listed)} altered values of {len({b.document for b in listed})} texts",
        *(f"{name}\t{w:.2f}" for name, w in sorted(zip(LEARNED, weights, strict=True)) if seen[name] >= _LEAST),
    ]
    text = "\n".join(lines) + "\n"
    say(text)
    if args.out:
        write_whole(args.out, text)


if __name__ == "__main__":
    main()
