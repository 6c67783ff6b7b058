"""Acts of an editor in a Word file, done by three libraries that know nothing of collation, and what must come of them.

An act is on a place of the letter (accept, reject, change, type, resolve, answer, leave) or on a word that is no place (type,
put in, take out). Changes are accepted and rejected by docx-revisions, by docx-editor or in the XML, words typed with
tracking and without. What each place must come to is written down beside, from what was done alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx_editor import Document as EditedDocument
from docx_revisions import TrackedDeletion, TrackedInsertion

from collation.review.word.returned import Returned
from collation.writers.word.cells import TableCell
from collation.writers.word.letter import LetterSlot, SentCell
from collation.writers.word.word_elements import deletion, insertion, run
from word_comments import act_on_comments

EDITORS = ("Анна", "Boris")
DATE = "2026-03-04T05:06:07Z"
WORDS = ("сейчас", "затем", "Пекин", "тридцать", "не", "которые", "before", "Marshal", "1951", "г.")
LIBRARIES = ("xml", "docx-revisions", "docx-editor")
_WORD = re.compile(r"\w{3,}")


@dataclass
class Truth:
    """What must come of the acts: the verdict of every entry by its number, and what is to be written where."""

    verdicts: dict[int, str] = field(default_factory=dict)
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    acts: list[str] = field(default_factory=list)


class ActedLetter:
    """A letter in which somebody acts. ``save`` writes it."""

    def __init__(
        self, path: Path, returned: Returned, source: str, rng: random.Random, proposed: Mapping[int, Sequence[str]]
    ) -> None:
        """``proposed`` are all readings of the entries by their numbers, which nobody would call his own."""
        self.path, self.rng, self.source, self.proposed = path, rng, source, proposed
        self.document = docx.Document(str(path))
        self.body = self.document.element.body
        self.returned = returned
        self.truth = Truth()
        self.library = LIBRARIES[0]
        self.later: list[tuple[str, int, str]] = []  # what docx-editor does once the file is saved
        self._cells: list[tuple[TableCell, Any]] = []
        elements = [c for t in self.body.iter(qn("w:tbl")) for c in t.iter(qn("w:tc"))]
        for sent, element in zip(returned.letter.cells, elements, strict=True):
            if isinstance(sent, SentCell):
                self._cells.append((sent.shown(source), element))

    def slots(self) -> Iterator[tuple[LetterSlot, TableCell, Any]]:
        """The slots with their cells, in the order of the file."""
        left = [s for s in self.returned.letter.slots if s.slot.kind != "none"]
        for cell, element in self._cells:
            own = [s for s in left if any(b.holds(s.slot.start, s.slot.stop) for b in cell.blocks)]
            left = [s for s in left if s not in own]
            yield from ((s, cell, element) for s in sorted(own, key=lambda s: (s.slot.start, s.slot.stop)))

    def act(self, library: str) -> None:
        """Act on every place and on some words beside them; in a cell from its end, so that nothing moves what comes."""
        self.library = library
        changes = dict(self._changes())
        by_cell: dict[int, list[LetterSlot]] = {}
        for slot, _, element in self.slots():
            by_cell.setdefault(id(element), []).append(slot)
        for cell, element in self._cells:
            own = by_cell.get(id(element), [])
            beside = self._free_word(cell, own) if self.rng.random() < 0.15 else None
            acts = [(slot.slot.start, slot) for slot in own] + ([(beside[0], beside)] if beside else [])
            for _, item in sorted(acts, key=lambda pair: -pair[0]):
                if isinstance(item, tuple):
                    self._beside(cell, element, item)
                elif item.slot.kind == "change":
                    self._on_change(item, changes[item], library)
                elif item.slot.kind == "comment" and not item.slot.other:
                    self._on_comment(item, cell, element)

    def _changes(self) -> Iterator[tuple[LetterSlot, list[Any]]]:
        """The slots with a change and its elements: a deletion and the insertion behind it."""
        wanted = [s for s, _, _ in self.slots() if s.slot.reading is not None]
        elements = [e for e in self.body.iter(qn("w:del"), qn("w:ins")) if e.getparent().tag == qn("w:p")]
        for slot in wanted:
            size = (slot.slot.start < slot.slot.stop) + bool(slot.slot.reading)
            yield slot, [elements.pop(0) for _ in range(size)]

    def _write(self, slot: LetterSlot, verdict: str, text: str | None) -> None:
        self.truth.verdicts[slot.slot.number] = verdict
        if text is not None:
            self.truth.edits.append((slot.slot.start, slot.slot.stop, text))

    def _on_change(self, slot: LetterSlot, elements: list[Any], library: str) -> None:
        act = self.rng.choice(("accept", "reject", "change", "leave", "accept", "reject", "half"))
        if act == "half" and len(elements) < 2:
            act = "leave"
        self.truth.acts.append(act)
        if act in ("accept", "reject"):
            self._settle(elements, act, library)
            self._write(slot, act, slot.slot.reading if act == "accept" else None)
        elif act == "half":
            self._settle(elements[:1], "accept", "xml")
            self._write(slot, "told", None)
        elif act == "change":
            own = self._own(slot)
            self._change(slot, elements, own)
            self._write(slot, "own", own)

    def _own(self, slot: LetterSlot) -> str:
        """A reading of somebody's own, which is neither what is there nor what is proposed."""
        taken = (slot.lemma, slot.slot.reading, *self.proposed.get(slot.slot.number, ()))
        return self.rng.choice([w for w in WORDS if w not in taken])

    def _settle(self, elements: list[Any], act: str, library: str) -> None:
        for element in elements:
            taken_out = element.tag == qn("w:del")
            if library == "docx-revisions":
                change = (TrackedDeletion if taken_out else TrackedInsertion)(element, self.document.part)
                change.accept() if act == "accept" else change.reject()
            elif library == "docx-editor":
                self.later.append((act, int(element.get(qn("w:id"))), ""))
            elif taken_out == (act == "accept"):
                element.getparent().remove(element)
            else:
                _unwrap(element)

    def _change(self, slot: LetterSlot, elements: list[Any], own: str) -> None:
        """Type another reading: over the proposal, over it with tracking, or behind a rejected one."""
        way, editor = self.rng.choice(("over", "tracked", "anew")), self.rng.choice(EDITORS)
        put_in = [e for e in elements if e.tag == qn("w:ins")]
        if way == "over" and put_in:
            _retext(put_in[0], own)
        elif way == "tracked" and put_in:
            inner = put_in[0]
            inner.addnext(insertion(9000 + self.rng.randrange(999), editor, DATE, run(own)))
            text = "".join(t.text for t in inner.iter(qn("w:t")))
            for old in list(inner):
                inner.remove(old)
            inner.append(deletion(9000 + self.rng.randrange(999), editor, DATE, run(text, deleted=True)))
        else:
            elements[-1].addnext(run(own))
            for element in elements:
                element.getparent().remove(element)

    def _on_comment(self, slot: LetterSlot, cell: TableCell, element: Any) -> None:
        act = self.rng.choice(("leave", "leave", "type", "resolve", "resolve", "answer", "type"))
        found = _run_at(cell, element, slot.slot.start, slot.slot.stop) if act == "type" else None
        if act == "type" and found is None:
            act = "leave"
        self.truth.acts.append(act)
        if found is not None:
            own = self._own(slot)
            _overtype(*found, own, self._tracking())
            self._write(slot, "own", own)
        elif act == "resolve":
            self.later.append(("resolve", slot.slot.number, ""))
            if self.rng.random() < 0.4:
                self.later.append(("answer", slot.slot.number, "Сверено с листом."))
                self.truth.notes[slot.slot.number] = "Сверено с листом."
            self._write(slot, "stands", None)
        elif act == "answer":
            self.later.append(("answer", slot.slot.number, "Спорно?"))
            self._write(slot, "told", None)

    def _tracking(self) -> str:
        return self.rng.choice(("", *EDITORS))

    def _free_word(self, cell: TableCell, own: list[LetterSlot]) -> tuple[int, int, str] | None:
        """A word of a cell that is no place and touches none."""
        taken = [(s.slot.start, s.slot.stop) for s in own]
        words = [
            (b.at[m.start()], b.at[m.end() - 1] + 1, m.group()) for b in cell.blocks for m in _WORD.finditer(b.text)
        ]
        free = [w for w in words if not any(a < w[1] + 2 and w[0] < b + 2 for a, b in taken)]
        free = [w for w in free if self.source[w[0] : w[1]] == w[2]]
        return self.rng.choice(free) if free else None

    def _beside(self, cell: TableCell, element: Any, free: tuple[int, int, str]) -> None:
        """Type over a word that is no place, before it or behind it."""
        start, stop, word = free
        found = _run_at(cell, element, start, stop)
        if found is None:
            return
        own = self.rng.choice([w for w in WORDS if w != word])
        text = self.rng.choice((own, f"{word} {own}", f"{own} {word}"))
        _overtype(*found, text, self._tracking())
        self.truth.acts.append("beside")
        self.truth.edits.append((start, stop, text))

    def save(self) -> None:
        """Write the file; then the comments are answered and resolved, in the XML or by docx-editor."""
        self.document.save(str(self.path))
        if not self.later:
            return
        if self.library != "docx-editor":
            act_on_comments(self.path, [(act, str(number), text) for act, number, text in self.later])
            return
        act_on_comments(self.path, [])
        with EditedDocument.open(str(self.path), author="Анна", force_recreate=True) as edited:
            heads = {m[1]: c.id for c in edited.list_comments() if (m := re.match(r"\[(\d+)\]", c.text))}
            for act, number, text in self.later:
                if act in ("accept", "reject"):
                    (edited.accept_revision if act == "accept" else edited.reject_revision)(number)
                elif act == "resolve":
                    edited.resolve_comment(heads[str(number)])
                else:
                    edited.reply_to_comment(heads[str(number)], text)
            edited.save()


