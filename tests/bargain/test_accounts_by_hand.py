"""Accounts typed in: texts by year become accounts, blanks stay not known, and a fault changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.accounts_by_hand import FIELDS, MONEY, read_year, texts_of, with_years, years_of
from models.accounts import Accounts
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector

TODAY = date(2026, 11, 22)
OLD = Accounts("A", date(2025, 3, 31), revenue_micros=10_000_000, source="a.csv, a, row 2")
NEW = Accounts(
    "A", date(2026, 3, 31), revenue_micros=12_500_000, labour_micros=7_000_000, source="a.csv, a, row 3"
)
SECTOR = Sector("s", employers=(Employer("A"), Employer("B")), accounts=(NEW, OLD))


def test_that_a_year_typed_in_says_so_and_an_untouched_one_keeps_its_source() -> None:
    texts = [texts_of(one) for one in years_of(SECTOR, "A")]
    texts[0]["labour"] = "7.1"
    changed = with_years(SECTOR, "A", texts, today=TODAY)

    assert [one.source for one in changed.accounts] == ["typed in, 2026-11-22", "a.csv, a, row 2"]
    assert changed.accounts[0].labour_micros == 7_100_000
    assert changed.accounts[1] == OLD


def test_that_a_year_can_be_added_to_an_employer_that_nobody_knew_and_removed_again() -> None:
    year = {"year_end": "31/12/2025", "revenue": "5,600,000", "net_interest": "(20)", "beds": "12"}
    added = with_years(SECTOR, "New Start", [year], today=TODAY)
    one = added.accounts[-1]

    assert (one.employer, one.year_end, one.revenue_micros) == (
        "New Start",
        date(2025, 12, 31),
        5_600_000 * 10**6,
    )
    assert (one.net_interest_micros, one.beds, one.labour_micros) == (-20_000_000, 12.0, None)
    assert added.employers[-1] == Employer("New Start")
    assert with_years(added, "New Start", [], today=TODAY).accounts == SECTOR.accounts


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ({"year_end": "soon", "revenue": "1"}, "“soon” is not a date"),
        ({"revenue": "5x"}, "“5x” is not a number"),
        ({"year_end": "31/03/2026", "labour": "-5"}, "Labour of 2026-03-31 is below nought"),
        ({"year_end": "31/03/2026"}, "no figure for 2026-03-31"),
        ({"revenue": "9" * 20}, "more than any employer has"),
        ({"beds": "-1"}, "below nought"),
    ],
)
def test_that_what_cannot_be_read_is_named_and_changes_nothing(texts: dict[str, str], says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        with_years(SECTOR, "A", [texts], today=TODAY)


def test_that_two_years_with_one_end_are_refused() -> None:
    year = {"year_end": "31/03/2026", "revenue": "1"}

    with pytest.raises(UnusableInput, match="Two years of A have 2026-03-31"):
        with_years(SECTOR, "A", [year, year], today=TODAY)


MICROS = st.none() | st.integers(0, 10**18)


@given(
    st.builds(
        Accounts,
        employer=st.just("A"),
        year_end=st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)),
        beds=st.none() | st.integers(0, 999).map(float),
        part_of=st.sampled_from(["", "Big Group"]),
        **{f"{name}_micros": MICROS for name in MONEY},
    )
)
@settings(max_examples=40, deadline=None)
def test_that_accounts_shown_as_texts_are_read_back_to_the_millionth(one: Accounts) -> None:
    texts = texts_of(one)
    known = [getattr(one, f"{name}_micros") for name in MONEY]

    assert set(texts) == set(FIELDS)
    assert sum(
        Decimal(text.replace(",", "")) for name, text in texts.items() if name in MONEY and text
    ) == sum(Decimal(amount) / 10**6 for amount in known if amount is not None)
    if any(amount is not None for amount in known) or one.beds is not None:
        assert replace(read_year("A", texts) or OLD, source="") == one
