"""Results kept between runs: the apparatus of a text that was examined before with everything the same.

The name of a result is a digest of all that can change it: the bytes of the file, the settings, the dictionaries, the
learned files, the program's own code, the libraries that know Russian and the version of Unicode. Before a result its own digest is
written: what is damaged is as good as absent. That is no proof against somebody who writes into the cache on purpose; docs/gate.md
says whose cache may be used. A result lost costs time only, so nothing here raises.
"""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from collation.errors import CollationError
from collation.knowledge import dictionaries
from collation.model import Apparatus, ListedWitness
from collation.settings import Settings
from collation.system.digest import digest_of, file_digest, library_versions
from collation.system.files import check_regular, read_regular, throw_oldest_away, write_whole
from collation.writers.as_json import read_json, write_json

_LIBRARIES = (
    "pymorphy3", "pymorphy3-dicts-ru", "simplemma", "pyspellchecker", "rapidfuzz", "Levenshtein", "numpy",
    "collatex", "regex", "charset-normalizer",
)  # fmt: skip
_KEPT, _KEPT_BYTES = 2_000, 8_000_000  # results in each of the 256 folders: two gigabytes at most
_PACKED = 1  # how hard a result is packed: a tenth of its size for a fiftieth of the time that it saves
_LARGEST = 200_000_000  # bytes of a result


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of results; ``basis`` is the digest of all but the text. A folder of None keeps nothing."""

    folder: Path | None
    basis: str

    def find(
        self,
        data: bytes,
        labels: Sequence[str],
        encoding: str | None = None,
        words: tuple[str, ...] = (),
        witnesses: tuple[ListedWitness, ...] = (),
    ) -> Apparatus | None:
        """The result for the bytes of a document, under the names that it and its files have now; ``words`` are listed
        for it, with ``witnesses`` it is compared, and whatever else its result depends on is among the words.
        """
        label, *files = labels
        path = self._path(data, files or [label], encoding, (*words, *_of_witnesses(witnesses)))
        if path is None:
            return None
        try:
            digest, _, kept = read_regular(path, most=_LARGEST).partition(b"\n")
            if digest.decode("ascii") != hashlib.sha256(kept).hexdigest():
                return None
            found = read_json(_unpacked(kept).decode("utf-8"))
        except (OSError, ValueError, CollationError, AssertionError, RecursionError, zlib.error):
            return None
        parts = found.source.parts
        if not parts and found.source.digest != hashlib.sha256(data).hexdigest():
            return None
        if parts:
            parts = tuple(replace(part, label=name) for part, name in zip(parts, files or [label], strict=True))
        named = tuple(replace(kept, label=now.label) for kept, now in zip(found.witnesses, witnesses, strict=True))
        return replace(found, source=replace(found.source, label=label, parts=parts), witnesses=named)

    def keep(self, data: bytes, apparatus: Apparatus, encoding: str | None = None, words: tuple[str, ...] = ()) -> None:
        """Keep a result, whole or not at all."""
        source = apparatus.source
        listed = (*words, *_of_witnesses(apparatus.witnesses))
        path = self._path(data, [part.label for part in source.parts] or [source.label], encoding, listed)
        if path is None:
            return
        with suppress(OSError, UnicodeEncodeError):
            kept = zlib.compress(write_json(apparatus).encode("utf-8"), _PACKED)
            write_whole(path, f"{hashlib.sha256(kept).hexdigest()}\n".encode() + kept, mode=0o600, folders=True)
            throw_oldest_away(path.parent, most=_KEPT, most_bytes=_KEPT_BYTES)

    def _path(self, data: bytes, files: Sequence[str], encoding: str | None, words: tuple[str, ...]) -> Path | None:
        """Where a result is; of the names of files only the endings count, by which their kinds may be known."""
        if self.folder is None:
            return None
        kinds = " ".join(PurePosixPath(name).suffix.lower() for name in files)
        name = digest_of([self.basis, encoding or "", kinds, hashlib.sha256(data).hexdigest(), *words])
        return self.folder / name[:2] / f"{name[2:]}.result"


def _of_witnesses(witnesses: Sequence[ListedWitness]) -> Iterator[str]:
    """What a result depends on of the further texts of an original: sigla, kinds of files and digests."""
    for witness in witnesses:
        yield f"{witness.siglum}={PurePosixPath(witness.label).suffix.lower()} {witness.digest}"


def open_cache(folder: Path | None, settings: Settings, *, own_version: str) -> Cache:
    """The cache of a folder for these settings. With an outside dictionary nothing is kept: it may change unseen."""
    if folder is None or settings.dictd:
        return Cache(None, "")
    return Cache(folder, basis_of(settings, own_version))


def basis_of(settings: Settings, own_version: str) -> str:
    """The digest of everything but the text that an apparatus depends on."""
    learned = [f"{path.name}={_file(path)}" for path in dictionaries.data_files()]
    named = (
        settings.language_model,
        settings.translations,
        settings.weights,
        settings.recalibration,
        settings.collection,
    )
    chosen = [_file(p) for p in named if p is not None]
    facts = [f"{name}={value}" for name, value in settings.facts()]
    libraries = [unicodedata.unidata_version, *library_versions(_LIBRARIES)]
    return digest_of([own_version, _code(), dictionaries.version(), *learned, *chosen, *facts, *libraries])


def _unpacked(kept: bytes) -> bytes:
    """A result as it was written. Raises ValueError for one that would not fit into the memory."""
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(kept, _LARGEST)
    if not unpacker.eof:
        raise ValueError("cut off, or too large")
    return data


def _file(path: Path) -> str:
    try:
        check_regular(path, most=2_000_000_000)
        return file_digest(path)
    except OSError:
        return "absent"


def _code() -> str:
    """A digest of the program's own code, for those who are working on it."""
    base = Path(__file__).parents[1]
    return digest_of(f"{p.relative_to(base)}:{_file(p)}" for p in sorted(base.rglob("*.py")))
