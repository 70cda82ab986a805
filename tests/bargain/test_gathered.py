"""Like posts worked out as one row give what every post worked out by itself gives: field by field, to the penny."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain import gathering
from bargain.appraisal import appraise, live_view_of, view_of
from bargain.commands.bench_sector import made_offer
from bargain.commands.bench_sector import made_sector as bench_sector
from bargain.gathering import asked_of
from bargain.measures.catalogue import MEASURES
from bargain.offers.offer_file import read_offer
from bargain.targets import judge, views_by_employer
from models.appraisal import Appraisal
from models.assumptions import Assumption
from models.basis import Basis
from models.employer import Employer, Ownership
from models.index_link import Index, IndexLink
from models.issues import UnusableInput
from models.later import Later, Rows
from models.offer import (
    AppliesTo,
    Differential,
    Offer,
    On,
    PayRule,
    Scope,
    Settlement,
    Taper,
    Weighting,
    Within,
)
from models.payscale import PayScale, ScalePoint
from models.sector import Sector
from models.spine import EqualSteps, InsertedPoint, NewSpine
from models.target import Target, TargetScope
from models.terms import Terms
from models.workforce import Contract, Sex
from tests.bargain.export.workbooks import COVER, TERMS
from tests.helpers.f1 import O2, Row, f1_sector, workforce_of

PENNY = 10_000
POUND = 1_000_000
ASSUMED = (COVER, Assumption("allowances_share", "Allowances", 0.06, "share", source="made"))
GRADES = ("Support", "Senior", "Leader")
EMPLOYERS = (
    Employer("A", Ownership.CHARITY, "Wales"),
    Employer("B", Ownership.LISTED, "London", pension_ppm=50_000),
    Employer("C", Ownership.NHS, "London", pension_ppm=143_800, pension_on_band=False),
    Employer("D", Ownership.CHARITY),
)
SCALE = PayScale(
    "made",
    Basis.YEAR,
    tuple(ScalePoint(str(at), (23_000 + 700 * at) * POUND, GRADES[at // 4]) for at in range(12)),
)


@contextmanager
def rows_a_post(share: float) -> Iterator[None]:
    """Posts are gathered where that leaves no more rows a post than this; below nought: never."""
    before = gathering._WORTHWHILE
    gathering._WORTHWHILE = share
    try:
        yield
    finally:
        gathering._WORTHWHILE = before


def unseen(sector: Sector) -> Sector:
    """The same sector with staff of whom nothing has been kept."""
    return replace(sector, workforce=replace(sector.workforce))


def both_ways(sector: Sector, offer: Offer, weight: str = "heads") -> tuple[Appraisal, Appraisal]:
    with rows_a_post(9):
        quick = appraise(unseen(sector), offer, weight=weight)
    with rows_a_post(-1):
        plain = appraise(unseen(sector), offer, weight=weight)
    return quick, plain


def assert_alike(one: object, other: object, where: str = "") -> None:
    """Every number, text and column: rates and counts exactly, pounds and shares but for the order of a sum."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        assert one.dtype == other.dtype, where
        if one.dtype.kind == "f":
            assert np.allclose(one, other, rtol=1e-12, atol=0, equal_nan=True), where
        else:
            assert np.array_equal(one, other), where
    elif isinstance(one, Later) and isinstance(other, Later):
        assert_alike(one.value, other.value, where)
    elif is_dataclass(one) and not isinstance(one, type):
        for field in fields(one):
            assert_alike(getattr(one, field.name), getattr(other, field.name), f"{where}.{field.name}")
    elif isinstance(one, dict) and isinstance(other, dict):
        assert list(one) == list(other), where
        for key in one:
            assert_alike(one[key], other[key], f"{where}.{key}")
    elif isinstance(one, tuple | list | Rows) and isinstance(other, tuple | list | Rows):
        assert len(one) == len(other), where
        for at, (left, right) in enumerate(zip(one, other, strict=True)):
            assert_alike(left, right, f"{where}[{at}]")
    elif isinstance(one, float) and isinstance(other, float):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-7, nan_ok=True), where
    else:
        assert one == other, where


