"""What a person decides about a finding is done, said and counted; the order of decisions does not matter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import openpyxl
import pytest

from bargain.intake.answers import answered, with_choice, with_setting, without_choice
from bargain.intake.findings import Finding, findings_of, offers_of
from bargain.intake.fixes import FIXES
from bargain.intake.mapping_file import read_mapping, write_mapping
from bargain.intake.payroll import read_payroll
from bargain.intake.reading import Choice, Do, MappingFile, OpenQuestion, SheetReading
from bargain.intake.words import word_table
from models.issues import UnusableInput
from tests.bargain.intake.shared_files import FACTS, counts, read_sheet, write_book

HEAD = ("Staff no", "Job title", "Hourly rate", "Hours", "FTE", "Age", "Sex", "Start date", "Paid weeks")
GOOD = ("10001", "RSW", 13.45, 37.5, 1, 40, "F", "2020-01-01", 52)


def row(number: int | str, **changed: object) -> tuple[object, ...]:
    names = ("number", "title", "rate", "hours", "fte", "age", "sex", "start", "weeks")
    return tuple((dict(zip(names, GOOD, strict=True)) | {"number": f"{number}"} | changed).values())


def sheet_of(tmp_path: Path, *odd: Sequence[object], choices: Sequence[Choice] = ()) -> SheetReading:
    rows = [HEAD, *(row(20_000 + at) for at in range(12)), *odd]
    path = write_book(tmp_path / "a.xlsx", rows)
    before = path.read_bytes()
    sheet = read_sheet(path, mapping=MappingFile(choices=tuple(choices)))
    assert path.read_bytes() == before
    assert sheet.rows_in_file == sum(sheet.counts.values()) == len(rows) - 1
    return sheet


def finding(sheet: SheetReading, code: str) -> Finding:
    return next(one for one in findings_of(sheet.problems) if one.code == code)


BILL = Decimal("13.45") * Decimal("37.5") * 52  # one good post, a year


@pytest.mark.parametrize(
    ("changed", "code", "annual"),
    [
        ({"rate": 1345}, "pay_in_pence", BILL),
        ({"hours": 75, "fte": None}, "hours_above_60", BILL),
        ({"hours": None, "fte": None}, "missing_hours", BILL),
        ({"weeks": 60}, "weeks_out_of_reach", Decimal("13.45") * Decimal("37.5") * Decimal("52.143")),
        ({"age": 12}, "age_out_of_reach", BILL),
        ({"start": "1900-01-01"}, "start_too_long_ago", BILL),
        ({"start": "2026-01-01", "age": 12}, "started_as_child", BILL),
    ],
)
def test_that_a_fix_reads_the_row_otherwise_and_says_so(
    tmp_path: Path, changed: dict[str, object], code: str, annual: Decimal
) -> None:
    sheet = sheet_of(tmp_path, row(30_000, **changed), choices=[Choice(code, Do.FIX)])
    assert counts(sheet) == {"staff": 13}
    assert sheet.paybill == 12 * BILL + annual
    done = finding(sheet, code)
    assert (done.done, done.by_choice, done.set_aside) == (Do.FIX, True, 0)


def test_that_a_fixed_age_is_not_recorded(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, row(30_000, age=12), choices=[Choice("age_out_of_reach", Do.FIX)])
    assert list(sheet.workforce.age)[-2:] == [40, -1]


def test_that_noughts_put_back_in_front_find_the_same_number_again(tmp_path: Path) -> None:
    odd = [row("00077", title="Cook"), row("77")]
    assert "staff_number_again" not in {one.code for one in sheet_of(tmp_path, *odd).problems}
    sheet = sheet_of(tmp_path, *odd, choices=[Choice("leading_noughts_lost", Do.FIX)])
    assert finding(sheet, "staff_number_again").count == 1


def test_that_a_month_among_years_is_read_as_a_month(tmp_path: Path) -> None:
    rows = [("Job title", "Annual salary"), *(("RSW", 24_000 + at) for at in range(12)), ("RSW", 2_010)]
    path = write_book(tmp_path / "a.xlsx", rows)
    sheet = read_sheet(path, mapping=MappingFile(choices=(Choice("wrong_period_for_row", Do.FIX),)))
    assert sheet.paybill == sum(24_000 + at for at in range(12)) + 2_010 * 12


def test_that_hours_and_fte_that_disagree_can_be_settled_by_the_hours(tmp_path: Path) -> None:
    rows = [("Job title", "FTE salary", "Hours", "FTE"), *(("RSW", 30_000, 37.5, 1) for _ in range(9)), ("RSW", 30_000, 18.75, 0.8)]  # fmt: skip
    path = write_book(tmp_path / "a.xlsx", rows)
    assert read_sheet(path).paybill == Decimal("9.8") * 30_000
    fixed = read_sheet(path, mapping=MappingFile(choices=(Choice("hours_and_fte_disagree", Do.FIX),)))
    assert fixed.paybill == Decimal("9.5") * 30_000


def test_that_rows_left_out_are_set_aside_with_row_column_value_and_the_reason(tmp_path: Path) -> None:
    choice = Choice("hours_above_48", Do.LEAVE_OUT, "summed over two jobs")
    sheet = sheet_of(tmp_path, row(30_000, hours=55, fte=None), choices=[choice])
    assert counts(sheet) == {"staff": 12, "set_aside": 1}
    (problem,) = [one for one in sheet.problems if one.code == "hours_above_48"]
    assert (problem.row, problem.column, problem.value) == (14, "Hours", "55")
    assert problem.reason.endswith("left out: summed over two jobs")
    assert problem.set_aside


def test_that_a_choice_may_be_for_one_value_only(tmp_path: Path) -> None:
    odd = [row(30_000, sex="Q"), row(30_001, sex="Z"), row(30_002, sex="Z")]
    sheet = sheet_of(tmp_path, *odd, choices=[Choice("unknown_sex", Do.LEAVE_OUT, "test rows", "Z")])
    assert counts(sheet) == {"staff": 13, "set_aside": 2}
    assert finding(sheet, "unknown_sex").count == 3


def test_that_rows_without_what_costing_needs_stay_aside_whatever_is_chosen(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, row(30_000, hours="varies", fte=None), choices=[Choice("unreadable", Do.KEEP)])
    assert counts(sheet) == {"staff": 12, "set_aside": 1}


def test_that_a_duplicate_can_be_kept_and_a_total_and_a_leaver_counted_as_staff(tmp_path: Path) -> None:
    head = ("Staff no", "Job title", "Hourly rate", "Hours", "Status")
    rows = [
        head, ("1", "RSW", 13, 30, "Active"), ("1", "RSW", 13, 30, "Active"), ("2", "RSW", 13, 30, "Leaver"),
        (None, "Total", None, 60, None),
    ]  # fmt: skip
    path = write_book(tmp_path / "a.xlsx", rows)
    assert counts(read_sheet(path)) == {"staff": 1, "set_aside": 1, "leavers": 1, "totals": 1}
    kept = tuple(Choice(code, Do.KEEP) for code in ("same_row_again", "leaver_row"))
    assert counts(read_sheet(path, mapping=MappingFile(choices=kept))) == {"staff": 3, "totals": 1}
    total = MappingFile(choices=(Choice("total_row", Do.KEEP),))
    assert counts(read_sheet(path, mapping=total)) == {"staff": 1, "set_aside": 2, "leavers": 1}


def test_that_hidden_rows_and_sheets_are_read_or_left_out_as_told(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", [HEAD, *(row(20_000 + at) for at in range(12))])
    book = openpyxl.load_workbook(path)
    page = book["Payroll"]
    page.row_dimensions[5].hidden = page.row_dimensions[6].hidden = True
    second = book.copy_worksheet(page)
    second.title, second.sheet_state = "Northern homes", "hidden"
    book.save(path)
    usual = read_payroll(path, facts=FACTS)
    assert [(one.sheet, counts(one)) for one in usual.sheets] == [("Payroll", {"staff": 12})]
    assert usual.sheets_left[0].hidden
    told = read_payroll(path, facts=FACTS, mapping=MappingFile(hidden="include"))
    assert {one.sheet for one in told.sheets} == {"Payroll", "Northern homes"}
    left = read_payroll(path, facts=FACTS, mapping=MappingFile(hidden="leave_out"))
    assert counts(left.sheets[0]) == {"staff": 10, "set_aside": 2}
    chosen = MappingFile(choices=(Choice("hidden_rows", Do.LEAVE_OUT, "last year's"),))
    sheet = read_payroll(path, facts=FACTS, mapping=chosen).sheets[0]
    assert [(one.row, one.set_aside) for one in sheet.problems if one.code == "hidden_row"] == [
        (5, True),
        (6, True),
    ]
    assert finding(sheet, "hidden_rows").by_choice


def test_that_the_order_of_choices_makes_no_difference(tmp_path: Path) -> None:
    odd = [
        row(30_000, rate=1345, hours=75, fte=None), row(30_001, sex="Q"), row(30_002, hours=None, fte=None),
    ]  # fmt: skip
    chosen = [
        Choice("pay_in_pence", Do.FIX), Choice("hours_above_60", Do.FIX), Choice("missing_hours", Do.FIX),
        Choice("unknown_sex", Do.LEAVE_OUT, "not staff"),
    ]  # fmt: skip
    prints = {
        (one.workforce.fingerprint(), one.paybill, write_mapping(one))
        for one in (sheet_of(tmp_path, *odd, choices=order) for order in list(permutations(chosen))[::5])
    }
    assert len(prints) == 1


def test_that_a_word_of_the_files_own_is_understood_once_told(tmp_path: Path) -> None:
    told = read_mapping('[words.sex]\n2 = "woman"\n', source="map.toml")
    path = write_book(tmp_path / "a.xlsx", [HEAD, row(1, sex="2"), row(2, sex="M")])
    assert list(read_sheet(path, mapping=told).workforce.sex) == [0, 1]
    rows = [
        ("Job title", "Hourly rate", "Hours", "Status"),
        ("RSW", 13, 30, "Xfer"),
        ("RSW", 13, 30, "Active"),
    ]
    path = write_book(tmp_path / "b.xlsx", rows)
    assert finding(read_sheet(path), "unknown_status").first[0].value == "Xfer"
    left = read_mapping('[words.status]\nXfer = "leaver"\n', source="map.toml")
    assert counts(read_sheet(path, mapping=left)) == {"staff": 1, "leavers": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[choices]]\ncheck = "hours_above_48"\ndo = "leave_out"\n', "reason"),
        ('[[choices]]\ncheck = "hours_over_48"\ndo = "keep"\n', "hours_above_48"),
        ('[[choices]]\ncheck = "missing_pay"\ndo = "fix"\n', "leave_out"),
        ('[[choices]]\ncheck = "fte_tiny"\ndo = "shrug"\n', "keep"),
        ('[[choices]]\ncheck = "fte_tiny"\ndo = "keep"\n[[choices]]\ncheck = "fte_tiny"\ndo = "leave_out"\nreason = "x"\n', "two things"),
        ('[words.sex]\n2 = "wizard"\n', "female"),
        ('[sheet]\nhidden = "perhaps"\n', "include"),
        ('[privacy]\nni_numbers = "always"\n', "once"),
    ],
)  # fmt: skip
def test_that_a_choice_that_makes_no_sense_is_refused(text: str, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        read_mapping(text, source="map.toml")


def test_that_every_check_offers_something_and_every_fix_can_be_done() -> None:
    for code, check in word_table("checks").items():
        assert offers_of(code), code
        assert (Do.FIX in offers_of(code)) == ("fix" in check), code
        if Do.FIX in offers_of(code) and code != "merged_cells":
            assert code in FIXES, code


def test_that_answers_make_the_mapping_that_a_person_would_write(tmp_path: Path) -> None:
    rows = [("Job title", "Salary", "FTE"), ("RSW", 24_850, 1), ("RSW", 14_910, 0.6)]
    path = write_book(tmp_path / "a.xlsx", rows)
    with pytest.raises(OpenQuestion) as raised:
        read_payroll(path, facts=FACTS)
    mapping = answered(MappingFile(), raised.value.questions[0], "actual")
    assert read_sheet(path, mapping=mapping).paybill == 24_850 + 14_910
    for key, answer in (("pay.per", "century"), ("pay.off", "actual"), ("sheet.hidden", "no")):
        with pytest.raises(UnusableInput):
            with_setting(mapping, key, answer)
    chosen = with_choice(
        with_choice(mapping, Choice("fte_tiny", Do.KEEP)), Choice("fte_tiny", Do.LEAVE_OUT, "x")
    )
    assert chosen.choices == (Choice("fte_tiny", Do.LEAVE_OUT, "x"),)
    assert without_choice(chosen, "fte_tiny") == mapping
