"""The documents of a review and the logs of their rulings: read as they stand now, written at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from collation.decisions.history import History
from collation.decisions.in_force import State
from collation.decisions.placing import Book, match
from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, log_path
from collation.errors import CollationError, Message
from collation.model import Apparatus, Source
from collation.project.configuration import find_project
from collation.project.known_documents import Identities
from collation.project.rulings_folders import RulingsFolder, RulingsFolders
from collation.reading.part_files import Groups


@dataclass(frozen=True, slots=True)
class Logs:
    """Where the rulings on some documents lie, a home for each document, in the same order."""

    sources: tuple[Source, ...]
    folders: tuple[RulingsFolder, ...]
    second_reader: bool = False

    @classmethod
    def of(
        cls, documents: Sequence[Apparatus], folders: Sequence[RulingsFolder], *, second_reader: bool = False
    ) -> Logs:
        """The logs of documents whose rulings lie in these folders."""
        return cls(tuple(a.source for a in documents), tuple(folders), second_reader)

    def history(self) -> History:
        """What was ruled, as it is now. Raises DamagedLog when one of the places is no folder."""
        return History.read((p for home in self.folders for p in home.filled), second_reader=self.second_reader)

    def read(self) -> State:
        """What holds now."""
        return self.history().state

    def reviewed(self, history: History) -> tuple[dict[str, str], ...]:
        """For each document the earlier texts that rulings were made on, by digest, as far as they were kept."""
        return tuple(history.reviewed(source) for source in self.sources)

    def write(self, rulings: Sequence[tuple[int, Ruling]]) -> None:
        """Write rulings of one editor, each with the number of its document, and keep the texts they were
        made on.

        Raises UnwritableLog; of the folders that were not written to, nothing counts then.
        """
        by_log: dict[Path, list[Ruling]] = {}
        for number, ruling in rulings:
            folder, source = self.folders[number].folder, self.sources[number]
            if ruling.verdict != "undo":
                keep_text(folder, source.digest, source.text)
            by_log.setdefault(log_path(folder, ruling.editor), []).append(ruling)
        for path, own in by_log.items():
            append(path, own)

    def by_folder(self, rulings: Iterable[Ruling]) -> list[tuple[int, list[Ruling]]]:
        """Rulings by the folder in which they were written, each folder with the number of a document that was ruled on
        there last; those on other documents are left out.
        """
        found: dict[Path, tuple[int, list[Ruling]]] = {}
        for ruling in rulings:
            number = max(
                (n for n, s in enumerate(self.sources) if s.is_named(ruling.document, ruling.digest)), default=None
            )
            if number is not None:
                _, own = found.get(self.folders[number].folder, (number, []))
                found[self.folders[number].folder] = number, [*own, ruling]
        return list(found.values())


class SeenRulings:
    """The rulings that a review has seen, so that it notices when a log is shortened, emptied or taken away."""

    def __init__(self) -> None:
        self._paths: dict[str, Path] = {}

    def lost(self, history: History) -> list[Message]:
        """A message for each log from which something has gone that was seen before."""
        there = {r.id for log in history.logs for r in log.rulings}.union(*(log.named for log in history.logs))
        gone = Counter(path for i, path in self._paths.items() if i not in there)
        self._paths |= {r.id: log.path for log in history.logs for r in log.rulings}
        return [Message("rulings-gone", path=path, count=count) for path, count in sorted(gone.items())]


def strays(logs: Logs, history: History) -> tuple[tuple[Path, Path], ...]:
    """The places with rulings that lie elsewhere than new ones are written, each with the folder they belong in."""
    pairs = zip(logs.sources, logs.folders, strict=True)
    found = [(place, home.folder) for source, home in pairs for place in history.strays(source, home.folder)]
    return tuple(dict.fromkeys(found))


class RulingsByDocument:
    """What editors have ruled on documents that are examined one after the other; each log is read once."""

    def __init__(
        self,
        names: Iterable[str],
        inputs: Iterable[Path],
        *,
        decisions: Path | None = None,
        groups: Groups | None = None,
    ) -> None:
        self.folders, self.identities = RulingsFolders.of_names(names, asked=decisions), Identities()
        self.identities.expect(inputs, groups)
        self._histories: dict[tuple[tuple[Path, ...], bool], History] = {}

    def on(self, examined: Apparatus, *, tell: Callable[[CollationError], None]) -> tuple[Apparatus, Book | None]:
        """The apparatus under the name that the logs have for its document, with the rulings on it, if there are logs.

        What is wrong with the logs is reported once.
        """
        path = Path(examined.source.label)
        key = self.folders.of(path).filled, find_project(path.parent).second_reader
        if key not in self._histories:
            self._histories[key] = History.read(key[0], second_reader=key[1])
            for error in self._histories[key].damaged:
                tell(error)
        history = self._histories[key]
        apparatus = replace(examined, source=self.identities.identify(examined.source, history))
        return apparatus, match(apparatus, history.state, history.reviewed(apparatus.source)) if history.logs else None


def marks_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What shows that a log of the folder has changed; of a place that is no folder, that it is there."""
    if not folder.is_dir():
        return ((str(folder), -1, 0),)
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found.append((str(path), stat.st_size, stat.st_mtime_ns))
    return tuple(found)
