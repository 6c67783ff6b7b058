"""From texts to examples: clean texts in which noise is planted, and corrupted documents whose errors are known."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar

from collation.errors import CollationError, Message
from collation.evidence.measured_reading import OF_THE_TRANSLATION
from collation.judge.features import NAMES
from collation.learning.calibration import share_of
from collation.learning.examples import Example, PlantedError, examples, from_document
from collation.learning.kept_examples import Kept, Measured
from collation.learning.material import number_of
from collation.learning.noise import MIXTURE, Corruption, corrupt
from collation.learning.parallel import NOISY, aligned_chapters
from collation.learning.read_by_hand import Rows, misread, read_by_hand, text_key
from collation.model import Aligned
from collation.reading import read_file, read_text
from collation.system.collector import collect_seldom, freeze_loaded
from collation.system.digest import digest_of

CHAPTER = "chapter "
SOUND_KEPT = 3  # of the sound doubts every third is learned from
UNTRANSLATED = 3  # one text in so many teaches once more as a text without a translation
_LENGTH = 450
_LITERAL = 0.25
_MOST_SEGMENTS = 4
_T = TypeVar("_T")
_R = TypeVar("_R")


def clean_texts(files: Iterable[Path]) -> dict[str, str]:
    """Clean parallel texts by the names of their files."""
    return {p.name: p.read_bytes().decode("utf-8") for p in sorted(files)}


def chapter_texts(original: Path, translation: Path) -> dict[str, str]:
    """The beginnings of the chapters of a book that carry noise, by names that say so."""
    chapters = aligned_chapters(original, translation, every=2, first=NOISY)
    return {CHAPTER + name: beginning(aligned) for name, aligned in chapters}


def beginning(aligned: Aligned) -> str:
    """The first well linked paragraphs of an aligned text, some 450 words, as a file of its own."""
    document = aligned.document
    assert document.original is not None and document.translation is not None
    left: list[str] = []
    right: list[str] = []
    words = 0
    for link in aligned.links:
        size = len(link.original) + len(link.translation)
        if link.score < _LITERAL or not link.original or not link.translation or size > _MOST_SEGMENTS:
            continue
        left += [document.original.segments[i].place.of(document.text) for i in link.original]
        right += [document.translation.segments[j].place.of(document.text) for j in link.translation]
        words += sum(len(document.original.segments[i].tokens) for i in link.original)
        if words > _LENGTH:
            break
    return "\n\n".join(left) + "\n\n" + "\n\n".join(right) + "\n"


def gather_noise(
    texts: Mapping[str, str],
    *,
    copies: int,
    workers: int = 1,
    kept: Kept | None = None,
    mixture: Mapping[str, float] = MIXTURE,
) -> tuple[list[Example], list[PlantedError]]:
    """All doubts of all texts and what became of the errors, each text corrupted ``copies`` times.
    The noise of a text follows from its words and the number of the copy. Raises CollationError for a reader without a recipe."""
    jobs = [
        (name, text, c, dict(mixture), kept or Kept()) for name, text in sorted(texts.items()) for c in range(copies)
    ]
    found = _each(_planted, jobs, workers)
    return [e for doubts, _ in found for e in doubts], [e for _, errors in found for e in errors]


def gather_by_hand(texts: Mapping[str, str], *, workers: int = 1, kept: Kept | None = None) -> list[Example]:
    """All doubts of the texts that readers misread one by one, and once more of each as it is, sound: else the judge learns that a
    text without words that are none has errors all the same."""
    rows = read_by_hand()
    jobs: list[tuple[str, str, Rows, Kept]] = []
    for name, text in sorted(texts.items()):
        if own := rows.get(text_key(text)):
            jobs += [(name, text, copy, kept or Kept()) for copy in (own, [])]
    return [replace(e, by_hand=True) for doubts, _ in _each(_misread, jobs, workers) for e in doubts]


def _misread(job: tuple[str, str, Rows, Kept]) -> Measured:
    name, text, rows, kept = job
    return kept.examples(name, ["by hand", text, repr(rows)], lambda: examples(misread(text, rows), label=name))


def gather_examples(
    texts: Mapping[str, str], *, copies: int, workers: int = 1, kept: Kept | None = None
) -> list[Example]:
    """The examples of all texts (``gather_noise``): every error that was doubted, and a third of the sound doubts."""
    return thinned(gather_noise(texts, copies=copies, workers=workers, kept=kept)[0])


def thinned(examples: Iterable[Example]) -> list[Example]:
    """All errors, and of the sound doubts every third: those stand for SOUND_KEPT each."""
    sound = count()
    return [e for e in examples if e.wrong or next(sound) % SOUND_KEPT == 0]


def untranslated(examples: Sequence[Example]) -> list[Example]:
    """The doubts of every third text once more, as they are where there is no translation: its measures are nothing.

    Without them the trees would never see what they are asked of documents without a translation, and of every document when
    its soundness is estimated (``judge/soundness.py``). Which texts follows from their names, so that every fold has its share.
    """
    columns = {NAMES.index(name) for name in OF_THE_TRANSLATION}
    chosen = {name for name in {stem(e.document) for e in examples} if number_of(name) % UNTRANSLATED == 0}
    return [
        replace(e, rows=tuple(tuple(0.0 if i in columns else v for i, v in enumerate(row)) for row in e.rows))
        for e in examples
        if stem(e.document) in chosen
    ]


def share_before_thinning(examples: Iterable[Example]) -> float:
    """The share of errors among the doubts that these examples were kept of. Raises CollationError when all or none are errors."""
    wrong = [e.wrong for e in examples]
    return share_of([True] * sum(wrong) + [False] * (wrong.count(False) * SOUND_KEPT))


def _planted(job: tuple[str, str, int, Mapping[str, float], Kept]) -> Measured:
    name, text, copy, mixture, kept = job
    seed = number_of(text) + copy

    def make() -> Measured:
        document = read_text(text, label=name)
        if document.translation is None:
            return [], []
        return examples(corrupt(document, seed=seed, mixture=mixture), label=name)

    return kept.examples(name, ["noise", text, str(seed), repr(sorted(mixture.items()))], make)


def gather_gold(folder: Path, *, workers: int = 1, kept: Kept | None = None) -> list[Example]:
    """The examples of the documents of a folder whose errors are in its ``gold.jsonl``; doubts at places that may be left
    or mended are left out. Raises CollationError where the gold is no gold."""
    rows = read_gold_rows(folder / "gold.jsonl")
    jobs = [(path, _corruptions(path, rows), kept or Kept()) for path in sorted(folder.glob("*.txt"))]
    return [e for doubts, _ in _each(_known, jobs, workers) for e in doubts if e.kind or not e.wrong]


def _known(job: tuple[Path, tuple[Corruption, ...], Kept]) -> Measured:
    path, gold, kept = job
    parts = ["gold", path.read_bytes().decode("utf-8"), digest_of(repr(g) for g in gold)]
    return kept.examples(path.name, parts, lambda: (list(from_document(read_file(path), gold, label=path.name)), []))


def read_gold_rows(path: Path) -> list[dict[str, object]]:
    """The rows of a gold file. Raises CollationError, with path and line, for what is none."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            rows.append({key: row[key] for key in ("doc", "start", "end", "corr", "kind", "must", "side")})
        except (ValueError, TypeError, KeyError) as error:
            raise CollationError(Message("not-gold", reason=error), path=path, line=number) from error
    return rows


