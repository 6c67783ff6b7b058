"""What a trained file says of its making: data with digests, versions, the command, counts. No path of a machine is in it."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from collation.knowledge import dictionaries
from collation.learning.examples import Example
from collation.learning.kept_examples import LIBRARIES, learned_files
from collation.learning.manifest import Text
from collation.system.digest import file_digest, library_versions

_NOT_SAID = {"texts", "out", "cache", "workers", "date"}  # change where things lie, or how fast, not what is learned


def of_examples(
    texts: Mapping[str, str],
    noise: Sequence[Example],
    gold: Sequence[Example],
    examples: Sequence[Example],
    untranslated: int = 0,
) -> dict[str, Any]:
    """How much was learned from, ``untranslated`` of it without a translation. Gold counts as often as it was learned from;
    ``gold_doubts`` and ``gold_wrong`` count it once, sound doubts thinned like those of the noise."""
    return {
        "texts": len(texts),
        "examples": len(examples),
        "wrong": sum(e.wrong for e in examples),
        "mendable": sum(any(e.right) for e in examples),
        "untranslated": untranslated,
        "from_gold": len(examples) - len(noise) - untranslated,
        "gold_doubts": len(gold),
        "gold_wrong": sum(e.wrong for e in gold),
    }


def of_texts(texts: Sequence[Text], folder: Path) -> list[dict[str, str]]:
    """The files that were learned from, with the digests that they had."""
    there = [(text, folder / text.file) for text in texts if (folder / text.file).is_file()]
    return [{"file": text.file, "use": text.use, "sha256": file_digest(path)} for text, path in there]


def of_program() -> dict[str, Any]:
    """Versions of the program and its libraries, digests of the dictionaries and counts that the measures rest on."""
    try:
        own = version("collation")
    except PackageNotFoundError:
        own = "unknown"
    learned = {path.name: file_digest(path) for path in learned_files()}
    libraries = [f"Python {platform.python_version()}", *library_versions(LIBRARIES)]
    return {"collation": own, "libraries": libraries, "dictionaries": dictionaries.version(), "knowledge": learned}


def command(args: argparse.Namespace) -> str:
    """The command line that gives the same file, without where things lie."""
    said = ["python -m collation.learning.train TEXTS --out OUT"]
    for name, value in sorted(vars(args).items()):
        option = "--" + name.replace("_", "-")
        if name in _NOT_SAID or value in (None, "", False):
            continue
        shown = Path(value).name if isinstance(value, Path) or "/" in str(value) else value
        said.append(option if value is True else f"{option} {shown}")
    return " ".join(said)