@st.composite
def hourly_rows(draw: st.DrawFn) -> Row:
    return Row(
        employer=draw(st.sampled_from("ABCD")),
        grade=draw(st.sampled_from((*GRADES, "unknown title"))),
        rate=f"{draw(st.integers(1150, 1700)) / 100:.2f}",
        heads=draw(st.sampled_from((1.0, 1.0, 1.0, 2.0, 0.3))),
        hours=draw(st.sampled_from((37.5, 20.0))),
        full_hours=draw(st.sampled_from((37.5, 37.5, 37.5, 40.0))),
        age=draw(st.sampled_from((-1, 19, 21))),
        sleep_ins=draw(st.sampled_from((0.0, 40.0))),
    )


@st.composite
def any_rows(draw: st.DrawFn) -> Row:
    row = draw(hourly_rows())
    if draw(st.booleans()):
        return row
    return replace(
        row,
        basis=Basis.YEAR,
        rate=f"{draw(st.integers(22_000, 33_000))}.{draw(st.sampled_from(('00', '505')))}",
        fte=0.5,
    )


pence = st.integers(0, 90).map(lambda one: one * PENNY)
cash = st.integers(0, 2_500).map(lambda one: one * POUND)
percent = st.integers(0, 900).map(lambda one: one * 100)
scopes = st.just(Scope()) | st.builds(
    Scope,
    grades=st.sampled_from(((), ("Support",), ("Senior", "Leader"))),
    employers=st.sampled_from(((), ("A",))),
    ownership=st.sampled_from(((), ("charity",), ("for-profit",))),
    regions=st.sampled_from(((), ("London",))),
    pay_up_to_micros=st.sampled_from((None, 27_000 * POUND)),
)
tapers = st.none() | st.builds(
    Taper,
    from_pay_micros=st.just(22_000 * POUND),
    to_pay_micros=st.just(31_000 * POUND),
    to_percent_ppm=percent,
    to_cash_micros=cash,
)
rules = st.builds(
    PayRule,
    scope=scopes,
    percent_ppm=percent,
    cash_micros=st.just(0) | cash,
    at_least_cash_micros=st.none() | cash,
    at_least_hourly_micros=st.none() | pence,
    at_most_cash_micros=st.none() | cash,
    at_most_percent_ppm=st.none() | percent,
    percent_of_first_micros=st.none() | st.just(25_000 * POUND),
    non_consolidated=st.sampled_from((False, False, False, True)),
    pro_rata=st.sampled_from((True, True, False)),
    taper=tapers,
    index=st.none() | st.just(IndexLink(Index.CPI, assumed_ppm=21_000)),
    in_all=st.sampled_from((False, False, False, True)),
)


def differential(grade: str, over: str) -> st.SearchStrategy[Differential]:
    return st.builds(
        Differential,
        st.just(grade),
        st.just(over),
        at_least_percent_ppm=st.integers(0, 1200).map(lambda one: one * 100),
        at_least_hourly_micros=st.none() | pence,
        within=st.sampled_from((Within.EMPLOYER, Within.EMPLOYER, Within.SECTOR)),
        on=st.sampled_from(On),
    )


ladders = st.just(()) | st.tuples(differential("Senior", "Support"), differential("Leader", "Senior"))
terms = st.just(Terms()) | st.builds(
    Terms,
    weekly_hours=st.none() | st.just(36.0),
    annual_leave_days=st.none() | st.just(31),
    sleep_in_micros=st.none() | st.just(61 * POUND),
    paid_training_hours=st.none() | st.just(20),
    employer_pension_ppm=st.none() | st.just(60_000),
    zero_hours=st.none() | st.just("guaranteed"),
)
weightings = st.just(()) | st.just((Weighting(("London",), 1_400 * POUND),))


