"""What the image of the page is worth: first readings, found places and false alarms with the text alone, the page alone, both.

usage: python benchmarks/pages.py --set DIR [--set DIR …] [--tracks T2,T4] [--clean DIR …] [--clean-tracks T0,T1,…] [--turn]
                                   [--every N] [--second RATE] [--kept FOLDER] [--workers N] [--out FILE]

The true text of each corrupted document (its gold carried out) is set as page images in two faces and three wears; the corrupted
text is examined with them. --clean is a set whose texts are examined as they are, or those of its folder ``clean``: every
emendation that touches no fault listed there is a false alarm; each text is set in one face and wear, in turn. --turn sets
each document in one face, in turn; --every takes every so manieth document of a set. --second examines all that a second time
beside another text of each original, corrupted apart at so many errors a word. --kept keeps the images and what the engine saw for
the next run. Pages are made: no figure speaks of true scans. Fonts are the
system's (Liberation Mono, DejaVu Serif), the engine is tesseract with its Russian model.

Ceiling: the right reading is among those proposed for a place in error that is doubted at all. Of found: of the places shown.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
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
from collation.learning.scoring import noticed, prediction, read_gold, score_predictions
from collation.learning.witness_training import with_witness
from collation.model import Document
from collation.model.rule import by_code
from collation.model.seen_page import SeenPage
from collation.pipeline import Trail, trail
from collation.project.page_cache import PageCache
from collation.reading import read_file, read_text
from collation.reading.page_engine import engine_version
from collation.reading.page_files import page_file
from collation.rules import RULES
from collation.settings import Settings
from collation.system.collector import collect_seldom, freeze_loaded

_APART = 7919  # what is added to a seed for a text that is corrupted apart
ALONE = ("", "")
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be examined in these looks (face, wear), alone, and beside texts corrupted at these rates; ``clean`` says
    that it is right as it is. ``kept`` is where images and what is seen on them are kept."""

    path: Path
    row: dict[str, str]
    gold: list[dict[str, Any]]
    looks: tuple[tuple[str, str], ...]
    seconds: tuple[float, ...]
    kept: Path
    clean: bool = False


def true_text(text: str, row: dict[str, str], gold: list[dict[str, Any]]) -> str:
    """The Russian of a document with its gold carried out."""
    start, stop = int(row["ru_start"]), int(row["ru_end"])
    for item in sorted(gold, key=lambda g: -g["start"]):
        if item["side"] == "ru" and start <= item["start"] <= stop and item["corr"]:
            text = text[: item["start"]] + item["corr"][0] + text[item["end"] :]
            stop += len(item["corr"][0]) - (item["end"] - item["start"])
    return text[start:stop]


def as_it_is(document: Document) -> str:
    """The Russian of a document."""
    assert document.original is not None
    segments = document.original.segments
    return document.text[segments[0].place.start : segments[-1].place.stop]


def examined(job: Job) -> list[Result]:
    """What one document comes to without a page and with each of its pages, without and with another text."""
    document = read_file(job.path)
    text = as_it_is(document) if job.clean else true_text(job.path.read_bytes().decode("utf-8"), job.row, job.gold)
    looks = {look: seen(text, *look, job.kept) for look in job.looks}
    found = []
    for second in job.seconds:
        own = document
        if second:
            noisy = corrupt(read_text(text, label=job.path.name), seed=number_of(text) + _APART, rate=second)
            own = with_witness(document, "B", noisy.text)
        alone = trail(own, settings=Settings())
        for face, wear in (ALONE, *job.looks):
            pages, cost = looks[face, wear] if face else ((), 0.0)
            begun = time.process_time()
            run = trail(replace(own, pages=pages), settings=Settings()) if face else alone
            shown = entries(run.context, run.verdicts, Settings(), by_code(RULES))
            found.append({
                "doc": job.path.name, "face": face, "wear": wear, "second": second, "pages": len(pages), "seconds": cost,
                "examined": time.process_time() - begun,
                "predictions": [prediction(job.path.name, document.text, entry) for entry in document.in_file(shown)],
                "places": list(places(own, run, alone, job.gold)) if face and not job.clean else [],
            })  # fmt: skip
    freeze_loaded()
    return found


