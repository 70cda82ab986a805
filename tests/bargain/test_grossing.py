"""Grossing up: against cases worked by hand, a plain second calculation, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.all_measures import with_all_measures
from bargain.appraisal import appraise, view_of
from bargain.basis import banner, sentences
from bargain.grossing import grossed, weighting_of
from bargain.grossing_range import figures_under, ranges_of
from bargain.grossing_trials import draws_under, trial_weights
from bargain.targets import judge
from models.accounts import Accounts
from models.employer import Employer, Ownership
from models.grossing import Grossing, KnownTotal, TotalsUnit
from models.issues import UnusableInput
from models.sector import Sector
from models.target import Target, TargetScope
from models.workforce import Sex
from tests.bargain.grossing_cases import NORTH, SOUTH, agreed, plain_offer, sector_of, six, totals_of
from tests.helpers.f1 import GRADES, Row

BY_REGION = totals_of(KnownTotal(6, region=NORTH), KnownTotal(12, region=SOUTH))


def weights(sector: Sector) -> list[float]:
    return weighting_of(sector).weights.tolist()


# Weights


def test_that_each_employer_stands_for_the_total_of_its_cell_over_those_that_returned() -> None:
    sector = agreed(six(), BY_REGION)
    assert weights(sector) == [2, 2, 2, 4, 4, 4]
    made = grossed(sector)
    # by hand: (10 + 20 + 30) × 2 + (10 + 40 + 50) × 4
    assert made.workforce.heads.sum() == 520
    assert [one.represents for one in made.employers] == [2, 2, 2, 4, 4, 4]


def test_that_totals_of_staff_weigh_by_staff() -> None:
    totals = totals_of(KnownTotal(90, region=NORTH), KnownTotal(150, region=SOUTH), unit=TotalsUnit.STAFF)
    sector = agreed(six(), totals)
    assert weights(sector) == [1.5] * 6
    assert banner(appraise(sector, plain_offer()).basis) == "Grossed up from 160 of 240 staff (6 employers)"


def test_that_totals_of_places_weigh_by_the_places_in_the_accounts_and_say_whose_are_not_known() -> None:
    totals = totals_of(KnownTotal(60), unit=TotalsUnit.PLACES)
    beds = {"A": 2.0, "B": 3.0, "C": 5.0, "D": 4.0, "E": 6.0}
    books = tuple(Accounts(name, beds=count) for name, count in beds.items())
    with pytest.raises(UnusableInput, match="places of F are not known"):
        weighting_of(agreed(replace(six(), accounts=books), totals))
    sector = agreed(replace(six(), accounts=(*books, Accounts("F", beds=10.0))), totals)
    assert weights(sector) == [2.0] * 6


def test_that_a_size_band_takes_the_employers_of_that_size() -> None:
    totals = totals_of(KnownTotal(30, size_to=29), KnownTotal(6, size_from=30))
    assert weights(agreed(six(), totals)) == [10, 10, 2, 10, 2, 2]


def test_that_totals_in_two_ways_are_raked_until_both_hold() -> None:
    """A 2 × 2 table that can be solved by hand: the sector's odds are those of the returns (1 × 2 in each region)."""
    totals = totals_of(
        KnownTotal(8, region=NORTH),
        KnownTotal(8, region=SOUTH),
        KnownTotal(6, ownership="charity"),
        KnownTotal(10, ownership="for-profit"),
        refuse=False,
    )
    employers = [
        Employer(f"{region[0]}{kind[0]}{number}", kind, region)
        for region in (NORTH, SOUTH)
        for kind, count in ((Ownership.CHARITY, 2), (Ownership.OWNER_MANAGED, 2))
        for number in range(count)
    ]
    sector = agreed(
        sector_of([Row(one.name, GRADES[0], "13.00", 10) for one in employers], employers), totals
    )
    found = dict(zip([one.name for one in employers], weights(sector), strict=True))
    assert found["Nc0"] == pytest.approx(1.5)  # 3 charities in each region by symmetry, 2 returned
    assert found["No0"] == pytest.approx(2.5)
    assert sum(found.values()) == pytest.approx(16)


def test_that_a_cell_in_which_too_few_returned_joins_its_neighbour_and_that_is_said() -> None:
    totals = totals_of(
        KnownTotal(4, region="North East"), KnownTotal(6, region=NORTH), KnownTotal(12, region=SOUTH)
    )
    sector = agreed(six(), totals)
    assert weights(sector) == pytest.approx([10 / 3] * 3 + [4] * 3)
    told = weighting_of(sector).told
    assert told.notes == ("No employers returned from “North East”: counted together with “North West”.",)
    assert told.cells[0].merged == ("North East", "North West")
    with pytest.raises(UnusableInput, match="fewer than the 3 that a weight needs"):
        weighting_of(agreed(six(), replace(totals, refuse_thin=True)))


