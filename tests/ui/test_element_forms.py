"""Elements that reshape the scale, written in the window: said before they are added, listed, taken out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bargain.offers.scale_file import read_scale
from models.index_link import Index, IndexLink
from models.offer import NamedAllowance, PayRule, Scope, Settlement, Taper, Weighting
from models.sector import Sector
from models.spine import EqualSteps, InsertedPoint, NewSpine, Protection
from tests.ui import sectors
from tests.ui.walk import unnamed
from ui.dialogs.element_parts import Form, elements_of
from ui.dialogs.element_scale_forms import (
    AllowanceForm,
    BandForm,
    IndexForm,
    InsertForm,
    SpineForm,
    TaperForm,
    WeightingForm,
    scale_forms,
)

STEP = Settlement(date(2027, 4, 1))


def scaled() -> Sector:
    scale = read_scale("point,annual\n1,24000\n2,25000\n3,26000\n", source="s")[0]
    return replace(sectors.small(), scale=scale)


@pytest.fixture
def forms(qtbot) -> dict[type, Form]:
    made = {type(form): form for _, form in scale_forms(scaled())}
    for form in made.values():
        qtbot.addWidget(form)
    return made


def test_that_forms_are_offered_only_where_they_make_sense(qtbot) -> None:
    plain = scale_forms(sectors.small())
    for _, form in (*plain, *scale_forms(scaled())):
        qtbot.addWidget(form)
        assert unnamed(form) == []
        assert form.step_with(STEP) is None  # nothing is added before figures are in
        assert form.sentence(STEP) == ""
    assert {type(form) for _, form in plain} == {BandForm, IndexForm, AllowanceForm, WeightingForm}


def test_that_a_rise_by_band_of_pay_is_written(forms) -> None:
    form = forms[BandForm]
    form.above.setValue(25_000)
    form.up_to.setValue(20_000)
    form.percent.setValue(2)
    assert form.step_with(STEP) is None  # nobody is between
    form.up_to.setValue(40_000)
    form.each.setChecked(True)
    assert form.step_with(STEP).pay == (
        PayRule(
            Scope(pay_above_micros=25_000 * 10**6, pay_up_to_micros=40_000 * 10**6),
            percent_ppm=20_000,
            pro_rata=False,
        ),
    )
    assert "more than £25,000 a year" in form.sentence(STEP)


def test_that_a_rise_tied_to_an_index_is_written(forms) -> None:
    form = forms[IndexForm]
    form.assumed.setValue(2.5)
    form.plus.setValue(0.5)
    form.has_cap.setChecked(True)
    form.cap.setValue(4)
    link = form.step_with(STEP).pay[0].index
    assert link == IndexLink(Index.CPI, link.month, assumed_ppm=25_000, plus_ppm=5_000, cap_ppm=40_000)
    assert link.month.day == 1
    assert "Until the figure is published it is taken to be 2.5 %." in form.sentence(STEP)


def test_that_allowance_weighting_taper_point_and_spine_are_written_and_taken_out(forms) -> None:
    forms[AllowanceForm].name.setText("Standby")
    forms[AllowanceForm].to.setValue(35)
    forms[WeightingForm].cash.setValue(1200)
    forms[WeightingForm].regions.tick("North West")
    forms[TaperForm].start.setValue(6)
    forms[TaperForm].end.setValue(2)
    forms[InsertForm].name.setText("2a")
    forms[InsertForm].after.setCurrentIndex(1)
    forms[SpineForm].bottom.setValue(24_000)
    forms[SpineForm].top.setValue(30_000)
    forms[SpineForm].protection.setCurrentIndex(1)
    step = STEP
    for kind in (AllowanceForm, WeightingForm, TaperForm, InsertForm, SpineForm):
        step = forms[kind].step_with(step)
    assert step.allowances == (NamedAllowance("Standby", amount_micros=35 * 10**6),)
    assert step.weightings == (Weighting(("North West",), 1200 * 10**6),)
    assert step.pay == (PayRule(percent_ppm=60_000, taper=Taper("1", "3", to_percent_ppm=20_000)),)
    assert step.insert_points == (InsertedPoint("2a", "2"),)
    assert step.spine == NewSpine(
        equal=EqualSteps.PERCENT,
        bottom_micros=24_000 * 10**6,
        top_micros=30_000 * 10**6,
        count=20,
        protection=Protection.MARKED_TIME,
    )
    step = replace(step, floor_annual_micros=25_000 * 10**6)
    listed = elements_of(step)
    assert len(listed) == 6
    while listed:
        step = listed[0].step_without
        listed = elements_of(step)
    assert step == STEP


def test_that_a_point_above_the_top_needs_its_amount(forms) -> None:
    form = forms[InsertForm]
    form.name.setText("4")
    form.after.setCurrentIndex(2)
    assert form.step_with(STEP) is None
    form.at.setValue(27_000)
    assert form.step_with(STEP).insert_points == (InsertedPoint("4", "3", 27_000 * 10**6),)
    form.name.setText("3")
    assert form.step_with(STEP) is None
