"""The other files of published measures: incomes with printed indices, rules for pay gaps, employer NI by year."""

from __future__ import annotations

import csv
import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from bargain.costing.employer_ni import employer_ni
from bargain.measures import distribution as spread
from bargain.measures.shape import shares_of_quarters
from bargain.ni_reliefs import thresholds_of
from bargain.parameters.load import on_costs_on
from models.issues import UnusableInput
from models.units import MICROS_PER_POUND

FOLDER = Path(__file__).parents[4] / "shared/fixtures/real/metrics"
absent = pytest.mark.skipif(not FOLDER.exists(), reason="the published figures are not beside the project")
# As the ineq package prints them (tests/Examples/ineq-Ex.Rout.save), to seven digits.
PRINTED = {
    ("Pangasinan", "atkinson"): 0.1291856,
    ("La Union", "atkinson"): 0.1672924,
    ("Pangasinan", "theil"): 0.2837236,
    ("La Union", "theil"): 0.3622122,
}


def incomes(province: str) -> spread.Tally:
    """The incomes of a province, each counted once, in millionths as pay is."""
    with (FOLDER / "ilocos_incomes.csv").open(encoding="utf-8", newline="") as file:
        held = [
            int(Fraction(row["income"]) * MICROS_PER_POUND)
            for row in csv.DictReader(file)
            if row["province"] == province
        ]
    return spread.tally(np.array(held, dtype=np.int64), np.ones(len(held)))


@absent
@pytest.mark.parametrize(("province", "index"), PRINTED)
def test_that_the_indices_of_ilocos_come_out_to_the_last_printed_digit(province: str, index: str) -> None:
    held = incomes(province)
    found = spread.theil(held) if index == "theil" else spread.atkinson(held, 0.5)

    assert found is not None
    assert round(found, 7) == PRINTED[province, index]


@absent
def test_that_every_income_of_ilocos_is_counted() -> None:
    provinces = ("Ilocos Norte", "Ilocos Sur", "La Union", "Pangasinan")
    assert sum(incomes(one).total for one in provinces) == 632


@absent
@pytest.mark.parametrize(("people", "sizes"), [(8, (2, 2, 2, 2)), (9, (3, 2, 2, 2)), (10, (3, 2, 3, 2))])
def test_that_left_over_people_go_to_the_quarters_that_the_guidance_names(
    people: int, sizes: tuple[int, ...]
) -> None:
    """Only the lowest paid of each quarter is a woman, so that each share gives away the size of its quarter."""
    said = json.loads((FOLDER / "gender_pay_gap_rules.json").read_text("utf-8"))["rule"]
    assert "left-over 1 -> lower; 2 -> lower and upper middle" in said[2]
    starts = np.cumsum((0, *sizes[:-1]))
    women = np.isin(np.arange(people), starts)
    rates = (np.arange(people, dtype=np.int64) + 10) * MICROS_PER_POUND

    assert shares_of_quarters(rates, np.ones(people), women) == pytest.approx([1 / size for size in sizes])


@absent
def test_that_mean_and_median_gaps_are_taken_off_the_mens() -> None:
    said = json.loads((FOLDER / "gender_pay_gap_rules.json").read_text("utf-8"))["rule"]
    assert said[0] == "mean gap = (mean men - mean women)/mean men x 100"
    men, women = (
        spread.tally(np.array(rates, dtype=np.int64) * MICROS_PER_POUND, np.ones(3))
        for rates in ((10, 20, 30), (10, 15, 17))
    )

    assert spread.pay_gap(men, women, of="mean") == pytest.approx((20 - 14) / 20)
    assert spread.pay_gap(men, women, of="median") == pytest.approx((20 - 15) / 20)


@absent
def test_that_employer_ni_of_2023_comes_out_to_the_penny() -> None:
    cases = json.loads((FOLDER / "employer_ni_examples.json").read_text("utf-8"))["policyengine_tests"]
    priced = [one for one in cases if one["year"] == "2023-24"]
    pay = np.array([float(one["annual_earnings"]) for one in priced])
    figures = on_costs_on(date(2023, 4, 6))
    found = employer_ni(pay, thresholds=thresholds_of(figures).take(np.zeros(len(pay), int)), figures=figures)

    assert len(priced) == 2
    others = [one for one in cases if one not in priced]
    assert [set(one) for one in others] == [
        {"year", "salary_sacrifice_excess_over_2000_at_15pct"}
    ]  # a proposed cap on sacrificed pay, no contribution that is due: named here and not priced
    assert found.tolist() == pytest.approx([one["employer_ni"] for one in priced], abs=0.001)


@absent
def test_that_yearly_thresholds_are_the_published_weeks_but_for_the_year_that_hmrc_rounds() -> None:
    """From April 2025 HMRC's yearly figure is £5,000, not 52 × £96: £8 × 15 % is £1.20 a head. Ours is HMRC's."""
    published = json.loads((FOLDER / "employer_ni_examples.json").read_text("utf-8"))
    for year, weekly in published["secondary_threshold_weekly"].items():
        day = date(int(year[:4]), 4, 6)
        if day.year < 2019:
            with pytest.raises(UnusableInput, match="2018"):
                on_costs_on(day)
            continue
        ours = on_costs_on(day).ni_threshold_micros / MICROS_PER_POUND
        assert ours == (5_000 if day.year == 2025 else weekly * 52)
    rates = published["employer_rate"]
    assert on_costs_on(date(2024, 4, 6)).ni_rate_ppm == rates["2015 to 2024-25"] * 1_000_000
    assert on_costs_on(date(2025, 4, 6)).ni_rate_ppm == rates["2025-26"] * 1_000_000
