"""Clock times of either language, and the figures that could be an hour, a date or a decimal.

"20.15", "23:50", "в 21 час 30 минут", "1950 г. 18 час. 40 мин.", "at 2035", "10:15 p.m.", "в 4 часа утра"; hours are counted to twenty-four. What else the figures
could mean is carried along: the usual meaning depends on the language and on the words beside them.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from collation.knowledge.values.amounts import read_figures
from collation.knowledge.values.atoms import Atom, Scan
from collation.knowledge.values.quantities import HALF_NAMED, Kind, NumberPiece, Value

Found = tuple[Value, int]
_PARTS_OF_DAY = frozenset("утра дня вечера ночи пополудни пополуночи".split())
_LAST_OF_DAY, _FIRST_OF_NIGHT = 6, 9  # "6 часов дня" is 18; "9 часов ночи" is 21
_DAY_MONTH = regex.compile(r"(\d{1,2})\.(\d{1,2})")


def make(
    run: Scan, i: int, after: int, pieces: list[NumberPiece], *, broken: bool = False, kind: Kind = "date"
) -> Found:
    """A value of the atoms from i to after, and after."""
    made = Value(
        kind,
        tuple(pieces),
        run.atoms[i].index,
        run.atoms[after - 1].end,
        run.language,
        broken=broken,
    )
    return made, after


def pair_of_figures(run: Scan, i: int) -> Found | None:
    """ "30.9", "23.32", "20:15": a day and month, or an hour; in English with a point a number first of all."""
    atom = run.at(i)
    match = _DAY_MONTH.fullmatch(atom.text.replace(":", ".")) if atom and atom.figures else None
    if not atom or not match:
        return None
    left, right, colon = int(match[1]), int(match[2]), ":" in atom.text
    number = None if colon else read_figures(run, i)
    if number and (number[1] > i + 1 or number[0].unit == "percent"):
        return number
    dates: list[Value] = []
    if 1 <= left <= 31 and 1 <= right <= 12 and not colon:
        day, month = atom.part("day", *match.span(1), left), atom.part("month", *match.span(2), right)
        dates.append(make(run, i, i + 1, [day, month])[0])
    is_hour = left <= 24 and right <= 59 and len(match[2]) == 2
    times = [_clock(run, i, atom, match)] if is_hour else []
    numbers = [number[0]] if number else []
    if times and (_marks_hour(run, i) or atom.text.startswith("0")):
        options = [*times, *dates, *numbers]
    elif run.language == "en":
        options = [*numbers, *times, *dates]
    else:
        options = [*dates, *times, *numbers]
    if not options:
        return None
    after = _half_day_after(run, i + 1) if options[0].kind == "time" else i + 1
    return replace(options[0], others=tuple(options[1:])), after


def _marks_hour(run: Scan, i: int) -> bool:
    before = run.word(i - 1) in {"в", "at", "к", "by", "from", "until"}
    after = run.word(i + 1) in {"pm", "am", "p", "a", "час", "часов", "ч", "hours", "hrs"}
    dated = run.atoms[i - 1].figures and "." in run.atoms[i - 1].text if i else False
    return before or after or bool(dated)


def _clock(run: Scan, i: int, atom: Atom, match: regex.Match[str]) -> Value:
    hour = _afternoon(run, i + 1, int(match[1]))
    pieces = [atom.part("hour", *match.span(1), hour), atom.part("minute", *match.span(2), int(match[2]))]
    return _in_half(make(run, i, i + 1, pieces, kind="time")[0], run, i + 1)


def _afternoon(run: Scan, i: int, hour: int) -> int:
    """The hour on a clock of twenty-four, by a following a.m., p.m., вечера or дня."""
    half = _half_at(run, i)
    if half == "дня":
        return hour + 12 if hour <= _LAST_OF_DAY else hour
    if half == "ночи":
        return hour + 12 if _FIRST_OF_NIGHT <= hour < 12 else hour % 12 if hour == 12 else hour
    if half in {"pm", "вечера", "пополудни"} and hour < 12:
        return hour + 12
    return 0 if half in {"am", "пополуночи"} and hour == 12 else hour


def _half_at(run: Scan, i: int) -> str:
    """The word or sign at i that says the half of the day; empty where there is none."""
    if run.language == "ru":
        return run.word(i) if run.word(i) in _PARTS_OF_DAY else ""
    found = run.word(i) + run.word(i + 2) if run.word(i + 1) == "." else run.word(i)
    return found if found in {"am", "pm"} else ""


def _in_half(time: Value, run: Scan, i: int) -> Value:
    """The time, said to be of its half of the day where a word or sign at i names it."""
    return replace(time, unit=HALF_NAMED) if _half_at(run, i) else time


def _half_day_after(run: Scan, i: int) -> int:
    if run.word(i) in {"am", "pm"}:
        return i + 1
    return i + 4 if run.word(i) in {"a", "p"} and run.word(i + 2) == "m" and run.word(i + 3) == "." else i


def hours_in_words(run: Scan, i: int) -> Found | None:
    """ "в 21 час 30 минут", "7 p.m.", "10 o'clock"."""
    atom, hour = run.at(i), run.whole(i)
    if atom is None or hour is None or hour > 24 or atom.suffix:
        return None
    following = run.word(i + 1)
    after = _half_day_after(run, i + 1)
    number = Value("number", (atom.piece("amount", hour),), atom.index, atom.end, run.language, "hour")
    if after > i + 1 or following in {"o'clock", "o’clock"}:
        pieces = [
            atom.piece("hour", _afternoon(run, i + 1, hour)),
            atom.part("minute", len(atom.text), len(atom.text), 0),
        ]
        found = _in_half(make(run, i, i + 1, pieces, kind="time")[0], run, i + 1)
        return replace(found, others=(number,)), max(after, i + 2)
    before = run.word(i - 1) in {"в", "к", "до", "с", "около", "после"} or _follows_date(run, i)
    if following not in {"час", "часа", "часов", "ч"} or not before:
        return None
    j = i + 2 + (run.word(i + 2) == ".")
    minute = run.whole(j) if run.word(j + 1).startswith("мин") else None
    own = (
        run.atoms[j].piece("minute", minute)
        if minute is not None
        else atom.part("minute", len(atom.text), len(atom.text), 0)
    )
    end = j if minute is None else j + 2 + (run.word(j + 2) == ".")
    piece = atom.piece("hour", _afternoon(run, end, hour))
    found, _ = make(run, i, j + 2 if minute is not None else i + 2, [piece, own], kind="time")
    return replace(_in_half(found, run, end), others=() if minute is not None else (number,)), end


def _follows_date(run: Scan, i: int) -> bool:
    """Whether "г." or a date in figures precedes, as in "5 мая 1950 г. 18 час. 40 мин.": then it is no duration."""
    k = i - 1 - (run.word(i - 1) == ".")
    return k > 0 and (run.word(k) in {"г", "года"} or (run.atoms[k].figures and run.atoms[k].text.count(".") >= 1))


def hhmm(run: Scan, i: int) -> Found | None:
    """ "at 2035", "2330 30 September": four figures for an hour in English."""
    atom = run.at(i)
    if (
        run.language != "en"
        or atom is None
        or not atom.figures
        or not regex.fullmatch(r"\d{4}", atom.text)
        or atom.suffix
    ):
        return None
    hour, minute = int(atom.text[:2]), int(atom.text[2:])
    dated = run.whole(i + 1) is not None and bool(run.numerals(i + 2, "month"))
    if hour > 23 or minute > 59 or not (run.word(i - 1) == "at" or dated or run.word(i + 1) in {"hours", "hrs"}):
        return None
    time, _ = make(run, i, i + 1, [atom.part("hour", 0, 2, hour), atom.part("minute", 2, 4, minute)], kind="time")
    year = make(run, i, i + 1, [atom.piece("year", int(atom.text))])[0]
    return replace(time, others=(year,)), i + 1
