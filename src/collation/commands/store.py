"""`collation store`: the store of a collection, one SQLite file to ask questions of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collation.commands.baseline import Paths
from collation.commands.documents import check_out
from collation.commands.failures import leave_if_failed, leaving_on_failure
from collation.commands.options import (
    ByWhom,
    Config,
    Decisions,
    Encoding,
    JobsCount,
    Scheduler,
    Shared,
    UseCache,
    chosen_jobs,
)
from collation.system.console import say


def make_store(
    paths: Paths = None,
    out: Annotated[Path | None, typer.Option(help="The file; without it, collation.sqlite.", metavar="FILE")] = None,
    decisions: Decisions = None,
    config: Config = None,
    cache: UseCache = None,
    jobs: JobsCount = None,
    executor: ByWhom = "processes",
    scheduler: Scheduler = "",
    shared: Shared = False,
    encoding: Encoding = None,
) -> None:
    """Make the store of a collection, or renew it: documents, doubtful places, readings, rulings and words in one SQLite file.

    What has not changed is left as it is; documents whose files are gone are taken out. It is made of the results and the
    rulings, so that it can be thrown away and made again.
    """
    from collation.project.opening import open_project, open_run
    from collation.project.store import NAME, made_from, opened_store
    from collation.system.console import progress_bar

    by, names = chosen_jobs(jobs, executor, scheduler, shared=shared), paths or ["."]
    with leaving_on_failure():
        project = open_project(config)
        run = open_run(project, cache=cache, encoding=encoding, names=names, decisions=decisions, jobs=by)
        found = run.find(names)
        check_out(out, found, run.groups)
        with opened_store(out or Path(NAME)) as store:
            with progress_bar(len(found)) as step:
                for apparatus, rulings in run.documents(found, step):
                    store.put(apparatus, rulings, made_from(apparatus, run.cache.basis, encoding))
            gone = store.forget([label for label in store.labels() if not (run.here / label).exists()])
            counts = store.summary()
        listed = ", ".join(f"{name}: {count}" for name, count in counts.items())
        say(f"{store.path}: {listed}; written: {store.written}, unchanged: {store.kept}, removed: {gone}")
        for notice in run.notices:
            say(f"collation: {notice}", err=True)
        leave_if_failed(run)
