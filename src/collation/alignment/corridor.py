"""Where in the table of two texts an alignment may run: the band that keeps long texts cheap.

Short texts are aligned within a wide band around the diagonal. In long ones words and names that are rare on both
sides vote for pairs of paragraphs; the heaviest chain of votes that runs forward on both sides leads the band, which is
narrow between its links and wider where they are far apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from collation.alignment.affinity import Answer, Called
from collation.knowledge.names.sound import skeleton
from collation.model import Token

Band = list[tuple[int, int]]  # for each number of original runs passed: first and last number of the other's

SMALL = 10_000
_WIDTH = 12
_SHARE = 0.15
_WIDEST = 60
_RARE = 3


def band(original: list[tuple[Answer, ...]], translation: list[tuple[Called, ...]]) -> Band:
    """The band for these runs; the last state can be reached from the first inside it."""
    n, m = len(original), len(translation)
    if n * m <= SMALL:
        width = max(_WIDTH, int(_SHARE * max(n, m)))
        return _around([(0, 0), (n, m)], m, width if m <= n else width * m // max(1, n))
    chain = [(0, 0), *((i + 1, j + 1) for i, j in _chain(_votes(original, translation)))]
    if chain[-1] != (n, m):
        chain.append((n, m))
    return _around(chain, m, None)


def _around(chain: list[tuple[int, int]], m: int, width: int | None) -> Band:
    """A stretch of the translation for each state of the original: its point of the chain, widened to both sides."""
    wanted: list[tuple[int, int]] = [(0, 0)]
    for (i, j), (k, last) in zip(chain, chain[1:], strict=False):
        extra = min(_WIDEST, _WIDTH + int(_SHARE * max(k - i, last - j))) if width is None else width
        wanted[-1] = (min(wanted[-1][0], j - extra), max(wanted[-1][1], j + extra))
        for step in range(i + 1, k + 1):
            middle = j + (last - j) * (step - i) // (k - i)
            wanted.append((middle - extra, middle + extra))
    lows = [max(0, min(m, first)) for first, _ in wanted]
    highs = [max(0, min(m, last)) for _, last in wanted]
    lows[0], highs[-1] = 0, m
    for s in range(len(lows) - 2, -1, -1):
        lows[s] = min(lows[s], lows[s + 1])
    for s in range(1, len(highs)):
        highs[s] = max(highs[s], highs[s - 1], lows[s])
        highs[s - 1] = max(highs[s - 1], lows[s])  # so that neighbouring stretches meet
    return list(zip(lows, highs, strict=True))


def _votes(original: list[tuple[Answer, ...]], translation: list[tuple[Called, ...]]) -> dict[tuple[int, int], float]:
    """Pairs of runs that share words rare on both sides."""
    left = _postings([{key for a in run for key in _rare_answer(a)} for run in original])
    right = _postings([{key for c in run for key in _rare_call(c)} for run in translation])
    votes: Counter[tuple[int, int]] = Counter()
    for key in sorted(left.keys() & right.keys()):
        here, there = left[key], right[key]
        if len(here) <= _RARE and len(there) <= _RARE:
            for i in here:
                for j in there:
                    votes[i, j] += 1.0 / (len(here) * len(there))  # type: ignore[assignment]
    return {pair: votes[pair] for pair in votes if votes[pair] >= 0.3}


def _postings(runs: list[set[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, keys in enumerate(runs):
        for key in keys:
            found.setdefault(key, []).append(number)
    return found


def _rare_answer(answered: Answer) -> list[str]:
    found = list(answered.lemmas) if answered.content else []
    if answered.number and len(answered.number) > 1:
        found.append("#" + answered.number)
    return found + (_bones(answered.token) if answered.name else [])


def _rare_call(called: Called) -> list[str]:
    found = [lemma for lemma, weight in called.lemmas.items() if weight >= 0.8] if called.content else []
    if called.number and len(called.number) > 1:
        found.append("#" + called.number)
    return found + (_bones(called.token) if called.name and called.content else [])


def _bones(token: Token) -> list[str]:
    """The first consonants of a name, before case endings begin."""
    bones = skeleton(token.text)
    return ["~" + bones[:3]] if len(bones) > 2 else []


def _chain(votes: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The heaviest chain of pairs that rises on both sides."""
    tops: list[int] = []  # the last j of the chains kept, rising; their weights rise too
    ends: list[tuple[float, tuple[int, int]]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for i, j in sorted(votes, key=lambda pair: (pair[0], -pair[1])):
        at = bisect_left(tops, j)
        weight = votes[i, j] + (ends[at - 1][0] if at else 0.0)
        before[i, j] = ends[at - 1][1] if at else None
        if at < len(tops) and ends[at][0] >= weight and tops[at] == j:
            continue
        stop = at
        while stop < len(tops) and ends[stop][0] <= weight:
            stop += 1
        tops[at:stop] = [j]
        ends[at:stop] = [(weight, (i, j))]
    found: list[tuple[int, int]] = []
    step = max(ends)[1] if ends else None
    while step is not None:
        found.append(step)
        step = before[step]
    return found[::-1]
