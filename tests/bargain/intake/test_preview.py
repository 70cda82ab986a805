"""A look at a file before it is read: sheets and their state, the first rows, the heading, and what the file hides."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bargain.intake.preview import preview_of
from bargain.intake.reading import MappingFile
from models.issues import UnusableInput
from tests.bargain.intake.shared_files import write_book

ROWS = [
    ("Payroll of an invented employer",), (None,), ("Name", "Job title", "Hourly rate", "Hours", "Start date"),
    *((f"Testa Person{at}", "RSW", 12.71, 37.5, date(2020, 1, 1)) for at in range(30)),
]  # fmt: skip


def book(path: Path) -> Path:
    write_book(path, ROWS)
    made = openpyxl.load_workbook(path)
    page = made["Payroll"]
    page.row_dimensions[6].hidden = True
    page.column_dimensions["D"].hidden = True
    page.merge_cells("A1:E1")
    hidden = made.create_sheet("Last year")
    hidden.sheet_state = "hidden"
    hidden.append(["Job title", "Hourly rate", "Hours"])
    made.create_sheet("Empty")
    made.create_sheet("Notes").append(["Sent by the payroll office"])
    made.save(path)
    return path


def test_that_a_preview_shows_sheets_heading_cells_and_what_is_hidden(tmp_path: Path) -> None:
    preview = preview_of(book(tmp_path / "a.xlsx"), rows=10)
    assert [(one.sheet, one.state) for one in preview.sheets] == [
        ("Payroll", "read"), ("Last year", "hidden"), ("Empty", "empty"), ("Notes", "left"),
    ]  # fmt: skip
    shown = preview.shown
    assert shown is not None
    assert (shown.heading_from, shown.heading_rows, shown.headings[1]) == (3, 1, "Job title")
    assert (len(shown.cells), shown.rows_real, shown.rows_claimed) == (10, 33, 33)
    assert shown.cells[3][1:] == ("RSW", "12.71", "37.5", "2020-01-01")
    assert (shown.hidden_rows, shown.hidden_columns, shown.merged) == ((6,), (4,), ((1, 1, 1, 5),))


def test_that_a_preview_shows_nobodys_name(tmp_path: Path) -> None:
    shown = preview_of(book(tmp_path / "a.xlsx")).shown
    assert shown is not None
    assert "Testa" not in repr(shown)
    assert shown.cells[0][0] == "Payroll of an invented employer"


def test_that_a_sheet_can_be_asked_for_and_a_setting_changes_what_is_read(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx")
    hidden = preview_of(path, sheet="Last year").shown
    assert hidden is not None
    assert hidden.cells == (("Job title", "Hourly rate", "Hours"),)
    with pytest.raises(UnusableInput, match="no sheet named"):
        preview_of(path, sheet="Next year")
    told = preview_of(path, mapping=MappingFile(hidden="include", heading_row=4))
    assert told.sheets[1].state == "left"  # a heading in row 4 is not there
    assert told.shown is not None
    assert told.shown.heading_from == 4


def test_that_rows_that_a_sheet_claims_are_told_beside_those_that_are_there(tmp_path: Path) -> None:
    path, lying = book(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(lying, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'ref="A1:E33"', b'ref="A1:E5"') if "sheet1" in name else data)
    shown = preview_of(lying).shown
    assert shown is not None
    assert (shown.rows_claimed, shown.rows_real) == (5, 33)
