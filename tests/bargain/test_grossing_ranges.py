"""Ranges of every grossed figure: against resampling in plain Python, and against what must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from bargain.all_measures import with_all_measures
from bargain.appraisal import appraise, one_percent_by_employer, view_of
from bargain.grossing import weighting_of
from bargain.grossing_range import figures_in, figures_under, ranges_and_verdicts, ranges_of
from bargain.grossing_trials import SEED, SHARE, TRIALS, draws_under, range_of, trial_weights
from bargain.headlines import rules_of_thumb
from bargain.measures.catalogue import MEASURES
from bargain.owners import by_owner
from bargain.targets import judge, within
from models.accounts import Accounts
from models.appraisal import Appraisal
from models.assumptions import Assumption
from models.employer import Employer, Ownership
from models.grossing import KnownTotal
from models.offer import Offer, PayRule, Settlement
from models.sector import Sector
from models.target import Target, TargetScope
from models.workforce import Sex
from tests.bargain.by_hand import Post, settle, to_penny
from tests.bargain.grossing_cases import DAY, NORTH, SOUTH, agreed, plain_offer, sector_of, totals_of
from tests.bargain.resampled_by_hand import Person, figures_by_hand, middle, trials_by_hand
from tests.helpers.f1 import GRADES, Row

CELLS = (("ABCDE", 9.0), ("FGHIJ", 14.0))
BY_REGION = totals_of(KnownTotal(9, region=NORTH), KnownTotal(14, region=SOUTH))
MONTHS = (-1, 3, 70, 8, 24, 90)
AGES = (19, 23, 24, 31, 44, -1)


def rows() -> list[Row]:
    """Ten employers with three of the grades, of all ages, lengths of service and hours."""
    return [
        Row(
            name,
            GRADES[step % 3],
            f"{12.2 + (at * 7 % 10) * 0.23 + step * 0.61:.2f}",
            3 + (at * 5 + step * 3) % 7,
            hours=37.5 if (at + step) % 3 else 22.5,
            age=AGES[(at + 2 * step) % 6],
            sex=(Sex.FEMALE, Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)[(at + step) % 4],
        )
        for at, name in enumerate("ABCDEFGHIJ")
        for step in range(6)
    ]


def months_of(at: int) -> int:
    """How long the staff of a row have served."""
    return MONTHS[(at + at // 6) % 6]


@cache
def sector() -> Sector:
    employers = [
        Employer(
            name,
            Ownership.CHARITY if name in "ACEGI" else Ownership.OWNER_MANAGED,
            NORTH if name in "ABCDE" else SOUTH,
        )
        for name in "ABCDEFGHIJ"
    ]
    made = sector_of(rows(), employers)
    now = DAY.year * 12 + DAY.month - 1
    starts = [now - served if (served := months_of(at)) >= 0 else -1 for at in range(len(rows()))]
    force = replace(made.workforce, start_month=np.array(starts, dtype=made.workforce.start_month.dtype))
    books = tuple(
        Accounts(
            name, date(2026, 3, 31), *(round(one * 1e12) for one in (3.0, 2.1 + at / 10, 0.2, 0.4, 0.1, 0.05))
        )
        for at, name in enumerate("ABDFGH")
    )
    return agreed(replace(made, workforce=force, accounts=books), BY_REGION)


@cache
def appraised() -> Appraisal:
    return with_all_measures(sector(), appraise(sector(), plain_offer()))


def people() -> list[Person]:
    """The same staff after 3 %, each rate to the penny, half up."""
    return [
        Person(
            row.employer,
            GRADES.index(row.grade),
            float(to_penny(Fraction(row.rate) * Fraction(103, 100))),
            row.heads,
            {Sex.FEMALE: True, Sex.MALE: False}.get(row.sex),
            row.age,
            row.hours == 37.5,
            months_of(at),
        )
        for at, row in enumerate(rows())
    ]


def test_that_ranges_are_those_of_resampling_employers_by_hand() -> None:
    """Every trial drawn, weighed and measured in plain Python, then the middle 95 % of them."""
    trials = trials_by_hand(CELLS, trials=TRIALS, seed=SEED)
    staff = people()
    figures = [figures_by_hand([(one, one.heads * trial[one.employer]) for one in staff]) for trial in trials]
    ranges = ranges_of(sector(), appraised())
    for name in figures[0]:
        held = [one for trial in figures if (one := trial[name]) is not None]
        assert len(held) >= 0.95 * TRIALS, name
        low, high = middle(held, SHARE)
        assert ranges[name].low == pytest.approx(low, rel=1e-9, abs=1e-12), name
        assert ranges[name].high == pytest.approx(high, rel=1e-9, abs=1e-12), name
        value = appraised().after.measures[name]
        assert value is not None
        assert low - 1e-12 <= value <= high + 1e-12, name


def labour_by_hand(employer: str, *, step: Settlement | None) -> Fraction:
    posts = [Post(row, Fraction(row.rate)) for row in rows() if row.employer == employer]
    if step is not None:
        settle(posts, step)
    return sum((post.labour(post.rate) for post in posts), Fraction(0))


SMALL_CHANGES = {
    "one_percent": (None, Settlement(DAY, pay=(PayRule(percent_ppm=10_000),))),
    "flat_100": (None, Settlement(DAY, pay=(PayRule(cash_micros=100_000_000),))),
    "floor_10p": (
        Settlement(DAY, floor_micros=13_000_000),
        Settlement(DAY, floor_micros=13_100_000),
    ),
}


@pytest.mark.parametrize("key", SMALL_CHANGES)
def test_that_rules_of_thumb_have_the_range_of_each_employers_own_cost(key: str) -> None:
    """The cost of a small change at each employer in exact fractions, and its sum under every trial."""
    before, after = SMALL_CHANGES[key]
    cost = {
        name: float(labour_by_hand(name, step=after) - labour_by_hand(name, step=before))
        for name in "ABCDEFGHIJ"
    }
    trials = trials_by_hand(CELLS, trials=TRIALS, seed=SEED)
    sums = [sum(trial[name] * cost[name] for name in cost) for trial in trials]
    low, high = middle(sums, SHARE)
    offer = Offer("Floor", settlements=(Settlement(DAY, floor_micros=13_000_000),))
    thumb = next(one for one in rules_of_thumb(sector(), offer) if one.key == key)
    assert thumb.range is not None
    assert (thumb.range.low, thumb.range.high) == pytest.approx((low, high), rel=1e-9)
    if key == "one_percent":
        span = ranges_of(sector(), appraised())["cost_of_one_percent"]
        assert (span.low, span.high) == pytest.approx((low, high), rel=1e-9)


def test_that_an_hour_off_has_the_range_of_its_cost_or_of_both_its_ends() -> None:
    unknown = rules_of_thumb(sector(), plain_offer())[-1]
    assert unknown.cost is None
    ends = []
    for share in (0.0, 1.0):
        told = replace(sector(), assumptions=(Assumption("cover_share", "Cover", share, "share"),))
        known = rules_of_thumb(told, plain_offer())[-1]
        assert known.cost is not None
        assert known.range is not None
        assert known.range.low < known.cost < known.range.high
        ends.append(known.range)
    assert unknown.range is not None
    assert unknown.range.low == pytest.approx(ends[0].low)
    assert unknown.range.high == pytest.approx(ends[1].high)
    assert (
        rules_of_thumb(replace(sector(), grossing=type(sector().grossing)()), plain_offer())[0].range is None
    )


def test_that_cost_of_one_percent_adds_up_from_its_employers() -> None:
    found = one_percent_by_employer(sector(), plain_offer())
    assert found.sum() == pytest.approx(appraised().cost.cost_of_one_percent)


def test_that_every_measure_of_the_catalogue_has_a_range_where_it_has_a_value() -> None:
    """So that a new measure can't be forgotten; and each is its own figure under its own weights."""
    found = appraised()
    own = draws_under(sector(), weighting_of(sector()).weights[np.newaxis])
    once = figures_under(sector(), found, view_of(sector(), found), own)
    ranges = ranges_of(sector(), found)
    for name in MEASURES:
        value = found.after.measures.get(name)
        if value is None:
            continue
        assert once[name][0] == pytest.approx(value, rel=1e-9, abs=1e-12), name
        assert name in ranges, name
    costs = found.cost
    for name, amount in {
        "level": costs.level,
        "in_year": costs.in_year,
        "carry_over": costs.carry_over,
        "comparable_rate": costs.comparable_rate,
        "carry_over_cost": costs.carry_over_cost,
        "back_pay": costs.back_pay,
        "one_off": costs.one_off,
        "labour_before": costs.labour_before,
        "labour_after": costs.labour_after,
    }.items():
        assert once[name][0] == pytest.approx(amount, rel=1e-9, abs=1e-9), name


