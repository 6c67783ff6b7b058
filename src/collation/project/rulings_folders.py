"""Where the rulings on documents lie: new ones are written in one place, and read in every place where some may be.

A project file, a git repository or a folder named on the command line says where rulings belong. Any of these may be
made after the first rulings, so rulings are looked for in ``decisions`` of every folder above a document as well: what
was ruled once is never hidden by a file that somebody made later. Above a folder that everybody may write to, such as
``/tmp``, nothing is looked for, else a stranger on the same computer could rule too.
"""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from collation.decisions.ruling_log import FOLDER, has_logs
from collation.errors import BadSettings, CollationError, Message
from collation.project.configuration import FILES, find_project
from collation.project.named_paths import is_inside


@dataclass(frozen=True, slots=True)
class RulingsFolder:
    """Where the rulings on a document are written (``folder``), and the ``others`` in which they may lie as well."""

    folder: Path
    others: tuple[Path, ...] = ()

    @property
    def places(self) -> tuple[Path, ...]:
        """All folders in which rulings on the document may lie, the one that is written to first."""
        return (self.folder, *self.others)

    @property
    def filled(self) -> tuple[Path, ...]:
        """Those of the places where anything lies now; one that is no folder is among them."""
        return tuple(place for place in self.places if has_logs(place) or (place.exists() and not place.is_dir()))


@dataclass
class RulingsFolders:
    """The homes of the documents of a run.

    ``asked`` is the folder that the user wants for this run and no other; ``configured`` is what the settings of the
    project say; ``named`` are the folders given on the command line.
    """

    asked: Path | None = None
    configured: Path | None = None
    named: tuple[Path, ...] = ()
    _known: dict[Path, RulingsFolder] = field(default_factory=dict, repr=False)

    @classmethod
    def of_names(
        cls, names: Iterable[str], *, asked: Path | None = None, configured: Path | None = None
    ) -> RulingsFolders:
        """The homes of the documents meant by some names; those that are folders count."""
        return cls(asked, configured, tuple(path for name in names if (path := Path(name)).is_dir()))

    def of(self, document: Path) -> RulingsFolder:
        """The home of a document. The folders need not exist."""
        here = document.absolute().parent
        if here not in self._known:
            self._known[here] = self._home(here)
        return self._known[here]

    def _home(self, here: Path) -> RulingsFolder:
        if self.asked is not None:
            return RulingsFolder(self.asked)
        above = list(folders_above(here))
        named = [folder for folder in map(Path.absolute, self.named) if folder in (here, *here.parents)]
        outermost = min(named, key=lambda f: len(f.parts), default=None)
        project = next((folder for folder in above if _is_project(folder)), None)
        repository = next((folder for folder in above if (folder / ".git").exists()), None)
        home = self.configured or (_decisions(project) if project else (outermost or repository or here) / FOLDER)
        found = [folder / FOLDER for folder in dict.fromkeys([*above, *named])]
        found += [_decisions(folder) for folder in above if _is_project(folder)]
        if _leads_out(home):
            raise BadSettings(Message("decisions-link-out"), path=home)
        others = (place for place in dict.fromkeys(found) if not _same(place, home) and not _leads_out(place))
        return RulingsFolder(home, tuple(others))


def folders_above(here: Path) -> list[Path]:
    """A folder and those above it, as far as strangers have no hand in them."""
    found = [here]
    for folder in here.parents:
        if _is_open_to_all(folder):
            break
        found.append(folder)
    return found


def _is_open_to_all(folder: Path) -> bool:
    try:
        return os.name == "posix" and bool(folder.stat().st_mode & stat.S_IWOTH)
    except OSError:
        return True


def _is_project(folder: Path) -> bool:
    return any((folder / name).is_file() for name in FILES)


def _decisions(folder: Path) -> Path:
    """Where a project keeps its rulings. What is wrong with its settings is reported by whoever needs them."""
    try:
        project = find_project(folder)
    except CollationError:
        return folder / FOLDER
    own = project.decisions if project.root == folder else None
    return own or folder / FOLDER


def _leads_out(folder: Path) -> bool:
    """Whether a folder of rulings is a link to somewhere that is not the project's: nothing is written there."""
    return folder.is_symlink() and not is_inside(folder, folder.parent)


def _same(one: Path, other: Path) -> bool:
    return one.absolute() == other.absolute() or (one.exists() and one.resolve() == other.resolve())


def rulings_folders_below(folder: Path) -> list[Path]:
    """Every folder of rulings at any depth, also those that settings have put elsewhere; hidden folders left out."""
    found: list[Path] = []
    for path, folders, files in os.walk(folder):
        here = Path(path)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if here.name == FOLDER and has_logs(here):
            found.append(here)
        if set(FILES) & set(files):
            found.append(_decisions(here.absolute()))
    return [place for place in dict.fromkeys(map(_short, found)) if has_logs(place)]


def move_command(place: Path, home: Path) -> str:
    """The command that brings the rulings of one place to another, as it is typed in the working folder."""
    return f"collation rulings move {_quoted(_short(place))} {_quoted(_short(home))}"


def _quoted(path: Path) -> str:
    """A path as it is typed at this system's command line."""
    return subprocess.list2cmdline([str(path)]) if os.name == "nt" else shlex.quote(str(path))


def astray(place: Path, home: Path) -> Message:
    """What is reported of rulings in one place while new ones are written to another: they count, and how to move them."""
    return Message("rulings-astray", place=place, home=home, command=move_command(place, home))


def _short(path: Path) -> Path:
    """The path from the working folder, where it lies below that."""
    absolute, here = path.absolute(), Path.cwd()
    return absolute.relative_to(here) if absolute.is_relative_to(here) else absolute
