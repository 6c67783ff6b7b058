"""Lay out wordfreq's lists for ``knowledge/words/wordlist.py`` and ``usual_tree.py``. The only importer of wordfreq.

usage: python -m collation.learning.word_frequencies [--out FILE]

The lists are those of the large Russian list and of both English ones; the tree of the usual forms is written beside the
file. The same version of wordfreq gives the same files.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.errors import CollationError, Message
from collation.knowledge import dictionaries
from collation.knowledge.mapped import write_mapped
from collation.knowledge.words import usual_tree
from collation.knowledge.words.numbered import number_of
from collation.knowledge.words.wordlist import FILE, LANGUAGES, LEAST_LISTED, LEAST_USUAL, share_of_level
from collation.system.console import say

_SIZES = {"ru": "large", "en": "small", "en-large": "large"}
Arrays = dict[str, NDArray[Any]]


def listed(language: str) -> list[list[str]]:
    """The forms of a list by frequency, a list for every hundredth of a power of ten."""
    import wordfreq

    found: list[list[str]] = wordfreq.get_frequency_list(language[:2], wordlist=_SIZES[language])
    return found


def laid_out(language: str, bins: Sequence[Sequence[str]]) -> Arrays:
    """The numbers of the forms, sorted, and their levels. Raises CollationError where two forms have one number."""
    forms = [form for level in bins for form in level]
    numbers = np.fromiter(map(number_of, forms), dtype=np.uint64, count=len(forms))
    levels = np.repeat(np.arange(len(bins), dtype=np.uint16), [len(level) for level in bins])
    order = np.argsort(numbers, kind="stable")
    if (numbers[order][1:] == numbers[order][:-1]).any():
        raise CollationError(Message("same-number", language=language))
    return {f"{language}-numbers": numbers[order], f"{language}-levels": levels[order]}


def usual(bins: Sequence[Sequence[str]]) -> Arrays:
    """The letters of the usual forms, the most frequent first, and their levels."""
    found = [
        (form, level) for level, forms in enumerate(bins) if share_of_level(level) >= LEAST_USUAL for form in forms
    ]
    letters = "\n".join(form for form, _ in found).encode("utf-8")
    return {
        "usual-letters": np.frombuffer(letters, dtype=np.uint8),
        "usual-levels": np.array([level for _, level in found], dtype=np.uint16),
    }


def tree() -> Arrays:
    """The tree of the Russian forms that ``is_usual`` by what it asks for if nothing else is said."""
    return usual_tree.laid_out(
        form for level, forms in enumerate(listed("ru")) if share_of_level(level) >= LEAST_LISTED for form in forms
    )


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=dictionaries.data_file(FILE))
    args = parser.parse_args(given)
    arrays: Arrays = {}
    for language in LANGUAGES:
        bins = listed(language)
        arrays |= laid_out(language, bins)
        if language == "ru":
            arrays |= usual(bins)
    for path, laid in ((args.out, arrays), (args.out.with_name(usual_tree.FILE), tree())):
        write_mapped(path, laid, {"source": f"wordfreq {version('wordfreq')}", "licence": "CC BY-SA 4.0"})
        say(f"{path}: {', '.join(f'{len(a)} {name}' for name, a in laid.items())}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
