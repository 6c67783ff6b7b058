"""A folder of many documents: how fast, in how much memory, by one process, by several and by Dask, and with the cache.

usage: python benchmarks/scale.py [FOLDER] [--documents N …] [--ways WAY …] [--simulate PAGES]

Collections are made of the sentence pairs of a folder (seeds by default): each document has four of them, under a
number of its own, with errors of reading planted anew. ``serial`` is one process, ``processes`` two, ``dask`` a cluster of two
workers on this computer; all must write the same bytes. Then the report and a check are run once more with nothing changed.

Times are CPU seconds, of the user and of the system, of the process that was called and of each worker: on a busy machine those
of the wall say nothing. The speed-up is that of the busier worker: what one process takes by what it takes. Memory is the peak of
a process. ``×`` sets what one process takes, its start left out, against the busier worker. With ``--simulate`` so many pages of 250 words are reckoned for 1 to 1024 workers from what was measured: every page
takes a worker as long as it took here (drawn from the mean, exponentially), the caller does its part one after the other, in order. Linux only.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections import deque
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from gate_cache import made_documents  # noqa: E402

WAYS = {"serial": ["-j", "1"], "processes": ["-j", "2"], "dask": ["-j", "2", "--executor", "dask"]}
PAGE = 250  # words
AHEAD = 64
START = 2.0  # CPU seconds until everything is loaded, which the caller spends before it forks


def main() -> None:
    if sys.argv[1:2] == ["--measured"]:  # the program inside a process that is watched
        measured_here(Path(sys.argv[2]), sys.argv[3:])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "seeds")
    parser.add_argument("--documents", type=int, nargs="+", default=[100], help="how many, several for the growth")
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=list(WAYS))
    parser.add_argument("--simulate", type=int, default=0, metavar="PAGES")
    args = parser.parse_args()
    print(
        f"{'documents':>9} {'way':24}{'docs/s':>8}{'words/s':>9}{'CPU s':>9}{'caller':>8}{'workers':>16}{'×':>6}{'MB':>6}{'workers MB':>14}  digest"
    )
    rows = [row for count in args.documents for row in collection(args.folder.resolve(), count, args.ways)]
    growth(rows)
    if args.simulate:
        simulate(rows, args.simulate)


def collection(folder: Path, count: int, ways: list[str]) -> list[dict[str, Any]]:
    """The rows of one collection, printed."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        words = noisy(folder, root / "letters", count)
        rows: list[dict[str, Any]] = []
        for way in ways:
            kept = "--cache" if way == ways[0] else "--no-cache"
            rows.append(measure(root, way, ["report", "letters", "--out", way, kept, *WAYS[way]], count, words))
        if len({row["digest"] for row in rows}) > 1:
            raise SystemExit("not the same bytes")
        first = rows[0]["total"]
        for asked in (["report", "letters", "--out", ways[0]], ["check", "letters", "--exit-zero"]):
            again = measure(root, f"{asked[0]}, nothing changed", [*asked, "--cache"], count, words)
            print(f"{'':>9} the first run by this: {first / again['total']:.1f} ×")
            if asked[0] == "report" and again["digest"] != rows[0]["digest"]:
                raise SystemExit("the cache answered otherwise")
        return rows


def noisy(folder: Path, into: Path, count: int) -> int:
    """The documents, with errors planted in the Russian of each; the number of their words on both sides."""
    from collation.learning.noise import corrupt
    from collation.reading import read_file

    words = 0
    for number, path in enumerate(made_documents(folder, into, count)):
        text = corrupt(read_file(path), seed=number, rate=0.05).text
        words += len(text.split())
        path.write_text(text, encoding="utf-8")
    return words


def measure(root: Path, way: str, words: list[str], count: int, size: int) -> dict[str, Any]:
    """Run the program in a process that is watched, and print the row."""
    said = root / "said.json"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "XDG_CACHE_HOME": str(root / "cache"),
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, __file__, "--measured", str(said), *words]
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
    row = {"way": way, "documents": count, "words": size, **json.loads(said.read_text(encoding="utf-8"))}
    workers = row["workers"]
    row["busiest"] = max((seconds for seconds, _ in workers), default=row["caller"])
    row["total"] = row["caller"] + sum(seconds for seconds, _ in workers)
    serial = SERIAL.setdefault(count, row["total"] - START)
    row["speedup"] = serial / row["busiest"] if workers else 1.0
    print(
        f"{count:9} {way:24}{count / row['total']:8.2f}{size / row['total']:9.0f}{row['total']:9.1f}{row['caller']:8.1f}"
        f"{' '.join(f'{s:.1f}' for s, _ in workers) or '–':>16}{row['speedup']:6.2f}{row['megabytes']:6.0f}"
        f"{' '.join(f'{m:.0f}' for _, m in workers) or '–':>14}  {row['digest'][:12]}",
        flush=True,
    )
    return row


