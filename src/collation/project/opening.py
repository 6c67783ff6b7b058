"""The project of the working folder opened for a run: its settings checked, its baseline, cache and rulings found.

All commands over the documents of a project share it. It asks the environment so that nothing below has to.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from collation.errors import BadSettings, Message
from collation.gate.baseline import BaselineFinding, read_baseline
from collation.gate.limits import Limits
from collation.model.verdict import Level, RuleNote
from collation.project.cache import Cache, open_cache
from collation.project.configuration import BASELINE, Project, check_rules, check_version, find_project
from collation.project.jobs import Jobs
from collation.project.named_paths import LARGEST, is_inside
from collation.project.page_cache import PageCache
from collation.project.rulings_folders import RulingsFolders
from collation.project.run import DocumentRun
from collation.reading.part_files import DocumentFiles, PartFile
from collation.settings import Settings
from collation.system.files import read_regular


def own_version() -> str:
    """The version of the program."""
    try:
        return version("collation")
    except PackageNotFoundError:
        return "unknown"


def open_project(config: Path | None) -> Project:
    """The project of the working folder, or of the named file; the version it requires is this one."""
    project = find_project(Path.cwd(), named=config)
    check_version(project, own_version())
    if _names_rules(project.limits):
        check_rules(project.limits, _codes(), path=project.path)
    return project


def narrow_limits(
    project: Project, *, fail_on: Level | None, min_confidence: float | None, select: str | None, ignore: str | None
) -> Limits:
    """The limits of the project with what the command line says instead."""
    limits = project.limits
    asked = Limits(select=_split(select), ignore=_split(ignore))
    if _names_rules(asked):
        try:
            check_rules(asked, _codes())
        except BadSettings as error:
            raise typer.BadParameter(str(error.message), param_hint="--select/--ignore") from error
    return replace(
        limits,
        fail_on=fail_on or limits.fail_on,
        min_confidence=limits.min_confidence if min_confidence is None else min_confidence,
        select=asked.select or limits.select,
        ignore=(*limits.ignore, *asked.ignore),
    )


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip().upper() for name in (names or "").split(",") if name.strip())


def _names_rules(limits: Limits) -> bool:
    return bool(limits.select or limits.ignore or limits.levels or limits.ceilings or limits.per_file)


def _codes() -> list[str]:
    from collation.rules import RULES

    return [p.code for p in RULES]


def rule_facts(limits: Limits, form: str) -> tuple[dict[str, str], tuple[RuleNote, ...]]:
    """In which rule set each rule appeared, where a set is pinned; what the rules say, where a report prints it."""
    if not limits.rules and form != "sarif":
        return {}, ()
    from collation.rules import RULES

    notes = []
    for p in RULES:
        what = " ".join((p.propose.__doc__ or p.name).split())
        notes.append(RuleNote(p.code, p.name, what, (sys.modules[p.propose.__module__].__doc__ or "").strip()))
    return {p.code: p.since for p in RULES}, tuple(notes)


def open_baseline(
    project: Project, named: Path | None, *, must_be: bool = True
) -> tuple[Path, tuple[BaselineFinding, ...]]:
    """The baseline and where it is. One that somebody has named must be there."""
    wanted = named or project.baseline
    path = wanted or project.root / BASELINE
    if wanted is None and not is_inside(path, project.root):
        raise BadSettings(Message("baseline-link-out"), path=path)
    try:
        text = read_regular(path, most=LARGEST["baseline"]).decode("utf-8")
    except FileNotFoundError:
        if wanted is None or not must_be:
            return path, ()
        raise BadSettings(Message("baseline-missing"), path=path) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSettings(Message("baseline-unreadable", reason=reason), path=path) from error
    return path, read_baseline(text, path=str(path))


def cache_folder() -> Path:
    """Where results are kept between runs."""
    from platformdirs import user_cache_path

    return user_cache_path("collation") / "results"


def page_cache() -> PageCache:
    """What engines saw on pages, kept between runs."""
    return PageCache(cache_folder().with_name("pages"))


def open_run(
    project: Project,
    *,
    encoding: str | None,
    cache: bool | None = None,
    names: Iterable[str] = (),
    decisions: Path | None = None,
    jobs: Jobs | None = None,
    translation: Path | None = None,
    witnesses: tuple[PartFile, ...] = (),
    pages: Path | None = None,
) -> DocumentRun:
    """A run over documents of the project; ``names`` are what the user named, ``decisions`` the folder of rulings, ``jobs``
    who examines, which without it is this process alone, ``translation`` the translation of the one document that is named,
    ``witnesses`` further texts of its original, and ``pages`` where the images of pages are.
    """
    names = tuple(names)
    project = replace(project, documents=_documents(project, names))
    kept = cache_for(project.settings, wanted=cache)
    folders = RulingsFolders.of_names(names, asked=decisions, configured=project.decisions)
    return DocumentRun(
        project,
        kept,
        Path.cwd(),
        encoding,
        folders=folders,
        jobs=jobs or Jobs(count=1),
        translation=translation,
        witnesses=witnesses,
        pages=pages,
    )


def _documents(project: Project, names: Iterable[str]) -> tuple[DocumentFiles, ...]:
    """The documents that are put together from files: by the project's settings, and by those nearest above what was named,
    wherever the command is run. Raises BadSettings.
    """
    found = {project.root.resolve(): project.documents}
    paths = (Path(name) for name in names)
    for start in dict.fromkeys(path if path.is_dir() else path.parent for path in paths):
        if start.is_dir():
            other = find_project(start)
            found.setdefault(other.root.resolve(), other.documents)
    return tuple(files for documents in found.values() for files in documents)


def cache_for(settings: Settings, *, wanted: bool | None = None) -> Cache:
    """The cache of results for some settings, the same for all commands.

    ``wanted`` None keeps results and uses those that were kept, but not where ``CI`` is set: what lies in a cache there
    was often put there by others, and an entry that says that nothing was found would let everything through.
    """
    use = os.environ.get("CI", "").lower() in ("", "0", "false", "no") if wanted is None else wanted
    return open_cache(cache_folder() if use else None, settings.of_project(), own_version=own_version())
