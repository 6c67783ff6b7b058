"""Which lines are Russian and which English, found by script and not by position.

The usual file holds one block of each, in either order; the best two-block split of the lines is taken. Where that
misplaces many letters the texts alternate, and each line goes by its own letters, neutral lines with the one before.
"""

from __future__ import annotations

from collation.reading.lines import Line, count_letters

_INTERLEAVED = 0.10


def assign_languages(lines: list[Line]) -> list[str]:
    """ "ru" or "en" for every line; all the same when the text has one language only."""
    counts = [count_letters(line.text) for line in lines]
    total_ru, total_en = sum(c[0] for c in counts), sum(c[1] for c in counts)
    if total_ru + total_en == 0 or total_en <= 0.02 * total_ru or not any(e > r for r, e in counts):
        return ["ru"] * len(lines)
    if total_ru <= 0.02 * total_en or not any(r > e for r, e in counts):
        return ["en"] * len(lines)
    cost, split, first = _best_split(counts, total_ru, total_en)
    if cost > _INTERLEAVED * (total_ru + total_en):
        return _line_by_line(counts)
    second = "en" if first == "ru" else "ru"
    return [first if i < split else second for i in range(len(lines))]


def _best_split(counts: list[tuple[int, int]], total_ru: int, total_en: int) -> tuple[int, int, str]:
    """The fewest misplaced letters, the line at which the second block begins, the first block's language."""
    best = (total_ru + total_en + 1, 0, "ru")
    seen_ru = seen_en = 0
    for index, (ru, en) in enumerate(counts):
        for cost, first in ((seen_en + total_ru - seen_ru, "ru"), (seen_ru + total_en - seen_en, "en")):
            opens = en > ru if first == "ru" else ru > en
            if opens and cost < best[0]:
                best = (cost, index, first)
        seen_ru += ru
        seen_en += en
    return best


def _line_by_line(counts: list[tuple[int, int]]) -> list[str]:
    first = next(("ru" if ru >= en else "en" for ru, en in counts if ru + en), "ru")
    languages, current = [], first
    for ru, en in counts:
        if ru != en:
            current = "ru" if ru > en else "en"
        languages.append(current)
    return languages
