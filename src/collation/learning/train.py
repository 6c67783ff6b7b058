"""Train the judge: from a folder of texts to ``weights.json``, with its calibration and the facts of its making.

usage: python -m collation.learning.train TEXTS --out OUT [--folds N] [--copies N] [--share-of DIR | --share-of noise]
       make train TEXTS=DIR OUT=DIR

TEXTS is a folder of folders, any of which may be absent, with a ``manifest.tsv`` that lists their files; ``python -m
collation.learning.manifest TEXTS --draft`` writes one:

    lined/soviet.ru.txt.xz    parallel texts that come line by line, plain or packed: line 7 of one file translates
    lined/soviet.en.txt.xz    line 7 of the other; a form feed parts documents, "# " begins a heading
    parallel/book.ru.txt.xz   two books whose chapters have Roman numbers
    parallel/book.en.txt.xz
    clean/letter.txt          a document without errors: the Russian, then the English
    gold/page.txt             a document with errors, which are named in gold/gold.jsonl
    prose/novels.txt.xz       Russian alone; not for the judge but for the language model

Without a manifest of its own that of the shipped weights is meant. What is missing or differs is said and nothing is learned, unless
--accept-differences is given; then the facts of the weights list it. Of the lined texts and the chapters only those pieces
carry noise that no table is learned from (``material``); --words bounds how many words of them are drawn. --mixture says
which readers make the errors (``noise.RECIPES``). What became of the planted errors is printed, by collection and by kind.

The share of errors among doubts that the probabilities are honest for is an argument, and it is measured, not chosen.
--share-of DIR names a folder of documents like those that will be read: with a ``gold.jsonl`` in it the errors are counted, without
one the share is estimated from the documents as they are (Saerens et al. 2002). --share-of noise takes that of all the texts
misread by a program and by hand, the sound ones among them. Without the argument it is counted in TEXTS/gold, or, where there is
no gold, in these texts.

With --folds also ``folds.json`` and ``folds/weights-K.json`` are written, the weights for measuring: each document is
named with the fold that was fitted and calibrated without any text of its name, clean or corrupted. --cache keeps the doubts and
their measures, so that another trial costs the fit alone. The same texts, options and libraries give the same files on
one machine.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from collation.errors import CollationError, Message
from collation.judge.features import NAMES
from collation.judge.soundness import expected_share
from collation.judge.weights import PLACE_NAMES
from collation.learning import manifest, training_facts
from collation.learning.calibration import (
    auc,
    calibration_error,
    fit_curve,
    rounded,
    share_of,
    weights_for,
)
from collation.learning.examples import Example, from_document
from collation.learning.fitting import (
    FOLDS,
    Learned,
    fit_forests,
    fold_by_text,
    folds_of,
    learn_weights,
    out_of_fold,
    place_odds,
)
from collation.learning.gather import (
    chapter_texts,
    clean_texts,
    gather_by_hand,
    gather_gold,
    gather_noise,
    share_before_thinning,
    stem,
    thinned,
    untranslated,
)
from collation.learning.kept_examples import Kept, open_kept
from collation.learning.material import CLEAN, collection_of, draw, lined_documents
from collation.learning.noise import MIXTURE, check_mixture
from collation.learning.planted_errors import Counts, count_planted, table_of
from collation.reading import read_file
from collation.system.collector import collect_seldom
from collation.system.console import say
from collation.system.files import write_whole

GOLD_COUNTS = 2  # a real error teaches as much as two planted ones
NOISE = "noise"
WORDS = 350_000  # Russian words of lined texts and chapters, of which one training takes about an hour


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is learned from: examples of planted noise, of gold and of what readers misread, of whose sound doubts every third is
    kept, by the texts they are of; and what became of the planted errors."""

    texts: dict[str, str]
    noise: list[Example]
    gold: list[Example]
    counted: dict[str, Counts] = field(default_factory=dict)
    by_hand: list[Example] = field(default_factory=list)

    @property
    def misread(self) -> list[Example]:
        """Of errors that a program planted and of those that readers made."""
        return self.noise + self.by_hand

    @property
    def examples(self) -> list[Example]:
        return self.misread + untranslated(self.misread) + self.gold * GOLD_COUNTS

    @property
    def documents(self) -> list[str]:
        """The names of the documents that can be measured on: the clean and the corrupted ones, else all."""
        named = {n for n in self.texts if collection_of(n) == CLEAN} | {e.document for e in self.gold}
        return sorted(named or self.texts)


