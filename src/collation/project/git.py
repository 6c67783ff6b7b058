"""What git knows: the files that are as they were in a commit (all others are examined), and the editor's name.

Asking for what has changed would pass over what git does not look at: ignored files, submodules and repositories inside
the repository, files it is configured to treat as unchanged. So it is asked for what has not changed, and whatever else is
found is looked at. What concerns every document (settings, learned files, dictionaries, rulings, the baseline) must be
vouched for too, else every document is.
"""

from __future__ import annotations

import getpass
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer

from collation.decisions.ruling_log import FOLDER
from collation.errors import BadRuling, Message, UnreadableInput
from collation.knowledge.words import dictd
from collation.project.configuration import FILES, Project
from collation.reading.inputs import WORD_LIST
from collation.system.files import resolved

_OBJECT = re.compile(r"[0-9a-f]{40,64}")
_OF_RULINGS = (".jsonl", ".reviewed")


def unchanged_since(ref: str, project: Project, baseline: Path) -> frozenset[Path]:
    """The files, as absolute paths, that git vouches for since a commit; none when all documents are concerned.

    Raises UnreadableInput with what git says when it cannot tell, and BadParameter for what is no commit.
    """
    top = Path(_git("rev-parse", "--show-toplevel").removesuffix("\n"))
    commit = _commit(ref)
    inside = ("-C", str(top))
    listed = _names(*inside, "ls-files", "-v", "-z")
    looked_at = {name[2:] for name in listed if name.startswith("H ")}
    options = ("--name-only", "-z", "--no-renames", "--no-relative", "--no-ext-diff", "--ignore-submodules=none")
    changed = {name[2:] for name in listed} - looked_at | set(_names(*inside, "diff", *options, commit, "--"))
    unknown = set(_names(*inside, "ls-files", "-o", "-z", "--exclude-standard"))
    ignored = set(_names(*inside, "ls-files", "-o", "-i", "-z", "--exclude-standard", "--", "*.jsonl"))
    vouched = frozenset(top / name for name in looked_at - changed)
    own = {resolved(path) for path in _own(project, baseline)}
    if any(_concerns_all(top, name, own) for name in changed | unknown):
        return frozenset()
    if any(Path(name).parent.name == FOLDER or (top / name).parent == project.decisions for name in ignored):
        return frozenset()
    return vouched if all(path in vouched for path in own if path.exists()) else frozenset()


def _commit(ref: str) -> str:
    """The name of the commit that is meant. A range is none: git would compare its two ends, and the files as they lie here
    with neither. Raises BadParameter.
    """
    try:
        found = "" if ref.startswith("-") else _git("rev-parse", "--verify", ref).strip()
        if _OBJECT.fullmatch(found):
            return _git("rev-parse", "--verify", f"{found}^{{commit}}").strip()
    except UnreadableInput:
        pass
    said = f"a commit is expected, and “{ref}” is none that git knows here"
    raise typer.BadParameter(said, param_hint="--changed-since")


def editor_name() -> str:
    """The editor's name as git knows it, else as the system does."""
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
        raise BadRuling(Message("editor-unknown")) from None


def _own(project: Project, baseline: Path) -> Iterator[Path]:
    """The files beside the documents that a check depends on; a dictionary of the system is none of the project's."""
    settings = project.settings
    yield from (
        p
        for p in (
            project.path,
            baseline,
            project.words or project.root / WORD_LIST,
            settings.weights,
            settings.language_model,
            settings.translations,
            settings.recalibration,
            settings.collection,
        )
        if p
    )
    if settings.dictd:
        yield from (path for path in dictd.names_of(project.root / settings.dictd) if path.parent not in dictd.FOLDERS)


def _concerns_all(top: Path, name: str, own: Iterable[Path]) -> bool:
    """Whether a file that has come, gone or changed concerns every document; a repository inside may hold anything."""
    path = Path(name)
    if name.endswith("/") or (top / path).is_dir():
        return True
    return path.name in (*FILES, WORD_LIST) or path.suffix in _OF_RULINGS or resolved(top / path) in own


def _names(*words: str) -> list[str]:
    return [name for name in _git(*words).split("\0") if name]


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False)
    except (OSError, ValueError) as error:
        raise UnreadableInput(Message("git-unstartable", reason=error)) from error
    if done.returncode:
        raise UnreadableInput(Message("git-failed", reason=os.fsdecode(done.stderr).strip() or "failed"))
    return os.fsdecode(done.stdout)  # names, as the system has them
