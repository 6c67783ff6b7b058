"""What a letter knows of itself: the document it was made of and the slots in it, kept in a part of its own.

It is JSON inside one XML element, in signs that every program keeps. The way back believes nothing of it that it does not
find again: the document must have the digest, and every slot its words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from lxml import etree

from collation.model import Source, Span
from collation.model.hypothesis import Side
from collation.writers.word.cells import TableCell, shown_text
from collation.writers.word.slots import Kind, Slot

NAMESPACE = "urn:collation:letter"
VERSION = 1


@dataclass(frozen=True, slots=True)
class LetterSlot:
    """A slot with what names its entry again: its code, its side and where its words are."""

    slot: Slot
    code: str
    side: str
    start: int
    stop: int
    lemma: str
    rulings: tuple[str, ...] = ()


def write_letter(
    source: Source,
    cells: Sequence[str | TableCell],
    slots: Sequence[LetterSlot],
    resolved: Sequence[int],
    *,
    version: str,
) -> etree._Element:
    """The part of a letter. ``cells`` are those of all tables in their order, and one that is a text is none of the
    document; ``resolved`` are the entries whose comments are resolved from the first.
    """
    told = {
        "version": VERSION,
        "made": version,
        "document": source.id,
        "label": source.label,
        "digest": source.digest,
        "cells": [c if isinstance(c, str) else _told(c) for c in cells],
        "resolved": list(resolved),
        "slots": [asdict(slot) for slot in slots],
    }
    root = etree.Element(f"{{{NAMESPACE}}}letter", nsmap={None: NAMESPACE})
    root.text = json.dumps(told, ensure_ascii=True, sort_keys=True)
    return root


def _told(cell: TableCell) -> dict[str, Any]:
    return {"side": cell.side, "blocks": [[b.span.start, b.span.stop, b.lines] for b in cell.blocks]}


@dataclass(frozen=True, slots=True)
class SentCell:
    """A cell with text of the document: its side and its paragraphs, each with start, stop and whether it keeps its lines."""

    side: Side
    blocks: tuple[tuple[int, int, bool], ...]

    def shown(self, source: str) -> TableCell:
        """The cell as it was sent. Raises ValueError when it is not one of this text."""
        if any(not 0 <= start <= stop <= len(source) for start, stop, _ in self.blocks):
            raise ValueError("cell outside of the text")
        return TableCell(tuple(shown_text(source, Span(a, b), lines=lines) for a, b, lines in self.blocks), self.side)


@dataclass(frozen=True, slots=True)
class ReturnedLetter:
    """What a letter says of itself; see ``write_letter``."""

    document: str
    label: str
    digest: str
    cells: tuple[str | SentCell, ...]
    slots: tuple[LetterSlot, ...]
    resolved: frozenset[int]


def read_letter(root: etree._Element) -> ReturnedLetter | None:
    """What a part says if it is that of a letter, else None. Raises ValueError, KeyError or TypeError when it is damaged."""
    if root.tag != f"{{{NAMESPACE}}}letter":
        return None
    told = json.loads(root.text or "")
    if told["version"] != VERSION:
        raise ValueError(f"version {told['version']}")
    cells = tuple(c if isinstance(c, str) else _read_cell(c) for c in told["cells"])
    slots = tuple(_read_slot(slot) for slot in told["slots"])
    resolved = frozenset(map(int, told["resolved"]))
    return ReturnedLetter(str(told["document"]), str(told["label"]), str(told["digest"]), cells, slots, resolved)


def _read_cell(told: dict[str, Any]) -> SentCell:
    if told["side"] not in get_args(Side):
        raise ValueError("side")
    return SentCell(told["side"], tuple((int(a), int(b), bool(lines)) for a, b, lines in told["blocks"]))


def _read_slot(told: dict[str, Any]) -> LetterSlot:
    """A slot whose numbers make sense."""
    slot = Slot(**told["slot"])
    if slot.kind not in get_args(Kind) or not 0 <= int(slot.start) <= int(slot.stop):
        raise ValueError("slot")
    return LetterSlot(**{**told, "slot": slot, "rulings": tuple(map(str, told["rulings"]))})