SERIAL: dict[int, float] = {}
"""CPU seconds of one process, by the number of documents: the first row of each."""


def measured_here(said: Path, words: list[str]) -> None:
    """The program in this process; what it cost is written down at its end, its workers' before they are let go."""
    from collation.commands.app import app
    from collation.project import cluster
    from collation.system import workers
    from collation.system.collector import collect_seldom

    costs: list[tuple[float, float]] = []
    for crew in (workers.Processes, cluster.Cluster):
        watch(crew, costs)
    collect_seldom()
    try:
        app(args=words, prog_name="collation")
    except SystemExit as left:
        if left.code not in (0, None):
            raise
    own = resource.getrusage(resource.RUSAGE_SELF)
    out = next((Path(words[i + 1]) for i, word in enumerate(words) if word == "--out"), None)
    digest = hashlib.sha256()
    for path in sorted(out.iterdir()) if out else ():
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    cost = {"caller": own.ru_utime + own.ru_stime, "megabytes": own.ru_maxrss / 1000, "workers": costs}
    said.write_text(json.dumps({**cost, "digest": digest.hexdigest()}), encoding="utf-8")


def watch(crew: Any, costs: list[tuple[float, float]]) -> None:
    """Have a crew say what its processes have cost before it lets them go."""
    close = crew.close

    def closing(self: Any) -> None:
        costs.extend(map(cost_of, self.pids))
        close(self)

    crew.close = closing


def cost_of(pid: int) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a process that runs."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    peak = next(
        line for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines() if "VmHWM" in line
    )
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(peak.split()[1]) / 1000


def growth(rows: list[dict[str, Any]]) -> None:
    """The exponent of the time over the number of documents, between the smallest and the largest collection."""
    for way in dict.fromkeys(row["way"] for row in rows):
        own = [row for row in rows if row["way"] == way]
        if len(own) > 1:
            first, last = own[0], own[-1]
            exponent = math.log(last["total"] / first["total"]) / math.log(last["documents"] / first["documents"])
            print(
                f"{way}: time grows by n^{exponent:.2f}; memory of the caller {first['megabytes']:.0f} to {last['megabytes']:.0f} MB"
            )


def simulate(rows: list[dict[str, Any]], pages: int) -> None:
    """How long so many pages take, by workers: the caller's own part is what limits them."""
    row = [row for row in rows if row["way"] == "processes"][-1]  # the largest collection
    page = PAGE / row["words"] * sum(seconds for seconds, _ in row["workers"])
    caller = PAGE / row["words"] * max(0.0, row["caller"] - START)
    print(
        f"\n{pages} pages of {PAGE} words: {page * 1000:.0f} ms of a worker and {caller * 1000:.1f} ms of the caller a page"
    )
    print(f"{'workers':>8}{'hours':>9}{'pages/s':>9}{'worker busy':>13}")
    for workers in (1, 2, 8, 32, 128, 256, 512, 1024):
        hours, busy = simulated(workers, page, caller, min(pages, 100_000))
        scale = pages / min(pages, 100_000)
        print(f"{workers:8}{hours * scale:9.1f}{pages / (hours * scale * 3600):9.0f}{busy:13.0%}")


def simulated(workers: int, page: float, caller: float, pages: int) -> tuple[float, float]:
    """Hours, and the share of them that a worker is busy: events of workers and of one caller that takes results in order."""
    chance = random.Random(0)
    free = [0.0] * workers
    ready: deque[float] = deque()
    turn = busy = 0.0  # turn: when the caller is done with the page before
    window: deque[float] = deque()
    for number in range(pages):
        begun = heapq.heappop(free)
        if number >= AHEAD * workers:
            begun = max(begun, window.popleft())
        begun = max(begun, turn if workers == 1 else 0.0)
        took = chance.expovariate(1 / page)
        heapq.heappush(free, begun + took)
        busy += took
        ready.append(begun + took)
        turn = max(turn, ready.popleft()) + caller
        window.append(turn)
    return turn / 3600, busy / workers / turn


if __name__ == "__main__":
    main()
