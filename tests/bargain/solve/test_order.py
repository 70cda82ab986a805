"""What is claimed of a lever's way with a measure, held against offers priced at several of its values."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from bargain.appraisal import appraise, view_of
from bargain.measures.catalogue import MEASURES
from bargain.offers.offer_file import read_offer
from bargain.solve.levers import with_values
from bargain.solve.order import directions
from models.offer import Offer
from models.target import Target
from models.terms import Terms
from tests.helpers.f1 import GRADES, f1_sector

SECTOR = replace(f1_sector(), terms=Terms(annual_leave_days=28.0, sleep_in_micros=50_000_000))
LEVERS = {
    "percent": (0, 12_500, 30_000, 61_000),
    "cash": (0, 333_000_000, 900_000_000),
    "at_least_cash": (0, 500_000_000, 1_500_000_000),
    "at_most_cash": (100_000_000, 700_000_000, 3_000_000_000),
    "at_least_hourly": (0, 310_000, 900_000),
    "floor_hourly": (12_710_000, 13_570_000, 14_600_000, 16_100_000),
    "differential": (0, 60_000, 150_000),
    "allowances_percent": (0, 40_000),
    "employer_pension_percent": (30_000, 55_000, 90_000),
    "uplift_percent": (0, 25_000, 80_000),
    "weekly_hours": (35_000_000, 37_500_000),
}
ASKED = Target("", "", grade=GRADES[1], over=GRADES[0], hourly=13.8, norm=0.03, margin=0.05)


def offer(fees: str = "uplift_percent = 2.0") -> Offer:
    text = f"""
[[settlement]]
effective = 2026-04-06
floor_hourly = 13.00
  [[settlement.pay]]
  percent = 2.0
  [[settlement.differential]]
  grade = "{GRADES[1]}"
  over = "{GRADES[0]}"
  at_least_percent = 5.0
  [settlement.fees]
  {fees}
"""
    return read_offer(text, source="o")


def measured(one: Offer) -> dict[str, float | None]:
    view = view_of(SECTOR, appraise(SECTOR, one))
    return {key: info.take(view, ASKED, True) for key, info in MEASURES.items()}


@pytest.mark.parametrize("fees", ["uplift_percent = 2.0", 'rule = "hold_margin"', 'rule = "hold_profit"'])
@pytest.mark.parametrize("key", LEVERS)
def test_that_a_measure_goes_the_way_that_is_claimed_of_a_lever(key: str, fees: str) -> None:
    base = offer(fees)
    along = [measured(with_values(base, SECTOR, {key: value})) for value in LEVERS[key]]
    if key == "uplift_percent":
        base = with_values(base, SECTOR, {key: 0})
    for measure in MEASURES:
        (way,) = directions(base, (key,), measure)
        for here, there in pairwise(along):
            before, after = here[measure], there[measure]
            assert (before is None) is (after is None)
            if way is None or before is None or after is None:
                continue
            slack = 1e-9 * max(1.0, abs(before))
            if way >= 0:
                assert after >= before - slack, measure
            if way <= 0:
                assert after <= before + slack, measure


def test_that_something_is_claimed_of_what_is_asked_most_and_nothing_of_ratios() -> None:
    fixed, follows = offer(), offer('rule = "hold_margin"')
    keys = ("percent", "floor_hourly", "uplift_percent")

    assert directions(fixed, keys, "cost_full_year") == (1, 1, 0)
    assert directions(fixed, keys, "heads_below_hourly") == (-1, -1, 0)
    assert directions(fixed, keys, "operating_margin") == (-1, -1, None)
    assert directions(follows, keys[:2], "operating_margin", each=True) == (0, 0)
    assert directions(follows, keys[:2], "operating_margin") == (None, None)
    assert directions(fixed, keys, "p90_p10") == (None, None, None)
    assert directions(fixed, keys, "differential") == (None, None, None)
    assert directions(fixed, ("weekly_hours",), "cost_full_year") == (None,)


def test_that_nothing_is_claimed_where_a_later_step_asks_who_earns_what_by_then() -> None:
    """A lever of the first step can push somebody over the line of the second."""
    second = read_offer(
        "[[settlement]]\neffective = 2027-04-06\n  [[settlement.pay]]\n  percent = 3.0\n  pay_up_to = 27000\n",
        source="o",
    ).settlements
    both = replace(offer(), settlements=(*offer().settlements, *second))

    assert directions(both, ("percent", "2.pay1.percent"), "cost_full_year") == (None, 1)


@pytest.mark.parametrize(
    ("fees", "measure"), [("hold_margin", "operating_margin"), ("hold_profit", "profit_change")]
)
def test_that_what_a_fee_rule_holds_stays_at_every_employer(fees: str, measure: str) -> None:
    base = offer(f'rule = "{fees}"')
    assert directions(base, ("percent",), measure, each=True) == (0,)
    for value in LEVERS["percent"]:
        for one in appraise(SECTOR, with_values(base, SECTOR, {"percent": value})).margins:
            held = (one.margin_before, one.margin_after), (one.result_before, one.result_after)
            before, after = held[measure == "profit_change"]
            assert after == (None if before is None else pytest.approx(before))
