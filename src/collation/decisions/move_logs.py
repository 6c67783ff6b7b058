"""The rulings of one place brought to another: lines and texts are added there, and only then taken away here.

Lines go over as they are, damaged ones too, so that nothing is lost that somebody may still want to mend. Whatever
stops the move, each ruling is in one of the two places at least, and both are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from filelock import Timeout

from collation.decisions.chain import ACKNOWLEDGED, acknowledged
from collation.decisions.reviewed_texts import keep_text, kept_digests, kept_text
from collation.decisions.ruling_log import extend, has_logs, locked, read_lines
from collation.errors import CollationError, Message, UnwritableLog
from collation.system.files import read_regular, write_more

_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class Moved:
    """How many lines and texts were brought over, and whether the old place was emptied."""

    lines: int
    texts: int
    emptied: bool


def move(place: Path, target: Path, *, keep: bool = False) -> Moved:
    """Bring the rulings of one place to another. With ``keep`` the old place stays as it is.

    Raises CollationError; what was not brought over is then where it was.
    """
    if not has_logs(place):
        raise CollationError(Message("folder-without-rulings"), path=place)
    if place.resolve() == target.resolve():
        raise CollationError(Message("rulings-there-already"), path=place)
    texts = 0
    for digest in kept_digests(place):
        text = kept_text(place, digest)
        if text is not None and kept_text(target, digest) is None:
            keep_text(target, digest, text)
            texts += 1
    if acknowledged(place) - acknowledged(target):
        target.mkdir(parents=True, exist_ok=True)
        write_more(target / ACKNOWLEDGED, read_regular(place / ACKNOWLEDGED, most=_LARGEST))
    lines = sum(_move_log(path, target / path.name, keep=keep) for path in sorted(place.glob("*.jsonl")))
    return Moved(lines, texts, not keep and _emptied(place, target))


def _move_log(path: Path, target: Path, *, keep: bool) -> int:
    """Nobody adds to a log between its being read and its being taken away."""
    try:
        with locked(path):
            added = extend(target, read_lines(path))
            if not keep:
                path.unlink()
            return added
    except (OSError, Timeout) as error:
        raise UnwritableLog(Message("log-unmovable", reason=error), path=path) from error


def _emptied(place: Path, target: Path) -> bool:
    """Take away what is left of a place whose logs have gone; whatever else lies in it stays."""
    try:
        for digest in kept_digests(place):
            if kept_text(target, digest) == kept_text(place, digest):
                (place / "texts" / f"{digest}.reviewed").unlink()
        for path in (*place.glob(".*.lock"), place / ".gitignore", place / ACKNOWLEDGED):
            path.unlink(missing_ok=True)
        for folder in (place / "texts", place):
            if folder.is_dir():
                folder.rmdir()
    except OSError:
        return False
    return True
