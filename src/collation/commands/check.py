"""`collation check`: the gate, for people, editors and continuous integration.

Exit codes, the same for every format: 0 nothing is in the way; 1 findings at or above the limit, a conflict or a
ruling that lost its place; 2 something could not be done: a bad option or setting, a file, a log or a baseline that
cannot be read, a fault of the program itself. 2 beats 1, and ``--exit-zero`` waives 1 only. Standard output has the
report and nothing else.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collation.commands.baseline import BaselineFile, Names, Paths
from collation.commands.documents import check_out
from collation.commands.failures import leaving_on_failure
from collation.commands.options import (
    ByWhom,
    Config,
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
from collation.commands.shown import coloured, what_next
from collation.system.console import put, say, wants_colour

if TYPE_CHECKING:
    from collation.gate.limits import Limits
    from collation.model.verdict import Verdict
    from collation.project.configuration import Project
    from collation.project.jobs import Jobs
    from collation.project.run import DocumentRun
    from collation.reading.part_files import PartFile


def check_documents(
    paths: Paths = None,
    fail_on: Annotated[
        str | None, typer.Option(help="The least grave level that makes the check fail.", metavar="error|warning|note")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(help="Leave out what is less certain than this.", min=0.0, max=1.0, metavar="P")
    ] = None,
    select: Annotated[
        str | None, typer.Option(help="Only these rules or families, joined by commas.", metavar="CODES")
    ] = None,
    ignore: Annotated[
        str | None, typer.Option(help="Without these rules or families, joined by commas.", metavar="CODES")
    ] = None,
    changed_since: Annotated[
        str | None, typer.Option(help="Only documents that differ from this commit of git.", metavar="REF")
    ] = None,
    baseline: BaselineFile = None,
    form: Annotated[str, typer.Option("--format", help="How to report.", metavar="{checks}")] = "text",
    out: Annotated[Path | None, typer.Option(help="Write the report into this file.", metavar="FILE")] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit code 0 although something was found.")] = False,
    show_settings: Annotated[bool, typer.Option("--show-settings", help="Show what holds here, and leave.")] = False,
    config: Config = None,
    cache: UseCache = None,
    jobs: JobsCount = None,
    executor: ByWhom = "processes",
    scheduler: Scheduler = "",
    shared: Shared = False,
    lang: OutputLang = "en",
    translation: Translation = None,
    witness: Witnesses = None,
    pages: Pages = None,
    encoding: Encoding = None,
) -> None:
    """Check that documents have no doubtful place that nobody has ruled on. Nothing is changed.

    Exit code 0 when nothing stands in the way, 1 when something does, 2 when something could not be done.
    """
    from collation.gate.formats import CHECK_WRITERS
    from collation.model.verdict import LEVELS

    one_of(form, tuple(CHECK_WRITERS), "--format")
    one_of(lang, ("en", "ru"), "--lang")
    examiners = chosen_jobs(jobs, executor, scheduler, shared=shared)
    if fail_on is not None:
        one_of(fail_on, LEVELS, "--fail-on")
    from collation.project.opening import narrow_limits, open_project
    from collation.project.settings_text import settings_text

    level: Any = fail_on
    with leaving_on_failure():
        project = open_project(config)
        limits = narrow_limits(project, fail_on=level, min_confidence=min_confidence, select=select, ignore=ignore)
        if show_settings:
            say(settings_text(replace(project, limits=limits)), nl=False)
            return
        verdict, run = _run(
            project,
            limits,
            paths or ["."],
            baseline=baseline,
            changed_since=changed_since,
            cache=cache,
            encoding=encoding,
            form=form,
            jobs=examiners,
            translation=translation,
            witnesses=named_witnesses(witness),
            pages=pages,
            out=out,
        )
        verdict, text = _written(verdict, run, form, lang)
        _deliver(text, verdict, form, out, lang)
        _summarise(verdict, run)
        if form in ("text", "full") and sys.stdout.isatty():
            for line in what_next(verdict):
                say(line, err=True)
        code = verdict.exit_code(exit_zero=exit_zero)
    if code:
        raise typer.Exit(code)


def _run(
    project: Project,
    limits: Limits,
    paths: Names,
    *,
    baseline: Path | None,
    changed_since: str | None,
    cache: bool | None,
    encoding: str | None,
    form: str,
    jobs: Jobs,
    translation: Path | None,
    witnesses: tuple[PartFile, ...],
    pages: Path | None,
    out: Path | None,
) -> tuple[Verdict, DocumentRun]:
    """The verdict on the documents that were chosen, and the run that it came of; ``out`` is refused before anything is
    examined where the report may not be written."""
    from collation.model.verdict import Verdict
    from collation.project.git import unchanged_since
    from collation.project.opening import open_baseline, open_run, own_version, rule_facts
    from collation.project.run import judged, stale_remark, vanished
    from collation.system.console import progress_bar

    known_path, known = open_baseline(project, baseline)
    run = open_run(
        project,
        cache=cache,
        encoding=encoding,
        names=paths,
        jobs=jobs,
        translation=translation,
        witnesses=witnesses,
        pages=pages,
    )
    vouched = unchanged_since(changed_since, project, known_path) if changed_since is not None else ()
    since, notes = rule_facts(limits, form)
    found = run.find(paths, vouched)
    check_out(out, (*found, *vouched), run.groups)
    with progress_bar(len(found)) as step:
        documents = judged(run, found, limits, known, since, step)
    remarks = tuple(stale_remark(k) for k in vanished(known, documents, run.here))
    verdict = Verdict(
        documents, tuple(map(str, run.failures)), remarks, limits.fail_on, limits.rules, own_version(), notes
    )
    return verdict, run


def _written(verdict: Verdict, run: DocumentRun, form: str, lang: str) -> tuple[Verdict, str]:
    """The report. A document that cannot be written is noted as a failure; the others are reported."""
    from collation.gate.formats import CHECK_WRITERS

    language: Any = lang
    try:
        return verdict, CHECK_WRITERS[form](verdict, lang=language)
    except Exception:
        kept = []
        for document in verdict.documents:
            with run.isolated(document.source.label):
                CHECK_WRITERS[form](replace(verdict, documents=(document,)), lang=language)
                kept.append(document)
        if len(kept) == len(verdict.documents):
            raise  # no document is to blame
        rest = replace(verdict, documents=tuple(kept), failures=tuple(map(str, run.failures)))
        return rest, CHECK_WRITERS[form](rest, lang=language)


def _deliver(text: str, verdict: Verdict, form: str, out: Path | None, lang: str) -> None:
    """The report to its place; on GitHub the summary of the step too."""
    from collation.errors import CollationError, Message
    from collation.gate.as_github import step_summary
    from collation.system.files import write_more
    from collation.writers.folder import write_report_file

    language: Any = lang
    if out is None:
        put(coloured(text) if form in ("text", "full") and wants_colour(sys.stdout) else text)
    else:
        write_report_file(out, text)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and summary:
        try:
            write_more(Path(summary), step_summary(verdict, lang=language).encode("utf-8"))
        except OSError as error:
            reason = error.strerror or error
            raise CollationError(Message("summary-unwritable", reason=reason), path=Path(summary)) from error


def _summarise(verdict: Verdict, run: DocumentRun) -> None:
    """Failures and the summary, on standard error."""
    from collation.model.verdict import LEVELS

    for fault in run.faults:
        say(fault, err=True, nl=False)
    for failure in (*verdict.failures, *run.notices):
        say(f"collation: {failure}", err=True)
    findings = [f for _, f in verdict.findings()]
    levels: Counter[str] = Counter(f.level for f in findings if f.counts)
    states: Counter[str] = Counter(f.status for f in findings)
    failing = sum(f.fails for f in findings) + sum(r.fails for r in verdict.all_remarks())
    cached = f" ({run.cached} from the cache)" if run.cached else ""
    counts = ", ".join(f"{level}: {levels[level]}" for level in LEVELS)
    parts = [f"documents: {len(verdict.documents)}{cached}; {counts}; settled: {states['settled']}"]
    parts += [f"{text}: {states[key]}" for key, text in _STATES if states[key]]
    newer = sum(f.newer and f.counts for f in findings)
    if newer:
        parts.append(f"rules newer than {verdict.pin} would bring: {newer}")
    end = (
        f"{failing} in the way"
        if failing
        else "something could not be done"
        if verdict.failures
        else "nothing in the way"
    )
    say(f"collation: {'; '.join(parts)}; {end}", err=True)


_STATES = (("known", "in the baseline"), ("unapplied", "accepted and not yet applied"), ("conflict", "in dispute"))
