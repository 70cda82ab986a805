"""What moves a cost: each swing is the cost of the changed case itself, the widest first."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bargain.appraisal import cost_of
from bargain.cli import main
from bargain.offers.offer_file import read_offer
from bargain.progress import drive
from bargain.sensitivity import STEP, tornado
from bargain.storage.container import write_sector
from models.assumptions import Assumption
from models.issues import UnusableInput
from models.sensitivity import Input, Swing
from tests.bargain.export.workbooks import COVER, EVERYTHING, made_sector
from tests.helpers.f1 import O2, f1_sector


def swings(text: str, *, by: str = "tenth", **changes: object) -> dict[str, Swing]:
    sector = replace(made_sector(), **changes)  # type: ignore[arg-type]
    return {one.key: one for one in drive(tornado(sector, read_offer(text, source="o"), by=by)).swings}


def test_that_a_step_of_percent_is_five_hundredths_and_costs_what_the_offer_with_it_costs() -> None:
    sector = f1_sector()
    found = {one.key: one for one in drive(tornado(sector, read_offer(O2, source="o"), by=STEP)).swings}
    percent = found["offer:percent_ppm"]

    assert (percent.low, percent.value, percent.high) == pytest.approx((2.95, 3.0, 3.05))
    for text, cost in (("2.95", percent.cost_low), ("3.05", percent.cost_high)):
        changed = read_offer(O2.replace("percent = 3.0\n", f"percent = {text}\n"), source="o")
        assert cost == pytest.approx(cost_of(sector, changed).full_year)
    floor = found["offer:floor_micros"]
    assert (floor.low, floor.high) == pytest.approx((13.99, 14.01))
    assert "offer:cash_micros" not in found


def test_that_the_rate_of_national_insurance_moves_nothing_but_its_own_contributions() -> None:
    """A tenth of the contributions on what the offer adds, either way."""
    sector = f1_sector()
    offer = read_offer(O2, source="o")
    found = {one.key: one for one in drive(tornado(sector, offer)).swings}["statutory:ni_rate_ppm"]
    cost = cost_of(sector, offer)
    own = sum(one.employer_ni for one in cost.elements)

    assert found.kind is Input.STATUTORY
    assert (found.low, found.high) == pytest.approx((13.5, 16.5))
    assert found.cost_high == pytest.approx(cost.full_year + own / 10)
    assert found.cost_low == pytest.approx(cost.full_year - own / 10)


def test_that_the_widest_swing_comes_first_and_the_base_lies_between() -> None:
    found = drive(tornado(made_sector(), read_offer(EVERYTHING, source="o")))
    widths = [one.width for one in found.swings]

    assert widths == sorted(widths, reverse=True)
    percent = next(one for one in found.swings if one.key == "offer:percent_ppm")
    assert percent.cost_low is not None
    assert percent.cost_high is not None
    assert percent.cost_low < found.base < percent.cost_high


def test_that_an_assumption_stays_within_what_makes_sense_and_says_whether_it_has_a_source() -> None:
    high = replace(COVER, value=0.95, source="")
    found = swings(EVERYTHING, assumptions=(high,))["assumption:cover_share"]

    assert (found.low, found.high, found.is_sourced) == (pytest.approx(0.855), 1.0, False)
    unknown = replace(COVER, value=None)
    assert "assumption:cover_share" not in swings(EVERYTHING, assumptions=(unknown,))


def test_that_an_assumption_that_no_costing_uses_moves_nothing() -> None:
    stray = Assumption("of our own", "Rain", 3.0, "days", source="a diary")

    assert swings(EVERYTHING, assumptions=(stray,))["assumption:of our own"].width == 0


def test_that_what_cannot_be_varied_is_refused_with_what_can() -> None:
    with pytest.raises(UnusableInput, match="cost_in_year"):
        drive(tornado(f1_sector(), read_offer(O2, source="o"), "gini"))
    with pytest.raises(UnusableInput, match="tenth or step"):
        drive(tornado(f1_sector(), read_offer(O2, source="o"), by="mile"))


def test_that_the_command_prints_the_inputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BARGAIN_PASSPHRASE", "correct horse battery")
    monkeypatch.chdir(tmp_path)
    write_sector(tmp_path / "f1.bargain", f1_sector(), "correct horse battery")
    (tmp_path / "o.toml").write_text(O2, encoding="utf-8")

    assert main(["sensitivity", "f1.bargain", "--offer", "o.toml", "--by", "step", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["base"] == pytest.approx(471_619, abs=1)
    assert {one["kind"] for one in found["inputs"]} == {
        "offer",
        "sector's own figure",
        "statutory figure",
    }
    assert main(["sensitivity", "f1.bargain", "--offer", "o.toml"]) == 0
    assert "Lowest hourly rate" in capsys.readouterr().out


# Each bar is what a fresh costing of the changed offer gives

EVERY_NUMBER = """
[[settlement]]
effective = 2026-05-16
floor_annual = 25900
allowances_percent = 3
  [[settlement.pay]]
  percent = 3
  percent_of_first = 26000
  at_most_hourly = 0.5
    [settlement.pay.taper]
    from_pay = 24000
    to_pay = 52000
    to_percent = 2
  [[settlement.pay]]
  pay_above = 26500
    [settlement.pay.index]
    name = "CPI"
    assumed_percent = 2.5
    plus_percent = 0.4
    cap_percent = 6
  [[settlement.differential]]
  grade = "Senior"
  over = "Support"
  at_least_hourly = 2.2
  [[settlement.weighting]]
  regions = ["London"]
  cash = 900
  [[settlement.allowance]]
  name = "First aid"
  amount = 300
  now = 250
  staff = 40
  [settlement.terms]
  unsocial_percent = { night = 60 }
