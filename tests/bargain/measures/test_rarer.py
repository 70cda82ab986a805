"""Inequality taken apart, the shape of grades and the gaps: each against a sum by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargain.appraisal import appraise, no_offer, view_of
from bargain.measures import distribution as spread
from bargain.measures.inequality import theil_parts
from bargain.measures.rarer import RARER
from bargain.measures.shape import (
    compa_ratio,
    experience_premium,
    largest_overlap,
    share_at_floor,
    shares_of_quarters,
)
from bargain.measures.snapshot import rarer_measures_of
from bargain.offers.offer_file import read_offer
from models.sector import Sector
from models.workforce import COLUMNS, Sex
from tests.helpers.f1 import GRADES, O2, Row, f1_sector, workforce_of

FIGURES = {one.id: one for one in RARER}


def micros(*pounds: float) -> np.ndarray:
    return np.array([round(one * 1_000_000) for one in pounds], dtype=np.int64)


@given(
    st.lists(
        st.tuples(st.integers(500, 6000), st.floats(0.1, 50), st.integers(-1, 4)), min_size=1, max_size=40
    )
)
def test_that_theil_within_and_between_groups_add_up_to_the_whole(
    posts: list[tuple[int, float, int]],
) -> None:
    rates = np.array([pence * 10_000 for pence, _, _ in posts], dtype=np.int64)
    heads = np.array([weight for _, weight, _ in posts])
    codes = np.array([code for _, _, code in posts])
    parts = theil_parts(rates, heads, codes)

    assert parts is not None
    assert sum(parts) == pytest.approx(spread.theil(spread.tally(rates, heads)), abs=1e-12)
    assert parts[0] >= -1e-12
    assert parts[1] >= -1e-12


def test_that_theil_between_groups_is_that_of_their_means() -> None:
    parts = theil_parts(micros(10, 14, 20, 20), np.array([1.0, 1, 1, 1]), np.array([0, 0, 1, 1]))
    average = 16.0
    between = (2 * 12 / average * log(12 / average) + 2 * 20 / average * log(20 / average)) / 4
    within = (10 * log(10 / 12) + 14 * log(14 / 12)) / 64

    assert parts == pytest.approx((within, between))


def test_that_a_compa_ratio_is_pay_over_the_middle_of_the_grade() -> None:
    ratio = compa_ratio(micros(10, 12, 14, 20), np.array([1.0, 1, 2, 1]), np.array([0, 0, 0, 1]))

    assert ratio == pytest.approx((10 / 12 + 12 / 12 + 2 * 14 / 12 + 20 / 20) / 5)


def test_that_a_grade_of_the_ladder_that_nobody_is_in_leaves_the_compa_ratio_as_it_is() -> None:
    """As of one kind of owner whose employers have workers and managers, but nobody in the grade between."""
    rates, weights = micros(10, 12, 14, 20), np.array([1.0, 1, 2, 1])

    assert compa_ratio(rates, weights, np.array([0, 0, 0, 2])) == compa_ratio(
        rates, weights, np.array([0, 0, 0, 1])
    )


@pytest.mark.parametrize(
    ("rates", "overlap"),
    [((10, 14, 13, 17), 0.25), ((10, 14, 14, 14), 1.0), ((10, 14, 15, 17), 0.0), ((10, 20, 13, 17), 1.0)],
)
def test_that_overlap_is_the_share_of_the_upper_range_under_the_top_of_the_lower(
    rates: tuple[float, ...], overlap: float
) -> None:
    found = largest_overlap(micros(*rates), np.ones(4), np.array([0, 0, 1, 1]))

    assert found == pytest.approx(overlap)


def test_that_bunching_counts_the_floor_and_five_pence_over() -> None:
    rates = micros(12.70, 12.71, 12.76, 12.77)

    assert share_at_floor(rates, np.array([1.0, 2, 3, 4]), 12.71) == pytest.approx(0.5)


def test_that_the_premium_compares_five_years_with_less_than_one() -> None:
    months = np.array([60, 59, 12, 11, 0, -1])
    rates = micros(15, 99, 99, 12, 12.5, 1)

    found = experience_premium(rates, np.ones(6), months, grade=np.ones(6, dtype=bool))
    assert found == pytest.approx(15 / 12 - 1)
    assert experience_premium(rates, np.ones(6), months, grade=np.zeros(6, dtype=bool)) is None


def test_that_quarters_take_what_is_left_over_and_divide_those_at_an_edge() -> None:
    """Nine people: quarters of 3, 2, 2, 2. Women at 10, 12, 12 of (10, 11, 12, 12, 12, 13, 14, 15, 16)."""
    rates = micros(10, 11, 12, 12, 12, 13, 14, 15, 16)
    women = np.array([True, False, True, True, False, False, False, False, True])

    found = shares_of_quarters(rates, np.ones(9), women)
    assert found == pytest.approx(((1 + 2 / 3) / 3, (2 * 2 / 3) / 2, 0.0, 0.5))


@pytest.mark.parametrize(
    ("people", "sizes"), [(8, (2, 2, 2, 2)), (9, (3, 2, 2, 2)), (10, (3, 2, 3, 2)), (11, (3, 3, 3, 2))]
)
def test_that_one_left_over_goes_to_the_lowest_and_a_second_to_the_upper_middle(
    people: int, sizes: tuple[int, ...]
) -> None:
    ranks = np.arange(people)
    edges = np.cumsum((0, *sizes))
    for at in range(4):
        women = (ranks >= edges[at]) & (ranks < edges[at + 1])
        found = shares_of_quarters(micros(*(10.0 + rank for rank in ranks)), np.ones(people), women)
        assert found is not None
        assert found[at] == pytest.approx(1.0)
        assert sum(found) == pytest.approx(1.0)


def small_sector() -> Sector:
    rows = [
        Row("A", GRADES[0], "12.00", 2, hours=37.5, age=20, sex=Sex.FEMALE),
        Row("A", GRADES[0], "13.00", 2, hours=20, age=40, sex=Sex.MALE),
        Row("B", GRADES[0], "14.00", 2, hours=37.5, age=50, sex=Sex.FEMALE),
        Row("B", GRADES[1], "15.00", 2, hours=18, age=-1, sex=Sex.MALE),
    ]
    force = workforce_of(rows, employers="AB", grades=GRADES)
    starts = np.array([2026 * 12, 2010 * 12, 2020 * 12, -1], dtype=COLUMNS["start_month"])
    return Sector(
        name="small",
        grades=GRADES,
        data_date=date(2026, 4, 1),
        workforce=replace(force, start_month=starts),
    )


def test_that_the_rarer_measures_of_a_sector_are_those_by_hand() -> None:
    sector = small_sector()
    figures = rarer_measures_of(view_of(sector, appraise(sector, no_offer(sector))), after=False)

    assert figures["experience_premium"] == pytest.approx(
        13 / 12 - 1
    )  # 2020 is over five years before April 2026
    assert figures["part_time_pay_gap_median"] == pytest.approx(1 - 13 / 12)
    assert figures["age_pay_gap_median"] == pytest.approx(1 - 12 / 13)
    assert figures["heads_below_legal_floor"] == 2
    assert figures["below_living_wage_share"] == pytest.approx(0.5)
    assert figures["women_lowest_quarter"] == 1.0
    assert figures["women_highest_quarter"] == 0.0
    assert figures["roce"] is None


def test_that_the_first_step_of_the_ladder_is_before_rent_and_the_last_after_interest() -> None:
    """F1, A: revenue 5,600,000, operating 19.79 %, rent 5.00 %, net interest 6.25 %, before tax 13.54 %."""
    sector = f1_sector()
    only_a = replace(sector, accounts=sector.accounts[:1])
    figures = rarer_measures_of(view_of(only_a, appraise(only_a, no_offer(only_a))), after=False)

    assert figures["ebitdar_margin"] == pytest.approx(0.2479, abs=5e-5)
    assert figures["ebitda_margin"] == pytest.approx(0.1979, abs=5e-5)
    assert figures["pretax_margin"] == pytest.approx(0.1354, abs=5e-5)


def test_that_profit_may_not_grow_faster_than_the_pay_bill() -> None:
    """F1, O2 with the margin held: A's profit grows by 7.57 %, the sector's pay bill by 6.48 % (requirement S0-23)."""
    sector = f1_sector()
    only_a = replace(sector, accounts=sector.accounts[:1])
    offer = read_offer(O2 + '\n  [settlement.fees]\n  rule = "hold_margin"\n', source="o")
    figures = rarer_measures_of(view_of(only_a, appraise(only_a, offer)), after=True)

    assert figures["profit_symmetry"] == pytest.approx(0.0757 - 0.0648, abs=1e-4)
