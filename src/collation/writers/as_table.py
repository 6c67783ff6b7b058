"""The alignment table of several witnesses as text and as JSON.

The text shows a stretch of agreement as one line and each variant unit as another, classified; the JSON has
every column with its tokens and offsets, so that a program can rebuild the witnesses from it.
"""

from __future__ import annotations

import json
import textwrap
from typing import Any

from collation.model import Table, Token, Unit, VariantKind
from collation.writers.phrases import Lang

FORMAT = "collation-table"
VERSION = 1
_KINDS: dict[VariantKind, tuple[str, str]] = {
    "same": ("same", "совпадает"),
    "punctuation": ("punctuation", "пунктуация"),
    "case": ("case", "регистр букв"),
    "spelling": ("spelling", "написание"),
    "merge": ("words run together", "слитно"),
    "split": ("word torn apart", "раздельно"),
    "transposition": ("other place", "перестановка"),
    "omission": ("omission", "пропуск"),
    "addition": ("addition", "добавление"),
    "substitution": ("other word", "замена"),
}
_SUMMARY = {
    "en": "witnesses: {witnesses}; columns: {columns}; variant units: {units}",
    "ru": "источников: {witnesses}; столбцов: {columns}; разночтений: {units}",
}
_NONE = "—"
_SHOWN = 3


def to_text(table: Table, *, lang: Lang = "en", width: int = 100) -> str:
    """The table for reading: a column a witness, agreement shortened, each variant unit with its kind."""
    kinds = max(len(names[lang == "ru"]) for names in _KINDS.values())
    each = max(12, (width - kinds - 8) // max(1, len(table.sigla)) - 2)
    lines = [_line("", list(table.sigla), "", each), ""]
    number = 0
    for stretch in table.stretches():
        if stretch.kind == "same":
            lines.append(_line("", [_agreement(table, stretch)], "", each))
            continue
        number += 1
        readings = [table.reading(stretch, which) or _NONE for which in range(len(table.sigla))]
        lines.extend(_wrapped(f"{number}", readings, _KINDS[stretch.kind][lang == "ru"], each))
    summary = _SUMMARY[lang].format(witnesses=len(table.sigla), columns=len(table.columns), units=number)
    return "\n".join([*(line.rstrip() for line in lines), "", summary, *table.warnings]) + "\n"


def _agreement(table: Table, stretch: Unit) -> str:
    """ "first words … last words (23)" of a stretch that is the same in all."""
    words = [t.text for column in table.columns[stretch.start : stretch.stop] for t in column.cells[0]]
    if len(words) <= 2 * _SHOWN + 1:
        return "= " + " ".join(words)
    return f"= {' '.join(words[:_SHOWN])} … {' '.join(words[-_SHOWN:])} ({len(words)})"


def _line(number: str, cells: list[str], kind: str, each: int) -> str:
    return f"{number:>4}  " + "  ".join(f"{cell:<{each}}" for cell in cells) + (f"  {kind}" if kind else "")


def _wrapped(number: str, readings: list[str], kind: str, each: int) -> list[str]:
    columns = [textwrap.wrap(reading, each) for reading in readings]
    height = max(len(column) for column in columns)
    rows = [[column[i] if i < len(column) else "" for column in columns] for i in range(height)]
    return [_line(number if not i else "", row, kind if not i else "", each) for i, row in enumerate(rows)]


def to_json(table: Table) -> dict[str, Any]:
    """The table as a JSON object: sigla, columns of tokens with offsets, variant units, warnings."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "witnesses": list(table.sigla),
        "columns": [
            {"kinds": list(column.kinds), "cells": [[_token(t) for t in cell] for cell in column.cells]}
            for column in table.columns
        ],
        "units": [
            {
                "kind": unit.kind,
                "columns": [unit.start, unit.stop],
                "readings": [table.reading(unit, which) for which in range(len(table.sigla))],
            }
            for unit in table.units()
        ],
        "warnings": list(table.warnings),
    }


def _token(token: Token) -> dict[str, Any]:
    return {"text": token.text, "spans": [[span.start, span.stop] for span in token.place.spans]}


def write_table(table: Table) -> str:
    """The JSON object as text."""
    return json.dumps(to_json(table), ensure_ascii=False, indent=1) + "\n"


__all__ = ["to_json", "to_text", "write_table"]
