"""The documents of a check: found, examined or taken from the cache, and brought together with their rulings.

What cannot be read is put down as a failure and the rest goes on, so that one broken file does not hide what is wrong
with the others. The heavy part of the program is imported only when a document has to be examined.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from collation.cache import Cache
from collation.configuration import Limits, Project
from collation.console import trace
from collation.decisions.baseline import Known
from collation.decisions.fold import State, fold
from collation.decisions.log import find_folder, load_folder
from collation.decisions.reviewed import kept_text
from collation.errors import CollationError, DamagedLog, UnreadableInput
from collation.gate import Rulings, fits, judge
from collation.model import Apparatus
from collation.model.verdict import Judged, Remark
from collation.reading.inputs import STANDARD_INPUT, find_inputs
from collation.visible import visible_line

T = TypeVar("T")
FAULT = "this is a fault of the program, not of the document; please report it"


@dataclass
class Inspection:
    """A run over the documents of a project; it notes what failed and how much the cache answered."""

    project: Project
    cache: Cache
    here: Path
    encoding: str | None = None
    failures: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cached: int = 0
    _states: dict[Path, State | None] = field(default_factory=dict)

    def find(self, names: Iterable[str], only: Collection[Path] | None = None) -> list[Path]:
        """The documents meant by the names; ``only`` are the files that may be among them."""
        found = []
        for item in find_inputs(names):
            if isinstance(item, UnreadableInput):
                self.failures.append(str(item))
            elif item == STANDARD_INPUT:
                self.failures.append("standard input cannot be checked, having no name that rulings could go with")
            elif not self._is_left_out(item) and (only is None or item.resolve() in only):
                found.append(item)
        return found

    def documents(
        self, paths: Iterable[Path], step: Callable[[str], None] = lambda name: None
    ) -> Iterator[tuple[Apparatus, Rulings]]:
        """The apparatus of each document that can be read, with the rulings on it."""
        return self.each(paths, lambda apparatus, rulings: (apparatus, rulings), step)

    def each(
        self, paths: Iterable[Path], use: Callable[[Apparatus, Rulings], T], step: Callable[[str], None] = lambda name: None
    ) -> Iterator[T]:
        """What is made of each document that can be read. Whatever happens in one is put down, and the next is done."""
        seen: dict[str, str] = {}
        for path in paths:
            step(str(path))
            with self.isolated(self.label(path)):
                state = self._state(find_folder(path, configured=self.project.decisions))
                if state is None:
                    continue
                apparatus = self._apparatus(path)
                self._refuse_twin(apparatus, seen)
                made = use(apparatus, self._rulings(state, apparatus, path))
                yield made

    @contextmanager
    def isolated(self, label: str) -> Iterator[None]:
        """What goes wrong with a document while a block runs is put down: a fault of the program with the way to it."""
        try:
            yield
        except CollationError as error:
            self.failures.append(str(error))
        except Exception as error:
            self.faults.append(trace(error))
            self.failures.append(f"{visible_line(label)}: {FAULT}")

    def label(self, path: Path) -> str:
        """The path as reports name it: from the working folder, where it lies below that."""
        absolute = path.absolute()
        return (absolute.relative_to(self.here) if absolute.is_relative_to(self.here) else path).as_posix()

    def _is_left_out(self, path: Path) -> bool:
        """Whether the project leaves a file out."""
        absolute = path.absolute()
        root = self.project.root
        label = absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else path.as_posix()
        return any(fits(label, pattern) for pattern in self.project.exclude)

    def _state(self, folder: Path) -> State | None:
        """The folded rulings of a folder; None when a log is damaged, which is put down once."""
        if folder not in self._states:
            try:
                if folder.exists() and not folder.is_dir():
                    raise DamagedLog("rulings are looked for here, and this is no folder", path=folder)
                logs = load_folder(folder)
                rulings = [r for log in logs for r in log.rulings]
                self._states[folder] = fold(rulings, second_reader=self.project.second_reader)
                torn = [log.path for log in logs if log.torn]
                self.notices += [f"{path}: the last line is unfinished and does not count" for path in torn]
            except CollationError as error:
                self.failures.append(str(error))
                self._states[folder] = None
        return self._states[folder]

    def _rulings(self, state: State, apparatus: Apparatus, path: Path) -> Rulings:
        folder = find_folder(path, configured=self.project.decisions)
        digests = {r.digest for s in state.of(apparatus.source.id) for r in s.rulings}
        texts = {digest: kept_text(folder, digest) for digest in digests - {apparatus.source.digest}}
        return Rulings(state, {digest: text for digest, text in texts.items() if text is not None})

    def _apparatus(self, path: Path) -> Apparatus:
        label = self.label(path)
        data = _bytes(path, label)
        found = self.cache.find(data, label, self.encoding)
        if found is not None:
            self.cached += 1
            return found
        from collation.pipeline import examine
        from collation.reading import read_file

        document = read_file(path, encoding=self.encoding, label=label)
        apparatus = examine(document, settings=self.project.settings)
        self.cache.keep(data, apparatus, self.encoding)
        return apparatus

    def _refuse_twin(self, apparatus: Apparatus, seen: dict[str, str]) -> None:
        source = apparatus.source
        other = seen.setdefault(source.id, source.label)
        if other != source.label:
            raise UnreadableInput(f"this is document {source.id}, as is {other}; it was left out", path=source.label)


def _bytes(path: Path, label: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"the file cannot be opened ({error.strerror or error})", path=label) from error


def judged(
    inspection: Inspection, paths: Iterable[Path], limits: Limits, baseline: tuple[Known, ...], since: Mapping[str, str],
    step: Callable[[str], None] = lambda name: None,
) -> tuple[Judged, ...]:  # fmt: skip
    """Each document at the gate, by its path."""

    def at_the_gate(apparatus: Apparatus, rulings: Rulings) -> Judged:
        return judge(apparatus, rulings, limits, baseline, since=since)

    return tuple(sorted(inspection.each(paths, at_the_gate, step), key=lambda d: d.source.label))


def vanished(baseline: Iterable[Known], documents: Iterable[Judged], root: Path) -> tuple[Known, ...]:
    """Findings of the baseline whose document is neither among those examined nor where it was."""
    listed = [d.source for d in documents]
    return tuple(k for k in baseline if not any(k.is_of(s) for s in listed) and not (root / k.file).is_file())


def stale_remark(item: Known) -> Remark:
    """What is told of a finding of the baseline that is no longer there."""
    return Remark("stale-baseline", item.file, item.anchor.exact, code=item.code)
