"""A book as the bytes of an .xlsx file: text that stays text, results beside formulas, our own metadata.

openpyxl writes a formula without its result, so a viewer that does not calculate would show nothing. The
results are put in afterwards, in the order in which the formulas were written.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bargain.export.book import Book, Entry, Formula, Sheet, letter
from bargain.plain_cells import DANGEROUS

_FORMATS = {
    "pounds": "#,##0.00",
    "whole": "#,##0",
    "rate": "#,##0.00####",
    "number": "#,##0.####",
    "share": "0.00%",
    "factor": "0.000000",
    "date": "yyyy-mm-dd",
}
_BOLD, _TITLE = Font(name="Calibri", size=11, bold=True), Font(name="Calibri", size=14, bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_TEXT = 32_000
_NO_RESULT = re.compile(rb"</f><v\s*/>|</f><v></v>")
_MOMENT = (1980, 1, 1, 0, 0, 0)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Bargain</dc:creator>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Bargain</Application></Properties>"
)
_OWN_PARTS = {"docProps/core.xml": _CORE.encode(), "docProps/app.xml": _APP.encode()}


def book_bytes(book: Book) -> bytes:
    """The whole workbook; the same book gives the same bytes."""
    workbook = Workbook(write_only=True)
    results: dict[str, list[float]] = {}
    for number, sheet in enumerate(book.sheets, 1):
        results[f"xl/worksheets/sheet{number}.xml"] = _write_sheet(workbook.create_sheet(sheet.name), sheet)
    plain = BytesIO()
    workbook.save(plain)
    return _finished(plain, results)


def _write_sheet(target: WriteOnlyWorksheet, sheet: Sheet) -> list[float]:
    """Write the rows; the results of their formulas in order."""
    for place, width in enumerate(sheet.widths):
        target.column_dimensions[letter(place)].width = width  # type: ignore[attr-defined]
    if sheet.freeze:
        target.freeze_panes = sheet.freeze
    results: list[float] = []
    for row in sheet.rows():
        target.append([_cell(target, one, results) for one in row])
    return results


def _cell(target: WriteOnlyWorksheet, entry: Entry, results: list[float]) -> Cell | None:
    value, style = entry.value, entry.style
    if value is None:
        return None
    if isinstance(value, Formula):
        results.append(value.value)
        cell = WriteOnlyCell(target, value=f"={value.text}")
    elif isinstance(value, str):
        cell = WriteOnlyCell(target, value=_UNWRITABLE.sub("\ufffd", value)[:_LONGEST_TEXT])
        cell.data_type = "s"  # whatever it starts with
        if value.startswith(DANGEROUS):
            cell.quotePrefix = True
    else:
        held = datetime(value.year, value.month, value.day) if isinstance(value, date) else value
        cell = WriteOnlyCell(target, value=held)
    _dress(cell, style or ("date" if isinstance(value, date) else ""))
    return cell


def _dress(cell: Cell, style: str) -> None:
    for word in style.split():
        if word in _FORMATS:
            cell.number_format = _FORMATS[word]
        elif word in {"heading", "total"}:
            cell.font = _BOLD
            if word == "heading":
                cell.alignment = _WRAP
        elif word == "title":
            cell.font = _TITLE
        elif word == "wrap":
            cell.alignment = _WRAP


def _finished(plain: BytesIO, results: dict[str, list[float]]) -> bytes:
    """The file with results in place, our own properties, fixed times and a fixed order."""
    out = BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            data = _OWN_PARTS.get(name) or source.read(name)
            if name in results:
                data = _with_results(data, results[name])
            part = zipfile.ZipInfo(name, _MOMENT)
            part.create_system = 3
            part.external_attr = 0o600 << 16
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, data)
    return out.getvalue()


def _with_results(sheet: bytes, results: list[float]) -> bytes:
    """The sheet with a result in each formula cell. ``</f>`` stands only where a formula ends: text is escaped."""
    following: Iterator[float] = iter(results)
    filled, count = _NO_RESULT.subn(lambda _: b"</f><v>%s</v>" % _number(next(following)), sheet)
    if count != len(results) or sheet.count(b"</f>") != count:
        raise ValueError(f"{count} of {len(results)} formulas got their result")
    return filled


def _number(value: float) -> bytes:
    if not math.isfinite(value):
        raise ValueError("a formula has no finite result")
    return repr(float(value) + 0.0).encode()
