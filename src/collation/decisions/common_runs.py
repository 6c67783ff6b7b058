"""How far two lists of words go together, read from the same end: what a copied passage and its model have in common.

Two measures. ``together`` bridges damage and is rough by half a dozen words; ``in_common`` counts the words themselves
and serves for short stretches.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

STRIDE = 12
_GAP = 3


def together(old: list[str], new: list[str]) -> int:
    """How far two word lists go together: until half of a dozen words in a row are others."""
    same = _same(old, new)
    stride = min(STRIDE, len(old))
    for at in range(stride, len(old) + 1):
        if sum(same[at - stride : at]) * 2 < stride:
            return at - stride
    return len(old)


def in_common(old: list[str], new: list[str]) -> int:
    """How many words two lists have in common before some in a row are others: exact to the word, for short lists."""
    same = _same(old, new)
    end = next((at for at in range(len(old)) if not any(same[at : at + _GAP])), len(old))
    return sum(same[:end])


def _same(old: list[str], new: list[str]) -> list[bool]:
    """Which words of one list the other has in the same order, up to a long insertion."""
    same = [False] * len(old)
    for block in Levenshtein.opcodes(old, new):
        if block.tag == "equal":
            same[block.src_start : block.src_end] = [True] * (block.src_end - block.src_start)
        elif block.tag == "insert" and block.dest_end - block.dest_start >= STRIDE:
            same[block.src_start :] = [False] * (len(old) - block.src_start)
            break
    return same
