"""What an editor did to the places of a letter: for each slot its state, and the text that was typed outside of all slots.

A slot is *open* when it is as it was sent, *proposed* when it reads as proposed and *kept* when it reads as the document
does, *own* when it reads otherwise; *half* when only a part of a change was accepted, *wide* when it lies in a longer
change, and *lost* when its paragraph is not in the letter any more. Nothing is said here of what follows from that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from collation.review.word.returned import ReturnedCell, TextPiece
from collation.review.word.segments import SentSlot, TextSegment, canonical, segments
from collation.review.word.typed_text import TypedText, Unplaced, typed_text
from collation.writers.word.cells import TableCell, in_xml
from collation.writers.word.letter import LetterSlot

Outcome = Literal["open", "proposed", "kept", "own", "half", "wide", "lost"]
_ALIKE = 50


@dataclass(frozen=True, slots=True)
class SlotOutcome:
    """The state of a slot: what it reads, and who wrote that and when, empty where the program did not say so."""

    slot: LetterSlot
    outcome: Outcome
    text: str = ""
    author: str = ""
    date: str = ""


Found = SlotOutcome | TypedText | Unplaced


def pair_cells(sent: Sequence[str | TableCell], back: Sequence[ReturnedCell]) -> tuple[ReturnedCell | None, ...]:
    """For each cell that was sent the one that came back, None where it is not there."""
    before = [canonical(c if isinstance(c, str) else c.text) for c in sent]
    after = [canonical(cell.base) for cell in back]
    found: list[ReturnedCell | None] = [None] * len(before)
    for code in Levenshtein.opcodes(before, after):
        if code.tag == "equal":
            for i, j in zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True):
                found[i] = back[j]
    for low, high, first, last in _gaps([_index(back, cell) for cell in found], len(back)):
        if high - low == last - first:
            found[low:high] = back[first:last]
            continue
        at = first
        for i in range(low, high):
            score = {j: fuzz.ratio(before[i], after[j]) for j in range(at, last)}
            best = max(score, key=lambda j: (score[j], -j), default=None)
            if best is not None and score[best] >= _ALIKE:
                found[i], at = back[best], best + 1
    return tuple(found)


def _index(back: Sequence[ReturnedCell], cell: ReturnedCell | None) -> int | None:
    return None if cell is None else next(i for i, other in enumerate(back) if other is cell)


def _gaps(found: Sequence[int | None], length: int) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of cells without a pair, with the stretch of the others that is between the same neighbours."""
    index = 0
    while index < len(found):
        if found[index] is not None:
            index += 1
            continue
        end = next((i for i in range(index, len(found)) if found[i] is not None), len(found))
        before = found[index - 1] if index else -1
        after = found[end] if end < len(found) else length
        yield index, end, (before if before is not None else -1) + 1, after if after is not None else length
        index = end


def read_cell(cell: TableCell, back: ReturnedCell | None, slots: Sequence[LetterSlot]) -> Iterator[Found]:
    """What became of the slots of a cell, and what was typed beside them."""
    if back is None:
        yield from (SlotOutcome(slot, "lost") for slot in slots)
        return
    spots = [(slot, *_spot(cell, slot)) for slot in slots]
    sent = [
        SentSlot(n, start, stop, () if s.slot.reading is None else (in_xml(s.slot.reading),))
        for n, (s, start, stop) in enumerate(spots)
    ]
    pieces = _Pieces(back.pieces)
    closed = [(start, stop) for _, start, stop in spots]
    parted = segments(cell.text, back.base, sent)
    for index, segment in enumerate(parted):
        edges = _edges(parted, index)
        inside = pieces.within(*segment.back, edges)
        if not segment.keys:
            yield from typed_text(cell, segment.sent, _final(inside), _signature(inside, ""), closed)
        elif segment.wide:
            own = tuple(spots[key][0] for key in segment.keys)
            if not any(p.author == slot.slot.author and p.kind != "plain" for p in inside for slot in own):
                yield from typed_text(cell, segment.sent, _final(inside), _signature(inside, ""), whole=own)
            yield from (SlotOutcome(slot, "wide", _final(inside)) for slot in own)
        else:
            slot, start, stop = spots[segment.keys[0]]
            outcome, before, after = _slot_outcome(slot, cell.text[start:stop], inside)
            yield outcome
            for extra, at in ((before, start), (after, stop)):
                yield from typed_text(cell, (at, at), _final(extra), _signature(extra, ""), closed)


def _edges(parted: Sequence[TextSegment], index: int) -> tuple[bool, bool]:
    """Whether what was put in at the beginning and at the end of a segment belongs to it: to slots it does, to the text
    between them only where no slot begins or ends at that very character.
    """
    if parted[index].keys:
        return True, True
    taken = {at for segment in parted if segment.keys for at in segment.back}
    start, stop = parted[index].back
    return index == 0 and start not in taken, index == len(parted) - 1 and stop not in taken


def _spot(cell: TableCell, slot: LetterSlot) -> tuple[int, int]:
    """Where a slot is in the text of its cell."""
    base = 0
    for block in cell.blocks:
        if block.holds(slot.slot.start, slot.slot.stop):
            return base + block.index(slot.slot.start), base + block.index(slot.slot.stop)
        base += len(block.text) + 1
    raise ValueError("slot outside of its cell")


