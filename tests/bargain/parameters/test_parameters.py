"""Dated parameters: no holes, every one with a source, and an error for a day before the first."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from bargain.appraisal import appraise
from bargain.costing.employer_ni import employer_ni
from bargain.headlines import rules_of_thumb
from bargain.ni_reliefs import reliefs_of, thresholds_of
from bargain.offers.offer_file import read_offer
from bargain.parameters.checks import faults_in
from bargain.parameters.load import (
    ON_COST_KEYS,
    change_days,
    legal_floor_on,
    on_costs_on,
    parameters,
    value_on,
)
from models.basis import Basis
from models.employer import Employer
from models.issues import UnusableInput
from models.parameters import DatedValue, LegalFloor, Parameter
from models.sector import Sector
from models.workforce import YesNo
from tests.helpers.f1 import Row, f1_sector, workforce_of


def test_that_the_shipped_parameters_have_no_faults() -> None:
    assert faults_in(parameters()) == ()


def test_that_employer_ni_on_thirty_five_thousand_is_four_and_a_half() -> None:
    figures = on_costs_on(date(2026, 4, 6))

    assert (
        employer_ni(np.array([35_000.0]), thresholds=thresholds_of(figures)[:1], figures=figures)[0] == 4500
    )


STAFF = Row("A", "Staff", "60000.00", basis=Basis.YEAR, fte=1.0)
YES, NO = YesNo.YES, YesNo.NO


@pytest.mark.parametrize(
    ("row", "day", "due"),
    [
        # 15 % of £60,000 − £5,000, or of £60,000 − £50,270
        (STAFF, date(2026, 4, 6), 8_250),
        (replace(STAFF, age=20), date(2026, 4, 6), 1_459.50),
        (replace(STAFF, age=21), date(2026, 4, 6), 8_250),
        (replace(STAFF, age=24, apprentice=YES), date(2026, 4, 6), 1_459.50),
        (replace(STAFF, age=24, apprentice=NO), date(2026, 4, 6), 8_250),
        (replace(STAFF, age=25, apprentice=YES), date(2026, 4, 6), 8_250),
        (replace(STAFF, age=-1, apprentice=YES), date(2026, 4, 6), 8_250),
        (replace(STAFF, age=40, veteran=YES), date(2026, 4, 6), 1_459.50),
        (replace(STAFF, age=40, veteran=NO), date(2026, 4, 6), 8_250),
        # the relief for veterans began on 6 April 2021 and ends with 5 April 2028
        (replace(STAFF, veteran=YES), date(2021, 4, 5), (60_000 - 8_788) * 0.138),
        (replace(STAFF, veteran=YES), date(2021, 4, 6), (60_000 - 50_270) * 0.138),
        (replace(STAFF, veteran=YES), date(2028, 4, 5), 1_459.50),
        (replace(STAFF, veteran=YES), date(2028, 4, 6), 8_250),
    ],
)
def test_that_each_ni_category_is_charged_above_its_own_threshold(row: Row, day: date, due: float) -> None:
    force = workforce_of([row], employers="A", grades=["Staff"])
    figures = on_costs_on(day)
    thresholds = thresholds_of(figures).take(reliefs_of(force))
    found = employer_ni(np.array([60_000.0]), thresholds=thresholds, figures=figures)

    assert found[0] == pytest.approx(due)


def test_that_who_is_not_recorded_as_apprentice_or_veteran_is_counted_on_the_result() -> None:
    """12 staff say nothing, 5 say that they are no apprentices and no more, 3 say both."""
    rows = (
        Row("A", "Staff", "15.00", 12),
        Row("A", "Staff", "15.00", 5, apprentice=NO),
        Row("A", "Staff", "15.00", 3, apprentice=NO, veteran=NO),
    )
    sector = Sector("made", workforce=workforce_of(rows, employers="A", grades=["Staff"]))
    offer = read_offer("[[settlement]]\neffective = 2026-04-06\nfloor_hourly = 15.5\n", source="x")
    basis = appraise(sector, offer).basis

    told = {one.what: one.count for one in basis.left_out}
    assert told["apprentice or veteran not recorded, charged employer NI as neither"] == 17


def test_that_f1_can_be_priced_on_every_day_on_which_anything_changes() -> None:
    first = max(parameters()[key].values[0].starts for key in ON_COST_KEYS)
    days = [day for day in change_days() if day >= first]
    assert len(days) > 8
    for day in days:
        offer = read_offer(
            f"[[settlement]]\neffective = {day}\n[[settlement.pay]]\npercent = 1\n", source="x"
        )
        assert appraise(f1_sector(), offer).cost.full_year > 0


def test_that_every_on_cost_is_the_days_own_on_every_day_on_which_anything_changes() -> None:
    """60 at £35,000; 50 under 21, 7 apprentices, 4 veterans at £60,000; levy and allowance due: in fractions."""
    rows = (
        Row("A", "Staff", "35000.00", 60, basis=Basis.YEAR, fte=1.0),
        replace(STAFF, heads=50, age=20),
        replace(STAFF, heads=7, age=23, apprentice=YES),
        replace(STAFF, heads=4, age=40, veteran=YES),
    )
    sector = Sector(
        "made",
        employers=(Employer("A", pays_levy=True, claims_employment_allowance=True),),
        workforce=workforce_of(rows, employers="A", grades=["Staff"]),
    )
    first = max(parameters()[key].values[0].starts for key in ON_COST_KEYS)
    for day in (one for one in change_days() if one >= first):
        held = {key: Fraction(value_on(key, day).value) for key in ON_COST_KEYS}
        pays = (
            (60, 35_000, held["ni_threshold"]),
            (50, 60_000, held["ni_under_21_threshold"]),
            (7, 60_000, held["ni_apprentice_threshold"]),
            (4, 60_000, held["ni_veteran_threshold"]),
        )
        bill = sum(heads * pay for heads, pay, _ in pays)
        ni = sum(heads * max(pay - above, Fraction(0)) * held["ni_rate"] for heads, pay, above in pays)
        low, high = held["pension_band_lower"], held["pension_band_upper"]
        pension = sum(heads * (min(pay, high) - low) * held["pension_minimum"] for heads, pay, _ in pays)
        levy = max(bill * held["levy_rate"] - held["levy_allowance"], Fraction(0))
        labour = bill + max(ni - held["employment_allowance"], Fraction(0)) + pension + levy
        offer = read_offer(
            f"[[settlement]]\neffective = {day}\n[[settlement.pay]]\npercent = 1\n", source="x"
        )

        assert appraise(sector, offer).cost.labour_before == pytest.approx(float(labour), abs=1e-4), day


def test_that_a_day_before_the_first_value_is_an_error_that_names_it() -> None:
    with pytest.raises(UnusableInput, match=r"Employer National Insurance rate for 1 January 2010"):
        on_costs_on(date(2010, 1, 1))


def test_that_a_day_after_the_review_date_is_a_warning_on_the_result() -> None:
    offer = read_offer(
        "[[settlement]]\neffective = 2030-04-06\n[[settlement.pay]]\npercent = 1\n", source="x"
    )

    assert any("past the date for review" in note for note in appraise(f1_sector(), offer).notes)


def test_that_the_day_of_review_itself_is_not_past_it() -> None:
    due = parameters()["ni_rate"].review_by
    last, after = on_costs_on(due).warnings, on_costs_on(due + timedelta(days=1)).warnings

    assert not any("National Insurance rate" in one and "past the date" in one for one in last)
    assert any("National Insurance rate" in one and "past the date" in one for one in after)


def test_that_the_minimum_wage_of_april_2023_is_there() -> None:
    assert value_on("national_living_wage", date(2023, 6, 1)).value == Decimal("10.42")


def test_that_the_rate_of_2025_starts_with_the_tax_year_and_not_with_january() -> None:
    assert value_on("ni_rate", date(2025, 4, 5)).value == Decimal("0.138")
    assert value_on("ni_rate", date(2025, 4, 6)).value == Decimal("0.15")


def parameter(*values: DatedValue, unit: str = "pounds/hour") -> Parameter:
    return Parameter("national_living_wage", "x", unit, date(2030, 1, 1), values)


@pytest.mark.parametrize(
    ("faulty", "says"),
    [
        (parameter(), "no value"),
        (parameter(DatedValue(date(2024, 4, 1), Decimal(1), "r", "c"), unit="pence"), "unit"),
        (parameter(DatedValue(date(2024, 4, 1), Decimal(1), "", "c")), "without reference"),
        (
            parameter(
                DatedValue(date(2022, 4, 1), Decimal(1), "r", "c"),
                DatedValue(date(2024, 4, 1), Decimal(1), "r", "c"),
            ),
            "hole",
        ),
        (
            parameter(
                DatedValue(date(2024, 4, 1), Decimal(1), "r", "c"),
                DatedValue(date(2024, 4, 1), Decimal(1), "r", "c"),
            ),
            "after",
        ),
        (parameter(DatedValue(date(2024, 4, 1), Decimal(3), "r", "c"), unit="share"), "outside 0 to 1"),
    ],
)
def test_that_a_fault_in_the_data_is_found(faulty: Parameter, says: str) -> None:
    assert any(says in fault for fault in faults_in({"x": faulty}))


# -- what is shown as a fact ------------------------------------------------------------------------

NMW = Path(__file__).parents[4] / "shared" / "reference" / "nmw.csv"
CATEGORIES = {
    "national_living_wage_21_plus": "national_living_wage",
    "age_18_20": "minimum_wage_18_20",
    "under_18": "minimum_wage_under_18",
    "apprentice": "minimum_wage_apprentice",
}


@pytest.mark.skipif(not NMW.exists(), reason="the shared reference tables are not here")
def test_that_no_minimum_wage_is_surer_here_than_where_it_was_found() -> None:
    """One third party's listing is no verification: the rates of April 2027 rest on that alone."""
    with NMW.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["category"] in CATEGORIES]
    assert rows
    for row in rows:
        held = value_on(CATEGORIES[row["category"]], date.fromisoformat(row["effective_from"]))
        assert held.value == Decimal(row["rate"]), row
        sure = row["confidence"].startswith("verified") and "single source" not in row["confidence"]
        assert held.is_checked == sure, row


def test_that_a_minimum_wage_that_nobody_verified_says_so_wherever_it_is_used() -> None:
    assert legal_floor_on(date(2027, 3, 31)) == LegalFloor(12.71, is_checked=True)
    assert legal_floor_on(date(2027, 4, 1)) == LegalFloor(13.21, is_checked=False)
    assert legal_floor_on(date(2001, 1, 1)) is None
    assert legal_floor_on(None) is None
    offer = read_offer(
        "[[settlement]]\neffective = 2027-04-06\n[[settlement.pay]]\npercent = 1\n", source="x"
    )
    notes = appraise(f1_sector(), offer).notes
    assert any("National Living Wage" in one and "1 April 2027 has not been verified" in one for one in notes)
    labels = [one.label for one in rules_of_thumb(f1_sector(), offer)]
    assert "10p on a floor of £13.21, the minimum wage, not verified" in labels


def test_that_a_confidence_in_other_words_is_a_fault() -> None:
    value = DatedValue(date(2024, 4, 1), Decimal("0.1"), "somewhere", "verified-secondary (single source)")
    faults = faults_in({"x": Parameter("x", "X", "share", date(2027, 1, 1), (value,))})
    assert any("confidence" in one for one in faults)
