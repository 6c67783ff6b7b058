"""How much the bilingual lexicon covers: words of the translation known to it, words of the original within its reach.

usage: python benchmarks/lexicon.py [--seeds DIR] [--parallel RU EN] [--dictd NAME] [--learned] [--missing N]
       python benchmarks/lexicon.py --sentences [--texts DIR] [--news DIR] [--table FILE]

An English content word is covered when the glossary has it, alone or in a phrase. A Russian content word is reached when
a content word of a paragraph calls for it, its aspect partner or a word of its stem with at least half the full
weight: as sure as a listed equivalent usually is. Reach is measured in the paragraph's own translation and in that of
another paragraph, the nearest in length that is no neighbour. Names are left out on both sides (capitals
within a sentence): they are the authority files' part. Probabilities learned from War and Peace are left out too, unless asked for.
The texts are aligned with all that the program has; the long pair is sampled evenly. Without ``--parallel`` it is looked for beside the measuring sets (COLLATION_BENCH).

With ``--sentences`` the unit is a sentence and what was learned is measured: the glossary alone, and with
the table learned from parallel text. The sentences are those that the table was not counted over: the pieces of parallel
texts that carry noise, and published news (documents of two lines). They are paired with the glossary alone, so
that the same words are counted whatever the table.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from collation.alignment.affinity import Answer, Called, answer, call
from collation.alignment.align import align
from collation.knowledge.words import lexicon
from collation.knowledge.words.english import STOP, english_lemma
from collation.knowledge.words.lexicon import Lexicon
from collation.languages.knowledge import knowledge_for
from collation.languages.ru import RUSSIAN
from collation.learning.manifest import manifest_of, read_manifest, sides
from collation.learning.material import lined_texts
from collation.learning.parallel import aligned_chapters
from collation.learning.sentence_pairs import sentence_pairs
from collation.model import Aligned, Token
from collation.reading import read_file

ROOT = Path(__file__).parents[1]
SEEDS = ("002", "003", "004")
PAIR = ("war-and-peace-2-4.ru.txt.xz", "war-and-peace-2-4.en.txt.xz")
CHAPTERS, PARAGRAPHS = 10, 400  # every tenth chapter, so many paragraphs of them
SENTENCES = 600  # of a collection, evenly spread
HALF = 0.5
COVERED, OWN, WRONG = 0.85, 0.70, 0.20
_SHORT = STOP | {"d", "ll", "m", "re", "ve"}
_ENDS = frozenset('.!?:;…"“”«»()[]*-–—')

Paragraph = tuple[tuple[Token, ...], tuple[Token, ...]]


@dataclass(slots=True)
class Tally:
    """Words counted of one text, and those that the lexicon lacks."""

    english: int = 0
    covered: int = 0
    russian: int = 0
    own: int = 0
    wrong: int = 0
    heads: Counter[str] = field(default_factory=Counter)
    lemmas: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.english + other.english,
            self.covered + other.covered,
            self.russian + other.russian,
            self.own + other.own,
            self.wrong + other.wrong,
            self.heads + other.heads,
            self.lemmas + other.lemmas,
        )

    @property
    def shares(self) -> tuple[float, float, float]:
        """Covered, reached from its own paragraph, reached from a wrong one."""
        return self.covered / max(1, self.english), self.own / max(1, self.russian), self.wrong / max(1, self.russian)


def paragraphs(aligned: Aligned) -> Iterator[Paragraph]:
    """The linked paragraphs of both sides as tokens."""
    left, right = aligned.document.original, aligned.document.translation
    if left is None or right is None:
        return
    for link in aligned.links:
        if link.original and link.translation:
            yield (
                tuple(t for i in link.original for t in left.segments[i].tokens),
                tuple(t for j in link.translation for t in right.segments[j].tokens),
            )


def sample(original: Path, translation: Path) -> list[Paragraph]:
    """Paragraphs of two long texts, evenly spread over every tenth chapter."""
    chapters = aligned_chapters(original, translation, every=CHAPTERS)
    found = [pair for _, aligned in chapters for pair in paragraphs(aligned)]
    step = max(1.0, len(found) / PARAGRAPHS)
    return [found[int(i * step)] for i in range(min(PARAGRAPHS, len(found)))]


def uncounted(original: Path, translation: Path) -> list[Paragraph]:
    """Sentences of a collection from the pieces that carry noise, which no table was counted over."""
    pieces = [piece for piece in lined_texts(original, translation) if piece.carries_noise()]
    lines = [pair for piece in pieces for pair in zip(piece.original, piece.translation, strict=True)]
    step = max(1.0, len(lines) / SENTENCES)
    return paired([lines[int(i * step)] for i in range(min(SENTENCES, len(lines)))])


def news(folder: Path) -> list[Paragraph]:
    """Sentences of documents that hold a line of either side."""
    texts = [path.read_bytes().decode("utf-8").split("\n\n") for path in sorted(folder.glob("*.txt"))]
    return paired([(text[0], text[1]) for text in texts if len(text) == 2])


def paired(lines: Iterable[tuple[str, str]]) -> list[Paragraph]:
    """The sentences of lines that answer each other."""
    glossary = lexicon.opened(learned=False)
    return [pair for original, translation in lines for pair in sentence_pairs(original, translation, glossary)]


def ordinary(tokens: tuple[Token, ...]) -> set[int]:
    """Where the words begin that are no names: without a capital, or with the capital of a sentence's first word."""
    found, opening = set(), True
    for token in tokens:
        if token.kind == "word" and not _is_foreign(token.text) and (opening or not token.text[0].isupper()):
            found.add(token.start)
        opening = (opening and token.kind == "mark") or token.text[-1] in _ENDS
    return found