def seen(text: str, face: str, wear: str, kept: Path) -> tuple[tuple[SeenPage, ...], float]:
    """The pages of a text as the engine sees them, the same in every run, and the CPU seconds that this took when it was first
    done."""
    name = f"{number_of(text):x}-{face.partition('.')[0]}-{wear}"
    paths = sorted(kept.glob(f"{name}-*.png"))
    new = not paths
    if new:
        for number, png in enumerate(page_pngs(text, face=face, wear=WEARS[wear], seed=1)):
            paths.append(kept / f"{name}-{number:03}.png")
            paths[-1].write_bytes(png)
    files = [page_file(path, label="page") for path in paths]
    begun = time.process_time()
    found, told = PageCache(kept / "seen").seen(files)
    assert not told, told
    cost = kept / f"{name}.seconds"
    if new:
        cost.write_text(str(time.process_time() - begun), encoding="utf-8")
    return found, float(cost.read_text(encoding="utf-8"))


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


def jobs_of(folder: Path, tracks: Sequence[str], args: argparse.Namespace, kept: Path, *, clean: bool) -> list[Job]:
    """The documents of a set with what is to be done for each."""
    whole = clean and (folder / "clean").is_dir()
    gold = read_gold(folder / "gold.jsonl") if (folder / "gold.jsonl").is_file() and not whole else []
    rows = {doc: row for doc, row in rows_of(folder).items() if row["track"] in tracks}
    looks = tuple((face, wear) for wear, face in product(WEARS, FACES))
    jobs = []
    for number, doc in enumerate(sorted(rows)[:: args.every]):
        # each wear in one face, and the next document in the other
        own = tuple(looks[(number + n) % 2 + 2 * n] for n in range(len(WEARS))) if args.turn else looks
        if clean:
            own = (looks[number % len(looks)],)
        path = folder / "clean" / doc if whole else folder / doc
        seconds = (0.0, args.second) if args.second else (0.0,)
        jobs.append(Job(path, rows[doc], [g for g in gold if g["doc"] == doc], own, seconds, kept, clean))
    return jobs


def table(results: list[Result], gold: list[dict[str, Any]], words: dict[str, int], texts: dict[str, str]) -> str:
    """A line for the text alone, for each face and wear, and for each wear in all its faces."""
    lines = [f"{'face, wear':<34} {'places':>6} {'text':>6} {'page':>6} {'both':>6} {'ceil.':>6} {'of it':>6}   "
             f"{'found':>6} {'prec.':>6} {'of found':>8} {'in five':>8} {'false/1000':>10} {'s/page':>7}"]  # fmt: skip
    faces = sorted({r["face"] for r in results if r["face"]})
    looks = {(r["doc"], r["wear"], r["face"]) for r in results if r["face"]}
    whole = len(looks) == len(faces) * len({(doc, wear) for doc, wear, _ in looks})
    for wear in ("", *WEARS):
        for face in (*faces, "") if wear and whole else ("",):
            own = [r for r in results if r["wear"] == wear and (not face or r["face"] == face)]
            if own:
                name = face.partition(".")[0] or ("both faces" if whole else "faces in turn")
                lines.append(line_of(f"{wear}, {name}" if wear else "no page", own, gold, words, texts))
    return "\n".join(lines)


