"""Offer files: read strictly, written back without loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.offers.offer_file import read_offer, write_offer
from bargain.offers.target_file import read_targets, write_targets
from bargain.plain_names import plain_name
from bargain.targets import KNOWN_MEASURES
from models.employer import Ownership
from models.index_link import Index, IndexLink
from models.issues import UnusableInput
from models.offer import (
    AppliesTo,
    Differential,
    FeeRule,
    Fees,
    NamedAllowance,
    Offer,
    On,
    PayRule,
    Scope,
    Settlement,
    Taper,
    Weighting,
    Within,
)
from models.payscale import ScalePoint
from models.spine import EqualSteps, InsertedPoint, NewSpine, Protection, SpineOrder
from models.target import Target, TargetScope, TargetSet
from models.terms import Terms
from tests.helpers.f1 import O2, TARGETS

# Names as they are held: what can't be seen in them was taken out when they were given.
text = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
    .map(plain_name)
    .filter(bool)
)
names = st.lists(text, max_size=2).map(tuple)
percent = st.integers(0, 10**6)
cash = st.integers(0, 10**11)
hourly = st.integers(0, 10**9)
hours = st.integers(100, 600).map(lambda tenths: tenths / 10)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


tapers = st.builds(
    Taper, from_point=text, to_point=text, to_percent_ppm=percent, to_cash_micros=cash
) | st.builds(
    Taper,
    from_pay_micros=st.integers(0, 10**10),
    to_pay_micros=st.integers(10**10 + 1, 10**11),
    to_percent_ppm=percent,
    to_cash_micros=cash,
)
figure = st.integers(-(10**6), 10**6)
indices = st.builds(
    IndexLink,
    index=st.sampled_from(Index),
    month=maybe(st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(lambda day: day.replace(day=1))),
    published_ppm=maybe(figure),
    assumed_ppm=maybe(figure),
    plus_ppm=figure,
    floor_ppm=maybe(st.integers(-(10**6), 0)),
    cap_ppm=maybe(percent),
    reopen_above_ppm=maybe(figure),
    reopen_below_ppm=maybe(figure),
) | st.builds(IndexLink, index=st.sampled_from(Index), share_above_ppm=figure, share_ppm=percent)
mappings = st.lists(st.tuples(text, text), max_size=2, unique_by=lambda pair: pair[0]).map(tuple)
pay = st.integers(1, 10**13)
written_spines = st.builds(
    NewSpine,
    points=st.lists(
        st.builds(ScalePoint, text, pay, st.just("") | text),
        min_size=1,
        max_size=3,
        unique_by=lambda one: one.name,
    ).map(lambda points: tuple(sorted(points, key=lambda one: one.amount_micros))),
    mapping=mappings,
    protection=st.sampled_from(Protection),
    order=st.sampled_from(SpineOrder),
)
stepped_spines = st.builds(
    NewSpine,
    equal=st.sampled_from(EqualSteps),
    bottom_micros=st.integers(1, 10**10),
    top_micros=st.integers(10**10 + 1, 10**12),
    count=st.integers(2, 500),
    first=st.integers(0, 500),
    prefix=st.just("") | text,
    mapping=mappings,
    protection=st.sampled_from(Protection),
    order=st.sampled_from(SpineOrder),
)
spines = (
    written_spines
    | stepped_spines
    | st.builds(
        lambda spine, step: replace(spine, top_micros=None, step=step), stepped_spines, st.integers(0, 10**6)
    )
)
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
        pay_above_micros=maybe(st.integers(0, 10**10)),
        pay_up_to_micros=maybe(st.integers(10**10 + 1, 10**11)),
    ),
    at_most_hourly_micros=maybe(hourly),
    percent_of_first_micros=maybe(cash),
    pro_rata=st.booleans(),
    taper=maybe(tapers),
    index=maybe(indices),
    percent_ppm=percent,
    cash_micros=cash,
    at_least_cash_micros=maybe(cash),
    at_least_percent_ppm=maybe(percent),
    at_least_hourly_micros=maybe(hourly),
    at_most_cash_micros=maybe(cash),
    at_most_percent_ppm=maybe(percent),
    non_consolidated=st.booleans(),
) | st.builds(PayRule, percent_ppm=percent, applies_to=st.sampled_from(AppliesTo))
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
fees = (
    st.builds(Fees, uplift_ppm=maybe(percent), margin_cap_ppm=maybe(percent))
    | st.builds(
        Fees, st.sampled_from((FeeRule.CAP, FeeRule.HOLD_MARGIN, FeeRule.HOLD_PROFIT)), margin_cap_ppm=percent
    )
    | st.builds(
        Fees,
        st.just(FeeRule.INDEXED),
        pay_share_ppm=st.integers(0, 1_000_000),
        pay_index_ppm=maybe(percent),
        other_index_ppm=percent,
    )
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
        floor_annual_micros=maybe(cash),
        insert_points=st.lists(
            st.builds(InsertedPoint, text, text, maybe(cash), st.just("") | text), max_size=2
        ).map(tuple),
        spine=maybe(spines),
        weightings=st.lists(
            st.builds(Weighting, st.lists(text, min_size=1, max_size=2).map(tuple), cash, st.just(0) | cash),
            max_size=2,
        ).map(tuple),
        allowances=st.lists(
            st.builds(NamedAllowance, text, percent_ppm=percent)
            | st.builds(
                NamedAllowance,
                text,
                amount_micros=cash,
                now_micros=maybe(cash),
                staff=maybe(st.integers(1, 5000).map(float)),
                payments_y=maybe(st.just(26.0)),
                scope=st.just(Scope()) | st.builds(Scope, grades=names, points=st.sampled_from(("", "2-43"))),
            )
            | st.builds(NamedAllowance, text, share_ppm=percent, now_share_ppm=maybe(percent)),
            max_size=2,
        ).map(tuple),
        favourability=st.booleans(),
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
        ("[[settlement]]\neffective = 2026-04-01\npaid_from = 2062-07-01", "check the year"),
        ("ends = 2127-03-31\n[[settlement]]\neffective = 2026-04-01", "check the year"),
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
        (
            '[[settlement]]\neffective = 2026-04-01\n[settlement.fees]\nrule = "indexed"\npay_share_percent = 60',
            "other_index_percent” is missing",
        ),
        (
            "[[settlement]]\neffective = 2026-04-01\n[settlement.fees]\npay_share_percent = 60",
            "must be “indexed” where",
        ),
        (
            '[[settlement]]\neffective = 2026-04-01\n[[settlement.pay]]\ngrades = ["A"]',
            "percent” is missing, and so is everything else",
        ),
        (
            "[[settlement]]\neffective = 2026-04-01\n[[settlement.pay]]\ncash = 1\npercent_of_first = 9",
            "needs a percentage that counts on it",
        ),
        ("settlement = 3", r"must be written as \[\[settlement\]\]"),
    ],
)
def test_that_a_wrong_offer_is_refused_in_one_sentence_that_names_the_place(body: str, says: str) -> None:
    with pytest.raises(UnusableInput, match=says) as refusal:
        read_offer(body, source="offer.toml")
    assert str(refusal.value).startswith("offer.toml")
    assert "\n" not in str(refusal.value) or "TOML" in str(refusal.value)


STEP = "[[settlement]]\neffective = 2027-04-01\n"
RULE = STEP + "[[settlement.pay]]\npercent = 3\n"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (RULE + "pay_above = 20000\npay_up_to = 20000", "must be more than pay_above"),
        (RULE + '[settlement.pay.taper]\nfrom_point = "1"', "from_pay and to_pay in their place"),
        (
            RULE + '[settlement.pay.taper]\nfrom_point = "1"\nto_point = "2"\nfrom_pay = 1\nto_pay = 2',
            "from_pay and to_pay in their place",
        ),
        (RULE + "[settlement.pay.taper]\nfrom_pay = 5\nto_pay = 5", "must be more than from_pay"),
        (RULE + '[settlement.pay.taper]\nto_pont = "1"', "did you mean “to_point”"),
        (RULE + '[settlement.pay.index]\nname = "CIP"', "it may be “CPI”, “CPIH”, “RPI” or “earnings”"),
        (RULE + "[settlement.pay.index]\nassumed_percent = 2", "key “name”"),
        (RULE + '[settlement.pay.index]\nname = "CPI"\nmonth = "Sept 2027"', "a month such as “2027-09”"),
        (
            RULE + '[settlement.pay.index]\nname = "CPI"\nfloor_percent = 3\ncap_percent = 2',
            "is below floor_percent",
        ),
        (STEP + "[settlement.spine]\nbottom = 20000\ncount = 5", "step_cash or step_percent in its place"),
        (STEP + "[settlement.spine]\nbottom = 20000\ncount = 5\ntop = 30000", "steps = “cash” or"),
        (
            STEP + '[settlement.spine]\nbottom = 20000\ncount = 5\ntop = 10000\nsteps = "cash"',
            "must be above bottom",
        ),
        (
            STEP + "[settlement.spine]\nbottom = 20000\ncount = 5\nstep_cash = 1\nstep_percent = 1",
            "keep one of the two",
        ),
        (STEP + "[settlement.spine]\ncount = 2.5\nbottom = 1", "must be a whole number"),
        (STEP + "[settlement.spine]\ncount = 5", "key “bottom” is missing"),
        (
            STEP
            + '[settlement.spine]\n[[settlement.spine.point]]\nname = "A"\namount = 2\n'
            + '[[settlement.spine.point]]\nname = "B"\namount = 1',
            "in order of pay",
        ),
        (
            STEP + '[settlement.spine]\nbottom = 1\n[[settlement.spine.point]]\nname = "A"\namount = 2',
            "keep one way",
        ),
        (
            STEP
            + '[settlement.spine]\n[[settlement.spine.point]]\nname = "A"\namount = 2\n'
            + '[[settlement.spine.point]]\nname = "A"\namount = 3',
            "names one point twice",
        ),
        (STEP + '[[settlement.insert_point]]\nname = "2a"', "key “after” is missing"),
        (STEP + "[[settlement.weighting]]\ncash = 100", "key “regions” is missing"),
        (STEP + '[[settlement.weighting]]\nregions = ["London"]', "key “cash” is missing"),
        (STEP + '[[settlement.allowance]]\nname = "Standby"', "or amount or percent_of_pay is needed"),
        (
            STEP + '[[settlement.allowance]]\nname = "A"\namount = 1\nnow = 1\nnow_percent_of_pay = 1',
            "say two things",
        ),
        (STEP + '[[settlement.allowance]]\nname = "A"\namount = 1\npay_above = 1', "do not go with"),
        (STEP + "[[settlement.allowance]]\npercent = 1", "key “name” is missing"),
        (STEP + "floor_anual = 25000", "did you mean “floor_annual”"),
    ],
)
def test_that_half_written_elements_are_refused_in_one_sentence(body: str, says: str) -> None:
    with pytest.raises(UnusableInput, match=says) as refusal:
        read_offer(body, source="offer.toml")
    assert str(refusal.value).startswith("offer.toml: settlement 1")


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
