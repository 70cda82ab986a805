"""The larger what-ifs as a sector's file assumes them, tied to F1's published anchors or to a sum by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from bargain.all_measures import with_all_measures
from bargain.appraisal import appraise
from bargain.in_house import Basis, in_house_of, rates_of
from bargain.measures.catalogue import MEASURES
from bargain.offers.offer_file import read_offer
from bargain.owners import by_owner
from bargain.what_if import (
    Floor,
    agency_in_data,
    agency_of,
    agency_totals,
    floor_of,
    regimes_of,
    staying_of,
)
from models.appraisal import Appraisal
from models.employer import Employer, Ownership
from models.issues import UnusableInput
from models.sector import Sector
from models.target import Target
from models.units import MICROS_PER_POUND
from models.what_if import (
    AgencyLine,
    Comparator,
    Constraint,
    GradeRate,
    InHousePlan,
    StayingPlan,
    Union,
    WhatIf,
)
from models.workforce import Contract
from tests.helpers.f1 import F1_ROWS, GRADES, O1, O2, f1_sector, workforce_of

SECTOR = f1_sector()
FEE = "\n  [settlement.fees]\n  uplift_percent = 3.0\n"


def appraised(text: str = O2 + FEE, sector: Sector = SECTOR) -> Appraisal:
    return appraise(sector, read_offer(text, source="o"))


def alone(*names: str) -> Sector:
    """F1 with some employers' posts and accounts and nobody else's."""
    rows = [one for one in F1_ROWS if one.employer in names]
    return replace(
        SECTOR,
        workforce=workforce_of(rows, employers=names, grades=GRADES),
        accounts=tuple(one for one in SECTOR.accounts if one.employer in names),
        employers=tuple(one for one in SECTOR.employers if one.name in names),
    )


# -- by kind of owner --------------------------------------------------------------------------


def test_that_each_kind_of_owner_has_the_figures_of_its_employers_alone() -> None:
    found = {one.name: one for one in by_owner(SECTOR, appraised())}
    of_its_own = {"private-equity owned": "A", "charity": "B", "local authority": "C"}

    assert set(found) == set(of_its_own)
    for owner, name in of_its_own.items():
        apart = with_all_measures(alone(name), appraised(sector=alone(name)))
        for measure, value in apart.after.measures.items():
            if measure in {"cost_of_one_percent", "profit_symmetry"}:  # of the whole sector
                continue
            expected = None if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)
            assert found[owner].after[measure] == expected, (owner, measure)


def test_that_owners_who_are_not_recorded_are_a_kind_and_families_gather_kinds() -> None:
    hidden = replace(SECTOR, employers=(Employer("A", Ownership.PRIVATE_EQUITY), Employer("B")))
    kinds = [one.name for one in by_owner(hidden, appraised(sector=hidden))]
    families = {one.name: one.employers for one in by_owner(SECTOR, appraised(), families=True)}

    assert kinds == ["not recorded", "private-equity owned"]
    assert families == {"for-profit": 1, "not-for-profit": 1, "public": 1}


def test_that_a_kind_says_how_many_stand_behind_its_measures() -> None:
    council = next(one for one in by_owner(SECTOR, appraised()) if one.name == "local authority")

    assert (council.employers, council.staff, council.with_accounts) == (1, 47, 0)
    assert council.after["operating_margin"] is None
    assert (council.behind("operating_margin").n, council.behind("operating_margin").of) == (0, 1)
    assert council.behind("gini_change").n == 47
    assert council.behind("gender_pay_gap_median").left_out == 47
    assert not council.is_small


def test_that_measures_that_need_words_are_taken_with_them() -> None:
    asked = Target("", "", grade=GRADES[1], over=GRADES[0], hourly=14.0, norm=0.035)
    found = {one.name: one for one in by_owner(SECTOR, appraised(), asked=asked)}

    assert found["private-equity owned"].after["differential"] == pytest.approx(0.08)
    assert found["private-equity owned"].before["heads_below_hourly"] == 100
    assert found["charity"].after["restraint_gap"] == pytest.approx(0.03 - 0.035)


def test_that_every_measure_by_owner_is_in_the_whole_picture() -> None:
    after = with_all_measures(SECTOR, appraised()).after

    for group in after.by_ownership:
        assert set(group.measures) == set(MEASURES)
    json.dumps([dict(group.measures) for group in after.by_ownership])


# -- agency ------------------------------------------------------------------------------------


def test_that_agency_lines_come_apart_as_published_and_say_what_they_lack() -> None:
    """U3: £24.00, £14.00, £3.20: skim £6.80, 28.33 %, £68,000 over 10,000 hours."""
    lines = (
        AgencyLine("Nights", "A", 24, 14, 3.2, 10_000, None, 0.9),
        AgencyLine("Days", "B", 21.5, 12, 2.9, 4_000),
        AgencyLine("Relief", "A", None, 13, 3, 600),
    )
    nights, days, relief = agency_of(lines, Floor(13.45, of_offer=False))
    totals = agency_totals((nights, days, relief))

    assert nights.found is not None
    assert nights.found.skim_share == pytest.approx(0.2833, abs=5e-5)
    assert nights.found.saved == pytest.approx(9_000 * 6.8)
    assert (nights.short, days.short, relief.short) == pytest.approx((0, 1.45, 0.45))
    assert (nights.is_converted, days.is_converted) == (True, False)
    assert (relief.found, relief.missing) == (None, ("charge",))
    assert (totals.lines, totals.known, totals.converted) == (3, 2, 1)
    assert totals.skim == pytest.approx(68_000 + 4_000 * 6.6)
    assert totals.unfilled == pytest.approx(1_000)
    assert agency_totals((relief,)).skim is None


def test_that_the_floor_is_the_offers_and_else_the_real_living_wage() -> None:
    offer, bare = read_offer(O2, source="o"), read_offer(O1, source="o")

    assert floor_of(offer) == Floor(14.0, of_offer=True)
    assert floor_of(bare) == Floor(13.45, of_offer=False)


def test_that_agency_hours_in_the_staff_data_become_lines_that_know_no_charge() -> None:
    force = SECTOR.workforce
    contract = np.full(len(force), int(Contract.PERMANENT), dtype=np.int8)
    contract[0] = Contract.AGENCY  # 80 heads of A at £12.71
    (line,) = agency_in_data(replace(SECTOR, workforce=replace(force, contract=contract)))

    assert (line.buyer, line.charge, line.pay) == ("A", None, 12.71)
    assert line.hours == pytest.approx(80 * 37.5 * 52.143, abs=0.01)
    assert agency_in_data(SECTOR) == ()


# -- in-house ----------------------------------------------------------------------------------

PLAN = InHousePlan(employers=("A",), like="C", stated=3_000_000, multiple=5)


def test_that_every_basis_of_compensation_stands_beside_the_others() -> None:
    """U13: £3.0m: 4.76 years, +£2.24m; 5 × profit: 8.79 years, −£0.30m; no capital in the accounts."""
    found = in_house_of(SECTOR, PLAN)
    ways = {one.basis: one for one in found.ways}

    assert found.net == pytest.approx(630_275, abs=1)
    assert ways[Basis.STATED].payback == pytest.approx(4.76, abs=0.005)
    assert ways[Basis.STATED].npv == pytest.approx(2_240_000, abs=5_000)
    assert ways[Basis.MULTIPLE].payback == pytest.approx(8.79, abs=0.005)
    assert ways[Basis.MULTIPLE].npv == pytest.approx(-300_000, abs=5_000)
    assert ways[Basis.CAPITAL].compensation is None
    assert "no capital" in ways[Basis.CAPITAL].why


def test_that_the_path_of_worth_is_the_saving_discounted_year_by_year() -> None:
    found = in_house_of(SECTOR, PLAN)
    way = next(one for one in found.ways if one.basis is Basis.STATED)
    saved, rate = Fraction(found.net or 0), Fraction(35, 1000)
    worth = Fraction(-3_000_000)

    assert len(way.path) == 11
    for year, shown in enumerate(way.path):
        if year:
            worth += saved / (1 + rate) ** year
        assert shown == pytest.approx(float(worth))


def test_that_public_subsidy_comes_off_the_capital() -> None:
    books = tuple(replace(one, capital_micros=4_000_000 * MICROS_PER_POUND) for one in SECTOR.accounts)
    plan = replace(PLAN, employers=("A", "B"), subsidy=1_500_000)
    ways = {one.basis: one for one in in_house_of(replace(SECTOR, accounts=books), plan).ways}

    assert ways[Basis.CAPITAL].compensation == 8_000_000
    assert ways[Basis.CAPITAL_LESS_SUBSIDY].compensation == 6_500_000


def test_that_without_accounts_parity_is_known_and_money_is_not() -> None:
    found = in_house_of(replace(SECTOR, accounts=()), PLAN)

    assert found.parity.cost == pytest.approx(478_010, abs=1)
    assert (found.profit, found.gross, found.net) == (None, None, None)
    assert found.without_accounts == ("A",)
    assert all(one.npv is None and one.payback is None for one in found.ways)


def test_that_the_comparator_is_typed_rates_or_an_employer_and_somebody_must_be_chosen() -> None:
    typed = replace(PLAN, comparator=Comparator.TYPED, rates=(GradeRate(GRADES[0], hourly=14.2),))

    assert rates_of(SECTOR, typed) == {GRADES[0]: 14.2}
    assert rates_of(SECTOR, PLAN)[GRADES[3]] == 26.0
    with pytest.raises(UnusableInput, match="Choose the employers"):
        in_house_of(SECTOR, replace(PLAN, employers=()))
    with pytest.raises(UnusableInput, match="years"):
        in_house_of(SECTOR, replace(PLAN, years=0))


# -- staying in and three regimes --------------------------------------------------------------


def test_that_a_plan_gives_coverage_and_gains_and_names_whom_the_data_lack() -> None:
    """U6: 49.5 % and 36.0 % once B signs; A's £172,192 is covered by an exclusion worth £200,000."""
    plan = StayingPlan(
        signing=("B", "Gone"),
        unions=(Union("x", 60), Union("y", 30), Union("z", 15)),
        constraints=(Constraint("A", 200_000, "framework"), Constraint("B", None, "peers")),
    )
    found = staying_of(SECTOR, appraised(), plan)

    assert found.coverage.coverage_after == pytest.approx(0.495, abs=6e-4)
    assert found.coverage.residual_coverage == pytest.approx(0.36)
    assert found.coverage.unions_in_effect == pytest.approx(2.333, abs=5e-4)
    assert found.gone == ("Gone",)
    assert [one.name for one in found.open] == ["B"]  # a constraint without pounds holds nobody


