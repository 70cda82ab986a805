"""What moves a cost: each swing is the cost of the changed case itself, the widest first."""

from __future__ import annotations

import json
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
    assert {one["kind"] for one in found["inputs"]} == {"offer", "statutory figure"}
    assert main(["sensitivity", "f1.bargain", "--offer", "o.toml"]) == 0
    assert "Lowest hourly rate" in capsys.readouterr().out
