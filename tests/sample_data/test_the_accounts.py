"""The invented accounts fit the payrolls, and their margins are as far apart as the real ones."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sample_data.accounts import HEADINGS, AccountsRow, payroll_cost
from sample_data.compose import Return
from sample_data.employers import CHARITY, EMPLOYERS, LOCAL_AUTHORITY, OWNER_MANAGED, PRIVATE_EQUITY
from sample_data.facts import LARGEST_GROUP_MARGIN

Accounts = tuple[AccountsRow, ...]


def read_back(folder: Path) -> list[tuple[Any, ...]]:
    book = load_workbook(folder / "accounts" / "accounts_2026.xlsx")
    return list(book["Accounts 2026"].iter_rows(values_only=True))


def margin(row: AccountsRow) -> Decimal:
    assert row.revenue is not None
    costs = (row.labour, row.rent, row.other_operating, row.directors, row.depreciation)
    return Decimal(row.revenue - sum(cost or 0 for cost in costs)) / row.revenue


def margins(accounts: Accounts, ownership: str) -> list[Decimal]:
    return [margin(row) for row in accounts if row.employer.ownership == ownership]


def within(values: list[Decimal], low: str, high: str) -> bool:
    return Decimal(low) <= min(values) <= max(values) <= Decimal(high)


def test_that_private_equity_margins_lie_between_17_and_26_percent(accounts: Accounts) -> None:
    assert within(margins(accounts, PRIVATE_EQUITY), "0.17", "0.26")


def test_that_the_largest_group_has_the_margin_the_authority_found(accounts: Accounts) -> None:
    largest = max(accounts, key=lambda row: row.employer.heads)
    assert margin(largest).quantize(Decimal("0.001")) == LARGEST_GROUP_MARGIN


def test_that_owner_managed_margins_lie_between_5_and_20_percent(accounts: Accounts) -> None:
    assert within(margins(accounts, OWNER_MANAGED), "0.05", "0.20")


def test_that_charity_margins_lie_between_minus_1_and_6_percent(accounts: Accounts) -> None:
    assert within(margins(accounts, CHARITY), "-0.01", "0.06")


def test_that_two_independents_are_under_2_percent_and_one_makes_a_loss(accounts: Accounts) -> None:
    independents = [margin(row) for row in accounts if row.revenue is not None]
    assert sum(0 <= value < Decimal("0.02") for value in independents) == 2
    assert sum(value < 0 for value in independents) == 1


def test_that_what_is_not_known_of_local_authorities_stays_blank(folder: Path) -> None:
    rows = read_back(folder)
    authorities = [dict(zip(HEADINGS, row, strict=True)) for row in rows if row[8] == LOCAL_AUTHORITY]
    assert len(authorities) == 6
    for row in authorities:
        assert row["Revenue"] is row["Rent"] is row["Other operating costs"] is None
        assert row["Labour"] > 0


def test_that_the_accounts_name_every_employer_once_under_the_agreed_headings(folder: Path) -> None:
    rows = read_back(folder)
    assert rows[0] == HEADINGS
    assert [row[0] for row in rows[1:]] == [employer.name for employer in EMPLOYERS]
    assert all(row[1].date().isoformat() == "2026-03-31" for row in rows[1:])


@pytest.mark.parametrize("pension", ["own", "statutory"])
def test_that_labour_is_near_the_payroll_cost_and_never_equal(
    accounts: Accounts, returns: tuple[Return, ...], pension: str
) -> None:
    for row in accounts:
        lines = [line for made in returns for line in made.staff if line.post.employer is row.employer]
        percent = row.employer.pension_percent if pension == "own" else Decimal(3)
        apart = abs(row.labour / payroll_cost(lines, percent) - 1)
        assert Decimal("0.01") <= apart <= Decimal("0.04"), row.employer.name


def test_that_costs_are_positive_and_connected_rent_is_part_of_the_rent(accounts: Accounts) -> None:
    for row in accounts:
        if row.revenue is not None:
            assert row.rent is not None
            assert row.connected_rent is not None
            assert min(row.labour, row.rent, row.other_operating or 0, row.depreciation or 0) > 0
            assert 0 <= row.connected_rent < row.rent


def test_that_yes_no_columns_are_sometimes_blank(accounts: Accounts) -> None:
    assert {row.claims_allowance for row in accounts} == {"yes", "no", None}
    assert {row.pays_levy for row in accounts} == {"yes", "no", None}