def test_that_one_union_without_members_leaves_density_not_known() -> None:
    found = staying_of(SECTOR, appraised(), StayingPlan(unions=(Union("x", 60), Union("y"))))

    assert found.unknown_unions == ("y",)
    assert found.coverage.union_density is None
    assert found.coverage.unions_in_effect is None


def test_that_the_order_of_the_regimes_turns_where_it_is_said_to() -> None:
    found = regimes_of(SECTOR, appraised(), WhatIf(fee_cut=0.1))

    assert found.cooperative is None
    assert found.level_at is not None
    at_it = regimes_of(SECTOR, appraised(), WhatIf(fee_cut=0.1, falls_on_pay=found.level_at))
    assert at_it.cooperative is not None
    assert at_it.cooperative.margin == pytest.approx(found.partnership.margin)
    assert len(found.shares) == len(found.margins) == len(found.pay) == 21
    assert (found.known, found.employers) == (2, 3)


def test_that_nothing_is_said_of_a_cooperative_without_assumptions() -> None:
    found = regimes_of(SECTOR, appraised(), WhatIf(falls_on_pay=0.5))

    assert found.cooperative is None
    assert found.shares == ()
    assert found.level_at is None


def test_that_a_cut_on_pay_below_the_minimum_wage_is_seen() -> None:
    """£12.71 is the floor of 2026/27 and A's lowest rate: any cut on pay is below it."""
    assert regimes_of(SECTOR, appraised(), WhatIf(fee_cut=0.1, falls_on_pay=0.5)).breaks_law
    assert not regimes_of(SECTOR, appraised(), WhatIf(fee_cut=0.1, falls_on_pay=0.0)).breaks_law
