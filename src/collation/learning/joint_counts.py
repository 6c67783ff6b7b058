"""Which kinds of words follow one another, counted over sound text of both languages.

usage: python -m collation.learning.joint_counts TEXTS --out FILE

TEXTS is the folder of ``collation.learning.train``. Counted are the pairs of neighbours in the sentences of the lined texts that carry no
noise; ``knowledge/words/word_kinds.py`` says what the kinds are.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from collation.knowledge.words.word_kinds import kinds_of
from collation.languages import RUSSIAN_ENGLISH
from collation.learning.manifest import manifest_of, read_manifest, sides
from collation.learning.material import lined_texts
from collation.model import Token
from collation.model.language import Language
from collation.reading.sentences import split_sentences
from collation.reading.tokens import Flow, tokenise
from collation.system.console import say
from collation.system.files import write_whole

_LEAST = 5  # times that a pair is written down


def sentences(lines: Iterable[str], language: Language) -> Iterator[tuple[Token, ...]]:
    """The sentences of lines of a language."""
    for line in lines:
        tokens = tokenise(Flow(line, tuple(range(len(line)))), language=language)
        yield from (tokens[a:b] for a, b in split_sentences(tokens, RUSSIAN_ENGLISH))


def rows(texts: Iterable[Sequence[Token]], language: Language) -> Iterator[str]:
    """The lines of the table for the sentences of a language: its code, two kinds of which the second follows the first, how often."""
    small = language.function_words
    counts = Counter(pair for tokens in texts for pair in pairwise(kinds_of(tokens, language.code, small)))
    for (before, after), times in sorted(counts.items()):
        if times >= _LEAST:
            yield f"{language.code}\t{before}\t{after}\t{times}"


def main() -> None:
    """Count the shipped table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="TEXTS", help="a folder of texts, as the trainer reads it")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    chosen = parser.parse_args()
    files = sides(read_manifest(manifest_of(chosen.folder)), chosen.folder, "lined")
    texts = [t for pair in files for t in lined_texts(*pair) if not t.carries_noise()]
    lines: list[str] = []
    for language, side in ((RUSSIAN_ENGLISH.original, 0), (RUSSIAN_ENGLISH.translation, 1)):
        own = (line for text in texts for line in (text.original, text.translation)[side])
        lines += rows(sentences(own, language), language)
    head = (
        "# what: how often one kind of word follows another, small words and marks by themselves, others by their case or ending\n"
        "# source: python -m collation.learning.joint_counts: counts only, of texts whose lines answer each other and that carry no "
        "planted noise: Soviet political documents 1917-1939, WMT general test sets 2022 and 2023 and web texts 2022, NTREX-128 "
        "(CC BY-SA 4.0), tales of bilinguator/aligned-texts\n"
        "# columns: language, kind, kind that follows, times\n"
    )
    write_whole(chosen.out, head + "\n".join(lines) + "\n")
    say(f"{chosen.out}: {len(lines)} pairs")


if __name__ == "__main__":
    main()
