"""Where the boxes and arrows of a layered drawing go (Sugiyama, Tagawa and Toda 1981).

An arrow that passes a layer becomes a chain with a thread, a narrow invisible box, in each layer between. The order in a
layer is improved by the mean place of the neighbours while arrows cross less often; places across are then pulled
towards the neighbours, as far as the order allows. No chance is used: the same drawing comes out each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 24
_PULLS = 60
_STRAIGHT = 8.0
_THREAD = "|"  # in the names of threads only


@dataclass(frozen=True, slots=True)
class Layout:
    """The layers from left to right, threads included, the middle of each box, and where arrows leave and enter."""

    rows: tuple[tuple[str, ...], ...]
    depth: Mapping[str, int]
    x: Mapping[str, float]
    chains: tuple[tuple[str, ...], ...]
    leaves: Mapping[tuple[str, str], float]
    enters: Mapping[tuple[str, str], float]


def lay_out(
    rows: Sequence[Sequence[str]], edges: set[tuple[str, str]], *, box: float, thread: float, space: float, width: float
) -> Layout:
    """Place the boxes of each layer and the arrows between them; widths are in units of the drawing."""
    depth = {name: n for n, row in enumerate(rows) for name in row}
    layers = [list(row) for row in rows]
    chains = [_chain(edge, depth, layers) for edge in sorted(edges, key=lambda e: (depth[e[0]], e))]
    links = [link for chain in chains for link in pairwise(chain)]
    depth = {name: n for n, row in enumerate(layers) for name in row}
    layers = _ordered(layers, links)
    size = {name: thread if _THREAD in name else box for name in depth}
    x = _placed(layers, links, size, space, width)
    leaves: dict[tuple[str, str], float] = {}
    enters: dict[tuple[str, str], float] = {}
    for name in depth:
        for ports, own, other in ((leaves, 0, 1), (enters, 1, 0)):
            mine = sorted((link for link in links if link[own] == name), key=lambda link: (x[link[other]], link))
            step = 0.0 if _THREAD in name else min(34.0, 0.8 * box / max(1, len(mine)))
            for n, link in enumerate(mine):
                ports[link] = x[name] + (n - (len(mine) - 1) / 2) * step
    return Layout(tuple(map(tuple, layers)), depth, x, tuple(chains), leaves, enters)


def _chain(edge: tuple[str, str], depth: Mapping[str, int], layers: list[list[str]]) -> tuple[str, ...]:
    """The boxes and threads that an arrow passes; its threads are entered in their layers."""
    upper, lower = edge
    between = [(n, f"{upper}{_THREAD}{lower}{_THREAD}{n}") for n in range(depth[upper] + 1, depth[lower])]
    for n, name in between:
        layers[n].append(name)
    return (upper, *(name for _, name in between), lower)


def _ordered(layers: list[list[str]], links: Sequence[tuple[str, str]]) -> list[list[str]]:
    best, fewest = [list(row) for row in layers], _crossings(layers, links)
    above, below = _neighbours(links, 1, 0), _neighbours(links, 0, 1)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for n in range(1, len(layers)) if down else range(len(layers) - 2, -1, -1):
            fixed = {name: i for i, name in enumerate(layers[n - 1 if down else n + 1])}
            layers[n].sort(key=_mean_place(above if down else below, fixed, layers[n]))
            _swap(layers, n, links)
        if (found := _crossings(layers, links)) < fewest:
            best, fewest = [list(row) for row in layers], found
    return best


def _swap(layers: list[list[str]], n: int, links: Sequence[tuple[str, str]]) -> None:
    """Neighbours of a layer exchanged wherever fewer arrows then cross."""
    row = layers[n]
    for i in range(len(row) - 1):
        before = _crossings(layers, links)
        row[i], row[i + 1] = row[i + 1], row[i]
        if _crossings(layers, links) >= before:
            row[i], row[i + 1] = row[i + 1], row[i]


def _mean_place(
    neighbours: Mapping[str, list[str]], fixed: Mapping[str, int], row: Sequence[str]
) -> Callable[[str], float]:
    own = {name: float(i) for i, name in enumerate(row)}

    def key(name: str) -> float:
        near = [fixed[other] for other in neighbours.get(name, ()) if other in fixed]
        return sum(near) / len(near) if near else own[name]

    return key


def _neighbours(links: Iterable[tuple[str, str]], own: int, other: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in links:
        found.setdefault(link[own], []).append(link[other])
    return found


def _crossings(layers: Sequence[Sequence[str]], links: Sequence[tuple[str, str]]) -> int:
    at = {name: (n, i) for n, row in enumerate(layers) for i, name in enumerate(row)}
    ends = [(at[a][0], at[a][1], at[b][1]) for a, b in links]
    return sum(n == m and (a - c) * (b - d) < 0 for i, (n, a, b) in enumerate(ends) for m, c, d in ends[i + 1 :])


def _placed(
    layers: Sequence[Sequence[str]],
    links: Sequence[tuple[str, str]],
    size: Mapping[str, float],
    space: float,
    width: float,
) -> dict[str, float]:
    """The middle of each box: near its neighbours, in order, inside the width."""
    x: dict[str, float] = {}
    for row in layers:
        x.update(zip(row, _spread([width / 2] * len(row), row, size, space, width), strict=True))
    both = _neighbours([*links, *((b, a) for a, b in links)], 0, 1)
    for pull in range(_PULLS):
        for row in layers if pull % 2 else reversed(layers):
            goals = [_pulled(name, both.get(name, [name]), x) for name in row]
            x.update(zip(row, _spread(goals, row, size, space, width), strict=True))
    return x


def _pulled(name: str, near: Sequence[str], x: Mapping[str, float]) -> float:
    """Where the neighbours pull a box; threads pull each other most, so that long arrows run straight."""
    weights = [_STRAIGHT if _THREAD in name and _THREAD in other else 1.0 for other in near]
    return sum(w * x[other] for w, other in zip(weights, near, strict=True)) / sum(weights)


def _spread(
    goals: Sequence[float], row: Sequence[str], size: Mapping[str, float], space: float, width: float
) -> list[float]:
    """The places nearest the goals at which no two boxes touch: least squares by pooling neighbours that meet."""
    offsets = [0.0]
    for a, b in pairwise(row):
        offsets.append(offsets[-1] + (size[a] + size[b]) / 2 + space)
    pools: list[tuple[float, int]] = []
    for goal, offset in zip(goals, offsets, strict=True):
        pools.append((goal - offset, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (mean, n), (own, m) = pools.pop(-2), pools.pop()
            pools.append(((mean * n + own * m) / (n + m), n + m))
    least, most = size[row[0]] / 2, width - offsets[-1] - size[row[-1]] / 2
    flat = [min(max(value, least), most) for value, n in pools for _ in range(n)]
    return [round(value + offset, 3) for value, offset in zip(flat, offsets, strict=True)]  # as on every machine
