"""Statements with figures down the side: each shape gives the figures stated here by hand, or asks for what it leaves open."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bargain.intake.accounts import AccountsLook, look_at, read_accounts
from bargain.intake.accounts_adding import add_accounts
from bargain.intake.accounts_mapping import (
    AccountsMapping,
    read_accounts_mapping,
    with_answer,
    write_accounts_mapping,
)
from bargain.intake.open_safely import SafeReader
from bargain.intake.reading import AccountsReading, OpenQuestion
from bargain.measures.margins import books_of
from models.accounts import Accounts
from models.employer import Employer, Ownership
from models.issues import UnusableInput
from models.sector import Sector
from models.units import MICROS_PER_POUND
from tests.bargain.intake import statements as shapes

NOBODY = Sector("s")
FIELDS = {
    "revenue", "labour", "rent", "other", "directors", "depreciation", "net_interest", "total_costs", "profit", "capital",
    "distributions", "connected_rent",
}  # fmt: skip


def write(folder: Path, text: str, name: str = "accounts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def workbook(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    path = folder / "accounts.xlsx"
    book.save(path)
    return path


def look(path: Path, sector: Sector = NOBODY, answers: Mapping[str, str] | None = None) -> AccountsLook:
    mapping = AccountsMapping()
    for key, answer in (answers or {}).items():
        mapping = with_answer(mapping, key, answer)
    with SafeReader() as reader:
        opened = reader.read(path)
    return look_at(opened, sector=sector, mapping=mapping if answers else None)


def read(path: Path, sector: Sector = NOBODY, answers: Mapping[str, str] | None = None) -> AccountsReading:
    """The reading, if nothing is open; its lines are all accounted for."""
    found = look(path, sector, answers)
    assert found.problem == ""
    assert [one.key for one in found.questions] == []
    assert found.reading is not None
    parts = found.reading
    assert parts.rows_in_file == parts.rows_read + parts.totals + parts.set_aside + parts.blank
    return parts


def asked(path: Path, sector: Sector = NOBODY) -> dict[str, tuple[str, ...]]:
    return {one.key: one.candidates for one in look(path, sector).questions}


def pounds(one: Accounts) -> dict[str, float]:
    """What is known of a year, in pounds."""
    amounts = {name: getattr(one, f"{name}_micros") for name in FIELDS}
    return {name: amount / MICROS_PER_POUND for name, amount in amounts.items() if amount is not None}


def test_that_a_statutory_statement_in_thousands_gives_both_years_with_labour_from_its_note(
    tmp_path: Path,
) -> None:
    """Costs by function: all costs together are known, so the margin is; wages come from the note below."""
    now, before = read(write(tmp_path, shapes.STATUTORY)).accounts

    assert (now.employer, now.year_end, before.year_end) == (
        "Oakwood House Ltd",
        date(2026, 3, 31),
        date(2025, 3, 31),
    )
    assert pounds(now) == {
        "revenue": 5_600_000, "total_costs": 4_492_000, "labour": 3_372_000, "net_interest": 350_000, "profit": 758_000,
    }  # fmt: skip
    assert (books_of(now).result, books_of(now).pretax) == (1_108_000, 758_000)
    assert pounds(before)["total_costs"] == 4_130_000
    assert books_of(before).result == 970_000


def test_that_a_xero_report_gives_costs_by_kind_and_interest_apart_from_overheads(tmp_path: Path) -> None:
    now, before = read(write(tmp_path, shapes.XERO)).accounts

    assert pounds(now) == {
        "revenue": 2_660_000, "labour": 1_980_000, "rent": 60_000, "other": 155_000.5, "directors": 60_000,
        "depreciation": 40_000, "net_interest": 5_000, "total_costs": 2_295_000.5, "profit": 359_999.5,
    }  # fmt: skip
    assert books_of(now).pretax == pytest.approx(
        359_999.5
    )  # costs one by one come to the profit that is stated
    assert pounds(before)["labour"] == 1_850_000


def test_that_a_quickbooks_report_asks_what_agency_is_and_whether_a_strange_line_counts(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, shapes.QUICKBOOKS)
    questions = look(path).questions

    assert [one.key for one in questions] == ["lines.Agency", "lines.*"]
    assert questions[0].candidates == ("labour", "other", "leave_out")
    assert questions[1].examples == ((("row", "16"), ("line", "Zebra hire"), ("Total", "10,000")),)
    (one,) = read(path, answers={"lines.Agency": "labour", "lines.*": "other"}).accounts
    assert (one.employer, one.year_end) == ("Pine House Limited", date(2026, 3, 31))
    assert pounds(one) == {
        "revenue": 1_200_000, "labour": 750_000, "rent": 90_000, "other": 60_000, "total_costs": 900_000, "profit": 300_000,
    }  # fmt: skip


def test_that_a_line_left_out_makes_costs_not_known_and_the_sub_totals_say_so(tmp_path: Path) -> None:
    path = write(tmp_path, shapes.QUICKBOOKS)
    reading = read(path, answers={"lines.Agency": "labour", "lines.*": "leave_out"})
    (one,) = reading.accounts
    said = [problem for problem in reading.problems if problem.code == "sub_total_differs"]

    assert "total_costs" not in pounds(one)
    assert books_of(one).result is None
    assert {problem.value for problem in said} >= {"Net Operating Income"}
    assert "Zebra hire" in reading.dropped_columns


def test_that_a_sage_report_asks_which_of_two_columns_of_a_year_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, shapes.SAGE)

    assert asked(path) == {"table.column": ("Period", "Year to Date")}
    (one,) = read(path, answers={"table.column": "Year to Date"}).accounts
    assert pounds(one) == {
        "revenue": 121_200, "labour": 72_000, "rent": 9_600, "other": 8_400, "total_costs": 90_000, "profit": 31_200,
    }  # fmt: skip


def test_that_a_charity_reads_all_funds_and_income_apart_from_spending_of_one_name(tmp_path: Path) -> None:
    reading = read(write(tmp_path, shapes.CHARITY))
    now, before = reading.accounts

    assert (now.employer, now.year_end) == ("Birch Children's Trust", date(2025, 8, 31))
    assert pounds(now) == {"revenue": 936_000, "labour": 610_000, "total_costs": 909_000, "profit": 27_000}
    assert pounds(before) == {
        "revenue": 892_900,
        "labour": 590_000,
        "total_costs": 873_500,
        "profit": 19_400,
    }
    assert any("which is all of them" in note for note in reading.notes)


def test_that_details_and_their_totals_in_two_columns_of_a_year_count_once(tmp_path: Path) -> None:
    now, before = read(write(tmp_path, shapes.TWO_COLUMNS_A_YEAR)).accounts

    assert pounds(now) == {
        "revenue": 900_000, "labour": 500_000, "rent": 60_000, "other": 41_000, "directors": 50_000, "net_interest": 9_000,
        "total_costs": 651_000, "profit": 240_000,
    }  # fmt: skip
    assert books_of(before).pretax == 213_600


def test_that_employers_as_columns_are_read_with_their_owners_and_the_total_is_not_an_employer(
    tmp_path: Path,
) -> None:
    reading = read(write(tmp_path, shapes.EMPLOYERS))
    oak, elm, ash = reading.accounts

    assert pounds(oak) == {
        "revenue": 1e6, "labour": 6e5, "rent": 5e4, "directors": 4e4, "other": 2e5, "net_interest": 3e4,
    }  # fmt: skip
    assert (pounds(elm)["net_interest"], elm.beds) == (-2_000, 8)
    assert (ash.rent_micros, ash.year_end) == (None, date(2025, 8, 31))  # a dash is not known, never nought
    assert [one.ownership for one in reading.employers] == [
        Ownership.PRIVATE_EQUITY,
        Ownership.COMMUNITY_INTEREST,
        Ownership.CHARITY,
    ]


def test_that_a_total_column_that_is_not_the_employers_sum_is_named(tmp_path: Path) -> None:
    text = shapes.EMPLOYERS.replace("600,350,210,1160", "600,350,210,1260")
    (problem,) = read(write(tmp_path, text)).problems

    assert (problem.code, problem.value) == ("total_differs", "Staff costs")


def test_that_a_group_column_that_its_members_add_up_to_is_not_added_to_them(tmp_path: Path) -> None:
    reading = read(write(tmp_path, shapes.GROUP))

    assert {one.employer: pounds(one)["labour"] for one in reading.accounts} == {
        "Ash North Ltd": 420,
        "Ash South Ltd": 280,
    }
    assert [one.code for one in reading.problems] == ["group_row"]


@pytest.mark.parametrize("head", ["Group", "Consolidated"])
def test_that_a_group_column_without_a_name_contains_all_others(tmp_path: Path, head: str) -> None:
    reading = read(write(tmp_path, shapes.GROUP.replace("Ash Group", head)))

    assert {one.employer for one in reading.accounts} == {"Ash North Ltd", "Ash South Ltd"}


def test_that_group_and_company_beside_each_other_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path, shapes.GROUP_AND_COMPANY)

    assert asked(path) == {"groups.Oak Holdings plc Group": ("leave_out", "instead", "keep")}
    (one,) = read(path, answers={"groups.Oak Holdings plc Group": "instead"}).accounts
    assert (one.employer, pounds(one)["revenue"]) == ("Oak Holdings plc Group", 1_000)


def test_that_columns_that_may_be_employers_or_homes_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path, shapes.HOMES)

    (question,) = look(path).questions
    assert (question.key, question.candidates) == ("table.heads", ("employers", "parts"))
    assert question.examples[1] == (
        ("line", "Staff costs"),
        ("Hillside", "250"),
        ("Riverside", "200"),
        ("Total", "450"),
    )
    (whole,) = read(path, answers={"table.heads": "parts"}).accounts
    assert (whole.employer, pounds(whole)["revenue"]) == ("Rowan Care Ltd", 700)
    added = write(tmp_path, "\n".join(line.rpartition(",")[0] for line in shapes.HOMES.splitlines()))
    assert pounds(read(added, answers={"table.heads": "parts"}).accounts[0])["labour"] == 450
    assert len(read(path, answers={"table.heads": "employers"}).accounts) == 2


def test_that_employers_that_the_sector_knows_are_no_question(tmp_path: Path) -> None:
    sector = Sector("s", employers=(Employer("Hillside"), Employer("Riverside")))

    assert [one.employer for one in read(write(tmp_path, shapes.HOMES), sector).accounts] == [
        "Hillside",
        "Riverside",
    ]


def test_that_twelve_months_are_one_year_and_nine_are_refused(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path, shapes.MONTHS)).accounts
    assert one.year_end == date(2026, 3, 31)
    assert pounds(one) == {"revenue": 1_260, "labour": 720, "rent": 120, "total_costs": 840, "profit": 420}
    short = "\n".join(line.rsplit(",", 3)[0] for line in shapes.MONTHS.splitlines())
    found = look(write(tmp_path, short))
    assert "9 months together" in found.problem


def test_that_capital_is_from_the_balance_sheet_and_directors_are_taken_out_of_staff_costs(
    tmp_path: Path,
) -> None:
    reading = read(write(tmp_path, shapes.WITH_BALANCE_SHEET))

    assert pounds(reading.accounts[0]) == {
        "revenue": 1_000, "labour": 490, "directors": 60, "depreciation": 40, "other": 100, "total_costs": 690, "profit": 310,
        "distributions": 100, "capital": 1_900,
    }  # fmt: skip
    assert "Debtors" in reading.dropped_columns


def test_that_a_ledger_with_income_below_nought_is_turned(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path, shapes.LEDGER)).accounts

    assert pounds(one) == {
        "revenue": 1_000, "labour": 600, "rent": 50, "other": 100, "total_costs": 750, "profit": 250,
    }  # fmt: skip


def test_that_years_under_employers_are_asked_for_their_end_and_stand_for_each(tmp_path: Path) -> None:
    path = write(tmp_path, shapes.EMPLOYERS_AND_YEARS)

    assert set(asked(path)) == {"dates.years_end"}
    found = {
        (one.employer, one.year_end): pounds(one)
        for one in read(path, answers={"dates.years_end": "08-31"}).accounts
    }
    assert found["Oak Homes Ltd", date(2025, 8, 31)]["revenue"] == 5_100_000
    assert found["Elm CIC", date(2026, 8, 31)]["total_costs"] == 2_100_000
    assert len(found) == 4


def test_that_a_sheet_an_employer_is_asked_about_and_all_may_be_read(tmp_path: Path) -> None:
    def rows(fees: int) -> list[list[Any]]:
        return [
            ["Year ended 31 March 2026", "£"],
            ["Turnover", fees],
            ["Staff costs", 60],
            ["Operating profit", fees - 60],
        ]

    path = workbook(tmp_path, {"Oak Homes": rows(100), "Elm Care": rows(90), "Notes": [["Nothing here"]]})
    found = look(path)
    assert [one.key for one in found.questions] == ["sheet.names"]
    both = read(path, answers={"sheet.names": found.questions[0].candidates[-1]})
    assert {one.employer: books_of(one).result for one in both.accounts} == {"Oak Homes": 40, "Elm Care": 30}
    assert {one.year_end for one in both.accounts} == {date(2026, 3, 31)}


def test_that_a_statement_that_names_nobody_is_asked_for_its_employer(tmp_path: Path) -> None:
    text = "Year ended 31 March 2026,£000\nTurnover,100\nStaff costs,60\nOperating profit,40\n"
    sector = Sector("s", employers=(Employer("Oakwood House"), Employer("Elm Care")))
    path = write(tmp_path, text, "sheet1.csv")

    assert set(asked(path, sector)["whose.sheet1"]) == {"Oakwood House", "Elm Care"}
    (one,) = read(path, sector, {"whose.sheet1": "Elm Care"}).accounts
    assert (one.employer, pounds(one)["revenue"]) == ("Elm Care", 100_000)
    named = write(tmp_path, f"Accounts of the Oakwood House Ltd,\n{text}", "sheet1.csv")
    assert read(named, sector).accounts[0].employer == "Oakwood House"
    by_file = write(tmp_path, text, "Elm Care 2026.csv")
    assert read(by_file, sector).accounts[0].employer == "Elm Care"


def test_that_it_is_asked_which_way_a_table_runs_where_it_reads_both_ways(tmp_path: Path) -> None:
    path = write(tmp_path, "Company £,Income\nIncome,900\nStaff costs,600\nRent,20\n")
    (question,) = look(path).questions

    assert (question.key, question.candidates) == ("table.runs", ("across", "down"))
    assert question.examples[1] == (("1", "Staff costs"), ("2", "600"))
    (one,) = read(path, answers={"table.runs": "down", "whose.accounts": "A"}).accounts
    assert pounds(one) == {"revenue": 900, "labour": 600, "rent": 20}
    across = read(path, answers={"table.runs": "across"})
    assert [one.employer for one in across.accounts] == ["Income", "Staff costs", "Rent"]
    with pytest.raises(OpenQuestion, match="which way this table runs"):
        read_accounts(path, sector=NOBODY)


def test_that_one_known_line_alone_is_asked_about_before_it_is_a_statement(tmp_path: Path) -> None:
    path = write(tmp_path, "Things,31 March 2026\nRent,20\nZebras,4\n")

    assert "table.runs" in asked(path)


def test_that_costs_of_both_signs_are_settled_by_the_sub_totals_or_else_asked_about(tmp_path: Path) -> None:
    head = "Oak Ltd,\nYear ended 31 March 2026,£\nTurnover,1000\nStaff costs,600\nSundry,-20\n"
    proved = write(tmp_path, f"{head}Operating profit,420\n")
    open_ = write(tmp_path, head, "open.csv")

    assert pounds(read(proved).accounts[0])["total_costs"] == 580  # a credit takes from the costs
    (question,) = look(open_).questions
    assert (question.key, question.candidates) == ("money.costs", ("minus", "plus"))
    assert question.examples[0][1] == ("line", "Staff costs")


def test_that_an_operating_profit_that_the_lines_do_not_come_to_leaves_costs_not_known(
    tmp_path: Path,
) -> None:
    text = "Oak Ltd £,31 March 2026\nTurnover,1000\nStaff costs,600\nRent,50\nOperating profit,100\n"
    reading = read(write(tmp_path, text))
    (problem,) = reading.problems

    assert pounds(reading.accounts[0]) == {"revenue": 1_000, "labour": 600, "rent": 50}
    assert (problem.code, problem.row, problem.value) == ("sub_total_differs", 5, "Operating profit")
    assert "250 less than the lines above it" in problem.reason


def test_that_a_list_of_some_costs_without_a_profit_is_no_margin(tmp_path: Path) -> None:
    (one,) = read(
        write(tmp_path, "Oak Ltd £,31 March 2026\nTurnover,1000\nStaff costs,600\nRent,50\n")
    ).accounts

    assert books_of(one).result is None


def test_that_a_loss_without_a_minus_is_a_loss(tmp_path: Path) -> None:
    text = "Oak Ltd £,31.3.26,31.3.25\nTurnover,1000,900\nStaff costs,1100,700\nLoss before tax,100,\nProfit before tax,,200\n"

    assert [pounds(one)["profit"] for one in read(write(tmp_path, text)).accounts] == [-100, 200]


def test_that_tax_is_put_back_where_only_profit_after_tax_is_stated(tmp_path: Path) -> None:
    text = "Oak Ltd £,31 March 2026\nTurnover,1000\nStaff costs,(600)\nOther charges,(100)\nTax,(75)\nProfit for the year,225\n"

    assert pounds(read(write(tmp_path, text)).accounts[0])["profit"] == 300


def test_that_cost_of_sales_beside_staff_costs_is_asked_about(tmp_path: Path) -> None:
    text = (
        "Oak Ltd £,31 March 2026\nTurnover,1000\nCost of sales,300\nStaff costs,400\nOperating profit,300\n"
    )
    path = write(tmp_path, text)

    assert asked(path) == {"lines.Cost of sales": ("mixed", "other", "labour", "leave_out")}
    answers = {kind: pounds(read(path, answers={"lines.Cost of sales": kind}).accounts[0]) for kind in ("mixed", "other", "labour")}  # fmt: skip
    assert "labour" not in answers["mixed"]  # part of it is within the mixed costs
    assert (answers["other"]["labour"], answers["other"]["other"]) == (400, 300)
    assert answers["labour"]["labour"] == 700
    assert {one["total_costs"] for one in answers.values()} == {700}


def test_that_a_trial_balance_and_columns_of_one_head_are_refused(tmp_path: Path) -> None:
    trial = look(write(tmp_path, "Oak Ltd,,\nAccount,Debit,Credit\nSales,,1000\nWages,600,\nRent,5,\n"))
    twice = look(write(tmp_path, "Oak Ltd,2026,2026\nSales,1000,900\nWages,600,500\nRent,5,4\n"))

    assert "trial balance" in trial.problem
    assert "two columns are headed “2026” and differ" in twice.problem


def test_that_an_own_layout_with_sub_totals_by_section_and_a_title_above_the_columns_adds_up(
    tmp_path: Path,
) -> None:
    now, before = read(write(tmp_path, shapes.OWN_LAYOUT)).accounts

    assert (now.employer, before.year_end) == ("Cedar Children's Homes Ltd", date(2025, 3, 31))
    assert pounds(now) == {
        "revenue": 1_000_000, "labour": 520_000, "rent": 60_000, "other": 180_000, "total_costs": 760_000, "profit": 240_000,
    }  # fmt: skip
    assert now.connected_charges_micros == 100_000 * MICROS_PER_POUND
    assert books_of(before).result == 218_000


def test_that_a_micro_entity_s_statement_adds_tax_back_to_its_profit(tmp_path: Path) -> None:
    now, before = read(write(tmp_path, shapes.MICRO_ENTITY)).accounts

    assert pounds(now) == {
        "revenue": 250_000, "labour": 150_000, "depreciation": 5_000, "other": 60_000, "total_costs": 215_000, "profit": 35_000,
    }  # fmt: skip
    assert pounds(before)["profit"] == 33_000


def test_that_fifteen_months_are_brought_to_twelve(tmp_path: Path) -> None:
    text = "Oak Ltd £,15 months ended 31 March 2026\nTurnover,1500\nStaff costs,750\nOperating profit,750\nPlaces,9\n"
    reading = read(write(tmp_path, text))

    assert pounds(reading.accounts[0])["revenue"] == 1_200
    assert reading.accounts[0].beds == 9
    assert any("15 months are brought to twelve" in note for note in reading.notes)


def test_that_interest_of_an_odd_sign_is_settled_by_the_profit_its_name_or_an_answer(tmp_path: Path) -> None:
    head = (
        "Oak Ltd £,31 March 2026\nTurnover,1000\nStaff costs,600\nOther charges,100\nOperating profit,300\n"
    )

    def interest(lines: str, answers: Mapping[str, str] | None = None) -> float:
        return pounds(read(write(tmp_path, head + lines), answers=answers).accounts[0])["net_interest"]

    assert interest("Interest,-20\nProfit before tax,280\n") == 20
    assert interest("Interest,-20\nProfit before tax,320\n") == -20
    assert interest("Net finance costs,-20\n") == -20  # net: below nought is received
    open_ = write(tmp_path, f"{head}Interest,-20\n", "open.csv")
    assert asked(open_) == {"money.interest": ("minus", "plus")}
    assert interest("Interest,-20\n", {"money.interest": "minus"}) == 20


def test_that_two_statements_under_each_other_are_refused(tmp_path: Path) -> None:
    text = "Oak Ltd £,2026\nTurnover,100\nWages,60\nProfit before tax,40\nElm Ltd £,2026\nTurnover,50\nWages,20\nProfit before tax,30\n"

    assert "a second statement seems to begin in row 6" in look(write(tmp_path, text)).problem


@pytest.mark.parametrize(
    "above", [["Oak Ltd £", "31 March 2026", "31 March 2025"], ["Oak Ltd £", 2026, 2025]]
)
def test_that_figures_that_look_like_years_are_figures(tmp_path: Path, above: list[Any]) -> None:
    rows = [above, ["Turnover", 2026, 2024], ["Staff costs", 1995, 1994], ["Operating profit", 31, 30]]
    path = workbook(tmp_path, {"P&L": rows})
    answers = None if "March" in str(above[1]) else {"dates.years_end": "03-31"}

    assert [pounds(one)["revenue"] for one in read(path, answers=answers).accounts] == [2_026, 2_024]


def test_that_codes_beside_the_names_are_no_names(tmp_path: Path) -> None:
    text = "Oak Ltd £,,31 March 2026\nSAL,Fees,100\nWAG,Wages,60\nRNT,Rent,10\n,Net profit,30\n"

    assert pounds(read(write(tmp_path, text)).accounts[0])["rent"] == 10


def test_that_budget_and_variance_are_no_accounts(tmp_path: Path) -> None:
    text = "Oak Ltd to 31 March 2026 £,Actual,Budget,Variance,%\nFees,1000,1100,-100,-9\nWages,600,700,-100,1\nSurplus,400,400,0,0\n"

    assert pounds(read(write(tmp_path, text)).accounts[0])["revenue"] == 1_000


def test_that_what_lines_were_said_to_be_is_remembered_and_whose_they_were_is_not(tmp_path: Path) -> None:
    first = read(
        write(tmp_path, shapes.QUICKBOOKS), answers={"lines.Agency": "labour", "lines.*": "other", "whose.accounts": "Pine"}
    )  # fmt: skip
    sector = add_accounts(NOBODY, first)
    next_year = shapes.QUICKBOOKS.replace("2026", "2027").replace("2025", "2026").replace("700000", "700001")
    again = look(write(tmp_path, next_year, "next.csv"), sector)
    assert again.read_as == "accounts.csv"
    assert again.questions == ()
    assert again.mapping.whose == {}
    assert read_accounts_mapping(first.settings, source="s").lines == {
        "Agency": "labour",
        "Zebra hire": "other",
    }
    other = "Fir Ltd £,31 March 2026\nFees,100\nAgency,40\nZebra hire,5\nOperating profit,55\n"
    reading = read(write(tmp_path, other, "fir.csv"), sector)
    assert pounds(reading.accounts[0])["labour"] == 40
    assert any("“Zebra hire” is read as in an earlier file" in note for note in reading.notes)


def test_that_pay_a_thousand_times_the_statement_asks_for_the_unit(tmp_path: Path) -> None:
    path = write(tmp_path, "A Ltd,31 March 2026\nTurnover,5600\nStaff costs,3372\nOperating profit,2228\n")
    with SafeReader() as reader:
        opened = reader.read(path)
    found = look_at(opened, sector=NOBODY, labour={"A Ltd": 3_371_715.0})

    assert [one.key for one in found.questions] == ["money.unit"]


def test_that_sums_too_small_for_an_employer_ask_for_their_unit_where_none_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "Oak Ltd,31 March 2026\nTurnover,5600\nStaff costs,3372\nOperating profit,2228\n")
    (question,) = look(path).questions

    assert (question.key, question.candidates) == ("money.unit", ("pounds", "thousands", "millions"))
    assert question.examples[0] == (("row", "2"), ("line", "Turnover"), ("31 March 2026", "5,600"))
    assert pounds(read(path, answers={"money.unit": "thousands"}).accounts[0])["revenue"] == 5_600_000
    assert pounds(read(path, answers={"money.unit": "pounds"}).accounts[0])["revenue"] == 5_600


def test_that_hidden_lines_and_formulas_without_a_result_are_said(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, {"P&L": [["Oak Ltd £", date(2026, 3, 31)], ["Fees", 10], ["Wages", 6], ["Rent", "=B3*0.1"]]}
    )
    reading = read(path)
    assert reading.accounts[0].rent_micros is None
    assert [(one.code, one.row) for one in reading.problems] == [("faulty_cell", 4)]


def test_that_rows_of_employers_go_before_a_statement_in_another_sheet_which_is_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        {
            "Summary": [["All", 2026], ["Turnover", 30], ["Staff costs", 20]],
            "Members": [["Employer", "Revenue"], ["A", 10], ["B", 20]],
        },
    )
    reading = read(path)

    assert [one.employer for one in reading.accounts] == ["A", "B"]
    assert any("Not read: “Summary”" in note for note in reading.notes)


LINES = st.lists(
    st.tuples(
        st.sampled_from(["Wages", "Rent", "Directors' remuneration", "Insurance", "Food", "Training", "Depreciation"]),
        st.sampled_from([1_000, 2_000, 3_000]) | st.integers(500, 90_000),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip
KINDS = {
    "Wages": "labour",
    "Rent": "rent",
    "Directors' remuneration": "directors",
    "Depreciation": "depreciation",
}


@given(
    st.integers(100_000, 9_000_000), LINES, st.integers(0, 5_000), st.tuples(st.booleans(), st.booleans(), st.booleans())
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_that_a_statement_that_adds_up_gives_its_costs_whatever_its_signs_and_sub_totals(
    tmp_path_factory: pytest.TempPathFactory,
    fees: int,
    costs: list[tuple[str, int]],
    interest: int,
    written: tuple[bool, bool, bool],
) -> None:
    """The truth is added up here, kind by kind. written: costs in brackets, with a total of them, with notes' numbers."""
    has_brackets, has_total, has_note = written

    def cost(amount: int) -> str:
        return f"({amount:,})" if has_brackets else f"{amount:,}"

    whole = sum(amount for _, amount in costs)
    lines = [["Fees receivable", f"{fees:,}"]]
    lines += [[name, cost(amount)] for name, amount in costs]
    lines += [["Total expenditure", cost(whole)]] if has_total else []
    lines += [["Operating profit", str(fees - whole)], ["Interest payable", cost(interest)]]
    lines += [["Profit before tax", str(fees - whole - interest)]]
    if has_note:
        lines = [[name, str(at + 1), amount] for at, (name, amount) in enumerate(lines)]
    head = ["Oak Ltd", "Note", "31 March 2026"] if has_note else ["Oak Ltd £", "31 March 2026"]
    path = tmp_path_factory.mktemp("any") / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *lines])
    (one,) = read(path).accounts
    truth: dict[str, int] = {}
    for name, amount in costs:
        kind = KINDS.get(name, "other")
        truth[kind] = truth.get(kind, 0) + amount

    found = pounds(one)
    assert {name: found.get(name) for name in truth} == truth
    assert (found["revenue"], found["total_costs"], found["profit"]) == (fees, whole, fees - whole - interest)
    assert books_of(one).result == fees - whole


