"""F1, the hand-checkable sector: the figures of requirements B.3 and the stories U1, U2, U5, U6 and U9."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.offers.target_file import read_targets
from bargain.targets import judge
from models.appraisal import Appraisal
from models.target import Status, Target, Verdict
from tests.helpers.f1 import O1, O2, O3, TARGETS, f1_sector

RATES = {
    O1: "13.22 14.14 16.64 23.40 13.99 15.18 17.47 23.92 14.77 16.74 19.76 27.04",
    O2: "14.00 15.12 17.39 23.18 14.00 15.12 17.39 23.69 14.63 16.58 19.57 26.78",
    O3: "14.00 14.00 16.16 22.73 14.00 14.75 16.97 23.23 14.34 16.26 19.19 26.26",
}
COSTS = {
    O1: {"A": 139178, "B": 84217, "C": 67667},
    O2: {"A": 340192, "B": 80503, "C": 50924},
    O3: {"A": 261651, "B": 59552, "C": 16744},
}
BASE = {
    "p10": 12.71,
    "p50": 13.45,
    "p90": 16.10,
    "p90_p10": 1.2667,
    "p50_p10": 1.0582,
    "gini": 0.0698,
    "max_min": 2.0456,
    "mean": 14.2027,
}
AFTER = {
    O1: {
        "p10": 13.22,
        "p50": 13.99,
        "p90": 16.74,
        "p90_p10": 1.2663,
        "gini": 0.0697,
        "max_min": 2.0454,
        "mean": 14.7712,
    },
    O2: {
        "p10": 14.00,
        "p50": 14.00,
        "p90": 17.39,
        "p90_p10": 1.2421,
        "gini": 0.0574,
        "max_min": 1.9129,
        "mean": 15.1236,
    },
    O3: {
        "p10": 14.00,
        "p50": 14.00,
        "p90": 16.26,
        "p90_p10": 1.1614,
        "gini": 0.0491,
        "max_min": 1.8757,
        "mean": 14.8625,
    },
}
GROWTH = {O1: 4.00, O2: 6.48, O3: 4.65}


def appraised(offer: str, extra: str = "") -> Appraisal:
    return appraise(f1_sector(), read_offer(offer + extra, source="offer"))


def verdicts(offer: str) -> dict[str, Verdict]:
    targets = read_targets(TARGETS, source="targets").targets
    return {one.target.name: one for one in judge(targets, f1_sector(), appraised(offer))}


@pytest.mark.parametrize("offer", [O1, O2, O3], ids=["O1", "O2", "O3"])
def test_that_new_pay_is_right_to_the_penny(offer: str) -> None:
    assert " ".join(f"{rate / 1e6:.2f}" for rate in appraised(offer).hourly_after) == RATES[offer]


@pytest.mark.parametrize("offer", [O1, O2, O3], ids=["O1", "O2", "O3"])
def test_that_costs_are_right_to_the_pound(offer: str) -> None:
    cost = appraised(offer).cost

    assert {one.name: one.full_year for one in cost.by_employer} == pytest.approx(COSTS[offer], abs=0.51)
    assert cost.full_year == pytest.approx(sum(COSTS[offer].values()), abs=1)
    assert round(cost.level * 100, 2) == GROWTH[offer]


@pytest.mark.parametrize("offer", [O1, O2, O3], ids=["O1", "O2", "O3"])
def test_that_measures_are_right_to_the_digits_given(offer: str) -> None:
    found = appraised(offer)

    for snapshot, wanted in ((found.before, BASE), (found.after, AFTER[offer])):
        for key, value in wanted.items():
            digits = 2 if key in {"p10", "p50", "p90"} else 4
            assert round(snapshot.measures[key] or 0, digits) == value, key


def test_that_labour_before_any_offer_is_that_of_the_accounts() -> None:
    groups = {one.name: round(one.labour_before) for one in appraised(O1).cost.by_employer}

    assert groups == {"A": 3_371_715, "B": 2_045_701, "C": 1_649_496}


def test_that_u1_sees_a_flat_rise_miss_both_halves_of_the_pair() -> None:
    found = verdicts(O1)

    assert found["Narrow the sector"].met is False
    assert found["Keep seniors ahead"].met is False
    assert found["Keep seniors ahead"].worst is not None
    assert found["Keep seniors ahead"].worst.name == "A"
    assert round(found["Keep seniors ahead"].worst.value, 4) == 0.0696


def test_that_u1_sees_a_floor_alone_narrow_pay_and_crush_the_differential() -> None:
    found = verdicts(O3)

    assert found["Narrow the sector"].met is True
    assert round(found["Narrow the sector"].value or 0, 4) == -0.0831
    assert found["Keep seniors ahead"].met is False
    assert found["Keep seniors ahead"].value == 0.0


def test_that_u1_sees_the_bottom_weighted_offer_meet_both() -> None:
    found = verdicts(O2)

    assert found["Narrow the sector"].status is Status.MET
    assert round(found["Narrow the sector"].value or 0, 4) == -0.0194
    assert found["Keep seniors ahead"].status is Status.MET
    assert round(found["Keep seniors ahead"].value or 0, 4) == 0.08


def test_that_u9_sees_the_envelope_missed_by_its_pounds() -> None:
    assert verdicts(O1)["Envelope"].met is True
    assert verdicts(O3)["Envelope"].met is True
    assert verdicts(O2)["Envelope"].met is False
    assert round(verdicts(O2)["Envelope"].margin or 0) == -71_619


def test_that_u5_shows_every_employers_margin_and_the_average_last() -> None:
    found = appraised(O2)
    margins = {one.name: one for one in found.margins}

    assert round((margins["A"].margin_before or 0) * 100, 2) == 19.79
    assert round((margins["A"].margin_after or 0) * 100, 2) == 13.72
    assert round((margins["B"].margin_after or 0) * 100, 2) == 2.78
    assert margins["C"].margin_after is None
    assert round((found.after.measures["operating_margin"] or 0) * 100, 1) == 10.2
    assert round((margins["A"].leakage_before or 0) * 100, 2) == 26.93
    assert round((margins["B"].leakage_before or 0) * 100, 2) == 10.35


def test_that_u5_gives_the_margins_of_a_fee_rise_of_three_percent() -> None:
    margins = {one.name: one for one in appraised(O2, "[settlement.fees]\nuplift_percent = 3.0\n").margins}

    assert round((margins["A"].margin_after or 0) * 100, 2) == 16.23
    assert round((margins["B"].margin_after or 0) * 100, 2) == 5.62


def test_that_u2_names_the_profit_that_a_held_margin_makes_on_the_pay_rise() -> None:
    margins = {one.name: one for one in appraised(O2).margins}

    assert round(margins["A"].profit_on_pay_rise or 0) == 83_939
    assert round(margins["B"].profit_on_pay_rise or 0) == 4_977
    assert round((margins["A"].fee_hold_profit or 0) * 100, 3) == 6.075
    assert round((margins["A"].fee_hold_margin or 0) * 100, 3) == 7.574
    assert round((margins["B"].fee_hold_margin or 0) * 100, 3) == 3.226


def test_that_a_margin_cap_is_a_ceiling_and_no_entitlement() -> None:
    fees = '[settlement.fees]\nrule = "cap"\nmargin_cap_percent = 10.0\n'
    found = appraised(O2, fees)
    margins = {one.name: one for one in found.margins}

    assert round((margins["A"].fee_uplift or 0) * 100, 2) == -4.13
    assert round((margins["B"].fee_uplift or 0) * 100, 2) == 3.23
    both = [one for one in found.margins if one.revenue_after is not None and one.revenue_before is not None]
    before = sum(one.revenue_before or 0 for one in both)
    assert round((sum(one.revenue_after or 0 for one in both) / before - 1) * 100, 2) == -1.77


def test_that_the_general_rise_and_the_catch_up_are_told_apart() -> None:
    after = appraised(O2).after.measures

    assert round((after["general_rise"] or 0) * 100, 1) == 3.0
    assert round((after["catch_up"] or 0) * 100, 2) == 3.48
    assert round((after["paybill_growth"] or 0) * 100, 2) == 6.48


def test_that_the_living_wage_shortfall_counts_the_eighty_at_the_floor() -> None:
    before = appraised(O1).before.measures

    assert before["heads_below_hourly"] == 80
    assert round(before["low_pay_share"] or 0, 3) == 0.360


def test_that_the_costs_of_floor_ripple_and_general_rise_add_up_to_the_whole() -> None:
    cost = appraised(O2).cost

    assert [one.element for one in cost.elements] == [
        "pay rules",
        "floor",
        "differentials",
        "rounding and favourability",
    ]
    assert sum(one.total for one in cost.elements) == pytest.approx(cost.full_year)


def test_that_profit_at_a_falls_by_what_the_pay_rise_takes_beyond_a_three_percent_fee() -> None:
    """Requirements S0-23: O2 with a 3 % fee, A's profit −15.5 %, −£172,192."""
    a = appraised(O2, "[settlement.fees]\nuplift_percent = 3.0\n").margins[0]
    before, after = a.result_before or 0, a.result_after or 0

    assert round(after - before) == -172_192
    assert round((after - before) / before * 100, 1) == -15.5


