"""What a file leaves open is asked with candidates and examples; what its own figures settle is not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bargain.intake.mapping_file import read_mapping, write_mapping
from bargain.intake.payroll import read_payroll
from bargain.intake.reading import MappingFile, OpenQuestion, PayKind, Period, Question
from bargain.intake.reading_json import questions_as_json, reading_as_json
from models.basis import Basis
from models.issues import UnusableInput
from tests.bargain.intake.shared_files import FACTS, read_sheet, write_book

PART_TIME = [
    ("Job title", "Salary", "FTE"),
    ("RSW", 24_850, 1),
    ("RSW", 14_910, 0.6),
    ("Senior RSW", 27_000, 1),
    ("Team Leader", 15_500, 0.5),
]


def asked(path: Path, mapping: MappingFile | None = None) -> Question:
    with pytest.raises(OpenQuestion) as raised:
        read_payroll(path, facts=FACTS, mapping=mapping)
    assert raised.value.questions[0].key in str(raised.value)
    return raised.value.questions[0]


def test_that_salary_with_part_timers_is_asked_with_five_rows_at_most(tmp_path: Path) -> None:
    question = asked(write_book(tmp_path / "a.xlsx", PART_TIME))
    assert question.key == "pay.of"
    assert question.candidates == ("actual", "full_time")
    assert question.examples[0] == (("Job title", "RSW"), ("FTE", "0.6"), ("Salary", "14910"))
    assert len(question.examples) <= 5


@pytest.mark.parametrize(
    ("kind", "rate", "bill"), [("actual", 24_850, 82_260), ("full_time", 14_910, 68_546)]
)
def test_that_the_answer_decides_rate_and_pay_bill(tmp_path: Path, kind: str, rate: int, bill: int) -> None:
    path = write_book(tmp_path / "a.xlsx", PART_TIME)
    sheet = read_sheet(path, mapping=read_mapping(f'[pay]\nof = "{kind}"\n', source="map.toml"))
    assert sheet.workforce.rate_micros[1] == rate * 10**6
    assert sheet.paybill == bill
    assert set(sheet.workforce.basis) == {Basis.YEAR}


def test_that_salary_is_not_asked_about_where_all_are_full_time(tmp_path: Path) -> None:
    rows = [(title, pay, 1) if title != "Job title" else (title, pay, "FTE") for title, pay, _ in PART_TIME]
    assert read_sheet(write_book(tmp_path / "a.xlsx", rows)).heads == 4


def test_that_like_posts_show_that_pay_is_for_full_time(tmp_path: Path) -> None:
    rows = [
        ("Job title", "Point", "Salary", "FTE"),
        *(("RSW", 5, 25_000, share) for share in (1, 0.8, 0.6, 0.5)),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert sheet.paybill == 25_000 * Decimal("2.9")


def test_that_like_posts_show_that_pay_is_actual(tmp_path: Path) -> None:
    rows = [
        ("Job title", "Point", "Salary", "FTE"),
        *(("RSW", 5, 25_000 * share, share) for share in (1, 0.8, 0.6, 0.5)),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert sheet.paybill == 25_000 * Decimal("2.9")
    assert set(sheet.workforce.rate_micros) == {25_000 * 10**6}


def test_that_a_second_pay_column_that_is_the_first_times_fte_settles_which_is_which(tmp_path: Path) -> None:
    rows = [
        ("Job title", "Salary", "Pay", "FTE"),
        *(("RSW", 25_000 + n, (25_000 + n) * 0.6, 0.6) for n in range(5)),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert sheet.mapping["pay"] == "Salary"
    assert sheet.mapping["pay_check"] == "Pay"
    assert sheet.workforce.rate_micros[0] == 25_000 * 10**6


def test_that_two_pay_columns_that_nothing_tells_apart_are_asked_about(tmp_path: Path) -> None:
    rows = [("Job title", "Salary", "Pay"), ("RSW", 25_000, 26_100), ("RSW", 25_500, 25_900)]
    question = asked(write_book(tmp_path / "a.xlsx", rows))
    assert (question.key, question.candidates) == ("columns.pay", ("Salary", "Pay"))
    answered = read_sheet(tmp_path / "a.xlsx", mapping=MappingFile(columns={"pay": "Pay"}))
    assert answered.paybill == 52_000


def test_that_a_pay_range_is_asked_about(tmp_path: Path) -> None:
    rows = [("Job title", "Salary minimum", "Salary maximum"), ("RSW", 24_000, 26_000)]
    question = asked(write_book(tmp_path / "a.xlsx", rows))
    assert question.candidates == ("Salary minimum", "Salary maximum")


def test_that_gross_pay_alone_is_not_taken_for_basic_pay(tmp_path: Path) -> None:
    rows = [("Job title", "Gross pay", "Other"), ("RSW", 25_000, 3), ("RSW", 26_000, 4)]
    assert asked(write_book(tmp_path / "a.xlsx", rows)).key == "columns.pay"


def test_that_pay_for_an_unsaid_time_is_asked_about(tmp_path: Path) -> None:
    rows = [("Job title", "Pay", "Hours"), ("RSW", 2_070, 37.5), ("RSW", 2_150, 37.5)]
    path = write_book(tmp_path / "a.xlsx", rows)
    assert asked(path).key == "pay.per"
    sheet = read_sheet(path, mapping=MappingFile(pay_period=Period.MONTH))
    assert sheet.paybill == (2_070 + 2_150) * 12


def test_that_an_hourly_heading_over_salaries_is_asked_about(tmp_path: Path) -> None:
    rows = [("Job title", "Hourly rate", "Hours"), ("RSW", 24_000, 37.5), ("RSW", 25_000, 37.5)]
    assert asked(write_book(tmp_path / "a.xlsx", rows)).key == "pay.per"


@pytest.mark.parametrize(
    ("heading", "pay", "bill"),
    [
        ("Monthly salary", 2_000, Decimal(24_000)),
        ("Weekly wage", 500, Decimal(500) * Decimal("52.143")),
        ("Fortnightly pay", 1_000, Decimal(500) * Decimal("52.143")),
        ("Four-weekly pay", 2_000, Decimal(500) * Decimal("52.143")),
    ],
)
def test_that_pay_periods_become_a_year(tmp_path: Path, heading: str, pay: int, bill: Decimal) -> None:
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", [("Job title", heading), ("RSW", pay)]))
    assert sheet.paybill == bill


def test_that_a_period_that_changes_by_row_is_followed(tmp_path: Path) -> None:
    rows = [
        ("Job title", "Pay rate", "Pay basis", "Hours"),
        ("RSW", 12.71, "Hourly", 30),
        ("Team Leader", 30_000, "Annual", 37.5),
        ("RSW", 100, "Per session", 5),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert list(sheet.workforce.basis) == [Basis.HOUR, Basis.YEAR]
    assert sheet.problems[0].code == "unknown_period"


def test_that_dates_that_could_be_either_way_round_are_asked_about(tmp_path: Path) -> None:
    rows = [("Job title", "Hourly rate", "Hours", "Start date"), ("RSW", 12.71, 30, "03/04/2025")]
    path = write_book(tmp_path / "a.xlsx", rows)
    assert asked(path).key == "dates.order"
    american = read_sheet(path, mapping=MappingFile(date_order="month_first"))
    assert american.workforce.start_month[0] == 2025 * 12 + 2


def test_that_months_of_one_payroll_are_asked_about_and_not_added_up(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(write_book(tmp_path / "a.xlsx", PART_TIME, sheet="March 2026"))
    april = book.create_sheet("April 2026")
    for row in PART_TIME:
        april.append(row)
    book.save(tmp_path / "a.xlsx")
    question = asked(tmp_path / "a.xlsx")
    assert (question.key, question.candidates) == ("sheet.names", ("March 2026", "April 2026"))
    chosen = MappingFile(sheets=("April 2026",), pay_kind=PayKind.ACTUAL)
    assert read_sheet(tmp_path / "a.xlsx", mapping=chosen).sheet == "April 2026"


def test_that_a_mapping_file_comes_back_as_it_was_written() -> None:
    mapping = MappingFile(
        columns={"pay": "Rate", "hours": "Hrs"},
        sheets=("April",),
        heading_row=3,
        heading_rows=2,
        pay_period=Period.HOUR,
        pay_kind=PayKind.FULL_TIME,
        periods={"Sched": Period.MONTH},
        date_order="day_first",
        full_time_hours=Decimal("37.5"),
        grouped=False,
        titles={"HCA": "Residential support worker"},
    )
    assert read_mapping(write_mapping(mapping), source="map.toml") == mapping


def test_that_a_mapping_saved_from_a_reading_reads_the_next_file_alike(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", PART_TIME)
    answer = MappingFile(pay_kind=PayKind.ACTUAL)
    first = read_sheet(path, mapping=answer)
    saved = read_mapping(write_mapping(first), source="map.toml")
    assert saved.pay_kind is PayKind.ACTUAL
    assert saved.pay_period is Period.YEAR
    assert read_sheet(path, mapping=saved).workforce.fingerprint() == first.workforce.fingerprint()


def test_that_an_unknown_mapping_key_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnusableInput, match="job_title"):
        read_mapping('[columns]\njob_titel = "Role"\n', source="map.toml")


def test_that_a_mapped_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="Rate per hour"):
        read_payroll(
            write_book(tmp_path / "a.xlsx", PART_TIME),
            facts=FACTS,
            mapping=MappingFile(columns={"pay": "Rate per hour"}),
        )


def test_that_a_sheet_without_pay_or_the_mapped_columns_is_left_where_another_has_them(
    tmp_path: Path,
) -> None:
    import openpyxl

    book = openpyxl.load_workbook(write_book(tmp_path / "a.xlsx", PART_TIME))
    leave = book.create_sheet("Leave")
    for row in (("Job title", "Weekly hours", "Days"), ("RSW", 37.5, 28)):
        leave.append(row)
    book.save(tmp_path / "a.xlsx")
    mapping = MappingFile(columns={"pay": "Salary"}, pay_period=Period.YEAR, pay_kind=PayKind.ACTUAL)
    for given in (mapping, MappingFile(pay_kind=PayKind.ACTUAL)):
        reading = read_payroll(tmp_path / "a.xlsx", facts=FACTS, mapping=given)
        assert [one.sheet for one in reading.sheets] == ["Payroll"]
        assert [one.sheet for one in reading.sheets_left] == ["Leave"]


def test_that_json_has_the_public_keys(tmp_path: Path) -> None:
    reading = read_payroll(
        write_book(tmp_path / "a.xlsx", PART_TIME), facts=FACTS, mapping=MappingFile(pay_kind=PayKind.ACTUAL)
    )
    (told,) = reading_as_json(reading, control_total=Decimal(82_000))["files"]
    public = {
        "file", "sheet", "header_row", "rows_in_file", "staff", "totals", "leavers", "set_aside", "blank", "problems", "mapping",
        "dropped_columns", "paybill_annual", "control_difference",
    }  # fmt: skip
    assert public <= set(told)
    assert told["control_difference"] == 260
    assert (
        told["rows_in_file"]
        == told["staff"] + told["totals"] + told["leavers"] + told["set_aside"] + told["blank"]
    )


def test_that_a_question_has_a_json_form(tmp_path: Path) -> None:
    with pytest.raises(OpenQuestion) as raised:
        read_payroll(write_book(tmp_path / "a.xlsx", PART_TIME), facts=FACTS)
    (told,) = questions_as_json(raised.value)["questions"]
    assert told["candidates"] == ["actual", "full_time"]
    assert told["examples"][0]["Salary"] == "14910"


BY_HOUR = [("Job title", "Hourly rate"), ("RSW", 12.71), ("RSW", 12.9), ("Cook", 13)]


def test_that_hourly_pay_without_hours_is_asked_about_with_full_time_first(tmp_path: Path) -> None:
    question = asked(write_book(tmp_path / "a.xlsx", BY_HOUR))
    assert question.key == "pay.hours_each"
    assert Decimal(question.candidates[0]) == Decimal(str(FACTS.weekly_hours))
    assert len(set(question.candidates)) == len(question.candidates)
    assert question.examples[0] == (("Job title", "RSW"), ("Hourly rate", "12.71"))
    assert "Hourly rate" in question.question


@pytest.mark.parametrize("hours", ["37.5", "21.5", "40"])
def test_that_the_answer_makes_the_same_posts_as_a_column_of_those_hours(tmp_path: Path, hours: str) -> None:
    each = Decimal(hours)
    told = read_mapping(f"pay = {{ hours_each = {hours} }}\n", source="map.toml")
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", BY_HOUR), mapping=told)
    assert sheet.paybill == Decimal("38.61") * each * Decimal(str(FACTS.weeks_y))
    with_column = [(*BY_HOUR[0], "Weekly hours"), *((*row, float(each)) for row in BY_HOUR[1:])]
    other = read_sheet(write_book(tmp_path / "b.xlsx", with_column))
    for name in ("hours_w", "full_hours_w", "fte", "rate_micros", "weeks_y"):
        assert getattr(sheet.workforce, name).tolist() == getattr(other.workforce, name).tolist(), name
    assert any(f"{each.normalize():f} hours a week, as answered" in note for note in sheet.notes)
    assert sheet.settled is not None
    assert sheet.settled.hours_each == each
    assert [one.weekly_hours for one in sheet.employers] == [None]  # nobody has said what full time is


NOT_ASKED = {
    "one row without hours": [("Job title", "Hourly rate", "Hours"), ("RSW", 12.71, 30), ("Cook", 13, None)],
    "a casual row without hours": [
        ("Job title", "Contract type", "Hourly rate", "Hours"), ("RSW", "Permanent", 12.71, 30), ("RSW", "Zero hours", 12.71, None),
    ],
    "FTE instead of hours": [("Job title", "Hourly rate", "FTE"), ("RSW", 12.71, 0.8), ("Cook", 13, 1)],
    "hours a year": [("Job title", "Hourly rate", "Annual hours"), ("RSW", 12.71, 1500), ("Cook", 13, 1900)],
    "yearly pay": [("Job title", "Annual salary"), ("RSW", 24_850), ("Cook", 23_000)],
    "pay points with their posts": [("Grade", "Hourly rate", "FTE"), ("G1", 12.71, 8.4), ("G2", 13, 22)],
}  # fmt: skip


@pytest.mark.parametrize("shape", NOT_ASKED)
def test_that_hours_are_not_asked_about_where_they_do_not_decide_or_some_rows_say_them(
    tmp_path: Path, shape: str
) -> None:
    assert read_sheet(write_book(tmp_path / "a.xlsx", NOT_ASKED[shape])).heads > 0


def test_that_a_row_without_hours_among_others_stays_a_finding_also_where_hours_were_answered(
    tmp_path: Path,
) -> None:
    path = write_book(tmp_path / "a.xlsx", NOT_ASKED["one row without hours"])
    for mapping in (None, MappingFile(hours_each=Decimal(20))):
        sheet = read_sheet(path, mapping=mapping)
        assert [(one.code, one.row) for one in sheet.problems if one.set_aside] == [("missing_hours", 3)]
        assert sheet.workforce.hours_w.tolist() == [30]


def test_that_a_column_of_hours_that_is_blank_throughout_says_nothing(tmp_path: Path) -> None:
    rows = [(*BY_HOUR[0], "Hours"), *((*row, None) for row in BY_HOUR[1:])]
    path = write_book(tmp_path / "a.xlsx", rows)
    assert asked(path).key == "pay.hours_each"
    sheet = read_sheet(path, mapping=MappingFile(hours_each=Decimal(30)))
    assert sheet.workforce.hours_w.tolist() == [30, 30, 30]


def test_that_only_hourly_rows_take_the_answer_where_pay_is_for_several_times(tmp_path: Path) -> None:
    rows = [("Job title", "Pay rate", "Pay basis"), ("RSW", 12.71, "Hour"), ("Manager", 41_000, "Year")]
    path = write_book(tmp_path / "a.xlsx", rows)
    assert asked(path).key == "pay.hours_each"
    sheet = read_sheet(path, mapping=MappingFile(hours_each=Decimal(20)))
    assert sheet.paybill == Decimal("12.71") * 20 * Decimal(str(FACTS.weeks_y)) + 41_000
    assert sheet.workforce.fte.tolist()[1] == 1
    assert any("every other post is taken to be full time" in note for note in sheet.notes)


def test_that_heads_paid_by_the_hour_without_hours_are_asked_about(tmp_path: Path) -> None:
    rows = [("Job title", "Headcount", "Hourly rate"), ("RSW", 12, 12.71), ("Cook", 3, 13)]
    assert asked(write_book(tmp_path / "a.xlsx", rows)).key == "pay.hours_each"


@pytest.mark.parametrize("hours", ["0", "101", '"lots"'])
def test_that_impossible_hours_in_a_mapping_file_are_refused(hours: str) -> None:
    with pytest.raises(UnusableInput, match="hours_each"):
        read_mapping(f"pay = {{ hours_each = {hours} }}\n", source="map.toml")
