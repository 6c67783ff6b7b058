"""What the text itself says for one of two differing values: the noun behind it, the weekday, a sum, the order of a range.

Each answers 1 where it contradicts the original alone, -1 where it contradicts the translation alone, and None where it
contradicts both or neither. They are witnesses of one sentence; those of the whole document are in ``value_at_fault``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import regex

from collation.knowledge.letters import fold
from collation.knowledge.values.quantities import Value
from collation.knowledge.words import morphology
from collation.model import Place

_NEXT_WORD = regex.compile(r"[\s\u00a0]*(?P<word>\p{L}+)")
_RUSSIAN_DAYS = tuple("понедельник вторник среда четверг пятница суббота воскресенье".split())
_ENGLISH_DAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
_WORD = regex.compile(r"\p{L}+")
_NEAR = 24  # characters within which a weekday belongs to a date
_LEAST_TOTAL = 20  # smaller sums come out by chance
_MOST_ADDENDS = 40
_RANGE = regex.compile(r"\s*(?:-|–|—|до|to)\s*")
_UNCOUNTED = frozenset("series species means headquarters barracks works sheep people men women children".split())


def verdict(left: bool | None, right: bool | None) -> float | None:
    """1 where the original alone is contradicted, -1 where the translation alone is."""
    if left is None or right is None or left == right:
        return None
    return -1.0 if left else 1.0


def noun_agrees(text: str, value: Value, amount: Fraction | None) -> bool | None:
    """Whether the noun behind a number has the form that this amount asks for; None where its form does not tell."""
    match = _NEXT_WORD.match(text, value.place.stop)
    scaled = any(p.role in {"scale", "share"} for p in value.pieces)
    if match is None or value.kind != "number" or value.ordinal or scaled or amount is None or amount.denominator != 1:
        return None
    if value.language == "en":
        return _english_agrees(match["word"], int(amount)) if text[value.place.stop] in " \n\u00a0" else None
    return _russian_agrees(fold(match["word"]), int(amount)) if value.language == "ru" else None


def _english_agrees(word: str, amount: int) -> bool | None:
    if not word.islower() or word in _UNCOUNTED or len(word) < 4 or amount > 20:
        return None
    return amount != 1 if word.endswith("s") and not word.endswith("ss") else None


def _russian_agrees(word: str, amount: int) -> bool | None:
    """ "2 дня" and "5 дней": the genitive singular behind two, three, four; the plural behind five and more."""
    parses = [p for p in morphology.parses(word) if p.pos == "NOUN"]
    if not parses or len({p.lemma for p in parses}) > 1:
        return None
    forms = {(p.case, p.number) for p in parses}
    last = 0 if amount % 100 in range(11, 15) else amount % 10
    oblique = any(case in {"datv", "ablt", "loct"} for case, _ in forms)
    if oblique:
        return None
    if forms == {("gent", "plur")} or forms == {("gent", "plur"), ("accs", "plur")}:
        return last != 1
    if ("gent", "sing") in forms and ("gent", "plur") not in forms:
        return last in {1, 2, 3, 4} if ("nomn", "sing") in forms else last in {2, 3, 4}
    if ("nomn", "sing") in forms and not any(number == "plur" for _, number in forms):
        return last == 1
    return None


def weekday_agrees(text: str, value: Value, year: int | None) -> bool | None:
    """Whether the weekday beside a full date is that of the calendar; None where there is none."""
    day, month = value.known("day"), value.known("month")
    named = _weekday_beside(text, value)
    own = value.known("year") or year
    if named is None or day is None or month is None or own is None or value.kind != "date":
        return None
    try:
        return date(own, month, day).weekday() == named
    except ValueError:
        return False


def _weekday_beside(text: str, value: Value) -> int | None:
    around = (text[max(0, value.place.start - _NEAR) : value.place.start], text[value.place.stop :][:_NEAR])
    for word in [w for part in around for w in _WORD.findall(part.replace("\n\n", "."))]:
        folded = fold(word)
        if folded in _ENGLISH_DAYS:
            return _ENGLISH_DAYS.index(folded)
        lemma = next(iter(morphology.lemmas(folded)[:1]), "") if value.language == "ru" else ""
        if lemma in _RUSSIAN_DAYS:
            return _RUSSIAN_DAYS.index(lemma)
    return None


def adds_up(amounts: Sequence[Fraction], at: int, amount: Fraction) -> bool:
    """Whether with this amount in its place the numbers of a sentence, row or column hold a sum: a total and what it is
    made of, one behind the other."""
    listed = [*amounts[:at], amount, *amounts[at + 1 :]]
    for total in range(max(0, at - _MOST_ADDENDS), min(len(listed), at + _MOST_ADDENDS)):
        whole = listed[total]
        if whole < _LEAST_TOTAL:
            continue
        behind, before = _reaches(listed[total + 1 :], whole), _reaches(listed[:total][::-1], whole)
        if behind > 1 and total <= at <= total + behind:
            return True
        if before > 1 and total - before <= at <= total:
            return True
    return False


def _reaches(rest: Sequence[Fraction], whole: Fraction) -> int:
    """After how many of these numbers their sum is the whole; 0 when it never is."""
    reached = Fraction(0)
    for count, number in enumerate(rest, 1):
        reached += number
        if reached == whole:
            return count
        if reached > whole:
            return 0
    return 0


def in_order(text: str, value: Value, others: Sequence[Value]) -> bool | None:
    """Whether a range of which this value is one end rises: "1914–1918", "от 5 до 6"."""
    own = _size(value)
    for other in others:
        size = _size(other)
        if own is None or size is None or other.language != value.language or other.kind != value.kind:
            continue
        if _leads(text, value.place, other.place):
            return own < size
        if _leads(text, other.place, value.place):
            return size < own
    return None


def _leads(text: str, first: Place, second: Place) -> bool:
    return 0 < second.start - first.stop < 8 and bool(_RANGE.fullmatch(text, first.stop, second.start))


def _size(value: Value) -> Fraction | None:
    if value.kind == "number":
        return value.amount
    year = value.known("year")
    return Fraction(year) if year is not None and len(value.pieces) == 1 else None
