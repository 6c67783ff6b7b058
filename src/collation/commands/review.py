"""`collation review`: rulings on the doubtful places, in the terminal or in the browser.

They are written into the logs of the project, beside the documents and never into them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from collation.commands.failures import leave_if_failed, leaving_on_failure
from collation.commands.options import (
    Decisions,
    Encoding,
    OutputLang,
    Pages,
    Translation,
    Witnesses,
    named_witnesses,
    split_names,
)
from collation.errors import Message, UnreadableInput, UnwritableLog
from collation.system.console import say

if TYPE_CHECKING:
    from collation.model import Apparatus
    from collation.project.run import DocumentRun
    from collation.review.session import Filters
    from collation.writers.phrases import Lang


def review_documents(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders or patterns.", metavar="PATH…", show_default=False),
    ] = None,
    web: Annotated[bool, typer.Option("--web", help="In the browser instead of the terminal.")] = False,
    editor: Annotated[
        str, typer.Option(help="The name that goes with every ruling.", envvar="COLLATION_EDITOR", metavar="NAME")
    ] = "",
    family: Annotated[str, typer.Option(help="Only these families or rules, joined by commas.", metavar="CODES")] = "",
    tier: Annotated[str, typer.Option(help="Only these tiers: emend, query, note.", metavar="TIERS")] = "",
    harm: Annotated[
        str, typer.Option(help="Only these: sense, value, name, loss, grammar, spelling, catalogue.", metavar="KINDS")
    ] = "",
    document: Annotated[str, typer.Option(help="Only these documents, by their numbers.", metavar="IDS")] = "",
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only places on which editors disagree.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also places that are ruled.")] = False,
    by_line: Annotated[bool, typer.Option("--by-line", help="In the order of the text, not by harm.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Whole lines, as from a pipe: for screen readers.")] = False,
    decisions: Decisions = None,
    lang: OutputLang = "en",
    port: Annotated[int, typer.Option(help="With --web: the port, 0 for any that is free.", metavar="N")] = 0,
    browse: Annotated[bool, typer.Option("--browse/--no-browse", help="With --web: open the browser.")] = True,
    translation: Translation = None,
    witness: Witnesses = None,
    pages: Pages = None,
    encoding: Encoding = None,
) -> None:
    """Rule on the doubtful places one after the other: accept, reject, an own reading, or leave them as they
    stand.

    Every ruling is saved at once, with the editor's name and the time, in the logs of the project; no
    document is changed. Leave at any time; the next review goes on where this one ended.
    """
    from collation.project.opening import open_project, open_run
    from collation.review.session import Filters

    language = _lang(lang)
    kinds = {"--tier": (tier, ("emend", "query", "note")), "--harm": (harm, _harms())}
    for option, (given, allowed) in kinds.items():
        _only(split_names(given), allowed, option)
    filters = Filters(
        split_names(family.upper()),
        split_names(tier),
        split_names(harm),
        split_names(document),
        conflicts=conflicts,
        all=everything,
    )
    with leaving_on_failure():
        project = open_project(None)
        names = paths or []
        run = open_run(
            project,
            encoding=encoding,
            names=names,
            decisions=decisions,
            translation=translation,
            witnesses=named_witnesses(witness),
            pages=pages,
        )
        if web:
            _serve(names, run, editor, language, port, browse=browse)
            return
        if not paths:
            raise typer.BadParameter("name the documents to be reviewed, or add --web", param_hint="PATH…")
        _review(paths, run, editor, filters, language, by_line=by_line, plain=plain)
        leave_if_failed(run)


def _review(
    paths: Sequence[str],
    run: DocumentRun,
    editor: str,
    filters: Filters,
    lang: Lang,
    *,
    by_line: bool,
    plain: bool,
) -> None:
    """The review in the terminal."""
    from datetime import UTC, datetime

    from rich.console import Console

    from collation.project.configuration import find_project
    from collation.project.git import editor_name
    from collation.project.opening import own_version
    from collation.review.logs import Logs
    from collation.review.session import open_session
    from collation.review.terminal.input import typing
    from collation.review.terminal.loop import Terminal
    from collation.review.terminal.view import View
    from collation.writers.layout import lay_out

    project = run.project
    documents = list(_examined(run, paths))
    _tell(run)
    if not documents:
        return
    folders = [run.folders.of(path) for path, _ in documents]
    apparatus = [a for _, a in documents]
    logs = Logs.of(apparatus, folders, second_reader=project.second_reader)
    history = logs.history()
    session = open_session(
        apparatus,
        history.state,
        editor or editor_name(),
        reviewed=logs.reviewed(history),
        filters=filters,
        by_line=by_line,
    )
    terminal = Terminal(
        session,
        View(tuple(lay_out(a) for a in apparatus), lang),
        logs,
        Console(no_color=plain or None, emoji=False, markup=False),
        typing(plain=plain),
        now=lambda: datetime.now(UTC),
        version=own_version(),
        scan=find_project(documents[0][0]).scan,
        examine_again=lambda number: examine_one(run, documents[number][0]),
        words=run.words,
        paths=tuple(path for path, _ in documents),
        ask_page=run.page_questions().ask,
    )
    terminal.run()
    if terminal.unsaved:
        raise UnwritableLog(Message("review-unsaved"))


def _examined(run: DocumentRun, paths: Sequence[str]) -> Iterator[tuple[Path, Apparatus]]:
    """Each document that can be read, with its path; what went wrong is noted."""
    from collation.system.console import progress_bar

    found = run.find(paths)
    by_label = {run.label(path): path for path in found}
    with progress_bar(len(found)) as step:
        for apparatus, _ in run.documents(found, step):
            yield by_label[apparatus.source.label], apparatus


def examine_one(run: DocumentRun, path: Path) -> Apparatus:
    """The apparatus of one document. Raises UnreadableInput."""
    for apparatus, _ in run.documents([path]):
        return apparatus
    raise run.failures.pop() if run.failures else UnreadableInput(Message("unreadable"))


def _serve(
    paths: Sequence[str],
    run: DocumentRun,
    editor: str,
    lang: Lang,
    port: int,
    *,
    browse: bool,
) -> None:
    """The review in the browser."""
    from collation.project.opening import own_version
    from collation.review.applying import make_edition
    from collation.review.web.server import serve

    found = run.find(paths) if paths else []
    _tell(run)
    if paths and not found:
        leave_if_failed(run)
    for failure in run.failures:
        say(f"collation: {failure}", err=True)
    serve(
        found,
        examine=partial(examine_one, run),
        editor=editor,
        lang=lang,
        port=port,
        folders=run.folders,
        words=run.words,
        ask_page=run.page_questions().ask,
        make_edition=partial(make_edition, run),
        version=own_version(),
        browse=browse,
        say=say,
    )


def _tell(run: DocumentRun) -> None:
    """What hinders nothing and is to be known."""
    for notice in run.notices:
        say(f"collation: {notice}", err=True)


def _harms() -> tuple[str, ...]:
    from collation.model.apparatus import Harm

    return get_args(Harm)


def _only(names: Sequence[str], allowed: Sequence[str], option: str) -> None:
    for name in names:
        if name not in allowed:
            raise typer.BadParameter(f"“{name}” is none of {', '.join(allowed)}", param_hint=option)


def _lang(name: str) -> Lang:
    from collation.writers.phrases import LANGS

    found = next((lang for lang in LANGS if lang == name), None)
    if found is None:
        raise typer.BadParameter(f"“{name}” is none of {', '.join(LANGS)}", param_hint="--lang")
    return found