def test_that_the_affordable_rise_leaves_nothing_when_it_is_paid() -> None:
    """A by hand: 5,600,000 × 1.03 less rent, other costs and directors (1,120,000), over labour of 3,371,715."""
    a = appraised(O2, "[settlement.fees]\nuplift_percent = 3.0\n").margins[0]

    assert a.affordable_rise == pytest.approx((5_768_000 - 1_120_000) / 3_371_715 - 1)


def test_that_rent_paid_to_a_connected_party_is_added_back_to_the_margin() -> None:
    sector = f1_sector()
    books = replace(sector.accounts[0], connected_rent_micros=100_000 * 1_000_000)
    made = replace(sector, accounts=(books, sector.accounts[1]))
    a, b, _ = appraise(made, read_offer(O2, source="o")).margins

    assert a.adjusted_before == pytest.approx((1_108_285 + 100_000) / 5_600_000)
    assert b.adjusted_before is None


def test_that_the_parity_gap_counts_only_those_below_the_comparator() -> None:
    """O3 against £15.00, from the published new rates: heads × pence short, over 222 × £15."""
    heads = (80, 20, 8, 4, 40, 14, 6, 3, 30, 10, 5, 2)
    short = sum(n * max(15 - float(rate), 0) for n, rate in zip(heads, RATES[O3].split(), strict=True))
    target = Target("parity", "parity_gap", at_most=0.05, hourly=15.0)
    found = judge([target], f1_sector(), appraised(O3))[0]

    assert found.value == pytest.approx(short / (222 * 15))
