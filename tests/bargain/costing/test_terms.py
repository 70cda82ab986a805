"""Every kind of term against a case worked by hand: its cash, the hours it takes, replaced and not replaced.

The made sector is ten full-time posts at £15.00 an hour, 37.5 hours, 52 weeks: 1,950 hours and £29,250 a year
each. On-costs of 2026/27: employer NI 15 % above £5,000 is £3,637.50; pension 3 % above £6,240 is £690.30.
So a post costs £33,577.80 and a paid hour £17.2194 with on-costs. What is added beside basic pay carries
15 % employer NI and 3 % pension: it is qualifying earnings too.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import appraise
from bargain.assumed import column_of, fault_in
from bargain.costing.terms_away import days_beyond
from bargain.costing.terms_law import checks_of
from bargain.offers.offer_file import read_offer
from models.appraisal import Appraisal
from models.assumptions import Assumption, Standing
from models.costing import ElementCost
from models.employer import Employer
from models.sector import Sector
from models.terms import Terms, terms_after
from models.workforce import Contract
from tests.helpers.f1 import Row, workforce_of

POST = Row("A", "Staff", "15.00", 10, weeks=52.0)
HOURS, PAY, LABOUR = 1950.0, 29_250.0, 33_577.80
BESIDE = 1.18
COVER = Assumption("cover_share", "cover", 0.75, "share")
TODAY = Terms(
    weekly_hours=37.5,
    annual_leave_days=28,
    sick_pay_full_weeks=1,
    sleep_in_micros=50_000_000,
    unsocial_ppm=(("night", 200_000), ("sunday", 0)),
    paid_training_hours=8,
    paid_travel_time=False,
    zero_hours="none",
    waking_night_micros=10_000_000,
    on_call_micros=20_000_000,
    overtime_ppm=0,
    paid_supervision_hours=6,
    maternity_full_weeks=0,
    family_leave_days=0,
)


def assume(key: str, value: float, employer: str = "") -> Assumption:
    return Assumption(key, key, value, "made", employer=employer)


def sector(*held: Assumption, **changes: object) -> Sector:
    force = workforce_of([POST], employers="A", grades=["Staff"])
    made = Sector("made", employers=(Employer("A"),), workforce=force, terms=TODAY, assumptions=held)
    return replace(made, **changes)  # type: ignore[arg-type]


def appraised(made: Sector, terms: str, day: str = "2026-04-06") -> Appraisal:
    return appraise(
        made, read_offer(f"[[settlement]]\neffective = {day}\n[settlement.terms]\n{terms}\n", source="o")
    )


def priced(name: str, terms: str, *held: Assumption) -> ElementCost:
    found = appraised(sector(*held), terms)
    return next(one for one in found.cost.elements if one.element == name)


@pytest.mark.parametrize(
    ("name", "terms", "held", "cash"),
    [
        # 40 sleep-ins × (£60 − £50) = £400 a head
        ("sleep-ins", "sleep_in_rate = 60", assume("sleep_ins_y", 40), 400),
        # 50 nights × (£25 − £10) = £750
        ("waking nights", "waking_night_rate = 25", assume("waking_nights_y", 50), 750),
        # 24 duties × (£32.50 − £20) = £300
        ("on-call", "on_call_rate = 32.50", assume("on_call_y", 24), 300),
        # 60 hours × £15 × 50 % = £450
        ("overtime", "overtime_premium_percent = 50", assume("overtime_hours_y", 60), 450),
        # 30 % of 1,950 hours × £15 × (33 % − 20 %) = £1,140.75
        (
            "unsocial hours (night)",
            "unsocial_percent = { night = 33 }",
            assume("unsocial_share.night", 0.3),
            1_140.75,
        ),
        # 100 hours × £15 = £1,500
        ("travel time", "paid_travel_time = true", assume("travel_hours_y", 100), 1_500),
        # (20 − 8) hours × £15 = £180
        ("paid training", "paid_training_hours = 20", assume("nothing", 0), 180),
        # 2 % of staff × (6 weeks × 10 % of £562.50 + 12 weeks × (£562.50 − £194.32))
        (
            "maternity pay",
            "maternity_full_weeks = 18",
            assume("maternity_share", 0.02),
            0.02 * (6 * 56.25 + 12 * (562.50 - 194.32)),
        ),
        # mean 10 days: 10(e^-0.5 − e^-4) days from the 2nd to the 8th week, each £112.50 less £123.25 ÷ 5
        (
            "sick pay",
            "sick_pay_full_weeks = 8",
            assume("sick_days_y", 10),
            10 * (exp(-0.5) - exp(-4)) * (112.50 - 24.65),
        ),
    ],
)
def test_that_what_is_paid_beside_basic_pay_costs_as_worked_by_hand(
    name: str, terms: str, held: Assumption, cash: float
) -> None:
    """Ten heads, 15 % employer NI and 3 % pension; no hour is lost, so cover makes no difference."""
    found = priced(name, terms, held, COVER)

    assert found.known
    assert found.pay == pytest.approx(10 * cash)
    assert found.employer_ni == pytest.approx(10 * cash * 0.15)
    assert found.pension == pytest.approx(10 * cash * 0.03)
    assert found.hours_lost == 0
    assert found.total == pytest.approx(10 * cash * BESIDE)
    assert found.replaced == found.not_replaced == found.total


@pytest.mark.parametrize(
    ("name", "terms", "held", "hours", "hour"),
    [
        # 37.5 − 36 = 1.5 hours × 52 weeks = 78; an hour costs £33,577.80 ÷ (36 × 52), but for pennies of rounding
        ("weekly hours", "weekly_hours = 36", assume("nothing", 0), 78, None),
        # 2 days × 1,950 ÷ 260 = 15 hours
        ("annual leave", "annual_leave_days = 30", assume("nothing", 0), 15, LABOUR / HOURS),
        # 12 − 6 = 6 hours of supervision
        ("supervision", "paid_supervision_hours = 12", assume("nothing", 0), 6, LABOUR / HOURS),
        # 5 days, 40 % of them taken: 2 × 7.5 = 15 hours
        ("family leave", "family_leave_days = 5", assume("family_leave_taken", 0.4), 15, LABOUR / HOURS),
    ],
)
def test_that_hours_taken_out_of_the_rota_cost_their_cover_as_worked_by_hand(
    name: str, terms: str, held: Assumption, hours: float, hour: float | None
) -> None:
    """Ten heads; nothing if nobody fills the hours, all of it if every hour is filled, three quarters here."""
    found = priced(name, terms, held, COVER)
    if hour is None:
        # £15.00 × 37.5 ÷ 36 = £15.625, to the penny £15.63: a post earns £15.63 × 1,872 = £29,259.36
        pay = 15.63 * 1872
        hour = (pay + (pay - 5000) * 0.15 + (pay - 6240) * 0.03) / 1872
        assert found.pay == pytest.approx(10 * (pay - PAY))
        assert found.not_replaced == pytest.approx(10 * (pay - PAY) * 1.18)
    else:
        assert found.not_replaced == 0
    in_full = 10 * hours * hour

    assert found.hours_lost == pytest.approx(10 * hours)
    assert found.cover_in_full == pytest.approx(in_full)
    assert found.replaced == pytest.approx(found.not_replaced + in_full)
    assert found.cover == pytest.approx(0.75 * in_full)
    assert found.total == pytest.approx(found.not_replaced + 0.75 * in_full)


def test_that_without_the_share_both_ends_are_still_told() -> None:
    found = priced("annual leave", "annual_leave_days = 30")

    assert not found.known
    assert found.why == "the share of hours that must be covered is not recorded"
    assert (found.not_replaced, found.replaced) == (0, pytest.approx(10 * 15 * LABOUR / HOURS))


def test_that_leave_after_a_shorter_week_is_shorter_days_at_the_dearer_hour() -> None:
    """A day is 36 ÷ 5 = 7.2 hours; a year of 1,872 hours costs what it did, to pennies of rounding."""
    found = priced("annual leave", "weekly_hours = 36\nannual_leave_days = 30", COVER)
    pay = 15.63 * 1872
    labour = pay + (pay - 5000) * 0.15 + (pay - 6240) * 0.03

    assert found.hours_lost == pytest.approx(10 * 2 * 7.2)
    assert found.cover_in_full == pytest.approx(10 * 2 * 7.2 * labour / 1872)


def test_that_zero_hours_conversion_pays_the_guaranteed_hours_that_find_no_work() -> None:
    """4 of 10 heads; 1.5 hours a week × 52 weeks × £15 = £1,170 a head."""
    rows = (POST, replace(POST, heads=4))
    force = workforce_of(rows, employers="A", grades=["Staff"])
    contracts = np.array([Contract.PERMANENT, Contract.ZERO_HOURS], dtype=np.int8)
    made = sector(assume("guaranteed_unworked_w", 1.5), workforce=replace(force, contract=contracts))
    found = appraised(made, 'zero_hours = "guaranteed"').cost.elements[-1]

    assert found.element == "zero-hours conversion"
    assert found.pay == pytest.approx(4 * 1170)
    assert found.employer_ni == pytest.approx(4 * 1170 * 0.15)
    # hours that find no work leave no gap: nobody has to be found for them
    assert found.hours_lost == 0
    assert found.replaced == found.not_replaced == found.total == pytest.approx(4 * 1170 * BESIDE)
    permanent = replace(made, workforce=replace(force, contract=np.zeros(2, dtype=np.int8)))
    nobody = appraised(permanent, 'zero_hours = "guaranteed"').cost.elements[-1]
    assert (nobody.known, nobody.total) == (True, 0)


def test_that_allowances_that_move_on_their_own_are_their_share_of_pay_times_the_rise() -> None:
    """8 % of £29,250 × 5 % = £117 a head."""
    text = "[[settlement]]\neffective = 2026-04-06\nallowances_percent = 5\n"
    found = appraise(sector(assume("allowances_share", 0.08)), read_offer(text, source="o")).cost.elements[-1]

    assert (found.element, found.known) == ("allowances", True)
    assert found.pay == pytest.approx(10 * 117)


def test_that_an_employers_own_figure_stands_before_the_sectors() -> None:
    force = workforce_of([POST, replace(POST, employer="B")], employers="AB", grades=["Staff"])
    held = (assume("on_call_y", 10), assume("on_call_y", 30, "B"))

    values = column_of(held, "on_call_y", force).values
    assert values is not None
    assert values.tolist() == [10, 30]
    alone = column_of(held[1:], "on_call_y", force)
    assert (alone.values, alone.why) == (None, "“On-call duties” is not recorded for 1 of 2 employers")


def test_that_what_is_paid_already_costs_nothing_more() -> None:
    """Favourability: a term below today's changes nothing."""
    lower = (
        "sleep_in_rate = 40\nwaking_night_rate = 5\non_call_rate = 1\novertime_premium_percent = 0\n"
        "annual_leave_days = 20\npaid_training_hours = 1\npaid_supervision_hours = 1\nsick_pay_full_weeks = 0\n"
        "unsocial_percent = { night = 10 }"
    )
    keys = (
        "sleep_ins_y",
        "waking_nights_y",
        "on_call_y",
        "overtime_hours_y",
        "sick_days_y",
        "unsocial_share.night",
    )
    found = appraised(sector(COVER, *(assume(key, 0.5) for key in keys)), lower)

    assert all(one.known for one in found.cost.elements)
    assert found.cost.full_year == 0


