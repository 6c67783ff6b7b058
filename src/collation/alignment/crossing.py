"""Links that the monotone pass cannot make: across the order, into lists, and of what is left alone on both sides.

Headers and lists are in another order on the other side. Short segments left alone are linked by their words, best
first; a line of a list joins the line that names the same; and where nothing but a few short lines is left between two
links on both sides, they are linked by length, as a signature is to its transliteration.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from collation.alignment.answer_tables import Evidence
from collation.alignment.beads import Bead, bead_score
from collation.model import Link

_LINK_LEAST = 0.08
_CROSSING = 0.45
_JOINING = 0.55
_LENGTH = 160
_SLOT = 4
_BY_LENGTH = 0.5
_COST = 0.25


@dataclass(frozen=True, slots=True)
class _State:
    """The links kept so far and the segments of either side that have none."""

    links: tuple[Link, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]


def complete(beads: list[Bead], evidence: Evidence) -> list[Link]:
    """The beads as links, with what was left alone linked where its words or its neighbours say so."""
    state = _between(evidence, _join(evidence, _cross(evidence, _keep(beads, evidence))))
    gaps = [Link((i,), (), 0.0) for i in state.left] + [Link((), (j,), 0.0) for j in state.right]
    return _ordered([*state.links, *gaps])


def _keep(beads: list[Bead], evidence: Evidence) -> _State:
    """Weak beads dissolved, pairs that cross taken apart."""
    links: list[Link] = []
    left: list[int] = []
    right: list[int] = []
    for bead in beads:
        if bead.original and bead.translation and bead.score >= _LINK_LEAST:
            links.extend(_uncrossed(bead, evidence))
        else:
            left.extend(bead.original)
            right.extend(bead.translation)
    return _State(tuple(links), tuple(left), tuple(right))


def _uncrossed(bead: Bead, evidence: Evidence) -> list[Link]:
    """A bead as a link; two opposite two as two links when the first answers the second and the second the first."""
    if len(bead.original) == len(bead.translation) == 2:
        (i, k), (j, m) = bead.original, bead.translation
        across = [(i, m, _score(evidence, i, m)), (k, j, _score(evidence, k, j))]
        straight = max(_score(evidence, i, j), _score(evidence, k, m))
        if min(value for *_, value in across) > max(_CROSSING, straight):
            return [Link((x,), (y,), round(value, 4)) for x, y, value in across]
    return [Link(bead.original, bead.translation, round(bead.score, 4))]


def _score(evidence: Evidence, i: int, j: int) -> float:
    return bead_score(evidence, range(i, i + 1), range(j, j + 1))


def _cross(evidence: Evidence, state: _State) -> _State:
    """Short segments without a link, linked across the order, best first."""
    free = set(state.right)
    found = []
    for i in state.left:
        if evidence.row_lengths[i] <= _LENGTH:
            for j in evidence.rows[i].keys() & free:
                value = _score(evidence, i, j)
                if evidence.column_lengths[j] <= _LENGTH and value >= _CROSSING:
                    found.append((-value, i, j))
    left, right, links = set(state.left), free, list(state.links)
    for value, i, j in sorted(found):
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            links.append(Link((i,), (j,), round(-value, 4)))
    return _State(tuple(links), tuple(sorted(left)), tuple(sorted(right)))


def _join(evidence: Evidence, state: _State) -> _State:
    """Lines of either side joined to the short line opposite that names the same and has another link already."""
    links = list(state.links)
    single_left = {link.original[0]: k for k, link in enumerate(links) if len(link.original) == 1}
    left: list[int] = []
    right: list[int] = []
    for j in state.right:
        best = _best(evidence, [(i, j, k) for i in evidence.columns[j] if (k := single_left.get(i, -1)) >= 0])
        if best is None:
            right.append(j)
        else:
            links[best] = replace(links[best], translation=tuple(sorted((*links[best].translation, j))))
    single_right = {link.translation[0]: k for k, link in enumerate(links) if len(link.translation) == 1}
    for i in state.left:
        best = _best(evidence, [(i, j, k) for j in evidence.rows[i] if (k := single_right.get(j, -1)) >= 0])
        if best is None:
            left.append(i)
        else:
            links[best] = replace(links[best], original=tuple(sorted((*links[best].original, i))))
    return _State(tuple(links), tuple(left), tuple(right))


def _best(evidence: Evidence, pairs: list[tuple[int, int, int]]) -> int | None:
    """The link of the best pair of short segments, if it is good enough to join."""
    found = [
        (_score(evidence, i, j), -k)
        for i, j, k in pairs
        if evidence.row_lengths[i] <= _LENGTH and evidence.column_lengths[j] <= _LENGTH
    ]
    value, k = max(found, default=(0.0, 0))
    return -k if value >= _JOINING else None


def _between(evidence: Evidence, state: _State) -> _State:
    """The few short segments alone on both sides between two links, linked in order by words and length."""
    ordered = sorted(state.links, key=lambda link: link.original)
    edges = [(-1, -1), *((k.original[-1], k.translation[-1]) for k in ordered)]
    ends = [*((k.original[0], k.translation[0]) for k in ordered), (len(evidence.rows), len(evidence.columns))]
    links, left, right = list(state.links), set(state.left), set(state.right)
    for (i, j), (k, m) in zip(edges, ends, strict=True):
        own = [x for x in range(i + 1, k) if x in left]
        other = [y for y in range(j + 1, m) if y in right]
        if 0 < len(own) <= _SLOT and 0 < len(other) <= _SLOT:
            for x, y in _pairs(evidence, own, other):
                links.append(Link((x,), (y,), round(_score(evidence, x, y), 4)))
                left.discard(x)
                right.discard(y)
    return _State(tuple(links), tuple(sorted(left)), tuple(sorted(right)))


def _pairs(evidence: Evidence, own: list[int], other: list[int]) -> list[tuple[int, int]]:
    """The best pairs in order; a pair must earn its cost by words or by like length."""
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [
        [(0.0, [])] * (len(other) + 1) for _ in range(len(own) + 1)
    ]
    for a, x in enumerate(own, 1):
        for b, y in enumerate(other, 1):
            value = _worth(evidence, x, y)
            choices = [best[a - 1][b], best[a][b - 1]]
            if value > 0:
                total, pairs = best[a - 1][b - 1]
                choices.append((total + value, [*pairs, (x, y)]))
            best[a][b] = max(choices, key=lambda choice: choice[0])
    return best[-1][-1][1]


def _worth(evidence: Evidence, i: int, j: int) -> float:
    left, right = evidence.row_lengths[i], evidence.column_lengths[j]
    if max(left, right) > _LENGTH:
        return 0.0
    return _score(evidence, i, j) + _BY_LENGTH * min(left, right) / max(left, right) - _COST


def _ordered(links: list[Link]) -> list[Link]:
    """In order of the original; a gap of the translation behind what its left neighbour is opposite."""
    reached: dict[int, int] = {}
    for link in links:
        if link.original and link.translation:
            reached[link.translation[0]] = max(link.original[-1], reached.get(link.translation[0], -1))
    last, before = -1, {}
    for j in range(max((link.translation[-1] for link in links if link.translation), default=-1) + 1):
        before[j] = last
        last = max(last, reached.get(j, -1))
    return sorted(links, key=lambda k: (k.original or (before[k.translation[0]],), k.translation))
