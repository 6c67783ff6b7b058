"""What the confidence of an engine is worth: learns its points and the constants of ``judge/engine.py``, or measures them.

usage: python benchmarks/engine_confidence.py --texts TEXTS [--documents 40]
       python benchmarks/engine_confidence.py --set DIR [--set DIR …] [--tracks T2,T4] [--every N]

TEXTS is the trainer's folder with its manifest; of it the lined pieces that carry noise. Each text is set as pages in one face and wear
(``learning/rendered_pages.py``), read by the tesseract of this computer, and its file is read with the English beside it; printed
are the rows of ``data/engine_confidence.tsv`` and the constants. --set measures with what is shipped: the true texts of corrupted
documents, read so, by turns in hOCR and ALTO, examined without and with the confidence. No image is given. Pages are made: no figure
speaks of true scans.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from collation.judge.tiers import is_shown
from collation.learning.confidence_training import (
    EngineDoubt,
    ReadWord,
    engine_doubts,
    fit_engine,
    is_mended,
    points_of,
    read_words,
    under,
    without_engine,
)
from collation.learning.manifest import manifest_of, read_manifest, sides
from collation.learning.material import number_of
from collation.learning.page_training import draw_texts
from collation.learning.rendered_pages import FACES, WEARS, page_pngs
from collation.learning.scoring import read_gold
from collation.model import Document
from collation.pipeline import trail
from collation.reading import DocumentFiles, PartFile, read_files, read_text
from collation.settings import Settings
from pages import rows_of, true_text

FORMS = ("hocr", "alto")
_SEED = 5


def read_by_engine(original: str, translation: str, look: tuple[str, str], form: str, seed: int) -> Document:
    """A document whose original tesseract reads from pages in a look (face, wear) into a file of a form."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number, png in enumerate(page_pngs(original, face=look[0], wear=WEARS[look[1]], seed=seed)):
            (folder / f"{number:03}.png").write_bytes(png)
        listed = folder / "pages.txt"
        listed.write_text("".join(f"{path}\n" for path in sorted(folder.glob("*.png"))), encoding="utf-8")
        subprocess.run(
            ["tesseract", str(listed), str(folder / "read"), "-l", "rus", "--dpi", "200", form],
            check=True, capture_output=True,
        )  # fmt: skip
        (folder / "translation.txt").write_text(translation, encoding="utf-8")
        found = next(folder.glob("read.*"))
        parts = (PartFile(found, "original"), PartFile(folder / "translation.txt", "translation"))
        return read_files(DocumentFiles(parts))


def two_sides(text: str) -> tuple[str, str]:
    """The original and the translation of a text."""
    document = read_text(text, label="text")
    found = []
    for witness in (document.original, document.translation):
        assert witness is not None
        found.append(document.text[witness.segments[0].place.start : witness.segments[-1].place.stop])
    return found[0], found[1]


def learn(texts: Path, count: int) -> None:
    words: list[ReadWord] = []
    doubts: list[EngineDoubt] = []
    for name, text in draw_texts(sides(read_manifest(manifest_of(texts)), texts, "lined"), count).items():
        original, translation = two_sides(text)
        seed = number_of(text)
        drawn = random.Random(seed + _SEED)
        look = drawn.choice(FACES), drawn.choice(sorted(WEARS))
        document = read_by_engine(original, translation, look, "hocr", seed % 1_000_000)
        own = read_words(document, original)
        words += own
        doubts += engine_doubts(document, own)
        print(name, look[1], len(words), sum(w.wrong for w in words), len(doubts), flush=True)
    points = points_of(words)
    for confidence, odds in zip(points.confidences, points.odds, strict=True):
        print(f"tesseract 5\t{confidence:.3f}\t{odds:.2f}")
    constant, speaks_for, against = fit_engine(doubts, points)
    print(f"CONSTANT = {constant:.2f}\nFOR, AGAINST = {speaks_for:.2f}, {against:.2f}")


def measure(folders: list[Path], tracks: list[str], every: int) -> None:
    counts: dict[str, Counter[str]] = {}
    looks = list(product(FACES, WEARS))
    for folder in folders:
        gold, rows = read_gold(folder / "gold.jsonl"), rows_of(folder)
        listed = [doc for doc in sorted(rows) if rows[doc]["track"] in tracks][::every]
        for number, doc in enumerate(listed):
            text = (folder / doc).read_bytes().decode("utf-8")
            own = [g for g in gold if g["doc"] == doc]
            start, stop = int(rows[doc]["en_start"]), int(rows[doc]["en_end"])
            english = {**rows[doc], "ru_start": str(start), "ru_end": str(stop)}
            translation = true_text(text, english, [{**g, "side": "ru"} for g in own if g["side"] == "en"])
            original = true_text(text, rows[doc], own)
            face, wear = looks[number % len(looks)]
            document = read_by_engine(original, translation, (face, wear), FORMS[number % len(FORMS)], 1)
            words = read_words(document, original)
            for name, read in (("without", without_engine(document)), ("with", document)):
                for key in (name, f"{name}, {wear}"):
                    counts.setdefault(key, Counter()).update(counted(read, words))
            print(doc, wear, FORMS[number % len(FORMS)], flush=True)
    for key, found in sorted(counts.items(), key=lambda item: item[0].split(", ")[::-1]):
        shown = found["right"] + found["false"]
        print(
            f"{key:<20} words {found['words']}, wrong {found['wrong']}, emended {found['found']} ({found['found'] / max(1, found['wrong']):.3f}), "
            f"first right {found['mended'] / max(1, found['right']):.3f}, precision {found['right'] / max(1, shown):.3f}, "
            f"false per 1,000 {1000 * found['false'] / max(1, found['words']):.2f}, "
            f"queries {found['queries']} ({found['true queries']} of them wrong)"
        )


def counted(document: Document, words: tuple[ReadWord, ...]) -> Counter[str]:
    """What emendations of the original touch words that are wrong, and which do not."""
    found: Counter[str] = Counter(words=len(words), wrong=sum(word.wrong for word in words))
    touched = set()
    for verdict in trail(document, settings=Settings()).verdicts:
        if verdict.doubt.side != "original" or not is_shown(verdict, Settings()):
            continue
        near = under(words, verdict.doubt.place)
        wrong = [word for word in near if word.wrong]
        if near and verdict.readings and verdict.backed >= Settings().emend:
            touched |= {word.place for word in wrong}
            found["right" if wrong else "false"] += 1
            found["mended"] += bool(wrong) and is_mended(document, words, verdict)
        elif near:
            found["queries"] += 1
            found["true queries"] += bool(wrong)
    found["found"] = len(touched)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--set", type=Path, action="append", default=[])
    parser.add_argument("--tracks", default="T2,T4")
    parser.add_argument("--every", type=int, default=1)
    args = parser.parse_args()
    if args.texts:
        learn(args.texts, args.documents)
    if args.set:
        measure(args.set, args.tracks.split(","), args.every)


if __name__ == "__main__":
    main()
