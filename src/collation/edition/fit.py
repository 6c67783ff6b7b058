"""A reading fitted to the place where it is written: lines stay where they were broken, words keep their break."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from collation.model import Place

_BREAK = re.compile(r"[ \t]*(?:\r\n|[\n\r\f\u2028\u2029])\s*")
_VOWELS = frozenset("аеёиоуыэюяіѣѵaeiouy")
_NO_FIRST = frozenset("ьъй")
HYPHENS = "-¬‐\u00ad"
_CLOSE = 2


def fit_reading(text: str, place: Place, reading: str) -> str:
    """What is to be written from the first to the last character of a place, so that it reads ``reading``.

    What lies between the spans of the place stays, and so does every line break inside it: a break that would
    fall into a word of the reading gets a hyphen, a hyphen that would fall between two words goes.
    """
    words, breaks = _apart(text, place)
    if not breaks:
        return reading
    if not reading:
        return "".join(gap.lstrip(HYPHENS) for gap in breaks) if len(place.spans) > 1 else ""
    joint = "".join(w + ("" if gap.strip() else " ") for w, gap in zip(words, [*breaks, "-"], strict=True))
    found, last, offset = [], 0, 0
    for word, gap in zip(words, breaks, strict=False):
        offset += len(word)
        at = _cut(new=reading, at=_answer(joint, reading, offset), least=last, broken=gap[:1] in HYPHENS)
        offset += 0 if gap.strip() else 1
        rest = reading[at:]
        found.append(reading[last:at].rstrip(" ") + _joint(reading[:at], rest, gap))
        last = len(reading) - len(rest.lstrip(" "))
    return "".join([*found, reading[last:]])


def _apart(text: str, place: Place) -> tuple[list[str], list[str]]:
    """The words of a place between its breaks, and the breaks."""
    pieces = re.split(f"({_BREAK.pattern})", place.spans[0].of(text))
    for left, right in zip(place.spans, place.spans[1:], strict=False):
        pieces += [text[left.stop : right.start], *re.split(f"({_BREAK.pattern})", right.of(text))]
    return pieces[0::2], pieces[1::2]


def _joint(left: str, right: str, gap: str) -> str:
    """The break between two parts of the reading: with a hyphen inside a word, without one between two."""
    inside = left[-1:].isalpha() and right[:1].isalpha()
    if gap[:1] in HYPHENS:
        return gap if inside else gap.lstrip(HYPHENS)
    return gap if gap.strip() or not inside else f"-{gap}"


def _answer(old: str, new: str, at: int) -> int:
    """Where an offset of the old words lies in the new ones."""
    for block in Levenshtein.opcodes(old, new):
        if block.src_start <= at <= block.src_end:
            return min(block.dest_start + at - block.src_start, block.dest_end)
    return len(new)


def _cut(*, new: str, at: int, least: int, broken: bool) -> int:
    """Where to break the reading near an offset: at a blank; else where a word can be broken; else at an end."""
    near = sorted(range(least, len(new) + 1), key=lambda i: (abs(i - at), i))
    blanks = [i for i in near if abs(i - at) <= _CLOSE and " " in (new[i - 1 : i], new[i : i + 1])]
    ends = [i for i in near if abs(i - at) <= _CLOSE and i in (0, len(new))]
    inside = [i for i in near if least < i < len(new)]
    well = [i for i in inside if _breaks_well(new[least:i], new[i:])]
    choice = [*blanks[:1], *well[:1], *inside[:1]] if broken else [*blanks[:1], *ends[:1], *well[:1]]
    return next(iter(choice), max(least, min(at, len(new))))


def _breaks_well(left: str, right: str) -> bool:
    """Whether a word may be broken here: a vowel in either part, no sign at the head of the second."""
    last, first = re.split(r"\W", left)[-1], re.split(r"\W", right)[0]
    vowels = _VOWELS & set(first.lower()) and _VOWELS & set(last.lower())
    return bool(vowels) and first[:1].lower() not in _NO_FIRST