def steps(day: date, **more: st.SearchStrategy[object]) -> st.SearchStrategy[Settlement]:
    return st.builds(
        Settlement,
        st.just(day),
        floor_micros=st.none() | st.integers(1250, 1500).map(lambda one: one * PENNY),
        pay=st.lists(rules, max_size=2).map(tuple),
        differentials=ladders,
        favourability=st.booleans(),
        **more,  # type: ignore[arg-type]
    )


def offers(**more: st.SearchStrategy[object]) -> st.SearchStrategy[Offer]:
    first, second = steps(date(2026, 4, 6), **more), steps(date(2027, 1, 1), **more)
    return st.builds(Offer, st.just("made"), settlements=st.tuples(first) | st.tuples(first, second))


def sector_of(made: list[Row], *, own: bool, seed: int, **more: object) -> Sector:
    """A sector of these rows, each grade and employer being there at least in name. own: allowance and levy are due."""
    every = [*made, *(Row("A", grade, "14.00", 0.0) for grade in GRADES)]
    force = workforce_of(every, employers="ABCD", grades=GRADES)
    chance = np.random.default_rng(seed)
    force = replace(
        force,
        sex=chance.integers(-1, len(Sex) - 1, len(force)).astype(np.int8),
        apprentice=chance.integers(-1, 2, len(force)).astype(np.int8),
        veteran=chance.integers(-1, 2, len(force)).astype(np.int8),
        pension_on_band=chance.integers(-1, 2, len(force)).astype(np.int8),
        contract=chance.choice(
            [Contract.UNKNOWN, Contract.PERMANENT, Contract.ZERO_HOURS], len(force)
        ).astype(np.int8),
    )
    records = (
        (
            replace(EMPLOYERS[0], claims_employment_allowance=True),
            replace(EMPLOYERS[1], pays_levy=True),
            *EMPLOYERS[2:],
        )
        if own
        else EMPLOYERS
    )
    made_of = Sector(
        "made", grades=GRADES, employers=records, workforce=force, terms=TERMS, assumptions=ASSUMED
    )
    return replace(made_of, **more)  # type: ignore[arg-type]


def assert_both_ways(sector: Sector, offer: Offer, weight: str) -> None:
    told = [outcome(sector, offer, weight, share) for share in (9, -1)]
    assert_alike(*told)


def outcome(sector: Sector, offer: Offer, weight: str, share: float) -> Appraisal | str:
    """The appraisal, or why there is none."""
    try:
        with rows_a_post(share):
            return appraise(unseen(sector), offer, weight=weight)
    except UnusableInput as refusal:
        return str(refusal)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(hourly_rows(), min_size=1, max_size=40),
    offers(),
    st.booleans(),
    st.sampled_from(("heads", "hours")),
    st.integers(0, 9),
)
def test_that_hourly_posts_worked_out_together_cost_what_they_cost_one_by_one(
    made: list[Row], offer: Offer, own: bool, weight: str, seed: int
) -> None:
    assert_both_ways(sector_of(made, own=own, seed=seed), offer, weight)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(any_rows(), min_size=1, max_size=25),
    offers(terms=terms, weightings=weightings, allowances_ppm=st.none() | st.just(30_000)),
    st.booleans(),
    st.integers(0, 9),
)
def test_that_posts_of_every_kind_worked_out_together_cost_what_they_cost_one_by_one(
    made: list[Row], offer: Offer, own: bool, seed: int
) -> None:
    assert_both_ways(sector_of(made, own=own, seed=seed), offer, "heads")


spines = st.none() | st.just(
    NewSpine(equal=EqualSteps.CASH, bottom_micros=24_000 * POUND, step=900 * POUND, count=6, prefix="n")
)
inserts = st.just(()) | st.just((InsertedPoint("3a", "3"),))


