"""Archives of arrays: what is written is mapped, what numpy wrote is read, and what is neither is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from collation.knowledge.mapped_archive import open_archive, write_archive

ARRAYS = {
    "words": np.array(["да", "нет"]),
    "once": np.array("a fact"),
    "none": np.zeros((0, 4), dtype=np.float16),
    "rows": np.arange(12, dtype=np.uint64).reshape(3, 4),
    "columns": np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)),
}


def same(found: dict[str, np.ndarray]) -> bool:
    return list(found) == list(ARRAYS) and all(
        np.array_equal(found[name], array) and found[name].dtype == array.dtype for name, array in ARRAYS.items()
    )


def test_what_is_written_is_mapped_and_the_same(tmp_path: Path) -> None:
    write_archive(tmp_path / "a.npz", ARRAYS)
    found = open_archive(tmp_path / "a.npz")
    assert same(found)
    assert not any(array.flags.writeable or array.flags.owndata for array in found.values())
    assert all(array.flags.aligned for array in found.values())
    with np.load(tmp_path / "a.npz") as loaded:
        assert same({name: loaded[name] for name in loaded.files})


def test_the_same_arrays_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.npz", "b.npz"):
        write_archive(tmp_path / name, ARRAYS)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize("write", [np.savez, np.savez_compressed])
def test_archives_of_numpy_are_read(tmp_path: Path, write: Callable[..., None]) -> None:
    write(tmp_path / "a.npz", **ARRAYS)
    assert same(open_archive(tmp_path / "a.npz"))


def cut_off(data: bytes) -> bytes:
    return data[: len(data) // 2]


def too_many_rows(data: bytes) -> bytes:
    return data.replace(b"'shape': (3, 4)", b"'shape': (9, 4)")


def objects(data: bytes) -> bytes:
    return data.replace(b"'descr': '<u8'", b"'descr': '|O' ")


@pytest.mark.parametrize("spoil", [cut_off, too_many_rows, objects])
def test_what_is_no_archive_of_arrays_is_refused(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    write_archive(tmp_path / "a.npz", ARRAYS)
    data = (tmp_path / "a.npz").read_bytes()
    spoilt = spoil(data)
    assert spoilt != data
    (tmp_path / "a.npz").write_bytes(spoilt)
    with pytest.raises(ValueError, match=r"."):
        open_archive(tmp_path / "a.npz")