def test_that_back_pay_and_one_off_pay_of_an_offer_have_their_ranges() -> None:
    once_paid = PayRule(cash_micros=300_000_000, non_consolidated=True)
    step = Settlement(DAY, paid_from=date(2026, 7, 6), pay=(PayRule(percent_ppm=20_000), once_paid))
    found = appraise(sector(), Offer("Late", settlements=(step,)))
    ranges = ranges_of(sector(), found)
    for name, amount in (("back_pay", found.cost.back_pay), ("one_off", found.cost.one_off)):
        assert 0 < ranges[name].low < amount < ranges[name].high


NAMED = (
    Target("", "differential", grade=GRADES[1], over=GRADES[0], at_least=0.0),
    Target("", "parity_gap", hourly=15.0, at_most=0.1),
    Target("", "low_pay_share", hourly=14.0, at_most=0.1),
    Target("", "restraint_gap", norm=0.02, at_most=0.0),
    Target("", "employers_below_margin", margin=0.05, at_most=0.0),
    Target("", "experience_premium", grade=GRADES[1], at_least=0.0),
    Target("", "gini", ownership=("charity",), at_most=0.1),
    Target("", "cost_full_year", ownership=("for-profit",), at_most=1e6),
    Target("", "profit_symmetry", ownership=("for-profit",), at_most=0.0),
    Target("", "p90_p10", ownership=("charity",), at_most=2.0),
)