def _is_foreign(word: str) -> bool:
    """Whether a word is of no use here: a single letter, French in accents, a contraction of function words."""
    parts = english_lemma(word).replace("'", " ").split()
    return len(word) < 2 or (word[0] < "А" and not word.isascii()) or all(part in _SHORT for part in parts)


def measure(texts: list[Paragraph], book: Lexicon) -> Tally:
    """What a lexicon covers and reaches of some paragraphs."""
    answers, calls = [answer(russian, RUSSIAN) for russian, _ in texts], [call(english, book) for _, english in texts]
    tally = Tally()
    for number, (russian, english) in enumerate(texts):
        plain = ordinary(english)
        for called in (c for c in calls[number] if c.content and c.token.start in plain):
            tally.english += 1
            tally.covered += bool(called.lemmas)
            tally.heads.update(() if called.lemmas else (called.lemma,))
        plain = ordinary(russian)
        other = calls[_other(calls, number)]
        for answered in (
            a for a in answers[number] if a.content and a.token.start in plain and not a.token.text.isascii()
        ):
            own = reached(answered, calls[number])
            tally.russian += 1
            tally.own += own
            tally.wrong += reached(answered, other)
            tally.lemmas.update(() if own else (answered.lemmas[0],))
    return tally


def _other(calls: list[tuple[Called, ...]], number: int) -> int:
    """The paragraph nearest in length that is not beside this one."""
    far = [i for i in range(len(calls)) if abs(i - number) > 1] or [number]
    return min(far, key=lambda i: (abs(len(calls[i]) - len(calls[number])), i))


def reached(answered: Answer, calls: tuple[Called, ...]) -> bool:
    """Whether a content word calls for one of the word's lemmas, or for its stem, with half the full weight."""
    return any(
        any(called.lemmas.get(lemma, 0.0) >= HALF for lemma in answered.lemmas)
        or any(called.roots.get(root, 0.0) >= HALF for root in answered.roots)
        for called in calls
        if called.content
    )


def _row(name: str, tally: Tally) -> None:
    covered, own, wrong = tally.shares
    print(f"{name:26s} {tally.english:7d} {covered:9.3f} {tally.russian:9d} {own:8.3f} {wrong:8.3f}")


