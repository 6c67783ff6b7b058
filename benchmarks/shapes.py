"""Documents of odd shapes, as long as asked for: what ``growth.py`` measures.

Each shape is a function from a size to the texts of one or several documents; the same size gives the same texts.
Running words are drawn from the glossary, an English word and what it calls for, so that both sides answer each
other and the vocabulary grows with the text as it does in an archive.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_SEED = 20
_LETTERS = "абвгдежзийклмнопрстуфхцчшщыьэюя"
_SENTENCE = 12
_PARAGRAPH = 5
FRAME = "Он пришёл в город {}. Мы видели дом."


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape: what it is called, what is counted, its maker, and a first size (of 8 of these, so many characters a piece)."""

    name: str
    unit: str
    make: Callable[[int], list[str]]
    first: int
    characters: float


@lru_cache(maxsize=1)
def vocabulary() -> tuple[tuple[str, str], ...]:
    """Pairs of a Russian and an English word, some thousands, in order of how usual the English is."""
    from wordfreq import top_n_list

    from collation.knowledge.words import lexicon

    book = lexicon.opened()
    found = []
    for word in top_n_list("en", 20_000):
        meant = book.equivalents(word) if word.isalpha() and len(word) > 3 else {}
        best = max(meant, key=lambda russian: (meant[russian], russian), default="")
        if best and best.isalpha() and len(best) > 3:
            found.append((best, word))
    return tuple(found)


def _drawn(count: int) -> list[tuple[str, str]]:
    """Word pairs, the usual ones oftener."""
    rng, words = random.Random(_SEED), vocabulary()
    return [words[int(len(words) * rng.random() ** 2)] for _ in range(count)]


def _sentences(pairs: list[tuple[str, str]], length: int, side: int) -> list[str]:
    parts = (pairs[i : i + length] for i in range(0, len(pairs), length))
    return [" ".join(pair[side] for pair in part).capitalize() + "." for part in parts]


def _both(pairs: list[tuple[str, str]], length: int, sentences: int) -> list[str]:
    """A document in which paragraphs of so many sentences of so many words are in Russian, then in English."""
    halves = []
    for side in (0, 1):
        own = _sentences(pairs, length, side)
        halves += [" ".join(own[i : i + sentences]) for i in range(0, len(own), sentences)]
    return ["\n\n".join(halves) + "\n"]


def words(size: int) -> list[str]:
    return _both(_drawn(size), _SENTENCE, _PARAGRAPH)


def paragraphs(size: int) -> list[str]:
    return _both(_drawn(4 * size), 4, 1)


