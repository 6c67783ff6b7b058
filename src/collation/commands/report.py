"""`collation report`: the apparatus of each document, and an index of them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collation.commands.documents import files_of, groups_for, put_text, read_input, settings_for
from collation.commands.failures import Failures
from collation.commands.options import (
    ByWhom,
    Encoding,
    JobsCount,
    OutputLang,
    Pages,
    Scheduler,
    Shared,
    Translation,
    UseCache,
    Witnesses,
    chosen_jobs,
    named_witnesses,
    one_of,
)
from collation.errors import CollationError, Message
from collation.system.console import say

if TYPE_CHECKING:
    from collation.project.cache import Cache
    from collation.project.jobs import Examined, Jobs, Task
    from collation.reading.part_files import Groups
    from collation.settings import Settings


def report_documents(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, patterns, or - for standard input.", metavar="PATH…", show_default=False),
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="The folder in which the reports are written; without it, reports.", metavar="FOLDER"),
    ] = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            help="What to write: {formats}, or several joined by commas.",
            metavar="{formats}",
        ),
    ] = "html",
    decisions: Annotated[
        Path | None, typer.Option(help="The folder of the rulings, in place of the project's.", metavar="FOLDER")
    ] = None,
    changes: Annotated[
        str,
        typer.Option(
            help="In Word files: which readings are proposed as changes of the text, plain slips alone, or all; the others "
            "are told in comments.",
            metavar="plain|all",
        ),
    ] = "plain",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="A line for each document too.")] = False,
    cache: UseCache = None,
    jobs: JobsCount = None,
    executor: ByWhom = "processes",
    scheduler: Scheduler = "",
    shared: Shared = False,
    ids: Annotated[
        Path | None,
        typer.Option(
            help="A CSV table of paths and the ids of your own catalogue; sheets get a column of them.", metavar="FILE"
        ),
    ] = None,
    lang: OutputLang = "en",
    translation: Translation = None,
    witness: Witnesses = None,
    pages: Pages = None,
    encoding: Encoding = None,
) -> None:
    """Write the apparatus of doubtful places of each document, and an index of them all.

    A folder stands for its {endings} files at any depth. Places that editors have ruled on are shown as settled.
    A document that cannot be read is named with the reason; the others are done all the same.
    """
    from collation.project.own_ids import NONE, read_ids
    from collation.reading.inputs import STANDARD_INPUT, find_inputs, groups_among
    from collation.review.logs import RulingsByDocument
    from collation.writers import WRITERS
    from collation.writers.decided import count_places
    from collation.writers.folder import ReportFolder

    language = one_of(lang, ("en", "ru"), "--lang")
    chosen = [one_of(name, tuple(WRITERS), "--format") for name in formats.split(",") if name]
    examiners = chosen_jobs(jobs, executor, scheduler, shared=shared)
    all_changes = one_of(changes, ("plain", "all"), "--changes") == "all"
    failures = Failures()
    target = out or Path("reports")
    with failures.noted():
        groups = groups_for(paths, translation, named_witnesses(witness), pages)
        inputs = list(failures.drop(find_inputs(paths, without=target, groups=groups)))
        groups, told = groups_among(groups, inputs)
        for notice in told:
            say(f"collation: {notice}", err=True)
        if out is None and target.is_symlink():
            raise CollationError(Message("out-is-link"), path=target)
        own = read_ids(ids) if ids else NONE
        for message in own.told(inputs):
            say(f"collation: {own.path}: {message.text(language)}", err=True)
        kept = files_of(inputs, groups)
        folder = ReportFolder(target, chosen, language, all_changes=all_changes, ids=own.of, documents=kept)
        folder.expect(["(stdin)" if path == STANDARD_INPUT else str(path) for path in inputs])
        rulings = RulingsByDocument(paths, inputs, decisions=decisions, groups=groups)
        done = places = 0
        for examined in _examined(inputs, encoding, cache, examiners, groups):
            with failures.noted():
                found = failures.result(examined)
                if found is None:
                    continue
                apparatus, book = rulings.on(found, tell=failures.add)
                written = ", ".join(str(path) for path in folder.add(apparatus, book))
                count = count_places(apparatus, book)
                if verbose or len(inputs) == 1:
                    put_text(f"{apparatus.source.label}: doubtful places: {count}; see {written}\n")
                done, places = done + 1, places + count
        folder.finish()
        if len(inputs) > 1:
            index = target / "index.html"
            see = index if index.is_file() else target
            put_text(f"documents: {done} of {len(inputs)}; doubtful places: {places}; see {see}\n")
        for sentence in rulings.identities.copies():
            say(f"collation: {sentence}", err=True)
    failures.leave()


def _examined(
    inputs: list[Path], encoding: str | None, cache: bool | None, jobs: Jobs, groups: Groups
) -> Iterator[Examined]:
    """What becomes of each input."""
    from collation.system.console import progress_bar

    with progress_bar(len(inputs)) as step:
        yield from jobs.examined(_tasks(inputs, encoding, cache, groups), len(inputs), step)


def _tasks(inputs: list[Path], encoding: str | None, cache: bool | None, groups: Groups) -> Iterator[Task | Examined]:
    """What is to be done for each input, with the cache for its settings."""
    from collation.project.jobs import Examined, Task
    from collation.project.opening import cache_for

    caches: dict[Settings, Cache] = {}
    for path in inputs:
        try:
            item = read_input(path, groups)
            settings = settings_for(path)
            own = settings.of_project()
            if own not in caches:
                caches[own] = cache_for(own, wanted=cache)
            yield Task(path, item.labels[0], item.data, settings, encoding, caches[own], document=item)
        except CollationError as error:
            yield Examined(str(path), error=error)
