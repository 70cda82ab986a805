"""Cells as people write them → exact values, or plainly unreadable."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargain.intake.categories import contract_of, ownership_of, sex_of
from bargain.intake.posts import pension_ppm
from bargain.intake.values import Unreadable, month_first, read_day, read_hours, read_number, read_share
from models.employer import Ownership
from models.workforce import Contract, Sex


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("£12.71", "12.71"), ("£12,345.67", "12345.67"), ("12,345", "12345"), ("($1,775.00)", "-1775.00"), ("-£5", "-5"),
        ("£-5.50", "-5.50"), ("5.50-", "-5.50"), ("33.689,11", "33689.11"), ("12,5", "12.5"), ("R$ 1.000,50", "1000.50"),
        ("12.71 per hour", "12.71"), ("£24,000 p.a.", "24000"), ("\u00a0 7 ", "7"), (18516.51841875, "18516.51841875"), (37.0, "37.0"),
        ("GBP 10", "10"), ("£13.45/hr", "13.45"), (".5", "0.5"),
    ],
)  # fmt: skip
def test_that_a_number_is_read_exactly(cell: str | float, value: str) -> None:
    decimal_comma = isinstance(cell, str) and cell in {"33.689,11", "R$ 1.000,50"}
    assert read_number(cell, decimal_comma=decimal_comma) == Decimal(value)


@pytest.mark.parametrize(
    "cell",
    ["tbc", "n/a", "£25,000 - £30,000", "12.71.3", "1,23,456", "#N/A", True, date(2026, 1, 1), "24k", "O"],
)
def test_that_what_is_not_a_number_is_unreadable(cell: str | bool | date) -> None:
    with pytest.raises(Unreadable):
        read_number(cell)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0", "-", "–", "nil"])
def test_that_blanks_and_dashes_are_no_number(cell: str | None) -> None:
    assert read_number(cell) is None
    assert read_day(cell) is None


@given(st.decimals(min_value=0, max_value=10**7, places=2))
def test_that_printed_money_comes_back_to_the_penny(amount: Decimal) -> None:
    assert read_number(f"£{amount:,.2f}") == amount
    assert read_number(f"({amount:,.2f})") == -amount


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("37:30", "37.5"),
        ("37h 30m", "37.5"),
        ("7 hrs", "7"),
        (timedelta(hours=37, minutes=30), "37.5"),
        ("36", "36"),
    ],
)
def test_that_hours_are_read(cell: str | timedelta, hours: str) -> None:
    assert read_hours(cell) == Decimal(hours)


def test_that_a_percentage_is_a_share() -> None:
    assert read_share("80%") == Decimal("0.8")
    assert read_share(0.6) == Decimal("0.6")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("31/03/2026", date(2026, 3, 31)), ("2026-03-31", date(2026, 3, 31)), ("31.3.26", date(2026, 3, 31)), ("3 Mar 2026", date(2026, 3, 3)),
        ("3rd March 2026", date(2026, 3, 3)), ("03-Mar-26", date(2026, 3, 3)), ("10/12/1979 12:00:00 AM", date(1979, 12, 10)),
        (46112, date(2026, 3, 31)), (datetime(2026, 3, 31, 9), date(2026, 3, 31)), ("5 Chwefror 2020", date(2020, 2, 5)),
    ],
)  # fmt: skip
def test_that_a_day_is_read(cell: str | int | datetime, day: date) -> None:
    assert read_day(cell) == day


@pytest.mark.parametrize("cell", ["31/02/2026", "soon", "13/13/2026", 5, "2026"])
def test_that_what_is_not_a_day_is_unreadable(cell: str | int) -> None:
    with pytest.raises(Unreadable):
        read_day(cell)


def test_that_one_clear_date_tells_the_order_of_a_column() -> None:
    assert month_first(["03/04/2026", "25/04/2026"]) is False
    assert month_first(["03/04/2026", "04/25/2026"]) is True
    assert month_first(["03/04/2026"]) is None
    assert month_first(["03/03/2026"]) is False


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("for-profit, private-equity owned", Ownership.PRIVATE_EQUITY), ("charity", Ownership.CHARITY),
        ("Not for profit", Ownership.CHARITY), ("local authority", Ownership.LOCAL_AUTHORITY), ("worker co-operative", Ownership.COOPERATIVE),
        ("for-profit", Ownership.FOR_PROFIT), ("", Ownership.UNKNOWN), ("martian", None),
        ("for-profit, type not recorded", Ownership.FOR_PROFIT), ("NHS Trust", Ownership.NHS), ("listed plc", Ownership.LISTED),
    ],
)  # fmt: skip
def test_that_owners_are_known_by_their_longest_phrase(text: str, kind: Ownership | None) -> None:
    assert ownership_of(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Permanent", Contract.PERMANENT), ("Fulltime-Regular", Contract.PERMANENT), ("FTC", Contract.FIXED_TERM),
        ("Zero Hrs", Contract.ZERO_HOURS), ("Bank worker", Contract.BANK), ("casual", Contract.CASUAL), ("Agency", Contract.AGENCY),
        ("", Contract.UNKNOWN), ("Wizard", None), ("Parhaol", Contract.PERMANENT),
    ],
)  # fmt: skip
def test_that_contracts_are_known_by_their_words(text: str, kind: Contract | None) -> None:
    assert contract_of(text) is kind


def test_that_sex_is_as_recorded_and_never_guessed() -> None:
    assert [sex_of(text) for text in ("F", "male", "Benyw", "", "prefer not to say", "zzz")] == [
        Sex.FEMALE, Sex.MALE, Sex.FEMALE, Sex.UNKNOWN, Sex.UNKNOWN, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "ppm"), [("0.03", 30_000), ("3", 30_000), ("20.5", 205_000), ("0", 0), (None, -1), ("250", -1)]
)
def test_that_pension_rates_are_ppm_however_written(rate: str | None, ppm: int) -> None:
    assert pension_ppm(None if rate is None else Decimal(rate)) == ppm