def _missing(tally: Tally, most: int) -> None:
    for title, counts in (
        ("English words without equivalent", tally.heads),
        ("Russian words not reached", tally.lemmas),
    ):
        listed = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
        print(f"\n{title}: " + ", ".join(f"{word} {count}" for word, count in listed))


def _pair(given: list[Path] | None, bench: str | None) -> list[Path] | None:
    """The two long texts: as given, or beside the measuring sets."""
    if given or not bench:
        return given
    folder = Path(bench).parent / "corpus" / "parallel"
    found = [folder / name for name in PAIR]
    return found if all(path.is_file() for path in found) else None


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the table; 1 when an aim is missed over all texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=Path, default=ROOT / "seeds", help="folder of the documents")
    parser.add_argument("--parallel", type=Path, nargs=2, metavar=("RU", "EN"), help="two long texts in chapters")
    parser.add_argument("--dictd", default="", help="an installed dictd dictionary to use beside the glossary")
    parser.add_argument("--learned", action="store_true", help="use the probabilities learned from parallel text")
    parser.add_argument("--missing", type=int, default=0, metavar="N", help="list the N most frequent words missing")
    parser.add_argument("--sentences", action="store_true", help="measure what was learned, sentence by sentence")
    parser.add_argument("--texts", type=Path, help="for --sentences: a folder of texts, as the trainer reads it")
    parser.add_argument("--news", type=Path, help="for --sentences: a folder of documents of two lines")
    parser.add_argument("--table", type=Path, help="for --sentences: a table in place of the shipped one")
    chosen = parser.parse_args(None if arguments is None else list(arguments))
    if chosen.sentences:
        _show_sentences(chosen.texts, chosen.news, chosen.table)
        return 0
    total = Tally()
    print(f"{'text':26s} english   covered   russian      own    wrong")
    for name, texts in _texts(chosen.seeds, _pair(chosen.parallel, os.environ.get("COLLATION_BENCH"))):
        tally = measure(texts, lexicon.opened(chosen.dictd, learned=chosen.learned))
        _row(name, tally)
        total += tally
    _row("all", total)
    print(f"{'aim':26s} {'':7s} {COVERED:9.2f} {'':9s} {OWN:8.2f} {WRONG:8.2f}")
    if chosen.missing:
        _missing(total, chosen.missing)
    covered, own, wrong = total.shares
    return 0 if covered >= COVERED and own >= OWN and wrong <= WRONG else 1


def _show_sentences(folder: Path | None, news_folder: Path | None, table: Path | None) -> None:
    books = books_of(table)
    print(f"{'sentences of':14s} russian" + "".join(f"{name + ': own / wrong':>30s}" for name in books))
    lined = sides(read_manifest(manifest_of(folder)), folder, "lined") if folder else []
    texts = [(pair[0].name.split(".")[0], uncounted(*pair)) for pair in lined]
    if news_folder:
        texts.append((news_folder.name, news(news_folder)))
    for name, pairs in texts:
        tallies = [measure(pairs, book) for book in books.values()]
        cells = "".join(f"{own:22.3f} / {wrong:.3f}" for _, own, wrong in (tally.shares for tally in tallies))
        print(f"{name:14s} {tallies[0].russian:7d}{cells}")


def books_of(table: Path | None) -> dict[str, Lexicon]:
    """The glossary alone, and with the learned table."""
    both = lexicon.opened() if table is None else lexicon.opened(own=table, learned=False)
    return {"glossary": lexicon.opened(learned=False), "with the table": both}


def _texts(seeds: Path, pair: list[Path] | None) -> Iterator[tuple[str, list[Paragraph]]]:
    for path in sorted(seeds.glob("*.txt")):
        if path.name.startswith(SEEDS):
            yield path.stem, list(paragraphs(align(read_file(path), knowledge_for())))
    if pair:
        yield "War and Peace", sample(*pair)


if __name__ == "__main__":
    sys.exit(main())
