"""Writes workbooks and delimited text so that the same content always gives the same bytes."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sample_data.sheets import Cell

_FIXED_MOMENT = datetime(2026, 4, 30, 12, 0, 0)
_BOLD = Font(bold=True)


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook."""

    name: str
    rows: Sequence[Sequence[Cell]]
    bold_rows: Sequence[int] = ()  # counted from 1
    formats: Sequence[str] = ()  # a number format a column; blank: none
    first_column: int = 1
    merges: Sequence[
        tuple[int, int, int, int]
    ] = ()  # first row, first column, last row, last column; columns within the table
    hidden: bool = False


def write_delimited(path: Path, rows: Iterable[Sequence[Cell]], *, delimiter: str, encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        for row in rows:
            writer.writerow(["" if cell is None else str(cell) for cell in row])


def write_workbook(path: Path, pages: Sequence[Page], title: str) -> None:
    workbook = Workbook()
    blank = workbook.active
    if blank is not None:
        workbook.remove(blank)
    for page in pages:
        _fill(workbook.create_sheet(page.name), page)
    visible = next(n for n, page in enumerate(pages) if not page.hidden)
    workbook.active = visible
    workbook.properties.creator = "Bargain sample data"
    workbook.properties.title = title
    workbook.properties.created = _FIXED_MOMENT
    raw = io.BytesIO()
    workbook.save(raw)
    path.write_bytes(_without_the_clock(raw.getvalue()))


def _fill(sheet: Worksheet, page: Page) -> None:
    shift = page.first_column - 1
    bold = set(page.bold_rows)
    for number, row in enumerate(page.rows, start=1):
        for place, value in enumerate(row):
            if value is None:
                continue
            cell = sheet.cell(row=number, column=place + 1 + shift, value=value)
            if number in bold:
                cell.font = _BOLD
            elif place < len(page.formats) and page.formats[place] and not isinstance(value, str):
                cell.number_format = page.formats[place]
    for top, left, bottom, right in page.merges:
        sheet.merge_cells(start_row=top, start_column=left + shift, end_row=bottom, end_column=right + shift)
    for place in range(len(page.formats)):
        sheet.column_dimensions[get_column_letter(place + 1 + shift)].width = 18
    if page.hidden:
        sheet.sheet_state = "hidden"


def _without_the_clock(workbook: bytes) -> bytes:
    """The same workbook with a fixed moment of saving, which openpyxl takes from the clock."""
    moment = f"{_FIXED_MOMENT:%Y-%m-%dT%H:%M:%SZ}".encode()
    steady = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as before,
        zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            content = before.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, content)
            entry = zipfile.ZipInfo(part.filename, date_time=_FIXED_MOMENT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it would say which system wrote it
            after.writestr(entry, content)
    return steady.getvalue()