@pytest.mark.parametrize(
    "target", NAMED, ids=lambda one: f"{one.measure} {one.grade} {one.ownership}".strip()
)
def test_that_a_targets_range_is_of_the_figure_that_it_is_about(target: Target) -> None:
    """Taken with the target's own words: with the weights themselves it is the target's own value."""
    verdict = judge((target,), sector(), appraised())[0]
    assert verdict.value is not None
    draws = draws_under(sector(), weighting_of(sector()).weights[np.newaxis])
    view = view_of(sector(), appraised())
    growth = figures_in(view, draws)["paybill_growth"]
    once = figures_in(within(target, sector(), view), draws, asked=target, growth=growth)
    assert once[target.measure][0] == pytest.approx(verdict.value, rel=1e-9, abs=1e-12)
    span = ranges_and_verdicts(sector(), appraised(), (verdict,))[1][0].range
    assert span is not None
    assert span.low <= verdict.value <= span.high


def test_that_a_target_on_each_employer_has_no_range_nor_have_returns_alone() -> None:
    every = Target("", "gini", at_most=0.1, scope=TargetScope.EVERY_EMPLOYER)
    verdicts = judge((every,), sector(), appraised())
    assert ranges_and_verdicts(sector(), appraised(), verdicts)[1] == verdicts
    assert verdicts[0].range is None
    assert (verdicts[0].n, verdicts[0].n_of) == (10, "employers")
    alone = replace(sector(), grossing=type(sector().grossing)())
    plain = Target("", "gini", at_most=0.1)
    found = appraise(alone, plain_offer())
    assert ranges_and_verdicts(alone, found, judge((plain,), alone, found))[1][0].range is None


def test_that_trials_without_a_value_are_passed_over_as_long_as_they_are_few() -> None:
    values = np.arange(100, dtype=np.float64)
    values[:5] = np.nan
    span = range_of(values)
    assert span is not None
    assert (span.low, span.high) == pytest.approx(middle(values[5:].tolist(), SHARE))
    values[5] = np.nan
    assert range_of(values) is None


def test_that_the_trials_are_those_drawn_by_hand() -> None:
    found = trial_weights(weighting_of(sector()), trials=50)
    for drawn, by_hand in zip(found, trials_by_hand(CELLS, trials=50, seed=SEED), strict=True):
        assert dict(zip("ABCDEFGHIJ", drawn.tolist(), strict=True)) == pytest.approx(by_hand)


def test_that_each_kind_of_owner_has_ranges_of_its_own_figures() -> None:
    found = {one.name: one for one in by_owner(sector(), appraised(), with_ranges=True)}
    assert set(found) == {"charity", "owner-managed"}
    for one in found.values():
        for measure in ("p50", "gini", "compa_ratio", "cost_full_year", "operating_margin"):
            value = one.after[measure]
            assert value is not None
            assert one.ranges[measure].low <= value <= one.ranges[measure].high, (one.name, measure)
    assert next(iter(by_owner(sector(), appraised()))).ranges == {}
