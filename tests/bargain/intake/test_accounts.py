"""Employers' accounts: the right columns, units, years and groups, and the margins that others published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from bargain.intake.accounts import add_accounts, read_accounts
from bargain.intake.accounts_columns import (
    AccountsMapping,
    read_accounts_mapping,
    write_accounts_mapping,
)
from bargain.measures.margins import Books, books_of, employer_margins
from models.issues import UnusableInput
from models.offer import Fees
from models.sector import Sector

REAL = Path(__file__).parents[4] / "shared/fixtures/real/accounts"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the published accounts are not beside the project")


def write(folder: Path, text: str, name: str = "accounts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def books(path: Path, sector: Sector | None = None, **options: object) -> dict[str, Books]:
    reading = read_accounts(path, sector=sector or Sector("s"), **options)  # type: ignore[arg-type]
    return {one.employer: books_of(one) for one in reading.accounts}


@needs_real
def test_that_the_maryland_hospitals_give_their_published_margins() -> None:
    """51 hospitals: margin is net income over revenue; a 5 % rise in salaries makes 8 more of them lose money."""
    found = read_accounts(REAL / "maryland_hospitals_dashboard.xlsx", sector=Sector("s")).accounts
    rows = [
        employer_margins(
            one.employer,
            "",
            accounts=one,
            labour_rise=0.05 * (one.labour_micros or 0) / 1e6,
            payroll_labour=0.0,
            fees=Fees(),
        )
        for one in found
    ]
    before = [
        one.pretax_before / one.revenue_before
        for one in rows
        if one.pretax_before is not None and one.revenue_before
    ]
    after = [
        one.pretax_after / one.revenue_after
        for one in rows
        if one.pretax_after is not None and one.revenue_after
    ]
    revenue = sum(one.revenue_before or 0 for one in rows)

    assert len(rows) == len(before) == 51
    assert sum(one.labour or 0 for one in rows) == pytest.approx(7_212_111_281)
    assert (sum(one < 0 for one in before), sum(one < 0 for one in after)) == (14, 22)
    assert (median(before), median(after)) == pytest.approx((0.029804, 0.005006), abs=5e-7)
    assert sum(one.pretax_before or 0 for one in rows) / revenue == pytest.approx(0.038301, abs=5e-7)
    assert sum(one.pretax_after or 0 for one in rows) / revenue == pytest.approx(0.018312, abs=5e-7)
    assert sum(one.labour or 0 for one in rows) / revenue == pytest.approx(0.399765, abs=5e-7)


@needs_real
def test_that_the_californian_hospitals_give_their_published_income() -> None:
    found = books(REAL / "california_hospitals_2024_clean.csv")

    assert len(found) == 438
    assert sum(one.revenue or 0 for one in found.values()) == pytest.approx(204_797_602_121)
    assert sum(one.pretax or 0 for one in found.values()) == pytest.approx(17_795_676_444)
    assert sum((one.pretax or 0) < 0 for one in found.values()) == 136


@needs_real
def test_that_the_academies_balance_as_their_return_says() -> None:
    """In the return itself, total income less total expenditure is the in-year balance of every school."""
    reading = read_accounts(REAL / "dfe_academy_accounts_return_test.xlsx", sector=Sector("s"))

    assert len(reading.accounts) == 60
    assert reading.mapping["labour"] == "Total Staff Costs"
    assert "other" not in reading.mapping
    first = books_of(reading.accounts[0])
    assert first.pretax is not None
    assert first.revenue is not None
    assert first.result == pytest.approx(9_569_000 - 10_949_000) == first.pretax


def test_that_net_income_is_never_taken_for_revenue(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Net income,Total revenue\nA,-5,100\n")

    assert books(path)["A"].revenue == 100
    assert books(path)["A"].pretax == -5


@pytest.mark.parametrize(
    ("top", "heading", "pounds"),
    [
        ("", "Revenue £000", 5_600_000),
        ("", "Revenue (£m)", 5_600_000_000),
        ("All figures in £000,\n", "Revenue", 5_600_000),
    ],
)
def test_that_thousands_and_millions_are_read_as_such(
    tmp_path: Path, top: str, heading: str, pounds: float
) -> None:
    path = write(tmp_path, f"{top}Employer,{heading}\nA,5600\n")

    assert books(path)["A"].revenue == pounds


def test_that_a_group_named_by_its_members_is_not_added_to_them(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Employer,Part of,Revenue,Labour\nOakwood Group plc,,1000,600\nNorth Homes,Oakwood Group,550,300\n"
        "South Homes,Oakwood Group,400,250\nElm Care,,70,40\n",
    )
    reading = read_accounts(path, sector=Sector("s"))

    assert {one.employer for one in reading.accounts} == {"North Homes", "South Homes", "Elm Care"}
    (problem,) = reading.problems
    assert problem.code == "group_row"
    assert problem.set_aside
    assert "North Homes, South Homes" in problem.reason
    assert "£50 more" in problem.reason


def test_that_a_consolidated_row_that_is_the_sum_of_its_namesakes_is_not_added_to_them(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path, "Employer,Revenue\nAsh Group,1000\nAsh North Ltd,600\nAsh South Ltd,400\nAshby Care,5\n"
    )

    assert set(books(path)) == {"Ash North Ltd", "Ash South Ltd", "Ashby Care"}


def test_that_a_group_whose_members_do_not_add_up_to_it_stays(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue\nAsh Group,1000\nAsh North Ltd,100\nAsh South Ltd,100\n")

    assert "Ash Group" in books(path)


def test_that_a_year_of_fifteen_months_is_brought_to_twelve_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Months,Revenue,Capital employed\nA,15,1500,900\nB,12,100,50\n")
    reading = read_accounts(path, sector=Sector("s"))

    assert [books_of(one).revenue for one in reading.accounts] == [1200, 100]
    assert books_of(reading.accounts[0]).capital == 900
    assert "brought to twelve" in reading.problems[0].reason


def test_that_two_employers_of_one_name_in_two_places_are_both_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,City,Revenue\nElm,Leeds,1\nElm,York,2\nElm,York,3\n")
    reading = read_accounts(path, sector=Sector("s"))

    assert [one.employer for one in reading.accounts] == ["Elm", "Elm (York)"]
    assert reading.problems[-1].code == "same_accounts_again"


def test_that_a_mapping_names_columns_and_unit_and_is_remembered(tmp_path: Path) -> None:
    text = "Employer,Umsatz,Personal\nA,10,6\n"
    mapping = AccountsMapping({"revenue": "Umsatz", "labour": "Personal"}, unit=1_000)
    sector = Sector("s")
    reading = read_accounts(write(tmp_path, text), sector=sector, mapping=mapping)
    sector = add_accounts(sector, reading)
    again = read_accounts(write(tmp_path, text.replace("10", "20"), "next.csv"), sector=sector)

    assert books_of(again.accounts[0]).revenue == 20_000
    assert again.read_as == "accounts.csv"
    assert len(add_accounts(sector, again).accounts_mappings) == 1


def test_that_a_mapping_file_reads_back_as_it_was_written() -> None:
    mapping = AccountsMapping({"employer": "Name", "revenue": "Total £"}, unit=1_000_000, heading_row=4)

    assert read_accounts_mapping(write_accounts_mapping(mapping), source="m") == mapping
    with pytest.raises(UnusableInput, match="did you mean “revenue”"):
        read_accounts_mapping('[columns]\nrevenu = "x"\n', source="m")


def test_that_a_mapping_to_a_heading_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue\nA,1\n")

    with pytest.raises(UnusableInput, match="there is no such heading"):
        read_accounts(path, sector=Sector("s"), mapping=AccountsMapping({"labour": "Pay"}))


def test_that_later_accounts_stand_beside_earlier_ones(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Year end,Revenue\nA,31/03/2025,1\nA,31/03/2026,2\n")
    sector = add_accounts(Sector("s"), read_accounts(path, sector=Sector("s")))

    assert [one.year_end for one in sector.accounts] == [date(2026, 3, 31), date(2025, 3, 31)]
    assert replace(sector.accounts[0], year_end=None).revenue_micros == 2_000_000
