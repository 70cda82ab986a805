"""Parity with NHS bands and local-government points: published tables, a grade's place as an assumption, F1's anchors."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bargain.comparators import KEYS, LOCAL_GOVERNMENT, NHS, point_named, rates_at, table_on
from bargain.in_house import in_house_of, rates_of
from bargain.insourcing import parity_of, years_to_close
from models.issues import UnusableInput
from models.what_if import Comparator, GradeRate, InHousePlan
from tests.helpers.f1 import GRADES, f1_sector

REFERENCE = Path(__file__).parents[3] / "shared/reference"
absent = pytest.mark.skipif(not REFERENCE.exists(), reason="the reference tables are not beside the project")
DAY = date(2026, 4, 6)


@absent
@pytest.mark.parametrize("year", [2025, 2026])
def test_that_the_nhs_table_is_the_reference_point_by_point(year: int) -> None:
    with (REFERENCE / f"afc_{year}.csv").open(encoding="utf-8", newline="") as file:
        rows = [(f"{one['band']} {one['point']}", int(one["annual_gbp"])) for one in csv.DictReader(file)]

    assert [(one.name, one.annual) for one in table_on(NHS, date(year, 4, 1)).points] == rows


@absent
@pytest.mark.parametrize("year", [2025, 2026])
def test_that_the_councils_spine_is_the_reference_and_its_hours_come_out_to_the_penny(year: int) -> None:
    with (REFERENCE / f"njc_spine_{year}.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (one["scp"], int(one["annual_gbp"]), float(one["hourly_gbp"])) for one in csv.DictReader(file)
        ]
    held = table_on(LOCAL_GOVERNMENT, date(year, 4, 1)).points

    assert [(one.name, one.annual, one.hourly) for one in held] == rows


def test_that_a_support_worker_of_a_is_nine_and_a_half_percent_short_of_the_top_of_band_three() -> None:
    """S1-06: £12.71 against £14.05; another band, another gap."""
    top, entry = (rates_at(table_on(NHS, DAY), {GRADES[0]: band}) for band in ("Band 3 top", "2 entry"))
    found, other = (parity_of(f1_sector(), ["A"], rates) for rates in (top, entry))

    assert top == {GRADES[0]: 14.05}
    assert found.grades[0].gap == pytest.approx((14.05 - 12.71) / 14.05) == pytest.approx(0.095, abs=5e-4)
    assert found.gap == pytest.approx(found.grades[0].gap)
    assert found.no_comparator == 32
    assert other.grades[0].comparator == 12.92
    assert other.cost < found.cost


def test_that_parity_costs_what_lifting_each_post_costs_by_hand() -> None:
    """80 support workers of A from £12.71 to £14.05: pay, 15 % NI above £5,000, and A's 3 % pension on the band."""
    hours = 37.5 * 52.143
    rise = (14.05 - 12.71) * hours
    found = parity_of(f1_sector(), ["A"], {GRADES[0]: 14.05})

    assert found.cost == pytest.approx(80 * rise * (1 + 0.15 + 0.03), rel=1e-9)
    assert [one.cost for one in found.grades[1:]] == [None, None, None]


def test_that_the_years_to_close_the_gap_are_those_of_compound_growth() -> None:
    found = parity_of(f1_sector(), ["A"], {GRADES[0]: 14.05, GRADES[3]: 20.0})
    years = years_to_close(found, 0.02)

    assert years is not None
    assert 12.71 * 1.02**years == pytest.approx(14.05)
    assert years_to_close(parity_of(f1_sector(), ["A"], {GRADES[3]: 20.0}), 0.02) == 0.0
    assert years_to_close(parity_of(f1_sector(), ["A"], {}), 0.02) is None
    with pytest.raises(UnusableInput, match="never closes"):
        years_to_close(found, 0.0)


def test_that_a_plan_in_house_takes_its_rates_from_the_table_it_names() -> None:
    sector = replace(f1_sector(), data_date=DAY)
    rates = (
        GradeRate(GRADES[0], point="3 top"),
        GradeRate(GRADES[2], point=""),
        GradeRate(GRADES[3], hourly=9.0),
    )
    nhs = InHousePlan(("A",), Comparator.NHS, rates=rates)
    council = InHousePlan(("A",), Comparator.COUNCIL, rates=(GradeRate(GRADES[0], point="SCP 7"),))

    assert rates_of(sector, nhs) == {GRADES[0]: 14.05}
    assert rates_of(sector, council) == {GRADES[0]: 14.14}
    assert in_house_of(sector, nhs).parity.cost == parity_of(sector, ["A"], {GRADES[0]: 14.05}).cost


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5", "5 entry, 5 mid, 5 top"),
        ("3 topp", "the nearest is “3 top”"),
        ("zz", "runs from “2 entry” to “9 top”"),
    ],
)
def test_that_a_band_that_there_is_not_is_refused_with_what_there_is(text: str, says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        point_named(table_on(NHS, DAY), text)


def test_that_the_table_is_that_of_the_day_and_none_is_guessed_before_the_first() -> None:
    for key in KEYS:
        assert table_on(key, date(2026, 3, 31)).starts == date(2025, 4, 1)
        with pytest.raises(UnusableInput, match="first one known is of 1 April 2025"):
            table_on(key, date(2025, 3, 31))
    with pytest.raises(UnusableInput, match="no pay table"):
        table_on("fire", DAY)
