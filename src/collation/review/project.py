"""The documents of a review and the logs of their rulings: read as they stand now, written at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from collation.decisions.fold import State, fold
from collation.decisions.log import append, load_folder, log_path
from collation.decisions.placing import Book, match
from collation.decisions.reviewed import keep_text, kept_text
from collation.decisions.ruling import Ruling
from collation.model import Apparatus, Source


@dataclass(frozen=True, slots=True)
class Logs:
    """The folders in which the rulings on some documents lie, one for each document, in the same order."""

    sources: tuple[Source, ...]
    folders: tuple[Path, ...]
    second_reader: bool = False

    @classmethod
    def of(cls, documents: Sequence[Apparatus], folders: Sequence[Path], *, second_reader: bool = False) -> Logs:
        """The logs of documents whose rulings lie in these folders."""
        return cls(tuple(a.source for a in documents), tuple(folders), second_reader)

    def read(self) -> State:
        """What holds now. Raises DamagedLog."""
        logs = [log for folder in dict.fromkeys(self.folders) for log in load_folder(folder)]
        return fold((r for log in logs for r in log.rulings), second_reader=self.second_reader)

    def torn(self) -> list[Path]:
        """The logs whose last line is unfinished; it was never acknowledged and does not count."""
        return [log.path for folder in dict.fromkeys(self.folders) for log in load_folder(folder) if log.torn]

    def reviewed(self, state: State) -> tuple[dict[str, str], ...]:
        """For each document the earlier texts that rulings were made on, by digest, as far as they were kept."""
        return tuple(
            reviewed_texts(folder, state, source) for source, folder in zip(self.sources, self.folders, strict=True)
        )

    def write(self, rulings: Sequence[tuple[int, Ruling]]) -> None:
        """Write rulings of one editor, each with the number of its document, and keep the texts they were
        made on.

        Raises UnwritableLog; of the folders that were not written to, nothing counts then.
        """
        by_log: dict[Path, list[Ruling]] = {}
        for number, ruling in rulings:
            folder, source = self.folders[number], self.sources[number]
            if ruling.verdict != "undo":
                keep_text(folder, source.digest, source.text)
            by_log.setdefault(log_path(folder, ruling.editor), []).append(ruling)
        for path, own in by_log.items():
            append(path, own)


def reviewed_texts(folder: Path, state: State, source: Source) -> dict[str, str]:
    """The earlier texts that rulings on a document were made on, by digest, as far as they were kept."""
    digests = {r.digest for s in state.of(source.id) for r in s.rulings} - {source.digest}
    texts = {digest: kept_text(folder, digest) for digest in sorted(digests)}
    return {digest: text for digest, text in texts.items() if text is not None}


def book_on(apparatus: Apparatus, folder: Path, *, second_reader: bool = False) -> Book:
    """What the logs of a folder say of a document now. Raises DamagedLog."""
    state = Logs((apparatus.source,), (folder,), second_reader).read()
    return match(apparatus, state, reviewed_texts(folder, state, apparatus.source))
