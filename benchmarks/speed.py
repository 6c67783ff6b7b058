"""How long it takes and how much memory: start, load, a report of a folder, and the run itself once warm.

usage: python benchmarks/speed.py [FOLDER] [--cache [--documents N]]      (seeds, and 200 documents, by default)

Every figure is the best of three; commands run as child processes of their own, so that nothing is warm for them.
With ``--cache`` only the gate's cache is measured, in a minute or two: a check of many small documents made of the
folder's sentence pairs, the same again with nothing changed, and again with one document changed; the first run once.
Peak memory is asked of the system; where it does not tell (Windows), a dash stands. Nothing here is a test: a figure
depends on the machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
COLLATION = [sys.executable, "-m", "collation"]
LOAD = (
    "from collation.reading import read_pair; from collation.pipeline import examine;"
    "examine(read_pair('Они пришли домой.', 'They came home.'))"
)
DOCUMENT = """**Citation:**

"Letter", October 8, 1950, Made for this measurement. <https://digitalarchive.wilsoncenter.org/document/{number}>

**Contents:**

Original Scan  
Translation - English

{russian}

{english}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "seeds")
    parser.add_argument("--cache", action="store_true", help="measure the gate's cache instead")
    parser.add_argument("--documents", type=int, default=200)
    args = parser.parse_args()
    if args.cache:
        show_cache(args.folder.resolve(), args.documents)
    else:
        show_commands(args.folder.resolve())


def show_commands(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as out:
        report = [*COLLATION, "report", str(folder), "--out", out, "--format", "html,md,json"]
        rows = [
            ("collation --help", best(lambda: child([*COLLATION, "--help"]))),
            ("import and load, one sentence", best(lambda: child([sys.executable, "-c", LOAD]))),
            (f"collation report {folder.name}", best(lambda: child(report))),
        ]
    table(rows)
    words, warm = examined_warm(folder)
    print(f"{'examine, 1,000 Russian words, warm':36}{1000 * warm / words:9.2f}")


def table(rows: list[tuple[str, tuple[float, int]]]) -> None:
    print(f"{'':36}{'seconds':>9}{'peak MB':>9}")
    for label, (seconds, peak) in rows:
        print(f"{label:36}{seconds:9.2f}{peak if peak else '–':>9}")


def show_cache(folder: Path, count: int) -> None:
    """A first check, one with nothing changed, and one with a document changed; the reports must be the same."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "collation.toml").write_text("", encoding="utf-8")
        paths = made_documents(folder, root / "letters", count)
        environment = {**os.environ, "XDG_CACHE_HOME": str(root / "cache")}
        check = [*COLLATION, "check", "letters", "--exit-zero", "--format", "json", "--out"]

        def run(out: str) -> tuple[float, int]:
            return child([*check, out], cwd=root, env=environment)

        first = run("first.json")
        again = best(lambda: run("again.json"))
        if (root / "first.json").read_bytes() != (root / "again.json").read_bytes():
            raise SystemExit("the cache answered otherwise than the first run")
        paths[0].write_text(paths[0].read_text(encoding="utf-8") + "Yours.\n", encoding="utf-8")
        changed = run("changed.json")
    table(
        [(f"check, {count} documents, first run", first), ("nothing changed", again), ("one document changed", changed)]
    )
    print(f"{'first run / nothing changed':36}{first[0] / again[0]:9.1f}")


def made_documents(folder: Path, into: Path, count: int) -> list[Path]:
    """Small documents, each of four sentence pairs of the folder under a number of its own."""
    from collation.alignment.align import align
    from collation.languages.knowledge import knowledge_for
    from collation.reading import read_file

    pairs = []
    for path in sorted(folder.glob("*.txt")):
        document = read_file(path)
        found = (p for p in align(document, knowledge_for()).pairs if len(p.original) > 7 and len(p.translation) > 7)
        pairs += [(words_of(document.text, p.original), words_of(document.text, p.translation)) for p in found]
    into.mkdir()
    paths = []
    for number in range(count):
        chosen = [pairs[(number * 3 + k * (1 + number // len(pairs))) % len(pairs)] for k in range(4)]
        russian, english = ("\n\n".join(pair[side] for pair in chosen) for side in (0, 1))
        paths.append(into / f"{number:03}.txt")
        paths[-1].write_text(
            DOCUMENT.format(number=100_000 + number, russian=russian, english=english), encoding="utf-8"
        )
    return paths


def words_of(text: str, tokens: tuple[Any, ...]) -> str:
    return " ".join(text[tokens[0].start : tokens[-1].stop].split())


def best(measure: Callable[[], tuple[float, int]]) -> tuple[float, int]:
    """The shortest time of three, and the greatest memory."""
    runs = [measure() for _ in range(3)]
    return min(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def child(command: list[str], *, cwd: Path = ROOT, env: dict[str, str] | None = None) -> tuple[float, int]:
    """Seconds and peak megabytes of a command. Raises CalledProcessError when it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd, env=env)
    peak = wait(process)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return seconds, peak


def wait(process: subprocess.Popen[bytes]) -> int:
    """Wait for a child and tell its peak memory in megabytes, 0 where the system does not say."""
    try:
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
