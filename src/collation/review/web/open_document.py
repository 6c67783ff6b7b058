"""A document that is open for review: its layout, its entries by their anchors, and its name in addresses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from collation.decisions.in_force import Standing
from collation.errors import BadRuling, Message
from collation.model import Entry, Source
from collation.project.rulings_folders import RulingsFolder
from collation.writers.layout import Layout
from collation.writers.marks import Numbered
from collation.writers.summary import Summary


class Conflict(Exception):
    """Somebody has ruled on the place since it was shown."""

    def __init__(self, opened: OpenDocument, item: Numbered | None, standings: Sequence[Standing]) -> None:
        super().__init__()
        self.opened, self.item, self.standings = opened, item, tuple(standings)


@dataclass(frozen=True, slots=True, eq=False)
class OpenDocument:
    """An examined document. ``key`` is its name in addresses; ``rulings`` is where its rulings are kept."""

    key: str
    path: Path
    rulings: RulingsFolder
    layout: Layout
    by_anchor: dict[str, Numbered]
    summary: Summary

    @property
    def folder(self) -> Path:
        """Where new rulings on it are written."""
        return self.rulings.folder

    @property
    def source(self) -> Source:
        return self.layout.source

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.layout.apparatus.entries

    @property
    def on_pages(self) -> bool:
        """Whether any of its entries is on an image of a page, which then can be asked."""
        return any(entry.image is not None for entry in self.entries)

    def item(self, anchor: str) -> Numbered:
        """The entry of an anchor. Raises BadRuling when there is none."""
        try:
            return self.by_anchor[anchor]
        except KeyError:
            raise BadRuling(Message("no-such-place")) from None


PlacedItem = tuple[OpenDocument, Numbered]
"""An entry with its document."""


def document_key(identity: str) -> str:
    """A document's name in addresses: its own number, else a digest; never a part of a path."""
    if re.fullmatch(r"[0-9]{1,12}", identity):
        return identity
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]
