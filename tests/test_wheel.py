"""What is installed is the whole program: code, dictionaries, learned data, templates, in a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOT_CARRIED = {"__pycache__"}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel made from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--quiet", "--wheel-dir", str(folder)]
    for more in (["--no-build-isolation"], []):
        made = subprocess.run([*command, *more], capture_output=True, encoding="utf-8", check=False)
        if made.returncode == 0:
            (wheel,) = folder.glob("*.whl")
            return set(zipfile.ZipFile(wheel).namelist())
    pytest.skip("no wheel can be built here: " + (made.stderr.strip().splitlines() or ["?"])[-1])


def below(folder: Path) -> set[str]:
    """The files of a folder, as paths inside it."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not NOT_CARRIED & set(path.parts)
    }


def test_the_wheel_carries_every_dictionary(names: set[str]) -> None:
    listed = below(ROOT / "dictionaries")
    assert {f"collation/dictionaries/{name}" for name in listed if name.endswith(".tsv")} <= names
    assert "collation/dictionaries/glossary/military.tsv" in names


def test_the_wheel_carries_all_code_and_data(names: set[str]) -> None:
    assert {f"collation/{name}" for name in below(ROOT / "src" / "collation")} <= names


def test_the_wheel_says_that_it_is_typed(names: set[str]) -> None:
    assert "collation/py.typed" in names
    assert (ROOT / "src" / "collation" / "py.typed").read_bytes() == b""


def test_the_wheel_carries_nothing_else(names: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names} == {"collation"}
    assert not [name for name in names if "seeds" in name or "reports" in name]


def test_the_wheel_carries_its_licence(names: set[str]) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
