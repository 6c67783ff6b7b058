"""Hours as they are spoken: "в половине третьего", "без четверти пять", "half past two", "a quarter to five", "noon".

They are loose: such an hour may answer one in figures, and is not doubted itself.
"""

from __future__ import annotations

from dataclasses import replace

from collation.knowledge.values.atoms import Scan
from collation.knowledge.values.clock import Found, make
from collation.knowledge.words import morphology

_NAMED = {"noon": 12, "midday": 12, "midnight": 0, "полдень": 12, "полночь": 0}
_PREPOSITIONS = frozenset("в к до с около после at by before after until from till around about".split())
_QUARTER = 15
_HOURS = 12


def named_hour(run: Scan, i: int) -> Found | None:
    """ "at noon", "в полночь"."""
    word = run.word(i)
    lemma = next(iter(morphology.lemmas(word)[:1]), "") if run.language == "ru" and word.startswith("пол") else word
    if lemma not in _NAMED or run.word(i - 1) not in _PREPOSITIONS:
        return None
    return _spoken(run, i, i + 1, _NAMED[lemma], 0, i, i)


def past_or_to(run: Scan, i: int) -> Found | None:
    """ "half past two", "ten minutes to five", "a quarter past three"."""
    if run.language != "en":
        return None
    minutes, j = _minutes_at(run, i)
    j += run.word(j) in {"minute", "minutes"}
    sign = {"past": 1, "after": 1, "to": -1, "before": -1, "of": -1}.get(run.word(j), 0)
    hours = [int(n.value) for n in run.numerals(j + 1, "cardinal")] or [run.whole(j + 1) or 0]
    if not minutes or not sign or not 1 <= hours[0] <= _HOURS or (run.word(j) != "past" and run.word(i) != "quarter"):
        return None
    hour, minute = divmod(hours[0] * 60 + sign * minutes, 60)
    return _spoken(run, i, j + 2, hour, minute, j + 1, i)


def _minutes_at(run: Scan, i: int) -> tuple[int, int]:
    """The minutes before "past" or "to", and where they end."""
    if run.word(i) in {"half", "quarter"}:
        return (30 if run.word(i) == "half" else _QUARTER), i + 1
    found = [int(n.value) for n in run.numerals(i, "cardinal") if n.value < 30] or [run.whole(i) or 0]
    return (found[0], i + 1) if found[0] < 30 else (0, i + 1)


def half_of_an_hour(run: Scan, i: int) -> Found | None:
    """ "в половине третьего", "четверть пятого"."""
    if run.language != "ru" or run.word(i) not in {"половине", "половины", "половина", "четверть", "четверти"}:
        return None
    hours = [int(n.value) for n in run.numerals(i + 1, "ordinal") if n.value <= _HOURS]
    word = run.word(i + 1)
    following = run.word(i + 2)
    if not hours or not word.endswith("го") or (following.isalpha() and following.startswith(("год", "век"))):
        return None
    minute = 30 if run.word(i).startswith("полов") else _QUARTER
    return _spoken(run, i, i + 2, hours[0] - 1, minute, i + 1, i)


def short_of_an_hour(run: Scan, i: int) -> Found | None:
    """ "без четверти пять", "без десяти минут три"."""
    if run.language != "ru" or run.word(i) != "без":
        return None
    found = [int(n.value) for n in run.numerals(i + 1, "cardinal") if n.value <= 25]
    minutes = _QUARTER if run.word(i + 1) == "четверти" else found[0] if found else 0
    j = i + 2 + (run.word(i + 2) == "минут")
    hours = [int(n.value) for n in run.numerals(j, "cardinal") if 1 <= n.value <= _HOURS]
    if not minutes or not hours:
        return None
    return _spoken(run, i, j + 1, (hours[0] - 1) % 24, 60 - minutes, j, i + 1)


def _spoken(run: Scan, i: int, after: int, hour: int, minute: int, hour_at: int, minute_at: int) -> Found:
    minute_piece = run.atoms[minute_at].piece("minute", minute, form="word")
    pieces = [run.atoms[hour_at].piece("hour", hour, form="word"), minute_piece]
    found, after = make(run, i, after, pieces, kind="time")
    return replace(found, loose=True), after


CLOCK_WORDS = (named_hour, past_or_to, half_of_an_hour, short_of_an_hour)
