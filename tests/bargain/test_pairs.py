"""The pairs: the verdicts of requirements U1 and S0-23 on F1's three offers, and a half that nothing guards."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.pairs import pairs_of
from models.target import Pair, Status, Target, TargetScope
from tests.helpers.f1 import F1_ROWS, GRADES, O1, O2, O3, f1_sector

EVERY = TargetScope.EVERY_EMPLOYER
NARROW = Target("Narrow", "p90_p10_change", at_most=-0.015)
AHEAD = Target("Ahead", "differential", at_least=0.08, scope=EVERY, grade=GRADES[1], over=GRADES[0])
NORM = Target("Norm", "restraint_gap", at_most=0.0, norm=0.035)
CAP = Target("Cap", "operating_margin", at_most=0.20, scope=EVERY, ownership=("for-profit",))


def pairs(offer: str, *targets: Target, symmetry: bool = False) -> tuple[Pair, Pair]:
    sector = f1_sector()
    appraisal = appraise(sector, read_offer(offer, source="o"))
    return pairs_of(targets, sector, appraisal, symmetry=symmetry)


@pytest.mark.parametrize(
    ("offer", "narrow", "ahead", "together"),
    [
        (O1, Status.MISSED, Status.MISSED, Status.MISSED),
        (O2, Status.MET, Status.MET, Status.MET),
        (O3, Status.MET, Status.MISSED, Status.MISSED),
    ],
)
def test_that_an_offer_passes_only_with_both_halves(
    offer: str, narrow: Status, ahead: Status, together: Status
) -> None:
    compression, _ = pairs(offer, NARROW, AHEAD)

    assert (compression.halves[0].status, compression.halves[1].status) == (narrow, ahead)
    assert compression.status is together


def test_that_a_floor_only_offer_shows_its_crushed_differential_without_any_target() -> None:
    compression, _ = pairs(O3)
    dispersion, smallest = compression.facts

    assert compression.status is Status.NOT_KNOWN
    assert "floor would pass unseen" in compression.halves[1].note
    assert dispersion.value == pytest.approx(-0.0831, abs=5e-5)
    assert smallest.worst is not None
    assert (smallest.worst.name, smallest.worst.value) == ("A", 0.0)


def test_that_catch_up_stands_apart_from_the_general_rise() -> None:
    """F1 O2: general 3.0 %, catch-up 3.48 %, total 6.48 % against a norm of 3.5 %."""
    _, restraint = pairs(O2, NORM, CAP)
    general, catch_up, growth = restraint.facts[:3]

    assert restraint.halves[0].status is Status.MET
    assert general.value == pytest.approx(0.03)
    assert catch_up.value == pytest.approx(0.0348, abs=5e-5)
    assert growth.value == pytest.approx(0.0648, abs=5e-5)


def test_that_margins_are_named_by_employer_before_the_average() -> None:
    """F1 O2 without a fee: A 13.72 %, B 2.78 %, and the average 10.20 % last."""
    _, restraint = pairs(O2)
    highest, lowest, average = restraint.facts[3:6]

    assert highest.worst is not None
    assert lowest.worst is not None
    assert (highest.worst.name, highest.value) == ("A", pytest.approx(0.1372, abs=5e-5))
    assert (lowest.worst.name, lowest.value) == ("B", pytest.approx(0.0278, abs=5e-5))
    assert average.value == pytest.approx(0.1020, abs=5e-5)


@pytest.mark.parametrize(
    ("fees", "status"), [('rule = "hold_margin"', Status.MISSED), ("uplift_percent = 3.0", Status.MET)]
)
def test_that_the_symmetry_rule_is_broken_where_profit_outgrows_pay(fees: str, status: Status) -> None:
    """S0-23: with a 3 % fee A's profit falls by 15.5 %; with its margin held it grows by 7.57 %, over 6.48 %."""
    sector = f1_sector()
    only_a = replace(sector, accounts=sector.accounts[:1])
    appraisal = appraise(only_a, read_offer(f"{O2}\n  [settlement.fees]\n  {fees}\n", source="o"))
    ruled = replace(CAP, at_most=0.25)
    _, restraint = pairs_of([NORM, ruled], only_a, appraisal, symmetry=True)
    rule = next(one for one in restraint.halves[1].verdicts if one.target.measure == "profit_symmetry")

    assert rule.worst is not None
    assert rule.worst.name == "A"
    assert (rule.met is False) is (status is Status.MISSED)
    wanted = -0.155 - 0.0648 if status is Status.MET else 0.0757 - 0.0648
    assert rule.value == pytest.approx(wanted, abs=1e-3)


