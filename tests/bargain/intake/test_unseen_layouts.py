"""Layouts of employers that nobody here has seen: read truly, or asked about; each was once read wrong or could be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bargain.intake.mapping_file import read_mapping
from bargain.intake.open_safely import OpenedFile
from bargain.intake.payroll import read_opened
from bargain.intake.reading import MappingFile, OpenQuestion, SectorFacts, SheetReading
from bargain.intake.tables import Cell, SheetTable
from models.issues import UnusableInput
from tests.helpers.tables import squared

W = Decimal("52.143")
Rows = list[list[Cell]]


def read(rows: Rows, mapping: MappingFile | None = None) -> SheetReading:
    opened = OpenedFile("x.csv", "0", (SheetTable("x.csv", "x", squared(rows)),))
    (sheet,) = read_opened(opened, facts=SectorFacts(weekly_hours=37.5), mapping=mapping).sheets
    assert sheet.rows_in_file == sum(sheet.counts.values())
    return sheet


TRUE: dict[str, tuple[Rows, Decimal]] = {
    "council senior pay": (
        [["Name", "Job Title", "Grade", "Salary (Actual)", "Allowances", "Employer pension contribution", "Total remuneration"],
         ["A B", "Director", "CO1", 110_000, 1200, 20_000, 131_200], ["C D", "Head", "CO2", 80_000, 0, 15_000, 95_000]],
        Decimal(190_000),
    ),
    "care chain with night and weekend rates": (
        [["Home", "Employee No", "Role", "Contract Hrs", "Basic Rate", "Night Rate", "W/E Rate", "Sleep in Rate"],
         ["Oak", "1", "Carer", 24, 12.71, 13.5, 14, 60], ["Oak", "2", "Nurse", 36, 20, 21, 22, None]],
        (24 * Decimal("12.71") + 36 * 20) * W,
    ),
    "school in term time": (
        [["Forename", "Surname", "Post", "Grade", "SCP", "Hours", "Weeks", "Full Time Salary", "Actual Salary"],
         ["A", "B", "TA", "D", 4, 32.5, 39, 23_893, 17_000], ["C", "D", "TA", "D", 4, 20, 39, 23_893, 10_500],
         ["E", "F", "Caretaker", "E", 6, 37, 52, 24_702, 24_702]],
        Decimal(52_202),
    ),
    "rates in pence": (
        [["Job", "Rate (pence per hour)", "Hours"], ["Carer", 1271, 30], ["Carer", 1300, 30]], Decimal("25.71") * 30 * W,
    ),
    "hours a month": ([["Job title", "Hours per month", "Hourly rate"], ["Carer", 130, 13], ["Carer", 100, 13]], Decimal(230 * 12 * 13)),
    "hours a year": ([["Job title", "Annual hours", "Hourly rate"], ["Carer", 1560, 13], ["Carer", 1000, 13]], Decimal(2560 * 13)),
    "hours a year beside paid weeks": (
        [["Job title", "Annual hours", "Paid weeks", "Hourly rate"], ["TA", 1170, 39, 13], ["TA", 780, 39, 13]], Decimal(1950 * 13),
    ),
    "hours a fortnight": (
        [["Job title", "Fortnightly hours", "Hourly rate"], ["Carer", 75, 13], ["Carer", 60, 13]], Decimal("67.5") * 13 * W,
    ),
    "weekly hours beside annual ones": (
        [["Job title", "Annual hours", "Weekly hours", "Hourly rate"], ["Carer", 1560, 30, 13], ["Carer", 1040, 20, 13]], 50 * 13 * W,
    ),
    "this year's rate beside next year's": (
        [["Job title", "Current hourly rate", "New hourly rate from April", "Hours"], ["Carer", 12.21, 12.71, 30]], Decimal("12.21") * 30 * W,
    ),
    "a vacancy": (
        [["Post", "Postholder", "Grade", "FTE", "Salary"], ["A", "x", "G1", 1, 20_000], ["B", "VACANT", "G1", 1, 20_000]], Decimal(20_000),
    ),
    "FTE in percent": ([["Post title", "% FTE", "FTE Salary"], ["A", "100%", 30_000], ["B", "60%", 30_000]], Decimal(48_000)),
    "basic beside total": (
        [["Post", "Basic Salary", "London Weighting", "Total Salary"], ["A", 25_000, 4000, 29_000], ["B", 26_000, 4000, 30_000]], Decimal(51_000),
    ),
    "a job title that begins like a total, by heads": (
        [["Job title", "Heads", "Hourly rate", "Hours"], ["Carer", 2, 13, 30], ["Cook", 3, 12.8, 20], ["Total care manager", 5, 20, 37],
         ["Total", 10, None, None]],
        (2 * 13 * 30 + 3 * Decimal("12.8") * 20 + 5 * 20 * 37) * W,
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", TRUE)
def test_that_a_layout_is_read_truly(layout: str) -> None:
    rows, bill = TRUE[layout]
    assert abs(read(rows).paybill - bill) < Decimal("0.01")


ASKED: dict[str, tuple[Rows, str]] = {
    "some salaried, some hourly, in two columns": (
        [["NAME", "TITLE", "ANNUAL SALARY", "HOURLY RATE"], ["DOE, J", "CLERK", "$45,000.00", ""], ["ROE, R", "AIDE", "", "$18.50"]],
        "columns.pay",
    ),
    "a rate a session": ([["Name", "Role", "Rate per session", "Sessions"], ["x", "Tutor", 120, 3], ["y", "Tutor", 110, 2]], "pay.per"),
    "two years' salaries": ([["Job title", "2023/24 salary", "2024/25 salary"], ["Carer", 22_000, 23_000]], "columns.pay"),
    "gross pay alone": ([["Employee", "Job", "Hours/wk", "Monthly gross"], ["x", "Carer", 30, 1650.22], ["y", "Cook", 20, 1100]], "columns.pay"),
    "a salary for part of the hours": (
        [["Position Title", "Band", "FTE", "Annual Salary"], ["Nurse", "5", 1, 30_420], ["HCA", "2", 0.8, 23_615]], "pay.of",
    ),
    "full-time salaries and hours, but no full week": (
        [["Job title", "FTE salary", "Hours"], ["Carer", 24_000, 20], ["Cook", 23_000, 16]], "pay.full_time_hours",
    ),
    "basic pay for an unsaid time": ([["Works No", "Std Hrs", "Basic Pay", "O/T Pay"], ["1", 39, 507, 50], ["2", 20, 260, 0]], "pay.per"),
}  # fmt: skip


@pytest.mark.parametrize("layout", ASKED)
def test_that_a_layout_with_an_open_meaning_is_asked_about(layout: str) -> None:
    rows, key = ASKED[layout]
    with pytest.raises(OpenQuestion) as raised:
        read(rows)
    assert raised.value.questions[0].key == key


def test_that_the_answer_for_a_full_week_decides_the_pay_bill() -> None:
    rows, _key = ASKED["full-time salaries and hours, but no full week"]
    sheet = read(rows, MappingFile(full_time_hours=Decimal(40)))
    assert sheet.paybill == Decimal(24_000) / 2 + Decimal(23_000) * Decimal("0.4")


def test_that_a_file_without_headings_says_what_to_do_and_is_read_by_letters() -> None:
    rows: Rows = [["1001", "Carer", 30, 12.71], ["1002", "Cook", 20, 12.9], ["1003", "Carer", 30, 12.71]]
    with pytest.raises(UnusableInput, match="heading_rows = 0"):
        read(rows)
    told = 'sheet = { heading_rows = 0 }\n[columns]\njob_title = "column B"\nhours = "column C"\npay = "column D"\n[pay]\nper = "hour"\n'
    sheet = read(rows, read_mapping(told, source="map.toml"))
    assert (sheet.heads, sheet.header_row) == (3, 0)
    assert sheet.paybill == (60 * Decimal("12.71") + 20 * Decimal("12.9")) * W
