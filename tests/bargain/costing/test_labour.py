"""On-costs that belong to the employer, and terms, each against a case worked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bargain.appraisal import appraise
from bargain.assumed import SCHEME_COUNTS
from bargain.offers.offer_file import read_offer
from models.appraisal import Appraisal
from models.assumptions import YES_OR_NO, Assumption
from models.basis import Basis
from models.costing import ElementCost
from models.employer import Employer, Ownership
from models.sector import Sector
from models.terms import Terms
from models.workforce import YesNo
from tests.helpers.f1 import Row, workforce_of

COVER = Assumption("cover_share", "cover", 0.5, "share")


def sector(*rows: Row, employer: Employer | None = None, **changes: object) -> Sector:
    made = Sector(
        "made",
        weekly_hours=37.5,
        employers=(employer or Employer("A"),),
        workforce=workforce_of(rows, employers="A", grades=["Staff"]),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def appraised(made: Sector, body: str) -> Appraisal:
    return appraise(made, read_offer(f"[[settlement]]\neffective = 2026-04-06\n{body}", source="o"))


def element(found: Appraisal, name: str) -> ElementCost:
    return next(one for one in found.cost.elements if one.element == name)


TEN_PERCENT = "[[settlement.pay]]\npercent = 10\n"
SALARY = Row("A", "Staff", "40000.00", 100, basis=Basis.YEAR, fte=1.0)


def test_that_the_levy_is_half_a_percent_above_three_million() -> None:
    """100 × £40,000 is £4.0m; 10 % more is £4.4m: the levy rises by 0.5 % of £0.4m."""
    found = appraised(sector(SALARY, employer=Employer("A", pays_levy=True)), TEN_PERCENT)

    assert sum(one.levy for one in found.cost.elements) == pytest.approx(2_000)
    assert found.cost.full_year == pytest.approx(400_000 * 1.18 + 2_000)


def test_that_below_three_million_no_levy_is_due() -> None:
    small = replace(SALARY, heads=50)
    found = appraised(sector(small, employer=Employer("A", pays_levy=True)), TEN_PERCENT)

    assert sum(one.levy for one in found.cost.elements) == 0


def test_that_the_employment_allowance_is_used_up_once_an_employer() -> None:
    """One post at £40,000 owes £5,250, all of it covered; 10 % more owes £5,850, covered too."""
    one = replace(SALARY, heads=1)
    claiming = appraised(sector(one, employer=Employer("A", claims_employment_allowance=True)), TEN_PERCENT)
    many = appraised(sector(SALARY, employer=Employer("A", claims_employment_allowance=True)), TEN_PERCENT)

    assert claiming.cost.full_year == pytest.approx(4_000 * 1.03)
    assert many.cost.full_year == pytest.approx(400_000 * 1.18)


def test_that_of_connected_claimants_one_gets_the_employment_allowance_and_it_is_said_which() -> None:
    """A owes £5,250 for one, within £10,500; what is left of it is not B's, which owes all of its £52,500."""
    rows = [replace(SALARY, employer="B", heads=10), replace(SALARY, employer="A", heads=1)]
    records = tuple(
        Employer(name, claims_employment_allowance=True, connected_group="Parent") for name in "AB"
    )
    made = replace(
        sector(), employers=records, workforce=workforce_of(rows, employers="AB", grades=["Staff"])
    )
    found = appraised(made, TEN_PERCENT)

    assert found.cost.labour_before == pytest.approx(11 * 40_000 + 52_500 + 11 * 33_760 * 0.03)
    assert [one.full_year for one in found.cost.by_employer] == pytest.approx([4_000 * 1.03, 40_000 * 1.18])
    assert [note for note in found.notes if "it is counted for A, the first by name" in note]


def test_that_connected_employers_have_one_allowance_of_each_kind_together() -> None:
    """A and B, £2.0m each: £4.0m less £3m of the levy's allowance; 10 % more adds 0.5 % of £0.4m, half to each."""
    rows = [replace(SALARY, employer=name, heads=50) for name in "AB"]
    employers = tuple(
        Employer(name, pays_levy=True, claims_employment_allowance=True, connected_group="Parent")
        for name in "AB"
    )
    made = replace(
        sector(), employers=employers, workforce=workforce_of(rows, employers="AB", grades=["Staff"])
    )
    found = appraised(made, TEN_PERCENT)

    assert sum(one.levy for one in found.cost.elements) == pytest.approx(2_000)
    # NI 15 % above £5,000 and pension 3 % above £6,240 of 100 at £40,000; levy £5,000; one allowance of £10,500
    assert found.cost.labour_before == pytest.approx(4_000_000 + 525_000 + 101_280 + 5_000 - 10_500)
    assert [one.full_year for one in found.cost.by_employer] == pytest.approx([200_000 * 1.18 + 1_000] * 2)
    assert [note for note in found.notes if "A, B of the connected group “Parent”" in note]


