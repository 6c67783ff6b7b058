"""How long it takes and how much memory: the commands' start, then documents that were not seen before.

usage: python benchmarks/speed.py [--set FOLDER …] [--match PATTERN] [--every N] [--long WORDS …] [--rounds N]
                                  [--against SRC | --python-collector]

Times are CPU seconds, of the user and of the system: on a busy machine those of the wall say nothing. Commands run as
processes of their own, the best of ``--rounds`` (3) behind one that is not counted: it leaves Python the bytecode that an installed
program has, even where Python is told to write none. With ``--set`` a process is warmed on the seeds and then examines
every N-th document of the folder, each once: what was seen before is answered by caches and says nothing of an archive.

With ``--match`` only documents of such a name are examined, as those of one kind of noise. With ``--long`` there are documents of so many
Russian words as well, made of those of the set one after the other, none twice; each is the first of its process.

With ``--against`` another checkout is measured in the same run, command for command and document for document, each the
first in turn; the ratio is this checkout's time by the other's, so below 1 this one is faster. A document's time is then
the least of the rounds, each with new processes. ``--python-collector`` sets this checkout against itself with the
garbage collector as Python has it. Peak memory is asked of the system; where it does not say (Windows), a dash is
printed. Nothing here is a test: a figure depends on the machine.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from costs import Cost, run

ROOT = Path(__file__).parents[1]
EXAMINER = Path(__file__).with_name("examiner.py")
SEEDS = ROOT / "seeds"
COLLATION = [sys.executable, "-m", "collation"]
LITTLE = 0.004
"""The share of the time below which a rule has no row of its own."""
SENTENCE = "Они пришли домой.\n\nThey came home.\n"
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
BYTECODE = tempfile.TemporaryDirectory(prefix="bytecode-")
"""Where Python keeps the bytecode of what is measured."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of what is compared: the folder of the sources, and whether the collector is left as Python has it."""

    name: str
    source: Path
    collector: str = "commands"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
        own = {"PYTHONPATH": str(self.source), "OPENBLAS_NUM_THREADS": "1", "PYTHONPYCACHEPREFIX": BYTECODE.name}
        return {**kept, **own}


