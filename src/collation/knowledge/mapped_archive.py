"""Archives of numpy (``.npz``) whose arrays are mapped into memory where they lie there as they are.

``numpy.load`` reads and copies an archive whole. An array that is stored uncompressed needs neither: it is a stretch of the file,
of which only what is asked for comes into memory, and all processes of a machine share it. ``write_archive`` lays each array at a
multiple of its numbers' size; archives that are compressed, or laid otherwise, are read as numpy does.
"""

from __future__ import annotations

import io
import mmap
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.system.files import write_whole

Arrays = dict[str, NDArray[Any]]
_ENDING = ".npy"
_LOCAL = struct.Struct("<26xHH")  # of a member's own header: how long its name and its further fields are
_LONGEST_HEADER = 4_096  # bytes of what is said of an array before its numbers
_ALIGNED = 64  # bytes, a multiple of the size of any number
_PADDING = 0x4150  # names the further field that fills up to there
_FIELD = struct.Struct("<HH")
_MADE = (1980, 1, 1, 0, 0, 0)  # the same arrays are the same bytes whenever they are written


def open_archive(path: Path) -> Arrays:
    """The arrays of an archive by their names; those that are mapped cannot be written to.

    Raises OSError or ValueError for what is no archive of arrays.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            members = [member for member in archive.infolist() if member.filename.endswith(_ENDING)]
            return {m.filename.removesuffix(_ENDING): _mapped(whole, m, archive) for m in members}
    except (zipfile.BadZipFile, struct.error, NotImplementedError, EOFError) as error:
        raise ValueError(str(error)) from error


def _mapped(whole: memoryview, member: zipfile.ZipInfo, archive: zipfile.ZipFile) -> NDArray[Any]:
    if member.compress_type != zipfile.ZIP_STORED:
        return _read(io.BytesIO(archive.read(member)))
    start = member.header_offset + _LOCAL.size + sum(_LOCAL.unpack_from(whole, member.header_offset))
    body = whole[start : start + member.file_size]
    head = io.BytesIO(body[:_LONGEST_HEADER].tobytes())
    version = np.lib.format.read_magic(head)
    read_header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, by_column, kind = read_header(head)
    offset = head.tell()
    if by_column or kind.hasobject or (start + offset) % kind.alignment:
        return _read(io.BytesIO(body.tobytes()))
    count = int(np.prod(shape, dtype=np.int64))
    return np.frombuffer(body, dtype=kind, count=count, offset=offset).reshape(shape)


def _read(file: io.BytesIO) -> NDArray[Any]:
    found: NDArray[Any] = np.lib.format.read_array(file, allow_pickle=False)
    return found


def write_archive(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write an archive that ``open_archive`` maps and ``numpy.load`` reads; folders are made."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            body = io.BytesIO()
            np.lib.format.write_array(body, np.asarray(array, order="C"), allow_pickle=False)
            member = zipfile.ZipInfo(name + _ENDING, date_time=_MADE)
            begins = data.tell() + _LOCAL.size + len(member.filename.encode("utf-8")) + _FIELD.size
            filled = -begins % _ALIGNED
            member.extra = _FIELD.pack(_PADDING, filled) + b"\0" * filled
            archive.writestr(member, body.getvalue())
    write_whole(path, data.getvalue(), folders=True)
