"""The ruling log: one append-only file for each editor, which git merges without conflicts.

A ruling counts once ``append`` returns: written in one go under a lock, and on the disk. A line torn by a
crash was never acknowledged; it is set aside in a file of its own and reported. A bad line anywhere else does
not count and is reported with its number; all other lines of all other people count as ever. Reading changes
nothing, and waits for nobody who is writing.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from collation.decisions.chain import chained
from collation.decisions.log_lines import Log, from_line, to_line
from collation.decisions.ruling import Ruling
from collation.errors import BadRuling, DamagedLog, Message, UnwritableLog
from collation.system.file_names import is_reserved
from collation.system.files import opened_to_append, read_regular, sync_folder, write_more, write_new

FOLDER = "decisions"
_ID = re.compile(rb'"id"\s*:\s*"([0-9a-f]{20})"')
_WAIT = 30.0
_LARGEST = 500_000_000  # bytes of a log


def log_path(folder: Path, editor: str) -> Path:
    """The log of an editor. Names that no file can bear get a digest, so that no two editors share a file."""
    name = unicodedata.normalize("NFC", editor).strip()
    if not name:
        raise BadRuling(Message("editor-nameless"))
    safe = re.sub(r"[^\w.-]+", "-", name).strip(".-_").casefold()[:40]
    if safe != name or not safe or is_reserved(safe):
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        safe = f"{safe or 'editor'}-{digest}"
    return folder / f"{safe}.jsonl"


def load_folder(folder: Path) -> tuple[Log, ...]:
    """Every log of a folder, by name; none when there is no such folder."""
    return tuple(load_log(path) for path in sorted(folder.glob("*.jsonl"))) if folder.is_dir() else ()


def read_lines(path: Path) -> list[bytes]:
    """The lines of a log as they are. Raises OSError."""
    return read_regular(path, most=_LARGEST).split(b"\n")


def has_logs(folder: Path) -> bool:
    """Whether any log lies in a folder."""
    return folder.is_dir() and any(folder.glob("*.jsonl"))


def load_log(path: Path) -> Log:
    """What one log holds; an absent log has no rulings."""
    try:
        data = read_regular(path, most=_LARGEST)
    except FileNotFoundError:
        return Log(path, ())
    except OSError as error:
        return Log(path, (), b"", (DamagedLog(Message("log-unreadable", reason=error.strerror or error), path=path),))
    return read_log(data, path)


def read_log(data: bytes, path: Path) -> Log:
    """What the bytes of a log hold."""
    *lines, tail = data.split(b"\n")
    rulings: list[Ruling] = []
    named: set[str] = set()
    damaged: list[DamagedLog] = []
    for number, line in enumerate(lines, 1):
        try:
            rulings.append(_parse(path, number, line))
        except DamagedLog as error:
            damaged.append(error)
            named.update(i.decode() for i in _ID.findall(line))
    last = _complete(tail)
    if last is not None:
        rulings.append(last)
    return Log(path, tuple(rulings), b"" if last is not None else tail, tuple(damaged), frozenset(named))


def _parse(path: Path, number: int, line: bytes) -> Ruling:
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")):
        raise DamagedLog(
            Message("merge-unfinished"),
            path=path,
            line=number,
        )
    try:
        return _read_once(line.rstrip(b"\r"))
    except UnicodeDecodeError:
        raise DamagedLog(Message("log-line-not-utf8"), path=path, line=number) from None
    except BadRuling as error:
        raise DamagedLog(Message("log-line-damaged", reason=error.message), path=path, line=number) from None


@lru_cache(maxsize=50_000)
def _read_once(line: bytes) -> Ruling:
    """The ruling in a line. A review reads its logs before every ruling; a line that was read says the same
    for ever.
    """
    return from_line(line.decode("utf-8"))


def _complete(tail: bytes) -> Ruling | None:
    """The ruling in a last line that only lacks its line end: it is whole, an editor program may have trimmed
    the file.
    """
    try:
        return from_line(tail.decode("utf-8"))
    except (UnicodeDecodeError, BadRuling):
        return None


@dataclass(frozen=True, slots=True)
class Written:
    """The rulings as they were written, each with what it follows, and the torn line that was set aside before."""

    rulings: tuple[Ruling, ...]
    torn: bytes = b""


def append(path: Path, rulings: Sequence[Ruling], *, wait: float = _WAIT) -> Written:
    """Write rulings to a log and return once they are on the disk; all of them, or none.

    Each gets the names of those that it follows, and its id with them. Raises UnwritableLog when they could not be
    written: the log is then as it was.
    """
    for ruling in rulings:
        to_line(ruling)  # what cannot be written is refused before anything is locked
    with _writable(path, wait) as file:
        torn, joint = _mend_tail(path, file)
        made = chained(rulings, read_log(read_regular(path, most=_LARGEST), path).rulings)
        if made:
            _write(file, joint + "".join(to_line(ruling) + "\n" for ruling in made).encode())
        return Written(made, torn)


def extend(path: Path, lines: Iterable[bytes], *, wait: float = _WAIT) -> int:
    """Add lines of another log, as they are, to this one, if it does not have them; how many were added.

    Raises UnwritableLog when they could not be written: the log is then as it was.
    """
    with _writable(path, wait) as file:
        _, joint = _mend_tail(path, file)
        known = set(read_lines(path))
        fresh = [line for line in dict.fromkeys(lines) if line and line not in known]
        if fresh:
            _write(file, joint + b"".join(line + b"\n" for line in fresh))
        return len(fresh)


@contextmanager
def _writable(path: Path, wait: float) -> Iterator[int]:
    """A log that is locked and open for adding. Raises UnwritableLog."""
    try:
        fresh = [folder for folder in (path.parent, path.parent.parent) if not path.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep_locks_out_of_git(path.parent)
        with locked(path, wait), opened_to_append(path) as file:
            yield file
            for folder in fresh:
                sync_folder(folder)
    except Timeout as error:
        raise UnwritableLog(Message("log-held", seconds=f"{wait:g}"), path=path) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise UnwritableLog(Message("ruling-unsaved", reason=why), path=path) from error


def _keep_locks_out_of_git(folder: Path) -> None:
    """Logs are committed; the empty files that editors lock them with are not."""
    with suppress(FileExistsError):
        write_new(folder / ".gitignore", b".*.lock\n")


@contextmanager
def locked(path: Path, wait: float = _WAIT) -> Iterator[None]:
    """Nobody else writes to a log meanwhile. Raises filelock.Timeout when somebody does for too long."""
    with FileLock(path.with_name(f".{path.name}.lock"), timeout=wait):
        yield


@contextmanager
def holding(folder: Path, name: str, wait: float = _WAIT) -> Iterator[None]:
    """Nobody else changes meanwhile what the name stands for; the lock lies in a folder of rulings. Raises UnwritableLog."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep_locks_out_of_git(folder)
        with locked(folder / name, wait):
            yield
    except Timeout as error:
        raise UnwritableLog(Message("log-held", seconds=f"{wait:g}"), path=folder / name) from error


def _write(file: int, block: bytes) -> None:
    """One write, then the disk; whatever fails, the log is cut back to what it was."""
    size = os.fstat(file).st_size
    try:
        written = os.write(file, block)
        if written != len(block):
            raise OSError(f"only {written} of {len(block)} bytes went to the disk")
        os.fsync(file)
    except OSError:
        os.ftruncate(file, size)
        raise


def _mend_tail(path: Path, file: int) -> tuple[bytes, bytes]:
    """Cut an unfinished last line off into ``<log>.torn``; what was cut, and what must precede the next
    line.
    """
    data = read_regular(path, most=_LARGEST)
    tail = data[data.rfind(b"\n") + 1 :]
    if not tail:
        return b"", b""
    if _complete(tail) is not None:
        return b"", b"\n"
    write_more(path.with_name(f"{path.name}.torn"), tail + b"\n")
    os.ftruncate(file, len(data) - len(tail))
    return tail, b""
