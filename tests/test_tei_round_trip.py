"""Documents as they come back from TEI, examined anew; those of the development set only where it is at hand."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from tei import faults_of

SEEDS = Path(__file__).parents[1] / "seeds"
BENCH = Path(os.environ.get("COLLATION_BENCH", "none"))
DEV = sorted((BENCH / "dev").glob("*.txt"))
DRAWN = random.Random(12).sample(DEV, min(3, len(DEV)))


def test_a_seed_read_from_its_tei_has_the_same_findings() -> None:
    assert list(faults_of(next(SEEDS.glob("000_*.txt")), {}, again=True)) == []


@pytest.mark.skipif(not DEV, reason="the development set is not at hand")
@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_documents_of_the_development_set_come_back(path: Path) -> None:
    assert list(faults_of(path, {}, again=False)) == []
