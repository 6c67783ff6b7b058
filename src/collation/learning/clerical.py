"""Slips of clerks and cataloguers to plant: dates, hours, and the rows of the catalogue.

Each recipe alters the pieces of a page (``pages``) and marks them, and says whether it found what it alters. Blind to
slips that leave no trace on the page: a wrong date that nothing contradicts is none that could be found.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import timedelta

from collation.knowledge.values.numerals import MONTHS_IN_DATES
from collation.learning.clean_pages import ROMAN, Excerpt, MadePage, catalogued, mark, misread, russian, steps
from collation.rules.catalogue import slips
from collation.rules.values import differences, impossible_dates

_TRIALS = (
    "{}-test.example.net",
    "staging.{}",
    "dev.{}",
    "test.{}",
    "beta.{}",
    "preview.{}",
    "qa.{}",
    "stage.{}",
    "uat.{}",
)
_NAME_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b")
_CLOCK = re.compile(r"\b\d\d?[.:]\d\d(?![.\d])|\b\d\d? час\. \d\d")


def broken_date(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """The date of the stamp made one that the calendar does not have."""
    day = page.stamped
    forms = {
        "month lost": f"{day.day}.{day.year}",
        "day": f"{chance.choice('3456789')}{max(2, day.day % 10)} {MONTHS_IN_DATES[day.month - 1]} {day.year} г.",
        "calendar": f"31 {MONTHS_IN_DATES[chance.choice((1, 3, 5, 8, 10))]} {day.year} г.",
        "letter": f"{day.day}/{chance.choice('ЕПШГУ')} {day.year} г.",
        "month": f"{day.day}.{chance.choice('23456789')}{day.month % 10}.{day.year}",
        "year": f"{day.day}/{ROMAN[day.month - 1]} {chance.choice('3456789')}{day.year % 1000:03} г.",
    }
    if day.day <= 12:
        del forms["month lost"]  # "4.1951" is a month of that year
    kind = chance.choice(list(forms))
    n = page.plant(impossible_dates.DAMAGED, kind)
    page.stamp = page.stamp.replace(russian(day), mark(n, forms[kind]))
    return True


def late_year(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """A figure of the stamp's year misread, so that it is later than the document."""
    year = str(page.stamped.year)
    later = [w for i in (2, 3) for d in "0123456789" if (w := year[:i] + d + year[i + 1 :]) > year]
    if not later:
        return False
    n = page.plant(impossible_dates.CHRONOLOGY, "year")
    page.stamp = page.stamp.replace(year, mark(n, chance.choice(later)))
    return True


def early_step(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """The second step dated before the first, on the Russian side alone or on both alike."""
    kind = chance.choice(("hour", "day"))
    page.received = page.sent - (
        timedelta(minutes=chance.randrange(15, 60 * page.sent.hour + 15))
        if kind == "hour"
        else timedelta(days=chance.randrange(1, 20))
    )
    n = page.plant(impossible_dates.CHRONOLOGY, kind)
    ours, theirs = steps(page, chance)
    page.steps = (mark(n, ours), theirs if chance.random() < 0.5 else "")
    return True


def wrong_hour(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """A figure of an hour or its minutes misread on one side, so that it still is an hour, after the other step's."""
    side, step = chance.randrange(2), chance.randrange(2)
    found = [list(_CLOCK.finditer(text)) for text in page.steps]
    if any(len(times) != 2 for times in found):
        return False
    right = found[side][step].group()
    wrongs = [
        right[:i] + d + right[i + 1 :] for i, c in enumerate(right) if c.isdigit() for d in "0123456789" if d != c
    ]
    moments = (page.sent, page.received)
    possible = []
    for wrong in wrongs:
        hour, minute = (int(x) for x in re.findall(r"\d+", wrong))
        if hour < 24 and minute < 60:
            moved = moments[step].replace(hour=hour, minute=minute)
            if (moved > moments[0]) if step else (moved < moments[1]):
                possible.append(wrong)
    if not possible:
        return False
    n = page.plant(differences.TIME, ("Russian", "English")[side])
    texts = ["", ""]
    for k in (0, 1):
        at = found[k][step]
        stands = chance.choice(possible) if k == side else at.group()
        texts[k] = page.steps[k][: at.start()] + mark(n, stands) + page.steps[k][at.end() :]
    page.steps = (texts[0], texts[1])
    return True


def catalogue_name(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """A name that the translation has twice, one letter of it wrong in the title or in the citation."""
    names = Counter(name for text in page.english for name in _NAME_INSIDE.findall(text))
    listed = sorted(name for name, count in names.items() if count > 1)
    if not listed:
        return False
    name = chance.choice(listed)
    i = chance.randrange(1, len(name))
    letter = chance.choice("abcdefghijklmnoprstuvyz")
    wrong = chance.choice((name[:i] + name[i + 1 :], name[:i] + letter + name[i:], name[:i] + letter + name[i + 1 :]))
    if wrong == name or wrong in names:
        return False
    right = page.title if name in page.title else f"{page.title}: {name}"
    n = page.plant(slips.NAME, kind := chance.choice(("title", "citation")))
    damaged = right.replace(name, mark(n, wrong), 1)
    page.title, page.cited_title = (damaged, right) if kind == "title" else (right, damaged)
    return True


def catalogue_leaves(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """The label of the leaves misread or in the wrong number, or a figure of them that the archive's line has otherwise."""
    label, leaves = page.leaves.split(" ")
    kind = chance.choice(("label", "figure", "figure")) if page.archive else "label"
    if kind == "label" and "-" in leaves:
        wrong = (
            mark(n := page.plant(slips.REFERENCE, kind), chance.choice(("II", "I1", "1l", "l1", "Il", "lI", "11")))
            + ". "
            + leaves
        )
    elif kind == "label":
        wrong = mark(n := page.plant(slips.REFERENCE, "one leaf"), "listy") + " " + leaves
    else:
        first = leaves.split("-")[0]
        n = page.plant(slips.REFERENCE, kind)
        wrong = label + " " + mark(n, misread(first, chance)) + leaves[len(first) :]
        page.archive = mark(n, page.archive)
    page.leaves = wrong
    return True


def catalogue_date(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """The day of receipt, a later one, or a misread one above the title."""
    kind = chance.choice(("receipt", "later", "misread"))
    if kind == "misread":
        wrong = page.sent + timedelta(days=chance.choice((-10, 10, -20, 20)))
    else:
        page.received += timedelta(days=chance.randrange(2, 9))
        page.stamped = page.received + timedelta(days=1)
        page.stamp = ""
        page.steps = steps(page, chance)
        wrong = page.received + timedelta(days=chance.randrange(1, 9) if kind == "later" else 0)
    if wrong.year != page.sent.year:
        return False
    page.dated = mark(page.plant(slips.DATE, kind), catalogued(wrong))
    return True


def catalogue_language(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """Russian in the row of the language where the text says that it is a translation."""
    if not page.note:
        return False
    n = page.plant(slips.LANGUAGE, "language")
    page.language, page.note = mark(n, "Russian"), mark(n, page.note)
    return True


def catalogue_host(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """The address of a copy that its makers try things out on."""
    wrong = chance.choice(_TRIALS).format(page.host.replace(".", "-") if chance.random() < 0.3 else page.host)
    page.host = mark(page.plant(slips.HOST, "header names another" if page.site else "trial"), wrong)
    return True
