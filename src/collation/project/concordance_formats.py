"""What was found of a word, as text for reading, as JSON a line, as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

from collation.project.concordance import Doubt, Found
from collation.system.escaping import visible
from collation.writers.as_html import cell

_OPPOSITE = 240  # characters of the other side that the text shows
_SIGLA = {"original": ("R", "E"), "translation": ("E", "R")}


def as_text(found: Iterable[Found]) -> Iterator[str]:
    """Each place on two lines: the word in brackets in its line, and what is opposite; doubts below."""
    for item in found:
        own, other = _SIGLA[item.side]
        opposite = (
            item.opposite if len(item.opposite) <= _OPPOSITE else item.opposite[:_OPPOSITE].rsplit(" ", 1)[0] + " …"
        )
        lines = [f"{item.label}:{item.line}  {own}  {item.before}[{item.word}]{item.after}"]
        lines += [f"    {other}  {opposite}"] if opposite else []
        lines += [f"    {doubt}" for doubt in map(_doubt, item.doubts)]
        yield visible("\n".join(lines)) + "\n\n"


def as_json(found: Iterable[Found]) -> Iterator[str]:
    """One place a line."""
    for item in found:
        yield json.dumps(asdict(item), ensure_ascii=False) + "\n"


def as_csv(found: Iterable[Found]) -> Iterator[str]:
    """A table with a heading; no cell is a formula."""
    yield _row("document", "date", "line", "side", "before", "word", "after", "opposite", "doubts")
    for item in found:
        doubts = "; ".join(map(_doubt, item.doubts))
        texts = map(cell, (item.before, item.word, item.after, item.opposite, doubts))
        yield _row(cell(item.label), cell(item.date), str(item.line), item.side, *texts)


def _doubt(doubt: Doubt) -> str:
    """A doubt in a line: its rule, what became of it, the words and the best reading, how certain it is that they are wrong."""
    proposal = f" → {doubt.reading}" if doubt.reading else ""
    return f"{doubt.code} {doubt.state}: {' '.join(doubt.lemma.split()) or '‹…›'}{proposal} ({doubt.probability:.2f})"


def _row(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


FORMATS: dict[str, Callable[[Iterable[Found]], Iterator[str]]] = {"text": as_text, "json": as_json, "csv": as_csv}