def collect(
    texts: Sequence[manifest.Text],
    folder: Path,
    *,
    copies: int,
    workers: int,
    kept: Kept,
    words: int = WORDS,
    mixture: Mapping[str, float] = MIXTURE,
) -> Gathered:
    """The examples of the texts of a manifest that are in the folder. Raises CollationError for a text of one side and for a
    reader without a recipe."""
    documents = clean_texts(manifest.paths(texts, folder, "clean"))
    for pair in manifest.sides(texts, folder, "lined"):
        documents |= lined_documents(*pair)
    for pair in manifest.sides(texts, folder, "parallel"):
        documents |= chapter_texts(*pair)
    documents = draw(documents, words)
    has_gold = any(p.name == "gold.jsonl" for p in manifest.paths(texts, folder, "gold"))
    gold = gather_gold(folder / "gold", workers=workers, kept=kept) if has_gold else []
    doubts, errors = gather_noise(documents, copies=copies, workers=workers, kept=kept, mixture=mixture)
    by_hand = gather_by_hand(documents, workers=workers, kept=kept)
    return Gathered(documents, thinned(doubts), thinned(gold), count_planted(doubts, errors), thinned(by_hand))


def aimed_share(found: Gathered, of: str, *, seed: int, kept: Kept) -> tuple[float, str]:
    """The share of errors to be honest for, and how it was come by."""
    if of == NOISE or (not of and not found.gold):
        return share_before_thinning(found.misread), "counted in the texts misread by a program and by hand"
    if not of:
        return share_before_thinning(found.gold), "counted in the corrupted documents learned from"
    folder = Path(of)
    if (folder / "gold.jsonl").is_file():
        return share_of(
            [e.wrong for e in gather_gold(folder, kept=kept)]
        ), f"counted in the corrupted documents of {folder.name}"
    examples = found.examples
    own = share_of([e.wrong for e in examples])
    curve = fit_curve(out_of_fold(examples, folds_of(examples, FOLDS), seed=seed), [e.wrong for e in examples], own)
    doubts = [e for path in sorted(folder.glob("*.txt")) for e in from_document(read_file(path), (), label=path.name)]
    if not doubts:
        raise CollationError(Message("share-without-doubts"), path=folder)
    probabilities = curve(place_odds(fit_forests(examples, seed=seed), doubts))
    return expected_share(probabilities, own), f"estimated from the documents of {folder.name}"


def write_weights(learned: Learned, path: Path, known: dict[str, Any]) -> None:
    """Write a judge as ``judge/weights.py`` reads it."""
    data = {
        "features": list(NAMES),
        "place_features": list(PLACE_NAMES),
        "readings": learned.readings.to_json(),
        "places": learned.places.to_json(),
        "facts": {**known, "reached": learned.figures},
        "scale": learned.curve.scale,
        "shift": learned.curve.shift,
        "sharing": {"power": learned.sharing.power, "none": learned.sharing.none},
    }
    write_whole(path, json.dumps(data, ensure_ascii=False, separators=(",", ":")), folders=True)


