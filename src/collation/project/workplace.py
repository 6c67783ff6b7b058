"""What stands around a check: the project, its baseline, the cache, the rules, git, and how failures are told.

The commands of the gate share it. It asks the world so that nothing below has to.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from collation.errors import BadRuling, BadSettings, CollationError
from collation.gate.baseline import BaselineFinding, read_baseline
from collation.gate.limits import Limits
from collation.model.verdict import Level, RuleNote
from collation.project.cache import open_cache
from collation.project.configuration import BASELINE, Project, check_rules, check_version, find_project
from collation.project.homes import Homes
from collation.project.inspection import Inspection
from collation.project.named_paths import LARGEST, is_inside
from collation.system.console import say, trace
from collation.system.files import read_regular
from collation.system.visible import visible_line

FAILED = 2


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong is told on standard error, and the program leaves with 2: a fault of its own too."""
    try:
        yield
    except CollationError as error:
        say(f"collation: {error}", err=True)
        raise typer.Exit(FAILED) from error
    except (typer.Exit, typer.BadParameter, BrokenPipeError):
        raise
    except Exception as error:
        say(trace(error), err=True, nl=False)
        where = "".join(f"; {note}" for note in getattr(error, "__notes__", ()))
        say(f"collation: this is a fault of the program{where}; nothing was judged", err=True)
        raise typer.Exit(FAILED) from error


def own_version() -> str:
    """The version of the program."""
    try:
        return version("collation")
    except PackageNotFoundError:
        return "unknown"


def own_name() -> str:
    """The editor's name as git knows it, else as the system does."""
    import getpass

    try:
        said = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, encoding="utf-8", check=False
        )
        if said.stdout.strip():
            return said.stdout.strip()
    except OSError:
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise BadRuling("say who you are with --editor: the name goes with every ruling") from None


def open_project(config: Path | None) -> Project:
    """The project of the working folder, or of the named file; the version it requires is this one."""
    project = find_project(Path.cwd(), named=config)
    check_version(project, own_version())
    if _names_rules(project.limits):
        check_rules(project.limits, _codes(), path=project.path)
    return project


def narrowed(
    project: Project, *, fail_on: Level | None, min_confidence: float | None, select: str | None, ignore: str | None
) -> Limits:
    """The limits of the project with what the command line says instead."""
    limits = project.limits
    asked = Limits(select=_split(select), ignore=_split(ignore))
    if _names_rules(asked):
        try:
            check_rules(asked, _codes())
        except BadSettings as error:
            raise typer.BadParameter(error.message, param_hint="--select/--ignore") from error
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
    from collation.rules import PROPOSERS

    return [p.code for p in PROPOSERS]


def rules(limits: Limits, form: str) -> tuple[dict[str, str], tuple[RuleNote, ...]]:
    """In which rule set each rule appeared, where a set is pinned; what the rules say, where a report tells it."""
    if not limits.rules and form != "sarif":
        return {}, ()
    from collation.rules import PROPOSERS

    notes = []
    for p in PROPOSERS:
        what = " ".join((p.propose.__doc__ or p.name).split())
        notes.append(RuleNote(p.code, p.name, what, (sys.modules[p.propose.__module__].__doc__ or "").strip()))
    return {p.code: p.since for p in PROPOSERS}, tuple(notes)


def open_baseline(
    project: Project, named: Path | None, *, must_be: bool = True
) -> tuple[Path, tuple[BaselineFinding, ...]]:
    """The baseline and where it is. One that somebody has named must be there."""
    wanted = named or project.baseline
    path = wanted or project.root / BASELINE
    if wanted is None and not is_inside(path, project.root):
        raise BadSettings("the baseline is a link that leads out of the project; name it with --baseline", path=path)
    try:
        text = read_regular(path, most=LARGEST["baseline"]).decode("utf-8")
    except FileNotFoundError:
        if wanted is None or not must_be:
            return path, ()
        raise BadSettings("there is no such baseline; collation baseline write makes one", path=path) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSettings(f"the baseline cannot be read ({reason})", path=path) from error
    return path, read_baseline(text, path=str(path))


def cache_folder() -> Path:
    """Where results are kept between runs."""
    from platformdirs import user_cache_path

    return user_cache_path("collation") / "results"


def open_inspection(
    project: Project,
    *,
    encoding: str | None,
    cache: bool | None = None,
    names: Iterable[str] = (),
    decisions: Path | None = None,
) -> Inspection:
    """A run over documents of the project; ``names`` are what the user named, ``decisions`` the folder of rulings.

    ``cache`` None keeps results and uses those that were kept, but not where ``CI`` is set: what lies in a cache there
    was often put there by others, and an entry that says that nothing was found would let everything through.
    """
    wanted = os.environ.get("CI", "").lower() in ("", "0", "false", "no") if cache is None else cache
    folder = cache_folder() if wanted else None
    kept = open_cache(folder, project.settings, own_version=own_version())
    homes = Homes.of_names(names, asked=decisions, configured=project.decisions)
    return Inspection(project, kept, Path.cwd(), encoding, homes=homes)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error while somebody watches; gives the function that moves it on."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, completed=-1)
        yield lambda name: bar.update(task, description=escape(visible_line(name)), advance=1)


def settings_text(project: Project) -> str:
    """What holds, as it would be written in collation.toml."""
    limits, settings = project.limits, project.settings
    lines = [f"# {project.path or 'no file of settings; these are the defaults'}"]
    plain: dict[str, object] = {
        "required-version": project.required_version,
        "rules": limits.rules,
        "fail-on": limits.fail_on,
        "min-confidence": limits.min_confidence,
        "select": list(limits.select),
        "ignore": list(limits.ignore),
        "exclude": list(project.exclude),
        "decisions": project.decisions,
        "baseline": project.baseline,
        "second-reader": project.second_reader,
        "scan": project.scan,
        **{f.name.replace("_", "-"): getattr(settings, f.name) for f in fields(settings)},
    }
    lines += [f"{key} = {_toml(value)}" for key, value in plain.items() if value is not None]
    tables = {"levels": limits.levels, "ceilings": limits.ceilings, "per-file-ignores": limits.per_file}
    for name, pairs in tables.items():
        lines += ["", f"[{name}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in pairs)]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
