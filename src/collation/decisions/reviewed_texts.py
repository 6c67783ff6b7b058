"""The reviewed texts, kept beside the log by digest: what a ruling was made on, to find its place in a later
text.
"""

from __future__ import annotations

import errno
from pathlib import Path

from collation.decisions.ruling import DIGEST
from collation.errors import BadRuling, Message, UnwritableLog
from collation.system.files import read_regular, write_whole

_TEXTS = "texts"
_LARGEST = 50_000_000  # bytes: more than the longest document that is read
_SUFFIX = ".reviewed"  # not .txt: a folder's documents are looked for by that


def keep_text(folder: Path, digest: str, text: str) -> Path:
    """Keep a text beside the logs of a folder; a text that is kept already is left alone."""
    path = _path(folder, digest)
    if path.exists():
        return path
    try:
        if path.parent.is_symlink():
            raise OSError(errno.ELOOP, "the folder of the texts is a link")
        write_whole(path, text.encode("utf-8", "surrogatepass"), folders=True)
    except OSError as error:
        raise UnwritableLog(Message("text-unkept", reason=error.strerror or error), path=path) from error
    return path


def kept_text(folder: Path, digest: str) -> str | None:
    """The text that was reviewed under a digest, or None when it was not kept or cannot be read."""
    path = _path(folder, digest)
    try:
        return read_regular(path, most=_LARGEST).decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        return None


def kept_digests(folder: Path) -> tuple[str, ...]:
    """The digests of the texts that are kept beside the logs of a folder."""
    found = (path.stem for path in (folder / _TEXTS).glob(f"*{_SUFFIX}"))
    return tuple(sorted(digest for digest in found if DIGEST.fullmatch(digest)))


def _path(folder: Path, digest: str) -> Path:
    """A digest comes from a log, which anybody may have written: it must not lead out of the folder."""
    if not DIGEST.fullmatch(digest):
        raise BadRuling(Message("not-a-digest", digest=digest[:40]), path=folder)
    return folder / _TEXTS / f"{digest}{_SUFFIX}"