"""


def test_that_every_number_of_an_offer_has_a_bar_that_fresh_costings_of_the_text_give() -> None:
    held = tuple(
        Assumption(key, key, value, "share")
        for key, value in (("unsocial_share.night", 0.2), ("allowances_share", 0.05), ("cover_share", 0.5))
    )
    made = made_sector()
    employers = tuple(replace(one, region="London") for one in made.employers)
    terms = replace(made.terms, unsocial_ppm=(("night", 100_000),))
    sector = replace(made, assumptions=held, employers=employers, terms=terms)
    found = {one.key: one for one in drive(tornado(sector, read_offer(EVERY_NUMBER, source="o"))).swings}
    for line, key in (
        ("floor_annual = 25900", "floor_annual_micros"),
        ("allowances_percent = 3", "allowances_ppm"),
        ("  percent = 3", "percent_ppm"),
        ("percent_of_first = 26000", "percent_of_first_micros"),
        ("at_most_hourly = 0.5", "at_most_hourly_micros"),
        ("from_pay = 24000", "from_pay_micros"),
        ("to_percent = 2", "to_percent_ppm"),
        ("pay_above = 26500", "pay_above_micros"),
        ("assumed_percent = 2.5", "index_assumed_ppm"),
        ("plus_percent = 0.4", "index_plus_ppm"),
        ("at_least_hourly = 2.2", "gap_hourly_micros"),
        ("  cash = 900", "weighting_cash_micros"),
        ("amount = 300", "allowance_micros"),
        ("staff = 40", "allowance_staff"),
        ("night = 60", "unsocial_ppm"),
    ):
        words, _, number = line.rpartition("= ")
        bar = found[f"offer:{key}"]
        assert bar.value == pytest.approx(float(number))
        for times, cost in ((0.9, bar.cost_low), (1.1, bar.cost_high)):
            changed = re.sub(rf"{re.escape(line)}\b", f"{words}= {float(number) * times:g}", EVERY_NUMBER)
            assert cost == pytest.approx(cost_of(sector, read_offer(changed, source="o")).full_year), line
        assert bar.width > 0 or key == "at_most_hourly_micros", line


def test_that_a_step_of_any_share_is_a_point_and_a_yes_or_no_has_no_and_yes() -> None:
    """5 % of basic pay in allowances goes from 4 to 6 %, not from nothing to all of it."""
    text = (
        "[[settlement]]\neffective = 2026-05-16\nallowances_percent = 3\n"
        "[settlement.terms]\npaid_travel_time = true\n"
    )
    held = (
        Assumption("allowances_share", "a", 0.05, "share of basic pay"),
        Assumption("travel_hours_y", "t", 12.0, "hours a head a year"),
    )
    terms = replace(made_sector().terms, paid_travel_time=False)
    found = swings(text, by="step", assumptions=held, terms=terms)
    share, paid = found["assumption:allowances_share"], found["assumption:today.paid_travel_time"]

    assert (share.low, share.high) == pytest.approx((0.04, 0.06))
    assert (paid.low, paid.high) == (0.0, 1.0)
    assert paid.cost_high is not None
    assert paid.cost_high < (paid.cost_low or 0.0)
    assert not paid.is_sourced


def test_that_the_levy_and_the_weeks_of_the_sector_have_bars_where_they_matter() -> None:
    found = swings(EVERYTHING)
    assert found["statutory:levy_rate_ppm"].width > 0
    assert found["sector:weeks_y"].kind is Input.SETTING
    assert found["sector:pension"].width > 0
    f1 = {one.key for one in drive(tornado(f1_sector(), read_offer(O2, source="o"))).swings}
    assert not any("levy" in key or "allowance" in key for key in f1)
