"""Train the judge: clean parallel texts, planted noise, document-wise folds.

usage: python -m collation.learning.train --clean DIR [DIR…] [--parallel RU EN] [--gold DIR] --out DIR [--folds N] [--copies N]

Writes ``weights.json`` (learned from everything) into the out folder, and with --folds also ``folds/weights-K.json``
and ``folds.json``, the weights for measuring: each document of the clean folders is named with the fold that was fitted
without any text of its name, clean or corrupted. --gold names a folder of corrupted documents with their
``gold.jsonl``; they count twice. Of the doubts in noise where nothing is wrong a third is kept.
Deterministic but for floating point.
"""

from __future__ import annotations

import argparse
import json
import re
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from collation.files import write_whole
from collation.judge.features import NAMES
from collation.judge.model import PLACE_NAMES, Forest
from collation.learning.examples import Example, examples, from_document
from collation.learning.noise import Corruption, corrupt
from collation.learning.parallel import aligned_chapters
from collation.learning.weights import fit
from collation.model import Aligned
from collation.reading import read_file, read_text

_LENGTH = 450
_CHAPTER_COPIES = 2
_GOLD_COUNTS = 2
_SOUND_KEPT = 3  # of the sound doubts every third
SCALE, SHIFT = 1.5, -0.45  # chosen on the dev set for honest probabilities; see docs/method.md


def clean_texts(folders: list[Path], parallel: tuple[Path, Path] | None, *, every: int = 2) -> dict[str, str]:
    """Clean parallel texts by name: the files of the folders, and the beginnings of every second parallel chapter."""
    texts = {p.name: p.read_bytes().decode("utf-8") for folder in folders for p in sorted(folder.glob("*.txt"))}
    if parallel:
        for number, (name, aligned) in enumerate(aligned_chapters(*parallel)):
            if number % every == 0:
                texts[f"chapter {name}"] = beginning(aligned)
    return texts


def beginning(aligned: Aligned) -> str:
    """The first well linked paragraphs of an aligned text, some 450 words, as a file of its own."""
    document = aligned.document
    assert document.original is not None and document.translation is not None
    left: list[str] = []
    right: list[str] = []
    words = 0
    for link in aligned.links:
        if link.score < 0.25 or not link.original or not link.translation or len(link.original) + len(link.translation) > 4:
            continue
        left += [document.original.segments[i].place.of(document.text) for i in link.original]
        right += [document.translation.segments[j].place.of(document.text) for j in link.translation]
        words += sum(len(document.original.segments[i].tokens) for i in link.original)
        if words > _LENGTH:
            break
    return "\n\n".join(left) + "\n\n" + "\n\n".join(right) + "\n"


def _job(job: tuple[str, str, int]) -> list[Example]:
    name, text, seed = job
    document = read_text(text, label=name)
    if document.translation is None:
        return []
    return list(examples(corrupt(document, seed=seed), label=name))


def gather(texts: dict[str, str], *, copies: int, workers: int) -> list[Example]:
    """The examples of all texts, each document corrupted ``copies`` times, each chapter twice."""
    jobs = [
        (name, text, 1000 * c + i)
        for i, (name, text) in enumerate(sorted(texts.items()))
        for c in range(_CHAPTER_COPIES if name.startswith("chapter ") else copies)
    ]
    with ProcessPoolExecutor(workers) as pool:
        found = [e for part in pool.map(_job, jobs, chunksize=2) for e in part]
    return [e for i, e in enumerate(found) if e.wrong or i % _SOUND_KEPT == 0]


def _gold_job(job: tuple[Path, tuple[Corruption, ...]]) -> list[Example]:
    path, gold = job
    return list(from_document(read_file(path), gold, label=path.name))


def gather_gold(folder: Path, *, workers: int) -> list[Example]:
    """The examples of corrupted documents with known errors; doubts at places that may be left or mended are left out."""
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    jobs = []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        gold = tuple(
            Corruption(r["start"], r["end"], (r["corr"] or [""])[0], text[r["start"] : r["end"]], r["kind"] if r["must"] else "", r["side"])
            for r in rows
            if r["doc"] == path.name
        )
        jobs.append((path, gold))
    with ProcessPoolExecutor(workers) as pool:
        return [e for part in pool.map(_gold_job, jobs, chunksize=2) for e in part if e.kind or not e.wrong]


def stem(name: str) -> str:
    """What names the text whatever was done to it: the name without its track."""
    return re.sub(r"^T\d_", "", name)


def document_json(readings: Forest, places: Forest, facts: dict[str, Any]) -> str:
    data = {"features": list(NAMES), "place_features": list(PLACE_NAMES), "readings": readings.to_json(), "places": places.to_json(), "facts": facts, "scale": SCALE, "shift": SHIFT}
    return json.dumps(data, separators=(",", ":"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", type=Path, nargs="+", required=True)
    parser.add_argument("--parallel", type=Path, nargs=2)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    texts = clean_texts(args.clean, tuple(args.parallel) if args.parallel else None)
    found = gather(texts, copies=args.copies, workers=args.workers)
    gold = gather_gold(args.gold, workers=args.workers) * _GOLD_COUNTS if args.gold else []
    found += gold
    facts = {
        "date": date.today().isoformat(), "texts": len(texts), "examples": len(found), "wrong": sum(e.wrong for e in found),
        "mendable": sum(any(e.right) for e in found), "from_gold": len(gold),
    }  # fmt: skip
    write_whole(args.out / "weights.json", document_json(*fit(found), facts))
    names = sorted({stem(name) for name in texts if not name.startswith("chapter ")})
    folds = {name: i % args.folds for i, name in enumerate(names)} if args.folds else {}
    for k in range(args.folds):
        folder = args.out / "folds"
        part = [e for e in found if folds.get(stem(e.document)) != k]
        write_whole(folder / f"weights-{k}.json", document_json(*fit(part), {**facts, "fold": k}), folders=True)
    if folds:
        listing = {name: folds[stem(name)] for name in texts if stem(name) in folds}
        write_whole(args.out / "folds.json", json.dumps(listing, indent=1, sort_keys=True) + "\n")
    print(facts)


if __name__ == "__main__":
    main()
