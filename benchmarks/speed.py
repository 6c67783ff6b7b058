"""How long it takes and how much memory: start, load, a report of a folder, and the run itself once warm.

usage: python benchmarks/speed.py [FOLDER]      (seeds by default)

Every figure is the best of three; commands run as child processes of their own, so that nothing is warm for them.
Peak memory is asked of the system; where it does not tell (Windows), a dash stands. Nothing here is a test: a figure
depends on the machine.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
COLLATION = [sys.executable, "-m", "collation"]
LOAD = (
    "from collation.reading import read_pair; from collation.pipeline import examine;"
    "examine(read_pair('Они пришли домой.', 'They came home.'))"
)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "seeds"
    with tempfile.TemporaryDirectory() as out:
        report = [*COLLATION, "report", str(folder), "--out", out, "--format", "html,md,json"]
        rows = [
            ("collation --help", best(lambda: child([*COLLATION, "--help"]))),
            ("import and load, one sentence", best(lambda: child([sys.executable, "-c", LOAD]))),
            (f"collation report {folder.name}", best(lambda: child(report))),
        ]
    print(f"{'':36}{'seconds':>9}{'peak MB':>9}")
    for label, (seconds, peak) in rows:
        print(f"{label:36}{seconds:9.2f}{peak if peak else '–':>9}")
    words, warm = examined_warm(folder)
    print(f"{'examine, 1,000 Russian words, warm':36}{1000 * warm / words:9.2f}")


def best(measure: Callable[[], tuple[float, int]]) -> tuple[float, int]:
    """The shortest time of three, and the greatest memory."""
    runs = [measure() for _ in range(3)]
    return min(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def child(command: list[str]) -> tuple[float, int]:
    """Seconds and peak megabytes of a command. Raises CalledProcessError when it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    peak = wait(process)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return seconds, peak


def wait(process: subprocess.Popen[bytes]) -> int:
    """Wait for a child and tell its peak memory in megabytes, 0 where the system does not say."""
    try:
        import os

        _, status, usage = os.wait4(process.pid, 0)
    except AttributeError:
        process.wait()
        return 0
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
    return round(usage.ru_maxrss * unit / 1_000_000)


def examined_warm(folder: Path) -> tuple[int, float]:
    """Russian words in the folder, and the seconds of the median second run over it."""
    from collation.pipeline import examine
    from collation.reading import read_file

    documents = [read_file(path) for path in sorted(folder.glob("*.txt"))]
    for document in documents:
        examine(document)
    runs = []
    for _ in range(3):
        begun = time.perf_counter()
        for document in documents:
            examine(document)
        runs.append(time.perf_counter() - begun)
    return sum(len(d.original.words()) for d in documents if d.original), statistics.median(runs)


if __name__ == "__main__":
    main()
