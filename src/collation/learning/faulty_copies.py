"""Copies of a clean text with faults planted in it, and perhaps with a pair of sentences that is right as a bait."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from collation.learning.side_faults import Fault, Page, Pool, drawn

APART = 2  # sentence pairs between two faults
_TRIES = 8  # times that a fault is drawn anew because it is near another


@dataclass(frozen=True)
class FaultyCopy:
    """A text with faults and a bait: where they came to stand, and the stretches of their sentences opposite."""

    text: str
    faults: tuple[tuple[Fault, tuple[int, int], tuple[int, int]], ...]
    bait: tuple[tuple[int, int], ...]


def copied(page: Page, faults: list[Fault], bait: tuple[str, str] | None, rng: random.Random) -> FaultyCopy:
    """The text with the faults in it, and the bait where one is given."""
    edits = [(f.start, f.stop, f.text) for f in faults]
    free = [n for n in page.pairs if all(abs(n - f.pair) > APART for f in faults)]
    points: list[int] = []
    if free and bait:
        pair = page.context.pairs[rng.choice(free)]
        points = [pair.original[-1].stop, pair.translation[-1].stop]
        edits += [(at, at, " " + words) for at, words in zip(points, bait, strict=True)]
    edits.sort()
    text, last, parts = page.document.text, 0, []
    for start, stop, words in edits:
        parts += [text[last:start], words]
        last = stop
    moved = "".join((*parts, text[last:]))

    def there(offset: int, *, behind: bool = True) -> int:
        return offset + sum(len(w) - (b - a) for a, b, w in edits if (b <= offset if behind else b < offset))

    placed = []
    for f in faults:
        start = there(f.start, behind=False)
        placed.append((f, (start, start + len(f.text)), (there(f.opposite[0]), there(f.opposite[1], behind=False))))
    baits = tuple(
        (there(at, behind=False), there(at, behind=False) + len(w) + 1)
        for at, w in zip(points, bait or (), strict=False)
    )
    return FaultyCopy(moved, tuple(placed), baits)


def faults_for(
    page: Page, kinds: Sequence[tuple[str, str]], pool: Pool, rng: random.Random
) -> tuple[list[Fault], list[tuple[str, str]]]:
    """One fault of each kind and side asked for, no two near each other; and the kinds that found no place."""
    found: list[Fault] = []
    missing: list[tuple[str, str]] = []
    for kind, side in kinds:
        for _ in range(_TRIES):
            fault = drawn(page, kind, side, pool, rng)
            if fault is None or all(abs(fault.pair - f.pair) > APART for f in found):
                break
            fault = None
        if fault is None:
            missing.append((kind, side))
        else:
            found.append(fault)
    return found, missing
