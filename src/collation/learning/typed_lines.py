"""Paragraphs as a typist sets them: short lines, words parted at their ends."""

from __future__ import annotations

import regex

WIDTH = 66  # signs of a line
_LEAST = 2  # letters of each part of a word that is parted
_VOWELS = "аеёиоуыэюя"
_NEVER_FIRST = "йьъы"  # a line does not begin with these
_WORD = regex.compile(r"[а-яёА-ЯЁ]+")


def typed(paragraph: str, width: int = WIDTH) -> str:
    """A paragraph in lines of at most so many signs, its Russian words parted with hyphens where a line is full."""
    lines = [""]
    for word in paragraph.split():
        rest, room = word, width - len(lines[-1]) - bool(lines[-1])
        if len(word) > room and (cut := _break(word, room)):
            lines[-1] += f"{' ' if lines[-1] else ''}{word[:cut]}-"
            lines.append("")
            rest, room = word[cut:], width
        if len(rest) > room and lines[-1]:
            lines.append("")
        lines[-1] += f"{' ' if lines[-1] else ''}{rest}"
    return "\n".join(lines)


def _break(word: str, room: int) -> int:
    """After how many signs a word is parted so that it fits with a hyphen; 0 where it cannot be.

    Each part has a vowel; a consonant before a vowel goes with it, and what softens a consonant stays with it.
    """
    found = _WORD.search(word)
    if found is None:
        return 0
    start, stop = found.span()
    for cut in range(min(room - 1, stop - _LEAST), start + _LEAST - 1, -1):
        left, right = word[start:cut].lower(), word[cut:stop].lower()
        parted = _has_vowel(left) and _has_vowel(right) and right[0] not in _NEVER_FIRST
        if parted and not (right[0] in _VOWELS and left[-1] not in _VOWELS):
            return cut
    return 0


def _has_vowel(part: str) -> bool:
    return any(letter in _VOWELS for letter in part)
