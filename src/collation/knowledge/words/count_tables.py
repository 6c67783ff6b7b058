"""Counts in one compact file, opened without loading it whole.

A table maps sequences of words to counts. Each sequence is hashed to 48 bits: the upper 16 choose a bucket, the lower
32 are kept, sorted, in the bucket; a count is one byte on a logarithmic scale (eighths of a power of two). An unseen
sequence is taken for a seen one about once in 10^7 look-ups. The file is a line of JSON that names the sections,
then the sections; it is memory-mapped.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collation.errors import DamagedDictionary, Message
from collation.system.files import check_regular, write_whole

_MAGIC = b"collation counts 1\n"
_MASK = (1 << 64) - 1
_ROTATION = 23  # bits by which a hash is rotated for each word behind
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
_BEGIN = tuple(length * (length - 1) // 2 for length in range(len(_MULTIPLIERS) + 1))
"""Where what a word adds to sequences of so many words begins."""
_BUCKETS = 1 << 16
LARGEST = 2_000_000_000  # bytes
_LONGEST_HEADER = 1_000_000
_COUNTS = [float(2.0 ** (level / 8)) for level in range(256)]
"""The counts that the levels stand for."""


@lru_cache(maxsize=1_000)
def word_hash(word: str) -> int:
    """64 bits of a word."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8"), digest_size=8).digest(), "little") | 1


@lru_cache(maxsize=5_000)
def _turned(word: str) -> tuple[int, ...]:
    """What a word adds to the hash of a sequence, for every length of the sequence and every position in it: its own hash
    times the multiplier of the position, rotated once for the position and each that follows."""
    own = word_hash(word)
    return tuple(
        _rotated(own * _MULTIPLIERS[position] & _MASK, length - position)
        for length in range(1, len(_MULTIPLIERS) + 1)
        for position in range(length)
    )


def _rotated(value: int, times: int) -> int:
    bits = _ROTATION * times % 64
    return (value << bits & _MASK) | (value >> 64 - bits)


def sequence_hash(words: tuple[str, ...]) -> int:
    """48 bits of a sequence of words, four at most."""
    at, value = _BEGIN[len(words)], 0
    for word in words:
        value ^= _turned(word)[at]
        at += 1
    return (value * _MULTIPLIERS[0] & _MASK) >> 16


def hash_columns(hashes: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """The same for columns of word hashes, a row a sequence."""
    value = np.zeros(len(hashes[0]), dtype=np.uint64)
    for column, multiplier in zip(hashes, _MULTIPLIERS, strict=False):
        value ^= column * np.uint64(multiplier)
        value = (value << np.uint64(_ROTATION)) | (value >> np.uint64(64 - _ROTATION))
    return (value * np.uint64(_MULTIPLIERS[0])) >> np.uint64(16)


def write_tables(
    path: Path, tables: dict[str, tuple[NDArray[np.uint64], NDArray[np.float64]]], facts: dict[str, object]
) -> None:
    """Write tables of 48-bit keys and counts; ``facts`` go into the header as they are."""
    sections: dict[str, dict[str, int]] = {}
    blocks: list[bytes] = []
    offset = 0
    for name, (keys, counts) in tables.items():
        order = np.argsort(keys, kind="stable")
        keys, counts = keys[order], counts[order]
        buckets = np.searchsorted(keys >> np.uint64(32), np.arange(_BUCKETS + 1, dtype=np.uint64)).astype("<u4")
        low = (keys & np.uint64(0xFFFFFFFF)).astype("<u4")
        levels = np.clip(np.round(8 * np.log2(np.maximum(counts, 1.0))), 0, 255).astype("u1")
        block = buckets.tobytes() + low.tobytes() + levels.tobytes()
        block += b"\0" * (-len(block) % 4)
        sections[name] = {"offset": offset, "entries": len(keys)}
        offset += len(block)
        blocks.append(block)
    header = json.dumps({"facts": facts, "sections": sections}, ensure_ascii=True, sort_keys=True).encode() + b"\n"
    header = header[:-1] + b" " * (-(len(_MAGIC) + len(header)) % 4) + b"\n"
    write_whole(path, _MAGIC + header + b"".join(blocks))


class CountTable:
    """One table of a mapped file."""

    def __init__(self, view: memoryview, offset: int, entries: int) -> None:
        start = offset + 4 * (_BUCKETS + 1)
        self._buckets = view[offset:start].cast("I")
        self._low = view[start : start + 4 * entries].cast("I")
        self._levels = view[start + 4 * entries : start + 5 * entries]

    def count(self, *words: str) -> float:
        """The count of a sequence, 0 when it was not seen."""
        at, value = _BEGIN[len(words)], 0  # sequence_hash, asked too often to be called
        for word in words:
            value ^= _turned(word)[at]
            at += 1
        key = (value * _MULTIPLIERS[0] & _MASK) >> 16
        bucket, low = key >> 32, key & 0xFFFFFFFF
        last = self._buckets[bucket + 1]
        at = bisect_left(self._low, low, self._buckets[bucket], last)
        return _COUNTS[self._levels[at]] if at < last and self._low[at] == low else 0.0


class Counts:
    """A file of tables, mapped into memory. Raises DamagedDictionary when it is not of the known form."""

    def __init__(self, path: Path) -> None:
        try:
            check_regular(path, most=LARGEST)
            with path.open("rb") as file:
                if file.readline(len(_MAGIC)) != _MAGIC:
                    raise DamagedDictionary(Message("not-counts"), path=path)
                header = json.loads(file.readline(_LONGEST_HEADER))
                body = file.tell()
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            view = memoryview(self._map)
            self.facts: dict[str, object] = header["facts"]
            self.tables = {
                name: CountTable(view, body + section["offset"], section["entries"])
                for name, section in header["sections"].items()
            }
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            reason = getattr(error, "strerror", None) or error
            raise DamagedDictionary(Message("counts-unreadable", reason=reason), path=path) from error