def test_that_a_small_cell_in_which_everybody_returned_stands_for_itself() -> None:
    employers = [Employer("A", region=NORTH), *(Employer(name, region=SOUTH) for name in "BCD")]
    rows = [Row(one.name, GRADES[0], "13.00", 10) for one in employers]
    sector = agreed(
        sector_of(rows, employers), totals_of(KnownTotal(1, region=NORTH), KnownTotal(6, region=SOUTH))
    )
    assert weights(sector) == [1, 2, 2, 2]


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        (
            (KnownTotal(2, region=NORTH), KnownTotal(12, region=SOUTH)),
            "“North West” has 2 employers, but 3 returned",
        ),
        ((KnownTotal(9, region=NORTH),), "no total for D, E, F"),
        ((KnownTotal(9, region=NORTH), KnownTotal(20)), "add up to 9 and 20 employers"),
        ((KnownTotal(9, size_to=20), KnownTotal(9, size_from=20)), "falls under “up to 20 staff” and under"),
    ],
)
def test_that_totals_that_do_not_fit_are_refused_in_a_sentence(
    totals: tuple[KnownTotal, ...], said: str
) -> None:
    sector = agreed(six(), totals_of(*totals))
    if said.startswith("add"):
        sector = agreed(
            six(), totals_of(KnownTotal(9, region=NORTH), KnownTotal(9, region=SOUTH), KnownTotal(20))
        )
        said = "add up to 18 and 20 employers"
    with pytest.raises(UnusableInput, match=said):
        appraise(sector, plain_offer())


def test_that_too_few_returns_in_all_are_refused() -> None:
    employers = [Employer("A"), Employer("B")]
    rows = [Row(one.name, GRADES[0], "13.00", 10) for one in employers]
    with pytest.raises(UnusableInput, match="2 employers returned from “all employers”, fewer than the 3"):
        appraise(agreed(sector_of(rows, employers), totals_of(KnownTotal(10))), plain_offer())


# Figures


def test_that_nothing_is_grossed_up_before_it_is_agreed() -> None:
    sector = replace(six(), grossing=Grossing(BY_REGION))
    assert grossed(sector) is sector
    found = appraise(sector, plain_offer())
    assert found.basis.grossed is None
    assert found.before.heads == 160
    assert sentences(found.basis)[0] == "Returns only: 160 staff of 6 of 18 employers, 6 April 2026."


def test_that_grossed_figures_are_those_of_a_sector_in_which_every_employer_stands_that_often() -> None:
    """Whole weights: the same as writing every employer's rows down once for each employer that it stands for."""
    sector = six()
    copies = {"A": 2, "B": 2, "C": 2, "D": 4, "E": 4, "F": 4}
    employers, rows = [], []
    for one in sector.employers:
        at = [employer.name for employer in sector.employers].index(one.name)
        force = sector.workforce
        rate = f"{force.rate_micros[at] / 1e6:.2f}"
        for number in range(copies[one.name]):
            # one claims the allowance, one pays the levy: both belong to each single employer
            claims, levy = one.name in "AE", one.name in "CF"
            employers.append(
                replace(one, name=f"{one.name}{number}", claims_employment_allowance=claims, pays_levy=levy)
            )
            rows.append(Row(f"{one.name}{number}", GRADES[0], rate, force.heads[at] * 5))
    long_way = appraise(sector_of(rows, employers), plain_offer())
    force = replace(sector.workforce, heads=sector.workforce.heads * 5)
    own = tuple(
        replace(one, claims_employment_allowance=one.name in "AE", pays_levy=one.name in "CF")
        for one in sector.employers
    )
    short_way = appraise(agreed(replace(sector, workforce=force, employers=own), BY_REGION), plain_offer())
    assert short_way.cost.labour_before == pytest.approx(long_way.cost.labour_before, rel=1e-12)
    assert short_way.cost.full_year == pytest.approx(long_way.cost.full_year, rel=1e-12)
    assert short_way.cost.cost_of_one_percent == pytest.approx(long_way.cost.cost_of_one_percent, rel=1e-12)
    for name, value in long_way.after.measures.items():
        assert short_way.after.measures[name] == (
            None if value is None else pytest.approx(value, rel=1e-9)
        ), name


