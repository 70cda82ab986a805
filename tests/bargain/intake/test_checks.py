"""What is doubtful in a payroll is said with row, column and reason; what cannot be costed is set aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.bargain.intake.shared_files import FACTS, codes, counts, read_sheet, write_book

HEAD = ("Staff no", "Job title", "Hourly rate", "Hours", "Start date", "Age", "Contract type", "Sex")
GOOD = ("1", "RSW", 13.45, 37.5, date(2020, 1, 1), 40, "Permanent", "F")


def row(number: str, **changed: object) -> tuple[object, ...]:
    fields = dict(
        zip(("number", "title", "rate", "hours", "start", "age", "contract", "sex"), GOOD, strict=True)
    )
    return tuple((fields | {"number": number} | changed).values())


@pytest.mark.parametrize(
    ("changed", "code", "aside"),
    [
        ({"rate": None}, "missing_pay", True),
        ({"rate": "tbc"}, "unreadable_pay", True),
        ({"rate": 0}, "pay_not_above_nought", True),
        ({"rate": "(12.71)"}, "pay_not_above_nought", True),
        ({"rate": 24_000}, "not_hourly_pay", True),
        ({"hours": None}, "missing_hours", True),
        ({"hours": "varies"}, "missing_hours", True),
        ({"hours": 0}, "hours_nought", False),
        ({"hours": 72}, "hours_above_60", False),
        ({"rate": 11.44}, "pay_below_legal_floor", False),
        ({"start": date(2026, 9, 1)}, "start_in_future", False),
        ({"start": "soon"}, "unreadable", False),
        ({"age": 14}, "age_out_of_reach", False),
        ({"age": 90}, "age_out_of_reach", False),
        ({"contract": "Wizard"}, "unknown_contract", False),
        ({"sex": "Q"}, "unknown_sex", False),
        ({"title": "Wizard"}, "unmapped_title", False),
    ],
)
def test_that_a_fault_is_found_in_its_row(
    tmp_path: Path, changed: dict[str, object], code: str, *, aside: bool
) -> None:
    rows = [HEAD, *(row(str(at)) for at in range(10, 22)), row("99", **changed)]
    sheet = read_sheet(
        write_book(tmp_path / "a.xlsx", rows), facts=replace(FACTS, minimum_wage_micros=12_710_000)
    )
    problem = next(one for one in sheet.problems if one.code == code)
    assert problem.row == 14
    assert problem.reason
    assert problem.set_aside is aside
    assert counts(sheet) == ({"staff": 12, "set_aside": 1} if aside else {"staff": 13})


def test_that_good_rows_have_no_problems(tmp_path: Path) -> None:
    rows = [HEAD, *(row(str(at)) for at in range(10, 22))]
    assert codes(read_sheet(write_book(tmp_path / "a.xlsx", rows))) == []


def test_that_an_under_21_below_the_adult_floor_is_not_flagged(tmp_path: Path) -> None:
    rows = [HEAD, row("1"), row("2", rate=11.0, age=19)]
    sheet = read_sheet(
        write_book(tmp_path / "a.xlsx", rows), facts=replace(FACTS, minimum_wage_micros=12_710_000)
    )
    assert codes(sheet) == []


def test_that_the_very_same_row_again_is_set_aside_and_a_second_job_is_kept(tmp_path: Path) -> None:
    rows = [HEAD, row("1"), row("2"), row("2"), row("1", title="Senior RSW", rate=14.6)]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert counts(sheet) == {"staff": 3, "set_aside": 1}
    assert codes(sheet) == ["same_row_again", "staff_number_again"]
    assert all(problem.value == "" for problem in sheet.problems)


def test_that_like_posts_without_a_name_or_number_are_not_duplicates(tmp_path: Path) -> None:
    rows = [HEAD[1:], *(GOOD[1:] for _ in range(5))]
    assert counts(read_sheet(write_book(tmp_path / "a.xlsx", rows))) == {"staff": 5}


def test_that_pay_columns_that_disagree_by_more_than_1_percent_are_flagged(tmp_path: Path) -> None:
    rows = [
        ("Job title", "FTE salary", "Actual salary", "FTE"),
        *(("RSW", 25_000, 12_500, 0.5) for _ in range(9)),
        ("RSW", 25_000, 14_000, 0.5),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert codes(sheet) == ["pay_columns_disagree"]
    assert sheet.problems[0].row == 11
    assert sheet.mapping["pay"] == "FTE salary"


def test_that_an_fte_above_one_is_flagged_and_kept(tmp_path: Path) -> None:
    rows = [
        ("Staff no", "Job title", "FTE salary", "FTE"),
        *((str(at), "RSW", 25_000, 1) for at in range(20)),
        ("99", "RSW", 25_000, 1.1),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert codes(sheet) == ["fte_above_1"]
    assert sheet.heads == 21


def test_that_fte_in_percent_is_a_share(tmp_path: Path) -> None:
    rows = [
        ("Staff no", "Job title", "FTE salary", "FTE %"),
        ("1", "RSW", 25_000, 100),
        ("2", "RSW", 25_000, 60),
        ("3", "RSW", 25_000, "80%"),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert list(sheet.workforce.fte)[:2] == [1.0, 0.6]


def test_that_the_full_week_is_the_hours_that_most_people_have(tmp_path: Path) -> None:
    rows = [HEAD, *(row(str(at), hours=39) for at in range(6)), row("7", hours=19.5)]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert set(sheet.workforce.full_hours_w) == {39.0}
    assert sheet.workforce.fte[-1] == 0.5


def test_that_an_unmapped_title_is_counted_with_its_heads_and_near_grades(tmp_path: Path) -> None:
    rows = [
        ("Job title", "Heads", "Hourly rate", "Hours"),
        ("Senior suport worker", 4, 14.6, 37.5),
        ("Cook", 2, 13, 30),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert dict(sheet.unmapped_titles) == {"Senior suport worker": 4, "Cook": 2}
    assert "Senior support worker" in sheet.problems[0].reason
    ((title, ((grade, sure), *_)),) = sheet.suggested_grades
    assert (title, grade) == ("Senior suport worker", "Senior support worker")
    assert 0.9 < sure < 1
    assert list(sheet.workforce.grade_code) == [-1, -1]
