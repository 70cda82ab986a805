"""The staff of a year on, worked by hand: who moves up, who comes in at the entry point, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import cost_of
from bargain.expected import expected_staff
from models.assumptions import Assumption
from models.basis import Basis
from models.offer import Offer
from models.payscale import GradeRange, IncrementOrder, Increments, PayScale, Rounding, ScalePoint
from models.sector import Sector
from tests.bargain.test_by_hand import offers, rows, sector_of
from tests.bargain.test_headlines import MARGINAL, offer, one_grade
from tests.helpers.f1 import O1, Row, f1_sector

ASSUMED = (
    Assumption("turnover", "turnover", 0.2, "share"),
    Assumption("increments", "increments", 0.05, "share"),
)


def test_that_expected_staff_stand_beside_the_same_people() -> None:
    """£20,000 and £30,000 in one grade, 4 % for both. A fifth is replaced at the entry rate; 5 % up to the top.

    Before: stayers 21,000 and 30,000, starters 20,000 twice. After: 20,800 and 31,200 become 21,840 and 31,200.
    """
    rows_ = [Row("A", "Staff", rate, 10, basis=1, fte=1.0) for rate in ("20000", "30000")]  # type: ignore[arg-type]
    made = one_grade(*rows_, assumptions=ASSUMED)
    cost = cost_of(made, offer(O1))
    found = expected_staff(made, offer(O1), cost)
    before = 10 * (0.8 * (21_000 + 30_000) + 0.2 * 40_000)
    after = 10 * (0.8 * (21_840 + 31_200) + 0.2 * 41_600)

    assert found.same_people == cost.full_year == pytest.approx(10 * 2_000 * MARGINAL)
    assert found.expected == pytest.approx((after - before) * MARGINAL)
    assert found.drift == pytest.approx((before - 500_000) * MARGINAL)


SCALE = PayScale(
    "made",
    Basis.YEAR,
    tuple(
        ScalePoint(str(at), pounds * 1_000_000)
        for at, pounds in enumerate((20_000, 21_000, 22_000, 23_000), start=1)
    ),
    rounding=Rounding.HALF_UP_POUND,
    grades=(GradeRange("Staff", "1", "3"),),
    increments=Increments(months_before_first=0),
)
RISE = "[[settlement]]\neffective = 2026-04-01\n[[settlement.pay]]\npercent = 5\n"


def on_scale(*points: str, **changes: object) -> Sector:
    """Ten staff on each of these points; a fifth of the staff leaves in a year."""
    amounts = {point.name: f"{point.amount_micros // 1_000_000}" for point in SCALE.points}
    rows_ = [Row("A", "Staff", amounts[one], 10, basis=Basis.YEAR, fte=1.0, point=one) for one in points]
    return one_grade(*rows_, assumptions=ASSUMED[:1], **{"scale": SCALE, **changes})


def test_that_expected_staff_move_up_the_scale_and_starters_come_in_at_its_entry_point() -> None:
    """Ten on £20,000, ten on £22,000, the top of 1 to 3; 5 % for all on the day of the increments.

    Before: stayers £21,000 and £22,000, starters £20,000. After: £22,050 and £23,100, starters £21,000.
    """
    made = on_scale("1", "3")
    found = expected_staff(made, offer(RISE), cost_of(made, offer(RISE)))
    before = 10 * (0.8 * (21_000 + 22_000) + 0.2 * 40_000)
    after = 10 * (0.8 * (22_050 + 23_100) + 0.2 * 42_000)

    assert (found.moved, found.at_top, found.off_scale) == (10, 10, 0)
    assert found.same_people == pytest.approx(420_000 * 0.05 * MARGINAL)
    assert found.expected == pytest.approx((after - before) * MARGINAL)
    assert found.drift == pytest.approx((before - 420_000) * MARGINAL)


@pytest.mark.parametrize(
    ("order", "stayer"),
    [
        # up to £21,000, then 5 % at A
        (IncrementOrder.INCREMENT_FIRST, 22_050),
        # 5 % at A is £21,000, which is what point 2 pays: the scale itself has not moved
        (IncrementOrder.UPLIFT_FIRST, 21_000),
    ],
)
def test_that_the_order_on_one_day_is_the_one_that_the_scale_sets(order: IncrementOrder, stayer: int) -> None:
    made = on_scale("1", scale=replace(SCALE, increments=Increments(months_before_first=0, order=order)))
    made = replace(made, assumptions=(replace(ASSUMED[0], value=0.0),))
    local = offer(RISE + '  employers = ["A"]\n')
    found = expected_staff(made, local, cost_of(made, local))

    assert found.order == str(order)
    assert found.expected == pytest.approx(10 * (stayer - 21_000) * MARGINAL)


def test_that_increments_later_in_the_year_come_on_the_risen_scale_and_are_counted_once() -> None:
    """On 1 October: £20,000 up 5 % is £21,000, then point 2 of the new scale, £22,050; without an offer £21,000."""
    later = replace(SCALE, increments=Increments(month=10, months_before_first=0))
    made = replace(on_scale("1", scale=later), assumptions=(replace(ASSUMED[0], value=0.0),))
    twice = RISE + "[[settlement]]\neffective = 2027-01-01\n[[settlement.pay]]\npercent = 2\n"
    one, two = (expected_staff(made, offer(text), cost_of(made, offer(text))) for text in (RISE, twice))

    assert one.expected == pytest.approx(10 * (22_050 - 21_000) * MARGINAL)
    # then 2 %: £22,050 × 1.02 = £22,491
    assert two.expected == pytest.approx(10 * (22_491 - 21_000) * MARGINAL)


def test_that_increments_that_are_in_the_staff_data_already_are_not_given_again() -> None:
    """Data of 1 May 2026 have the increment of 1 April; the next is of 1 April 2027, and there is no third."""
    made = replace(on_scale("1", data_date=date(2026, 5, 1)), assumptions=(replace(ASSUMED[0], value=0.0),))
    found = expected_staff(made, offer(RISE), cost_of(made, offer(RISE)))

    assert found.moved == 10
    assert found.drift == pytest.approx(10 * 1_000 * MARGINAL)


def test_that_who_stands_on_no_point_rises_by_the_share_that_is_assumed() -> None:
    """Ten on point 1 and ten spot rates of £20,500, below the grade's highest of £21,000 once 5 % is added."""
    rows_ = [
        Row("A", "Staff", "20000", 10, basis=Basis.YEAR, fte=1.0, point="1"),
        Row("A", "Staff", "20500", 10, basis=Basis.YEAR, fte=1.0),
        Row("A", "Staff", "21000", 10, basis=Basis.YEAR, fte=1.0, point="2"),
    ]
    stay = replace(ASSUMED[0], value=0.0)
    made = one_grade(*rows_, assumptions=(stay, ASSUMED[1]), scale=SCALE)
    found = expected_staff(made, offer(RISE), cost_of(made, offer(RISE)))

    assert (found.moved, found.off_scale) == (20, 10)
    # 20,000 → 21,000; 21,000 → 22,000; 20,500 × 1.05 = 21,525, at most today's highest £21,000
    assert found.drift == pytest.approx(10 * (1_000 + 1_000 + 500) * MARGINAL)


def test_that_expected_staff_are_not_guessed() -> None:
    sector = f1_sector()
    found = expected_staff(sector, offer(O1), cost_of(sector, offer(O1)))

    assert (found.expected, found.drift) == (None, None)
    assert found.why.endswith("are not recorded")


@settings(max_examples=60, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=10), offers)
def test_that_without_turnover_and_increments_expected_staff_are_the_same_people(
    made: list[Row], one: Offer
) -> None:
    nought = tuple(replace(each, value=0.0) for each in ASSUMED)
    sector = replace(sector_of(made), assumptions=nought)
    found = expected_staff(sector, one, cost_of(sector, one))

    assert found.expected == pytest.approx(found.same_people, abs=1e-6)
    assert found.drift == pytest.approx(0, abs=1e-6)
