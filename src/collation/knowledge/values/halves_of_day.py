"""What names the half of the day behind an hour, and what it should read beside another hour: "8 p.m.", "8 часов вечера".

An hour that such words follow is counted to twelve. "o'clock" and "in the evening" say so as well, and stay as they are.
"""

from __future__ import annotations

import regex

_NOON = 12
_HALVES = {
    "en": regex.compile(r"\s?(?P<half>[ap])(?P<rest>\.\s?m\.?|\s?m\b)", regex.I),
    "ru": regex.compile(r"(?:\s*(?:час|мин)\p{Ll}*\.?)?\s+(?P<half>утра|дня|вечера|ночи)(?P<rest>)\b"),
}
_HOURS_OF = {
    "утра": range(4, 12),
    "дня": range(12, 18),
    "вечера": range(16, 24),
    "ночи": (21, 22, 23, 24, 0, 1, 2, 3, 4),
}
_COUNTED_TO_TWELVE = regex.compile(r"\s(?:o['’]clock|in the (?:evening|afternoon|morning)|at night)\b")


def beside_hour(text: str, stop: int, hour: int, language: str) -> str | None:
    """What should be behind a time that ends at ``stop``, from there to the end of what names its half of the day, if the hour
    is this one of twenty-four; empty where that stays, None where the hour is not counted to twelve.
    """
    named = _HALVES[language].match(text, stop) if language in _HALVES else None
    if named is None:
        return "" if _COUNTED_TO_TWELVE.match(text, stop) else None
    half = _half(named["half"], hour)
    return "" if half == named["half"] else text[stop : named.start("half")] + half + named["rest"]


def end_of_half(text: str, stop: int, language: str) -> int:
    """Where what names the half of the day of a time ends; the end of the time itself where nothing does."""
    named = _HALVES[language].match(text, stop) if language in _HALVES else None
    return named.end() if named else stop


def of_twelve(hour: int) -> int:
    """An hour of twenty-four on a clock of twelve."""
    return hour % _NOON or _NOON


def _half(said: str, hour: int) -> str:
    """The half or quarter of the day in which an hour is: the one that is said, if it can be."""
    if said.lower() in {"a", "p"}:
        half = "p" if hour >= _NOON else "a"
        return half.upper() if said.isupper() else half
    return said if hour in _HOURS_OF[said] else next(part for part, hours in _HOURS_OF.items() if hour in hours)
