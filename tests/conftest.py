"""What holds for the whole suite: ``--golden`` renews the golden files instead of comparing with them (``make
golden``), and no verdict depends on how busy the machine is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

GOLDEN = Path(__file__).parent / "golden"

# Hypothesis fails a slow example, and slow drawing, by the clock; on a busy machine that says nothing of the program.
settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# A program that a test starts in another folder is that of this checkout too.
SOURCES = [str(Path(__file__).parents[1] / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
os.environ["PYTHONPATH"] = os.pathsep.join(SOURCES)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="renew the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the golden file of that name, or renews it."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
            return
        assert path.is_file(), f"{name} is missing; make golden writes it"
        with path.open(encoding="utf-8", newline="") as file:
            assert text == file.read(), f"{name} has changed; look at it, then make golden"

    return compare