def test_that_statutory_sick_pay_of_before_the_new_rule_is_not_guessed() -> None:
    found = appraised(sector(assume("sick_days_y", 10)), "sick_pay_full_weeks = 8", "2025-05-01")
    element = next(one for one in found.cost.elements if one.element == "sick pay")

    assert (element.known, element.why) == (False, "Statutory Sick Pay of 1 May 2025 is not recorded")


def test_that_low_earners_get_four_fifths_of_their_pay_when_sick_and_gain_the_last_fifth() -> None:
    """£100 a week: 80 % is £80, below £123.25; full pay adds £20 a week, £4 a day."""
    row = replace(POST, hours=100 / 15, full_hours=37.5)
    made = sector(
        assume("sick_days_y", 1e-6),
        workforce=workforce_of([row], employers="A", grades=["Staff"]),
        terms=Terms(sick_pay_full_weeks=0),
    )
    found = appraised(made, "sick_pay_full_weeks = 26").cost.elements[-1]

    assert found.pay == pytest.approx(10 * 1e-6 * 4, rel=1e-6)


@settings(max_examples=80, deadline=None)
@given(st.floats(0.01, 60), st.floats(0, 26), st.floats(0, 26))
def test_that_more_full_pay_never_reaches_fewer_days_nor_more_than_all(
    mean: float, first: float, second: float
) -> None:
    low, high = sorted((first, second))
    days = [float(days_beyond(np.array([mean]), weeks)[0]) for weeks in (0.0, low, high)]

    assert days[0] == pytest.approx(mean)
    assert days[0] >= days[1] >= days[2] >= 0


