"""Which lines are of the original and which of the translation, found by what is written and not by position.

Two languages of different scripts are told apart by their letters; two of one script by their small words and the
letters that the other has not. The usual file holds one block of each, in either order; the best two-block split of
the lines is taken. Where that misplaces many letters the texts alternate, and each line goes by its own letters,
neutral lines with the one before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import regex

from collation.knowledge.language_codes import other_codes
from collation.knowledge.letters import count_letters, fold
from collation.languages import LANGUAGES
from collation.model.language import Language, LanguagePair
from collation.reading.lines import Line

Side = Literal["original", "translation"]
Count = tuple[int, int]
_INTERLEAVED = 0.10
_WORD = regex.compile(r"\p{L}+")


def side_of_code(code: str) -> Side | None:
    """The side of a language that a file names ("ru", "rus", "ru-RU"); None of one that is not read."""
    short = code.replace("_", "-").partition("-")[0].lower()
    role = next((own.role for own in LANGUAGES if short in (own.code, *other_codes(own.code))), None)
    return role if role == "original" or role == "translation" else None


def counter(languages: LanguagePair) -> Callable[[str], Count]:
    """What counts, in a text, for the original and for the translation."""
    left, right = languages
    if left.script == right.script:
        return lambda text: (_telling(text, left, right), _telling(text, right, left))
    return count_letters if left.script == "cyrillic" else lambda text: count_letters(text)[::-1]


def _telling(text: str, own: Language, other: Language) -> int:
    """The words that only one of two languages of one script writes."""
    strange = frozenset(own.letters) - frozenset(other.letters)
    small = own.function_words - other.function_words
    words = [fold(word) for word in _WORD.findall(text)]
    return sum(word in small or not strange.isdisjoint(word) for word in words)


def assign_sides(lines: list[Line], languages: LanguagePair) -> list[Side]:
    """The side of every line; all the same when the text has one language only."""
    count = counter(languages)
    counts = [count(line.text) for line in lines]
    left, right = sum(c[0] for c in counts), sum(c[1] for c in counts)
    if left + right == 0 or right <= 0.02 * left or not any(b > a for a, b in counts):
        return ["original"] * len(lines)
    if left <= 0.02 * right or not any(a > b for a, b in counts):
        return ["translation"] * len(lines)
    cost, split, first = _best_split(counts, left, right)
    if cost > _INTERLEAVED * (left + right):
        return _line_by_line(counts)
    second: Side = "translation" if first == "original" else "original"
    return [first if i < split else second for i in range(len(lines))]


def _best_split(counts: list[Count], left: int, right: int) -> tuple[int, int, Side]:
    """The fewest misplaced letters, the line at which the second block begins, the first block's side."""
    best: tuple[int, int, Side] = (left + right + 1, 0, "original")
    seen_left = seen_right = 0
    for index, (a, b) in enumerate(counts):
        original_first, translation_first = seen_right + left - seen_left, seen_left + right - seen_right
        if b > a and original_first < best[0]:
            best = (original_first, index, "original")
        if a > b and translation_first < best[0]:
            best = (translation_first, index, "translation")
        seen_left += a
        seen_right += b
    return best


def _line_by_line(counts: list[Count]) -> list[Side]:
    current: Side = next(("original" if a >= b else "translation" for a, b in counts if a + b), "original")
    sides: list[Side] = []
    for a, b in counts:
        if a != b:
            current = "original" if a > b else "translation"
        sides.append(current)
    return sides
