"""The register holds every input of a costing: what is assumed, the terms of today, what the law sets."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from bargain.agreement.compose import compose
from bargain.appraisal import appraise
from bargain.assumed import fault_in, kind_of
from bargain.differences import Side, why_different
from bargain.explain import explain
from bargain.explain_inputs import inputs_of
from bargain.offers.offer_file import read_offer
from bargain.parameters.load import value_on
from bargain.progress import drive
from bargain.register import inputs_of_offer, is_law, wanted_inputs
from bargain.sensitivity import tornado
from bargain.settings import settings_of
from bargain.terms_today import TODAY_KINDS, came_with, terms_today, with_terms_today
from models.assumptions import Assumption
from models.payscale import Rounding
from models.sector import Sector
from models.terms import Terms
from tests.bargain.costing.test_terms import EVERY, TODAY, assume, sector
from tests.bargain.export.workbooks import EVERYTHING, made_sector, scaled_sector

OFFER = read_offer(f"[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\n{EVERY}\n", source="o")
RISE = "[[settlement]]\neffective = 2026-06-06\n[[settlement.pay]]\npercent = 2\ncash = 250\n"
WAGE_ROWS = {"law.national_living_wage", "law.real_living_wage"}
NUMBERS = {
    "today.weekly_hours": 37.5,
    "today.annual_leave_days": 28,
    "today.sick_pay_full_weeks": 1,
    "today.sleep_in_rate": 50,
    "today.waking_night_rate": 10,
    "today.on_call_rate": 20,
    "today.overtime_premium": 0,
    "today.paid_training_hours": 8,
    "today.paid_travel_time": 0,
    "today.paid_supervision_hours": 6,
    "today.maternity_full_weeks": 0,
    "today.family_leave_days": 0,
    "today.zero_hours": 0,
    "today.unsocial.night": 0.2,
    "today.unsocial.sunday": 0,
}


def test_that_todays_terms_are_inputs_without_a_source_until_somebody_gives_one() -> None:
    found = came_with(sector())

    assert {one.key: one.value for one in found} == NUMBERS
    assert not any(one.is_sourced for one in found)
    assert all(kind_of(one.key) is not None and fault_in(one) == "" for one in found)
    sourced = replace(found[0], source="staff handbook", dated=date(2026, 4, 1))
    named = {one.key: one for one in inputs_of_offer(sector(sourced), OFFER)}
    assert named["today.weekly_hours"].source == "staff handbook"


def test_that_terms_recorded_in_the_register_are_the_terms_of_today() -> None:
    """Every field of the terms but the pension, which is the employer's own record."""
    held = tuple(assume(key, value) for key, value in NUMBERS.items())
    bare = sector(*held, terms=Terms())

    assert terms_today(bare) == TODAY
    assert with_terms_today(bare).terms == TODAY
    assert with_terms_today(bare).assumptions == ()
    assert len(TODAY_KINDS) == len(fields(Terms)) - 2  # the pension, and unsocial hours by kind


def test_that_a_term_of_the_register_stands_before_the_one_that_the_sector_came_with() -> None:
    """29 days today in the place of 28: 30 days are one more, 7.5 hours of ten heads, and not two."""
    text = "[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\nannual_leave_days = 30\n"
    lost = [
        appraise(one, read_offer(text, source="o")).cost.elements[-1].hours_lost
        for one in (sector(), sector(assume("today.annual_leave_days", 29)))
    ]

    assert lost == [pytest.approx(150), pytest.approx(75)]


def test_that_what_an_offer_asks_for_is_among_the_inputs_that_are_wanted() -> None:
    offer = read_offer(
        "[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\nunsocial_percent = { bank_holiday = 50 }\n"
        '[[settlement.allowance]]\nname = "First aid"\namount = 300\n',
        source="o",
    )
    keys = {one.key for one in wanted_inputs(replace(sector(), offers=(offer,)))}

    assert {
        "unsocial_share.bank_holiday",
        "today.unsocial.bank_holiday",
        "allowance_now.first_aid",
        "allowance_payments.first_aid",
        "cover_share",
    } <= keys
    assert "today.weekly_hours" not in keys


def test_that_the_law_of_every_step_stands_in_it_with_source_and_day() -> None:
    two = replace(
        OFFER, settlements=(*OFFER.settlements, replace(OFFER.settlements[0], effective=date(2028, 4, 6)))
    )
    law = [one for one in inputs_of_offer(sector(), two) if is_law(one)]

    assert all(one.source and one.dated and one.unit for one in law)
    veterans = [(one.value, one.dated) for one in law if one.key == "law.ni_veteran_threshold"]
    assert veterans == [
        (float(value_on("ni_veteran_threshold", day).value), start)
        for day, start in ((date(2026, 4, 6), date(2022, 11, 6)), (date(2028, 4, 6), date(2028, 4, 6)))
    ]
    assert {"law.week_most_hours", "law.leave_weeks", "law.sick_pay_rate", "law.maternity_pay_rate"} <= {
        one.key for one in law
    }
    assert not any("levy" in one.key or "allowance" in one.key for one in law)


