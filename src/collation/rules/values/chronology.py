"""The order of events in the life of a document: sent, received, arrived, deciphered, copied.

Headings of telegrams say when each step was taken. A step that is earlier than the one before it, on the same side,
contradicts the order; the date and hour that follow a step's word belong to it. Blind to steps without such a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.knowledge.values.finding import find_values
from collation.knowledge.values.quantities import Value, clock
from collation.model import Place, Token, Witness
from collation.model.language import Language

_STEPS = (
    ("sent", "подан отправлен послан sent dispatched transmitted"),
    ("received", "принят получен received"),
    ("arrived", "поступил arrived delivered"),
    ("deciphered", "расшифрова deciphered decoded decrypted"),
    ("copied", "отпечатан отп printed typed"),
)
_STEP = {word: rank for rank, (_, words) in enumerate(_STEPS) for word in words.split()}
_WORD = regex.compile("|".join(sorted(_STEP, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Event:
    """A step with its rank and the moment given with it; either half may be missing."""

    rank: int
    word: Token
    date: Value | None
    time: Value | None

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(p.place for v in (self.date, self.time) if v for p in v.pieces)


def events(context: Context, witness: Witness) -> tuple[Event, ...]:
    """The steps of a witness that have a date or an hour, in order of the text."""
    found: list[Event] = []
    language = context.languages.of(witness.language)
    tokens = [t for s in (*witness.segments, *witness.furniture) for t in s.tokens]
    tokens.sort(key=lambda t: t.start)
    steps = [(i, rank) for i, t in enumerate(tokens) if (rank := _rank(t)) is not None]
    for (i, rank), (stop, _) in zip(steps, [*steps[1:], (len(tokens), 0)], strict=False):
        found_here = _moment(tokens[i + 1 : min(stop, i + 24)], language)
        if found_here != (None, None):
            found.append(Event(rank, tokens[i], *found_here))
    return tuple(found)


def _rank(token: Token) -> int | None:
    match = _WORD.match(fold(token.text)) if token.kind == "word" else None
    if match is None or len(token.text) > len(match.group()) + 3:
        return None
    return _STEP[match.group()]


def _moment(tokens: Sequence[Token], language: Language) -> tuple[Value | None, Value | None]:
    values = find_values(tokens, language)
    date = next((v for v in values if v.kind == "date" and v.piece("day") and not v.broken), None)
    time = next((v for v in values if v.kind == "time"), None)
    return date, time


def out_of_order(context: Context) -> frozenset[Place]:
    """The places of dates and hours that contradict an earlier step on their own side, and of that step."""
    found: set[Place] = set()
    for earlier, later in contradictions(context):
        found.update(later.places)
        found.update(earlier.places)
    return frozenset(found)


def contradictions(context: Context) -> list[tuple[Event, Event]]:
    """Pairs of steps of one side of which the later one is dated before the earlier one."""
    found = []
    for witness in context.document.witnesses:
        if witness.role == "catalogue":
            continue
        listed = events(context, witness)
        for k, later in enumerate(listed):
            for earlier in listed[max(0, k - 3) : k]:
                if earlier.rank < later.rank and precedes(later, earlier):
                    found.append((earlier, later))
    return found


def precedes(left: Event, right: Event) -> bool:
    """Whether the left moment is certainly before the right one."""
    if left.date is None or right.date is None:
        return False
    a, b = _days(left.date), _days(right.date)
    years = [d.piece("year") for d in (left.date, right.date)]
    if all(years) and not years[0].values & years[1].values:  # type: ignore[union-attr]
        return max(years[0].values) < min(years[1].values)  # type: ignore[union-attr]
    if a is None or b is None:
        return False
    if a != b:
        return a < b and b - a < 300
    if left.time is None or right.time is None:
        return False
    first, second = clock(left.time), clock(right.time)
    return first is not None and second is not None and first < second


def _days(date: Value) -> int | None:
    """A day of the year, months counted as 31 days."""
    day, month = date.known("day"), date.known("month")
    return None if day is None or month is None else month * 31 + day
