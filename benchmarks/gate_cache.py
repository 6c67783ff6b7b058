"""What the gate's cache saves: a check of many small documents, again with nothing changed, and with one changed.

usage: python benchmarks/gate_cache.py [FOLDER] [--documents N]      (seeds, and 200 documents, by default)

The documents are made of the folder's sentence pairs. Times are CPU seconds, the first run once, the second the best of
three; the reports of both must be the same.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from costs import Cost, run

ROOT = Path(__file__).parents[1]
CHECK = [sys.executable, "-m", "collation", "check", "letters", "--exit-zero", "--format", "json", "--cache", "--out"]
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
    parser.add_argument("--documents", type=int, default=200)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        show(args.folder.resolve(), args.documents, Path(name))


def show(folder: Path, count: int, root: Path) -> None:
    """Check, check again, change a document and check once more, in a project made in the folder ``root``."""
    (root / "collation.toml").write_text("", encoding="utf-8")
    paths = made_documents(folder, root / "letters", count)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(root / "cache")}

    def check(out: str) -> Cost:
        return run([*CHECK, out], cwd=root, env=environment)

    first = check("first.json")
    again = min((check("again.json") for _ in range(3)), key=lambda cost: cost.seconds)
    if (root / "first.json").read_bytes() != (root / "again.json").read_bytes():
        raise SystemExit("the cache answered otherwise than the first run")
    paths[0].write_text(paths[0].read_text(encoding="utf-8") + "Yours.\n", encoding="utf-8")
    rows = [
        (f"{count} documents, first run", first),
        ("nothing changed", again),
        ("one changed", check("changed.json")),
    ]
    print(f"{'collation check':36}{'CPU s':>9}{'peak MB':>9}")
    for label, cost in rows:
        print(f"{label:36}{cost.seconds:9.2f}{cost.megabytes or '–':>9}")
    print(f"{'first run / nothing changed':36}{first.seconds / again.seconds:9.1f}")


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


if __name__ == "__main__":
    main()
