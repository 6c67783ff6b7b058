"""Lay out simplemma's English lemmas and pyspellchecker's English words for ``knowledge/words/english.py``.

usage: python -m collation.learning.english_words [--out FILE]

The same versions of the two libraries give the same file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.errors import CollationError, Message
from collation.knowledge import dictionaries
from collation.knowledge.mapped import write_mapped
from collation.knowledge.words.english import FILE
from collation.knowledge.words.numbered import number_of
from collation.system.console import say

Arrays = dict[str, NDArray[Any]]


def listed_lemmas() -> dict[str, str]:
    """simplemma's English forms with their lemmas."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    return dict(DefaultDictionaryFactory().get_dictionary("en"))


def listed_words() -> list[str]:
    """pyspellchecker's English words."""
    from spellchecker import SpellChecker

    return list(SpellChecker(language="en", distance=1).word_frequency.dictionary)


def lemmas(listed: Mapping[str, str]) -> Arrays:
    """The numbers of the forms, sorted; how many letters each loses, which end it gets; the ends, a line each."""
    forms = list(listed)
    shared = [_shared(form, listed[form]) for form in forms]
    ends = [listed[form][kept:] for form, kept in zip(forms, shared, strict=True)]
    known = {end: number for number, end in enumerate(sorted(set(ends)))}
    numbers, order = _sorted(forms)
    return {
        "lemma-numbers": numbers,
        "lemma-trims": np.array([len(f) - k for f, k in zip(forms, shared, strict=True)], dtype=np.uint8)[order],
        "lemma-ends": np.array([known[end] for end in ends], dtype=np.uint16)[order],
        "ends": np.frombuffer("\n".join(known).encode("utf-8"), dtype=np.uint8),
    }


def _shared(form: str, lemma: str) -> int:
    """How many letters two words begin with together."""
    beside = enumerate(zip(form, lemma, strict=False))
    return next((i for i, (one, other) in beside if one != other), min(len(form), len(lemma)))


def words(listed: Iterable[str]) -> Arrays:
    """The numbers of the words, sorted."""
    return {"word-numbers": _sorted(list(listed))[0]}


def _sorted(forms: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """The numbers of some forms, sorted, and the order. Raises CollationError where two forms have one number."""
    numbers = np.fromiter(map(number_of, forms), dtype=np.uint64, count=len(forms))
    order = np.argsort(numbers, kind="stable")
    if (numbers[order][1:] == numbers[order][:-1]).any():
        raise CollationError(Message("same-number", language="en"))
    return numbers[order], order


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=dictionaries.data_file(FILE))
    args = parser.parse_args(given)
    laid = lemmas(listed_lemmas()) | words(listed_words())
    source = f"simplemma {version('simplemma')}, pyspellchecker {version('pyspellchecker')}"
    write_mapped(args.out, laid, {"source": source, "licence": "MIT"})
    say(f"{args.out}: {', '.join(f'{len(a)} {name}' for name, a in laid.items())}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