class _Pieces:
    """The pieces of a cell, cut at characters of the text with all changes rejected."""

    def __init__(self, pieces: Iterable[TextPiece]) -> None:
        self._pieces = list(pieces)

    def within(self, start: int, stop: int, edges: tuple[bool, bool]) -> list[TextPiece]:
        """The pieces between two characters; ``edges`` say whether what was put in at either end belongs to them."""
        found: list[TextPiece] = []
        at = 0
        for piece in self._pieces:
            if piece.kind in ("plain", "out"):
                low, high = max(start, at), min(stop, at + len(piece.text))
                if low < high:
                    found.append(TextPiece(piece.text[low - at : high - at], piece.kind, piece.author, piece.date))
                at += len(piece.text)
            elif start < at < stop or (at == start and edges[0]) or (at == stop and edges[1]):
                found.append(piece)
        return found


def _final(pieces: Iterable[TextPiece]) -> str:
    """The text with all changes accepted."""
    return "".join(p.text for p in pieces if p.kind in ("plain", "in"))


def _signature(pieces: Iterable[TextPiece], tool: str) -> tuple[str, str]:
    """Who changed the pieces last, and when; nobody where only the program did."""
    own = [p for p in pieces if p.kind != "plain" and p.author != tool]
    last = max(own, key=lambda p: p.date, default=None)
    return (last.author, last.date) if last else ("", "")


def _slot_outcome(
    slot: LetterSlot, lemma: str, pieces: list[TextPiece]
) -> tuple[SlotOutcome, list[TextPiece], list[TextPiece]]:
    """The state of a slot, and what was typed before it and behind it while its own words are as sent or as settled."""
    tool, reading = slot.slot.author, slot.slot.reading
    if reading is None and (parted := _beside(pieces, lemma)):
        return SlotOutcome(slot, "open", lemma), *parted
    text = canonical(_final(pieces))
    lemma = canonical(lemma)
    author, date = _signature(pieces, tool)
    if reading is None:
        return SlotOutcome(slot, "open" if text == lemma else "own", _final(pieces), author, date), [], []
    proposed = canonical(in_xml(reading))
    own = [n for n, p in enumerate(pieces) if p.author == tool and p.kind != "plain"]
    if own:
        first, last = own[0], own[-1] + 1
        middle = pieces[first:last]
        if _is_as_sent(middle, tool, lemma, proposed):
            return SlotOutcome(slot, "open", _final(middle)), pieces[:first], pieces[last:]
    elif slot.slot.kind == "change" and (settled := _settled_beside(slot, pieces, lemma, proposed)):
        return settled
    outcome = _changed(slot, pieces, bool(own), lemma, proposed)
    return SlotOutcome(slot, outcome, _final(pieces), author, date), [], []


def _settled_beside(
    slot: LetterSlot, pieces: list[TextPiece], lemma: str, proposed: str
) -> tuple[SlotOutcome, list[TextPiece], list[TextPiece]] | None:
    """A change that was accepted or rejected, and what was typed beside it, a blank between; None where it is not so."""
    settled: tuple[tuple[Outcome, str], ...] = (("proposed", proposed), ("kept", lemma))
    if canonical(_final(pieces)) in (lemma, proposed):
        return None
    for outcome, words in sorted(settled, key=lambda pair: -len(pair[1])):
        if parted := _beside(pieces, words):
            extra = sum(len(p.text) for part in parted for p in part)
            own = _cut(pieces, 0, len(words)) if parted[1] else _cut(pieces, extra, extra + len(words))
            if all(p.kind == "plain" for p in own):
                return SlotOutcome(slot, outcome, words), *parted
    return None


def _beside(pieces: list[TextPiece], lemma: str) -> tuple[list[TextPiece], list[TextPiece]] | None:
    """What was typed before and behind words that stand as they were sent, a blank between; None where they do not, or
    nothing was.
    """
    final = _final(pieces)
    if not lemma.strip() or final == lemma:
        return None
    if final.startswith(lemma) and final[len(lemma)].isspace():
        return [], _cut(pieces, len(lemma), len(final))
    start = len(final) - len(lemma)
    if final.endswith(lemma) and start > 0 and final[start - 1].isspace():
        return _cut(pieces, 0, start), []
    return None


def _cut(pieces: Iterable[TextPiece], start: int, stop: int) -> list[TextPiece]:
    """The pieces between two characters of the text with all changes accepted."""
    found: list[TextPiece] = []
    at = 0
    for piece in pieces:
        if piece.kind not in ("plain", "in"):
            continue
        low, high = max(start, at), min(stop, at + len(piece.text))
        if low < high:
            found.append(TextPiece(piece.text[low - at : high - at], piece.kind, piece.author, piece.date))
        at += len(piece.text)
    return found


def _is_as_sent(pieces: Iterable[TextPiece], tool: str, lemma: str, proposed: str) -> bool:
    """Whether the change is as it was sent."""
    listed = list(pieces)
    out = canonical("".join(p.text for p in listed if p.kind == "out"))
    put_in = canonical("".join(p.text for p in listed if p.kind == "in"))
    mine = all(p.author == tool and p.kind in ("out", "in") for p in listed)
    return mine and out == lemma and put_in == proposed


def _changed(slot: LetterSlot, pieces: list[TextPiece], left: bool, lemma: str, proposed: str) -> Outcome:
    """The state of a slot that is not as it was sent; ``left`` says that a part of its change is still one."""
    tool = slot.slot.author
    text = canonical(_final(pieces))
    put_in = canonical("".join(p.text for p in pieces if p.kind in ("in", "gone") and p.author == tool))
    by_hand = any(p.author != tool and p.kind != "plain" for p in pieces) or (put_in not in ("", proposed))
    plain = any(p.kind == "plain" and p.text.strip() for p in pieces)
    if left and slot.slot.kind == "change" and (not by_hand or plain or not text):
        return "half"
    if left and slot.slot.kind == "ruled" and (not text or (plain and text not in (lemma, proposed))):
        return "half"
    return "proposed" if text == proposed else "kept" if text == lemma else "own"