def test_that_an_employers_own_margin_is_not_grossed_but_the_sectors_is_weighed() -> None:
    books = tuple(
        Accounts(
            name,
            revenue_micros=revenue * 1_000_000,
            labour_micros=600_000 * 1_000_000,
            rent_micros=0,
            other_micros=0,
            directors_micros=0,
        )
        for name, revenue in (("A", 1_000_000), ("D", 700_000))
    )
    found = appraise(agreed(replace(six(), accounts=books), BY_REGION), plain_offer())
    alone = appraise(replace(six(), accounts=books), plain_offer())
    by_name = {one.name: one for one in found.margins}
    for one in alone.margins:
        assert by_name[one.name].margin_after == (
            None if one.margin_after is None else pytest.approx(one.margin_after, rel=1e-12)
        )
    # by hand: A stands for 2, D for 4: (400k × 2 + 100k × 4) ÷ (1,000k × 2 + 700k × 4)
    assert found.before.measures["operating_margin"] == pytest.approx(float(Fraction(1_200, 4_800)))


def test_that_a_target_for_every_employer_is_about_its_own_staff() -> None:
    target = Target("At most", "cost_full_year", at_most=1.0, scope=TargetScope.EVERY_EMPLOYER)
    plain, weighed = (
        judge((target,), one, appraise(one, plain_offer()))[0] for one in (six(), agreed(six(), BY_REGION))
    )
    assert plain.worst is not None
    assert weighed.worst is not None
    assert weighed.worst.name == plain.worst.name
    assert weighed.worst.value == pytest.approx(plain.worst.value, rel=1e-12)


# What always holds


@st.composite
def some_sector(draw: st.DrawFn) -> tuple[Sector, dict[str, int]]:
    """Sectors of three to nine employers in one or two regions, and how many employers each region has."""
    count = draw(st.integers(3, 9))
    two = count >= 6
    regions = [NORTH if not two or at % 2 else SOUTH for at in range(count)]
    employers = [Employer(f"E{at}", region=region) for at, region in enumerate(regions)]
    rows = [
        Row(
            one.name,
            GRADES[draw(st.integers(0, 3))],
            f"{draw(st.integers(1271, 3000)) / 100:.2f}",
            draw(st.integers(1, 60)),
        )
        for one in employers
        for _ in range(draw(st.integers(1, 3)))
    ]
    extra = {region: draw(st.integers(0, 20)) for region in dict.fromkeys(regions)}
    return sector_of(rows, employers), {
        region: regions.count(region) + more for region, more in extra.items()
    }


@given(some_sector())
@settings(max_examples=40, deadline=None)
def test_that_weights_add_up_to_the_totals_of_every_cell(made: tuple[Sector, dict[str, int]]) -> None:
    sector, known = made
    totals = totals_of(*(KnownTotal(count, region=region) for region, count in known.items()))
    found = weighting_of(agreed(sector, totals))
    for region, count in known.items():
        held = [one.region == region for one in sector.employers]
        assert found.weights[held].sum() == pytest.approx(count, rel=1e-12)
        again = trial_weights(found, trials=20)
        assert again[:, held].sum(axis=1) == pytest.approx([count] * 20, rel=1e-9)
        assert (again >= 0).all()


@given(some_sector())
@settings(max_examples=25, deadline=None)
def test_that_grossing_up_to_what_was_returned_changes_no_figure_at_all(
    made: tuple[Sector, dict[str, int]],
) -> None:
    sector, known = made
    held = {region: sum(one.region == region for one in sector.employers) for region in known}
    totals = totals_of(*(KnownTotal(count, region=region) for region, count in held.items()))
    plain, weighed = appraise(sector, plain_offer()), appraise(agreed(sector, totals), plain_offer())
    assert weighed.cost == plain.cost
    assert weighed.before == plain.before
    assert weighed.after == plain.after
    for name, span in ranges_of(agreed(sector, totals), weighed).items():
        assert span.high - span.low == pytest.approx(0, abs=1e-6), name  # nobody is left to be unsure about


# Ranges


def test_that_with_the_weights_themselves_the_resampled_figures_are_the_appraisals() -> None:
    sector = agreed(six(), BY_REGION)
    found = appraise(sector, plain_offer())
    once = figures_under(
        sector, found, view_of(sector, found), draws_under(sector, weighting_of(sector).weights[np.newaxis])
    )
    assert once["paybill_before"][0] == pytest.approx(found.before.paybill)
    compared = 0
    for name, values in once.items():
        if name in found.after.measures:
            wanted = found.after.measures[name]
            if wanted is None:
                assert np.isnan(values[0]), name
                continue
            assert values[0] == pytest.approx(wanted, rel=1e-9), name
            compared += 1
    assert compared >= 20


