"""Findings as a sheet: CSV for every program, XLSX with types, a frozen head, a filter and widths."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date

from collation.decisions.placing import Book
from collation.model import Apparatus
from collation.writers.finding_rows import FindingRow, harmless, headers, rows_of
from collation.writers.phrases import Lang

BOM = "\ufeff"
_WIDTHS = (12, 24, 28, 8, 8, 12, 14, 26, 26, 26, 12, 12, 60, 40, 22, 20, 24, 18, 12, 30, 28, 12)
_TIME = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?=</dcterms:)")
_MADE = b"2000-01-01T00:00:00Z"  # the same findings give the same bytes


def write_csv(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str:
    """The findings of one document as CSV."""
    return csv_of(rows_of(apparatus, lang=lang, book=book), lang=lang)


def write_xlsx(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> bytes:
    """The findings of one document as a workbook."""
    return xlsx_of(rows_of(apparatus, lang=lang, book=book), lang=lang)


def csv_of(rows: Sequence[FindingRow], *, lang: Lang = "en") -> str:
    """Rows as CSV with a byte order mark, which Excel needs to read UTF-8; numbers have a point, dates are ISO."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headers(lang))
    for row in rows:
        cells = row.cells()
        writer.writerow([harmless(c) if isinstance(c, str) else "" if c is None else c for c in cells])
    return BOM + out.getvalue()


def xlsx_of(rows: Sequence[FindingRow], *, lang: Lang = "en") -> bytes:
    """Rows as a workbook of one sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator = "collation"  # by which a later run knows its own file
    sheet = book.active
    assert sheet is not None
    sheet.title = "findings" if lang == "en" else "находки"
    sheet.append(headers(lang))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row.cells(), 1):
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a text stays one, whatever it begins with
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            elif isinstance(value, float):
                cell.number_format = "0.00"
            elif isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
        if row.link:
            sheet.cell(number, len(_WIDTHS) - 1).hyperlink = row.link
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_WIDTHS))}{len(rows) + 1}"
    out = io.BytesIO()
    book.save(out)
    return _timeless(out)


def _timeless(packed: io.BytesIO) -> bytes:
    """The same file without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _TIME.sub(_MADE, data)
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