def test_that_a_kind_of_unsocial_hour_that_an_offer_leaves_out_keeps_its_premium() -> None:
    after = terms_after(TODAY, Terms(unsocial_ppm=(("night", 330_000),), annual_leave_days=30))

    assert dict(after.unsocial_ppm) == {"night": 330_000, "sunday": 0}
    assert (after.annual_leave_days, after.on_call_micros) == (30, 20_000_000)


def test_that_terms_are_held_against_the_law_of_their_day_with_its_source() -> None:
    text = (
        "annual_leave_days = 27\nemployer_pension_percent = 3\nsleep_in_rate = 50\nsick_pay_full_weeks = 2\n"
        "maternity_full_weeks = 8\nwaking_night_rate = 5"
    )
    offer = read_offer(f"[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\n{text}\n", source="o")
    found = {one.element: one for one in checks_of(offer)}

    assert (found["annual leave"].least, found["annual leave"].met) == (28, False)
    assert (found["employer pension"].least, found["employer pension"].met) == (0.03, True)
    assert found["sleep-ins"].met is None
    assert "UKSC 8" in found["sleep-ins"].source
    assert found["sick pay"].least is None
    assert all(one.source and one.effective == date(2026, 4, 6) for one in found.values())


def test_that_a_week_is_held_against_the_longest_that_the_law_allows() -> None:
    """Working Time Regulations 1998 reg 4(1): 48 hours on average."""
    steps = "".join(
        f"[[settlement]]\neffective = 202{at}-04-06\n[settlement.terms]\nweekly_hours = {hours}\n"
        for at, hours in ((6, 36), (7, 48), (8, 48.5))
    )
    found = checks_of(read_offer(steps, source="o"))

    assert [(one.offered, one.most, one.met) for one in found] == [
        (36, 48, True),
        (48, 48, True),
        (48.5, 48, False),
    ]
    assert "regulation/4" in found[0].source


