"""The documents of a check: found, examined or taken from the cache, and brought together with their rulings.

What cannot be read is put down as a failure and the rest goes on, so that one broken file does not hide what is wrong
with the others. The heavy part of the program is imported only when a document has to be examined.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from collation.decisions.history import History
from collation.errors import CollationError, Message, UnreadableInput
from collation.gate.baseline import BaselineFinding, FindingsByDocument
from collation.gate.findings import Rulings, fits, judge_document
from collation.gate.limits import Limits
from collation.model import Apparatus, Document
from collation.model.verdict import JudgedDocument, Remark
from collation.project.cache import Cache
from collation.project.configuration import Project
from collation.project.jobs import Examined, Jobs, Task
from collation.project.known_documents import Identities
from collation.project.page_cache import PageCache
from collation.project.page_questions import PageQuestions
from collation.project.rulings_folders import RulingsFolder, RulingsFolders, astray
from collation.project.word_list import WordLists
from collation.reading import DocumentBytes, bytes_of, packed_up, read_files
from collation.reading.inputs import STANDARD_INPUT, find_inputs, groups_among
from collation.reading.part_files import Groups, PartFile
from collation.system.console import traceback_of
from collation.system.files import resolved

T = TypeVar("T")


@dataclass
class DocumentRun:
    """A run over the documents of a project; it notes what failed and how much the cache answered.

    ``folders`` are where the rulings lie; without them they are found by the project and the documents alone.
    ``notices`` are what is to be reported and hinders nothing; ``jobs`` say who examines what the cache does not know.
    """

    project: Project
    cache: Cache
    here: Path
    encoding: str | None = None
    failures: list[CollationError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cached: int = 0
    folders: RulingsFolders = field(default_factory=RulingsFolders)
    identities: Identities = field(default_factory=Identities)
    words: WordLists = field(default_factory=WordLists)
    jobs: Jobs = field(default_factory=lambda: Jobs(count=1))
    translation: Path | None = None
    witnesses: tuple[PartFile, ...] = ()
    pages: Path | None = None
    _histories: dict[tuple[Path, ...], History | None] = field(default_factory=dict)
    _strays: set[tuple[Path, Path]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.folders.configured is None:
            self.folders.configured = self.project.decisions
        self.words.folders = self.folders
        if self.project.path is not None:
            self.words.project = self.project
        self.groups = Groups(self.project.documents, self.translation, self.witnesses, self.pages)

    def find(self, names: Iterable[str], vouched: Collection[Path] = ()) -> list[Path]:
        """The documents meant by the names, without those that somebody vouches for."""
        found, among = [], []
        for item in find_inputs(names, groups=self.groups):
            if isinstance(item, UnreadableInput):
                self.failures.append(item)
            elif item == STANDARD_INPUT:
                self.failures.append(UnreadableInput(Message("standard-input-unchecked")))
            elif not self._is_left_out(item):
                among.append(item)
                if not self._is_vouched(item, vouched):
                    found.append(item)
        try:
            self.groups, told = groups_among(self.groups, among)
        except UnreadableInput as error:
            self.failures.append(error)
            return []
        self._put_down(self.notices, map(str, told))
        return found

    def _is_vouched(self, path: Path, vouched: Collection[Path]) -> bool:
        """Whether somebody vouches for every file that a document depends on."""
        if not vouched:
            return False
        try:
            return all(_is_among(each, vouched) for each in self.groups.of(path).all_paths)
        except UnreadableInput:
            return False

    def documents(
        self, paths: Iterable[Path], step: Callable[[str], None] = lambda name: None
    ) -> Iterator[tuple[Apparatus, Rulings]]:
        """The apparatus of each document that can be read, with the rulings on it."""
        return self.each(paths, lambda apparatus, rulings: (apparatus, rulings), step)

    def each(
        self,
        paths: Iterable[Path],
        use: Callable[[Apparatus, Rulings], T],
        step: Callable[[str], None] = lambda name: None,
    ) -> Iterator[T]:
        """What is made of each document that can be read. Whatever happens in one is put down, and the next is done."""
        listed = list(paths)
        self.identities.expect(listed, self.groups)
        at = {self.label(path): path for path in listed}
        for found in self.jobs.examined(self._tasks(listed), len(listed), step):
            self._note(found)
            if found.apparatus is None:
                continue
            with self.isolated(found.label):
                path = at[found.label]
                history = self.history(path)
                if history is None:
                    continue
                apparatus = self._known(found.apparatus, history)
                self._tell_strays(self.folders.of(path), history, apparatus)
                made = use(apparatus, Rulings(history.state, history.reviewed(apparatus.source)))
                yield made
        self._put_down(self.notices, self.identities.copies())

    def _tasks(self, paths: Sequence[Path]) -> Iterator[Task | Examined]:
        """What is to be done for each document; those whose rulings cannot be read are not examined."""
        for path in paths:
            label = self.label(path)
            try:
                if self.history(path) is None:
                    yield Examined(label)
                    continue
                settings = replace(self.project.settings, words=self.words.for_document(path))
                item = self.packed(path)
                yield Task(path, label, item.data, settings, self.encoding, self.cache, document=item)
            except CollationError as error:
                yield Examined(label, error=error)
            except Exception as error:
                fault = CollationError(Message("fault-of-program"), path=label)
                yield Examined(label, error=fault, fault=traceback_of(error))

    def _note(self, found: Examined) -> None:
        """Put down what went wrong with a document, and how it was come by."""
        self.cached += found.cached
        if found.fault:
            self.faults.append(found.fault)
        if found.error is not None:
            self.failures.append(found.error)
        if found.notice:
            self.notices.append(found.notice)

    @contextmanager
    def isolated(self, label: str) -> Iterator[None]:
        """What goes wrong with a document while a block runs is put down: a fault of the program with the way to it."""
        try:
            yield
        except CollationError as error:
            self.failures.append(error)
        except Exception as error:
            self.faults.append(traceback_of(error))
            self.failures.append(CollationError(Message("fault-of-program"), path=label))

    def history(self, path: Path) -> History | None:
        """What was ruled in the places where the rulings on a document may lie; None when one of them is no folder.

        What is wrong with the logs is put down once for each place.
        """
        places = self.folders.of(path).filled
        if places not in self._histories:
            try:
                history = History.read(places, second_reader=self.project.second_reader)
            except CollationError as error:
                self.failures.append(error)
                self._histories[places] = None
                return None
            self.failures += history.damaged
            self._put_down(self.notices, (f"{p}: the last line is unfinished and does not count" for p in history.torn))
            self._put_down(self.notices, (f"warning: {missing}" for missing in history.missing))
            self._histories[places] = history
        return self._histories[places]

    def _put_down(self, where: list[str], sentences: Iterable[str]) -> None:
        where += [sentence for sentence in sentences if sentence not in where]

    def _known(self, apparatus: Apparatus, history: History) -> Apparatus:
        """The apparatus with its document under the name that the logs have for it."""
        return replace(apparatus, source=self.identities.identify(apparatus.source, history))

    def _tell_strays(self, home: RulingsFolder, history: History, apparatus: Apparatus) -> None:
        """Rulings on a document that lie elsewhere count, and are reported once with the command that moves them."""
        for place in history.strays(apparatus.source, home.folder):
            if (place, home.folder) not in self._strays:
                self._strays.add((place, home.folder))
                self.notices.append(str(astray(place, home.folder)))

    def label(self, path: Path) -> str:
        """The path as reports name it: from the working folder, where it lies below that."""
        absolute = path.absolute()
        return (absolute.relative_to(self.here) if absolute.is_relative_to(self.here) else path).as_posix()

    def _is_left_out(self, path: Path) -> bool:
        """Whether the project leaves a file out, or it is its word list."""
        if self.words.is_list(path):
            return True
        absolute = path.absolute()
        root = self.project.root
        label = absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else path.as_posix()
        return any(fits(label, pattern) for pattern in self.project.exclude)

    def packed(self, path: Path) -> DocumentBytes:
        """The files of a document with their bytes and pages. Raises CollationError."""
        files = self.groups.of(path)
        own = [bytes_of(each, label=self.label(each)) for each in files.all_paths]
        return packed_up(files, own, self.label, groups=self.groups)

    def page_questions(self) -> PageQuestions:
        """The pages of the documents, to be asked about readings."""
        folder = self.cache.folder
        seen = PageCache(folder.with_name("pages") if folder else None)
        return PageQuestions(self.packed, seen, self.encoding)

    def read(self, path: Path) -> Document:
        """The document that a file stands for. Raises UnreadableInput."""
        return read_files(self.groups.of(path), encoding=self.encoding, label=self.label)


def _is_among(path: Path, files: Collection[Path]) -> bool:
    """Whether a file is among some, and where it is a link also what it leads to."""
    return bool(files) and resolved(path) in files and resolved(path.parent) / path.name in files


def judged(
    run: DocumentRun,
    paths: Iterable[Path],
    limits: Limits,
    baseline: tuple[BaselineFinding, ...],
    since: Mapping[str, str],
    step: Callable[[str], None] = lambda name: None,
) -> tuple[JudgedDocument, ...]:
    """Each document at the gate, by its path."""

    of_documents = FindingsByDocument(baseline)

    def at_the_gate(apparatus: Apparatus, rulings: Rulings) -> JudgedDocument:
        return judge_document(apparatus, rulings, limits, of_documents.of(apparatus.source), since=since)

    return tuple(sorted(run.each(paths, at_the_gate, step), key=lambda d: d.source.label))


def vanished(
    baseline: Iterable[BaselineFinding], documents: Iterable[JudgedDocument], root: Path
) -> tuple[BaselineFinding, ...]:
    """Findings of the baseline whose document is neither among those examined nor where it was."""
    listed = [d.source for d in documents]
    files = {source.label for source in listed}
    names = {name for source in listed for name in (source.id, *source.former)}
    return tuple(
        k for k in baseline if k.file not in files and k.document not in names and not (root / k.file).is_file()
    )


def stale_remark(item: BaselineFinding) -> Remark:
    """What is reported of a finding of the baseline that is no longer there."""
    return Remark("stale-baseline", item.file, item.anchor.exact, code=item.code)
