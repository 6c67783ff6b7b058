"""Files written whole and read with care: the only module that opens a file for writing.

A folder of documents may come from anybody. A name in it can be a link that leads to a file of the user's, a pipe that
never ends or a file larger than the memory. So a written file is made under a name that nobody can guess, put on the
disk and only then given its own name; a link that lies under that name is replaced, what it leads to is not touched.
Two programs that write one file leave the one or the other, whole. What is read must be a file and have a size.

Everything here raises OSError with a whole phrase as its ``strerror``; the callers say what they were about.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_EVERYWHERE = ("O_CLOEXEC", "O_BINARY")  # not every system has all of them
_NO_LINK = (*_EVERYWHERE, "O_NOFOLLOW", "O_NONBLOCK")
_KINDS = (
    (stat.S_ISDIR, "a folder"), (stat.S_ISLNK, "a link"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"),
)  # fmt: skip


def write_whole(path: Path, data: bytes | str, *, mode: int = 0o666, folders: bool = False) -> None:
    """Write a file so that it is there whole or not at all, on the disk, and through no link.

    Text is written as UTF-8 with the line ends it has. ``mode`` is what the file may be at most, less what the user
    withholds from new files; with ``folders`` the folders that are missing are made. Raises OSError, or
    UnicodeEncodeError for text that UTF-8 cannot hold; then nothing is left behind.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    if folders:
        path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{secrets.token_hex(16)}.part")
    try:
        _fill(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flags(_NO_LINK), mode), content)
        if path.is_dir() and not path.is_symlink():
            raise IsADirectoryError(errno.EISDIR, "there is a folder of this name", str(path))
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet. Raises FileExistsError when anything has its name, a link that leads nowhere too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flags(_NO_LINK), 0o666)
    try:
        _fill(file, data)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    sync_folder(path.parent)


def write_more(path: Path, data: bytes) -> None:
    """Add bytes to the end of a file, which is made when it is missing. Raises OSError for a link or what is no file."""
    with opened_to_append(path) as file:
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]
        os.fsync(file)


@contextmanager
def opened_to_append(path: Path) -> Iterator[int]:
    """The descriptor of a file that is read and added to while a block runs. Raises OSError for a link or what is no file."""
    if path.is_symlink():
        _refuse_kind(path.lstat().st_mode, path)
    fresh = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _flags(_NO_LINK), 0o644)
    try:
        _check_regular(file, path)
        if fresh:
            sync_folder(path.parent)
        yield file
    finally:
        os.close(file)


def read_regular(path: Path, *, most: int) -> bytes:
    """The bytes of a file, ``most`` of them at most. Raises OSError for what is no file and for what is larger."""
    _refuse_kind(path.stat().st_mode, path)  # to open a device may do something already
    file = os.open(path, os.O_RDONLY | _flags((*_EVERYWHERE, "O_NONBLOCK")))
    with os.fdopen(file, "rb") as opened:
        _check_regular(file, path)
        _check_size(os.fstat(file).st_size, most, path)
        data = opened.read(most + 1)
    _check_size(len(data), most, path)
    return data


def read_ends(path: Path, most: int) -> bytes:
    """The first and the last ``most`` bytes of a file, joined. Raises OSError for what is no file."""
    _refuse_kind(path.stat().st_mode, path)
    file = os.open(path, os.O_RDONLY | _flags((*_EVERYWHERE, "O_NONBLOCK")))
    with os.fdopen(file, "rb") as opened:
        _check_regular(file, path)
        start = opened.read(most)
        opened.seek(max(most, os.fstat(file).st_size - most))
        return start + opened.read(most)


def check_regular(path: Path, *, most: int) -> None:
    """Raise OSError for what is no file, and for a file of more than ``most`` bytes. Nothing is opened."""
    found = path.stat()
    _refuse_kind(found.st_mode, path)
    _check_size(found.st_size, most, path)


def kind_of(path: Path) -> str:
    """What is there that is no file ("a pipe"), its links followed; empty for a file. Raises OSError."""
    return _kind(path.stat().st_mode)


def sync_folder(folder: Path) -> None:
    """A new file's name is on the disk once its folder is; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY | _flags(_EVERYWHERE))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def throw_oldest_away(folder: Path, *, most: int, most_bytes: int) -> None:
    """Remove the oldest files of a folder while there are too many of them or they are too large; one is left. Nothing is
    raised: what cannot be removed stays."""
    with suppress(OSError):
        found = sorted(
            ((f.stat().st_mtime, f.stat().st_size, f.path) for f in os.scandir(folder) if f.is_file()), reverse=True
        )
        size = 0
        for rank, (_, own, path) in enumerate(found):
            size += own
            if rank and (rank >= most or size > most_bytes):
                Path(path).unlink(missing_ok=True)


def size_in_words(size: int) -> str:
    """A size in bytes as people say it: "3.9 MB"."""
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size} bytes"


def _fill(file: int, content: bytes) -> None:
    with os.fdopen(file, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(file)


def _check_regular(file: int, path: Path) -> None:
    _refuse_kind(os.fstat(file).st_mode, path)


def _refuse_kind(mode: int, path: Path) -> None:
    if kind := _kind(mode):
        raise OSError(errno.EINVAL, f"this is {kind} and no file", str(path))


def _kind(mode: int) -> str:
    return "" if stat.S_ISREG(mode) else next((name for fits, name in _KINDS if fits(mode)), "something else")


def _check_size(size: int, most: int, path: Path) -> None:
    if size > most:
        held = size_in_words(size) if size > most + 1 else f"more than {size_in_words(most)}"
        raise OSError(errno.EFBIG, f"it holds {held}, and {size_in_words(most)} is the limit", str(path))


def _flags(names: tuple[str, ...]) -> int:
    found = 0
    for name in names:
        found |= getattr(os, name, 0)
    return found


def resolved(path: Path) -> Path:
    """The path with its links followed; as it is where they lead in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()