class Examiner:
    """A process that examines one document after the other and says what each took."""

    def __init__(self, side: Side) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(EXAMINER), "--collector", side.collector],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=side.environment,
        )

    def examine(self, path: Path) -> dict[str, Any]:
        """What a document took. Raises SystemExit when the process has failed; it has said why."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"{path} could not be examined")
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        self._process.communicate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--set", type=Path, action="append", default=[], dest="folders", help="documents to examine after the seeds"
    )
    parser.add_argument("--match", default="*.txt", metavar="PATTERN", help="only documents of such a name")
    parser.add_argument(
        "--long", type=int, nargs="+", default=[], metavar="WORDS", help="documents of so many words too"
    )
    parser.add_argument("--every", type=int, default=1, help="only every N-th of them")
    parser.add_argument("--rounds", type=int, help="3 for commands, 1 for documents")
    parser.add_argument("--without-start", action="store_true", help="only the documents")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--against", type=Path, metavar="SRC", help="the sources of another checkout")
    other.add_argument("--python-collector", action="store_true", help="against this one with Python's collector")
    args = parser.parse_args()
    sides = [Side("this", ROOT / "src")]
    if args.against:
        sides.append(Side("other", args.against.resolve()))
    if args.python_collector:
        sides.append(Side("Python's", ROOT / "src", "python"))
    if not args.without_start:
        show_commands(sides, args.rounds or 3)
    paths = [path for folder in args.folders for path in sorted(folder.resolve().glob(args.match))]
    if paths and not args.long:
        show_documents(sides, paths[:: args.every], args.rounds or 1)
    if args.long:
        show_long(sides, paths, sorted(args.long), args.rounds or 1)


def in_turn(sides: Sequence[Side], turn: int) -> list[Side]:
    """The sides, each the first in turn: what comes second finds a warmer or a busier machine."""
    first = turn % len(sides)
    return [*sides[first:], *sides[:first]]


def show_commands(sides: Sequence[Side], rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        sentence = Path(name) / "sentence.txt"
        sentence.write_text(SENTENCE, encoding="utf-8")
        report = [*COLLATION, "report", "--no-cache", "--out", str(Path(name) / "out"), "--format", "html,md,json"]
        commands = [
            ("collation --help", [*COLLATION, "--help"]),
            ("collation report, one sentence", [*report, str(sentence)]),
            ("collation report seeds", [*report, str(SEEDS)]),
        ]
        head = "".join(f"{side.name + ' CPU s':>16}{'peak MB':>9}" for side in sides)
        print(f"{'':34}{head}{'ratio':>9}" if len(sides) > 1 else f"{'':34}{head}")
        for label, command in commands:
            costs: dict[str, list[Cost]] = {side.name: [] for side in sides}
            for side in sides:
                run(command, cwd=Path(name), env=side.environment)  # leaves its bytecode, and is not counted
            for turn in range(rounds):
                for side in in_turn(sides, turn):
                    costs[side.name].append(run(command, cwd=Path(name), env=side.environment))
            best = [(min(c.seconds for c in costs[s.name]), max(c.megabytes for c in costs[s.name])) for s in sides]
            cells = "".join(f"{seconds:16.2f}{peak or '–':>9}" for seconds, peak in best)
            print(f"{label:34}{cells}{ratio(*(seconds for seconds, _ in best))}", flush=True)


def show_documents(sides: Sequence[Side], paths: Sequence[Path], rounds: int) -> None:
    """What the documents took: in all, by 1,000 words and stage, and how the sides compare document by document."""
    kept = [examined(sides, paths, turn) for turn in range(rounds)]
    least = {s.name: [min((r[s.name][i] for r in kept), key=seconds_of) for i in range(len(paths))] for s in sides}
    words = sum(d["words"] for d in least[sides[0].name])
    print(f"\n{len(paths)} documents not seen before, {words:,} Russian words, after the seeds")
    print(f"{'':34}" + "".join(f"{side.name:>16}" for side in sides) + (f"{'ratio':>9}" if len(sides) > 1 else ""))

    def row(label: str, cell: Callable[[list[dict[str, Any]]], float], form: str = "16.2f", *, compared: bool) -> None:
        found = [cell(least[side.name]) for side in sides]
        print(f"{label:34}" + "".join(f"{v:{form}}" for v in found) + (ratio(*found) if compared else ""))

    row("CPU seconds", total, compared=True)
    row("words a CPU second", lambda ds: words / total(ds), "16.0f", compared=False)
    row("peak MB after all", lambda ds: max(d["megabytes"] for d in ds), "16.0f", compared=True)
    print("milliseconds by 1,000 words, and share")
    for stage, *times in stages_of([least[side.name] for side in sides]):
        cells = "".join(
            f"{1e6 * t / words:9.0f}{100 * t / total(least[s.name]):5.1f} %" for t, s in zip(times, sides, strict=True)
        )
        print(f"  {stage:32}{cells}{ratio(*times)}")
    if len(sides) > 1:
        pairs = zip(*(least[side.name] for side in sides), strict=True)
        found = [seconds_of(a) / seconds_of(b) for a, b in pairs]
        low, middle, high = statistics.quantiles(found, n=4) if len(found) > 1 else (found[0],) * 3
        print(f"ratio of a document: median {middle:.3f}, half of them from {low:.3f} to {high:.3f}")


def show_long(sides: Sequence[Side], paths: Sequence[Path], sizes: Sequence[int], rounds: int) -> None:
    """What documents of several lengths took on each side, and how time grows from one to the next."""
    head = "".join(f"{side.name + ' CPU s':>16}{'words/s':>9}{'peak MB':>9}{'growth':>8}" for side in sides)
    print(f"\n{'Russian words':>13}{head}")
    before: dict[str, tuple[int, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            path = Path(name) / f"{size}.txt"
            path.write_text(joined(paths, size), encoding="utf-8")
            cells, words = "", 0
            for side in sides:
                best = min((alone(side, path) for _ in range(rounds)), key=seconds_of)
                words, seconds = best["words"], seconds_of(best)
                grown = growth(before.get(side.name), (words, seconds))
                cells += f"{seconds:16.2f}{words / seconds:9.0f}{best['megabytes']:9}{grown:>8}"
                before[side.name] = words, seconds
            print(f"{words:13,}{cells}", flush=True)


def growth(shorter: tuple[int, float] | None, longer: tuple[int, float]) -> str:
    """The power of the number of words with which time grows, nothing for the first."""
    if shorter is None:
        return ""
    return f"{math.log(longer[1] / shorter[1]) / math.log(longer[0] / shorter[0]):.2f}"


def alone(side: Side, path: Path) -> dict[str, Any]:
    """What a document took that is the first of its process."""
    examiner = Examiner(side)
    found = examiner.examine(path)
    examiner.close()
    return found


def joined(paths: Sequence[Path], words: int) -> str:
    """A document of so many Russian words at least: the originals of some documents, then their translations. Raises SystemExit
    where there are not so many."""
    sys.path.insert(0, str(ROOT / "src"))
    from collation.reading import read_file

    sides: tuple[list[str], list[str]] = [], []
    count = 0
    for path in paths:
        document = read_file(path)
        if document.original and document.translation:
            for side, witness in zip(sides, (document.original, document.translation), strict=True):
                side += [" ".join(segment.place.of(document.text).split()) for segment in witness.segments]
            count += len(document.original.words())
        if count >= words:
            return "\n\n".join((*sides[0], *sides[1])) + "\n"
    raise SystemExit(f"the documents have {count} Russian words, not {words}")


def stages_of(found: Sequence[list[dict[str, Any]]]) -> list[tuple[Any, ...]]:
    """Each stage with its seconds on every side, the longest first; those that take little in one row."""
    sums = [Counter[str]() for _ in found]
    for stages, documents in zip(sums, found, strict=True):
        for document in documents:
            stages.update(document["stages"])
    small = {stage for stage in sums[0] | sums[-1] if sums[0][stage] < LITTLE * total(found[0])}
    rows = [(stage, *(s[stage] for s in sums)) for stage in sums[0] | sums[-1] if stage not in small]
    rows.sort(key=lambda row: -row[1])
    return [*rows, ("the other rules", *(sum(s[stage] for stage in small) for s in sums))]


def examined(sides: Sequence[Side], paths: Sequence[Path], turn: int) -> dict[str, list[dict[str, Any]]]:
    """What each document took on each side, the processes new and warmed on the seeds."""
    examiners = {side.name: Examiner(side) for side in sides}
    for path in sorted(SEEDS.glob("*.txt")):
        for side in sides:
            examiners[side.name].examine(path)
    found: dict[str, list[dict[str, Any]]] = {side.name: [] for side in sides}
    for number, path in enumerate(paths):
        for side in in_turn(sides, turn + number):
            found[side.name].append(examiners[side.name].examine(path))
    for examiner in examiners.values():
        examiner.close()
    return found


def seconds_of(document: dict[str, Any]) -> float:
    return float(document["seconds"])


def total(documents: Sequence[dict[str, Any]]) -> float:
    return sum(map(seconds_of, documents))


def ratio(mine: float, other: float | None = None) -> str:
    """This checkout's figure by the other's, as a column; nothing where there is no other."""
    if other is None:
        return ""
    return f"{mine / other:9.3f}" if other else f"{'–':>9}"


if __name__ == "__main__":
    main()