def test_that_every_input_is_explained_and_printed_and_the_unsourced_are_marked() -> None:
    made, offer = made_sector(), read_offer(EVERYTHING, source="o")
    found = appraise(made, offer)
    wanted = {one.label for one in inputs_of_offer(made, offer)}
    explained = {one.label: one for one in inputs_of(made, found, on_costs=True)}
    draft = compose(made, found, version="1", today=date(2026, 4, 6))
    sections = [one for _title, part in draft.parts for one in part]
    (table,) = next(one for one in sections if one.number == "D2").tables

    wages = {one.label for one in inputs_of_offer(made, offer) if one.key in WAGE_ROWS}
    assert wanted - wages <= set(explained)  # no cost follows from the wages that low pay is measured by
    below = {one.label for one in explain(made, found, "below_living_wage_share").inputs}
    assert wages <= below
    assert explained["Annual leave, today"].note == "NO SOURCE"
    printed = {row[0]: row for row in table.rows}
    assert wanted == set(printed)
    assert printed["Annual leave, today"][2] == "NO SOURCE"
    assert printed["Weeks a year between a salary and an hourly rate"][2] == "NO SOURCE"
    assert printed["Employer National Insurance rate"][5] == "set by law"


def test_that_a_value_outside_what_makes_sense_is_refused_in_a_sentence() -> None:
    assert "give a value from 0 to 60" in fault_in(assume("today.weekly_hours", 375))
    assert "leave the employer empty" in fault_in(Assumption("today.zero_hours", "z", 1, "u", employer="A"))


# The sector's own figures, set elsewhere


def scaled(**changes: object) -> Sector:
    made = scaled_sector()
    assert made.scale is not None
    return replace(made, scale=replace(made.scale, **changes))  # type: ignore[arg-type]


def perturbed() -> dict[str, tuple[Sector, Sector]]:
    """For each figure of a sector that moves a costing: the sector, and the same with another figure."""
    made = made_sector()
    other = {
        "sector.weeks_y": replace(made, weeks_y=48.0),
        "sector.year_start": replace(made, year_start=(9, 1)),
        "sector.pension.183000.all": changed(made, 2, pension_ppm=190_000),
        "sector.pension.50000.band": changed(made, 3, pension_on_band=False),
        "sector.allowance": changed(made, 1, claims_employment_allowance=False),
        "sector.levy": changed(made, 0, pays_levy=False),
    }
    on_scale = {
        "sector.rounding": scaled(rounding=Rounding.UP_POUND),
        "sector.scale_hours": scaled(weekly_hours=35.0),
        "sector.scale_weeks": scaled(weeks_y=50.0),
    }
    return {key: (made, one) for key, one in other.items()} | {
        key: (scaled_sector(), one) for key, one in on_scale.items()
    }


def changed(sector: Sector, at: int, **changes: object) -> Sector:
    records = list(sector.employers)
    records[at] = replace(records[at], **changes)  # type: ignore[arg-type]
    return replace(sector, employers=tuple(records))


@pytest.mark.parametrize("key", perturbed())
def test_that_each_figure_of_the_sector_that_moves_a_costing_has_a_row_that_moves_with_it(key: str) -> None:
    before, after = perturbed()[key]
    rise = read_offer(RISE, source="o")
    costs = [appraise(one, rise).cost for one in (before, after)]
    assert any(
        getattr(costs[0], name) != getattr(costs[1], name)
        for name in ("full_year", "in_year_cost", "labour_before")
    )
    rows = [{one.key: one for one in settings_of(sector)} for sector in (before, after)]
    assert rows[0][key].unit
    assert not rows[0][key].is_sourced
    assert rows[0][key] != rows[1].get(key)


def test_that_source_and_agreement_lapse_when_the_figure_is_another_one() -> None:
    """And what is kept of such a figure is no cause of a difference, and no lever."""
    made = made_sector()
    kept = Assumption("sector.weeks_y", "w", made.weeks_y, "weeks", source="NJC", agreed=True, owner="both")
    held = replace(made, assumptions=(*made.assumptions, kept))
    assert settings_of(held)[0].source == "NJC"
    assert settings_of(held)[0].agreed
    lapsed = settings_of(replace(held, weeks_y=52.0))[0]
    assert (lapsed.source, lapsed.agreed, lapsed.value) == ("", False, 52.0)
    rise = read_offer(RISE, source="o")
    assert not any(one.differs for one in drive(why_different(Side(made, rise), Side(held, rise))).causes)
    keys = [one.key for one in drive(tornado(held, rise)).swings]
    assert keys.count("sector:weeks_y") == 1
    assert "assumption:sector.weeks_y" not in keys


def test_that_the_allowance_is_counted_once_a_connected_group() -> None:
    """By hand: of four that claim, two are one group and one is a council, so two have it."""
    made = made_sector()
    claiming = [
        replace(one, claims_employment_allowance=True, connected_group=group)
        for one, group in zip(made.employers, ("", "Group", "", "Group"), strict=True)
    ]
    rows = {one.key: one.value for one in settings_of(replace(made, employers=tuple(claiming)))}
    assert rows["sector.allowance"] == 2