def write_folds(found: Gathered, out: Path, known: dict[str, Any], *, n: int, of: str, seed: int, kept: Kept) -> None:
    """The weights for measuring, each with what it reaches on the documents that it has not seen. What is counted in TEXTS is
    counted without these documents, the share of errors too."""
    place = fold_by_text(found.documents, n)
    for k in range(n):
        held = [e for e in found.misread + found.gold if place.get(stem(e.document)) == k]
        noise, gold, by_hand = (
            [e for e in part if place.get(stem(e.document)) != k] for part in (found.noise, found.gold, found.by_hand)
        )
        part = Gathered(found.texts, noise, gold, by_hand=by_hand)
        share, how = aimed_share(part, of, seed=seed, kept=kept)
        learned = learn_weights(part.examples, share=share, seed=seed)
        aimed = {"share": round(share, 6), "how": how}
        figures = {**known, "aimed_share": aimed, "fold": k, "not_seen": not_seen(learned, held, share)}
        write_weights(learned, out / "folds" / f"weights-{k}.json", figures)
    listing = {name: place[stem(name)] for name in found.documents}
    write_whole(out / "folds.json", json.dumps(listing, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def not_seen(learned: Learned, held: Sequence[Example], share: float) -> dict[str, Any]:
    """What a judge reaches on examples that it was not fitted on."""
    odds, wrong = place_odds((learned.readings, learned.places), held), [e.wrong for e in held]
    even = 0 < sum(wrong) < len(wrong)
    error = calibration_error(learned.curve(odds), wrong, weights_for(wrong, share)) if even else float("nan")
    return {
        "doubts": len(wrong),
        "wrong": sum(wrong),
        "auc": rounded(auc(odds, wrong)),
        "calibration_error": rounded(error),
    }


def train(args: argparse.Namespace) -> dict[str, Any]:
    """Everything from texts to files; returns the facts. Raises CollationError where the texts do not allow it."""
    path = args.manifest or manifest.manifest_of(args.texts)
    texts = [t for t in manifest.read_manifest(path) if t.use != "prose"]
    faults = manifest.missing_or_different(texts, args.texts)
    if faults and not args.accept_differences:
        raise CollationError(Message("texts-differ", faults=tuple(faults)))
    kept = open_kept(args.cache)
    found = collect(
        texts,
        args.texts,
        copies=args.copies,
        workers=args.workers,
        kept=kept,
        words=args.words,
        mixture=mixture_of(args.mixture) if args.mixture else MIXTURE,
    )
    share, how = aimed_share(found, args.share_of, seed=args.seed, kept=kept)
    learned = learn_weights(found.examples, share=share, seed=args.seed)
    known = {
        "date": args.date,
        **training_facts.of_examples(
            found.texts, found.misread, found.gold, found.examples, len(untranslated(found.misread))
        ),
        "planted": found.counted,
        "aimed_share": {"share": round(share, 6), "how": how},
        "seed": args.seed,
        "copies": args.copies,
        "command": training_facts.command(args),
        "data": training_facts.of_texts(texts, args.texts),
        "differences": faults,
        **training_facts.of_program(),
    }
    write_weights(learned, args.out / "weights.json", known)
    if args.folds:
        write_folds(found, args.out, known, n=args.folds, of=args.share_of, seed=args.seed, kept=kept)
    return {**known, "reached": learned.figures, "scale": learned.curve.scale, "shift": learned.curve.shift}


def mixture_of(text: str) -> dict[str, float]:
    """The readers and their shares of “classic=1,reader=2”. Raises CollationError for what names no reader with a share."""
    shares: dict[str, float] = {}
    for part in text.split(","):
        name, _, share = part.partition("=")
        try:
            shares[name.strip()] = float(share)
        except ValueError:
            shares = {part.strip(): 0.0}
            break
    check_mixture(shares)
    return shares


def parse_arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--manifest", type=Path)
    parser.add_argument("--accept-differences", action="store_true")
    parser.add_argument("--share-of", default="")
    parser.add_argument("--copies", type=int, default=2, help="how often noise is planted in each text")
    parser.add_argument("--words", type=int, default=WORDS, help="how many words of lined texts and chapters are drawn")
    parser.add_argument("--mixture", default="", help="which readers err, such as classic=1,neural=1,reader=2")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--date", default=date.today().isoformat(), help="the day that the facts name")
    parser.add_argument("--cache", type=Path, help="a folder for the doubts and their measures")
    parser.add_argument("--workers", type=int, default=2)
    return parser


def main(given: Sequence[str] | None = None) -> int:
    try:
        said = train(parse_arguments().parse_args(given))
    except CollationError as error:
        say(str(error), err=True)
        return 2
    say(table_of(said["planted"]))
    say(json.dumps({k: v for k, v in said.items() if k not in {"data", "planted"}}, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    collect_seldom()
    raise SystemExit(main())
