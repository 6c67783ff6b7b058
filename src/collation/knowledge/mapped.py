"""Arrays that never change, in one file that is mapped into memory and not read.

A file is a line that names it, a line of JSON with its facts and its sections (number type, offset and length of each), then
the sections, each at a multiple of eight bytes. Opening it costs a millisecond whatever its size, only what is asked for
comes into memory, and all processes of a machine share it.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.errors import DamagedDictionary, Message
from collation.system.files import check_regular, write_whole

LARGEST = 2_000_000_000  # bytes
_MAGIC = b"collation arrays 1\n"
_LONGEST_HEADER = 1_000_000
_ALIGNED = 8
_TYPES = ("<u1", "<u2", "<u4", "<u8", "<i4", "<f4")


@dataclass(frozen=True, slots=True)
class Mapped:
    """The facts of a file and its arrays, which cannot be written to."""

    facts: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]

    def view(self, name: str) -> memoryview:
        """An array as numbers of Python, to be asked one at a time."""
        return self.arrays[name].data


def write_mapped(path: Path, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> None:
    """Write one-dimensional arrays. Raises ValueError for another shape or a type that is not of the form."""
    sections: dict[str, tuple[str, int, int]] = {}
    blocks: list[bytes] = []
    offset = 0
    for name, array in arrays.items():
        kind = array.dtype.newbyteorder("<").str.replace("|", "<")
        if array.ndim != 1 or kind not in _TYPES:
            raise ValueError(f"{name} is no row of numbers that can be mapped: {array.dtype}, {array.ndim} dimensions")
        block = array.astype(kind).tobytes()
        sections[name] = (kind, offset, len(array))
        blocks.append(_filled(block))
        offset += len(blocks[-1])
    header = json.dumps({"facts": facts, "sections": sections}, ensure_ascii=True, sort_keys=True).encode("ascii")
    lead = len(_MAGIC) + len(header) + 1
    write_whole(path, _MAGIC + header + b" " * (-lead % _ALIGNED) + b"\n" + b"".join(blocks))


def open_mapped(path: Path) -> Mapped:
    """The arrays of a file. Raises DamagedDictionary when it is not of this form."""
    try:
        check_regular(path, most=LARGEST)
        with path.open("rb") as file:
            if file.readline(len(_MAGIC)) != _MAGIC:
                raise ValueError("it does not begin as it should")
            header = json.loads(file.readline(_LONGEST_HEADER))
            body = file.tell()
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        arrays = {}
        for name, (kind, offset, length) in header["sections"].items():
            if kind not in _TYPES or offset < 0 or length < 0:
                raise ValueError(f"the section {name} is of no known form")
            arrays[name] = np.frombuffer(whole, dtype=kind, count=length, offset=body + offset)
        return Mapped(header["facts"], arrays)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DamagedDictionary(Message("arrays-unreadable", reason=reason), path=path) from error


def _filled(block: bytes) -> bytes:
    return block + b"\0" * (-len(block) % _ALIGNED)
