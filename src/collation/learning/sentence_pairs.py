"""Lines that answer each other cut into sentences that do.

A line of a parallel text may be a paragraph of two hundred words; among so many a word's origin is not easily found.
Sentences are paired by their lengths (Gale and Church 1993) and by the words that the glossary finds opposite (Varga
et al. 2005), one to one or two to one, in order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from collation.knowledge.words import morphology
from collation.knowledge.words.english import STOP, english_lemma
from collation.knowledge.words.lexicon import Lexicon
from collation.languages import RUSSIAN_ENGLISH
from collation.languages.en import ENGLISH
from collation.languages.ru import RUSSIAN
from collation.model import Token
from collation.model.language import Language
from collation.reading.sentences import split_sentences
from collation.reading.tokens import Flow, tokenise

Bag = tuple[list[str], list[str]]
Sentences = tuple[tuple[Token, ...], tuple[Token, ...]]
_STEPS = {(1, 1): 0.0, (1, 2): 2.3, (2, 1): 2.3, (1, 0): 4.5, (0, 1): 4.5, (2, 2): 4.4, (1, 3): 5.0, (3, 1): 5.0}
_LONGER = 1.25  # words of English for one of Russian, in political prose and in novels
_SPREAD = 3.0  # variance of a length for each word, after Gale and Church's figure for letters
_MET = 0.7  # what a word is worth that the glossary finds opposite


def sentence_pairs(original: str, translation: str, lexicon: Lexicon) -> Iterator[Sentences]:
    """The sentences of two lines that answer each other, in order; what answers nothing is left out."""
    left, right = _sentences(original, RUSSIAN), _sentences(translation, ENGLISH)
    if len(left) == 1 or len(right) == 1:
        beads = [((0, len(left)), (0, len(right)))]
    else:
        english = [english_lemmas(tokens) for tokens in right]
        beads = _beads(
            [russian_lemmas(tokens) for tokens in left], english, [_called(words, lexicon) for words in english]
        )
    for (a, b), (c, d) in beads:
        if a < b and c < d:
            yield tuple(t for part in left[a:b] for t in part), tuple(t for part in right[c:d] for t in part)


def bag(pair: Sentences) -> Bag:
    """The lemmas of both sides."""
    return russian_lemmas(pair[0]), english_lemmas(pair[1])


def russian_lemmas(tokens: tuple[Token, ...]) -> list[str]:
    """The likeliest lemma of each word that has one."""
    return [morphology.lemmas(t.text)[0] for t in tokens if t.kind == "word" and morphology.lemmas(t.text)]


def english_lemmas(tokens: tuple[Token, ...]) -> list[str]:
    """The lemma of each word."""
    return [english_lemma(t.text) for t in tokens if t.kind == "word"]


def _sentences(line: str, language: Language) -> list[tuple[Token, ...]]:
    tokens = tokenise(Flow(line, tuple(range(len(line)))), language=language)
    return [tokens[a:b] for a, b in split_sentences(tokens, RUSSIAN_ENGLISH)]


def _called(words: list[str], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(russian for word in words if word not in STOP for russian in lexicon.equivalents(word))


def _beads(
    russian: list[list[str]], english: list[list[str]], called: list[frozenset[str]]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The cheapest way through both sides, as ranges of sentences."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(russian) + 1):
        for j in range(len(english) + 1):
            for (a, b), step in _STEPS.items():
                known = best.get((i - a, j - b))
                if known is None or (i, j) == (0, 0):
                    continue
                cost = known[0] + step + _cost(russian[i - a : i], english[j - b : j], called[j - b : j])
                if (i, j) not in best or cost < best[i, j][0]:
                    best[i, j] = (cost, (a, b))
    found = []
    i, j = len(russian), len(english)
    while (i, j) != (0, 0):
        a, b = best[i, j][1]
        found.append(((i - a, i), (j - b, j)))
        i, j = i - a, j - b
    return found[::-1]


def _cost(russian: list[list[str]], english: list[list[str]], called: list[frozenset[str]]) -> float:
    if not russian or not english:
        return 0.0
    words = [w for part in russian for w in part]
    expected, length = _LONGER * len(words), sum(map(len, english))
    off = abs(length - expected) / math.sqrt(_SPREAD * (expected + 1))
    met = sum(w not in RUSSIAN.function_words and any(w in c for c in called) for w in words)
    return 0.5 * off * off - _MET * met