EVERY = (
    "weekly_hours = 36\nannual_leave_days = 30\nsick_pay_full_weeks = 8\nemployer_pension_percent = 6\n"
    "sleep_in_rate = 60\nunsocial_percent = { night = 33 }\npaid_training_hours = 20\npaid_travel_time = true\n"
    'zero_hours = "guaranteed"\nwaking_night_rate = 25\non_call_rate = 32.50\novertime_premium_percent = 50\n'
    "paid_supervision_hours = 12\nmaternity_full_weeks = 18\nfamily_leave_days = 5"
)
TAKES_HOURS = {"weekly hours", "annual leave", "supervision", "family leave"}


def test_that_every_term_is_costed_both_ways_and_held_against_the_law_of_its_day() -> None:
    """All fifteen at once: what takes hours costs more replaced; what does not costs the same; none lacks its law."""
    values = {
        "sleep_ins_y": 40,
        "waking_nights_y": 50,
        "on_call_y": 24,
        "overtime_hours_y": 60,
        "travel_hours_y": 100,
        "sick_days_y": 10,
        "maternity_share": 0.02,
        "family_leave_taken": 0.4,
        "guaranteed_unworked_w": 1.5,
        "unsocial_share.night": 0.3,
    }
    rows = (POST, replace(POST, heads=4))
    force = workforce_of(rows, employers="A", grades=["Staff"])
    contracts = np.array([Contract.PERMANENT, Contract.ZERO_HOURS], dtype=np.int8)
    made = sector(
        COVER,
        *(assume(key, value) for key, value in values.items()),
        workforce=replace(force, contract=contracts),
    )
    found = appraised(made, EVERY)
    elements = {
        one.element: one
        for one in found.cost.elements
        if one.element not in {"rounding and favourability", "enhancements that follow pay"}
    }

    assert len(elements) == len(fields(Terms)) == 15
    for name, one in elements.items():
        assert one.known, name
        assert one.total > 0, name
        assert (one.replaced > one.not_replaced) == (one.hours_lost > 0) == (name in TAKES_HOURS), name
        assert one.total == pytest.approx(one.not_replaced + 0.75 * (one.replaced - one.not_replaced)), name
    checks = {one.element: one for one in checks_of(found.offer)}
    assert set(checks) == set(elements)
    assert all(one.source and one.law and one.confidence for one in checks.values())
    assert {name for name, one in checks.items() if one.met is not None} == {
        "weekly hours",
        "annual leave",
        "employer pension",
    }


