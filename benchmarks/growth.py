"""How time and memory grow with a document of an odd shape: words, lines, blanks, brackets, gibberish and the like.

usage: python benchmarks/growth.py [--quick] [--shape NAME …] [--memory MB] [--seconds S]

For each shape ``collation report`` is run over n, 2n, 4n and 8n of it, each time in a new process whose address space
and CPU seconds are limited, so that a shape that grows too fast ends with "stopped" and harms nobody. n is doubled
until a run takes five times what one piece of the shape takes, or 8n reaches the longest document that is read.
What one piece takes (the start, that is) is shown and subtracted. The exponent of time is the slope of a straight line
through the four points, both scales logarithmic; points that cost less than half of the start are left out as noise, and
where fewer than three remain there is a dash. Peak memory is the greater of the start's peak and what is in use at
the end, so nothing can be subtracted from it: its exponent is that of the steps from n to 2n, 4n and 8n, which
whatever is in use at the start does not change; steps of less than a tenth of the start are left out. Last, one absurd word is set against a page of 300 words.
``--quick`` has 8n take about five times as much, not n: some ten minutes for all shapes and not half an hour.
Time is CPU time; peak memory is asked of the system (POSIX only).
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from collation.reading.text import MOST_CHARACTERS  # noqa: E402
from shapes import FRAME, SHAPES, Shape, chinese, digits, long_word, page  # noqa: E402

TIMES = 5
BAR = 1.2
FACTORS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds and peak megabytes of one run; ``failed`` when it was stopped or ended in an error."""

    seconds: float
    megabytes: float
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take: megabytes of address space, CPU seconds."""

    megabytes: int
    seconds: int

    def set(self) -> None:
        resource.setrlimit(resource.RLIMIT_AS, (self.megabytes * 1_000_000,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (self.seconds, self.seconds + 5))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="8n takes some five times what one piece takes, not n")
    parser.add_argument(
        "--shape", action="append", choices=[*(s.name for s in SHAPES), "absurd word"], help="only this shape"
    )
    parser.add_argument(
        "--memory", type=int, default=4_000, help="megabytes of address space that a run may have (%(default)s)"
    )
    parser.add_argument("--seconds", type=int, default=300, help="CPU seconds that a run may take (%(default)s)")
    args = parser.parse_args()
    limits = Limits(args.memory, args.seconds)
    print(
        f"{'shape':24}{'one':>12}{'n':>9}  {'CPU s less that at n, 2n, 4n, 8n':34}{'exp.':>6}  {'MB less that':26}{'exp.':>6}"
    )
    over = [
        shape.name
        for shape in SHAPES
        if (not args.shape or shape.name in args.shape) and not show(shape, limits, quick=args.quick)
    ]
    if not args.shape or "absurd word" in args.shape:
        over += absurd(limits)
    print("\n" + (f"Over the bar of {BAR}: {', '.join(over)}." if over else f"Every exponent is {BAR} or less."))
    raise SystemExit(bool(over))


def show(shape: Shape, limits: Limits, *, quick: bool) -> bool:
    """Print the row of a shape; whether both exponents are within the bar."""
    empty = least(shape.make(1), limits)
    size, costs = first_size(shape, empty, limits, quick=quick)
    for factor in FACTORS[len(costs) :]:
        costs.append(measure(shape.make(factor * size), limits))
        if costs[-1].failed:
            break
    seconds = [c.seconds - empty.seconds for c in costs]
    megabytes = [c.megabytes - empty.megabytes for c in costs]
    stopped = any(c.failed for c in costs)
    exponents = [
        math.inf if stopped else slope(seconds, 0.5 * empty.seconds, points=3),
        math.inf if stopped else slope(steps(megabytes), 0.1 * empty.megabytes, points=2),
    ]
    told = ["stopped" if stopped else "–" if e is None else f"{e:.2f}" for e in exponents]
    print(
        f"{shape.name:24}{empty.seconds:6.2f}{empty.megabytes:6.0f}{size:9}  {listed(seconds, 2):34}{told[0]:>6}  {listed(megabytes, 0):26}{told[1]:>6}",
        flush=True,
    )
    return all(e is None or e <= BAR for e in exponents)


def first_size(shape: Shape, empty: Cost, limits: Limits, *, quick: bool) -> tuple[int, list[Cost]]:
    """n, and what n of the shape costs."""
    size = shape.first
    if quick:
        return max(1, size // 8), []
    while True:
        cost = measure(shape.make(size), limits)
        if cost.failed or cost.seconds >= TIMES * empty.seconds or 16 * size * shape.characters > MOST_CHARACTERS:
            return size, [cost]
        size *= 2


def steps(costs: list[float]) -> list[float]:
    """What is added from each size to the next, double as large."""
    return [after - before for before, after in zip(costs, costs[1:], strict=False)]


def slope(costs: list[float], least: float, *, points: int) -> float | None:
    """The exponent over doubling sizes, by least squares over the points that cost at least so much; None where fewer than
    ``points`` do: below it the noise of the machine is measured."""
    found = [(math.log(f), math.log(c)) for f, c in zip(FACTORS, costs, strict=False) if c >= least]
    if len(found) < points:
        return None
    middle = sum(x for x, _ in found) / len(found)
    return sum((x - middle) * y for x, y in found) / sum((x - middle) ** 2 for x, _ in found)


def listed(values: list[float], places: int) -> str:
    return " ".join(f"{value:{8 if places else 6}.{places}f}" for value in values)


def absurd(limits: Limits) -> list[str]:
    """Set absurd words of three lengths against a page; the names of those that cost more than it."""
    empty, one = least([FRAME.format("вчера")], limits), least(page(1), limits)
    print(
        f"\n{'a page of 300 words':33}  {one.seconds - empty.seconds:8.2f} CPU s {one.megabytes - empty.megabytes:6.0f} MB"
    )
    over = []
    for name, make in (("word", long_word), ("Chinese", chinese), ("number", digits)):
        for size in (1_000, 10_000, 100_000):
            cost = measure(make(size), limits)
            more = cost.failed or cost.seconds > one.seconds or cost.megabytes > one.megabytes
            over += [f"a {name} of {size}"] if more else []
            said = (
                "stopped"
                if cost.failed
                else f"{cost.seconds - empty.seconds:8.2f} CPU s {cost.megabytes - empty.megabytes:6.0f} MB"
            )
            print(f"{'one ' + name + ' of':22}{size:9,}    {said}", flush=True)
    return over


def least(texts: list[str], limits: Limits) -> Cost:
    """The least of three runs in time, the greatest in memory."""
    runs = [measure(texts, limits) for _ in range(3)]
    return Cost(min(run.seconds for run in runs), max(run.megabytes for run in runs), any(run.failed for run in runs))


def measure(texts: list[str], limits: Limits) -> Cost:
    """What a report of these documents costs in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "texts"
        folder.mkdir()
        for number, text in enumerate(texts):
            (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "collation",
            "report",
            str(folder),
            "--out",
            str(Path(name) / "out"),
            "--format",
            "json",
        ]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPENBLAS_NUM_THREADS": "1"}
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=name,
            env=environment,
            preexec_fn=partial(Limits.set, limits),
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        failed = process.returncode != 0 or len(list((Path(name) / "out").glob("*.json"))) < len(texts)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1_000_000, failed)


if __name__ == "__main__":
    main()