def _corruptions(path: Path, rows: Sequence[dict[str, object]]) -> tuple[Corruption, ...]:
    text = path.read_bytes().decode("utf-8")
    found = []
    for row in rows:
        if row["doc"] == path.name:
            start, stop, clean = int(str(row["start"])), int(str(row["end"])), row["corr"]
            first = str(clean[0]) if isinstance(clean, list) and clean else ""
            kind = str(row["kind"]) if row["must"] else ""
            found.append(Corruption(start, stop, first, text[start:stop], kind, str(row["side"])))
    return tuple(found)


def _each(work: Callable[[_T], _R], jobs: Sequence[_T], workers: int) -> list[_R]:
    if workers < 2:
        return [work(job) for job in jobs]
    with ProcessPoolExecutor(workers, initializer=collect_seldom) as pool:
        return list(pool.map(partial(_settled, work), jobs, chunksize=2))


def _settled(work: Callable[[_T], _R], job: _T) -> _R:
    """The work of a process of its own, which keeps what was loaded for the first job."""
    found = work(job)
    freeze_loaded()
    return found


def stem(name: str) -> str:
    """What names the text whatever was done to it: the name without its track, or without the number of a part."""
    return re.sub(r"^T\d_|(?<=\.\d)-\d+$|(?<=\.\d\d)-\d+$", "", name)
