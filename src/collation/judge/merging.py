"""Hypotheses that speak of one place, brought together before they are weighed.

A doubt is a stretch of tokens with all its proposed readings; hypotheses of words belong together when their first places
overlap. A hypothesis of passage size (lost, invented or doubled text, a translation that belongs elsewhere, a bare doubt
far wider than what it covers) is a doubt of its own beside the doubts of the words in it: were it merged with them, words
that have nothing to do with one another would become readings of one place. Readings that come to the same text at the
same place are one, with the features of all who proposed it; where a rule knows what happened, an unspecific one beside it, to which
either side may be at fault, says neither whose error it is nor how likely.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile
from string import digits

from collation.model import Edit, Feature, Hypothesis, Place
from collation.model.doubt import Doubt, Proposal
from collation.model.hypothesis import STRENGTH, Basis, Side
from collation.model.rule import Rules

_BASES: tuple[Basis, ...] = ("attested", "retroversion", "conjecture")
_OPEN_SIDE = "side_unknown"
_OF_OPEN = frozenset({_OPEN_SIDE, STRENGTH})  # what gives way in a hypothesis that leaves the side open
_WIDER = 2  # times as long as the longest of what it covers, a doubt without a reading is of passage size


def merge(hypotheses: Sequence[Hypothesis], rules: Rules) -> list[Doubt]:
    """The doubts, in order of their places."""
    words, wide = _by_size(hypotheses, rules)
    same: dict[tuple[Side, Place], list[Hypothesis]] = {}
    for hypothesis in wide:
        same.setdefault((hypothesis.side, hypothesis.places[0]), []).append(hypothesis)
    groups = [*_chains(words), *same.values()]
    return sorted((_doubt(group, rules) for group in groups), key=_order)


def part_at(doubt: Doubt, place: Place) -> tuple[Doubt, ...]:
    """A doubt kept to what is said of one place, and beside it the doubts of the words that lie apart from that place.

    A word torn in two is read as one word by one rule, each half as another word by the next. If the first half alone is
    mended, the readings of the second are no readings of it.
    """
    near = tuple(p for p in doubt.proposals if _meet(p.place, place))
    if len(near) == len(doubt.proposals):
        return (doubt,)
    far: list[list[Proposal]] = []
    reach = -1
    for proposal in sorted((p for p in doubt.proposals if not _meet(p.place, place)), key=lambda p: p.place):
        if not far or proposal.place.start >= reach:
            far.append([])
        far[-1].append(proposal)
        reach = max(reach, proposal.place.stop)
    return tuple(Doubt(doubt.side, Place.cover([p.place for p in group]), tuple(group)) for group in (near, *far))


def _order(doubt: Doubt) -> tuple[Side, int, int]:
    return doubt.side, doubt.place.start, doubt.place.stop


def _meet(one: Place, other: Place) -> bool:
    """Whether two stretches overlap, or are the same point of the text."""
    return one.envelope.overlaps(other.envelope) or one.envelope == other.envelope


def _by_size(hypotheses: Sequence[Hypothesis], rules: Rules) -> tuple[list[Hypothesis], list[Hypothesis]]:
    """The hypotheses of words, in order, and those of passage size. One word that a rule of passages speaks of (a fragment
    after a gap) stays a word where another rule doubts it too."""
    ordered = sorted(hypotheses, key=lambda h: (h.side, h.places[0].start, h.places[0].stop, h.code))
    narrow = [h for h in ordered if not rules[h.code].passage]
    named = {(h.side, h.places[0]) for h in narrow}
    starts = [(h.side, h.places[0].start) for h in narrow]
    words: list[Hypothesis] = []
    wide: list[Hypothesis] = []
    for h in ordered:
        if rules[h.code].passage:
            is_wide = (h.side, h.places[0]) not in named
        else:
            is_wide = not h.edits and _is_far_wider(h, narrow, starts)
        (wide if is_wide else words).append(h)
    return words, wide


def _is_far_wider(bare: Hypothesis, others: list[Hypothesis], starts: list[tuple[Side, int]]) -> bool:
    """Whether a doubt without a reading covers readings of other rules, none of them half as long as it."""
    place = bare.places[0]
    first = bisect_left(starts, (bare.side, place.start))
    begun = takewhile(lambda h: h.side == bare.side and h.places[0].start < place.stop, others[first:])
    inner = [len(h.places[0].envelope) for h in begun if h.edits and h.places[0].stop <= place.stop]
    return bool(inner) and len(place.envelope) > _WIDER * max(inner)


def _chains(words: list[Hypothesis]) -> list[list[Hypothesis]]:
    """The hypotheses whose first places overlap, one after the other."""
    groups: list[list[Hypothesis]] = []
    reach = -1
    for hypothesis in words:
        place = hypothesis.places[0]
        if not groups or hypothesis.side != groups[-1][0].side or place.start >= reach:
            groups.append([])
            reach = -1
        groups[-1].append(hypothesis)
        reach = max(reach, place.stop)
    return groups


def _doubt(group: list[Hypothesis], rules: Rules) -> Doubt:
    found: dict[tuple[tuple[Edit, ...], tuple[Place, ...] | None], list[Hypothesis]] = {}
    for hypothesis in group:
        bare = None if hypothesis.edits else hypothesis.places
        found.setdefault((hypothesis.edits, bare), []).append(hypothesis)
    proposals = tuple(_proposal(edits, same, rules) for (edits, _), same in found.items())
    return Doubt(group[0].side, Place.cover([h.places[0] for h in group]), proposals)


def _proposal(edits: tuple[Edit, ...], same: list[Hypothesis], rules: Rules) -> Proposal:
    features = tuple(dict.fromkeys(f for h in same for f in _told(h, same, rules)))
    basis = min((h.basis for h in same), key=_BASES.index)
    places = max((h.places for h in same), key=len)
    codes = sorted({h.code for h in same}, key=lambda code: (code.rstrip(digits), rules[code].unspecific, code))
    return Proposal(edits, tuple(codes), features, basis, places)


def _told(hypothesis: Hypothesis, same: list[Hypothesis], rules: Rules) -> tuple[Feature, ...]:
    """What a hypothesis says of a reading beside the others that propose it."""
    specific = any(not rules[h.code].unspecific and not _is_open(h) for h in same)
    if not (specific and rules[hypothesis.code].unspecific and _is_open(hypothesis)):
        return hypothesis.features
    return tuple(f for f in hypothesis.features if f.name not in _OF_OPEN)


def _is_open(hypothesis: Hypothesis) -> bool:
    """Whether nothing decides for a hypothesis which side is at fault."""
    return any(f.name == _OPEN_SIDE for f in hypothesis.features)
