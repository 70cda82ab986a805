"""Offer files: read strictly, written back without loss."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.offers.offer_file import read_offer, write_offer
from bargain.offers.target_file import read_targets, write_targets
from bargain.targets import KNOWN_MEASURES
from models.employer import Ownership
from models.issues import UnusableInput
from models.offer import AppliesTo, Differential, FeeRule, Fees, Offer, On, PayRule, Scope, Settlement, Within
from models.target import Target, TargetScope, TargetSet
from models.terms import Terms
from tests.helpers.f1 import O2, TARGETS

text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
names = st.lists(text, max_size=2).map(tuple)
percent = st.integers(0, 10**6)
cash = st.integers(0, 10**11)
hourly = st.integers(0, 10**9)
hours = st.integers(100, 600).map(lambda tenths: tenths / 10)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


rules = st.builds(
    PayRule,
    scope=st.builds(
        Scope,
        points=st.just("") | st.just("2-43, 50"),
        grades=names,
        employers=names,
        ownership=names,
        regions=names,
        settings=names,
    ),
    percent_ppm=percent,
    cash_micros=cash,
    at_least_cash_micros=maybe(cash),
    at_least_percent_ppm=maybe(percent),
    at_least_hourly_micros=maybe(hourly),
    at_most_cash_micros=maybe(cash),
    at_most_percent_ppm=maybe(percent),
    non_consolidated=st.booleans(),
)
differentials = st.builds(
    Differential,
    text.map(lambda name: f"grade {name}"),
    text.map(lambda name: f"over {name}"),
    at_least_percent_ppm=percent,
    at_least_hourly_micros=maybe(hourly),
    within=st.sampled_from(Within),
    on=st.sampled_from(On),
)
terms = st.builds(
    Terms,
    weekly_hours=maybe(hours),
    annual_leave_days=maybe(hours),
    sick_pay_full_weeks=maybe(hours),
    employer_pension_ppm=maybe(percent),
    sleep_in_micros=maybe(hourly),
    unsocial_ppm=st.just(()) | st.just((("night", 330_000), ("sunday", 660_000))),
    paid_training_hours=maybe(hours),
    paid_travel_time=maybe(st.booleans()),
    zero_hours=maybe(st.just("guaranteed")),
)
fees = st.builds(Fees, uplift_ppm=maybe(percent), margin_cap_ppm=maybe(percent)) | st.builds(
    Fees, st.sampled_from((FeeRule.CAP, FeeRule.HOLD_MARGIN, FeeRule.HOLD_PROFIT)), margin_cap_ppm=percent
)


def step(day: date) -> st.SearchStrategy[Settlement]:
    return st.builds(
        Settlement,
        st.just(day),
        paid_from=maybe(st.just(date(2027, 7, 1))) if day < date(2027, 7, 1) else st.none(),
        applies_to=st.sampled_from(AppliesTo),
        absorb=st.booleans(),
        floor_micros=maybe(hourly),
        delete_points=names,
        allowances_ppm=maybe(percent),
        pay=st.lists(rules, max_size=2).map(tuple),
        differentials=st.lists(differentials, max_size=2).map(tuple),
        terms=terms,
        fees=fees,
    )


offers = st.builds(
    Offer,
    text,
    by=st.just("") | text,
    settlements=st.tuples(step(date(2027, 4, 1))) | st.tuples(step(date(2027, 4, 1)), step(date(2028, 4, 1))),
    ends=maybe(st.just(date(2030, 3, 31))),
    tabled=st.booleans(),
)


@settings(deadline=None, max_examples=200)
@given(offers)
def test_that_an_offer_written_and_read_is_the_same_offer(offer: Offer) -> None:
    assert read_offer(write_offer(offer), source="x") == offer


@settings(deadline=None)
@given(
    st.builds(
        TargetSet,
        text,
        st.lists(
            st.builds(
                Target,
                text,
                st.sampled_from(sorted(KNOWN_MEASURES)),
                at_least=st.floats(-1e6, 1e6),
                scope=st.sampled_from(TargetScope),
                grade=st.just("") | text,
                over=st.just("") | text,
                ownership=st.sampled_from(((), ("for-profit",), (Ownership.CHARITY.value,))),
                hourly=st.none() | st.floats(0, 100),
                norm=st.none() | st.floats(-1, 1),
                margin=st.none() | st.floats(-1, 1),
            ),
            min_size=1,
            max_size=3,
        ).map(tuple),
    )
)
def test_that_targets_written_and_read_are_the_same_targets(targets: TargetSet) -> None:
    assert read_targets(write_targets(targets), source="x", known_measures=KNOWN_MEASURES) == targets


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            "[[settlement]]\neffective = 2026-04-01\nflor_hourly = 14",
            "settlement 1, key “flor_hourly” is not known; did you mean “floor_hourly”",
        ),
        (
            "[[settlement]]\neffective = 2026-04-01\n[[settlement.pay]]\nprecent = 3",
            "settlement 1, pay 1, key “precent” is not known; did you mean “percent”",
        ),
        ("[[settlement]]\nfloor_hourly = 14", "key “effective” is missing"),
        ('[[settlement]]\neffective = "soon"', "must be a date"),
        (
            "[[settlement]]\neffective = 2026-04-01\n[[settlement.pay]]\npercent = 300",
            "above the most that makes sense",
        ),
        ("[[settlement]]\neffective = 2026-04-01\n[[settlement.pay]]\npercent = -3", "below the least"),
        ("[[settlement]]\neffective = 2026-04-01\n[[settlement.pay]]\npercent = nan", "must be a number"),
        ("[[settlement]]\neffective = 2026-04-01\n[[settlement.pay]]\npercent = 'three'", "must be a number"),
        (
            '[[settlement]]\neffective = 2026-04-01\napplies_to = "some"',
            "it may be “actual”, “minimum” or “both”",
        ),
        ("[[settlement]]\neffective = 2026-04-01\npaid_from = 2026-01-01", "before the effective date"),
        (
            "[[settlement]]\neffective = 2026-04-01\n[[settlement]]\neffective = 2026-04-01",
            "not in date order",
        ),
        ("format = 9", "reads format 1"),
        ("format = 1", r"no \[\[settlement\]\]"),
        ("not toml at all", "not a TOML file"),
        (
            '[[settlement]]\neffective = 2026-04-01\n[[settlement.differential]]\ngrade = "A"\nover = "A"\nat_least_percent = 1',
            "same grade",
        ),
        (
            '[[settlement]]\neffective = 2026-04-01\n[[settlement.differential]]\ngrade = "A"\nover = "B"',
            "at_least_percent” is missing",
        ),
        (
            '[[settlement]]\neffective = 2026-04-01\n[settlement.fees]\nrule = "cap"',
            "margin_cap_percent” is missing",
        ),
        (
            '[[settlement]]\neffective = 2026-04-01\n[settlement.fees]\nrule = "hold_margin"\nuplift_percent = 3',
            "can't stand beside",
        ),
        ("settlement = 3", r"must be written as \[\[settlement\]\]"),
    ],
)
def test_that_a_wrong_offer_is_refused_in_one_sentence_that_names_the_place(body: str, says: str) -> None:
    with pytest.raises(UnusableInput, match=says) as refusal:
        read_offer(body, source="offer.toml")
    assert str(refusal.value).startswith("offer.toml")
    assert "\n" not in str(refusal.value) or "TOML" in str(refusal.value)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('[[target]]\nmeasure = "nonsense"\nat_most = 1', "nonsense"),
        ('[[target]]\nmeasure = "gini"', "give at_least or at_most"),
        ('[[target]]\nmeasure = "gini"\nat_least = 1\nat_most = 2', "write two targets"),
        ("[[target]]\nat_least = 1", "measure” is missing"),
        ('[[target]]\nmeasure = "gini"\nat_most = 1\nownership = ["pirates"]', "pirates"),
        ("", r"no \[\[target\]\]"),
    ],
)
def test_that_wrong_targets_are_refused(body: str, says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        read_targets(body, source="targets.toml", known_measures=KNOWN_MEASURES)


def test_that_the_sample_texts_of_f1_read() -> None:
    assert len(read_offer(O2, source="o2").settlements[0].differentials) == 2
    assert len(read_targets(TARGETS, source="t", known_measures=KNOWN_MEASURES).targets) == 4
