"""Between an offer and its levers: what is read, what is written, and what must stay as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargain.offers.offer_file import read_offer, write_offer
from models.offer import Differential, FeeRule, Fees, Offer, PayRule, Scope, Settlement
from models.sector import Sector
from models.terms import Terms
from tests.helpers.f1 import GRADES, O1, O2
from ui.levers import (
    SPECS,
    LeverKey,
    add_months,
    last_tabled,
    lever_values,
    month_of,
    next_year_start,
    plain_rise,
    with_lever,
)

SECTOR = Sector(
    "F1",
    weekly_hours=37.5,
    data_date=date(2026, 3, 31),
    grades=GRADES,
    terms=Terms(annual_leave_days=28.0, sleep_in_micros=50_000_000),
)
LOWEST = 12_710_000
NEVER_BELOW = {LeverKey.START: month_of(date(2026, 1, 1)), LeverKey.WEEKLY_HOURS: 10_000_000}

percents = st.integers(0, 100_000)
scopes = st.sampled_from(
    (Scope(), Scope(grades=("Team leader",)), Scope(employers=("A", "B")), Scope(points="2-6"))
)
rules = st.builds(
    PayRule,
    scope=scopes,
    percent_ppm=percents,
    at_least_cash_micros=st.none() | st.integers(1, 3_000).map(lambda pounds: pounds * 1_000_000),
    non_consolidated=st.booleans(),
)
gaps = st.builds(
    Differential,
    grade=st.sampled_from(GRADES[1:]),
    over=st.just(GRADES[0]),
    at_least_percent_ppm=st.integers(1, 200_000),
)
terms = st.builds(
    Terms,
    weekly_hours=st.none() | st.sampled_from((35.0, 36.25)),
    annual_leave_days=st.none() | st.sampled_from((28.0, 30.5)),
    sleep_in_micros=st.none() | st.just(62_000_000),
    unsocial_ppm=st.sampled_from(((), (("night", 330_000),))),
)
fees = st.sampled_from(
    (Fees(), Fees(uplift_ppm=30_000), Fees(FeeRule.HOLD_MARGIN), Fees(FeeRule.CAP, None, 100_000))
)


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    steps = [
        Settlement(
            date(2026 + year, 4, 6),
            floor_micros=draw(st.none() | st.just(14_000_000)),
            delete_points=draw(st.sampled_from(((), ("1",)))),
            allowances_ppm=draw(st.none() | percents),
            pay=tuple(draw(st.lists(rules, max_size=3))),
            differentials=tuple(draw(st.lists(gaps, max_size=2, unique_by=lambda gap: gap.grade))),
            terms=draw(terms),
            fees=draw(fees),
        )
        for year in range(draw(st.integers(1, 3)))
    ]
    return Offer("Made", by="unions", settlements=tuple(steps))


@st.composite
def moves(draw: st.DrawFn) -> tuple[LeverKey, int]:
    key = draw(st.sampled_from(list(LeverKey)))
    spec = SPECS[key]
    if key is LeverKey.START:
        return key, draw(st.integers(month_of(date(2025, 1, 1)), month_of(date(2027, 3, 1))))
    low = NEVER_BELOW.get(key, 0)
    return key, low + draw(st.integers(0, 200)) * max(spec.step // 10, 1)


def values(offer: Offer) -> dict[LeverKey, int | None]:
    return {key: state.value for key, state in lever_values(offer, SECTOR, lowest_micros=LOWEST).items()}


@given(offers(), moves())
def test_that_a_lever_shows_the_value_it_was_moved_to(offer: Offer, move: tuple[LeverKey, int]) -> None:
    key, value = move
    state = lever_values(offer, SECTOR)[key]
    after = lever_values(with_lever(offer, key, value, SECTOR), SECTOR)[key]
    if not state.can_change:
        assert after == state
    else:
        assert (after.shown or 0) == value


@given(offers(), moves())
def test_that_moving_one_lever_leaves_all_others_where_they_were(
    offer: Offer, move: tuple[LeverKey, int]
) -> None:
    key, value = move
    before, after = values(offer), values(with_lever(offer, key, value, SECTOR))
    assert {k: v for k, v in after.items() if k is not key} == {
        k: v for k, v in before.items() if k is not key
    }


@given(offers(), moves())
def test_that_no_lever_destroys_what_it_does_not_show(offer: Offer, move: tuple[LeverKey, int]) -> None:
    key, value = move
    after = with_lever(offer, key, value, SECTOR)
    assert (after.name, after.by, after.tabled) == (offer.name, offer.by, offer.tabled)
    for old, new in zip(offer.settlements, after.settlements, strict=False):
        assert [rule for rule in new.pay if rule.scope != Scope()] == [
            r for r in old.pay if r.scope != Scope()
        ]
        assert new.delete_points == old.delete_points
        assert new.terms.unsocial_ppm == old.terms.unsocial_ppm
        assert new.fees.rule is old.fees.rule
        if key is not LeverKey.GAP:
            assert new.differentials == old.differentials
    assert after.settlements[2:] == offer.settlements[2:]


@given(offers())
def test_that_every_lever_left_where_it_is_leaves_the_offer_as_it_is(offer: Offer) -> None:
    for key, state in lever_values(offer, SECTOR, lowest_micros=LOWEST).items():
        assert with_lever(offer, key, state.value, SECTOR) == offer


@given(offers(), moves())
def test_that_an_offer_made_by_a_lever_survives_its_file(offer: Offer, move: tuple[LeverKey, int]) -> None:
    after = with_lever(offer, *move, SECTOR)
    assert read_offer(write_offer(after), source="test") == after


def test_that_o1_reads_as_four_per_cent_and_nothing_else() -> None:
    states = lever_values(read_offer(O1, source="O1"), SECTOR, lowest_micros=LOWEST)
    assert states[LeverKey.PERCENT].value == 40_000
    assert not states[LeverKey.PERCENT].mixed
    assert [key for key, state in states.items() if state.value] == [LeverKey.PERCENT, LeverKey.START]


def test_that_gaps_of_different_sizes_are_mixed_and_cannot_be_moved() -> None:
    offer = read_offer(O2, source="O2")
    state = lever_values(offer, SECTOR)[LeverKey.GAP]
    assert state.mixed
    assert not state.can_change
    assert with_lever(offer, LeverKey.GAP, 100_000, SECTOR) == offer


def test_that_a_gap_is_one_differential_for_each_neighbouring_pair_of_grades() -> None:
    offer = with_lever(plain_rise("Draft", SECTOR), LeverKey.GAP, 80_000, SECTOR)
    pairs = [(gap.grade, gap.over, gap.at_least_percent_ppm) for gap in offer.settlements[0].differentials]
    assert pairs == [
        (GRADES[1], GRADES[0], 80_000),
        (GRADES[2], GRADES[1], 80_000),
        (GRADES[3], GRADES[2], 80_000),
    ]
    assert with_lever(offer, LeverKey.GAP, 0, SECTOR).settlements[0].differentials == ()


def test_that_a_lever_beside_scoped_rules_moves_the_first_rule_for_everyone() -> None:
    scoped = PayRule(Scope(grades=("Team leader",)), percent_ppm=10_000)
    everyone = PayRule(percent_ppm=20_000)
    offer = Offer("Mixed", settlements=(Settlement(date(2026, 4, 6), pay=(scoped, everyone)),))
    assert lever_values(offer, SECTOR)[LeverKey.PERCENT].mixed
    after = with_lever(offer, LeverKey.PERCENT, 30_000, SECTOR)
    assert after.settlements[0].pay == (scoped, replace(everyone, percent_ppm=30_000))


def test_that_a_lever_cannot_be_moved_where_only_scoped_rules_stand() -> None:
    scoped = PayRule(Scope(grades=("Team leader",)), percent_ppm=10_000)
    offer = Offer("Scoped", settlements=(Settlement(date(2026, 4, 6), pay=(scoped,)),))
    state = lever_values(offer, SECTOR)[LeverKey.PERCENT]
    assert (state.mixed, state.can_change) == (True, False)
    assert with_lever(offer, LeverKey.PERCENT, 30_000, SECTOR) == offer


def test_that_todays_figure_takes_a_term_out_of_the_offer() -> None:
    offer = with_lever(plain_rise("Draft", SECTOR), LeverKey.WEEKLY_HOURS, 36_000_000, SECTOR)
    assert offer.settlements[0].terms.weekly_hours == 36.0
    back = with_lever(offer, LeverKey.WEEKLY_HOURS, 37_500_000, SECTOR)
    assert back.settlements[0].terms.weekly_hours is None
    assert lever_values(back, SECTOR)[LeverKey.WEEKLY_HOURS].shown == 37_500_000


def test_that_a_figure_that_is_not_recorded_is_not_shown_as_nought() -> None:
    state = lever_values(plain_rise("Draft", SECTOR), SECTOR)[LeverKey.SICK_PAY]
    assert (state.value, state.now, state.shown) == (None, None, None)


def test_that_year_two_makes_a_step_a_year_on_and_unmakes_it_again() -> None:
    offer = plain_rise("Draft", SECTOR, percent_ppm=30_000)
    longer = with_lever(offer, LeverKey.YEAR_2, 25_000, SECTOR)
    assert [step.effective for step in longer.settlements] == [date(2026, 4, 1), date(2027, 4, 1)]
    assert longer.settlements[1].pay == (PayRule(percent_ppm=25_000),)
    assert with_lever(longer, LeverKey.YEAR_2, 0, SECTOR) == offer


def test_that_a_second_year_moves_the_end_of_the_offer_behind_it() -> None:
    offer = replace(plain_rise("Draft", SECTOR, percent_ppm=30_000), ends=date(2027, 3, 31))
    assert with_lever(offer, LeverKey.YEAR_2, 25_000, SECTOR).ends == date(2028, 3, 31)


def test_that_moving_the_start_keeps_the_months_of_back_pay() -> None:
    step = Settlement(date(2026, 4, 6), paid_from=date(2026, 7, 6), pay=(PayRule(percent_ppm=10_000),))
    after = with_lever(Offer("Late", settlements=(step,)), LeverKey.START, month_of(date(2026, 6, 1)), SECTOR)
    assert after.settlements[0].effective == date(2026, 6, 6)
    assert after.settlements[0].paid_from == date(2026, 9, 6)


def test_that_the_start_stays_before_the_second_step() -> None:
    offer = with_lever(plain_rise("Draft", SECTOR, percent_ppm=10_000), LeverKey.YEAR_2, 10_000, SECTOR)
    state = lever_values(offer, SECTOR)[LeverKey.START]
    assert state.high == state.most == month_of(date(2027, 3, 1))


def test_that_a_rule_for_fees_is_not_overwritten_by_the_fee_lever() -> None:
    step = Settlement(date(2026, 4, 6), fees=Fees(FeeRule.CAP, None, 100_000))
    offer = Offer("Capped", settlements=(step,))
    assert with_lever(offer, LeverKey.FEE, 30_000, SECTOR) == offer


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 4, 6), -12, date(2025, 4, 6)),
    ],
)
def test_that_months_are_added_within_the_calendar(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_that_their_last_offer_is_the_newest_tabled_by_another_party() -> None:
    made = [
        Offer("E1", by="employers", tabled=True),
        Offer("E2", by="employers", tabled=True),
        Offer("U1", by="unions", tabled=True),
        Offer("E3", by="employers"),
        Offer("Mine", by="unions"),
    ]
    sector = replace(SECTOR, offers=tuple(made))
    theirs, ours = last_tabled(made[-1], sector, own=False), last_tabled(made[-1], sector, own=True)
    assert (theirs and theirs.name, ours and ours.name) == ("E2", "U1")


def test_that_a_draft_starts_with_the_settlement_year_after_the_data() -> None:
    assert plain_rise("Draft", SECTOR).settlements[0].effective == next_year_start(SECTOR) == date(2026, 4, 1)
