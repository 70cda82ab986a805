"""Headline costs: rules of thumb through the engine, floor and ripple apart, expected staff beside the same people."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import appraise, cost_of
from bargain.cli import main
from bargain.commands.shapes import cost_json
from bargain.headlines import floor_cost, rules_of_thumb, turnover_saving
from bargain.money import largest_remainder
from bargain.offers.offer_file import read_offer
from bargain.storage.container import write_sector
from models.assumptions import Assumption
from models.employer import Employer
from models.offer import Offer
from models.sector import Sector
from tests.bargain.export.workbooks import EVERYTHING, made_sector
from tests.bargain.test_by_hand import offers, rows, sector_of
from tests.helpers.f1 import O1, O2, Row, f1_sector, workforce_of

HOURS = 37.5 * 52.143
MARGINAL = 1.18  # employer NI 15 % and pension 3 %, for pay between the limits of both


def offer(text: str) -> Offer:
    return read_offer(text, source="o")


def one_grade(*made: Row, **changes: object) -> Sector:
    found = Sector(
        "made",
        weekly_hours=37.5,
        employers=(Employer("A"),),
        workforce=workforce_of(made, employers="A", grades=["Staff"]),
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def test_that_rules_of_thumb_are_differences_of_whole_costings() -> None:
    """10 at £12.71 and 5 at £14.05; the floor is the National Living Wage of 2026, £12.71.

    1 %: 13p and 14p. £100 flat: £100 ÷ (52.143 × 37.5) is 5.11p, to the penny 5p on both. 10p on the floor: 10p for
    ten. An hour off 37.5: £12.71 × 37.5 ÷ 36.5 is £13.0582, £13.06; £14.05 becomes £14.4349, £14.43.
    """
    made = one_grade(Row("A", "Staff", "12.71", 10), Row("A", "Staff", "14.05", 5))
    found = {one.key: one for one in rules_of_thumb(made, offer(O1))}

    assert found["one_percent"].cost == pytest.approx((10 * 0.13 + 5 * 0.14) * HOURS * MARGINAL)
    assert found["flat_100"].cost == pytest.approx((10 * 0.05 + 5 * 0.05) * HOURS * MARGINAL)
    assert found["floor_10p"].cost == pytest.approx(10 * 0.10 * HOURS * MARGINAL)
    hour = found["hour_off"]
    shorter = 36.5 * 52.143
    rise = 10 * (13.06 * shorter - 12.71 * HOURS) + 5 * (14.43 * shorter - 14.05 * HOURS)
    assert hour.cost is None
    assert hour.not_replaced == pytest.approx(rise * MARGINAL)

    def labour(rate: float) -> float:
        pay = rate * shorter
        return pay + (pay - 5000) * 0.15 + (pay - 6240) * 0.03

    in_full = (10 * labour(13.06) + 5 * labour(14.43)) / 36.5
    assert hour.replaced == pytest.approx(rise * MARGINAL + in_full)


def test_that_an_hour_off_the_week_holds_the_overtime_that_it_makes_dearer() -> None:
    """£15.00 × 37.5 ÷ 36.5 is £15.41: 41p more on 30 hours of overtime at time and a quarter, whoever fills the hour."""
    made = one_grade(Row("A", "Staff", "15.00", 10))
    made = replace(made, terms=replace(made.terms, overtime_ppm=250_000))
    held = replace(made, assumptions=(*made.assumptions, Assumption("overtime_hours_y", "", 30, "")))
    plain, found = (rules_of_thumb(one, offer(O1))[-1] for one in (made, held))

    assert (plain.cost, found.cost) == (None, None)
    more = 10 * 0.41 * 30 * 1.25 * MARGINAL
    assert found.not_replaced - plain.not_replaced == pytest.approx(more, abs=0.01)


def test_that_ten_pence_is_put_on_the_offers_own_floor() -> None:
    """F1 under O2: everyone at £14.00 or below would be lifted to £14.10: 80 + 40 RSW and 20 seniors, alone."""
    found = {one.key: one for one in rules_of_thumb(f1_sector(), offer(O2))}

    assert found["floor_10p"].label == "10p on a floor of £14.00"
    assert found["floor_10p"].cost == pytest.approx((80 + 40 + 20) * 0.10 * HOURS * MARGINAL)


def test_that_the_cost_of_one_percent_is_the_one_in_the_breakdown() -> None:
    sector = made_sector()
    cost = appraise(sector, offer(EVERYTHING)).cost

    assert rules_of_thumb(sector, offer(EVERYTHING))[0].cost == pytest.approx(cost.cost_of_one_percent)


def test_that_f1_floor_and_ripple_are_told_apart() -> None:
    """O2's floor of £14.00 alone lifts A's 80 from 12.71 and 20 from 13.60, B's 40 from 13.45."""
    sector = f1_sector()
    cost = appraise(sector, offer(O2)).cost
    found = floor_cost(sector, offer(O2), cost)
    assert found is not None
    rise = 80 * 1.29 + 20 * 0.40 + 40 * 0.55

    assert found.heads == 140
    assert found.alone == pytest.approx(rise * HOURS * MARGINAL)
    by_element = {one.element: one.total for one in cost.elements}
    assert found.ripple == by_element["differentials"] > 0
    assert sum(by_element.values()) == pytest.approx(cost.full_year)
    assert floor_cost(sector, offer(O1), cost) is None


