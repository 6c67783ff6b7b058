"""Whether a change of the code changes what the program writes, byte for byte.

    python -m tools.outputs write FILE [--set DIR …]      # digests of what this checkout writes
    python -m tools.outputs compare FILE [--set DIR …]    # the same again, and every difference

Written are the reports of ``seeds/`` and of each further folder of documents (html, md and json), an index, and the
SARIF, JSON, text and GitHub reports of the gate over ``demo/``. Each is run as a user runs it, in a process of its own;
the digest of every file is kept under the name of the run. Exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
GATE_FORMATS = ("json", "sarif", "text", "full", "github")


def digests(folders: list[Path], *, jobs: int) -> dict[str, str]:
    """The digests of all that is written, by run and file name."""
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(jobs) as pool:
        runs = [(folder, paths, Path(temporary) / f"{i}") for i, (folder, paths) in enumerate(_shares(folders, jobs))]
        for (folder, _, out), _ in zip(runs, pool.map(_report, runs), strict=True):
            for path in sorted(out.rglob("*")):
                if path.is_file() and not (len(folders) and path.name.startswith("index") and folder != ROOT / "seeds"):
                    found[f"report {folder.name}/{path.relative_to(out)}"] = _digest(path.read_bytes())
    for name in GATE_FORMATS:
        words = ["check", "letters", "--no-cache", "--exit-zero", "--format", name]
        found[f"check demo {name}"] = _digest(_run(words, ROOT / "demo"))
    return found


def _shares(folders: list[Path], jobs: int) -> list[tuple[Path, list[Path]]]:
    """The documents of the seeds in one run, those of other folders in as many as there are jobs."""
    shares = [(ROOT / "seeds", [ROOT / "seeds"])]
    for folder in folders:
        documents = sorted(folder.glob("*.txt"))
        shares += [(folder, documents[i::jobs]) for i in range(jobs) if documents[i::jobs]]
    return shares


def _report(run: tuple[Path, list[Path], Path]) -> None:
    folder, paths, out = run
    named = [os.path.relpath(path, folder.parent) for path in paths]
    _run(["report", *named, "--out", str(out), "--format", "html,md,json"], folder.parent)


def _run(words: list[str], cwd: Path) -> bytes:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "collation", *words], cwd=cwd, env=environment, capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"collation {' '.join(words)}: exit code {done.returncode}\n{done.stderr.decode()[-2000:]}")
    return done.stdout


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=("write", "compare"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--set", type=Path, action="append", default=[], metavar="DIR", dest="folders")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    now = digests([folder.resolve() for folder in args.folders], jobs=args.jobs)
    if args.do == "write":
        args.file.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"{len(now)} digests written")
        return
    before = json.loads(args.file.read_text(encoding="utf-8"))
    different = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    for name in different:
        print("differs:", name)
    print(f"{len(now)} compared, {len(different)} different")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
