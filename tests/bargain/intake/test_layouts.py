"""Tables as people lay them out: titles above, headings in two rows, totals, leavers, gaps, text where numbers belong."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from bargain.intake.join import add_readings
from bargain.intake.payroll import read_payroll
from models.issues import UnusableInput
from models.sector import Sector
from models.workforce import Contract, Sex
from tests.bargain.intake.shared_files import FACTS, codes, counts, read_sheet, write_book

HEAD = ("Job title", "Hourly rate", "Weekly hours")
RSW = ("RSW", 12.71, 37.5)
SENIOR = ("Senior RSW", 14.6, 30)


def test_that_title_rows_above_the_heading_are_not_staff(tmp_path: Path) -> None:
    sheet = read_sheet(
        write_book(
            tmp_path / "a.xlsx",
            [("Northshire Care Ltd",), ("Payroll at 30 April 2026",), (), HEAD, RSW, SENIOR],
        )
    )
    assert sheet.header_row == 4
    assert counts(sheet) == {"staff": 2}


def test_that_merged_headings_of_two_rows_are_read_as_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ("Employee", None, "Post", "Contracted", None),
        ("Number", "Name", None, "Hours", "Weeks"),
        ("E1", "Testa", "RSW", 30, 39),
    ):
        page.append(row)
    page["F1"], page["F2"], page["F3"] = "Basic", "Hourly rate", 12.71
    page.merge_cells("A1:B1")
    page.merge_cells("D1:E1")
    page.merge_cells("C1:C2")
    book.save(tmp_path / "merged.xlsx")
    sheet = read_sheet(tmp_path / "merged.xlsx")
    assert (sheet.header_row, sheet.header_rows) == (2, 2)
    assert sheet.mapping["staff_number"] == "Employee Number"
    assert sheet.mapping["weeks"] == "Contracted Weeks"
    assert "Employee Name" in sheet.dropped_columns
    assert sheet.workforce.weeks_y[0] == 39
    assert float(sheet.paybill) == pytest.approx(12.71 * 30 * 39)


def test_that_totals_sub_totals_and_repeated_headings_are_told_from_staff(tmp_path: Path) -> None:
    rows = [
        HEAD,
        RSW,
        RSW,
        ("Oakfield total", None, 75),
        HEAD,
        SENIOR,
        ("Sub-total", None, 30),
        ("Grand Total", None, 105),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert counts(sheet) == {"staff": 3, "totals": 3, "set_aside": 1}
    assert codes(sheet) == ["repeated_heading"]


def test_that_a_total_without_a_label_is_known_by_its_sum(tmp_path: Path) -> None:
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", [HEAD, RSW, SENIOR, RSW, (None, None, 105)]))
    assert counts(sheet) == {"staff": 3, "totals": 1}


def test_that_a_printed_total_that_is_no_sum_is_said(tmp_path: Path) -> None:
    rows = [
        HEAD,
        RSW,
        RSW,
        ("Oakfield total", None, 75),
        SENIOR,
        ("Elm total", None, 30),
        ("Grand Total", None, 110),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert counts(sheet) == {"staff": 3, "totals": 3}
    assert [(one.row, one.value) for one in sheet.problems if one.code == "total_disagrees"] == [(7, "110")]
    assert [one.row for one in sheet.problems if one.code == "total_row"] == [4, 6, 7]


def test_that_a_job_title_that_begins_with_total_is_staff(tmp_path: Path) -> None:
    rows = [("Staff no", *HEAD), ("1", *RSW), ("2", "Total care manager", 20, 37.5), ("3", *SENIOR)]
    assert counts(read_sheet(write_book(tmp_path / "a.xlsx", rows))) == {"staff": 3}


def test_that_leavers_are_counted_by_date_and_by_status(tmp_path: Path) -> None:
    rows = [
        (*HEAD, "Leaving date", "Status"),
        (*RSW, None, "Current"),
        (*RSW, date(2026, 2, 1), "Current"),
        (*RSW, date(2026, 12, 1), "Current"),
        (*RSW, None, "Leaver"),
    ]
    assert counts(read_sheet(write_book(tmp_path / "a.xlsx", rows))) == {"staff": 2, "leavers": 2}


def test_that_blank_rows_and_notes_under_the_table_are_counted(tmp_path: Path) -> None:
    rows = [HEAD, RSW, (), (), SENIOR, (), ("Rates exclude sleep-ins",), ("Invented",)]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert counts(sheet) == {"staff": 2, "blank": 3, "set_aside": 2}
    assert sheet.rows_in_file == 7
    assert [problem.row for problem in sheet.problems] == [7, 8]
    assert sheet.problems[0].value == "Rates exclude sleep-ins"


def test_that_a_table_may_begin_in_column_c(tmp_path: Path) -> None:
    rows = [(), (), *((None, None, *row) for row in (HEAD, RSW, SENIOR))]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert sheet.header_row == 3
    assert counts(sheet) == {"staff": 2}


def test_that_money_hours_and_dates_in_text_are_read(tmp_path: Path) -> None:
    rows = [
        (*HEAD, "Start date", "Sex", "Contract type", "Age band"),
        ("RSW", "£12.71", "37:30", "31/03/2024", "F", "Perm", "25-34"),
        ("RSW", "12.71 per hour", "37.5 hrs", "3 Mar 2025", "Male", "Zero hrs", "under 21"),
        ("RSW", 12.71, timedelta(hours=37.5), date(2020, 1, 2), None, "Bank", "65+"),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    posts = sheet.workforce
    assert counts(sheet) == {"staff": 3}
    assert sheet.problems == ()
    assert list(posts.rate_micros) == [12_710_000] * 3
    assert list(posts.hours_w) == [37.5] * 3
    assert list(posts.start_month) == [2024 * 12 + 2, 2025 * 12 + 2, 2020 * 12]
    assert list(posts.sex) == [Sex.FEMALE, Sex.MALE, Sex.UNKNOWN]
    assert list(posts.contract) == [Contract.PERMANENT, Contract.ZERO_HOURS, Contract.BANK]
    assert list(posts.age) == [29, 20, 65]


def test_that_a_semicolon_csv_in_windows_1252_with_decimal_commas_is_read(tmp_path: Path) -> None:
    path = tmp_path / "Cwmni Gofal.csv"
    lines = ["Teitl swydd;Cyflog yr awr (£);Oriau", *["RSW;£12,71;37,5"] * 10, "Nyrs;£1.013,45;30"]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    sheet = read_sheet(path)
    assert counts(sheet) == {"staff": 10, "set_aside": 1}
    assert set(sheet.workforce.rate_micros) == {12_710_000}
    assert codes(sheet) == ["not_hourly_pay", "unmapped_title"]
    assert sheet.problems[0].value == "1013.45"
    assert [one.name for one in sheet.employers] == ["Cwmni Gofal"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_that_encoding_and_delimiter_are_worked_out(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "\n".join(
        delimiter.join(row)
        for row in (("Job title", "Hourly rate (£)", "Weekly hours"), ("RSW", "£12.71", "37.5"))
    )
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert list(read_sheet(path).workforce.rate_micros) == [12_710_000]


def test_that_the_sep_line_of_excel_tells_the_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nJob title;Hourly rate;Weekly hours\nRSW;12,71;37,5\n", encoding="utf-8")
    sheet = read_sheet(path)
    assert sheet.header_row == 1
    assert list(sheet.workforce.hours_w) == [37.5]


def test_that_a_hidden_sheet_is_named_and_not_read(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path / "a.xlsx", [HEAD, RSW]))
    last_year = book.create_sheet("Last year")
    for row in (HEAD, RSW, RSW):
        last_year.append(row)
    last_year.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    reading = read_payroll(tmp_path / "a.xlsx", facts=FACTS)
    assert [one.sheet for one in reading.sheets] == ["Payroll"]
    assert [(one.sheet, one.rows, one.hidden) for one in reading.sheets_left] == [("Last year", 3, True)]


def test_that_hidden_rows_are_read_and_counted(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path / "a.xlsx", [HEAD, RSW, SENIOR]))
    book["Payroll"].row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    sheet = read_sheet(tmp_path / "a.xlsx")
    assert counts(sheet) == {"staff": 2}
    assert sheet.hidden_rows == 1


def test_that_errors_and_formulas_without_a_result_set_their_rows_aside(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path / "a.xlsx", [HEAD, RSW, RSW, RSW]))
    page = book["Payroll"]
    page["B3"] = "=B2*1.02"
    page["B4"] = "#N/A"
    book.save(tmp_path / "a.xlsx")
    sheet = read_sheet(tmp_path / "a.xlsx")
    assert counts(sheet) == {"staff": 1, "set_aside": 2}
    reasons = {problem.row: problem.reason for problem in sheet.problems if problem.code == "faulty_cell"}
    assert "formula whose result was not stored" in reasons[3]
    assert "#N/A" in reasons[4]


def test_that_sheets_named_after_employers_give_one_reading_each(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Northshire Care"
    for page in (first, book.create_sheet("Southshire Care")):
        page.append(HEAD)
        page.append(RSW)
    book.save(tmp_path / "return.xlsx")
    reading = read_payroll(tmp_path / "return.xlsx", facts=FACTS)
    assert [[one.name for one in sheet.employers] for sheet in reading.sheets] == [
        ["Northshire Care"],
        ["Southshire Care"],
    ]


def test_that_the_employer_given_is_put_above_the_name_of_sheet_and_file(tmp_path: Path) -> None:
    path = write_book(tmp_path / "Northshire Care.xlsx", [HEAD, RSW])
    assert [one.name for one in read_sheet(path).employers] == ["Northshire Care"]
    named = read_payroll(path, facts=FACTS, employer="Other Care")
    assert [one.name for one in named.sheets[0].employers] == ["Other Care"]


def test_that_a_pay_scale_sheet_beside_the_payroll_is_left(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_book(tmp_path / "a.xlsx", [HEAD, RSW]))
    scale = book.create_sheet("Scale")
    for row in (("Point", "Annual salary"), (1, 24_000), (2, 24_500)):
        scale.append(row)
    book.save(tmp_path / "a.xlsx")
    reading = read_payroll(tmp_path / "a.xlsx", facts=FACTS)
    assert [one.sheet for one in reading.sheets] == ["Payroll"]
    assert "pay scale" in reading.sheets_left[0].reason


def test_that_a_sheet_without_a_heading_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="row of headings"):
        read_payroll(
            write_book(tmp_path / "a.xlsx", [("Minutes of the meeting",), ("Present: nobody",)]), facts=FACTS
        )


def test_that_a_heading_without_staff_under_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="no row of staff"):
        read_payroll(write_book(tmp_path / "a.xlsx", [HEAD]), facts=FACTS)


def test_that_misspelt_headings_are_known_and_overtime_hours_are_not_contracted_hours(tmp_path: Path) -> None:
    rows = [("Job titel", "Hourly rate", "Contracted houres", "Overtime hours"), ("RSW", 12.71, 37.5, 4)]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert sheet.mapping["job_title"] == "Job titel"
    assert sheet.mapping["hours"] == "Contracted houres"
    assert sheet.dropped_columns == ("Overtime hours",)


def test_that_a_pension_scheme_decides_what_its_contribution_is_due_on(tmp_path: Path) -> None:
    rows = [
        ("Employer", "Job title", "Hourly rate", "Contracted hours", "Pension scheme", "Employer pension %"),
        ("Council", "RSW", 15, 37.5, "LGPS", 20),
        ("Council", "RSW", 15, 37.5, "NEST", 3),
        ("Council", "RSW", 15, 37.5, "LGPS", 20),
        ("Charity", "RSW", 15, 37.5, "qualifying earnings", 5),
        ("Other", "RSW", 15, 37.5, "Lantern Mutual", 4),
    ]
    reading = read_payroll(write_book(tmp_path / "a.xlsx", rows), facts=FACTS)
    (sheet,) = reading.sheets

    assert {one.name: one.pension_on_band for one in sheet.employers} == {
        "Council": False, "Charity": True, "Other": None
    }  # fmt: skip
    assert any(one.startswith("Council has staff in pension schemes") for one in sheet.notes)
    assert {one.name: one.pension_on_band for one in add_readings(Sector("s"), [reading], today=date(2026, 11, 22)).employers} == {
        "Council": False, "Charity": True, "Other": True
    }  # fmt: skip
