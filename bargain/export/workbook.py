"""The costing as a workbook that recalculates itself, for both sides to check in Excel or LibreOffice.

Private: it holds the pay of small groups. It holds no names and no personal data beyond what a cost needs:
like posts are one row.
"""

from __future__ import annotations

from bargain.export.book import Book
from bargain.export.cells import cell_sheet
from bargain.export.collapse import collapse
from bargain.export.groups import element_rows, employer_table, grade_table
from bargain.export.inputs import offer_sheet, parameter_sheet
from bargain.export.release import released
from bargain.export.summary import PRIVATE, summary_sheet
from bargain.export.write import book_bytes
from models.appraisal import Appraisal
from models.sector import Sector
from models.working import Working

__all__ = ("PRIVATE", "SHEETS", "costing_book", "workbook_bytes")

SHEETS = ("Summary", "Parameters", "Offer", "By employer", "By grade", "By element", "Cells")


def workbook_bytes(sector: Sector, appraisal: Appraisal, working: Working) -> bytes:
    """The .xlsx file. The same sector and offer give the same bytes. Checked before it is handed out."""
    return released(book_bytes(costing_book(sector, appraisal, working)), sheets=SHEETS)


def costing_book(sector: Sector, appraisal: Appraisal, working: Working) -> Book:
    """The workbook as values, before anything is written."""
    book = Book()
    made = cell_sheet(sector, working, collapse(working))
    cost = appraisal.cost
    summary_sheet(book, sector, appraisal, working=working, made=made)
    parameter_sheet(book, sector, appraisal.offer, working)
    offer_sheet(book, appraisal.offer, working)
    employers = book.sheet("By employer", widths=(6, 36, 26, 14), freeze="C2")
    employers.place(employer_table(working, made, cost.by_employer))
    grades = book.sheet("By grade", widths=(6, 36, 14, 16), freeze="C2")
    grades.place(grade_table(working, made, cost.by_grade))
    element_rows(book.sheet("By element", widths=(30, 16, 16, 16, 16, 16, 16, 50), freeze="B2"), made, cost)
    cells = book.sheet("Cells", widths=(9, 28, 7, 28, 8), freeze="H2")
    cells.place(made.table)
    return book