def test_that_guaranteed_hours_are_told_with_the_law_that_is_enacted_and_not_in_force() -> None:
    check = checks_of(
        read_offer(
            '[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\nzero_hours = "guaranteed"\n',
            source="o",
        )
    )[0]

    assert (check.element, check.said, check.met) == ("zero-hours conversion", "guaranteed", None)
    assert "not in force before 2027" in check.law
    assert check.source.startswith("Employment Rights Act 2025")


def test_that_an_assumption_outside_what_makes_sense_is_a_fault() -> None:
    assert "give a value from 0 to 1" in fault_in(assume("cover_share", 75))
    assert "leave the employer empty" in fault_in(assume("cover_share", 0.5, "A"))
    assert "give 1 for yes or 0 for no" in fault_in(assume("scheme_counts_all", 0.5, "A"))
    assert fault_in(assume("cover_share", 0.5)) == fault_in(assume("scheme_counts_all", 1, "A")) == ""


def test_that_a_disputed_input_is_disputed_even_if_it_was_agreed() -> None:
    assert Assumption("k", "l", 1, "u", agreed=True).standing is Standing.AGREED
    assert Assumption("k", "l", 1, "u", agreed=True, disputed=True).standing is Standing.DISPUTED
    assert not Assumption("k", "l", 1, "u", source=" ").is_sourced


WORSE = """
annual_leave_days = 20
sick_pay_full_weeks = 0
sleep_in_rate = 10
on_call_rate = 1
paid_training_hours = 2
unsocial_percent = { night = 10 }
"""


def test_that_a_worse_term_saves_nothing_is_said_and_is_not_what_later_steps_start_from() -> None:
    """Leave from 28 days to 20 and then to 29 costs one day in the end, not nine; a sleep-in £50 → £10 → £51 costs £1."""
    held = (COVER, assume("sleep_ins_y", 40), assume("on_call_y", 24), assume("unsocial_share.night", 0.3))
    step = "[[settlement]]\neffective = {day}\n[settlement.terms]\n{terms}\n"
    better = "annual_leave_days = 29\nsleep_in_rate = 51\nunsocial_percent = { night = 21 }"
    both = step.format(day="2026-04-06", terms=WORSE) + step.format(day="2026-05-06", terms=better)
    made = sector(*held)
    found = appraise(made, read_offer(both, source="o"))
    alone = appraise(made, read_offer(step.format(day="2026-05-06", terms=better), source="o"))

    assert found.cost.full_year == pytest.approx(alone.cost.full_year, abs=1e-6)
    sleep_ins = next(one for one in found.cost.elements if one.element == "sleep-ins")
    assert sleep_ins.total == pytest.approx(10 * 40 * 1 * BESIDE, abs=0.01)
    assert [one for one in found.notes if one.startswith("No saving")] == [
        f"No saving is counted: {one} – the offer gives less than staff have."
        for one in (
            "annual leave",
            "sick pay",
            "sleep-ins",
            "on-call",
            "paid training",
            "unsocial hours (night)",
        )
    ]
    assert not [one for one in alone.notes if one.startswith("No saving")]


