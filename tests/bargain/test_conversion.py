"""Agency and zero-hours work brought inside, against hours and pounds worked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bargain.conversion import converted
from bargain.offers.offer_file import read_offer
from models.assumptions import Assumption
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector
from models.workforce import Contract
from tests.helpers.f1 import GRADES, Row, workforce_of

WEEKS = 52.143
ROWS = (  # A: ten direct, two agency, four zero-hours; B: one bank worker and nobody direct
    (Row("A", GRADES[0], "13.00", 10), Contract.PERMANENT),
    (Row("A", GRADES[0], "12.00", 2), Contract.AGENCY),
    (Row("A", GRADES[0], "12.71", 4, hours=20), Contract.ZERO_HOURS),
    (Row("B", GRADES[0], "15.00", 1, hours=10), Contract.BANK),
)
OFFER = read_offer("[[settlement]]\neffective = 2026-04-06\nfloor_hourly = 14.00\n", source="o")
IDLE = Assumption("guaranteed_unworked_w", "Guaranteed hours that find no work", 1.0, "hours a head a week")


def made(*rows: tuple[Row, Contract], assumptions: tuple[Assumption, ...] = (IDLE,)) -> Sector:
    force = workforce_of([row for row, _ in rows], employers="AB", grades=GRADES)
    kinds = np.array([int(kind) for _, kind in rows], dtype=force.contract.dtype)
    return Sector(
        "made",
        weekly_hours=37.5,
        employers=(Employer("A"), Employer("B")),
        workforce=replace(force, contract=kinds),
        grades=GRADES,
        assumptions=assumptions,
    )


def a_year(rate: float, hours: float) -> float:
    """What a head costs: pay, 15 % NI above £5,000, 3 % pension between £6,240 and £50,270 a year."""
    pay = rate * hours * WEEKS
    return pay + 0.15 * max(pay - 5_000, 0) + 0.03 * max(min(pay, 50_270) - 6_240, 0)


DIRECT = a_year(14.0, 37.5) / (37.5 * WEEKS)  # an hour of A's direct work after the offer


def test_that_an_agencys_hours_cost_and_save_by_hand_with_what_stays_unfilled_apart() -> None:
    found = converted(made(*ROWS), OFFER, filled=0.8, charge=24.0)
    agency = found.by_kind[0]
    hours = 2 * 37.5 * WEEKS

    assert (agency.name, agency.heads, agency.hours) == ("agency", 2, pytest.approx(hours))
    assert agency.no_longer_paid == pytest.approx(0.8 * hours * 24)
    assert agency.direct_cost == pytest.approx(0.8 * hours * DIRECT)
    assert agency.idle_cost == 0
    assert agency.saved == pytest.approx(0.8 * hours * (24 - DIRECT))
    assert agency.unfilled_hours == pytest.approx(0.2 * hours)


def test_that_zero_hours_are_guaranteed_with_the_hours_that_find_no_work() -> None:
    """Four people of 20 hours, an hour a week each without work; under the offer they would cost £14 an hour anyway."""
    zero = converted(made(*ROWS), OFFER, filled=1.0).by_kind[1]
    hours = 4 * 20 * WEEKS

    assert zero.no_longer_paid == pytest.approx(4 * a_year(14.0, 20))
    assert zero.direct_cost == pytest.approx(hours * DIRECT)
    assert zero.idle_cost == pytest.approx(4 * 1.0 * WEEKS * DIRECT)
    assert zero.saved == pytest.approx(4 * a_year(14.0, 20) - hours * DIRECT - 4 * WEEKS * DIRECT)
    assert zero.unfilled_hours == 0


def test_that_an_employer_without_direct_staff_is_priced_like_the_sector_and_that_is_counted() -> None:
    found = converted(made(*ROWS), OFFER, filled=1.0, charge=24.0)
    b = found.by_employer[1]

    assert b.name == "B"
    assert b.direct_cost == pytest.approx(10 * WEEKS * DIRECT)
    assert b.like_sector == pytest.approx(10 * WEEKS)
    assert found.by_employer[0].like_sector == 0


def test_that_insecure_work_falls_by_the_hours_that_are_filled_and_kinds_can_be_chosen() -> None:
    direct, agency, zero, bank = 10 * 37.5, 2 * 37.5, 4 * 20, 10
    whole = direct + agency + zero + bank
    found = converted(made(*ROWS), OFFER, filled=0.5, charge=24.0, kinds=(Contract.AGENCY,))

    assert [one.name for one in found.by_kind] == ["agency"]
    assert found.insecure_before == pytest.approx((agency + zero + bank) / whole)
    assert found.insecure_after == pytest.approx((agency / 2 + zero + bank) / whole)


def test_that_pay_below_the_floor_is_counted_with_the_pounds_it_is_short() -> None:
    found = converted(made(*ROWS), OFFER, filled=1.0, charge=24.0)
    a, b = found.by_employer

    assert found.floor == 14.0
    assert a.below_floor == 6
    assert a.short == pytest.approx(2 * 37.5 * WEEKS * 2.00 + 4 * 20 * WEEKS * 1.29)
    assert (b.below_floor, b.short) == (0, 0)


def test_that_what_is_missing_is_not_known_and_said_so_and_never_nought() -> None:
    rows = (
        *ROWS,
        (Row("A", GRADES[3], "20.00", 1), Contract.AGENCY),
        (Row("A", "", "13.00"), Contract.UNKNOWN),
    )
    silent = converted(made(*rows, assumptions=()), OFFER, filled=1.0)
    agency, zero, _ = silent.by_kind

    assert (agency.no_longer_paid, agency.direct_cost, agency.saved) == (None, None, None)
    assert (zero.idle_cost, zero.saved) == (None, None)
    assert zero.direct_cost is not None
    said = " ".join(silent.not_known)
    for words in ("agencies charge", "nobody works direct", "find no work", "contract is not recorded"):
        assert words in said


def test_that_parts_add_up_to_the_whole_by_kind_and_by_employer() -> None:
    found = converted(made(*ROWS), OFFER, filled=0.7, charge=24.0)
    for field in ("heads", "hours", "no_longer_paid", "direct_cost", "idle_cost", "saved", "unfilled_hours"):
        for rows in (found.by_kind, found.by_employer):
            assert sum(getattr(one, field) for one in rows) == pytest.approx(getattr(found.total, field))


@pytest.mark.parametrize(("filled", "charge"), [(1.2, 24.0), (-0.1, None), (0.5, 0.0)])
def test_that_shares_and_charges_that_cannot_be_are_refused(filled: float, charge: float | None) -> None:
    with pytest.raises(UnusableInput, match="from 0 to 1"):
        converted(made(*ROWS), OFFER, filled=filled, charge=charge)


def test_that_data_without_any_contract_is_refused() -> None:
    with pytest.raises(UnusableInput, match="which contracts"):
        converted(made((ROWS[0][0], Contract.UNKNOWN)), OFFER, filled=1.0)
