"""Which stretch of a text that came back answers which slot of the text that was sent.

Both texts are those with all changes rejected, so that they differ only where somebody accepted a change or typed without
tracking. Three ways are tried, the strictest first: every slot reads as sent or as proposed and all else is the same; every
slot reads anything and all else is the same; the cheapest edits from one text to the other, moved where they can be moved
so that none goes over the end of a slot. What goes over it all the same is *wide*, and its slots are not told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_MOST_MOVES = 200
_MOST_SLOTS = 60
_BLANKS = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class SentSlot:
    """A slot in the text of its cell: where it is, and what it may read besides what was sent."""

    key: int
    start: int
    stop: int
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A stretch that was sent and the one that came back; ``keys`` are the slots in it, which cannot be told apart where it
    is ``wide``.
    """

    sent: tuple[int, int]
    back: tuple[int, int]
    keys: tuple[int, ...] = ()
    wide: bool = False


def canonical(text: str) -> str:
    """A text of the same length in which blanks are blanks and hyphens hyphens, whatever program wrote them."""
    return _BLANKS.sub(" ", text.replace("\u2011", "-"))


def segments(sent: str, back: str, slots: Sequence[SentSlot]) -> tuple[TextSegment, ...]:
    """The segments of a cell, in order: text between slots, slots, and what is wide."""
    sent, back = canonical(sent), canonical(back)
    spans = _exact(sent, back, slots) or _anything(sent, back, slots)
    if spans is not None:
        return tuple(_between(sent, back, slots, spans))
    return tuple(_by_edits(sent, back, slots))


def _between(
    sent: str, back: str, slots: Sequence[SentSlot], spans: Sequence[tuple[int, int]]
) -> Iterator[TextSegment]:
    at, here = 0, 0
    for slot, (start, stop) in zip(slots, spans, strict=True):
        yield TextSegment((at, slot.start), (here, start))
        yield TextSegment((slot.start, slot.stop), (start, stop), (slot.key,))
        at, here = slot.stop, stop
    yield TextSegment((at, len(sent)), (here, len(back)))


def _exact(sent: str, back: str, slots: Sequence[SentSlot]) -> list[tuple[int, int]] | None:
    """Where the slots are if each reads as sent or as proposed; None if that is not so, or so in two ways."""
    if sent == back:
        return [(slot.start, slot.stop) for slot in slots]
    if len(slots) > _MOST_SLOTS:
        return None
    choices = [dict.fromkeys([sent[s.start : s.stop], *map(canonical, s.readings)]) for s in slots]

    @lru_cache(maxsize=20_000)
    def ways(index: int, at: int) -> tuple[tuple[tuple[int, int], ...], ...]:
        """At most two ways to read the rest from a slot on, its text before it included."""
        begin = slots[index - 1].stop if index else 0
        fixed = sent[begin : slots[index].start] if index < len(slots) else sent[begin:]
        if not back.startswith(fixed, at):
            return ()
        here = at + len(fixed)
        if index == len(slots):
            return ((),) if here == len(back) else ()
        found: list[tuple[tuple[int, int], ...]] = []
        for words in choices[index]:
            if back.startswith(words, here) and len(found) < 2:
                stop = here + len(words)
                found += [((here, stop), *rest) for rest in ways(index + 1, stop)]
        return tuple(found[:2])

    found = ways(0, 0)
    return list(found[0]) if len(found) == 1 else None