@settings(max_examples=50, deadline=None)
@given(
    st.lists(any_rows(), min_size=1, max_size=20),
    offers(
        applies_to=st.sampled_from(AppliesTo),
        absorb=st.booleans(),
        delete_points=st.just(()) | st.just(("0-1",)),
        spine=spines,
        insert_points=inserts,
    ),
    st.integers(0, 9),
)
def test_that_posts_on_a_scale_worked_out_together_cost_what_they_cost_one_by_one(
    made: list[Row], offer: Offer, seed: int
) -> None:
    sector = sector_of(made, own=False, seed=seed, scale=SCALE)
    force = sector.workforce
    chance = np.random.default_rng(seed)
    point = chance.integers(-1, len(SCALE.points), len(force)).astype(np.int32)
    amounts = np.array([one.amount_micros for one in SCALE.points] + [0])
    on_it = (point >= 0) & (force.basis == Basis.YEAR) & (chance.random(len(force)) < 0.7)
    force = replace(
        force,
        points=tuple(one.name for one in SCALE.points),
        point_code=point,
        rate_micros=np.where(on_it, amounts[point], force.rate_micros),
    )
    assert_both_ways(replace(sector, workforce=force), offer, "heads")


def test_that_lifted_staff_get_rows_of_their_own_and_few_of_them() -> None:
    sector = bench_sector(20_000, 100)
    with rows_a_post(9):
        found = appraise(unseen(sector), made_offer())
        rows = len(live_view_of(sector, found).heads)
    with rows_a_post(-1):
        plain = appraise(unseen(sector), made_offer())
    assert rows < 10_000
    assert asked_of(sector, made_offer()).lifts
    assert_alike(found, plain)


def test_that_a_salary_or_a_fraction_of_a_penny_is_never_lifted_by_the_short_way() -> None:
    sector = bench_sector(50, 3)
    force = sector.workforce
    for changed in (
        replace(force, basis=np.full(50, int(Basis.YEAR), dtype=np.int8)),
        replace(force, rate_micros=force.rate_micros + 1),
    ):
        assert not asked_of(replace(sector, workforce=changed), made_offer()).lifts


def test_that_rows_are_lifted_again_by_a_later_step() -> None:
    sector = bench_sector(3_000, 20)
    first, second, _ = made_offer().settlements
    again = replace(made_offer(), settlements=(first, replace(first, effective=second.effective)))
    quick, plain = both_ways(sector, again)
    assert_alike(quick, plain)
    assert len(live_view_of(sector, quick).heads) < len(sector.workforce) * 3


@pytest.mark.parametrize("on", [On.HIGHEST, On.MEDIAN, On.LOWEST])
def test_that_a_chain_of_differentials_stands_on_what_the_one_before_has_lifted(on: On) -> None:
    """By hand: support is paid 13.00 and 13.40 (median and lowest 13.00), seniors 13.10, leaders 13.20 and 18.00."""
    rows = [
        Row("A", "Support", "13.00", heads=2.0),
        Row("A", "Support", "13.40"),
        Row("A", "Senior", "13.10"),
        Row("A", "Leader", "13.20"),
        Row("A", "Leader", "18.00"),
    ]
    offer = Offer(
        "chain",
        settlements=(
            Settlement(
                date(2026, 4, 6),
                differentials=(
                    Differential("Leader", "Senior", 100_000, within=Within.EMPLOYER, on=on),
                    Differential("Senior", "Support", 100_000, within=Within.EMPLOYER, on=on),
                    Differential("Leader", "Support", at_least_hourly_micros=POUND, on=on),
                ),
            ),
        ),
    )
    senior, leader = ("14.74", "16.21") if on is On.HIGHEST else ("14.30", "15.73")
    quick, plain = both_ways(sector_of(rows, own=False, seed=0), offer)
    for made in (quick, plain):
        after = made.workforce_after.rate_micros[: len(rows)]
        assert [f"{one / POUND:.2f}" for one in after] == ["13.00", "13.40", senior, leader, "18.00"]


