"""Every check by name: a file that triggers it, and a file so like it that does not. The list of checks is whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bargain.intake.all_checks import problems_of_import
from bargain.intake.findings import findings_of
from bargain.intake.join import add_readings
from bargain.intake.payroll import read_payroll
from bargain.intake.reading import Choice, Do, MappingFile
from bargain.intake.words import word_table
from models.basis import Basis
from models.payscale import PayScale, ScalePoint
from models.sector import ImportRecord, Sector
from tests.bargain.intake.shared_files import FACTS, write_book

GOOD: dict[str, object] = {
    "Staff no": "20000", "NI number": "QQ 10 00 00 A", "Job title": "RSW", "Grade": "Residential support worker", "Point": "5",
    "Hourly rate": 13.45, "Hours": 37.5, "FTE": 1, "Paid weeks": 52, "Start date": date(2020, 1, 1), "Age": 40,
    "Contract type": "Permanent", "Status": "Active", "Sex": "F", "Sleep-ins": 10, "Employer pension %": 3, "Employer": "Example Homes",
    "Apprentice": "No", "Veteran NI relief": "No",
}  # fmt: skip
SCALE = PayScale(
    "Example scale", Basis.HOUR,
    (ScalePoint("5", 13_450_000, "Residential support worker"), ScalePoint("6", 14_000_000, "Senior support worker")),
)  # fmt: skip
OURS = replace(FACTS, minimum_wage_micros=12_710_000, scale=SCALE)
ONCE = MappingFile(ni_numbers="once")
Rows = list[dict[str, object]]


def good_rows(count: int = 40) -> Rows:
    return [
        GOOD | {"Staff no": f"{20_000 + at}", "NI number": f"QQ {10 + at} 00 00 A"} for at in range(count)
    ]


def book_of(path: Path, rows: Rows, *, head: list[str] | None = None) -> Path:
    head = head or list(GOOD)
    return write_book(path, [head, *([row.get(one) for one in head] for row in rows)])


# One odd row among forty good ones: what is different in it.
ODD_ROW: dict[str, dict[str, object]] = {
    "missing_pay": {"Hourly rate": None},
    "unreadable_pay": {"Hourly rate": "tbc"},
    "pay_not_above_nought": {"Hourly rate": 0},
    "pay_in_pence": {"Hourly rate": 1345},
    "not_hourly_pay": {"Hourly rate": 24_850.5},
    "pay_far_from_title": {"Hourly rate": 60},
    "pay_below_legal_floor": {"Hourly rate": 11.44},
    "missing_hours": {"Hours": None, "FTE": None},
    "hours_below_nought": {"Hours": -5},
    "hours_nought": {"Hours": 0},
    "hours_above_48": {"Hours": 50},
    "hours_above_60": {"Hours": 75},
    "hours_and_fte_disagree": {"FTE": 0.5},
    "fte_not_above_nought": {"FTE": 0},
    "fte_above_1": {"FTE": 1.1},
    "fte_tiny": {"FTE": 0.01, "Hours": 0.375},
    "weeks_out_of_reach": {"Paid weeks": 60},
    "pension_out_of_reach": {"Employer pension %": 120},
    "sleep_ins_out_of_reach": {"Sleep-ins": 400},
    "zero_hours_with_hours": {"Contract type": "Zero hours"},
    "staff_number_again": {"Staff no": "20000"},
    "leading_noughts_lost": {"Staff no": "77"},
    "start_in_future": {"Start date": date(2026, 9, 1)},
    "start_too_long_ago": {"Start date": date(1900, 1, 1)},
    "started_as_child": {"Age": 17},
    "age_out_of_reach": {"Age": 12},
    "unreadable": {"Start date": "soon"},
    "unknown_contract": {"Contract type": "Wizard"},
    "unknown_sex": {"Sex": "Q"},
    "unknown_apprentice": {"Apprentice": "perhaps"},
    "unknown_veteran": {"Veteran NI relief": "perhaps"},
    "unknown_status": {"Status": "Xfer"},
    "unmapped_title": {"Job title": "Wizard", "Grade": None},
    "grade_not_on_ladder": {"Job title": "Wizard", "Grade": "Wizard"},
    "missing_job_title": {"Job title": None},
    "missing_grade": {"Grade": None},
    "missing_point": {"Point": None},
    "missing_sex": {"Sex": None},
    "missing_contract": {"Contract type": None},
    "missing_start_date": {"Start date": None},
    "missing_age": {"Age": None},
    "dates_as_text": {"Start date": "1 Jan 2020"},
    "numbers_as_text": {"Hours": "37.5"},
    "spaces_around": {"Grade": " Residential  support worker"},
    "no_employer": {"Employer": None},
    "point_not_on_scale": {"Point": "99"},
    "point_outside_grade": {"Point": "6", "Hourly rate": 14.00},
    "pay_off_scale": {"Hourly rate": 13.95},
    "error_as_text": {"Sex": "####"},
    "one_person_two_jobs": {"NI number": "QQ100000A"},
    "temporary_ni_number": {"NI number": "11 A1 11 11"},
    "leaver_row": {"Status": "Leaver"},
    "total_row": dict.fromkeys(GOOD) | {"Job title": "Total", "Hours": 1500},
    "total_disagrees": dict.fromkeys(GOOD) | {"Job title": "Total", "Hours": 1400},
    "repeated_heading": {name: name for name in GOOD},
    "text_row": dict.fromkeys(GOOD) | {"Job title": "Agreed by the board"},
    "vacant_row": {"Job title": "Vacant"},
    "summary_row": {"Job title": "Average", "Staff no": None, "NI number": None, "Grade": None},
    "unnamed_row": dict.fromkeys(GOOD) | {"Hours": 12},
}  # fmt: skip


def codes_in(path: Path, facts: Any = OURS, mapping: MappingFile = ONCE) -> set[str]:
    reading = read_payroll(path, facts=facts, mapping=mapping)
    for sheet in reading.sheets:
        assert sheet.rows_in_file == sum(sheet.counts.values())
        for finding in findings_of(sheet.problems):
            assert finding.why
            assert finding.count >= 1
            assert finding.places
    return {one.code for sheet in reading.sheets for one in sheet.problems}


def test_that_a_good_file_triggers_no_check(tmp_path: Path) -> None:
    assert codes_in(book_of(tmp_path / "a.xlsx", good_rows())) == set()


@pytest.mark.parametrize("code", ODD_ROW)
def test_that_one_odd_row_triggers_its_check(tmp_path: Path, code: str) -> None:
    rows = good_rows()
    odd = GOOD | {"Staff no": "20099", "NI number": "QQ 99 99 99 A"} | ODD_ROW[code]
    assert code in codes_in(book_of(tmp_path / "a.xlsx", [*rows, odd]))


# Checks of a whole file, or that need another kind of file: how each comes about.


def same_row(path: Path) -> set[str]:
    return codes_in(book_of(path, [*good_rows(), good_rows()[0]]))


def hidden(path: Path, *, columns: bool = False, filtered: bool = False) -> set[str]:
    book = openpyxl.load_workbook(book_of(path, good_rows()))
    page = book["Payroll"]
    if filtered:
        page.auto_filter.ref = "A1:Q41"
        page.auto_filter.add_filter_column(2, ["RSW"])
    elif columns:
        page.column_dimensions["F"].hidden = True
    else:
        page.row_dimensions[5].hidden = True
    book.save(path)
    return codes_in(path)


def hidden_left_out(path: Path) -> set[str]:
    hidden(path)
    return codes_in(path, mapping=replace(ONCE, hidden="leave_out"))


def merged(path: Path) -> set[str]:
    book = openpyxl.load_workbook(book_of(path, good_rows()))
    book["Payroll"].merge_cells("C5:C6")
    book.save(path)
    return codes_in(path)


def with_cell(path: Path, value: str) -> set[str]:
    book = openpyxl.load_workbook(book_of(path, good_rows()))
    book["Payroll"]["F5"] = value
    book.save(path)
    return codes_in(path)


def error_cell(path: Path) -> set[str]:
    book = openpyxl.load_workbook(book_of(path, good_rows()))
    cell = book["Payroll"]["F5"]
    cell.value, cell.data_type = "#REF!", "e"
    book.save(path)
    return codes_in(path)


def salaries(path: Path, odd: dict[str, object], **usual: object) -> set[str]:
    head = ["Job title", "Annual salary", *usual, *(name for name in odd if name not in usual)]
    head = list(dict.fromkeys(head))
    rows: Rows = [{"Job title": "RSW", "Annual salary": 24_000 + at} | usual for at in range(24)]
    return codes_in(
        book_of(path, [*rows, {"Job title": "RSW", "Annual salary": 24_000} | usual | odd], head=head)
    )


def two_pays(path: Path) -> set[str]:
    head = ["Job title", "FTE salary", "Actual salary", "FTE"]
    rows: Rows = [
        {"Job title": "RSW", "FTE salary": 25_000, "Actual salary": 12_500, "FTE": 0.5} for _ in range(9)
    ]
    return codes_in(book_of(path, [*rows, rows[0] | {"Actual salary": 14_000}], head=head))


def by_period(path: Path, word: str) -> set[str]:
    head = ["Job title", "Pay rate", "Pay basis", "Hours"]
    rows: Rows = [{"Job title": "RSW", "Pay rate": 13, "Pay basis": "Hourly", "Hours": 30} for _ in range(12)]
    return codes_in(book_of(path, [*rows, rows[0] | {"Pay rate": 100, "Pay basis": word}], head=head))


def groups(path: Path) -> set[str]:
    head = ["Job title", "Heads", "Hourly rate", "Hours"]
    rows: Rows = [{"Job title": "RSW", "Heads": 4, "Hourly rate": 13, "Hours": 30} for _ in range(9)]
    return codes_in(book_of(path, [*rows, rows[0] | {"Heads": -2}], head=head))


def headcount(path: Path) -> set[str]:
    before = ImportRecord(
        "may.xlsx", "", "0", date(2026, 5, 1), ("Example Homes",), 99, 99, 0, 0, 0, 0, 99.0, 1
    )
    return codes_in(book_of(path, good_rows()), facts=replace(OURS, imports=(before,)))


def outside(path: Path) -> set[str]:
    remarks: dict[str, object] = {"Remarks": "seen", "More remarks": "twice", "Signed": "yes"}
    return codes_in(book_of(path, [*good_rows(), remarks], head=[*GOOD, *remarks]))


def imported_twice(path: Path) -> set[str]:
    reading = read_payroll(book_of(path, good_rows()), facts=OURS)
    sector = add_readings(Sector("S"), [reading], today=date(2026, 3, 3))
    assert not list(problems_of_import(Sector("S"), [reading]))
    return {one.code for _, one in problems_of_import(sector, [reading])}


def control(path: Path) -> set[str]:
    reading = read_payroll(book_of(path, good_rows()), facts=OURS)
    right = 40 * Decimal("13.45") * Decimal("37.5") * 52
    assert not list(problems_of_import(Sector("S"), [reading], control_total=right))
    return {one.code for _, one in problems_of_import(Sector("S"), [reading], control_total=right + 1)}


WHOLE_FILE: dict[str, Callable[[Path], set[str]]] = {
    "same_row_again": same_row,
    "hidden_rows": hidden,
    "hidden_row": hidden_left_out,
    "hidden_columns": lambda path: hidden(path, columns=True),
    "filtered_rows": lambda path: hidden(path, filtered=True),
    "merged_cells": merged,
    "formula_without_value": lambda path: with_cell(path, "=1+1"),
    "faulty_cell": error_cell,
    "wrong_period_for_row": lambda path: salaries(path, {"Annual salary": 2_010}),
    "not_yearly_pay": lambda path: salaries(path, {"Annual salary": 13.45}),
    "rate_out_of_reach": lambda path: salaries(path, {"Annual salary": 999_999_999}),
    "pay_columns_disagree": two_pays,
    "unknown_period": lambda path: by_period(path, "Per session"),
    "daily_pay": lambda path: by_period(path, "Daily"),
    "heads_below_nought": groups,
    "headcount_changed": headcount,
    "outside_table": outside,
    "file_imported_before": imported_twice,
    "control_total_differs": control,
}


@pytest.mark.parametrize("code", WHOLE_FILE)
def test_that_such_a_file_triggers_its_check(tmp_path: Path, code: str) -> None:
    assert code in WHOLE_FILE[code](tmp_path / "a.xlsx")


# Raised where ranges, hidden counts and periods are read, and in our own template: tested beside those.
ELSEWHERE = {"example_row", "count_hidden", "pay_range_read", "other_period", "other_element"}


def test_that_the_list_of_checks_is_whole_and_each_has_its_test() -> None:
    tested = {*ODD_ROW, *WHOLE_FILE}
    assert tested | ELSEWHERE == set(word_table("checks"))
    assert len(tested) >= 70


def test_that_merged_texts_can_be_filled_down_and_figures_are_not(tmp_path: Path) -> None:
    head = ["Home", "Job title", "Hourly rate", "Hours"]
    rows: Rows = [{"Job title": "RSW", "Hourly rate": 13, "Hours": 30} for _ in range(4)]
    path = book_of(tmp_path / "a.xlsx", [rows[0] | {"Home": "Oakfield"}, *rows[1:]], head=head)
    book = openpyxl.load_workbook(path)
    book["Payroll"].merge_cells("A2:A5")
    book["Payroll"].merge_cells("C2:C5")
    book.save(path)
    fill = MappingFile(choices=(Choice("merged_cells", Do.FIX),))
    sheet = read_payroll(path, facts=FACTS, mapping=fill).sheets[0]
    assert (sheet.workforce.settings, len(sheet.workforce)) == (("Oakfield",), 1)
    assert [one.row for one in sheet.problems if one.code == "missing_pay"] == [3, 4, 5]
