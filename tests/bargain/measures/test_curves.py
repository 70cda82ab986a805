"""Curves and steps of an offer, against figures worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from bargain.appraisal import appraise
from bargain.measures.curves import (
    Rise,
    cost_steps,
    offer_curves,
    rise_by_grade,
    rise_by_sex,
    rise_by_size,
    rise_by_tenth,
    scale_curve,
    staff_curve,
)
from bargain.offers.offer_file import read_offer
from models.basis import Basis
from models.costing import CostBreakdown, ElementCost
from models.offer import Offer, PayRule, Settlement
from models.payscale import PayScale, ScalePoint
from models.terms import Terms
from models.workforce import Sex
from tests.helpers.f1 import GRADES, O1, O2, O3, Row, f1_sector, workforce_of
from ui.charts.offer_charts import cost_chart

MILLION = 1_000_000


def micros(*pounds: float) -> np.ndarray:
    return np.array([round(one * MILLION) for one in pounds], dtype=np.int64)


def heads(*counts: float) -> np.ndarray:
    return np.array(counts, dtype=np.float64)


def test_that_a_staff_curve_reaches_a_rate_exactly_where_its_last_holder_stands() -> None:
    # 30 at £12, 50 at £13, 20 at £20, in no order: £12 up to 30 %, £13 up to 80 %, then £20.
    curve = staff_curve(micros(20, 12, 13), heads(20, 30, 50), people=100)
    assert curve.names == ()
    assert len(curve.pounds) == 101
    assert [curve.pounds[at] for at in (0, 1, 30, 31, 80, 81, 100)] == [12, 12, 12, 13, 13, 20, 20]


def test_that_a_staff_curve_of_nobody_is_empty() -> None:
    assert staff_curve(micros(), heads(), people=0).pounds == ()
    assert staff_curve(micros(12.0), heads(0), people=0).pounds == ()


def test_that_a_curve_leaves_without_its_ends_and_to_the_nearest_10p() -> None:
    # 100 staff, £12.01, £12.02 … £13.00: ten of them at or below the tenth hundredth, ten above the ninetieth
    rates = micros(*(12 + step / 100 for step in range(1, 101)))
    told = staff_curve(rates, heads(*[1.0] * 100), people=100).told
    assert [at for at, one in enumerate(told) if one is not None] == list(range(10, 91))
    assert (told[10], told[44], told[45], told[90]) == (12.1, 12.4, 12.5, 12.9)  # £12.45 rounds half up
    assert set(staff_curve(rates, heads(*[50.0] * 100), people=19).told) == {None}  # whatever they stand for


def test_that_the_points_of_a_scale_leave_as_they_are() -> None:
    scale = PayScale("s", Basis.HOUR, (ScalePoint("2", 12_340_000),))
    assert scale_curve(scale).told == scale_curve(scale).pounds == (12.34,)


def test_that_a_yearly_scale_is_shown_an_hour_by_its_own_hours() -> None:
    # £19,293 over 37 hours × 52.143 weeks is £10.00 to the penny; an hourly scale is shown as it is.
    yearly = PayScale("s", Basis.YEAR, (ScalePoint("2", 19_293 * MILLION), ScalePoint("3", 38_586 * MILLION)))
    assert scale_curve(yearly).names == ("2", "3")
    assert scale_curve(yearly).pounds == pytest.approx((10.00, 20.00), abs=0.0001)
    hourly = PayScale("s", Basis.HOUR, (ScalePoint("2", 12_710_000),))
    assert scale_curve(hourly).pounds == (12.71,)


def test_that_a_group_on_a_border_counts_in_both_tenths_by_its_share() -> None:
    # Ten people: 1.5 of them at £10 (+20 %), 8.5 at £20 (+10 %).
    # Tenth 1 is all at +20 %; tenth 2 is half at +20 % and half at +10 %: +15 %; the rest +10 %.
    rises = rise_by_tenth(micros(20, 10), micros(22, 12), heads=heads(8.5, 1.5))
    assert [one.name for one in rises] == [str(number) for number in range(1, 11)]
    assert [one.share for one in rises] == pytest.approx([0.20, 0.15] + [0.10] * 8)


def test_that_pay_from_nought_counts_as_no_rise_and_nobody_has_no_tenths() -> None:
    assert rise_by_tenth(micros(0), micros(12), heads=heads(1))[0].share == 0.0
    assert rise_by_tenth(micros(10), micros(12), heads=heads(0)) == ()


def test_that_grades_come_in_the_order_of_the_ladder_and_f1_under_o2_rises_as_worked_by_hand() -> None:
    appraisal = appraise(f1_sector(), read_offer(O2, source="O2"))
    figures = offer_curves(appraisal, GRADES)
    assert [rise.name for rise in figures.by_grade] == list(GRADES)
    # Support workers: 80 from 12.71 and 40 from 13.45 to the floor of 14.00, 30 from 14.20 to 14.63.
    by_hand = (80 * (14.00 / 12.71 - 1) + 40 * (14.00 / 13.45 - 1) + 30 * (14.63 / 14.20 - 1)) / 150
    assert figures.by_grade[0].share == pytest.approx(by_hand)
    backwards = rise_by_grade(appraisal, tuple(reversed(GRADES)))
    assert [rise.name for rise in backwards] == list(reversed(GRADES))
    off_ladder = rise_by_grade(appraisal, GRADES[1:])
    assert [rise.name for rise in off_ladder] == [*GRADES[1:], GRADES[0]]


def test_that_a_grade_that_is_nowhere_in_the_staff_is_left_out() -> None:
    appraisal = appraise(f1_sector(), read_offer(O1, source="O1"))
    assert "Cook" not in [rise.name for rise in rise_by_grade(appraisal, (*GRADES, "Cook"))]


def test_that_four_per_cent_for_all_raises_every_grade_and_tenth_of_f1_by_four_per_cent() -> None:
    # Rates are rounded to the penny: 12.71 → 13.22 is 4.01 %; nobody is more than half a penny from 4 %.
    figures = offer_curves(appraise(f1_sector(), read_offer(O1, source="O1")), GRADES)
    for rise in (*figures.by_grade, *figures.by_tenth):
        assert isinstance(rise, Rise)
        assert rise.share == pytest.approx(0.04, abs=0.005 / 12.71)


def test_that_the_staff_curve_of_f1_has_its_published_percentiles() -> None:
    figures = offer_curves(appraise(f1_sector(), read_offer(O2, source="O2")), GRADES)
    assert [figures.before.pounds[p] for p in (10, 50, 90)] == pytest.approx([12.71, 13.45, 16.10])
    assert [figures.after.pounds[p] for p in (10, 50, 90)] == pytest.approx([14.00, 14.00, 17.39])


def test_that_the_lowest_tenth_of_f1_under_o3_rises_to_fourteen_pounds() -> None:
    figures = offer_curves(appraise(f1_sector(), read_offer(O3, source="O3")), GRADES)
    assert figures.by_tenth[0].share == pytest.approx(14.00 / 12.71 - 1)


def test_that_the_steps_of_a_cost_start_where_the_last_ended_and_add_up_in_whole_pounds() -> None:
    # 0.4 + 0.4 + 0.4 is 1.2, shown as 1: exactly one of the three shows a pound.
    cost = breakdown(("pay rules", 0.4), ("floor", 0.4), ("sick pay", None), ("differentials", 0.4))
    steps = cost_steps(cost)
    assert [step.element for step in steps] == ["pay rules", "floor", "sick pay", "differentials"]
    assert sum(step.pounds or 0 for step in steps) == 1
    assert steps[2].pounds is None
    assert steps[2].why == "no sick pay data"
    reached = 0.0
    for step in steps:
        assert step.base == reached
        reached += step.pounds or 0


def test_that_an_element_whose_share_of_cover_is_not_known_keeps_the_cost_that_is() -> None:
    """Pay held over a shorter week costs a few pounds of rounding; who fills the hours is not known, and that is said."""
    day = date(2026, 4, 6)
    rise = PayRule(percent_ppm=30_000)
    offers = [
        Offer("x", settlements=(Settlement(day, pay=(rise,), terms=terms),))
        for terms in (Terms(), Terms(weekly_hours=36.5))
    ]
    plain, shorter = (appraise(f1_sector(), offer).cost for offer in offers)
    steps = {one.element: one for one in cost_steps(shorter)}
    week = steps["weekly hours"]
    assert week.in_part
    assert "share of hours" in week.why
    assert week.pounds
    dearer = sum(one.pounds or 0 for one in steps.values())
    assert dearer == round(shorter.full_year)
    assert dearer - sum(one.pounds or 0 for one in cost_steps(plain)) == pytest.approx(week.pounds, abs=2)
    bars = {one.label: one for one in cost_chart(shorter).bars}
    name = next(label for label in bars if label.startswith("Weekly hours"))
    assert "without filling the hours" in name
    assert bars[name].value == week.pounds
    assert any(label.startswith("Full-year cost, as far as it is known") for label in bars)


def breakdown(*elements: tuple[str, float | None]) -> CostBreakdown:
    """F1's cost of four per cent, with these elements (None: could not be priced) in the place of its own."""
    whole = appraise(f1_sector(), read_offer(O1, source="O1")).cost
    made = tuple(
        ElementCost(name, known=False, why=f"no {name} data")
        if pounds is None
        else ElementCost(name, pay=pounds)
        for name, pounds in elements
    )
    return replace(whole, elements=made)


def test_that_rises_by_sex_and_by_size_count_each_person_once() -> None:
    rows = [
        Row("A", GRADES[0], "10", 30, sex=Sex.FEMALE),
        Row("A", GRADES[0], "20", 10, sex=Sex.MALE),
        Row("B", GRADES[0], "10", 60, sex=Sex.FEMALE),
        Row("B", GRADES[0], "20", 20, sex=Sex.UNKNOWN),
    ]
    sector = replace(f1_sector(), workforce=workforce_of(rows, employers="AB", grades=GRADES))
    offer = read_offer("[[settlement]]\neffective = 2026-04-06\nfloor_hourly = 12.00\n", source="o")
    figures = appraise(sector, offer)

    assert [(one.name, one.people, one.share) for one in rise_by_sex(figures)] == [
        ("female", 90, pytest.approx(0.2)),
        ("male", 10, 0.0),
        ("unknown", 20, 0.0),
    ]
    assert [(one.name, one.people, one.share) for one in rise_by_size(figures)] == [
        ("0", 40, pytest.approx(0.15)),
        ("50", 80, pytest.approx(0.15)),
    ]