def _unwrap(element: Any) -> None:
    """Leave the content of a change in its place, what was taken out as plain text."""
    for deleted in list(element.iter(qn("w:delText"))):
        deleted.tag = qn("w:t")
    for child in list(element):
        element.addprevious(child)
    element.getparent().remove(element)


def _retext(element: Any, text: str) -> None:
    texts = list(element.iter(qn("w:t")))
    texts[0].text = text
    for other in texts[1:]:
        other.getparent().remove(other)


def _run_at(cell: TableCell, element: Any, start: int, stop: int) -> tuple[Any, int, str] | None:
    """The plain run in which a stretch of the source is, with its offset there and its words; None for several runs."""
    number, block = next((n, b) for n, b in enumerate(cell.blocks) if b.holds(start, stop))
    low, high = block.index(start), block.index(stop)
    if low == high:
        return None
    at = 0
    for child in element.findall(qn("w:p"))[number]:
        if child.tag not in (qn("w:r"), qn("w:del")):
            continue
        pieces = [p for p in child.iter() if p.tag in (qn("w:t"), qn("w:delText"), qn("w:tab"), qn("w:br"))]
        size = sum(len(p.text or "") if p.tag in (qn("w:t"), qn("w:delText")) else 1 for p in pieces)
        if at <= low and high <= at + size:
            plain = child.tag == qn("w:r") and len(pieces) == 1 and pieces[0].tag == qn("w:t")
            return (child, low - at, block.text[low:high]) if plain else None
        at += size
    return None


def _overtype(element: Any, at: int, words: str, own: str, author: str) -> None:
    """Type over some words of a run, with tracking under a name or without."""
    text = "".join(t.text or "" for t in element.iter(qn("w:t")))
    before, after = text[:at], text[at + len(words) :]
    made = [run(before)] if before else []
    if author:
        made += [deletion(8000, author, DATE, run(words, deleted=True)), insertion(8001, author, DATE, run(own))]
    else:
        made.append(run(own))
    made += [run(after)] if after else []
    for new in made:
        element.addprevious(new)
    element.getparent().remove(element)


__all__ = ["LIBRARIES", "ActedLetter", "Truth"]
