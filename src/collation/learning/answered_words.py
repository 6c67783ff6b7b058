"""How faithfully each word is rendered: how often the other side has something for it, counted over parallel text.

A translator may pass over "indeed" or put it otherwise, hardly over "minister" or "November". So a word without an answer
says much or little by the share of its uses that have one. Counted are the lemmas of content words of both sides, in sentences
that are literal enough; beside it how often a Russian word in small letters has a capital in the English (советский, министр,
ноябрь): such words are names there.

usage: python -m collation.learning.answered_words TEXTS --out FILE [--words N]

makes the shipped table from a folder of texts as the trainer reads it. What carries noise when the judge is trained is not
counted.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from collation.alignment.affinity import answer, call
from collation.alignment.word_pairs import Matcher
from collation.alignment.words import link_words, literalness
from collation.knowledge.words.lexicon import Lexicon, opened
from collation.languages.ru import RUSSIAN
from collation.learning.manifest import manifest_of, read_manifest, sides
from collation.learning.material import EVERY, LinedText, collection_of, lined_texts, number_of
from collation.learning.sentence_pairs import Sentences, sentence_pairs
from collation.model import Token
from collation.system.console import say
from collation.system.files import write_whole

_LITERAL = 0.5  # share of the Russian content words that must be explained
_LINKED = 0.35  # score of a link that answers
_LEAST_SEEN = 12  # uses of a word that is written down
_LONGEST = 80  # tokens of a sentence beyond which its words are not linked surely
_WORDS = 200_000  # Russian words that are counted
_ENDS = frozenset('.!?…:«"“„”»')


@dataclass
class Counts:
    """Uses of each lemma of a side, those with an answer, and those of small letters that a capital answers."""

    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    answered: Counter[tuple[str, str]] = field(default_factory=Counter)
    large: Counter[tuple[str, str]] = field(default_factory=Counter)


def count(pairs: Iterable[Sentences], lexicon: Lexicon) -> Counts:
    """The counts of all sentences that are literal enough."""
    counts, matcher = Counts(), Matcher()
    for russian, english in pairs:
        if max(len(russian), len(english)) > _LONGEST:
            continue
        answers, calls = answer(russian, RUSSIAN), call(english, lexicon)
        links = [link for link in link_words(answers, calls, matcher) if link.score >= _LINKED]
        if literalness(answers, tuple(links)) < _LITERAL:
            continue
        ours, theirs = {k.original: k.translation for k in links}, {k.translation for k in links}
        for i, own in enumerate(answers):
            if own.content and own.lemmas:
                key = "ru", own.lemmas[0]
                counts.seen[key] += 1
                counts.answered[key] += i in ours
                counts.large[key] += own.token.text.islower() and i in ours and _is_large(english, ours[i])
        for j, called in enumerate(calls):
            if called.content and called.lemmas:
                counts.seen["en", called.lemma] += 1
                counts.answered["en", called.lemma] += j in theirs
    return counts


def _is_large(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether a word has a capital that its place does not give it."""
    text = tokens[j].text
    return j > 0 and text[0].isupper() and not text.isupper() and tokens[j - 1].text not in _ENDS


def rows(counts: Counts) -> Iterator[str]:
    """The lines of the table: side, lemma, uses, uses with an answer, uses with a capital opposite."""
    for side, lemma in sorted(counts.seen):
        key = side, lemma
        if counts.seen[key] >= _LEAST_SEEN:
            yield f"{side}\t{lemma}\t{counts.seen[key]}\t{counts.answered[key]}\t{counts.large[key]}"


def _drawn(texts: Iterable[LinedText], words: int) -> Iterator[LinedText]:
    """Texts of some words in all: the small collections whole, of the large ones some, drawn by what they say."""
    left = words
    for text in sorted(texts, key=lambda t: (collection_of(t.name) in EVERY, number_of("\n".join(t.original)))):
        if left <= 0:
            return
        left -= text.words
        yield text


def main() -> None:
    """Count the shipped table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="TEXTS", help="a folder of texts, as the trainer reads it")
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--words", type=int, default=_WORDS, help="Russian words that are counted")
    chosen = parser.parse_args()
    lexicon = opened()
    files = sides(read_manifest(manifest_of(chosen.folder)), chosen.folder, "lined")
    texts = _drawn((t for pair in files for t in lined_texts(*pair) if not t.carries_noise()), chosen.words)
    pairs = (
        pair
        for text in texts
        for lines in zip(text.original, text.translation, strict=True)
        for pair in sentence_pairs(*lines, lexicon)
    )
    lines = list(rows(count(pairs, lexicon)))
    head = (
        "# what: how often the words of a side have an answer on the other, and Russian ones in small letters one with a capital\n"
        "# source: python -m collation.learning.answered_words: counts only, of texts whose lines answer each other and that carry no "
        "planted noise: Soviet political documents 1917-1939, WMT general test sets 2022 and 2023 and web texts 2022, NTREX-128 "
        "(CC BY-SA 4.0), tales of bilinguator/aligned-texts\n"
        "# columns: side, lemma, uses, uses with an answer, uses with a capital opposite\n"
    )
    write_whole(chosen.out, head + "\n".join(lines) + "\n")
    say(f"{chosen.out}: {len(lines)} words")


if __name__ == "__main__":
    main()
