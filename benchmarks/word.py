"""Do the rulings made in Word come back as they were made?

For every trial a letter is made of a document, somebody acts in it at random (benchmarks/word_acts.py), LibreOffice saves
it, and it is read back. What was done is known, so the true answer is too. Run from the project's root:

    python benchmarks/word.py [--trials N] [--seed N] [--without-office] [FOLDER…]

*Wrong* is a ruling that nobody made, or with another outcome, and a text that is not the one typed; *placed* is the share of
the acts whose ruling came back; what is *told* was said to the editor and not written. Acts that decide nothing (a half of
a change accepted, an answer without a decision) have to be told. Letters are saved by LibreOffice in batches, half of them
before the acts and half after.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import match
from collation.decisions.ruling import Ruling
from collation.model import Apparatus
from collation.pipeline import examine
from collation.reading import read_file
from collation.review.word.letter_rulings import LetterContext, LetterRulings, entry_of_slot, rulings_of_letter
from collation.review.word.returned import Returned, read_returned
from collation.writers.as_docx import write_docx
from collation.writers.word.slots import Changes
from word_acts import LIBRARIES, ActedLetter, Truth

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BATCH = 50


@dataclass
class Trial:
    """One letter: its document, its file, and what was done in it."""

    apparatus: Apparatus
    path: Path
    library: str
    office_first: bool
    truth: Truth = field(default_factory=Truth)


@dataclass
class Score:
    """What came of the trials: acts, those placed and told, and what was wrong, in words."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def make_trials(documents: Sequence[Apparatus], count: int, seed: int, folder: Path) -> list[Trial]:
    """Letters of all documents in turn, in both kinds."""
    made = []
    letters: dict[tuple[int, Changes], bytes] = {}
    for number in range(count):
        apparatus = documents[number % len(documents)]
        changes: Changes = random.Random(f"{seed}/{number}").choice(("plain", "all", "all"))
        key = number % len(documents), changes
        if key not in letters:
            letters[key] = write_docx(apparatus, changes=changes)
        path = folder / f"{number:04}.docx"
        path.write_bytes(letters[key])
        made.append(Trial(apparatus, path, LIBRARIES[number % len(LIBRARIES)], number % 2 == 0))
    return made


def act(trial: Trial, seed: int) -> None:
    """Act in a letter."""
    rng = random.Random(f"{seed}/{trial.path.stem}/acts")
    returned = read_returned(trial.path.read_bytes(), trial.path)
    entries = [(slot.slot.number, entry_of_slot(slot, trial.apparatus)) for slot in returned.letter.slots]
    proposed = {number: [reading.text for reading in entry.readings] for number, entry in entries if entry}
    letter = ActedLetter(trial.path, returned, trial.apparatus.source.text, rng, proposed)
    letter.act(trial.library)
    letter.save()
    trial.truth = letter.truth


def save_by_office(paths: Sequence[Path]) -> None:
    """Let LibreOffice open and save files, in batches."""
    for start in range(0, len(paths), BATCH):
        batch = paths[start : start + BATCH]
        with tempfile.TemporaryDirectory() as out:
            words = ["soffice", f"-env:UserInstallation=file://{out}/profile", "--headless", "--convert-to",
                     "docx:MS Word 2007 XML", "--outdir", out]  # fmt: skip
            subprocess.run([*words, *map(str, batch)], check=True, capture_output=True)
            for path in batch:
                shutil.move(Path(out, path.name), path)


def read_back(trial: Trial) -> tuple[Returned, LetterRulings]:
    """What the letter says."""
    apparatus = trial.apparatus
    context = LetterContext(apparatus, match(apparatus, fold_rulings(())), (), "Editor", NOW, "", "word-trial")
    returned = read_returned(trial.path.read_bytes(), trial.path)
    return returned, rulings_of_letter(returned, context)


def judge(trial: Trial, returned: Returned, found: LetterRulings, score: Score) -> None:
    """Put down what is right and wrong in what came back."""
    truth, apparatus = trial.truth, trial.apparatus
    name = f"{trial.path.stem} ({trial.library}, {'office, acts' if trial.office_first else 'acts, office'})"
    verdicts: dict[int, str] = {}
    for slot in returned.letter.slots:
        entry = entry_of_slot(slot, apparatus)
        for ruling in found.made:
            if entry is not None and ruling.verdict != "added" and ruling.anchor.place() == entry.place:
                same = ruling.shown is not None and ruling.shown.code == entry.code
                if same and slot.slot.number not in verdicts:
                    verdicts[slot.slot.number] = _verdict(ruling)
                    note = truth.notes.get(slot.slot.number, "")
                    if note and ruling.note != note:
                        score.wrong.append(f"{name}: the note of {slot.lemma!r} is {ruling.note!r}")
    for number in truth.verdicts.keys() | verdicts.keys():
        wanted, got = truth.verdicts.get(number, "open"), verdicts.get(number, "open")
        score.counts["acts"] += wanted not in ("open", "told")
        score.counts["undecided acts"] += wanted == "told"
        score.counts["placed"] += wanted == got != "open"
        if got != "open" and got != wanted:
            score.wrong.append(f"{name}: {got} and not {wanted} for entry {number}")
    score.counts["told"] += len(found.told)
    beside = [r for r in found.made if r.verdict == "added"]
    score.counts["acts"] += truth.acts.count("beside")
    score.counts["placed"] += min(len(beside), truth.acts.count("beside"))
    text = apparatus.source.text
    got_text = _edited(text, [(c.anchor.start, c.anchor.place().stop, c.text) for r in found.made for c in r.changes])
    if got_text != _edited(text, truth.edits) and not found.told:
        score.wrong.append(f"{name}: another text: {_difference(got_text, _edited(text, truth.edits))}")


def _verdict(ruling: Ruling) -> str:
    return {"accept": "accept", "reject": "reject", "stands": "stands", "emend": "own", "other-side": "accept"}.get(
        ruling.verdict, ruling.verdict
    )


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, stop, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[stop:]
    return " ".join(text.split())


def _difference(one: str, other: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 30) : at + 40]!r} for {other[max(0, at - 30) : at + 40]!r}"


def measure(folders: Sequence[Path], *, trials: int, seed: int, office: bool) -> Score:
    """The score of so many trials."""
    files = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    return measure_documents([examine(read_file(path)) for path in files], trials=trials, seed=seed, office=office)


def measure_documents(documents: Sequence[Apparatus], *, trials: int, seed: int, office: bool) -> Score:
    """The score of so many trials over documents that have been examined."""
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        made = make_trials(documents, trials, seed, Path(folder))
        if office:
            save_by_office([t.path for t in made if t.office_first])
        for trial in made:
            act(trial, seed)
        if office:
            save_by_office([t.path for t in made if not t.office_first])
        for trial in made:
            judge(trial, *read_back(trial), score)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=[Path("seeds")])
    parser.add_argument("--trials", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-office", action="store_true")
    args = parser.parse_args()
    score = measure(args.folders, trials=args.trials, seed=args.seed, office=not args.without_office)
    counts = score.counts
    print(
        f"letters: {args.trials}; acts that decide: {counts['acts']}; that decide nothing: {counts['undecided acts']}"
    )
    print(f"placed: {counts['placed']} ({counts['placed'] / max(1, counts['acts']):.4f}); told: {counts['told']}")
    print(f"wrong: {len(score.wrong)}")
    for line in score.wrong[:40]:
        print(" ", line)
    sys.exit(bool(score.wrong))


if __name__ == "__main__":
    main()