def test_that_a_limit_on_the_average_alone_is_said_to_hide_the_spread() -> None:
    _, restraint = pairs(O2, NORM, Target("Average", "operating_margin", at_most=0.15))

    assert "hides the spread" in restraint.halves[1].note


def test_that_a_floor_under_dispersion_or_a_ceiling_on_a_differential_guards_neither_half() -> None:
    """What an employers' side may also ask for: at least so much spread, at most so large a gap."""
    wide = Target("Keep the spread", "p90_p10", at_least=1.1)
    small = Target("No gap above", "smallest_differential", at_most=0.5)
    compression, _ = pairs(O2, wide, small)

    assert [half.status for half in compression.halves] == [Status.NOT_KNOWN, Status.NOT_KNOWN]
    assert not any(half.verdicts for half in compression.halves)


def test_that_a_differential_of_the_sector_alone_is_said_to_hide_employers() -> None:
    """F1 O3: the sector's medians are 8 % apart, at A both grades are paid the same."""
    whole = replace(AHEAD, scope=TargetScope.SECTOR, at_least=0.0)
    guarded, _ = pairs(O3, NARROW, replace(AHEAD, at_least=0.0))
    hidden, _ = pairs(O3, NARROW, whole)

    assert "hide the employers" in hidden.halves[1].note
    assert guarded.halves[1].note == ""


@settings(max_examples=20, deadline=None)
@given(st.integers(1_271, 1_700), st.integers(0, 12), st.integers(-100, 0))
def test_that_an_offer_that_only_lifts_the_floor_passes_the_pair_exactly_where_it_does_by_hand(
    floor: int, gap: int, narrower: int
) -> None:
    """Rates and percentiles in plain Python: every rate is lifted to the floor, each person is counted once."""
    limits = (Fraction(narrower, 1000), Fraction(gap, 100))
    text = f"[[settlement]]\neffective = 2026-04-06\nfloor_hourly = {floor / 100:.2f}\n"
    found, _ = pairs(
        text, replace(NARROW, at_most=float(limits[0])), replace(AHEAD, at_least=float(limits[1]))
    )
    before = [Fraction(row.rate) for row in F1_ROWS]
    after = [max(rate, Fraction(floor, 100)) for rate in before]
    change = spread_of(after) / spread_of(before) - 1
    rates = {(row.employer, row.grade): rate for row, rate in zip(F1_ROWS, after, strict=True)}
    least = min(rates[name, GRADES[1]] / rates[name, GRADES[0]] - 1 for name in "ABC")

    assert (found.status is Status.MET) is (change <= limits[0] and least >= limits[1])


def spread_of(rates: list[Fraction]) -> Fraction:
    """P90 : P10 over everybody of F1, without interpolation."""
    people = sorted(rate for rate, row in zip(rates, F1_ROWS, strict=True) for _ in range(round(row.heads)))

    def at(share: Fraction) -> Fraction:
        return people[ceil(share * len(people)) - 1]

    return at(Fraction(9, 10)) / at(Fraction(1, 10))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 80), st.integers(-20, 120))
def test_that_the_symmetry_rule_holds_each_employers_profit_to_the_sectors_pay_bill(
    rise: int, fee: int
) -> None:
    """Profit by hand from revenue, costs and the rise in labour; growth against that of everybody's basic pay."""
    sector = f1_sector()
    text = (
        f"[[settlement]]\neffective = 2026-04-06\n  [[settlement.pay]]\n  percent = {rise / 10}\n"
        f"  [settlement.fees]\n  uplift_percent = {fee / 10}\n"
    )
    appraisal = appraise(sector, read_offer(text, source="o"))
    _, restraint = pairs_of([NORM], sector, appraisal, symmetry=True)
    rule = restraint.halves[1].verdicts[0]
    grown = appraisal.after.paybill / appraisal.before.paybill - 1
    over = {}
    for name, revenue, costs in (("A", 5_600_000, 4_491_715), ("B", 2_650_000, 2_495_701)):
        more = next(one.full_year for one in appraisal.cost.by_employer if one.name == name)
        profit = revenue - costs
        over[name] = (revenue * fee / 1000 - more) / profit - grown
    worst = max(over, key=lambda name: over[name])

    assert rule.worst is not None
    assert (rule.worst.name, rule.value) == (worst, pytest.approx(over[worst]))
    assert rule.met is (False if over[worst] > 1e-9 else None)  # C has no accounts, so it is never simply met