def test_that_a_public_body_gets_no_employment_allowance_and_it_is_said() -> None:
    council = Employer("A", Ownership.LOCAL_AUTHORITY, claims_employment_allowance=True)
    found = appraised(sector(replace(SALARY, heads=1), employer=council), TEN_PERCENT)

    assert found.cost.full_year == pytest.approx(4_000 * 1.18)
    assert [
        note for note in found.notes if note.startswith("A is recorded as claiming the Employment Allowance")
    ]


def test_that_a_public_scheme_is_charged_on_all_pay() -> None:
    scheme = Employer("A", Ownership.LOCAL_AUTHORITY, pension_ppm=200_000, pension_on_band=False)
    found = appraised(sector(replace(SALARY, rate="60000.00"), employer=scheme), TEN_PERCENT)

    assert found.cost.full_year == pytest.approx(600_000 * 1.35)


@pytest.mark.parametrize(
    ("pay", "employer", "on_costs"),
    [
        (
            "20000.00",
            Employer("A"),
            600 * 0.15 + 600 * 0.03,
        ),  # bonuses are qualifying earnings (2008 Act s.13(3))
        ("5000.00", Employer("A"), 600 * 0.15),  # £5,600 is below the lower limit, £6,240
        ("6000.00", Employer("A"), 600 * 0.15 + 360 * 0.03),  # £360 of it is above
        ("50000.00", Employer("A"), 600 * 0.15 + 270 * 0.03),  # £270 of it is below the upper limit, £50,270
        ("60000.00", Employer("A"), 600 * 0.15),
        ("20000.00", Employer("A", pension_ppm=143_800, pension_on_band=False), 600 * 0.15),  # as NHS 2022/23
    ],
)
def test_that_what_is_paid_once_is_pensionable_between_the_limits_and_in_no_scheme_on_basic_pay(
    pay: str, employer: Employer, on_costs: float
) -> None:
    once = "[[settlement.pay]]\ncash = 600\nnon_consolidated = true\n"
    found = appraised(sector(replace(SALARY, rate=pay, heads=1), employer=employer), once)

    assert found.cost.one_off == pytest.approx(600 + on_costs, abs=0.005)
    assert found.cost.full_year == 0


def test_that_pension_above_the_band_costs_nothing_more() -> None:
    found = appraised(sector(replace(SALARY, rate="60000.00")), TEN_PERCENT)

    assert found.cost.full_year == pytest.approx(600_000 * 1.15)


def test_that_a_shorter_week_keeps_pay_and_costs_only_the_cover() -> None:
    """37.5 to 36 hours: 1.5 of every 36 paid hours must be worked by somebody else, half of them are."""
    made = sector(replace(SALARY, hours=37.5, heads=10), assumptions=(COVER,))
    found = appraised(made, "[settlement.terms]\nweekly_hours = 36\n")
    cost = element(found, "weekly hours")
    labour = 40_000 + 35_000 * 0.15 + (40_000 - 6_240) * 0.03

    assert cost.pay == 0
    assert cost.cover == pytest.approx(labour * 10 * (1.5 / 36) * 0.5)
    assert found.workforce_after.hours_w[0] == 36


def test_that_hourly_rates_rise_so_that_a_shorter_week_pays_the_same() -> None:
    made = sector(Row("A", "Staff", "15.00", 10), assumptions=(COVER,))
    found = appraised(made, "[settlement.terms]\nweekly_hours = 36\n")

    assert found.workforce_after.rate_micros[0] == 15_630_000  # 15 × 37.5 ÷ 36 = 15.625, half up


def test_that_a_day_of_leave_costs_its_cover_and_nothing_is_guessed_without_the_share() -> None:
    made = sector(replace(SALARY, heads=10), terms=Terms(annual_leave_days=28), assumptions=(COVER,))
    body = "[settlement.terms]\nannual_leave_days = 29\n"
    labour = 40_000 + 35_000 * 0.15 + (40_000 - 6_240) * 0.03

    assert element(appraised(made, body), "annual leave").cover == pytest.approx(labour * 10 / 260 * 0.5)
    unknown = appraised(replace(made, assumptions=()), body)
    assert element(unknown, "annual leave").known is False
    assert any("annual leave" in note for note in unknown.notes)


