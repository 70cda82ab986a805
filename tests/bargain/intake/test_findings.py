"""Every kind of finding says how many, where first, and why it matters; and the further checks find their faults."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bargain.intake.findings import findings_of, why_of
from bargain.intake.words import word_table
from tests.bargain.intake.shared_files import FACTS, codes, read_sheet, write_book

INTAKE = Path(__file__).resolve().parents[3] / "bargain" / "intake"
HEAD = (
    "Staff no",
    "Job title",
    "Hourly rate",
    "Hours",
    "FTE",
    "Start date",
    "Age",
    "Contract type",
    "Sex",
    "Sleep-ins",
)
GOOD = ("10001", "RSW", 13.45, 37.5, 1, date(2020, 1, 1), 40, "Permanent", "F", 10)


def row(staff_number: int, **changed: object) -> tuple[object, ...]:
    names = ("number", "title", "rate", "hours", "fte", "start", "age", "contract", "sex", "nights")
    fields = dict(zip(names, GOOD, strict=True))
    return tuple((fields | {"number": str(staff_number)} | changed).values())


def test_that_every_code_that_is_raised_says_why_it_matters() -> None:
    raised = set()
    for path in INTAKE.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.stem in {"checks", "checks_more", "staff", "rows", "payroll", "sheet_reading"}:
            raised |= set(
                re.findall(
                    r'(?:Problem|problem|once|_aside)\(\s*(?:checked, |at, row, filled, )?"(\w+)"', text
                )
            )
    assert len(raised) >= 40
    assert raised <= set(word_table("checks"))


def test_that_findings_are_counted_by_kind_with_their_first_places(tmp_path: Path) -> None:
    rows = [
        HEAD,
        *(row(at) for at in range(20_000, 20_010)),
        row(1, rate=None),
        row(2, rate=None),
        row(3, hours=50, fte=1.33),
    ]
    found = findings_of(read_sheet(write_book(tmp_path / "a.xlsx", rows)).problems)
    pay = next(one for one in found if one.code == "missing_pay")
    assert (pay.count, pay.set_aside, [one.row for one in pay.first]) == (2, 2, [12, 13])
    assert pay.why == why_of("missing_pay")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"rate": 1345}, "pay_in_pence"),
        ({"hours": 50, "fte": 1.33}, "hours_above_48"),
        ({"fte": 0.5}, "hours_and_fte_disagree"),
        ({"fte": 0.01, "hours": 0.375}, "fte_tiny"),
        ({"nights": 400}, "sleep_ins_out_of_reach"),
        ({"start": date(1900, 1, 1)}, "start_too_long_ago"),
        ({"start": date(2020, 1, 1), "age": 17}, "started_as_child"),
        ({"rate": 40}, "pay_far_from_title"),
        ({"contract": "Zero hours"}, "zero_hours_with_hours"),
        ({"sex": None}, "missing_sex"),
        ({"start": "1 Jan 2020"}, "dates_as_text"),
        ({"hours": "37.5"}, "numbers_as_text"),
        ({"title": " RSW"}, "spaces_around"),
        ({"number": "77"}, "leading_noughts_lost"),
    ],
)
def test_that_a_further_fault_is_found(tmp_path: Path, changed: dict[str, object], code: str) -> None:
    rows = [HEAD, *(row(at) for at in range(20_000, 20_012)), row(20_099, **changed)]
    assert code in codes(read_sheet(write_book(tmp_path / "a.xlsx", rows)))


def test_that_a_month_among_years_is_found(tmp_path: Path) -> None:
    rows = [("Job title", "Annual salary"), *(("RSW", 24_000 + at) for at in range(12)), ("RSW", 2_010)]
    assert "wrong_period_for_row" in codes(read_sheet(write_book(tmp_path / "a.xlsx", rows)))


@pytest.mark.parametrize(
    ("age", "contract", "rate", "flagged"),
    [(19, "Permanent", 10.5, True), (19, "Permanent", 11.0, False), (17, "Permanent", 8.2, False), (17, "Permanent", 7.9, True),
     (30, "Apprentice", 8.2, False), (30, "Apprentice", 7.9, True), (30, "Permanent", 12.7, True)],
)  # fmt: skip
def test_that_the_minimum_wage_is_by_age(
    tmp_path: Path, age: int, contract: str, rate: float, *, flagged: bool
) -> None:
    facts = replace(
        FACTS, minimum_wage_micros=12_710_000, minimum_18_20_micros=10_850_000, minimum_under_18_micros=8_000_000,
        minimum_apprentice_micros=8_000_000,
    )  # fmt: skip
    rows = [HEAD, row(1, age=age, contract=contract, rate=rate, start=date(2026, 1, 1)), row(2)]
    found = codes(read_sheet(write_book(tmp_path / "a.xlsx", rows), facts=facts))
    assert ("pay_below_legal_floor" in found) is flagged


def test_that_hidden_rows_and_merged_cells_are_named_and_read(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", [HEAD, *(row(at) for at in range(20_000, 20_012))])
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    page.row_dimensions[5].hidden = True
    page.merge_cells("I7:J7")
    book.save(path)
    sheet = read_sheet(path)
    assert [one.row for one in sheet.problems if one.code == "hidden_rows"] == [5]
    assert [one.row for one in sheet.problems if one.code == "merged_cells"] == [7]
    assert sheet.counts["staff"] == 12  # type: ignore[index]
