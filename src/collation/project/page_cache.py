"""What an engine saw on a file of page images, kept between runs by the digest of the file.

To read a page takes a second; to look up what was read, a hundredth of it. Before what is kept its own digest is written: what is
damaged is as good as absent, and what is lost costs time only.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from collation.errors import CollationError
from collation.model import Unexamined
from collation.model.seen_page import SeenLine, SeenPage, SeenWord
from collation.reading.page_engine import engine_version, see_pages, why_no_engine
from collation.reading.page_files import PageFile, page_bytes
from collation.system.digest import digest_of
from collation.system.files import read_regular, throw_oldest_away, write_whole
from collation.system.untrusted import NotRead

_FORM = 1  # of what is written
_LARGEST = 50_000_000  # bytes of what is kept of one file, packed
_UNPACKED = 500_000_000  # bytes
_KEPT, _KEPT_BYTES = 2_000, 400_000_000  # files in the folder: those of some five thousand pages


@dataclass(frozen=True, slots=True)
class PageCache:
    """A folder of what was seen; of None nothing is kept."""

    folder: Path | None = None

    def seen(self, pages: Iterable[PageFile]) -> tuple[tuple[SeenPage, ...], tuple[Unexamined, ...]]:
        """The pages of some files, and what is to be told of those that cannot be read."""
        found: list[SeenPage] = []
        told: list[Unexamined] = []
        missing = why_no_engine()
        for page in pages:
            if missing is not None:
                told.append(_untold(page, missing))
                break
            try:
                found += self._pages(page)
            except NotRead as error:
                told.append(_untold(page, error))
            except CollationError:
                told.append(Unexamined("page-unread", (("file", page.label), ("reason", "page.page-unreadable"))))
        return tuple(found), tuple(told)

    def _pages(self, page: PageFile) -> tuple[SeenPage, ...]:
        path = self._path(page.digest)
        kept = _kept(path) if path else None
        if kept is not None:
            return tuple(replace(own, label=page.label, digest=page.digest) for own in kept)
        data = page_bytes(page.path)
        found = see_pages(data, label=page.label, digest=page.digest)
        if path is not None and hashlib.sha256(data).hexdigest() == page.digest:
            with suppress(OSError):
                packed = zlib.compress(json.dumps(list(map(_written, found)), ensure_ascii=False).encode("utf-8"), 3)
                written = f"{hashlib.sha256(packed).hexdigest()}\n".encode() + packed
                write_whole(path, written, mode=0o600, folders=True)
                throw_oldest_away(path.parent, most=_KEPT, most_bytes=_KEPT_BYTES)
        return found

    def _path(self, digest: str) -> Path | None:
        if self.folder is None:
            return None
        return self.folder / f"{digest_of([str(_FORM), engine_version(), digest])}.pages"


def basis_of_pages(pages: Iterable[PageFile]) -> tuple[str, ...]:
    """What a result depends on for its pages: their digests and what reads them; nothing where there are none."""
    digests = tuple(page.digest for page in pages)
    return (f"pages of {engine_version() or 'nobody'}", *digests) if digests else ()


def _untold(page: PageFile, error: NotRead) -> Unexamined:
    key, values = error.key, tuple((name, str(value)) for name, value in error.values.items())
    says = {"extra-missing": "page-no-engine", "no-page-model": "page-no-model"}.get(key)
    if says:
        return Unexamined(says, tuple(pair for pair in values if pair[0] in ("library", "command")))
    return Unexamined("page-unread", (("file", page.label), ("reason", f"page.{key}")))


def _kept(path: Path) -> tuple[SeenPage, ...] | None:
    try:
        digest, _, packed = read_regular(path, most=_LARGEST).partition(b"\n")
        if digest.decode("ascii") != hashlib.sha256(packed).hexdigest():
            return None
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(packed, _UNPACKED)
        return tuple(map(_read, json.loads(data))) if unpacker.eof else None
    except (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError, zlib.error):
        return None


def _written(page: SeenPage) -> list[Any]:
    return [page.number, page.width, page.height, [_line(line) for line in page.lines]]


def _line(line: SeenLine) -> list[Any]:
    words = [[w.text, w.box, w.confidence, w.first, w.stop] for w in line.words]
    return [line.box, words, [[part for choice in step for part in choice] for step in line.steps]]


def _read(data: list[Any]) -> SeenPage:
    number, width, height, lines = data
    return SeenPage("", number, "", width, height, tuple(map(_read_line, lines)))


def _read_line(data: list[Any]) -> SeenLine:
    box, words, steps = data
    return SeenLine(
        tuple(box),
        tuple(SeenWord(text, tuple(own), confidence, first, stop) for text, own, confidence, first, stop in words),
        tuple(tuple(_choices(step)) for step in steps),
    )


def _choices(step: list[Any]) -> Iterator[tuple[str, float]]:
    return zip(step[::2], step[1::2], strict=True)
