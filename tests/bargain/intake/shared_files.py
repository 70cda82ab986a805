"""The folder of shared fixtures beside the repository, and workbooks made on the spot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bargain.intake.payroll import read_payroll
from bargain.intake.reading import MappingFile, PayrollReading, SectorFacts, SheetReading
from models.sector import TitleGrade

SHARED = Path(__file__).resolve().parents[4] / "shared" / "fixtures"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder ../shared with the public fixtures is not there"
)

FACTS = SectorFacts(
    weekly_hours=37.5,
    grades=("Residential support worker", "Senior support worker", "Team leader", "Registered manager"),
    title_grades=(
        TitleGrade("RSW", "Residential support worker"),
        TitleGrade("Senior RSW", "Senior support worker"),
        TitleGrade("Team Leader", "Team leader"),
    ),
    data_date=date(2026, 4, 30),
)


def write_book(path: Path, rows: Iterable[Sequence[object]], *, sheet: str = "Payroll") -> Path:
    """A workbook of one sheet with these rows from A1."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def read_sheet(path: Path, *, facts: SectorFacts = FACTS, mapping: MappingFile | None = None) -> SheetReading:
    """The only sheet of a file."""
    reading = read_payroll(path, facts=facts, mapping=mapping)
    assert len(reading.sheets) == 1
    return reading.sheets[0]


def counts(sheet: SheetReading) -> dict[str, int]:
    """Row counts by their public names, without those that are nought."""
    return {str(kind): count for kind, count in sheet.counts.items() if count}


def codes(reading: PayrollReading | SheetReading) -> list[str]:
    """The codes of all problems in order of rows, but for totals and leavers, which the counts tell."""
    sheets = reading.sheets if isinstance(reading, PayrollReading) else (reading,)
    found = [problem.code for sheet in sheets for problem in sheet.problems]
    return [code for code in found if code not in {"total_row", "leaver_row"}]
