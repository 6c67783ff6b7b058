"""Pages as an engine would see them, made from text: each sign is two steps, a step of nothing between them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from collation.model.seen_page import SeenLine, SeenPage, SeenWord, Step
from collation.reading import page_engine

RUSSIAN = [
    "Он прислал вчера длинный ответ на наше письмо о переговорах",
    "и просит как можно скорее прислать нам новые тетради.",
]
ENGLISH = "Yesterday he sent a long answer to our letter about the talks and asks us to send new notebooks as soon as possible."
no_engine = pytest.mark.skipif(not page_engine.engine_version(), reason="there is no tesseract with Russian here")
_WIDE, _HIGH = 20, 30  # pixels of a sign


def step_of(sign: str, sure: float, instead: str = "") -> Step:
    """A step at which a sign is seen, and something else with what is left."""
    return ((sign, sure), (instead, round(1 - sure, 3)))


def seen_line(text: str, number: int = 0, *, sure: float = 0.97) -> SeenLine:
    """A line with its words and steps."""
    words: list[SeenWord] = []
    steps: list[Step] = []
    at, top = 0, number * 2 * _HIGH
    for word in text.split():
        first = len(steps)
        for sign in (" " if at else "") + word:
            steps += [step_of(sign, sure), step_of(sign, sure), (("", 0.99),)]
        box = (at * _WIDE, top, (at + len(word)) * _WIDE, top + _HIGH)
        words.append(SeenWord(word, box, sure, first, len(steps)))
        at += len(word) + 1
    return SeenLine((0, top, max(1, at) * _WIDE, top + _HIGH), tuple(words), tuple(steps))


def seen_page(lines: Sequence[str], *, label: str = "page.png", number: int = 1, sure: float = 0.97) -> SeenPage:
    """A page with these lines."""
    made = tuple(seen_line(line, n, sure=sure) for n, line in enumerate(lines))
    return SeenPage(label, number, "0" * 64, 2000, 60 * len(lines), made)
