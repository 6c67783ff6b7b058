"""Whether a stretch of the reviewed text is where it was: an old state of a paragraph may be kept elsewhere.

When a paragraph is typed anew and its old state is kept in an appendix, the words with their very surroundings are in
the appendix, and at home nothing is like them any more. So it is asked what is at home: the words that preceded
the stretch and those that followed it are looked for in the later text. A stretch that joins them is at home; one
that joins neither has moved, if its home is empty, and is a copy, if there is something in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import Indel

from collation.decisions.word_diff import RUN, once

_FAR = 300
"""How many words from the end of a stretch something is looked for that goes on with it."""
_SLACK = 6
_DRIFT = 8
"""How many words off its old distance from the neighbours a word may be in a paragraph that was typed anew."""
_FILLED = 0.25
"""What is at home is taken for the stretch in another state from this share of its words on."""
_ALIKE = 0.35

Words = tuple[str, ...]
Pair = tuple[int, int]
"""A word of the reviewed text and the word of the later one that it is."""


def is_copy(first: int, last: int, there: int, old: Words, new: Words, rivals: Iterable[int] = ()) -> bool:
    """Whether the words ``first`` to ``last`` of the reviewed text, found ``there``, are in a copy of their stretch.

    That is so where what preceded and followed the stretch has something else between it; ``rivals`` are where the
    words also occur in surroundings that are somewhat like theirs.
    """
    runs = {i: j for run, i in once(old).items() if (j := once(new).get(run)) is not None}
    start, before = _followed((first, there), range(first - RUN, -1, -1), runs)
    stop, behind = _followed((last, there + last - first), range(last, len(old)), runs)
    length, left, right = stop[0] - start[0], before is None, behind is None
    if left and right:
        return False
    if before is not None and behind is not None:
        if not before < behind or behind - before < max(RUN, _FILLED * length):
            return False
        if (
            before <= start[1] and stop[1] <= behind
        ):  # at home, with lines put in on both sides: or its old state beside the new
            beside, own = (new[before : start[1]], new[stop[1] : behind]), old[start[0] : stop[0]]
            return any(_is_like(words, own) for words in beside)
        return True
    if before is not None:
        gap = range(before, start[1]) if before < start[1] else range(before, before + length)
        own = old[start[0] : min(stop[0], start[0] + len(gap))]
    else:
        assert behind is not None
        gap = range(stop[1], behind) if behind > stop[1] else range(max(0, behind - length), behind)
        own = old[max(start[0], stop[0] - len(gap)) : stop[0]]
    wanted = gap.start + first - start[0], gap.stop - (stop[0] - first)
    return any(r in gap and abs(r - w) <= _DRIFT for r in rivals for w in wanted) or _is_like(
        new[gap.start : gap.stop], own
    )


def _followed(end: Pair, outwards: Iterable[int], runs: Mapping[int, int]) -> tuple[Pair, int | None]:
    """How far the stretch goes from one of its ends, and where in the later text that is which came next to it.

    The latter is None where the stretch goes on to the end of the text, or where nothing is known of what came next.
    """
    stray: Pair | None = None
    for at in outwards:
        if abs(at - end[0]) > _FAR:
            break
        where = runs.get(at)
        if where is None:
            continue
        if abs((where - end[1]) - (at - end[0])) <= _SLACK:
            end, stray = (at, where), None
        elif stray is None:
            stray = at, where
    return end, None if stray is None else stray[1] + end[0] - stray[0]


def _is_like(between: Words, own: Words) -> bool:
    """Whether what is between a stretch and its neighbour may be the end of the stretch that lies there in another
    state: a good part of its words, in their order, in both halves. A passage that was copied here from farther off is
    like one half at most.
    """
    if len(own) < RUN or len(between) < _FILLED * len(own):
        return False
    halves = [(words[: len(words) // 2], words[len(words) // 2 :]) for words in (between, own)]
    return all(
        float(Indel.similarity(one, other)) / 2 >= _ALIKE * len(other) for one, other in zip(*halves, strict=True)
    )
