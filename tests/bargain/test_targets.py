"""Verdicts: not known is never met, an employer without a grade is left out, close is missed by a little."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import appraise, view_of
from bargain.measures.catalogue import MEASURES
from bargain.measures.each_employer import AT_ONCE
from bargain.offers.offer_file import read_offer
from bargain.targets import judge, views_by_employer
from models.employer import Employer, Ownership
from models.issues import UnusableInput
from models.sector import Sector
from models.target import Status, Target, TargetScope, Verdict
from tests.helpers.f1 import EMPLOYERS, GRADES, O2, Row, f1_sector, workforce_of


def verdict(target: Target, sector: Sector | None = None, offer: str = O2) -> Verdict:
    sector = sector or f1_sector()
    return judge([target], sector, appraise(sector, read_offer(offer, source="o")))[0]


def everyone(measure: str, **limits: object) -> Target:
    return Target(measure, measure, scope=TargetScope.EVERY_EMPLOYER, **limits)  # type: ignore[arg-type]


def test_that_a_margin_of_an_employer_without_accounts_is_not_known_and_not_met() -> None:
    found = verdict(everyone("operating_margin", at_most=0.5))

    assert found.met is None
    assert found.status is Status.NOT_KNOWN
    assert found.left_out == ("C: not known",)


def test_that_a_known_breach_is_a_breach_even_where_others_are_not_known() -> None:
    assert verdict(everyone("operating_margin", at_most=0.05)).met is False


@pytest.mark.parametrize(
    ("ownership", "n"),
    [
        (("for-profit",), 1),
        (("charity",), 1),
        (("not-for-profit", "for-profit"), 2),
        (("public",), 0),
        (("NHS",), 0),
    ],
)
def test_that_a_filter_takes_a_type_or_its_family(ownership: tuple[str, ...], n: int) -> None:
    assert verdict(everyone("operating_margin", at_most=0.5, ownership=ownership)).n == n


def test_that_an_employer_without_the_grade_is_left_out_and_does_not_decide() -> None:
    sector = f1_sector()
    rows = [Row("A", GRADES[0], "12.71", 5), Row("A", GRADES[1], "14.60", 5), Row("B", GRADES[0], "13.00", 5)]
    alone = replace(sector, workforce=workforce_of(rows, employers="AB", grades=GRADES), accounts=())
    target = everyone("differential", grade=GRADES[1], over=GRADES[0], at_least=0.05)
    offer = "[[settlement]]\neffective = 2026-04-06\n"
    found = verdict(target, alone, offer)

    assert found.met is True
    assert found.n == 1
    assert found.left_out == ("B: does not apply",)


@pytest.mark.parametrize(
    ("limit", "status"),
    [(500_000, Status.MET), (471_619, Status.MET), (460_000, Status.CLOSE), (400_000, Status.MISSED)],
)
def test_that_close_is_missed_by_less_than_a_twentieth(limit: float, status: Status) -> None:
    found = verdict(Target("cost", "cost_full_year", at_most=limit))

    assert found.status is status
    assert found.met is (status is Status.MET)
    assert found.margin == pytest.approx(limit - 471_618.57, abs=0.01)


def test_that_a_measure_can_be_asked_of_every_grade() -> None:
    target = Target("floor", "lowest", at_least=15.0, scope=TargetScope.EVERY_GRADE)
    found = verdict(target)

    assert found.worst is not None
    assert (found.worst.name, found.worst.value) == (GRADES[0], 14.0)
    assert found.met is False


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (Target("x", "nonsense", at_most=1), "not known"),
        (Target("x", "differential", at_least=0.1), "needs “grade”"),
        (Target("x", "restraint_gap", at_most=0), "needs “norm”"),
        (Target("x", "parity_gap", at_most=0), "needs “hourly”"),
    ],
)
def test_that_a_target_that_asks_for_nonsense_is_refused(target: Target, says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        verdict(target)


def test_that_the_restraint_gap_tests_the_general_rise_against_the_norm() -> None:
    found = verdict(Target("norm", "restraint_gap", at_most=0.0, norm=0.035))

    assert found.value == pytest.approx(-0.005, abs=1e-4)
    assert found.met is True


def test_that_margins_are_judged_employer_by_employer_and_not_on_the_average() -> None:
    """F1, O2: the average of 10.2 % looks settled; B is at 2.78 %."""
    below = verdict(Target("thin", "employers_below_margin", at_most=0, margin=0.03))
    worst = verdict(everyone("operating_margin", at_least=0.03, ownership=("for-profit", "charity")))

    assert below.value == 1
    assert worst.worst is not None
    assert worst.worst.name == "B"
    assert round(worst.worst.value, 4) == 0.0278


def test_that_an_owner_not_recorded_belongs_to_no_family() -> None:
    sector = replace(f1_sector(), employers=(*EMPLOYERS[:2], Employer("C", Ownership.UNKNOWN)))

    assert verdict(everyone("lowest", at_least=1, ownership=("public",)), sector).n == 0


@st.composite
def some_rows(draw: st.DrawFn) -> list[Row]:
    """Staff of up to four employers, some without a grade; heads in fractions, as grossing up makes them."""
    cells = st.tuples(
        st.sampled_from("ABCD"),
        st.sampled_from((*GRADES, "")),
        st.integers(1_200, 2_600),
        st.sampled_from((0.5, 1.0, 2.0, 3.25)),
    )
    made = draw(st.lists(cells, min_size=1, max_size=25))
    return [Row(employer, grade, f"{pence / 100:.2f}", heads) for employer, grade, pence, heads in made]


def median_of(rows: list[Row], employer: str, grade: str) -> Fraction | None:
    """The lowest rate at which half of the heads are reached, in plain Python."""
    held = sorted(
        (Fraction(row.rate), row.heads) for row in rows if (row.employer, row.grade) == (employer, grade)
    )
    half, reached = sum(heads for _, heads in held) / 2, 0.0
    for rate, heads in held:
        reached += heads
        if reached >= half:
            return rate
    return None


@settings(max_examples=30, deadline=None)
@given(some_rows())
def test_that_a_gap_at_every_employer_at_once_is_that_of_each_by_itself(rows: list[Row]) -> None:
    sector = replace(f1_sector(), workforce=workforce_of(rows, employers="ABCD", grades=GRADES), accounts=())
    nothing = "[[settlement]]\neffective = 2026-04-06\n"
    view = view_of(sector, appraise(sector, read_offer(nothing, source="o")))
    pair = everyone("differential", grade=GRADES[1], over=GRADES[0], at_least=0.05)
    at_once = {key: take(view, pair) for key, take in AT_ONCE.items()}

    for name, alone in views_by_employer(sector, view):
        medians = [median_of(rows, name, grade) for grade in GRADES]
        by_hand = {
            "differential": gap(medians[:2]),
            "smallest_differential": gap([one for one in medians if one is not None]),
            "operating_margin": None,  # nobody has accounts
        }
        for key, values in at_once.items():
            found = float(values["ABCD".index(name)])
            own = MEASURES[key].take(alone, pair, True)
            assert (None if isnan(found) else found) == own
            assert own == pytest.approx(by_hand[key])


def gap(medians: list[Fraction | None]) -> float | None:
    """The least step up a ladder of medians; None where two neighbours are not there."""
    steps = [
        float(upper / lower - 1)
        for lower, upper in pairwise(medians)
        if lower is not None and upper is not None
    ]
    return min(steps) if steps else None
