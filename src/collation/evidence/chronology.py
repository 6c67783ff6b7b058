"""The order of events in the life of a document: sent, received, arrived, deciphered, copied.

Headings of telegrams say when each step was taken. A step that is earlier than the one before it, on the same side,
contradicts the order; the date and hour that follow a step's word belong to it. In a heading the word begins its clause,
or stands behind the name of what was sent ("Телеграмма подана 14.6.51 18.40. Принята …"), and its moment follows at once
or has an hour; prose that tells when money was received and waggons were handed over is of many things, and no heading.
Blind to steps without such a word and to headings that name what was sent in more than a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.knowledge.values.finding import find_values
from collation.knowledge.values.numerals import numerals
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
_LIGHT = frozenset(
    "a an and are been from has have in is it of the this was were была было были из и от он она оно".split()
)
_AT_ONCE = frozenset("at in on в во г час".split())  # what may part a step's word and its moment
_MOMENT_ENDS = frozenset("г ч м час часа часов мин минут минуты года году hours hrs am pm".split())
_WORD = regex.compile("|".join(sorted(_STEP, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Event:
    """A step with its rank and the moment given with it; either half may be missing.

    ``heads`` are the words of its clause before it, those that say nothing left out; ``at_once`` whether the moment follows
    without other words.
    """

    rank: int
    word: Token
    date: Value | None
    time: Value | None
    heads: tuple[str, ...] = ()
    at_once: bool = True

    @property
    def in_heading(self) -> bool:
        """Whether the step is one of a heading, by itself or with the name of what was sent."""
        return len(self.heads) <= 1 and (self.at_once or self.time is not None)

    def continues(self, earlier: Event) -> bool:
        """Whether the step is of the thing that an earlier one is of, by naming none or the same."""
        return not self.heads or self.heads == earlier.heads

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
        following = tokens[i + 1 : min(stop, i + 24)]
        date, time = _moment(following, language)
        moment = [v for v in (date, time) if v is not None]
        if moment:
            between = following[: min(v.first for v in moment)]
            at_once = all(t.kind == "mark" or fold(t.text) in _AT_ONCE for t in between)
            found.append(Event(rank, tokens[i], date, time, _heads(tokens, i, language), at_once))
    return tuple(found)


def _heads(tokens: Sequence[Token], i: int, language: Language) -> tuple[str, ...]:
    """The words from the beginning of the clause to its step, those that say nothing left out. A capital begins a clause, too."""
    found: list[str] = []
    j = i
    while not tokens[j].text[:1].isupper() and j and not _ends_clause(tokens[j - 1], language):
        j -= 1
        word = fold(tokens[j].text)
        found += [word] if word not in _LIGHT else []
    return tuple(found)


def _ends_clause(token: Token, language: Language) -> bool:
    """Whether a mark, or the end of a moment, is before what follows."""
    if token.kind != "word":
        return True
    return fold(token.text) in _MOMENT_ENDS or any(n.kind == "month" for n in numerals(token.text, language.code))


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
                of_one_thing = earlier.in_heading and later.in_heading and later.continues(earlier)
                if of_one_thing and earlier.rank < later.rank and precedes(later, earlier):
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