def _anything(sent: str, back: str, slots: Sequence[SentSlot]) -> list[tuple[int, int]] | None:
    """Where the slots are if only they were changed; None if that is not so, or if two ways would do."""
    if not slots or len(slots) > _MOST_SLOTS:
        return None
    cuts = [0, *(at for s in slots for at in (s.start, s.stop)), len(sent)]
    fixed = [re.escape(sent[a:b]) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    if any(len(part) < 2 for part in fixed[1:-1]):
        return None
    found = [re.fullmatch(way.join(fixed), back, re.DOTALL) for way in ("(.*?)", "(.*)")]
    spans = [[m.span(n + 1) for n in range(len(slots))] for m in found if m]
    return spans[0] if spans and all(other == spans[0] for other in spans) else None


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A stretch that was replaced."""

    start: int
    stop: int
    back_start: int
    back_stop: int


def _by_edits(sent: str, back: str, slots: Sequence[SentSlot]) -> Iterator[TextSegment]:
    """The segments by the cheapest edits."""
    hunks = [_settled(hunk, sent, back, slots) for hunk in _hunks(sent, back)]
    by_key = {slot.key: slot for slot in slots}
    at = here = 0
    for start, stop, keys, inside in _groups(hunks, slots):
        before = [h for h in hunks if h.stop <= start and h not in inside]
        back_start = start + _grown(before)
        back_stop = back_start + stop - start + _grown(inside)
        yield TextSegment((at, start), (here, back_start))
        wide = len(keys) != 1 or not all(_within(h, by_key[keys[0]]) for h in inside)
        yield TextSegment((start, stop), (back_start, back_stop), keys, wide)
        at, here = stop, back_stop
    yield TextSegment((at, len(sent)), (here, len(back)))


def _grown(hunks: Sequence[_Hunk]) -> int:
    """By how much a text has grown."""
    return sum(h.back_stop - h.back_start - (h.stop - h.start) for h in hunks)


def _hunks(sent: str, back: str) -> Iterator[_Hunk]:
    """The stretches that differ, those that touch joined."""
    joined: _Hunk | None = None
    for code in Levenshtein.opcodes(sent, back):
        if code.tag == "equal":
            if joined is not None:
                yield joined
            joined = None
        else:
            first = joined or _Hunk(code.src_start, code.src_start, code.dest_start, code.dest_start)
            joined = _Hunk(first.start, code.src_end, first.back_start, code.dest_end)
    if joined is not None:
        yield joined


def _within(hunk: _Hunk, slot: SentSlot) -> bool:
    return slot.start <= hunk.start and hunk.stop <= slot.stop


def _crosses(hunk: _Hunk, slots: Sequence[SentSlot]) -> bool:
    """Whether a stretch is partly in a slot."""
    return any(_touches(hunk, s.start, s.stop) and not _within(hunk, s) for s in slots)


def _settled(hunk: _Hunk, sent: str, back: str, slots: Sequence[SentSlot]) -> _Hunk:
    """A stretch moved, where the text around it allows it, so that it goes over the end of no slot.

    Of the ways to move what was only put in or only taken out, the one inside a slot that makes it read as proposed comes
    first, then any in no slot, then any within one.
    """
    ways = list(_moves(hunk, sent, back))
    for way in ways:
        for slot in slots:
            if _within(way, slot):
                words = sent[slot.start : way.start] + back[way.back_start : way.back_stop] + sent[way.stop : slot.stop]
                if words in map(canonical, slot.readings):
                    return way
    clear = [w for w in ways if not any(w.start <= s.stop and s.start <= w.stop for s in slots)]
    whole = [w for w in ways if not _crosses(w, slots)]
    return next(iter([*clear, *whole]), hunk)


def _moves(hunk: _Hunk, sent: str, back: str) -> Iterator[_Hunk]:
    """The same change in all places where it could have been made, itself first."""
    yield hunk
    if hunk.start != hunk.stop and hunk.back_start != hunk.back_stop:
        return
    for step in (-1, 1):
        a, b, c, d = hunk.start, hunk.stop, hunk.back_start, hunk.back_stop
        for _ in range(_MOST_MOVES):
            low, high = (a - 1, b - 1) if step < 0 else (a, b)
            back_low, back_high = (c - 1, d - 1) if step < 0 else (c, d)
            if low < 0 or back_low < 0 or high >= len(sent) or back_high >= len(back):
                break
            same = sent[low] == sent[high] if a != b else back[back_low] == back[back_high]
            if not same or sent[low if step < 0 else high] != back[back_low if step < 0 else back_high]:
                break
            a, b, c, d = a + step, b + step, c + step, d + step
            yield _Hunk(a, b, c, d)


def _groups(hunks: Sequence[_Hunk], slots: Sequence[SentSlot]) -> list[tuple[int, int, tuple[int, ...], list[_Hunk]]]:
    """The slots with the changes that touch them, each group a stretch of the sent text; a change over the end of a slot
    makes one group of all that it touches.
    """
    spans: list[tuple[int, int, tuple[int, ...], list[_Hunk]]] = [(s.start, s.stop, (s.key,), []) for s in slots]
    for hunk in hunks:
        touched = [g for g in spans if _touches(hunk, g[0], g[1])]
        if not touched:
            continue
        start, stop = min(hunk.start, touched[0][0]), max(hunk.stop, touched[-1][1])
        keys = tuple(key for g in touched for key in g[2])
        inside = [h for g in touched for h in g[3]] + [hunk]
        spans = sorted([g for g in spans if g not in touched] + [(start, stop, keys, inside)], key=lambda g: g[:2])
    return spans


def _touches(hunk: _Hunk, start: int, stop: int) -> bool:
    """Whether a change is in a stretch; at its ends if it only puts something in."""
    if hunk.start == hunk.stop:
        return start <= hunk.start <= stop
    if start == stop:
        return hunk.start < start < hunk.stop
    return hunk.start < stop and start < hunk.stop
