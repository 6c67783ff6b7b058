"""Findings as sheets: every entry a row, nothing a program would run, types that a sheet understands."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from collation.commands.app import app
from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import match
from collation.errors import UnreadableInput
from collation.model import Apparatus, Place, Row
from collation.project.own_ids import read_ids
from collation.writers.as_sheet import csv_of, write_csv, write_xlsx, xlsx_of
from collation.writers.finding_rows import harmless, rows_of
from made import at, entry, rule, source_of

TEXT = '=HYPERLINK("http://evil.example";"топорь") @вместо \x0b\x1b[31m\u202e +7 сильнее.\n'
LETTER = """Title: A letter

Citation: Archive, f. 1, op. 2, d. 3

Contents:

Transcript - Russian
Translation - English

Если война неизбежна, то пусть она будет топорь, а не через несколько лет.

If a war is inevitable, then let it be waged now, and not in a few years.
"""


def apparatus() -> Apparatus:
    found = (
        entry(TEXT, at(TEXT, '=HYPERLINK("http://evil.example";"топорь")'), "@теперь", number=1),
        entry(TEXT, at(TEXT, "@вместо"), "-вместе", "+вместе", number=2),
        entry(TEXT, at(TEXT, "\x0b\x1b[31m\u202e"), number=3),
    )
    return Apparatus(source_of(TEXT), (Row((Place.at(0, len(TEXT) - 1),), ()),), found, (), (), ())


def book(app: Apparatus) -> Any:
    rulings = [
        rule(TEXT, at(TEXT, "@вместо"), "=вместе", editor="=Anna", note="+1"),
        rule(TEXT, at(TEXT, "сильнее"), "слабее", verdict="added", n=1),
    ]
    return match(app, fold_rulings(rulings))


def table(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_a_row_for_each_entry_and_each_finding_of_an_editor() -> None:
    rows = table(write_csv(apparatus(), book=book(apparatus())))
    assert [row["entry"] for row in rows] == ["e1-1", "e1-44", "e1-52", ""]
    assert [row["ruling"] for row in rows] == ["open", "emended", "open", "emended"]
    assert (rows[3]["in the text"], rows[3]["reading decided on"], rows[3]["date"]) == (
        "сильнее",
        "слабее",
        "2025-03-01",
    )
    assert (rows[1]["probability of an error"], rows[1]["line"]) == ("0.9", "1")
    assert rows[0]["report"] == "d1.html#e1-1"
    assert list(table(write_csv(apparatus(), lang="ru"))[0])[:2] == ["номер", "документ"]


def test_nothing_is_taken_for_a_formula_and_the_words_survive() -> None:
    for row in table(write_csv(apparatus(), book=book(apparatus()))):
        for value in row.values():
            assert not value.lstrip().startswith(("=", "+", "-", "@"))
            assert not any(c in value for c in "\x0b\x1b\u202e")
    rows = table(write_csv(apparatus(), book=book(apparatus())))
    assert rows[0]["in the text"] == "'" + TEXT[:42]
    assert rows[2]["in the text"] == "\\u001b[31m\\u202e"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\u00a0=1"])
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("a=1") == "a=1"


def test_a_workbook_has_types_a_frozen_head_and_a_filter() -> None:
    data = write_xlsx(apparatus(), book=book(apparatus()))
    assert data == write_xlsx(apparatus(), book=book(apparatus()))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:V5")
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, sheet[2], strict=True))
    assert (row["in the text"].value, row["in the text"].data_type) == (TEXT[:42], "s")
    assert (row["line"].data_type, row["probability of an error"].value) == ("n", 0.9)
    assert row["report"].hyperlink.target == "d1.html#e1-1" or row["report"].hyperlink.location == "e1-1"
    assert dict(zip(head, sheet[5], strict=True))["date"].value == datetime(2025, 3, 1)
    assert not any(cell.data_type == "f" for line in sheet for cell in line)


def test_a_sheet_without_findings_has_its_head() -> None:
    assert len(csv_of(()).splitlines()) == 1
    assert openpyxl.load_workbook(io.BytesIO(xlsx_of(()))).active.max_row == 1


def test_a_word_without_end_is_cut_to_what_a_cell_holds() -> None:
    text = "щ" * 100_000
    found = Apparatus(source_of(text), (), (entry(text, Place.at(0, len(text)), "ш" * 50_000),), (), (), ())
    (row,) = rows_of(found)
    assert max(len(cell) for cell in row.cells() if isinstance(cell, str)) < 32_767
    assert openpyxl.load_workbook(io.BytesIO(write_xlsx(found))).active.max_row == 2


def test_one_sheet_for_the_run_and_one_for_each_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(LETTER.replace("d. 3", f"d. {name}"), encoding="utf-8")
    (tmp_path / "ids.csv").write_text("path,id\na.txt,ARCH-7\nc.txt,ARCH-9\na.txt,ARCH-8\n", encoding="utf-8")
    ran = CliRunner().invoke(
        app, ["report", "a.txt", "b.txt", "--format", "csv,xlsx", "--out", "r", "--ids", "ids.csv"]
    )
    assert ran.exit_code == 0, ran.output
    whole = table((tmp_path / "r" / "findings.csv").read_text(encoding="utf-8"))
    own = table((tmp_path / "r" / "a.csv").read_text(encoding="utf-8"))
    assert [row for row in whole if row["file"] == "a.txt"] == own
    assert {row["id"] for row in own} == {"ARCH-7"}
    assert {row["id"] for row in whole if row["file"] == "b.txt"} == {""}
    assert "c.txt" in ran.output and "a.txt" in ran.output
    assert (tmp_path / "r" / "findings.xlsx").is_file()


@pytest.mark.parametrize("content", ["a.txt\n", "a.txt,\n", ",7\n"])
def test_a_line_without_an_id_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "ids.csv").write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInput):
        read_ids(tmp_path / "ids.csv")
