"""The paths that a project's settings name. A repository may be anybody's: its settings lead to nothing outside of it.

What a user names on the command line is the user's own affair and is not asked here. A path may lead to another
project folder of the same git repository; without git it stays in the folder of the settings.
"""

from __future__ import annotations

from pathlib import Path

from collation.errors import BadSettings, Message
from collation.system.files import check_regular

LARGEST = {
    "weights": 100_000_000, "language-model": 2_000_000_000, "translations": 200_000_000, "dictd": 200_000_000,
    "recalibration": 100_000_000, "collection": 500_000_000, "baseline": 100_000_000, "words": 1_000_000,
}  # fmt: skip


def named_path(key: str, path: Path, root: Path, settings: Path | None = None) -> Path:
    """The path that a setting names, found harmless; it need not exist.

    Raises BadSettings, with the setting, when it leads out of the repository, when it is to be a file and is none, or
    when the file is larger than the setting allows.
    """
    if not is_inside(path, root):
        raise BadSettings(Message("setting-leads-out", name=key, target=path), path=settings)
    most = LARGEST.get(key)
    if most is not None and path.exists():
        try:
            check_regular(path, most=most)
        except OSError as error:
            raise BadSettings(
                Message("setting-names", name=key, target=path, reason=error.strerror or error), path=settings
            ) from error
    return path


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, lies in the repository of a folder. One that leads in a circle does not."""
    try:
        return path.resolve().is_relative_to(repository_of(root))
    except (OSError, RuntimeError, ValueError):
        return False


def repository_of(root: Path) -> Path:
    """The git repository that a folder lies in, or the folder."""
    here = root.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
