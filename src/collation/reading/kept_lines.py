"""Lines that are lines of the document and not of its paper: rows of tables, items of bare lists, verse.

A row of a table has a tabulation, three blanks or a bar between two cells, or is among short lines with figures that
end in no sign; such rows, and the lines of a list of names, are paragraphs of their own. Verse are short lines that
all begin with a capital and often end in a comma: one paragraph that keeps its lines. Blind to a table whose cells
run over several lines, and to verse with small letters at the head of its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import regex

from collation.reading.furniture import is_furniture
from collation.reading.lines import Line

Kept = Literal["row", "verse"]
_CELLS = regex.compile(r"[^\s|](?:[ \t\u00a0]*[\t|][ \t\u00a0]*|[ \u00a0]{3,})[^\s|]")
_SPACED = regex.compile(r"(?:\p{L}\s+){3}")
_RUNS_ON = regex.compile(r"[-¬‐,;:–—]$")
_OPEN_END = regex.compile(r"[,;:–—]$")
_CLOSED = regex.compile(r"[.!?…][\"»”'’)\]]*$")
_CAPITAL = regex.compile(r"[\"«“„'(\[–—-]*\s*\p{Lu}\p{Ll}*")
_ROW_LENGTH, _NAME_LENGTH = 60, 40
_UNEVEN = 0.75


def kept_lines(lines: list[Line]) -> dict[int, Kept]:
    """The lines, by their indices, that are kept apart, and as what."""
    found: dict[int, Kept] = {}
    filled = [i for i, line in enumerate(lines) if not line.blank and not is_furniture(line.text)]
    for run in _runs(filled, lambda i: _has_cells(lines[i].text), adjoining=False):
        found.update((i, "row") for i in run if len(run) > 1)
    for run in _runs(filled, lambda i: i not in found and _is_short(lines[i])):
        texts = [lines[i].text for i in run]
        if _is_table(texts) or _is_list(texts):
            found.update((i, "row") for i in run)
        elif _is_verse(texts):
            found.update((i, "verse") for i in run)
    return found


def _runs(filled: list[int], wanted: Callable[[int], bool], *, adjoining: bool = True) -> Iterator[list[int]]:
    """Lines that follow one another and are all wanted; ``adjoining``: with no blank line between them."""
    run: list[int] = []
    for i in filled:
        if run and (not wanted(i) or (adjoining and i != run[-1] + 1)):
            yield run
            run = []
        if wanted(i):
            run.append(i)
    if run:
        yield run


def _has_cells(text: str) -> bool:
    return bool(_CELLS.search(text)) and not _SPACED.search(text)


def _is_short(line: Line) -> bool:
    return not line.heading and len(line.text) <= _ROW_LENGTH


def _is_table(texts: list[str]) -> bool:
    """Rows with one blank between their cells: short and uneven, most with figures, none that runs on or is a sentence."""
    if len(texts) < 3 or any(_RUNS_ON.search(t) or (_CLOSED.search(t) and len(t.split()) > 6) for t in texts):
        return False
    figures = sum(any(c.isdigit() for c in t) for t in texts)
    lengths = sorted(map(len, texts[:-1]))
    uneven = lengths[0] < _UNEVEN * lengths[-1] or lengths[-1] < _NAME_LENGTH
    return figures >= len(texts) - 1 and uneven and all(2 <= len(t.split()) <= 8 for t in texts)


def _is_list(texts: list[str]) -> bool:
    """A list without signs: short lines with a capital each, none a sentence or in capitals as a heading is."""
    short = all(len(t) <= _NAME_LENGTH and len(t.split()) <= 5 for t in texts)
    own = all(
        _CAPITAL.match(t) and not t.isupper() and not _RUNS_ON.search(t) and not _CLOSED.search(t[:-1]) for t in texts
    )
    return len(texts) > 3 and short and own and sum(t.endswith(".") for t in texts) in (0, len(texts))


def _is_verse(texts: list[str]) -> bool:
    capitals = all(_CAPITAL.match(t) and not t.isupper() for t in texts)
    open_ends = sum(bool(_OPEN_END.search(t)) for t in texts)
    unclosed = sum(not _CLOSED.search(t) for t in texts)
    hyphens = any(t.endswith(("-", "¬", "‐")) for t in texts)
    return len(texts) > 3 and capitals and not hyphens and open_ends > 0 and 2 * unclosed >= len(texts)