def test_that_a_lower_allowance_is_not_what_a_later_step_starts_from() -> None:
    """£250 → £200 → £260 for two staff: £10 each with on-costs."""
    body = "".join(
        f'[[settlement]]\neffective = {day}\n[[settlement.allowance]]\nname = "First aid"\namount = {amount}\n'
        "now = 250\nstaff = 2\npayments_a_year = 1\n"
        for day, amount in (("2026-04-06", 200), ("2026-05-06", 260))
    )
    found = appraise(sector(), read_offer(body, source="o"))
    assert found.cost.full_year == pytest.approx(2 * 10 * BESIDE, abs=0.01)
    assert any("allowance: First aid – the offer gives less" in one for one in found.notes)


FOLLOW = (
    assume("overtime_hours_y", 60),
    assume("unsocial_share.night", 0.3),
    assume("travel_hours_y", 100),
)
RISE = "[[settlement.pay]]\npercent = 4\n"  # £15.00 → £15.60, 60p an hour


@pytest.mark.parametrize(
    ("body", "cash"),
    [
        # 30 % of hours at 20 %, and 60 hours of overtime at plain time, follow 60p
        (RISE, 0.6 * (0.3 * 0.2 * HOURS + 60)),
        # then the premium goes from 20 to 33 % of the new rate
        (RISE + "[settlement.terms]\nunsocial_percent = { night = 33 }\n", 0.6 * (0.3 * 0.2 * HOURS + 60)),
        # a shorter week lifts £15.00 to £15.63 an hour: nights cost a premium on the same pay, overtime 63p more
        ("[settlement.terms]\nweekly_hours = 36\n", 0.63 * 60 + 0.3 * 0.2 * (15.63 * 36 * 52 - PAY)),
    ],
)
def test_that_premiums_and_overtime_follow_basic_pay(body: str, cash: float) -> None:
    found = priced_step(body, *FOLLOW, COVER)["enhancements that follow pay"]

    assert found.pay == pytest.approx(10 * cash)
    assert found.total == pytest.approx(10 * cash * BESIDE)


def test_that_what_an_earlier_step_made_paid_follows_the_pay_of_a_later_one() -> None:
    """100 hours of travel become paid at £15.00; a year later 60p is due on them, on overtime and on nights at 33 %."""
    text = (
        "[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\npaid_travel_time = true\n"
        "unsocial_percent = { night = 33 }\n[[settlement]]\neffective = 2027-04-06\n" + RISE
    )
    cost = appraise(sector(*FOLLOW), read_offer(text, source="o")).cost
    found = next(one for one in cost.elements if one.element == "enhancements that follow pay")

    assert found.pay == pytest.approx(10 * 0.6 * (0.3 * 0.33 * HOURS + 60 + 100))
    assert sum(one.total for one in cost.elements) == pytest.approx(cost.full_year)


def test_that_sick_and_maternity_pay_of_an_earlier_step_follow_the_pay_of_a_later_one() -> None:
    """£29,250 a year is £112.50 a day and £562.50 a week, 4 % is £4.50 and £22.50; statutory pay stays where it is.

    10 days of absence with full pay from the first now reach, after two weeks, 10 - 10/e days. Of 26 weeks at full pay six
    gain a tenth of the rise, which Statutory Maternity Pay of 90 % leaves, and twenty all of it.
    """
    text = (
        "[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\nsick_pay_full_weeks = 2\n"
        "maternity_full_weeks = 26\n[[settlement]]\neffective = 2027-04-01\n" + RISE
    )
    held = (assume("sick_days_y", 10), assume("maternity_share", 0.02))
    now = replace(TODAY, sick_pay_full_weeks=0, maternity_full_weeks=0)
    cost = appraise(sector(*held, terms=now), read_offer(text, source="o")).cost
    found = next(one for one in cost.elements if one.element == "enhancements that follow pay")

    reached = 10 - 10 * exp(-1)
    assert found.pay == pytest.approx(10 * (reached * 4.50 + 0.02 * (6 * 2.25 + 20 * 22.50)))