def test_that_sleep_ins_cost_the_rise_in_their_rate_with_employer_ni() -> None:
    made = sector(
        replace(SALARY, heads=10, sleep_ins=40), terms=Terms(sleep_in_micros=50_000_000), assumptions=(COVER,)
    )
    cost = element(appraised(made, "[settlement.terms]\nsleep_in_rate = 60.00\n"), "sleep-ins")

    assert cost.pay == pytest.approx(10 * 40 * 10)
    assert cost.employer_ni == pytest.approx(10 * 40 * 10 * 0.15)


def test_that_a_higher_employer_pension_lifts_those_below_it() -> None:
    found = appraised(sector(SALARY), "[settlement.terms]\nemployer_pension_percent = 5\n")

    assert element(found, "employer pension").pension == pytest.approx(100 * (40_000 - 6_240) * 0.02)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("sick_pay_full_weeks = 8", "sick pay"),
        ("unsocial_percent = { night = 33 }", "unsocial hours (night)"),
        ("paid_travel_time = true", "travel time"),
        ('zero_hours = "guaranteed"', "zero-hours conversion"),
        ("annual_leave_days = 30", "annual leave"),
        ("sleep_in_rate = 60", "sleep-ins"),
        ("paid_training_hours = 20", "paid training"),
    ],
)
def test_that_what_the_data_cannot_price_is_said_to_be_not_known(body: str, name: str) -> None:
    found = appraised(sector(SALARY), f"[settlement.terms]\n{body}\n")

    assert element(found, name).known is False
    assert element(found, name).why


def test_that_cost_of_one_percent_is_a_difference_through_the_engine() -> None:
    """Hourly rates round to the penny: 1 % of £12.71 is 13p, not 12.71p."""
    found = appraised(sector(Row("A", "Staff", "12.71", 10)), TEN_PERCENT)

    assert found.cost.cost_of_one_percent == pytest.approx(0.13 * 37.5 * 52.143 * 10 * 1.18)


def test_that_an_award_can_say_that_a_scheme_counts_what_is_paid_once_for_all_or_for_one_employer() -> None:
    """£600 at 14.38 % is £86.28 a head: of both, of A alone, of both but A; staff on qualifying earnings are as before."""
    once = "[[settlement.pay]]\ncash = 600\nnon_consolidated = true\n"
    rows = [replace(SALARY, employer=name, rate="20000.00", heads=1) for name in "ABC"]
    records = (
        *(Employer(name, pension_ppm=143_800, pension_on_band=False) for name in "AB"),
        Employer("C"),
    )
    made = replace(
        sector(), employers=records, workforce=workforce_of(rows, employers="ABC", grades=["Staff"])
    )

    def pensions(*held: tuple[str, float]) -> list[float]:
        assumed = tuple(
            Assumption(SCHEME_COUNTS, "counts", value, YES_OR_NO, employer=name) for name, value in held
        )
        found = appraised(replace(made, assumptions=assumed), once).cost.by_employer
        return [round(one.one_off - 690, 2) for one in found]

    assert pensions() == [0, 0, 18]
    assert pensions(("", 1)) == [86.28, 86.28, 18]
    assert pensions(("A", 1)) == [86.28, 0, 18]
    assert pensions(("", 1), ("A", 0)) == [0, 86.28, 18]


def test_that_staff_count_each_by_their_own_scheme() -> None:
    """At £40,000 and 10 %: £4,000 a head of all basic pay, and £3,376 of what is above £6,240."""
    made = sector(replace(SALARY, heads=1), replace(SALARY, heads=2), replace(SALARY, heads=4))
    own = np.array([YesNo.YES, YesNo.NO, YesNo.UNKNOWN], dtype=np.int8)
    made = replace(
        made,
        employers=(Employer("A", pension_ppm=100_000, pension_on_band=False),),
        workforce=replace(made.workforce, pension_on_band=own),
    )
    found = appraised(made, TEN_PERCENT).cost

    assert found.labour_before == pytest.approx(7 * (40_000 + 5_250) + 3_376 + 6 * 4_000)
    assert found.full_year == pytest.approx(7 * 4_000 * 1.25)
