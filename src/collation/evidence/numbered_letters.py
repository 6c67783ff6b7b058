"""The place of a letter's day in a series: number 412 is between 411 of 2 March and 413 of 5 March.

Asked are the other documents that have a number of the same series (``evidence/collected.py``), some on either side, of one year at a
time, for offices begin anew with each. They say something where their own days rise with their numbers, and where the nearest two are not
far apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from collation.evidence import collected
from collation.evidence.collected import Numbered
from collation.evidence.context import Context
from collation.knowledge.collection import Use

_SIDE = 2  # neighbours that are asked on either side
_NEAR = 40  # numbers within which one is a neighbour
_APART = 62  # days that the nearest two may be apart
_A_YEAR = 2  # letters that make a year one of the series
_SLACK = timedelta(days=1)  # a number may be given a day before or after its neighbour's


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another document of the series: its number, its day, its name."""

    number: int
    day: date
    name: str

    def __str__(self) -> str:
        return f"{self.number}, {self.day.day}.{self.day.month:02}.{self.day.year} ({self.name})"


@dataclass(frozen=True, slots=True)
class Between:
    """The nearest neighbours of a number on either side in one year, and how many were asked."""

    before: Neighbour
    after: Neighbour
    asked: int

    def holds(self, day: date) -> bool:
        """Whether a day does not break the series."""
        return self.before.day - _SLACK <= day <= self.after.day + _SLACK


@dataclass(frozen=True, slots=True)
class InSeries:
    """A number and a day of a document among the others: its neighbours in its own year, and those in the other years of the
    series; ``alone`` where hardly another document of the series is of its year.
    """

    own: Numbered
    here: Between | None
    elsewhere: tuple[Between, ...]
    alone: bool

    @property
    def fits(self) -> bool:
        """Whether the document's day is between those of its neighbours."""
        return self.here is not None and not self.alone and self.here.holds(self.own.day)

    @property
    def breaks(self) -> Between | None:
        """The neighbours that its day contradicts, if it does: those in its own year, else those with which another year agrees."""
        if self.here is not None and not self.alone:
            return None if self.fits else self.here
        own = self.own.day
        return next((b for b in self.elsewhere if self.alone and b.holds(moved(own, year=b.before.day.year))), None)


def moved(own: date, **other: int) -> date:
    """A day with another year, month or day; one that is far from everything where there is none such."""
    try:
        return date(**{"year": own.year, "month": own.month, "day": own.day, **other})
    except ValueError:
        return date.min


def places_in_series(context: Context) -> tuple[InSeries, ...]:
    """Where the days of a document's texts are in their series, for ``context.once``."""
    return tuple(_place(context, own) for own in context.once(collected.numbered))


def _place(context: Context, own: Numbered) -> InSeries:
    known = collected.days_of(context, own)
    years = Counter(day.year for days in known.values() for day in days)
    found = {year: between for year in sorted(years) if (between := _between(known, own.number, year)) is not None}
    elsewhere = tuple(between for year, between in found.items() if year != own.day.year)
    return InSeries(own, found.get(own.day.year), elsewhere, years[own.day.year] < _A_YEAR)


def _between(known: Mapping[int, Mapping[date, Use]], number: int, year: int) -> Between | None:
    days = list(_agreed(known, year))
    before = [n for n in reversed(days) if 0 < number - n.number <= _NEAR][:_SIDE]
    after = [n for n in days if 0 < n.number - number <= _NEAR][:_SIDE]
    if not before or not after:
        return None
    line = [n.day for n in (*reversed(before), *after)]
    if line != sorted(line) or (after[0].day - before[0].day).days > _APART:
        return None
    return Between(before[0], after[0], len(line))


def _agreed(known: Mapping[int, Mapping[date, Use]], year: int) -> Iterator[Neighbour]:
    """The other numbers of a year in order, each with its day where its documents agree on one."""
    for number, days in sorted(known.items()):
        own = [(day, use) for day, use in days.items() if day.year == year]
        if len(own) == 1:
            ((day, use),) = own
            yield Neighbour(number, day, next(iter(use.names), "?"))
