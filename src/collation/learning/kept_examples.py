"""Examples kept between trials: the doubts of a text with their measures cost minutes, fitting costs seconds.

The name of a kept file is a digest of all that the doubts depend on: the text, the seed of the noise or the gold, and
the ``basis``, which is the digest of the program's code, its dictionaries, all that it has learned and measures with, and the libraries.
What is damaged is as good as absent and is computed again.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from collation.judge.features import NAMES
from collation.knowledge import dictionaries
from collation.learning.examples import Example, PlantedError
from collation.system.digest import digest_of, file_digest, library_versions
from collation.system.files import write_whole

LIBRARIES = (
    "numpy",
    "scikit-learn",
    "pymorphy3",
    "pymorphy3-dicts-ru",
    "simplemma",
    "pyspellchecker",
    "rapidfuzz",
    "regex",
)
LEARNED = (
    "frequencies.arrays",
    "usual.arrays",
    "english.arrays",
    "period.counts",
    "translation.tsv",
    "context.npz",
    "bilingual.npz",
    "words.vec",
)  # as far as they are there
_NOT_OF_THE_DOUBTS = ("writers/", "review/", "learning/")  # these folders come after the doubts are made
_OF_THE_DOUBTS = ("learning/examples.py", "learning/noise", "learning/clean_words.py")


Measured = tuple[list[Example], list[PlantedError]]
"""The doubts of a text and what became of the errors planted in it; none are told of where errors were not planted."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of examples and the digest of all but the text. A folder of None keeps nothing."""

    folder: Path | None = None
    basis: str = ""

    def examples(self, label: str, parts: Iterable[str], make: Callable[[], Measured]) -> Measured:
        """The examples of what ``parts`` name (text, seed, gold), under this label: kept ones, or made now and kept."""
        if self.folder is None:
            return make()
        name = digest_of([self.basis, *parts])
        path = self.folder / name[:2] / f"{name[2:]}.npz"
        found = load_examples(path, label)
        if found is None:
            found = make()
            save_examples(path, *found)
        return found


def open_kept(folder: Path | None) -> Kept:
    """The kept examples of a folder, for the program and the dictionaries as they are now."""
    return Kept(folder, basis() if folder else "")


def save_examples(path: Path, examples: list[Example], errors: list[PlantedError]) -> None:
    """Write examples and planted errors, whole or not at all."""
    rows = [row for e in examples for row in e.rows]
    words = json.dumps([[e.kind, e.texts, e.observed] for e in examples], ensure_ascii=False)
    planted = json.dumps([[e.kind, e.doubted, e.mendable] for e in errors])
    data = io.BytesIO()
    np.savez_compressed(
        data,
        rows=np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES)),
        sizes=np.array([len(e.rows) for e in examples], dtype=np.int64),
        right=np.array([r for e in examples for r in e.right], dtype=bool),
        wrong=np.array([e.wrong for e in examples], dtype=bool),
        words=np.frombuffer(words.encode("utf-8"), dtype=np.uint8),
        planted=np.frombuffer(planted.encode("utf-8"), dtype=np.uint8),
    )
    write_whole(path, data.getvalue(), folders=True)


def load_examples(path: Path, label: str) -> Measured | None:
    """The examples and planted errors of a kept file under this label; None when there is no such file or it is damaged."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            rows, sizes, right, wrong = (kept[name] for name in ("rows", "sizes", "right", "wrong"))
            words, planted = (json.loads(kept[name].tobytes().decode("utf-8")) for name in ("words", "planted"))
        bounds = np.concatenate([[0], np.cumsum(sizes)]).tolist()
        if rows.shape != (bounds[-1], len(NAMES)) or len(right) != bounds[-1]:
            return None
        listed, flags = [tuple(row) for row in rows.tolist()], right.tolist()
        found = [
            Example(label, tuple(listed[a:b]), tuple(flags[a:b]), is_wrong, kind, tuple(texts), observed)
            for a, b, is_wrong, (kind, texts, observed) in zip(
                bounds[:-1], bounds[1:], wrong.tolist(), words, strict=True
            )
        ]
        return found, [PlantedError(label, *row) for row in planted]
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def learned_files() -> list[Path]:
    """The learned files that the measures rest on, those that are shipped."""
    return [path for path in map(dictionaries.data_file, LEARNED) if path.is_file()]


@lru_cache(maxsize=1)
def basis() -> str:
    """The digest of all but the text that the doubts of a noisy text and their measures depend on."""
    base = Path(__file__).parents[1]
    code = [p.relative_to(base).as_posix() for p in sorted(base.rglob("*.py"))]
    code = [name for name in code if name.startswith(_OF_THE_DOUBTS) or not name.startswith(_NOT_OF_THE_DOUBTS)]
    files = [*(base / name for name in code), *learned_files()]
    return digest_of(
        [*NAMES, *code, *(file_digest(p) for p in files), dictionaries.version(), *library_versions(LIBRARIES)]
    )
