"""The files of a user, for the start page: the works opened before, and the folder into which chosen ones are copied.

A browser gives a page the words of a chosen file and its name, never its path. So a chosen file is copied into a
folder of the user's documents, where its rulings will be beside it; the user's own file is not touched. Works are
named by a digest, so that no path ever comes from the page.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from collation.errors import BadRuling, CollationError, Message
from collation.reading.kinds import SUFFIXES, reader_of, suffixes_listed
from collation.system.file_names import portable_name
from collation.system.files import read_regular, write_new, write_whole

_MOST = 20
_LARGEST = 10_000_000  # bytes of the list of works


@dataclass(frozen=True, slots=True)
class RecentWork:
    """Documents that were opened together."""

    id: str
    name: str
    folder: str
    paths: tuple[str, ...]
    time: str

    @property
    def count(self) -> int:
        return len(self.paths)


@dataclass(frozen=True, slots=True)
class UserFiles:
    """Where works are remembered (``memory``) and chosen files are copied to (``folder``)."""

    memory: Path
    folder: Path

    @classmethod
    def of_user(cls) -> UserFiles:
        """The places that the system has for such things."""
        state = Path(platformdirs.user_state_dir("collation", appauthor=False))
        return cls(state / "recent.json", Path(platformdirs.user_documents_dir()) / "collation")

    def recent(self) -> list[RecentWork]:
        """The works opened before, the latest first; those whose files are gone are left out."""
        try:
            records = json.loads(read_regular(self.memory, most=_LARGEST).decode("utf-8"))
            works = [RecentWork(r["id"], r["name"], r["folder"], tuple(r["paths"]), r["time"]) for r in records]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return []
        return [w for w in works if any(Path(p).is_file() for p in w.paths)]

    def remember(self, paths: Sequence[Path], time: str) -> None:
        """Put a work first. That it cannot be remembered is no reason to stop."""
        listed = tuple(str(p.resolve()) for p in paths)
        if not listed:
            return
        work = RecentWork(_digest(listed), _name(paths), _folder(paths), listed, time)
        works = [work, *(w for w in self.recent() if w.id != work.id)][:_MOST]
        try:
            listing = json.dumps([asdict(w) for w in works], ensure_ascii=True, indent=1)
            write_whole(self.memory, listing, mode=0o600, folders=True)
        except OSError:
            return

    def paths(self, identity: str) -> list[Path]:
        """The files of a work. Raises LookupError when there is no such work."""
        for work in self.recent():
            if work.id == identity:
                return [Path(p) for p in work.paths if Path(p).is_file()]
        raise LookupError("there is no such work any more")

    def take(self, name: str, data: bytes) -> Path:
        """Copy a chosen file in. One with the same words is not copied twice; another of that name gets a number."""
        safe = _checked_name(name, data)
        for number in range(1, 1000):
            path = self.folder / (safe if number == 1 else f"{Path(safe).stem} ({number}){Path(safe).suffix}")
            try:
                write_new(path, data)
                return path
            except FileExistsError:
                if _holds(path, data):
                    return path
            except OSError as error:
                raise CollationError(Message("file-uncopyable", reason=error.strerror or error), path=path) from error
        raise CollationError(Message("file-names-too-many"), path=self.folder)

    def take_pair(self, original: tuple[str, bytes], translation: tuple[str, bytes]) -> Path:
        """Copy an original and its translation into a folder of their own, under names that make them one document; the
        original's path. Two that are there already are not copied again.
        """
        names = [_checked_name(name, data) for name, data in (original, translation)]
        for number in range(1, 1000):
            folder = self.folder / (Path(names[0]).stem + (f" ({number})" if number > 1 else ""))
            pair = [
                (folder / f"{part}{Path(name).suffix}", data)
                for part, name, (_, data) in zip(
                    ("original", "translation"), names, (original, translation), strict=True
                )
            ]
            if all(_holds(path, data) for path, data in pair):
                return pair[0][0]
            if folder.exists():
                continue
            try:
                for path, data in pair:
                    write_new(path, data)
            except OSError as error:
                raise CollationError(Message("file-uncopyable", reason=error.strerror or error), path=folder) from error
            return pair[0][0]
        raise CollationError(Message("file-names-too-many"), path=self.folder)


def _checked_name(name: str, data: bytes) -> str:
    """The name of a chosen file without what no name may have. Raises CollationError for what is not read."""
    safe = re.sub(r"[^\w.() -]+", "-", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")[:120]
    safe = portable_name(safe)
    reader_of(data, Path(safe), label=safe)
    if Path(safe).suffix.lower() not in SUFFIXES:
        raise BadRuling(Message("ending-not-read", suffixes=suffixes_listed()))
    return safe


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file has these bytes; what cannot be read has not."""
    try:
        return read_regular(path, most=len(data)) == data
    except OSError:
        return False


def _digest(paths: tuple[str, ...]) -> str:
    return hashlib.sha256("\n".join(paths).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _folder(paths: Sequence[Path]) -> str:
    return paths[0].resolve().parent.as_posix()


def _name(paths: Sequence[Path]) -> str:
    return paths[0].name if len(paths) == 1 else f"{paths[0].resolve().parent.name} ({len(paths)})"