@settings(max_examples=80, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=10), offers)
def test_that_the_time_bases_and_the_pennies_of_every_breakdown_tie(made: list[Row], one: Offer) -> None:
    found = appraise(sector_of(made), one)
    cost = found.cost
    assert (1 + cost.in_year) * (1 + cost.carry_over) == pytest.approx(1 + cost.level)
    assert cost.in_year_cost + cost.carry_over_cost == pytest.approx(cost.full_year, abs=1e-6)
    assert sum(step.full_year for step in cost.steps) == pytest.approx(cost.full_year, abs=1e-6)
    assert sum(year.cost for year in cost.years) == pytest.approx(cost.over_term, abs=1e-6)

    shown = cost_json(found, {})
    for groups in ("by_employer", "by_grade", "by_ownership", "by_region"):
        for key in ("full_year", "in_year_cost", "cumulative", "one_off", "paybill_before", "labour_before"):
            pennies = sum(round(group[key] * 100) for group in shown[groups])
            assert pennies == round(shown["total"][key] * 100), (groups, key)
    elements = sum(round(each["total"] * 100) for each in shown["by_element"])
    assert elements == round(shown["total"]["full_year"] * 100)


def test_that_fewer_leavers_save_what_replacing_them_costs_and_change_no_cost() -> None:
    """222 staff, 30 % leave: 66.6; a tenth of them would stay: 6.66 × £4,000."""
    values = {"turnover": 0.3, "turnover_fall": 0.1, "replacement_cost": 4_000.0}
    sector = replace(
        f1_sector(), assumptions=tuple(Assumption(key, key, value, "made") for key, value in values.items())
    )
    found = turnover_saving(sector)

    assert (found.fewer_leavers, found.amount) == (pytest.approx(6.66), pytest.approx(26_640))
    assert cost_of(sector, offer(O2)).full_year == cost_of(f1_sector(), offer(O2)).full_year
    assert turnover_saving(f1_sector()).amount is None
    assert turnover_saving(f1_sector()).why.endswith("are not recorded")


def test_that_the_level_counts_the_same_pay_before_and_after() -> None:
    """An offer of dearer sleep-ins moves no basic pay: the ratios are nought, and the pounds are there."""
    made = one_grade(Row("A", "Staff", "15.00", 10, sleep_ins=40))
    made = replace(made, terms=replace(made.terms, sleep_in_micros=50_000_000))
    cost = cost_of(
        made, offer("[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\nsleep_in_rate = 60\n")
    )

    assert (cost.level, cost.in_year, cost.carry_over) == (0, 0, 0)
    assert cost.full_year == pytest.approx(10 * 40 * 10 * MARGINAL)


def test_that_parts_may_be_held_to_a_total_summed_elsewhere() -> None:
    assert sum(largest_remainder([0.1] * 10, total=2.0)) == 2.0


def test_that_regions_are_told_and_what_is_not_recorded_comes_last() -> None:
    made = f1_sector()
    records = (
        replace(made.employers[0], region="Wales"),
        made.employers[1],
        replace(made.employers[2], region="Wales"),
    )
    cost = cost_of(replace(made, employers=records), offer(O1))

    assert [(one.name, one.heads) for one in cost.by_region] == [("Wales", 159), ("not recorded", 63)]


def test_that_the_command_prints_every_headline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", "correct horse battery")
    monkeypatch.chdir(tmp_path)
    write_sector(tmp_path / "m.bargain", made_sector(), "correct horse battery")
    (tmp_path / "o.toml").write_text(EVERYTHING, encoding="utf-8")

    assert main(["cost", "m.bargain", "--offer", "o.toml"]) == 0
    text = capsys.readouterr().out
    for words in (
        "Floor and ripple",
        "Rule of thumb",
        "Same people",
        "Hours lost",
        "75 % covered",
        "least 28",
    ):
        assert words in text
    assert main(["cost", "m.bargain", "--offer", "o.toml", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in found["rules_of_thumb"]] == [
        "one_percent",
        "flat_100",
        "floor_10p",
        "hour_off",
    ]
    assert found["statutory_minimums"][0]["met"] is True
    assert found["expected_staff"]["expected"] is None
