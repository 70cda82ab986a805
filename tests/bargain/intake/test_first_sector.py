"""The first test sector, F1: three employers in a grouped return, and two employers' accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from bargain.intake.accounts import read_accounts
from bargain.intake.accounts_adding import add_accounts
from bargain.intake.join import add_readings
from bargain.intake.payroll import facts_of, read_payroll
from models.basis import Basis
from models.employer import Ownership
from models.issues import UnusableInput
from models.sector import Sector
from tests.bargain.intake.shared_files import FACTS, SHARED, counts, needs_shared

pytestmark = needs_shared
TODAY = date(2026, 11, 21)


def test_that_f1_gives_twelve_rows_and_222_heads_at_exact_rates() -> None:
    sheet = read_payroll(SHARED / "f1" / "payroll.csv", facts=FACTS).sheets[0]
    assert counts(sheet) == {"staff": 12}
    assert sheet.rows_in_file == 12
    assert sheet.heads == 222
    posts = sheet.workforce
    assert set(posts.basis) == {Basis.HOUR}
    assert sorted(posts.rate_micros)[:2] == [12_710_000, 13_450_000]
    assert max(posts.rate_micros) == 26_000_000
    assert set(posts.hours_w) == set(posts.full_hours_w) == {37.5}
    assert set(posts.fte) == {1.0}
    assert sheet.problems == ()


def test_that_f1_pay_bill_is_the_sum_by_hand() -> None:
    sheet = read_payroll(SHARED / "f1" / "payroll.csv", facts=FACTS).sheets[0]
    by_hand = sum(
        heads * Decimal(rate)
        for heads, rate in (
            (80, "12.71"), (20, "13.60"), (8, "16.00"), (4, "22.50"), (40, "13.45"), (14, "14.60"), (6, "16.80"),
            (3, "23.00"), (30, "14.20"), (10, "16.10"), (5, "19.00"), (2, "26.00"),
        )
    ) * Decimal("37.5") * Decimal("52.143")  # fmt: skip
    assert sheet.paybill == by_hand


def test_that_f1_employers_are_added_with_their_owners() -> None:
    reading = read_payroll(SHARED / "f1" / "payroll.csv", facts=FACTS)
    sector = add_readings(Sector("F1"), [reading], today=TODAY)
    assert {one.name: one.ownership for one in sector.employers} == {
        "A": Ownership.PRIVATE_EQUITY,
        "B": Ownership.CHARITY,
        "C": Ownership.LOCAL_AUTHORITY,
    }
    assert {one.weekly_hours for one in sector.employers} == {37.5}
    assert sector.imports[0].staff == sector.imports[0].rows_in_file == 12
    assert set(sector.workforce.import_code) == {0}


def test_that_the_same_file_twice_is_refused_and_the_sector_is_as_before() -> None:
    reading = read_payroll(SHARED / "f1" / "payroll.csv", facts=FACTS)
    sector = add_readings(Sector("F1"), [reading], today=TODAY)
    before = sector.workforce.fingerprint()
    with pytest.raises(UnusableInput, match="imported before"):
        add_readings(sector, [reading], today=TODAY)
    with pytest.raises(UnusableInput, match="imported before"):
        add_readings(Sector("F1"), [reading, reading], today=TODAY)
    assert sector.workforce.fingerprint() == before


def test_that_a_second_import_joins_vocabularies_and_keeps_every_post() -> None:
    first = read_payroll(SHARED / "f1" / "payroll.csv", facts=FACTS)
    second = replace(first, sha256="other", file="again.csv")
    sector = add_readings(add_readings(Sector("F1"), [first], today=TODAY), [second], today=TODAY)
    posts = sector.workforce
    assert len(posts) == 24
    assert posts.employers == ("A", "B", "C")
    assert np.array_equal(posts.employer_code[:12], posts.employer_code[12:])
    assert list(posts.import_code) == [0] * 12 + [1] * 12


def test_that_f1_accounts_are_read_and_what_is_not_there_is_not_known() -> None:
    reading = read_accounts(SHARED / "f1" / "accounts.csv", sector=Sector("F1"))
    first = reading.accounts[0]
    assert (first.employer, first.year_end) == ("A", date(2026, 3, 31))
    assert first.revenue_micros == 5_600_000 * 10**6
    assert first.net_interest_micros == 350_000 * 10**6
    assert first.depreciation_micros is None
    assert first.beds is None
    assert len(add_accounts(Sector("F1"), reading).accounts) == 2


def test_that_facts_of_a_sector_without_a_data_date_have_no_legal_floor() -> None:
    facts = facts_of(Sector("F1", weekly_hours=36.5, grades=("Low", "High")))
    assert facts.weekly_hours == 36.5
    assert facts.grades == ("Low", "High")
    assert facts.minimum_wage_micros is None