def test_that_who_was_paid_most_is_not_taken_for_who_is() -> None:
    """By hand: £2,000 a year is 1.0228 an hour of a 37.5-hour week, 0.9589 of one of 40: 14.0228 × 1.1 = 15.43."""
    rows = [
        Row("A", "Support", "13.00", full_hours=37.5),
        Row("A", "Support", "13.01", full_hours=40.0, hours=40.0),
        Row("A", "Senior", "13.02"),
    ]
    step = Settlement(
        date(2026, 4, 6),
        pay=(PayRule(cash_micros=2_000 * POUND),),
        differentials=(Differential("Senior", "Support", 100_000),),
    )
    for made in both_ways(sector_of(rows, own=False, seed=0), Offer("turned", settlements=(step,))):
        after = made.workforce_after.rate_micros[: len(rows)]
        assert [f"{one / POUND:.2f}" for one in after] == ["14.02", "13.97", "15.43"]


TARGETS = (
    Target("spread", "p90_p10_change", at_most=0.0),
    Target("gap", "smallest_differential", at_least=0.05),
    Target("each gap", "smallest_differential", at_least=0.05, scope=TargetScope.EVERY_EMPLOYER),
    Target("each margin", "operating_margin", at_least=0.0, scope=TargetScope.EVERY_EMPLOYER),
    Target("each median", "p50", at_least=12.0, scope=TargetScope.EVERY_EMPLOYER),
    Target("each cost", "cost_full_year", at_most=1e5, scope=TargetScope.EVERY_EMPLOYER),
    Target("ladder", "differential", at_least=0.05, grade="Team leader", over="Senior support worker"),
    Target("low pay", "low_pay_share", at_most=0.1, hourly=13.85),
    Target("norm", "restraint_gap", at_most=0.0, norm=0.04),
    Target("women", "gender_pay_gap_median", at_most=0.05),
    Target("parity", "parity_gap", at_most=0.05, hourly=15.0),
    Target("theil", "theil_between_sexes", at_most=0.05),
    Target("cost", "cost_full_year", at_most=1e6),
    Target("half", "paybill_growth", at_most=0.05, scope=TargetScope.EVERY_GRADE),
    Target("charities", "p50", at_least=12.0, ownership=("owner-managed",)),
)


def test_that_verdicts_are_those_of_the_posts_one_by_one() -> None:
    sector = bench_sector(2_000, 12)
    quick, plain = both_ways(sector, made_offer())
    assert_alike(judge(TARGETS, sector, quick), judge(TARGETS, sector, plain))


def test_that_what_is_known_of_all_employers_at_once_is_what_each_alone_says() -> None:
    sector = f1_sector()
    found = appraise(sector, read_offer(O2, source="offer"))
    for measure, info in (("smallest_differential", False), ("operating_margin", True)):
        target = Target("each", measure, at_least=0.0, scope=TargetScope.EVERY_EMPLOYER)
        alone = {
            name: MEASURES[measure].take(view, target, True)
            for name, view in views_by_employer(sector, view_of(sector, found))
        }
        verdict = judge((target,), sector, found)[0]
        known = {name: value for name, value in alone.items() if value is not None}
        assert verdict.worst is not None
        assert (verdict.worst.name, verdict.value) == min(known.items(), key=lambda one: one[1])
        assert verdict.n == len(known)
        why = "not known" if info else "does not apply"
        assert verdict.left_out == tuple(f"{name}: {why}" for name, value in alone.items() if value is None)


def test_that_rows_for_many_posts_do_not_answer_for_what_only_a_post_knows() -> None:
    sector = bench_sector(2_000, 12)
    with rows_a_post(9):
        found = appraise(unseen(sector), made_offer())
    live, posts = live_view_of(sector, found), view_of(sector, found)
    assert len(posts.sex) == len(sector.workforce)
    assert len(live.sex) == 0
    with pytest.raises(ValueError, match="many posts"):
        live.column("start_month")
