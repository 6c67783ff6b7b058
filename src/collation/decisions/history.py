"""Everything that was ruled in some folders: the logs as they are now, what holds, and the texts that were ruled on.

A ruling is on a document and on one text of it. Which documents there are in the logs, and with which texts, is asked
of ``documents``; what is wrong with the logs is in ``damaged`` and ``torn``, and does not stop the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from collation.decisions.chain import Missing, missing
from collation.decisions.in_force import State, fold_rulings
from collation.decisions.log_lines import Log
from collation.decisions.reviewed_texts import kept_text
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import load_folder
from collation.errors import DamagedLog, Message
from collation.model import Source

Texts = Mapping[str, tuple[Ruling, ...]]
"""The rulings on a document, by the digest of the text that they were made on."""


@dataclass(frozen=True)
class History:
    """The logs of some folders, in the order in which the folders were named."""

    places: tuple[Path, ...]
    logs: tuple[Log, ...]
    state: State

    @classmethod
    def read(cls, places: Iterable[Path], *, second_reader: bool = False) -> History:
        """What the logs say now. Raises DamagedLog when a place is there and is no folder."""
        listed = tuple(dict.fromkeys(places))
        for place in listed:
            if place.exists() and not place.is_dir():
                raise DamagedLog(Message("log-no-folder"), path=place)
        logs = tuple(log for place in listed for log in load_folder(place))
        return cls(listed, logs, fold_rulings((r for log in logs for r in log.rulings), second_reader=second_reader))

    @property
    def damaged(self) -> tuple[DamagedLog, ...]:
        """The lines that are no rulings and do not count, and the logs that cannot be read."""
        return tuple(error for log in self.logs for error in log.damaged)

    @property
    def torn(self) -> tuple[Path, ...]:
        """The logs whose last line is unfinished; it was never acknowledged and does not count."""
        return tuple(log.path for log in self.logs if log.torn)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """Records that others follow and that are in none of the logs, unless that was acknowledged."""
        return missing(self.logs, self.places)

    @cached_property
    def documents(self) -> Mapping[str, Texts]:
        """The documents that were ruled on."""
        found: dict[str, dict[str, list[Ruling]]] = {}
        for ruling in self.state.history:
            found.setdefault(ruling.document, {}).setdefault(ruling.digest, []).append(ruling)
        return {name: {digest: tuple(r) for digest, r in texts.items()} for name, texts in found.items()}

    @cached_property
    def by_digest(self) -> Mapping[str, tuple[str, ...]]:
        """The documents whose rulings were made on a text, by its digest."""
        found: dict[str, list[str]] = {}
        for name, texts in self.documents.items():
            for digest in texts:
                found.setdefault(digest, []).append(name)
        return {digest: tuple(names) for digest, names in found.items()}

    def kept(self, digest: str) -> str | None:
        """The text that was ruled on under a digest, or None when it was not kept."""
        found = (kept_text(place, digest) for place in self.places)
        return next((text for text in found if text is not None), None)

    def reviewed(self, source: Source) -> dict[str, str]:
        """The earlier texts that rulings on a document were made on, by digest, as far as they were kept."""
        digests = {r.digest for s in self.state.on(source) for r in s.rulings} - {source.digest}
        texts = {digest: self.kept(digest) for digest in sorted(digests)}
        return {digest: text for digest, text in texts.items() if text is not None}

    def strays(self, source: Source, home: Path) -> tuple[Path, ...]:
        """The other places that hold rulings on a document which are not in its home as well."""
        known = {r.id for log in self.logs if log.path.parent == home for r in log.rulings}
        found = [
            log.path.parent
            for log in self.logs
            if log.path.parent != home
            and any(r.id not in known and source.is_named(r.document, r.digest) for r in log.rulings)
        ]
        return tuple(dict.fromkeys(found))


def words_ruled(rulings: Sequence[Ruling]) -> str:
    """The words that rulings are about with their surroundings: what is known of a text that was not kept."""
    return "\n\n".join(dict.fromkeys(r.anchor.before + r.anchor.exact + r.anchor.after for r in rulings))
