"""What the image of the page is worth: first readings, found places and false alarms with the text alone, the page alone, both.

usage: python benchmarks/pages.py --set DIR [--set DIR …] [--tracks T2,T4] [--clean DIR] [--quick] [--turn] [--second RATE]
                                   [--workers N] [--out FILE]

The true text of each corrupted document (its gold carried out) is set as page images in two faces and three wears; the corrupted
text is examined with them. --clean is a folder of texts in which nothing is wrong: every emendation is a false alarm; each is set in
one face and wear, in turn. --quick takes every fourth document, one face and two wears; --turn sets each document in one face, in turn; --second gives
each another text of its original, corrupted apart at so many errors a word. Pages are made: no figure speaks of true
scans. Fonts are the system's (Liberation Mono, DejaVu Serif), the engine is tesseract with its Russian model.

Ceiling: the right reading is among those proposed for a place in error that is doubted at all. Of found: of the places shown.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from collation.evidence.page_witness import witness_of
from collation.judge.entries import entries
from collation.judge.page import answers_of
from collation.learning.examples import repairs, touches
from collation.learning.material import number_of
from collation.learning.noise import Corruption, corrupt
from collation.learning.rendered_pages import FACES, WEARS, page_pngs
from collation.learning.scoring import prediction, read_gold, score_predictions
from collation.learning.witness_training import with_witness
from collation.model import Document
from collation.model.rule import by_code
from collation.model.seen_page import SeenPage
from collation.pipeline import Trail, trail
from collation.reading import read_file, read_text
from collation.reading.page_engine import engine_version, see_pages
from collation.rules import RULES
from collation.settings import Settings
from collation.system.collector import collect_seldom, freeze_loaded

Job = tuple[Path, dict[str, str], list[dict[str, Any]], tuple[tuple[str, str], ...], float]
_APART = 7919  # what is added to a seed for a text that is corrupted apart
ALONE = ("", "")
Result = dict[str, Any]


def true_text(text: str, row: dict[str, str], gold: list[dict[str, Any]]) -> str:
    """The Russian of a document with its gold carried out."""
    start, stop = int(row["ru_start"]), int(row["ru_end"])
    for item in sorted(gold, key=lambda g: -g["start"]):
        if item["side"] == "ru" and start <= item["start"] <= stop and item["corr"]:
            text = text[: item["start"]] + item["corr"][0] + text[item["end"] :]
            stop += len(item["corr"][0]) - (item["end"] - item["start"])
    return text[start:stop]


def examined(job: Job) -> list[Result]:
    """What one document comes to without a page and with each of its pages."""
    path, row, gold, looks, second = job
    document = read_file(path)
    text = true_text(path.read_bytes().decode("utf-8"), row, gold)
    if second:
        noisy = corrupt(read_text(text, label=path.name), seed=number_of(text) + _APART, rate=second)
        document = with_witness(document, "B", noisy.text)
    found = []
    alone = trail(document, settings=Settings())
    for face, wear in (ALONE, *looks):
        pages, seconds = seen(text, face, wear) if face else ((), 0.0)
        begun = time.process_time()
        run = trail(replace(document, pages=pages), settings=Settings()) if face else alone
        shown = entries(run.context, run.verdicts, Settings(), by_code(RULES))
        found.append({
            "doc": path.name, "face": face, "wear": wear, "pages": len(pages), "seconds": seconds,
            "examined": time.process_time() - begun,
            "predictions": [prediction(path.name, document.text, entry) for entry in document.in_file(shown)],
            "places": list(places(document, run, alone, gold)) if face else [],
        })  # fmt: skip
    freeze_loaded()
    return found


def seen(text: str, face: str, wear: str) -> tuple[tuple[SeenPage, ...], float]:
    """The pages of a text as the engine sees them, the same in every run, and the CPU seconds that this took."""
    pngs = page_pngs(text, face=face, wear=WEARS[wear], seed=1)
    begun = time.process_time()
    found = tuple(page for png in pngs for page in see_pages(png, label="page", digest=""))
    return found, time.process_time() - begun


def places(document: Document, run: Trail, alone: Trail, gold: list[dict[str, Any]]) -> Iterator[Result]:
    """For each error of the Russian that some doubt touches: whether the first reading is right by the text alone, by the page
    alone, by both, and whether any is."""
    for item in gold:
        if item["side"] != "ru" or not item["must"] or not item["corr"]:
            continue
        errors = [Corruption(item["start"], item["end"], clean, item["sic"], item["kind"]) for clean in item["corr"]]
        found: Result = {"kind": item["kind"]}
        for name, weighed in (("text", alone), ("both", run)):
            near = [
                v for v in weighed.verdicts
                if v.doubt.side == "original" and v.readings and touches(document.text, v.doubt.place, errors[0])
            ]  # fmt: skip
            if not near:
                break
            best = max(near, key=lambda v: v.probability)
            right = [
                len(r.proposal.edits) == 1
                and any(repairs(document.text, r.proposal.edits[0], error) for error in errors)
                for r in best.readings
            ]
            found[name] = right[0]
            if name == "both":
                found["ceiling"] = any(right)
                answers = answers_of(best.readings, witness_of(run.context))
                ratios = {n: answers[n][1] - answers[n][0].text for n in answers}
                found["page"] = bool(ratios) and right[max(ratios, key=lambda n: ratios[n])]
        else:
            yield found


def rows_of(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        return {row["doc"]: row for row in csv.DictReader(file, delimiter="\t")}


def jobs_of(
    folder: Path, tracks: Sequence[str], looks: tuple[tuple[str, str], ...], *, quick: bool, second: float = 0.0
) -> list[Job]:
    gold = read_gold(folder / "gold.jsonl") if (folder / "gold.jsonl").is_file() else []
    rows = {doc: row for doc, row in rows_of(folder).items() if doc[:2] in tracks}
    listed = sorted(rows)[:: 4 if quick else 1]
    return [(folder / doc, rows[doc], [g for g in gold if g["doc"] == doc], looks, second) for doc in listed]


def table(results: list[Result], gold: list[dict[str, Any]], words: dict[str, int], texts: dict[str, str]) -> str:
    """A column for the text alone and for each face and wear."""
    looks = sorted(
        {(r["wear"], r["face"]) for r in results}, key=lambda k: (list(WEARS).index(k[0]) if k[0] else -1, k[1])
    )
    lines = [f"{'face, wear':<34} {'places':>6} {'text':>6} {'page':>6} {'both':>6} {'ceil.':>6} {'of it':>6}   "
             f"{'found':>6} {'prec.':>6} {'of found':>8} {'in five':>8} {'false/1000':>10} {'s/page':>7}"]  # fmt: skip
    if turned := len({r["doc"] for r in results}) * len(looks) > len(results) + len(looks):
        looks = [(wear, "") for wear in dict.fromkeys(wear for wear, _ in looks)]
    for wear, face in looks:
        own = [r for r in results if r["wear"] == wear and (turned or r["face"] == face)]
        counts = Counter(name for r in own for p in r["places"] for name in p if p[name] is True)
        n = sum(len(r["places"]) for r in own)
        score = score_predictions(
            gold, [p for r in own for p in r["predictions"] if p["tier"] == "emend"], texts, words
        )
        five, one = score.first_right(5)[0], score.first_right(1)[0]
        cells = [counts[name] / n if n else 0.0 for name in ("text", "page", "both", "ceiling")]
        share = counts["both"] / counts["ceiling"] if counts["ceiling"] else 0.0
        pages = sum(r["pages"] for r in own)
        seconds = sum(r["seconds"] for r in own) / pages if pages else 0.0
        label = f"{wear}, {face.partition('.')[0] or 'faces in turn'}" if wear else "the text alone"
        lines.append(
            f"{label:<34} {n:>6} " + " ".join(f"{c:6.3f}" for c in cells) + f" {share:6.3f}   "
            f"{score.recall:6.3f} {score.precision:6.3f} {one:8.3f} {five:8.3f} {score.false_per_thousand():10.2f} {seconds:7.2f}"
        )
    return "\n".join(lines)


def run(jobs: list[Job], workers: int) -> list[Result]:
    if workers < 2:
        return [r for job in jobs for r in examined(job)]
    with ProcessPoolExecutor(workers, initializer=collect_seldom) as pool:
        return [r for found in pool.map(examined, jobs) for r in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, action="append", default=[])
    parser.add_argument("--tracks", default="T2,T4")
    parser.add_argument("--clean", type=Path, help="a set whose texts are examined as they are, gold left aside")
    parser.add_argument("--clean-tracks", default="T0")
    parser.add_argument("--second", type=float, default=0.0, help="errors a word of another text of each document, B")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--turn", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", type=Path, help="where the figures of each place are written as JSON")
    args = parser.parse_args()
    print(f"engine: {engine_version() or 'none'}")
    faces, wears = (FACES[:1], ("moderate", "heavy")) if args.quick else (FACES, tuple(WEARS))
    looks = tuple((face, wear) for wear, face in product(wears, faces))
    kept = {}
    for folder in args.set:
        jobs = jobs_of(folder, args.tracks.split(","), looks, quick=args.quick, second=args.second)
        if args.turn:
            jobs = [(*job[:3], looks[n % len(faces) :: len(faces)], job[4]) for n, job in enumerate(jobs)]
        results = run(jobs, args.workers)
        kept[folder.name] = results
        print(f"\n{folder.name}: {len(jobs)} documents", flush=True)
        print(table(results, [g for job in jobs for g in job[2]], words_of(jobs), texts_of(jobs)), flush=True)
    if args.clean:
        jobs = jobs_of(args.clean, args.clean_tracks.split(","), looks, quick=args.quick)
        turned: list[Job] = [(path, row, [], (looks[n % len(looks)],), 0.0) for n, (path, row, *_) in enumerate(jobs)]
        results = run(turned, args.workers)
        kept["clean"] = results
        for name, own in (
            ("without", [r for r in results if not r["face"]]),
            ("with", [r for r in results if r["face"]]),
        ):
            flags = [p for r in own for p in r["predictions"] if p["tier"] == "emend"]
            words = sum(words_of(jobs).values())
            print(
                f"clean texts {name} the page: {len(flags)} emendations in {words} words, {1000 * len(flags) / words:.2f} per 1,000"
            )
    if args.out:
        args.out.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


def words_of(jobs: list[Job]) -> dict[str, int]:
    return {path.name: int(row["ru_words"]) for path, row, *_ in jobs}


def texts_of(jobs: list[Job]) -> dict[str, str]:
    return {path.name: path.read_bytes().decode("utf-8") for path, *_ in jobs}


if __name__ == "__main__":
    main()
