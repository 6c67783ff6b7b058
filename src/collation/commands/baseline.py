"""`collation baseline`: the findings that were there when checking began, written down, looked at and thinned out.

What the commands of the gate alone take alike (paths and the baseline) is declared here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collation.commands.failures import leaving_on_failure
from collation.commands.options import Config, Encoding, Translation, UseCache
from collation.system.console import say

if TYPE_CHECKING:
    from collation.gate.baseline import BaselineFinding
    from collation.gate.limits import Limits
    from collation.project.run import DocumentRun

Names = list[str]

Paths = Annotated[
    Names | None,
    typer.Argument(
        help="Files, folders or patterns; without any, the working folder.", metavar="[PATH…]", show_default=False
    ),
]
BaselineFile = Annotated[
    Path | None, typer.Option("--baseline", help="The baseline, in place of the project's.", metavar="FILE")
]
baseline_app = typer.Typer(
    help="The findings that were there when checking began, and that do not count yet.", no_args_is_help=True
)


@baseline_app.command("write")
def write_new_baseline(
    paths: Paths = None,
    baseline: BaselineFile = None,
    config: Config = None,
    cache: UseCache = None,
    translation: Translation = None,
    encoding: Encoding = None,
) -> None:
    """Write down every undecided finding of these documents, so that only new ones count from now on."""
    from collation.gate.baseline import known_of

    def renewed(
        run: DocumentRun, limits: Limits, old: tuple[BaselineFinding, ...], found: list[Path]
    ) -> list[BaselineFinding]:
        from collation.decisions.placing import match
        from collation.gate.findings import counted, known_here

        kept = list(old)
        for apparatus, rulings in run.documents(found):
            source = apparatus.source
            book = match(apparatus, rulings.state, rulings.reviewed)
            known, stale = known_here(book, rulings, source, old)
            for item in stale:
                kept.remove(item)
            open_entries = [m.entry for m in book.entries if m.ruling is None and m.entry.id not in known]
            kept += [known_of(source, e) for e in open_entries if counted(e, source.label, limits)]
        return kept

    _rewrite(renewed, paths, baseline, config, cache, encoding, translation)


@baseline_app.command("prune")
def prune_baseline(
    paths: Paths = None,
    baseline: BaselineFile = None,
    config: Config = None,
    cache: UseCache = None,
    translation: Translation = None,
    encoding: Encoding = None,
) -> None:
    """Take out what was mended, ruled on or removed. Nothing is ever added."""
    from collation.gate.baseline import prune
    from collation.project.run import vanished

    def pruned(
        run: DocumentRun, limits: Limits, old: tuple[BaselineFinding, ...], found: list[Path]
    ) -> list[BaselineFinding]:
        from collation.decisions.placing import match
        from collation.gate.findings import judge_document, known_here

        stale: list[BaselineFinding] = []
        documents = []
        for apparatus, rulings in run.documents(found):
            book = match(apparatus, rulings.state, rulings.reviewed)
            stale += known_here(book, rulings, apparatus.source, old)[1]
            documents.append(judge_document(apparatus, rulings, limits))
        gone = () if run.failures else vanished(old, documents, run.here)
        return list(prune(old, [*stale, *gone]))

    _rewrite(pruned, paths, baseline, config, cache, encoding, translation)


@baseline_app.command("show")
def show_baseline(baseline: BaselineFile = None, config: Config = None) -> None:
    """List what the baseline knows."""
    from collation.project.opening import open_baseline, open_project

    with leaving_on_failure():
        _, known = open_baseline(open_project(config), baseline)
        for item in sorted(known, key=lambda k: k.order):
            say(f"{item.file}: {item.code} {' '.join(item.anchor.exact.split()) or '‹…›'}")


def _rewrite(
    change: Callable[[DocumentRun, Limits, tuple[BaselineFinding, ...], list[Path]], list[BaselineFinding]],
    paths: Names | None,
    baseline: Path | None,
    config: Path | None,
    cache: bool | None,
    encoding: str | None,
    translation: Path | None,
) -> None:
    """Write a baseline anew; when a document could not be read, nothing is written."""
    from collation.errors import BadSettings, Message
    from collation.gate.baseline import write_baseline
    from collation.project.opening import open_baseline, open_project, open_run
    from collation.writers.folder import write_report_file

    with leaving_on_failure():
        project = open_project(config)
        path, old = open_baseline(project, baseline, must_be=False)
        run = open_run(project, cache=cache, encoding=encoding, names=paths or ["."], translation=translation)
        found = run.find(paths or ["."])
        known = change(run, project.limits, old, found)
        for failure in run.failures:
            say(f"collation: {failure}", err=True)
        if run.failures:
            raise BadSettings(Message("baseline-kept"), path=path)
        write_report_file(path, write_baseline(known))
        say(f"collation: {path}: findings: {len(known)}, before: {len(old)}", err=True)