def test_that_overtime_without_todays_premium_is_said_to_be_left_out() -> None:
    offer = read_offer("[[settlement]]\neffective = 2026-04-06\n" + RISE, source="o")
    still = read_offer("[[settlement]]\neffective = 2026-04-06\n", source="o")
    made = sector(*FOLLOW, terms=replace(TODAY, overtime_ppm=None, unsocial_ppm=()))
    said = {
        "Not priced: enhancements that follow pay – today's overtime premium is not recorded.",
        "Not priced: enhancements that follow pay – today's premium for night is not recorded.",
    }

    assert said <= set(appraise(made, offer).notes)
    assert not said & {*appraise(made, still).notes, *appraise(sector(*FOLLOW), offer).notes}


def test_that_the_cost_of_one_percent_is_that_of_todays_terms() -> None:
    """Travel that a step makes paid follows that step's pay, and is no part of 1 % today."""
    head = "[[settlement]]\neffective = 2026-04-06\n"
    plain, paid = (
        appraise(sector(*FOLLOW), read_offer(head + RISE + more, source="o")).cost.cost_of_one_percent
        for more in ("", "[settlement.terms]\npaid_travel_time = true\n")
    )

    assert plain == pytest.approx(paid)


def test_that_the_cost_of_one_percent_holds_what_follows_pay_too() -> None:
    """15p an hour more on 1,950 hours, on 60 of overtime and on 30 % of hours at 20 %."""
    offer = read_offer("[[settlement]]\neffective = 2026-04-06\n" + RISE, source="o")
    plain, held = (appraise(sector(*one), offer).cost.cost_of_one_percent for one in ((), FOLLOW))

    assert plain == pytest.approx(10 * 0.15 * HOURS * 1.18)
    assert held == pytest.approx(10 * 0.15 * (HOURS * 1.06 + 60) * 1.18)


def test_that_who_fills_hours_lost_earlier_is_paid_the_later_rise_too() -> None:
    """Two days of leave; a year later 4 %: £15.60, £30,420 and £34,958.40 with on-costs, so cover costs that much more."""
    text = (
        "[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\nannual_leave_days = 30\n"
        "[[settlement]]\neffective = 2027-04-06\n" + RISE
    )
    cost = appraise(sector(COVER), read_offer(text, source="o")).cost
    found = next(one for one in cost.elements if one.element == "cover of hours lost before")
    dearer = 34_958.40 - LABOUR

    assert (found.pay, found.hours_lost) == (0, 0)
    assert found.total == pytest.approx(10 * dearer * 2 / 260 * 0.75)
    assert found.replaced == pytest.approx(10 * dearer * 2 / 260)
    assert cost.full_year == pytest.approx(10 * (dearer + 34_958.40 * 2 / 260 * 0.75))


def test_that_hours_lost_earlier_are_filled_in_the_week_of_today() -> None:
    """Two days of leave, then 36 hours at £15.63: a lost hour costs labour over 1,872 hours and no longer over 1,950."""
    text = (
        "[[settlement]]\neffective = 2026-04-06\n[settlement.terms]\nannual_leave_days = 30\n"
        "[[settlement]]\neffective = 2027-04-06\n[settlement.terms]\nweekly_hours = 36\n"
    )
    cost = appraise(sector(COVER), read_offer(text, source="o")).cost
    pay = 15.63 * 1872
    labour = pay + (pay - 5000) * 0.15 + (pay - 6240) * 0.03

    lost = 2 * HOURS / 260 + 1.5 * 52  # leave in the old week, and what the shorter week takes
    assert cost.full_year == pytest.approx(10 * (labour - LABOUR + lost * labour / 1872 * 0.75))


def priced_step(body: str, *held: Assumption) -> dict[str, ElementCost]:
    offer = read_offer(f"[[settlement]]\neffective = 2026-04-06\n{body}", source="o")
    return {one.element: one for one in appraise(sector(*held), offer).cost.elements}
