"""The engine against a slow calculation in exact fractions, on sectors and offers that hypothesis makes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import appraise
from models.basis import Basis
from models.employer import Employer
from models.offer import Differential, Offer, On, PayRule, Scope, Settlement, Within
from models.sector import Sector
from tests.bargain.by_hand import appraise_by_hand, gini_by_hand, percentile_by_hand
from tests.helpers.f1 import Row, workforce_of

EMPLOYERS = ("A", "B", "C")
GRADES = ("Support", "Senior", "Leader")
PENCE = 10_000
POUND = 1_000_000


def pounds(low: int, high: int, places: int = 2) -> st.SearchStrategy[str]:
    unit = 10**places
    return st.integers(low * unit, high * unit).map(lambda value: f"{value / unit:.{places}f}")


@st.composite
def rows(draw: st.DrawFn) -> Row:
    basis = draw(st.sampled_from(Basis))
    rate = draw(pounds(8, 40) if basis is Basis.HOUR else pounds(15_000, 90_000))
    return Row(
        employer=draw(st.sampled_from(EMPLOYERS)),
        grade=draw(st.sampled_from((*GRADES, "unknown title"))),
        rate=rate,
        heads=draw(st.sampled_from((1.0, 2.0, 7.0, 0.5, 12.25))),
        hours=draw(st.sampled_from((37.5, 30.0, 18.75, 7.5, 37.0))),
        full_hours=draw(st.sampled_from((37.5, 37.0, 40.0))),
        basis=basis,
        fte=draw(st.sampled_from((1.0, 0.8, 0.5, 0.25))) if basis is Basis.YEAR else None,
        age=draw(st.sampled_from((-1, 19, 20, 21, 55))),
    )


cash = st.integers(0, 300_000).map(lambda pence: pence * PENCE)
percent = st.integers(0, 1200).map(lambda hundredths: hundredths * 100)
hourly = st.integers(0, 300).map(lambda pence: pence * PENCE)
scope = st.builds(
    Scope,
    grades=st.sampled_from(((), ("Support",), ("Senior", "Leader"))),
    employers=st.sampled_from(((), ("A",))),
)
rule = st.builds(
    PayRule,
    scope=scope,
    percent_ppm=percent,
    cash_micros=st.just(0) | cash,
    at_least_cash_micros=st.none() | cash,
    at_least_percent_ppm=st.none() | percent,
    at_least_hourly_micros=st.none() | hourly,
    at_most_cash_micros=st.none() | cash,
    at_most_percent_ppm=st.none() | percent,
    in_all=st.sampled_from((False, False, True)),
)


def differential(grade: str, over: str) -> st.SearchStrategy[Differential]:
    return st.builds(
        Differential,
        st.just(grade),
        st.just(over),
        at_least_percent_ppm=st.integers(0, 2000).map(lambda hundredths: hundredths * 100),
        at_least_hourly_micros=st.none() | hourly,
        within=st.sampled_from(Within),
        on=st.sampled_from(On),
    )


ladder = st.tuples(differential("Senior", "Support"), differential("Leader", "Senior"))


def settlement(day: date) -> st.SearchStrategy[Settlement]:
    return st.builds(
        Settlement,
        st.just(day),
        floor_micros=st.none() | st.integers(1100, 1800).map(lambda pence: pence * PENCE),
        pay=st.lists(rule, max_size=3).map(tuple),
        differentials=st.just(()) | ladder,
    )


offers = st.builds(
    Offer,
    st.just("made"),
    settlements=st.tuples(settlement(date(2026, 4, 6)))
    | st.tuples(settlement(date(2026, 4, 6)), settlement(date(2026, 10, 1))),
)


def sector_of(made: list[Row]) -> Sector:
    force = workforce_of(
        [*made, *(Row("A", grade, "20.00", 0.0) for grade in GRADES)], employers=EMPLOYERS, grades=GRADES
    )
    return Sector(name="made", workforce=force, employers=tuple(Employer(name) for name in EMPLOYERS))


@settings(max_examples=250, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=12), offers)
def test_that_the_engine_pays_and_costs_what_a_calculation_by_hand_does(
    made: list[Row], offer: Offer
) -> None:
    answer = appraise_by_hand(made, offer)
    found = appraise(sector_of(made), offer)

    rates = [Fraction(int(rate), POUND) for rate in found.workforce_after.rate_micros[: len(made)]]
    assert rates == answer.rates
    for one in found.cost.by_employer:
        assert one.full_year == pytest.approx(float(answer.rise_by_employer.get(one.name, 0)), abs=0.005)
    assert found.cost.level == pytest.approx(float(answer.growth), abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(st.lists(rows().filter(lambda row: row.basis is Basis.HOUR), min_size=1, max_size=12))
def test_that_percentiles_and_gini_are_what_their_definitions_say(made: list[Row]) -> None:
    found = appraise(
        sector_of(made), Offer("none", settlements=(Settlement(date(2026, 4, 6)),))
    ).before.measures
    pairs = [(Fraction(row.rate), row.heads) for row in made]

    for key, share in (("p10", Fraction(1, 10)), ("p50", Fraction(1, 2)), ("p90", Fraction(9, 10))):
        assert found[key] == pytest.approx(float(percentile_by_hand(pairs, share)), abs=1e-9)
    assert found["gini"] == pytest.approx(float(gini_by_hand(pairs)), abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=12), offers, st.randoms(use_true_random=False))
def test_that_the_order_of_rows_does_not_matter(made: list[Row], offer: Offer, chance: object) -> None:
    shuffled = made.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = appraise(sector_of(made), offer), appraise(sector_of(shuffled), offer)

    assert first.cost.full_year == pytest.approx(second.cost.full_year, abs=1e-6)
    assert first.after.measures["p90_p10"] == second.after.measures["p90_p10"]


@settings(max_examples=150, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=12), offers)
def test_that_nobody_is_paid_less_and_all_parts_add_up(made: list[Row], offer: Offer) -> None:
    sector = sector_of(made)
    found = appraise(sector, offer)

    assert (found.workforce_after.rate_micros >= sector.workforce.rate_micros).all()
    whole = pytest.approx(found.cost.full_year, abs=1e-6)
    assert sum(one.full_year for one in found.cost.by_employer) == whole
    assert sum(one.full_year for one in found.cost.by_grade) == whole
    assert sum(one.full_year for one in found.cost.by_ownership) == whole
    assert sum(one.total for one in found.cost.elements) == whole
    assert sum(one.full_year for one in found.cost.steps) == whole
    assert (1 + found.cost.level) == pytest.approx((1 + found.cost.in_year) * (1 + found.cost.carry_over))


@settings(max_examples=100, deadline=None)
@given(st.lists(rows(), min_size=1, max_size=12), st.integers(0, 1000), st.integers(1, 200))
def test_that_a_larger_uplift_never_costs_less(made: list[Row], hundredths: int, more: int) -> None:
    def cost(uplift: int) -> float:
        step = Settlement(date(2026, 4, 6), pay=(PayRule(percent_ppm=uplift * 100),))
        return appraise(sector_of(made), Offer("up", settlements=(step,))).cost.full_year

    assert cost(hundredths + more) >= cost(hundredths) - 1e-9


def test_that_no_offer_costs_nothing() -> None:
    found = appraise(
        sector_of([Row("A", "Support", "12.71")]), Offer("now", settlements=(Settlement(date(2026, 4, 6)),))
    )

    assert found.cost.full_year == 0
    assert found.cost.level == 0
