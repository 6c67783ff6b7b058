"""Learn what the readings of another text are worth: clean texts corrupted twice, apart from one another.

usage: python -m collation.learning.witness_training TEXTS [--words N] [--seed N] [--rows FILE]

TEXTS is the folder of ``collation.learning.train``. Each document that carries noise is corrupted once as the document and once or
twice more as its other texts, at other rates by readers drawn anew, every third time not at all; every second document is without
its translation. Each place at which another text has a reading is weighed by logistic regression (``judge/attestation.py``); it is
wrong where an error was planted in the document. Printed are the weights, how well they part and their calibration out of fold, by
documents, and how often two texts share an error. The judge also moves the log-odds of a document by how often it is the one that is
wrong (``_believed``), which is not fitted here. Blind to what two scans of one page share: its specks and broken letters.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.evidence.measures import Measurer
from collation.evidence.other_texts import other_texts
from collation.judge.attestation import WEIGHTS, features
from collation.judge.other_readings import marked, stands
from collation.judge.weighing import weigh_alone
from collation.languages.knowledge import knowledge_for
from collation.learning import manifest
from collation.learning.logistic import logistic
from collation.learning.material import draw, lined_documents, number_of
from collation.learning.noise import Noisy, corrupt
from collation.learning.reliability import reliability
from collation.model import Document, OtherText, Place
from collation.model.rule import by_code
from collation.pipeline import doubts_of
from collation.reading import read_text
from collation.rules import RULES
from collation.settings import Settings
from collation.system.console import say
from collation.system.files import write_whole

RATES = (0.0, 0.02, 0.05, 0.1)
"""Errors a word of another text."""
FOLDS = 5
Row = tuple[str, str, bool, dict[str, float]]
"""The document, the kind of the place (the code of its rule), whether an error was planted there, what is weighed."""


def with_witness(document: Document, siglum: str, text: str) -> Document:
    """The document with another text of its original."""
    other = read_text(text, label=siglum)
    original = other.original
    assert original is not None
    own = OtherText(other.source, replace(original, siglum=siglum, role="witness"))
    return replace(document, others=(*document.others, own))


def doubly_corrupted(text: str, seed: int) -> tuple[Document, Noisy]:
    """The text as a document with its errors, and one or two other texts of it with errors of their own."""
    clean = read_text(text, label="clean")
    noisy = corrupt(clean, seed=seed)
    document = read_text(noisy.text, label="noisy")
    for number in range(1 + seed % 2):
        rate = RATES[(seed // 3 + number) % len(RATES)]
        document = with_witness(document, "BD"[number], corrupt(clean, seed=seed + 7919 * (number + 1), rate=rate).text)
    if seed % 4 < 2:
        document = replace(document, witnesses=tuple(w for w in document.witnesses if w.role != "translation"))
    return document, noisy


def rows_of(name: str, text: str, seed: int) -> tuple[list[Row], tuple[int, int]]:
    """What is weighed at the places of a document at which another text has a reading, and how many of its errors the first of them
    shares, of how many.
    """
    document, noisy = doubly_corrupted(text, seed)
    if document.original is None:
        return [], (0, 0)
    knowledge, rules = knowledge_for(), by_code(RULES)
    context = Context(align(document, knowledge), knowledge)
    measurer = Measurer(context)
    errors = [(c.start, max(c.stop, c.start + 1)) for c in noisy.gold if c.side == "ru"]
    rows: list[Row] = []
    for verdict in weigh_alone(measurer, doubts_of(context), Settings(), rules):
        found = stands(context, verdict)
        readings = marked(verdict, found)
        best = readings[0] if readings else None
        if best is None or not best.witnesses or len(best.proposal.places) > 1:
            continue
        rule = next((rules[code] for code in best.proposal.codes if rules[code].needs_witness), None)
        place = best.proposal.edits[0].place
        reach = 1 if rule is not None and not rule.learned else 0
        wrong = any(start < place.stop + reach and place.start - reach < stop for start, stop in errors)
        rows.append((name, rule.code if rule else "", wrong, features(context, verdict, best, found, measurer, rules)))
    return rows, _shared(context, errors, document.text)


def _shared(context: Context, errors: Sequence[tuple[int, int]], text: str) -> tuple[int, int]:
    used = context.once(other_texts).used
    places = [at for start, stop in errors if used and (at := used[0].stretch(Place.at(*_word(text, start, stop))))]
    return sum(used[0].agrees(at) for at in places), len(places)


def _word(text: str, start: int, stop: int) -> tuple[int, int]:
    """The words that an error is in."""
    while start and not text[start - 1].isspace():
        start -= 1
    while stop < len(text) and not text[stop].isspace():
        stop += 1
    return start, stop


def fit(rows: Sequence[Row]) -> NDArray[np.float64]:
    """The weights, in the order of ``WEIGHTS``."""
    return logistic(_matrix(rows), np.array([float(wrong) for _, _, wrong, _ in rows]))


def _matrix(rows: Sequence[Row]) -> NDArray[np.float64]:
    return np.array([[values[name] for name in WEIGHTS] for *_, values in rows])


def out_of_fold(rows: Sequence[Row]) -> list[tuple[float, bool]]:
    """For each place the probability that it is wrong, by weights that have not seen its document, and whether it is."""
    found: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        own = [row for row in rows if number_of(row[0]) % FOLDS == fold]
        rest = [row for row in rows if number_of(row[0]) % FOLDS != fold]
        if own and rest:
            odds = _matrix(own) @ fit(rest)
            found += zip((1.0 / (1.0 + np.exp(-odds))).tolist(), (wrong for _, _, wrong, _ in own), strict=True)
    return found


def _gathered(texts: Path, words: int, seed: int) -> tuple[list[Row], tuple[int, int]]:
    documents: dict[str, str] = {}
    for pair in manifest.sides(manifest.read_manifest(manifest.manifest_of(texts)), texts, "lined"):
        documents |= {n: t for n, t in lined_documents(*pair).items() if n.startswith("soviet")}
    rows: list[Row] = []
    alike = of = 0
    for number, (name, text) in enumerate(draw(documents, words).items()):
        found, (shared, errors) = rows_of(name, text, seed + number)
        rows += found
        alike, of = alike + shared, of + errors
    return rows, (alike, of)


def _told(rows: Sequence[Row], shared: tuple[int, int]) -> Iterator[str]:
    outcomes = out_of_fold(rows)
    error, bins = reliability(outcomes, 5)
    yield f"places: {len(rows)}, wrong: {sum(row[2] for row in rows)}; errors shared: {shared[0]} of {shared[1]}"
    for code in sorted({row[1] for row in rows}):
        own = [row[2] for row in rows if row[1] == code]
        yield f"  {code or 'none'}: {len(own)}, wrong {sum(own)}"
    yield f"calibration error {error:.3f}; right at .5: {np.mean([(p >= 0.5) == y for p, y in outcomes]):.3f}"
    yield from (f"  said {share:.2f}  wrong {wrong:.2f}  {count}" for share, wrong, count in bins)
    yield ", ".join(f'"{name}": {w:.2f}' for name, w in zip(WEIGHTS, fit(rows), strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--rows", type=Path, help="keep what was gathered in this file, or take it from there")
    args = parser.parse_args()
    if args.rows and args.rows.is_file():
        kept = json.loads(args.rows.read_text(encoding="utf-8"))
        rows, shared = [(n, c, w, v) for n, c, w, v in kept["rows"]], (kept["shared"][0], kept["shared"][1])
    else:
        rows, shared = _gathered(args.texts, args.words, args.seed)
        if args.rows:
            write_whole(args.rows, json.dumps({"rows": rows, "shared": shared}))
    for line in _told(rows, shared):
        say(line)


if __name__ == "__main__":
    main()
