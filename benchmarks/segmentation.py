"""How well strings that have lost their blanks are parted: sound sentences without their blanks, parted again.

usage: python benchmarks/segmentation.py FOLDER [--most 1000]

Takes every stretch of three to twenty words without a sign between them from the Russian of the documents of a folder,
takes the blanks out, and prints the precision and recall of the borders, and the share of the stretches that are right
as a whole. Names and words that no dictionary has are in them as they come.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from collation.knowledge.words.segmentation import divide_words
from collation.model import Document
from collation.reading import read_file

LEAST, LONGEST = 3, 20


def stretches(document: Document) -> Iterator[list[str]]:
    """The words of each stretch without signs and figures."""
    original = document.original
    for segment in original.segments if original else ():
        words: list[str] = []
        for token in (*segment.tokens, None):
            if token is not None and token.kind == "word" and token.text.isalpha():
                words.append(token.text)
                continue
            if LEAST <= len(words) <= LONGEST:
                yield words
            words = []


def borders(words: Sequence[str]) -> set[int]:
    return set(accumulate(map(len, words[:-1])))


def main() -> None:
    parser = argparse.ArgumentParser(description="How well strings that have lost their blanks are parted.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=1000)
    options = parser.parse_args()
    found = [words for path in sorted(options.folder.glob("*.txt")) for words in stretches(read_file(path))]
    random.Random(1).shuffle(found)
    right = put = wanted = whole = 0
    for words in found[: options.most]:
        own, given = borders(words), borders(divide_words("".join(words)).words)
        right, put, wanted, whole = (
            right + len(own & given),
            put + len(given),
            wanted + len(own),
            whole + (own == given),
        )
    count = min(len(found), options.most)
    print(f"stretches {count}, borders {wanted}")
    print(
        f"precision {right / max(1, put):.3f}, recall {right / max(1, wanted):.3f}, right as a whole {whole / max(1, count):.3f}"
    )


if __name__ == "__main__":
    main()
