"""What lies in a folder, as every document in it asks: read once for all of them, and anew when the folder has changed.

Each of ten thousand documents asks which of the files beside it are its own. So the files are found by name, not gone through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from collation.reading.page_images import SUFFIXES
from collation.reading.page_names import names_of_documents

ByName = dict[str, list[Path]]


@dataclass(frozen=True, eq=False)
class ListedFolder:
    """The files and folders in a folder, sorted."""

    paths: tuple[Path, ...] = ()

    @cached_property
    def images(self) -> tuple[Path, ...]:
        """The files of page images."""
        return tuple(path for path in self.paths if path.suffix.lower() in SUFFIXES and path.is_file())

    @cached_property
    def image_by_name(self) -> dict[str, Path]:
        """The files of page images by their whole names."""
        return {path.name: path for path in self.images}

    def images_for(self, documents: Iterable[str]) -> tuple[Path, ...]:
        """The images whose names are that of a document, as it is compared, or have it before a number."""
        return tuple({path: None for name in documents for path in self._images_by_document.get(name, ())})

    @cached_property
    def _images_by_document(self) -> ByName:
        return by_name(self.images, names_of_documents)


def by_name(paths: Iterable[Path], names: Callable[[Path], Iterable[str]]) -> ByName:
    """Paths by each of the names that they have, in their order."""
    found: ByName = {}
    for path in paths:
        for name in names(path):
            found.setdefault(name, []).append(path)
    return found


def listed(folder: Path) -> ListedFolder:
    """A folder as it is now; an empty one where it cannot be read."""
    try:
        return ListedFolder(tuple(sorted(folder.iterdir())))
    except OSError:
        return ListedFolder()


@dataclass(frozen=True, eq=False)
class ListedFolders:
    """Folders that are listed once, until the time of their last change is another."""

    _known: dict[Path, tuple[int, ListedFolder]] = field(default_factory=dict)

    def of(self, folder: Path) -> ListedFolder:
        """A folder as it was when it was changed last; an empty one where it cannot be read."""
        try:
            changed = folder.stat().st_mtime_ns
        except OSError:
            return ListedFolder()
        known = self._known.get(folder)
        if known is None or known[0] != changed:
            known = self._known[folder] = changed, listed(folder)
        return known[1]