def many_sided() -> Sector:
    """Six employers with three grades, both sexes and several contracts each, four of them with accounts."""
    owners = [one.ownership for one in six().employers]
    employers = [
        Employer(name, owner, NORTH if name in "ABC" else SOUTH)
        for name, owner in zip("ABCDEF", owners, strict=True)
    ]
    rows = [
        Row(name, grade, f"{12.2 + at * 0.3 + step * 2.1:.2f}", 5 + at + 3 * step, sex=Sex((at + step) % 2))
        for at, name in enumerate("ABCDEF")
        for step, grade in enumerate(GRADES[: 2 + at % 2])
    ]
    made = sector_of(rows, employers)
    contracts = np.arange(len(rows), dtype=made.workforce.contract.dtype) % 6
    books = [
        Accounts(
            name, date(2026, 3, 31), *(round(one * 1e12) for one in (3.0, 1.5 + at / 10, 0.2, 0.5, 0.1, 0.05))
        )
        for at, name in enumerate("ABDE")
    ]
    return replace(made, workforce=replace(made.workforce, contract=contracts), accounts=tuple(books))


def test_that_every_measure_that_can_be_resampled_is_its_own_figure_under_its_own_weights() -> None:
    sector = agreed(many_sided(), BY_REGION)
    found = with_all_measures(sector, appraise(sector, plain_offer()))
    once = figures_under(
        sector, found, view_of(sector, found), draws_under(sector, weighting_of(sector).weights[np.newaxis])
    )
    compared = {name for name in once if found.after.measures.get(name) is not None}
    for name in compared:
        assert once[name][0] == pytest.approx(found.after.measures[name], rel=1e-9, abs=1e-12), name
    assert {
        "theil",
        "atkinson_0_5",
        "atkinson_1",
        "theil_between_employers",
        "theil_within_sexes",
    } <= compared
    assert {
        "max_min",
        "general_rise",
        "catch_up",
        "leakage",
        "ebitda_margin",
        "smallest_differential",
    } <= compared


def test_that_ranges_of_inequality_are_those_of_each_trial_worked_by_hand() -> None:
    """Theil, its parts and Atkinson of three trials, employer by employer in plain Python."""
    sector = agreed(many_sided(), BY_REGION)
    found = appraise(sector, plain_offer())
    trials = trial_weights(weighting_of(sector), trials=3)
    values = figures_under(sector, found, view_of(sector, found), draws_under(sector, trials))
    force = many_sided().workforce
    for at, weights in enumerate(trials):
        pay = found.hourly_after / 1_000_000
        heads = force.heads * weights[force.employer_code]
        total, average = sum(heads), sum(heads * pay) / sum(heads)
        theil = sum(w * x / average * log(x / average) for w, x in zip(heads, pay, strict=True)) / total
        between = 0.0
        for code in range(6):
            here = force.employer_code == code
            if heads[here].sum():
                mean = sum(heads[here] * pay[here]) / heads[here].sum()
                between += heads[here].sum() / total * mean / average * log(mean / average)
        assert values["theil"][at] == pytest.approx(theil)
        assert values["theil_between_employers"][at] == pytest.approx(between)
        assert values["theil_within_employers"][at] == pytest.approx(theil - between)
        logs = sum(w * log(x) for w, x in zip(heads, pay, strict=True)) / total
        assert values["atkinson_1"][at] == pytest.approx(1 - exp(logs) / average)
        roots = sum(w * x**0.5 for w, x in zip(heads, pay, strict=True)) / total
        assert values["atkinson_0_5"][at] == pytest.approx(1 - roots**2 / average)
        assert values["max_min"][at] == pytest.approx(max(pay[heads > 0]) / min(pay[heads > 0]))


def test_that_the_spread_of_trials_is_the_textbook_variance_of_a_stratified_total() -> None:
    """Σ N²(1−f)s²/n by cell, in plain Python, against the spread of many trials (Cochran 1977, 5.9)."""
    sector = agreed(six(), BY_REGION)
    found = appraise(sector, plain_offer())
    costs = {one.name: one.full_year / one.represents for one in found.cost.by_employer}
    variance = 0.0
    for names, total in (("ABC", 6), ("DEF", 12)):
        own = [costs[name] for name in names]
        mean = sum(own) / 3
        s2 = sum((one - mean) ** 2 for one in own) / 2
        variance += total**2 * (1 - 3 / total) * s2 / 3
    trials = trial_weights(weighting_of(sector), trials=20_000)
    values = figures_under(sector, found, view_of(sector, found), draws_under(sector, trials))[
        "cost_full_year"
    ]
    assert values.mean() == pytest.approx(found.cost.full_year, rel=0.01)
    assert values.std() == pytest.approx(variance**0.5, rel=0.03)


def test_that_a_range_holds_its_figure_and_is_the_same_every_time() -> None:
    sector = agreed(six(), BY_REGION)
    found = appraise(sector, plain_offer())
    first, second = ranges_of(sector, found), ranges_of(sector, found)
    assert first == second
    span = first["cost_full_year"]
    assert span.low < found.cost.full_year < span.high
    assert ranges_of(six(), appraise(six(), plain_offer())) == {}
