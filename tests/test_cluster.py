"""Documents examined by Dask: the bytes of one process, also when a worker is killed; and what is said when it cannot be."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collation.project import cluster
from collation.project.cluster import Cluster
from collation.system.workers import Outcome, in_order
from test_jobs import digests, here, report

assert here  # the fixture: a folder of five documents
distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills processes as POSIX has it")


def work(folder: str, item: str) -> str:
    """Doubles a word. “kill” ends its worker the first time, “fail” raises."""
    mark = Path(folder, "killed")
    if item == "kill" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "fail":
        raise ValueError("none so far")
    return 2 * item


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A running scheduler with two workers."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as running:
        yield running.scheduler_address


def test_a_cluster_writes_the_bytes_of_one_process(here: Path, address: str) -> None:
    one = report("one", "-j", "1", "--no-cache")
    sent = report("sent", "--scheduler", address)
    shared = report("shared", "--scheduler", address, "--shared", "--no-cache")
    assert one[0] == 0 and one == sent == shared, sent[2] or shared[2]
    assert digests(here / "one") == digests(here / "sent") == digests(here / "shared")
    assert len(list((here / ".cache").rglob("*.result"))) == 4, "the caller keeps what came back; two are one text"


def test_the_documents_of_a_killed_worker_are_done_again(tmp_path: Path, address: str) -> None:
    from functools import partial

    items = ["a", "kill", "b", "fail", "c"]
    found: list[Outcome[str]] = list(
        in_order(iter(items), lambda: Cluster(partial(work, str(tmp_path)), size=2, address=address))
    )
    assert [o.value for o in found] == ["aa", "killkill", "bb", None, "cc"]
    assert "ValueError: none so far" in found[3].fault and not any(o.lost for o in found)


def test_a_worker_that_would_give_another_result_refuses(
    here: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collation.project.jobs.program_basis", lambda settings: "another")
    code, _, err = report("out", "--scheduler", address, "--no-cache")
    assert code == 2 and err.count("has another version of collation") == 5
    assert digests(here / "out") == {}


def test_a_scheduler_that_does_not_answer_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    code, _, err = report("out", "--scheduler", "tcp://127.0.0.1:9", "--no-cache")
    assert code == 2 and "no Dask scheduler answers at tcp://127.0.0.1:9" in err and "Traceback" not in err


def test_a_missing_library_is_told_with_the_command_that_installs_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing: Any = None
    monkeypatch.setitem(sys.modules, "distributed", missing)
    code, _, err = report("out", "--executor", "dask", "--no-cache")
    assert code == 2 and 'python -m pip install "collation[cluster]"' in err and "Traceback" not in err
