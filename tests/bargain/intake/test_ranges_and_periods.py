"""Ranges of pay, hidden counts, several months or years, and tables side by side: asked with answers that do the thing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from bargain.intake.answers import answered
from bargain.intake.join import add_readings
from bargain.intake.payroll import facts_of, read_payroll
from bargain.intake.periods import is_period
from bargain.intake.ranges import read_hidden_count, read_range
from bargain.intake.reading import MappingFile, OpenQuestion, PayrollReading, Period, Question
from bargain.packs import new_sector
from models.issues import UnusableInput
from tests.bargain.intake.shared_files import FACTS, counts, read_sheet, write_book


def asked(path: Path, mapping: MappingFile | None = None) -> Question:
    with pytest.raises(OpenQuestion) as raised:
        read_payroll(path, facts=FACTS, mapping=mapping)
    (question,) = raised.value.questions
    assert question.examples
    return question


def then(path: Path, question: Question, answer: str, mapping: MappingFile | None = None) -> PayrollReading:
    reading = read_payroll(path, facts=FACTS, mapping=answered(mapping or MappingFile(), question, answer))
    for sheet in reading.sheets:
        assert sheet.rows_in_file == sum(sheet.counts.values())
    return reading


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("£23,500 – £27,334", (23_500, 27_334)), ("23500-27334", (23_500, 27_334)), ("£65,000 to £69,999", (65_000, 69_999)),
        ("between £12.60 and £13.05", (Decimal("12.60"), Decimal("13.05"))), ("£20k", None), ("03/04/2025", None),
        ("27,334 - 23,500", None), ("RSW - nights", None), ("£23,500 hyd at £27,334", (23_500, 27_334)), ("-5", None), (5, None),
    ],
)  # fmt: skip
def test_that_a_range_of_pay_is_told_from_other_texts(text: object, ends: object) -> None:
    assert read_range(text) == ends  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "ends"),
    [("<5", (1, 4)), ("< 10", (1, 9)), ("fewer than 5", (1, 4)), ("≤5", (1, 5)), ("*", (1, 4)), ("[c]", (1, 4)), ("5", None),
     ("<1", None), ("see note", None)],
)  # fmt: skip
def test_that_a_hidden_count_is_told_from_other_texts(text: str, ends: object) -> None:
    assert read_hidden_count(text) == ends


RANGES = [
    ("Job title", "Salary range", "FTE"), ("RSW", "£23,500 – £27,334", 1), ("Senior RSW", "£28,000 to £30,000", 1),
    ("Team Leader", "£31,000", 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "bill"), [("lowest", 82_500), ("middle", 25_417 + 29_000 + 31_000), ("highest", 88_334)]
)
def test_that_a_range_in_one_cell_is_asked_about_and_read_at_the_chosen_figure(
    tmp_path: Path, answer: str, bill: int
) -> None:
    path = write_book(tmp_path / "a.xlsx", RANGES)
    question = asked(path)
    assert question.key == "pay.range"
    assert ("Salary range", "£23,500 – £27,334") in question.examples[0]
    sheet = then(path, question, answer).sheets[0]
    assert (sheet.paybill, sheet.heads) == (bill, 3)
    (said,) = [one for one in sheet.problems if one.code == "pay_range_read"]
    assert (said.rows, said.places) == (2, (2, 3))


def test_that_rows_of_ranges_can_be_left_out(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", RANGES)
    sheet = then(path, asked(path), "leave_out").sheets[0]
    assert (counts(sheet), sheet.paybill) == ({"staff": 1, "set_aside": 2}, 31_000)
    assert [one.value for one in sheet.problems if one.set_aside] == [
        "£23,500 – £27,334",
        "£28,000 to £30,000",
    ]


HIDDEN = [
    ("Job title", "Headcount", "Hourly rate", "Hours"), ("RSW", 40, 13, 30), ("Senior RSW", "<5", 14, 30), ("Cook", "*", 13, 20),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "heads"), [("lowest", 42), ("middle", 45), ("highest", 48), ("leave_out", 40)]
)
def test_that_hidden_counts_are_asked_about_and_taken_as_told(
    tmp_path: Path, answer: str, heads: int
) -> None:
    path = write_book(tmp_path / "a.xlsx", HIDDEN)
    question = asked(path)
    assert question.key == "counts.hidden"
    sheet = then(path, question, answer).sheets[0]
    assert sheet.heads == heads
    assert counts(sheet) == ({"staff": 1, "set_aside": 2} if answer == "leave_out" else {"staff": 3})
    assert sum(one.rows for one in sheet.problems if one.code == "count_hidden") == 2


@pytest.mark.parametrize(
    ("text", "yes"),
    [("2025", True), ("2025/26", True), ("2025-2026", True), ("FY 2025", True), ("March 2026", True), ("Mar-26", True),
     ("Mawrth", True), ("2026-03", True), ("3", True), ("Period 4", True), ("Weekly", False), ("RSW", False), ("37.5", False),
     ("May Hospital", False)],
)  # fmt: skip
def test_that_a_month_or_year_is_known(text: str, *, yes: bool) -> None:
    assert is_period(text) is yes


def years(path: Path, *, first: int = 2024) -> Path:
    head = ("Year", "Staff no", "Job title", "Hourly rate", "Hours")
    rows = [(first + year, f"{staff}", "RSW", 12 + year, 30) for year in range(2) for staff in range(4)]
    return write_book(path, [head, *rows])


def test_that_two_years_of_the_same_staff_are_asked_about_and_the_other_is_set_aside(tmp_path: Path) -> None:
    path = years(tmp_path / "a.xlsx")
    question = asked(path)
    assert (question.key, question.candidates) == ("take.value", ("2024", "2025"))
    assert {dict(row)["Year"] for row in question.examples} == {"2024", "2025"}
    assert len(question.examples) == 5
    sheet = then(path, question, "2025").sheets[0]
    assert counts(sheet) == {"staff": 4, "set_aside": 4}
    assert sheet.paybill == 4 * 13 * 30 * Decimal("52.143")
    assert {(one.code, one.value) for one in sheet.problems if one.set_aside} == {("other_period", "2024")}


def test_that_one_year_only_is_not_asked_about(tmp_path: Path) -> None:
    rows = [("Year", "Job title", "Hourly rate", "Hours"), *((2025, "RSW", 13, 30) for _ in range(3))]
    assert read_sheet(write_book(tmp_path / "a.xlsx", rows)).heads == 3


def test_that_a_remembered_year_that_is_not_in_the_next_file_is_asked_for_again(tmp_path: Path) -> None:
    from datetime import date

    path = years(tmp_path / "a.xlsx")
    sector = add_readings(new_sector("s"), [then(path, asked(path), "2025")], today=date(2026, 1, 1))
    known = replace(FACTS, mappings=facts_of(sector).mappings)
    next_year = years(tmp_path / "b.xlsx", first=2025)
    assert read_payroll(next_year, facts=known).sheets[0].paybill == 4 * 12 * 30 * Decimal("52.143")
    with pytest.raises(OpenQuestion):
        read_payroll(years(tmp_path / "c.xlsx", first=2026), facts=known)


def test_that_sheets_for_months_are_asked_about_even_where_a_column_names_the_employer(
    tmp_path: Path,
) -> None:
    rows = [
        ("Employer", "Job title", "Hourly rate", "Hours"),
        ("Ash", "RSW", 13, 30),
        ("Beech", "RSW", 13, 30),
    ]
    path = write_book(tmp_path / "a.xlsx", rows, sheet="Apr 25")
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Apr 25"]).title = "May 25"
    book.save(path)
    with pytest.raises(OpenQuestion) as raised:
        read_payroll(path, facts=FACTS)
    assert raised.value.questions[0].key == "sheet.names"


def beside(path: Path, *, gap: int = 1) -> Path:
    head, empty = ("Job title", "Hourly rate", "Hours"), (None,) * gap
    left = [("RSW", 13, 30), ("RSW", 13, 30), ("Cook", 12.8, 20)]
    right = [("Team Leader", 17, 37.5), ("Senior RSW", 14, 30)]
    rows = [
        (*head, *empty, *head),
        *((*one, *empty, *two) for one, two in zip(left, right, strict=False)),
        left[2],
    ]
    return write_book(path, rows)


@pytest.mark.parametrize("gap", [0, 1])
def test_that_tables_side_by_side_are_asked_about_and_read_alone_or_together(
    tmp_path: Path, gap: int
) -> None:
    path = beside(tmp_path / "a.xlsx", gap=gap)
    question = asked(path)
    assert question.key == "sheet.tables"
    assert question.candidates == (("A:C", "E:G", "all") if gap else ("A:C", "D:F", "all"))
    alone = then(path, question, question.candidates[1])
    assert [float(one.heads) for one in alone.sheets] == [2]
    assert len(alone.sheets_left) == 1
    both = then(path, question, "all")
    assert [float(one.heads) for one in both.sheets] == [3, 2]
    assert sum(one.paybill for one in both.sheets) == Decimal("52.143") * (
        2 * 13 * 30 + Decimal("12.8") * 20 + 17 * Decimal("37.5") + 14 * 30
    )
    with pytest.raises(UnusableInput, match="A:C"):
        read_payroll(path, facts=FACTS, mapping=MappingFile(tables="X:Z"))


def test_that_pence_and_thousands_are_read_where_the_heading_or_the_answer_says_so(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "a.xlsx",
        [("Job title", "Hourly rate", "Hours"), *(("RSW", 1300 + at, 30) for at in range(4))],
    )
    assert asked(path).key == "pay.per"
    pence = MappingFile(pay_period=Period.HOUR, pay_unit="pence")
    assert read_sheet(path, mapping=pence).paybill == Decimal("52.06") * 30 * Decimal("52.143")
    thousands = write_book(
        tmp_path / "b.xlsx", [("Job title", "Salary (£000)"), ("RSW", 24.5), ("Team Leader", 31)]
    )
    assert read_sheet(thousands).paybill == 55_500
