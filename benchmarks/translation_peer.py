"""pofilter of the translate-toolkit on the same copies: its complaints, with our sentence pairs as its units."""

from __future__ import annotations

from collections import Counter
from typing import Any

from collation.learning.faulty_copies import FaultyCopy
from collation.learning.side_faults import Page
from collation.reading import read_text


def complaints(text: str, label: str) -> list[tuple[tuple[int, int], frozenset[str]]]:
    """What pofilter complains of in each unit: a paragraph link of ours; the stretches of both sides with the names of the
    failed checks."""
    from translate.filters.checks import CheckerConfig, StandardChecker
    from translate.storage.base import TranslationUnit

    checker = StandardChecker(CheckerConfig(targetlanguage="en"))
    page = Page(read_text(text, label=label))
    found: list[tuple[tuple[int, int], frozenset[str]]] = []
    for number in page.pairs:
        stretches = [page.opposite(number, side) for side in ("en", "ru")]
        unit: Any = TranslationUnit(" ".join(text[slice(*stretches[0])].split()))
        unit.target = " ".join(text[slice(*stretches[1])].split())
        failed = frozenset(checker.run_filters(unit))
        found += [(stretch, failed) for stretch in stretches]
    return found


def noticed_by_peer(copy: FaultyCopy, before: list[tuple[tuple[int, int], frozenset[str]]], label: str) -> list[bool]:
    """For each fault whether its unit has a complaint of which the copy has more than the clean text."""
    known = Counter(name for _, failed in before for name in failed)
    after = complaints(copy.text, label)
    more = Counter(name for _, failed in after for name in failed)
    fresh = {name for name, n in more.items() if n > known[name]}
    found = []
    for _, own, opposite in copy.faults:
        there = {
            name
            for span, failed in after
            for name in failed
            for a, b in (own, opposite)
            if span[0] <= b and a <= span[1]
        }
        found.append(bool(there & fresh))
    return found


def has_peer() -> bool:
    try:
        import translate.filters.checks  # noqa: F401
    except ImportError:
        return False
    return True
