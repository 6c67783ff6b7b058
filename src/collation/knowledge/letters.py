"""Letters: folding for comparison, scripts, letter case. Comparisons use folded copies, the file never changes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

RUSSIAN_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
VOWELS = frozenset("аеёиоуыэюяaeiouy")


@lru_cache(maxsize=10_000)
def fold(word: str) -> str:
    """Lower case, ё as е, stress marks out; й stays й also where the file writes it in two code points."""
    if "\u0306" in word:
        word = unicodedata.normalize("NFC", word)
    lower = word.lower()
    if "ё" in lower or "\u0301" in lower or "\u0306" in lower:
        return lower.replace("ё", "е").replace("\u0301", "").replace("\u0306", "")
    return word if lower == word else lower  # what many keep is kept once


def is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u052f"


def is_latin(char: str) -> bool:
    return char.isalpha() and char < "\u0250"


def count_letters(text: str) -> tuple[int, int]:
    """How many Cyrillic and how many Latin letters the text has."""
    return sum(map(is_cyrillic, text)), sum(map(is_latin, text))


def script(word: str) -> str:
    """ "cyrillic", "latin", "mixed" or "none"."""
    cyrillic = any(is_cyrillic(c) for c in word)
    latin = any(is_latin(c) for c in word)
    if cyrillic and latin:
        return "mixed"
    return "cyrillic" if cyrillic else "latin" if latin else "none"


def case_of(word: str) -> str:
    """ "lower", "title", "upper" or "mixed", from the letters only. One capital letter counts as title."""
    letters = [c for c in word if c.isalpha()]
    if not letters or all(c.islower() for c in letters):
        return "lower"
    if all(c.isupper() for c in letters):
        return "upper" if len(letters) > 1 else "title"
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return "title"
    parts = word.split("-")
    if len(parts) > 1 and all(case_of(p) in ("title", "lower") for p in parts if p) and letters[0].isupper():
        return "title"
    return "mixed"


def like(word: str, model: str) -> str:
    """The word in the letter case of the model, for a proposed reading."""
    shape = case_of(model)
    if shape == "upper":
        return word.upper()
    if shape == "title":
        return word[:1].upper() + word[1:]
    return word


def one_letter_away(word: str, letters: str) -> list[str]:
    """The strings that one of these letters more, one letter less, one exchanged or two turned round make of a word, in order."""
    made = {word[:i] + word[i + 1 :] for i in range(len(word))}
    made |= {word[:i] + c + word[i + 1 :] for i in range(len(word)) for c in letters}
    made |= {word[:i] + c + word[i:] for i in range(len(word) + 1) for c in letters}
    made |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    made.discard(word)
    return sorted(made)