def line_of(
    label: str, own: list[Result], gold: list[dict[str, Any]], words: dict[str, int], texts: dict[str, str]
) -> str:
    """The figures of some results; of several pages of a document their mean."""
    counts = Counter(name for r in own for p in r["places"] for name in p if p[name] is True)
    n = sum(len(r["places"]) for r in own)
    scores = []
    for face in sorted({r["face"] for r in own}):
        seen_in = [r for r in own if r["face"] == face]
        docs = {r["doc"] for r in seen_in}
        flags = [p for r in seen_in for p in r["predictions"] if p["tier"] == "emend"]
        kept = [dict(g) for g in gold if g["doc"] in docs]
        scores.append(score_predictions(kept, flags, texts, {d: n for d, n in words.items() if d in docs}))
    must, found = sum(len(s.must) for s in scores), sum(len(s.found) for s in scores)
    hits, false = sum(s.hits for s in scores), sum(s.false for s in scores)
    firsts = [sum(s.first_right(k)[0] * own_of(s) for s in scores) / max(1, sum(map(own_of, scores))) for k in (1, 5)]
    cells = [counts[name] / n if n else 0.0 for name in ("text", "page", "both", "ceiling")]
    share = counts["both"] / counts["ceiling"] if counts["ceiling"] else 0.0
    pages = sum(r["pages"] for r in own)
    cost = sum(r["seconds"] for r in own) / pages if pages else 0.0
    return (
        f"{label:<34} {n:>6} " + " ".join(f"{c:6.3f}" for c in cells) + f" {share:6.3f}   "
        f"{found / max(1, must):6.3f} {hits / max(1, hits + false):6.3f} {firsts[0]:8.3f} {firsts[1]:8.3f} "
        f"{1000 * false / max(1, sum(sum(s.words.values()) for s in scores)):10.2f} {cost:7.2f}"
    )


def own_of(score: Any) -> int:
    """The places found on their own side that have a right reading."""
    return sum(1 for g in score.must if not g.get("noscore_corr") and score.found.get(g["_i"], ("",))[0] == "span")


def false_alarms(results: list[Result], jobs: list[Job]) -> str:
    """A line for each way of looking at texts that are right."""
    gold, texts = [g for job in jobs for g in job.gold], texts_of(jobs)
    words = {job.path.name: len(as_it_is(read_file(job.path)).split()) for job in jobs}
    lines = []
    for second in dict.fromkeys(r["second"] for r in results):
        for page in (False, True):
            own = [r for r in results if r["second"] == second and bool(r["face"]) == page]
            flags = [p for r in own for p in r["predictions"] if p["tier"] == "emend"]
            score = score_predictions([dict(g) for g in gold], flags, texts, words)
            true = noticed([dict(g) for g in gold], flags, texts)
            name = " and ".join(["text", *(["page"] if page else []), *(["B"] if second else [])])
            total = sum(words.values())
            lines.append(f"{name:<20} {score.false:>4} false in {total} words of {len(jobs)} texts, "
                         f"{1000 * score.false / total:.2f} per 1,000; true faults listed, emended: {sum(v[1] for v in true.values())}")  # fmt: skip
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
    parser.add_argument(
        "--clean", type=Path, action="append", default=[], help="a set of texts, or with a folder of them"
    )
    parser.add_argument("--clean-tracks", default="T0,T1,T2,T3,T4")
    parser.add_argument("--second", type=float, default=0.0, help="errors a word of another text of each document, B")
    parser.add_argument("--turn", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", type=Path, help="where the figures of each place are written as JSON")
    args = parser.parse_args()
    print(f"engine: {engine_version() or 'none'}")
    with tempfile.TemporaryDirectory() as scratch:
        kept = args.kept or Path(scratch)
        kept.mkdir(parents=True, exist_ok=True)
        written = {}
        for folder in args.set:
            jobs = jobs_of(folder, args.tracks.split(","), args, kept, clean=False)
            results = written[folder.name] = run(jobs, args.workers)
            words = {job.path.name: int(job.row["ru_words"]) for job in jobs}
            for second in jobs[0].seconds:
                print(
                    f"\n{folder.name}: {len(jobs)} documents{f', another text at {second}' if second else ''}",
                    flush=True,
                )
                own = [r for r in results if r["second"] == second]
                print(table(own, [g for job in jobs for g in job.gold], words, texts_of(jobs)), flush=True)
        for folder in args.clean:
            jobs = jobs_of(folder, args.clean_tracks.split(","), args, kept, clean=True)
            results = written[f"{folder.name}, clean"] = run(jobs, args.workers)
            print(f"\n{folder.name}, as it is right:\n{false_alarms(results, jobs)}", flush=True)
        if args.out:
            args.out.write_text(json.dumps(written, ensure_ascii=False, indent=1), encoding="utf-8")


def texts_of(jobs: list[Job]) -> dict[str, str]:
    return {job.path.name: job.path.read_bytes().decode("utf-8") for job in jobs}


if __name__ == "__main__":
    main()
