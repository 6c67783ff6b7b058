"""Learns the constants of ``collation/judge/page.py`` from pages made of training texts, and prints them.

usage: python benchmarks/page_fit.py --texts TEXTS [--documents 45]

TEXTS is the trainer's folder with its manifest (``learning/manifest.py``); of it the lined pieces that carry noise. The constants
stand beside the judge's own log-odds: where its weights were learned anew, these are to be learned anew as well.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from collation.learning.manifest import manifest_of, read_manifest, sides
from collation.learning.material import number_of
from collation.learning.page_training import AskedDoubt, asked_doubts, draw_texts, fit_places, fit_readings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=45)
    args = parser.parse_args()
    doubts: list[AskedDoubt] = []
    files = sides(read_manifest(manifest_of(args.texts)), args.texts, "lined")
    for name, text in draw_texts(files, args.documents).items():
        doubts += asked_doubts(text, seed=number_of(text))
        print(name, len(doubts), sum(d.wrong for d in doubts), flush=True)
    constant, ratio_for, ratio_against = fit_places(doubts)
    weight, loss, right = fit_readings(doubts)
    print(f"CONSTANT = {constant:.2f}\nRATIO_FOR, RATIO_AGAINST = {ratio_for:.2f}, {ratio_against:.2f}")
    print(f"READING = {weight:.2f}  # loss {loss:.3f}, first readings right {right:.3f}")


if __name__ == "__main__":
    main()
