"""Which documents of a collection are copies of one text: other scans, transcripts and editions of it.

Each document has a sketch, the smallest of the digests of its frames (``knowledge/collection.py``); the share that two sketches have in
common is near the share of their frames (Broder 1997). Only documents that share enough are compared, so that the cost grows with
the copies and not with the square of the documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

SIZE = 128  # digests of a sketch
LEAST = 0.2  # of two sketches, from which on two documents are called copies: with one word in ten misread half of the frames differ
_FEWEST = 8  # digests in common below which nothing can be said
_MOST = 50  # documents that have one digest, above which it is of a formula and says nothing


class Copies(NamedTuple):
    """Two documents by name, and the share of their frames that they have in common, 0 to 1."""

    left: str
    right: str
    share: float


def sketch(frames: Iterable[str]) -> tuple[str, ...]:
    """The smallest of the digests, in order."""
    return tuple(sorted(set(frames))[:SIZE])


def near_copies(sketches: Mapping[str, tuple[str, ...]]) -> list[Copies]:
    """The pairs of documents that are copies of one text, the likest first, then by name."""
    having: dict[str, list[str]] = {}
    for name in sorted(sketches):
        for digest in sketches[name]:
            having.setdefault(digest, []).append(name)
    common: Counter[tuple[str, str]] = Counter()
    for names in having.values():
        if len(names) <= _MOST:
            common.update((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
    found = [Copies(a, b, _share(sketches[a], sketches[b])) for (a, b), n in common.items() if n >= _FEWEST]
    return sorted((c for c in found if c.share >= LEAST), key=lambda c: (-c.share, c.left, c.right))


def _share(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    smallest = set(sorted({*left, *right})[:SIZE])
    return len(smallest & set(left) & set(right)) / len(smallest)
