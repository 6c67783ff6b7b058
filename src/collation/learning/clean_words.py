"""A clean document as the makers of noise see it: its Russian words, its names, and one seeded source of chance."""

from __future__ import annotations

import random
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from collation.knowledge import dictionaries
from collation.knowledge.letters import case_of, fold
from collation.knowledge.words import morphology
from collation.model import Document, Token

NEAR = 2  # words on either side that a reader's eye takes in


class Misreading(NamedTuple):
    """One error to be planted: offsets in the clean text, what is to be there instead, its kind."""

    start: int
    stop: int
    noisy: str
    kind: str


class CleanWords:
    """The words of a document's original in which noise is planted.

    ``words`` are its tokens of one span each, ``opening`` the numbers of those that begin a sentence, ``names`` those that
    are written as names, ``habits`` pairs of letters that this document's reader exchanges again and again. Raises
    ValueError for a document without an original.
    """

    def __init__(self, document: Document, seed: int) -> None:
        if document.original is None:
            raise ValueError("noise is planted in an original")
        self.random = random.Random(seed)
        self.text = document.text
        self.words: list[Token] = []
        self.opening: set[int] = set()
        for segment in document.original.segments:
            for tokens in segment.sentence_tokens():
                first = len(self.words)
                self.words += [t for t in tokens if t.kind == "word" and len(t.place.spans) == 1]
                self.opening.add(first)
        self.names = [
            i
            for i, t in enumerate(self.words)
            if i not in self.opening and len(t.text) > 3 and case_of(t.text) == "title"
        ]
        self.habits = self.random.sample(frequent_exchanges(), 3)

    def around(self, token: Token) -> tuple[list[str], list[str]]:
        """The two words before a word and the two after it, folded."""
        index = bisect_left(self.words, token.start, key=lambda t: t.start)
        sides = self.words[max(0, index - NEAR) : index], self.words[index + 1 : index + 1 + NEAR]
        return [fold(t.text) for t in sides[0]], [fold(t.text) for t in sides[1]]

    def following(self, index: int) -> Token | None:
        """The next word where one blank parts it from this one."""
        if index + 1 == len(self.words):
            return None
        token, after = self.words[index], self.words[index + 1]
        return after if self.text[token.stop : after.start] == " " else None


def kind_of(word: str, clean: str) -> str:
    """The kind of error that one word for another is."""
    if not morphology.is_known(word):
        return "spelling"
    same = set(morphology.lemmas(word)) & set(morphology.lemmas(clean))
    return "grammar" if same and fold(word) != fold(clean) else "real-word"


@lru_cache(maxsize=1)
def frequent_exchanges() -> list[tuple[str, str]]:
    """Pairs of letters that are often taken for one another, in both directions."""
    rows = dictionaries.rows("confusions.tsv", columns=4)
    pairs = [(a, b) for a, b, n, _ in rows if int(n) >= 15]
    return pairs + [(b, a) for a, b in pairs]