CELLS = st.sampled_from(
    ["", "Turnover", "Staff costs", "Total", "Rent", "Operating profit", "Zebras", "Net assets", "100", "(5)", "-3", "2026",
     "31/03/2025", "=1+1", "#REF!", "Group", "Oak Ltd", "\u202e", "of which rent", "9" * 70, "1,5"]
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=9))
@settings(max_examples=60, deadline=None)
def test_that_every_line_of_any_table_is_accounted_for_or_asked_about(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["x", "", "", ""], *rows])
    before = path.read_bytes()
    for runs in ("", "down"):
        try:
            reading = read_accounts(path, sector=NOBODY, mapping=AccountsMapping(runs=runs))
        except UnusableInput as refused:
            said = str(refused)
        else:
            said = reading.file
            parts = (reading.rows_read, reading.totals, reading.set_aside, reading.blank)
            assert reading.rows_in_file == sum(parts)
            assert min(parts) >= 0
        assert said.startswith("any.csv")
    assert path.read_bytes() == before


def test_that_a_mapping_of_lines_reads_back_and_unknown_kinds_are_refused() -> None:
    mapping = AccountsMapping(
        runs="down",
        heads="parts",
        column="YTD",
        lines={"Zebra. hire": "other", "Bar": ""},
        whose={"P&L": "A"},
    )

    assert read_accounts_mapping(write_accounts_mapping(mapping), source="m") == mapping
    with pytest.raises(UnusableInput, match="it may be revenue, labour"):
        read_accounts_mapping('[lines]\nx = "zebra"\n', source="m")
    assert replace(mapping, whose={}) != mapping
