"""What holds for the whole suite: ``--golden`` renews the golden files instead of comparing with them (``make
golden``), no verdict depends on how busy the machine is, and the seeds are examined once for all its processes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from collation.model import Apparatus
from collation.pipeline import examine
from collation.project.cache import open_cache
from collation.project.opening import cache_folder, own_version
from collation.reading import read_file
from collation.settings import Settings
from office_files import as_text

SEEDS = Path(__file__).parents[1] / "seeds"
GOLDEN = Path(__file__).parent / "golden"

# Hypothesis fails a slow example, and slow drawing, by the clock; on a busy machine that says nothing of the program.
settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# A program that a test starts in another folder is that of this checkout too.
SOURCES = [str(Path(__file__).parents[1] / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
os.environ["PYTHONPATH"] = os.pathsep.join(SOURCES)

# Where CI is set no results are kept and GitHub's files are written to; a test that means this says so itself.
for _name in [name for name in os.environ if name == "CI" or name.startswith("GITHUB_")]:
    del os.environ[_name]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="renew the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str | bytes], None]:
    """Compares a text with the golden file of that name, or renews it; of an office file, what it holds as text."""

    def compare(name: str, content: str | bytes) -> None:
        text = as_text(content)
        path = GOLDEN / name
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
            return
        assert path.is_file(), f"{name} is missing; make golden writes it"
        with path.open(encoding="utf-8", newline="") as file:
            assert text == file.read(), f"{name} has changed; look at it, then make golden"

    return compare


def pytest_configure(config: pytest.Config) -> None:
    """Results are kept in a folder of this run, which its processes share; those of the user are let alone."""
    if not hasattr(config, "workerinput"):
        os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="collation-tests-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True))


@cache
def _examined(number: str) -> Apparatus:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    data = path.read_bytes()
    kept = open_cache(cache_folder(), Settings(), own_version=own_version())
    with FileLock(Path(os.environ["XDG_CACHE_HOME"], f"{number}.lock")):
        found = kept.find(data, [path.as_posix()])
        if found is None:
            found = examine(read_file(path))
            kept.keep(data, found)
    assert found.source.digest == hashlib.sha256(data).hexdigest()
    return found


@pytest.fixture(scope="session")
def examined() -> Callable[[str], Apparatus]:
    """The apparatus of a seed by its number. A program that reads a file of these bytes finds it, too."""
    return _examined