def repeated(size: int) -> list[str]:
    few = _drawn(6 * _SENTENCE)
    return _both((few * (size // 6 + 1))[: size * _SENTENCE], _SENTENCE, 1)


def short_lines(size: int) -> list[str]:
    rng, drawn = random.Random(_SEED), iter(_drawn(5 * size))
    lines = [" ".join(next(drawn)[0] for _ in range(rng.randint(1, 5))) for _ in range(size)]
    return ["\n".join(lines) + "\n"]


def one_letter_lines(size: int) -> list[str]:
    rng = random.Random(_SEED)
    return ["\n".join(rng.choice(_LETTERS) for _ in range(size)) + "\n"]


def without_stops(size: int) -> list[str]:
    drawn = _drawn(size)
    return ["\n\n".join(" ".join(pair[side] for pair in drawn) for side in (0, 1)) + "\n"]


def long_word(size: int) -> list[str]:
    rng = random.Random(_SEED)
    return [FRAME.format("".join(rng.choice(_LETTERS) for _ in range(size)))]


def chinese(size: int) -> list[str]:
    rng = random.Random(_SEED)
    return [FRAME.format("".join(chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(size)))]


def blanks(size: int) -> list[str]:
    return [FRAME.format(" " * size + "и")]


def gibberish(size: int) -> list[str]:
    rng = random.Random(_SEED)
    made = ("".join(rng.choice(_LETTERS) for _ in range(rng.randint(4, 12))) for _ in range(size))
    return [" ".join(made) + ".\n"]


def brackets(size: int) -> list[str]:
    rng = random.Random(_SEED)
    return [FRAME.format("".join(rng.choice("()[]<>{}") for _ in range(size)))]


def opened(size: int) -> list[str]:
    return [FRAME.format("[(" * (size // 2))]


def signs(size: int) -> list[str]:
    rng = random.Random(_SEED)
    return [FRAME.format("".join(rng.choice(".,-/:;!?№%*_\"'«»=+ ") for _ in range(size)))]


def stroked(size: int) -> list[str]:
    return [FRAME.format("-".join("ав" for _ in range(size // 3)) + "/".join("1" for _ in range(size // 2)))]


def digits(size: int) -> list[str]:
    rng = random.Random(_SEED)
    return [FRAME.format("".join(rng.choice("0123456789") for _ in range(size)))]


def numbers(size: int) -> list[str]:
    rng, drawn = random.Random(_SEED), _drawn(size)
    halves: tuple[list[str], list[str]] = ([], [])
    for russian, english in drawn:
        number = str(rng.randint(1, 10 ** rng.randint(1, 6)))
        halves[0].append(f"{russian} {number}")
        halves[1].append(f"{english} {number}")
    return [
        "\n\n".join("\n\n".join(", ".join(half[i : i + 6]) + "." for i in range(0, size, 6)) for half in halves) + "\n"
    ]


def nonwords(size: int) -> list[str]:
    """Words of which each has one letter changed: nearly all in no dictionary and no two alike."""
    rng, made = random.Random(_SEED), []
    for russian, _ in _drawn(size):
        at = rng.randrange(len(russian))
        made.append(russian[:at] + rng.choice(_LETTERS) + russian[at + 1 :])
    sentences = [" ".join(made[i : i + _SENTENCE]) + "." for i in range(0, size, _SENTENCE)]
    return ["\n\n".join(" ".join(sentences[i : i + _PARAGRAPH]) for i in range(0, len(sentences), _PARAGRAPH)) + "\n"]


def table_rows(size: int) -> list[str]:
    rng, drawn = random.Random(_SEED), _drawn(2 * size)
    rows = [
        f"{i + 1}\t{drawn[2 * i][0]} {drawn[2 * i + 1][0]}\t{rng.randint(1, 9999)}\t{rng.randint(1, 99)},{rng.randint(0, 9)}"
        for i in range(size)
    ]
    return ["\n".join(rows) + "\n"]


def pages(size: int) -> list[str]:
    """Pages of one sentence with a running head and a sheet number each."""
    own = _sentences(_drawn(size * _SENTENCE), _SENTENCE, 0)
    return ["".join(f"- {i + 1} -\n\nСЕКРЕТНО 600308/ш\n\n{sentence}\n\n" for i, sentence in enumerate(own))]


def documents(size: int) -> list[str]:
    """A folder of documents of some forty words a side."""
    drawn = _drawn(36 * size)
    return [_both(drawn[36 * i : 36 * (i + 1)], 9, 2)[0] for i in range(size)]


def page(size: int) -> list[str]:
    """So many pages of 300 running Russian words: what an absurd word is measured against."""
    sentences = _sentences(_drawn(300 * size), _SENTENCE, 0)
    return ["\n\n".join(" ".join(sentences[i : i + _PARAGRAPH]) for i in range(0, len(sentences), _PARAGRAPH)) + "\n"]


SHAPES = (
    Shape("words", "words a side", words, 500, 16),
    Shape("paragraphs", "paragraphs a side", paragraphs, 125, 64),
    Shape("repeated sentences", "sentences a side", repeated, 250, 190),
    Shape("short lines", "lines", short_lines, 500, 24),
    Shape("one-letter lines", "lines", one_letter_lines, 8_000, 2),
    Shape("one line without stops", "words a side", without_stops, 500, 16),
    Shape("one long word", "letters", long_word, 450_000, 1),
    Shape("unspaced Chinese", "signs", chinese, 450_000, 1),
    Shape("blanks", "blanks", blanks, 450_000, 1),
    Shape("gibberish", "words", gibberish, 250, 9),
    Shape("brackets", "brackets", brackets, 8_000, 1),
    Shape("opened brackets", "brackets", opened, 8_000, 1),
    Shape("signs", "signs", signs, 8_000, 1),
    Shape("hyphens and strokes", "signs", stroked, 8_000, 2),
    Shape("digits", "digits", digits, 8_000, 1),
    Shape("numbers", "numbers a side", numbers, 500, 24),
    Shape("non-words", "words", nonwords, 250, 9),
    Shape("table rows", "rows", table_rows, 250, 30),
    Shape("pages", "pages", pages, 50, 130),
    Shape("documents", "documents", documents, 8, 0),
)
