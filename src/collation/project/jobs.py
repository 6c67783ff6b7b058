"""Documents examined in order: taken from the cache, or examined in this process, in several, or on other computers.

What a document comes to depends on its bytes, the settings and the program alone, so that it is the same whoever examined
it (docs/scale.md has the digests). Everything that depends on the other documents of a run (names, duplicates, rulings,
indexes) is done by the process that asked, in the order of the documents.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Literal, TypeVar

from collation.errors import CollationError, Message, UnreadableInput
from collation.model import Apparatus, Unexamined
from collation.model.seen_page import SeenPage
from collation.project.cache import Cache, basis_of
from collation.project.page_cache import PageCache, basis_of_pages
from collation.project.page_crops import with_crops
from collation.reading import DocumentBytes, bytes_of, read_data, read_payload
from collation.settings import Settings
from collation.system.collector import begin_document, freeze_loaded
from collation.system.workers import Crew, Outcome, OwnProcess, Processes, Settled, in_order, processors

A = TypeVar("A")
B = TypeVar("B")
Executor = Literal["processes", "dask"]
EXECUTORS: tuple[Executor, ...] = ("processes", "dask")

NO_CACHE = Cache(None, "")
_SHORT = "Он прпбыл сюда вечером 5 мая.", "He arrived here on the evening of 5 May."
FEW = 8
"""Documents that are examined in this process unless somebody asks for more: to begin a second one costs memory."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be examined: its bytes, and what its apparatus depends on besides.

    ``data`` None has the worker read the file itself, where it must have the ``digest``. ``cache`` is where the result is
    to be kept, and ``basis`` what the worker's own program and files must come to, "" where they are those of this process;
    ``document`` says of what files ``data`` is, ``seen``
    what its pages are where the worker cannot look himself.
    """

    path: Path
    label: str
    data: bytes | None
    settings: Settings
    encoding: str | None = None
    cache: Cache = NO_CACHE
    digest: str = ""
    basis: str = ""
    document: DocumentBytes | None = None
    seen: tuple[tuple[SeenPage, ...], tuple[Unexamined, ...]] | None = None

    @property
    def depends(self) -> tuple[str, ...]:
        """What the result depends on besides bytes and settings of the project: the listed words, and the pages."""
        return (*self.settings.words, *basis_of_pages(self.document.pages if self.document else ()))

    def pages(self) -> tuple[tuple[SeenPage, ...], tuple[Unexamined, ...]]:
        """The pages of the document as an engine sees them, and what is to be told of those that cannot be read."""
        if self.seen is not None or self.document is None or not self.document.pages:
            return self.seen or ((), ())
        folder = self.cache.folder
        return PageCache(folder.with_name("pages") if folder else None).seen(self.document.pages)


@dataclass(frozen=True, slots=True)
class Examined:
    """What became of a document: its ``apparatus``, else the error; a ``fault`` of the program has its traceback too.

    ``cached`` says that it was known; ``notice`` what is to be reported of how it was examined.
    """

    label: str
    apparatus: Apparatus | None = None
    error: CollationError | None = None
    fault: str = ""
    cached: bool = False
    notice: str = ""


def examine_task(task: Task) -> Examined:
    """Examine a document and keep the result. What is wrong with the document is in what comes back."""
    from collation import pipeline

    begin_document()
    try:
        check_program(task)
        data = task.data if task.data is not None else task_bytes(task)
        document = (
            read_payload(task.document, encoding=task.encoding)
            if task.document
            else read_data(data, task.path, encoding=task.encoding, label=task.label)
        )
        pages, told = task.pages()
        apparatus = pipeline.examine(replace(document, pages=pages) if pages else document, settings=task.settings)
        if pages and task.document:
            apparatus = with_crops(apparatus, task.document.pages)
        if told:
            apparatus = replace(apparatus, unexamined=(*apparatus.unexamined, *told))
    except CollationError as error:
        return Examined(task.label, error=error)
    task.cache.keep(data, apparatus, task.encoding, task.depends)
    return Examined(task.label, apparatus)


def task_bytes(task: Task) -> bytes:
    """The bytes of a file as they were when the task was made. Raises UnreadableInput when they are others by now."""
    data = bytes_of(task.path, label=task.label)
    if hashlib.sha256(data).hexdigest() != task.digest:
        raise UnreadableInput(Message("file-changed"), path=task.label)
    return data


def check_program(task: Task) -> None:
    """Raise CollationError where this computer would give another result than the one that asks."""
    if task.basis and task.basis != program_basis(task.settings.of_project()):
        raise CollationError(Message("worker-differs", computer=platform.node()), path=task.label)


@lru_cache(maxsize=8)
def program_basis(settings: Settings) -> str:
    """The digest of everything but the document that a result depends on, on this computer."""
    return basis_of(settings, "")


def load_everything(settings: Settings) -> None:
    """Load whatever the examination of a document needs, by examining a short one."""
    from collation import pipeline
    from collation.reading import read_pair

    pipeline.examine(
        read_pair(*_SHORT),
        settings=replace(settings, words=()),
    )
    freeze_loaded()


def load_alignment() -> None:
    """Load whatever the alignment of a document needs, by aligning a short one."""
    from collation.alignment.align import align
    from collation.languages.knowledge import knowledge_for
    from collation.reading import read_pair

    align(read_pair(*_SHORT), knowledge_for())
    freeze_loaded()


@dataclass(frozen=True, slots=True)
class Jobs:
    """How documents are examined: by how many (``count`` None: the processors, and this process alone for a few) and by whom.

    ``scheduler`` is the address of a running Dask cluster; ``shared`` says that its workers see the files themselves, under
    their paths from the root, so that these need not be sent.
    """

    count: int | None = None
    executor: Executor = "processes"
    scheduler: str = ""
    shared: bool = False

    @property
    def remote(self) -> bool:
        """Whether others do the work, who have a cache of their own or none."""
        return bool(self.scheduler) or self.executor == "dask"

    def examined(
        self, tasks: Iterable[Task | Examined], total: int, tell: Callable[[str], None] = lambda name: None
    ) -> Iterator[Examined]:
        """What becomes of each of ``total`` documents, in order; ``tell`` hears the name of each when it is done.

        What was examined before is taken from the cache of its task. One that cannot be examined costs no other.
        """
        given: dict[int, Task | Examined] = {}
        number = 0

        def items() -> Iterator[Task | Settled[Examined]]:
            for at, task in enumerate(tasks):
                given[at] = task
                known = task if isinstance(task, Examined) else _known(task)
                yield Settled(known) if known else self._handed(task)  # type: ignore[arg-type]

        def crew() -> Crew[Task, Examined]:
            settings = next(t.settings for t in given.values() if isinstance(t, Task))
            return self._crew(examine_task, total - len(given) - number + 1, partial(load_everything, settings))

        for outcome in in_order(items(), crew, lambda at: tell(given[at].label)):
            task = given.pop(number)
            number += 1
            found = _told(outcome, task.label)
            if self.remote and isinstance(task, Task):
                _keep(task, found)
            yield found

    def mapped(
        self,
        work: Callable[[A], B],
        items: Iterable[A | Settled[B]],
        total: int,
        load: Callable[[], object] = lambda: None,
    ) -> Iterator[Outcome[B]]:
        """What becomes of other pieces of work, in order; ``work`` is a function of a module."""
        return in_order(items, lambda: self._crew(work, total, load))

    def _crew(self, work: Callable[[A], B], left: int, load: Callable[[], object]) -> Crew[A, B]:
        """Whoever does what is left."""
        if self.remote:
            from collation.project.cluster import Cluster

            return Cluster(work, size=self.count or processors(), address=self.scheduler)
        size = min(self.count or processors(), left)
        if size < 2 or (self.count is None and left < FEW):
            return OwnProcess(work)
        return Processes(work, size, load)

    def _handed(self, task: Task) -> Task:
        """The task as it is handed out: to somebody elsewhere without our cache, and without the bytes that he can read."""
        if not self.remote:
            return task
        if task.document is not None and task.document.pages:
            task = replace(task, seen=task.pages())
        basis = program_basis(task.settings.of_project())
        several = task.document is not None and len(task.document.files.all_paths) > 1
        if not self.shared or task.data is None or several or not task.path.is_file():
            return replace(task, cache=NO_CACHE, basis=basis)
        digest = hashlib.sha256(task.data).hexdigest()
        return replace(
            task, cache=NO_CACHE, basis=basis, data=None, document=None, path=task.path.absolute(), digest=digest
        )


def _keep(task: Task, found: Examined) -> None:
    """Keep what came back from somebody who has no cache of ours."""
    if found.apparatus is not None and not found.cached and task.data is not None:
        task.cache.keep(task.data, found.apparatus, task.encoding, task.depends)


def _known(task: Task) -> Examined | None:
    if task.data is None:
        return None
    labels = task.document.labels if task.document else (task.label,)
    witnesses = task.document.witnesses if task.document else ()
    found = task.cache.find(task.data, labels, task.encoding, task.depends, witnesses)
    return Examined(task.label, found, cached=True) if found is not None else None


def _told(outcome: Outcome[Examined], label: str) -> Examined:
    """An outcome as what became of a document."""
    if outcome.lost:
        return Examined(label, error=CollationError(Message("worker-lost", how=outcome.lost), path=label))
    if outcome.value is None:
        return Examined(label, error=CollationError(Message("fault-of-program"), path=label), fault=outcome.fault)
    if outcome.again:
        return replace(
            outcome.value, notice=str(CollationError(Message("worker-again", how=outcome.again), path=label))
        )
    return outcome.value
