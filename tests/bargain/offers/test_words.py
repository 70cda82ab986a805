"""An offer in words says all that the offer does, and two different offers never read the same."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.offers.phrases import phrases
from bargain.offers.words import describe_fees, describe_offer, describe_rule, describe_terms
from models.index_link import Index, IndexLink
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
from models.terms import Terms

# Small, nasty values, so that two draws often come close to one another.
NAMES = st.one_of(
    st.sampled_from(("A", "B", "”", "A”, “B", "A” and “B", "", "{x}", "a % <b>", "1 to 2")),
    st.text(max_size=4),
)
DAYS = st.sampled_from((date(2027, 4, 1), date(2027, 4, 11), date(2027, 11, 1), date(2028, 4, 1)))
PPM = st.one_of(
    st.sampled_from((0, 1, 5, 50, 32_000, 32_005, 320_000, -32_000, 100_000, 1_000_000)),
    st.integers(-200_000, 1_000_000),
)
MICROS = st.one_of(
    st.sampled_from((0, 5, 50, 14_000_000, 14_005_000, 14_050_000, 14_000_500, 140_000_000, -14_000_000)),
    st.integers(-(10**10), 10**12),
)
NUMBERS = st.one_of(st.sampled_from((0.0, 36.0, 36.5, 36.05, 365.0)), st.floats(0, 1e6).map(abs))
POINT = st.sampled_from(("1", "12", "2", "1-2", "12-43", "1 to 2", "B1", "1 -2", "x”"))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=2).map(tuple)


def only(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return strategy.map(lambda value: (value,))


FIELDS: dict[type, dict[str, st.SearchStrategy[Any]]] = {
    Scope: {
        "points": st.lists(POINT, max_size=3).map(", ".join),
        **{name: some(NAMES) for name in ("grades", "employers", "ownership", "regions", "settings")},
        "pay_above_micros": maybe(MICROS),
        "pay_up_to_micros": maybe(MICROS),
    },
    Taper: {
        "from_point": NAMES,
        "to_point": NAMES,
        "from_pay_micros": maybe(MICROS),
        "to_pay_micros": maybe(MICROS),
        "to_percent_ppm": PPM,
        "to_cash_micros": MICROS,
    },
    IndexLink: {
        "index": st.sampled_from(Index),
        "month": maybe(DAYS),
        **{
            name: maybe(PPM)
            for name in (
                "published_ppm",
                "assumed_ppm",
                "floor_ppm",
                "cap_ppm",
                "reopen_above_ppm",
                "reopen_below_ppm",
                "share_above_ppm",
                "share_ppm",
            )
        },
        "plus_ppm": PPM,
    },
    Weighting: {"regions": some(NAMES), "cash_micros": MICROS, "instead_of_micros": MICROS},
    NamedAllowance: {
        "name": NAMES,
        "percent_ppm": maybe(PPM),
        "amount_micros": maybe(MICROS),
        "share_ppm": maybe(PPM),
        "now_micros": maybe(MICROS),
        "now_share_ppm": maybe(PPM),
        "staff": maybe(NUMBERS),
        "payments_y": maybe(NUMBERS),
    },
    InsertedPoint: {"name": NAMES, "after": NAMES, "amount_micros": maybe(MICROS), "grade": NAMES},
    NewSpine: {
        "points": some(st.builds(ScalePoint, NAMES, MICROS, NAMES)),
        "equal": maybe(st.sampled_from(EqualSteps)),
        "bottom_micros": maybe(MICROS),
        "top_micros": maybe(MICROS),
        "step": maybe(MICROS),
        "count": maybe(st.integers(0, 99)),
        "first": st.integers(0, 99),
        "prefix": NAMES,
        "mapping": some(st.tuples(NAMES, NAMES)),
        "protection": st.sampled_from(Protection),
        "order": st.sampled_from(SpineOrder),
    },
    Differential: {
        "grade": NAMES,
        "over": NAMES,
        "at_least_percent_ppm": maybe(PPM),
        "at_least_hourly_micros": maybe(MICROS),
        "within": st.sampled_from(Within),
        "on": st.sampled_from(On),
    },
    Terms: {
        "weekly_hours": maybe(NUMBERS),
        "annual_leave_days": maybe(NUMBERS),
        "sick_pay_full_weeks": maybe(NUMBERS),
        "employer_pension_ppm": maybe(PPM),
        "sleep_in_micros": maybe(MICROS),
        "unsocial_ppm": some(
            st.tuples(st.one_of(st.sampled_from(("night", "sunday", "nights")), NAMES), PPM)
        ),
        "paid_training_hours": maybe(NUMBERS),
        "paid_travel_time": maybe(st.booleans()),
        "zero_hours": maybe(st.one_of(st.just("guaranteed"), NAMES)),
        "waking_night_micros": maybe(MICROS),
        "on_call_micros": maybe(MICROS),
        "overtime_ppm": maybe(PPM),
        "paid_supervision_hours": maybe(NUMBERS),
        "maternity_full_weeks": maybe(NUMBERS),
        "family_leave_days": maybe(NUMBERS),
    },
    Fees: {
        "rule": st.sampled_from(FeeRule),
        "uplift_ppm": maybe(PPM),
        "margin_cap_ppm": maybe(PPM),
        "pay_share_ppm": maybe(PPM),
        "pay_index_ppm": maybe(PPM),
        "other_index_ppm": maybe(PPM),
    },
}
FIELDS[PayRule] = {
    "scope": st.builds(Scope, **FIELDS[Scope]),
    "percent_ppm": PPM,
    "cash_micros": MICROS,
    "at_least_cash_micros": maybe(MICROS),
    "at_least_percent_ppm": maybe(PPM),
    "at_least_hourly_micros": maybe(MICROS),
    "at_most_cash_micros": maybe(MICROS),
    "at_most_percent_ppm": maybe(PPM),
    "non_consolidated": st.booleans(),
    "at_most_hourly_micros": maybe(MICROS),
    "percent_of_first_micros": maybe(MICROS),
    "pro_rata": st.booleans(),
    "taper": st.builds(Taper, **FIELDS[Taper]),
    "index": st.builds(IndexLink, **FIELDS[IndexLink]),
    "applies_to": maybe(st.sampled_from(AppliesTo)),
    "in_all": st.booleans(),
}
FIELDS[NamedAllowance]["scope"] = st.builds(Scope, **FIELDS[Scope])
FIELDS[Settlement] = {
    "effective": DAYS,
    "paid_from": maybe(DAYS),
    "applies_to": st.sampled_from(AppliesTo),
    "absorb": st.booleans(),
    "floor_micros": maybe(MICROS),
    "delete_points": some(POINT),
    "allowances_ppm": maybe(PPM),
    "pay": only(st.builds(PayRule, **FIELDS[PayRule])),
    "differentials": only(st.builds(Differential, **FIELDS[Differential])),
    "terms": st.builds(Terms, **FIELDS[Terms]),
    "fees": st.builds(Fees, **FIELDS[Fees]),
    "floor_annual_micros": maybe(MICROS),
    "insert_points": only(st.builds(InsertedPoint, **FIELDS[InsertedPoint])),
    "spine": st.builds(NewSpine, **FIELDS[NewSpine]),
    "weightings": only(st.builds(Weighting, **FIELDS[Weighting])),
    "allowances": only(st.builds(NamedAllowance, **FIELDS[NamedAllowance])),
    "favourability": st.booleans(),
}
FIELDS[Offer] = {
    "name": NAMES,
    "by": NAMES,
    "settlements": only(st.builds(Settlement, **FIELDS[Settlement])),
    "ends": maybe(DAYS),
    "tabled": st.booleans(),
}
OFFER = Offer(
    "X",
    settlements=(
        Settlement(
            date(2027, 4, 1),
            pay=(PayRule(taper=Taper(), index=IndexLink(Index.CPI)),),
            differentials=(Differential("S", "R"),),
            insert_points=(InsertedPoint("N", "O"),),
            spine=NewSpine(),
            weightings=(Weighting(("L",), 0),),
            allowances=(NamedAllowance("A"),),
        ),
    ),
)


def held_in(value: Any, kind: type) -> Any:
    """The one value of that kind somewhere in an offer of one settlement, one rule, one differential."""
    if isinstance(value, kind):
        return value
    inner = [getattr(value, field.name) for field in fields(value)] if is_dataclass(value) else list(value)
    found = (held_in(one, kind) for one in inner if is_dataclass(one) or isinstance(one, tuple))
    return next((one for one in found if one is not None), None)


def exchanged(value: Any, old: Any, new: Any) -> Any:
    """The value with ``old`` in it exchanged for ``new``."""
    if value is old:
        return new
    if isinstance(value, tuple):
        return tuple(exchanged(one, old, new) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value, **{field.name: exchanged(getattr(value, field.name), old, new) for field in fields(value)}
    )


def test_that_the_property_below_reaches_every_field_of_an_offer() -> None:
    for kind, drawn in FIELDS.items():
        assert set(drawn) == {field.name for field in fields(kind)}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, drawn in FIELDS.items() for name in drawn], ids=str
)
def test_that_offers_which_differ_in_one_field_never_read_the_same(kind: type, name: str) -> None:
    @settings(max_examples=40, deadline=None, derandomize=True)
    @given(part=st.builds(kind, **FIELDS[kind]), values=st.tuples(FIELDS[kind][name], FIELDS[kind][name]))
    def holds(part: Any, values: tuple[Any, Any]) -> None:
        one, other = (
            exchanged(OFFER, held_in(OFFER, kind), replace(part, **{name: value})) for value in values
        )
        assert (describe_offer(one) == describe_offer(other)) == (one == other)

    holds()


def test_that_steps_elements_and_their_order_are_all_told() -> None:
    step, later = (Settlement(date(year, 4, 1), pay=(PayRule(percent_ppm=30_000),)) for year in (2027, 2028))
    cash = PayRule(cash_micros=500_000_000)
    wide, narrow = (Differential("S", "R", at_least_percent_ppm=ppm) for ppm in (80_000, 50_000))
    variants = [
        (),
        (step,),
        (step, later),
        (step, step),
        (replace(step, pay=()),),
        (replace(step, pay=(*step.pay, cash)),),
        (replace(step, pay=(cash, *step.pay)),),
        (replace(step, differentials=(wide, narrow)),),
        (replace(step, differentials=(narrow, wide)),),
        (replace(step, differentials=(wide,)), later),
        (step, replace(later, differentials=(wide,))),
    ]
    told = {describe_offer(Offer("X", settlements=settlements)) for settlements in variants}
    assert len(told) == len(variants)


def test_that_a_rise_with_an_underpin_reads_as_at_the_table() -> None:
    rule = PayRule(Scope(points="2-43"), percent_ppm=32_000, at_least_cash_micros=1_290_000_000)
    assert describe_rule(rule, effective=date(2027, 4, 1)) == (
        "With effect from 1 April 2027, basic pay rises by 3.2 % on points 2 to 43, or by £1,290 a year full-time (pro rata for part-time staff) where that is more.",
        "The rise is consolidated: it becomes part of basic pay.",
    )


def test_that_a_one_off_payment_says_that_it_is_not_carried_into_the_rate() -> None:
    sentence, consolidated = describe_rule(PayRule(cash_micros=500_000_000, non_consolidated=True))
    assert (
        sentence == "A payment is made once, of £500 full-time (pro rata for part-time staff) for all staff."
    )
    assert "not consolidated" in consolidated


def test_that_every_limit_of_a_rule_is_named() -> None:
    rule = PayRule(
        percent_ppm=30_000,
        at_least_cash_micros=1_250_000_000,
        at_least_hourly_micros=670_000,
        at_most_cash_micros=5_000_000_000,
    )
    sentence = describe_rule(rule)[0]
    assert sentence.endswith(
        "or by the greater of £1,250 a year full-time (pro rata for part-time staff) and £0.67 an hour where "
        "that is more, but by no more than £5,000 a year full-time (pro rata for part-time staff)."
    )


def test_that_back_pay_names_both_days() -> None:
    step = Settlement(date(2027, 4, 1), paid_from=date(2027, 7, 1), floor_micros=14_000_000)
    text = " ".join(describe_offer(Offer("X", settlements=(step,))))
    assert "paid from 1 July 2027" in text
    assert "since 1 April 2027 is paid as back pay" in text
    assert "Nobody is paid less than £14.00 an hour." in text


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            Differential("S", "R", at_least_percent_ppm=80_000),
            "8 % above the highest new rate of “R” with the same",
        ),
        (
            Differential("S", "R", at_least_hourly_micros=500_000, within=Within.SECTOR, on=On.MEDIAN),
            "£0.50 an hour above the median new rate of “R” anywhere in the sector",
        ),
    ],
)
def test_that_a_differential_says_on_what_it_stands(one: Differential, words: str) -> None:
    step = Settlement(date(2027, 4, 1), differentials=(one,))
    assert any(words in sentence for sentence in describe_offer(Offer("X", settlements=(step,))))


def test_that_terms_that_do_not_change_are_not_mentioned() -> None:
    assert describe_terms(Terms()) == ()
    assert describe_terms(Terms(annual_leave_days=28)) == ("Annual leave becomes 28 days a year.",)


def test_that_an_offer_without_a_word_on_fees_has_no_sentence_on_fees() -> None:
    assert describe_fees(Fees()) == ()
    assert describe_fees(Fees(uplift_ppm=30_000)) == ("Fees rise by 3 %.",)


def test_that_names_from_data_stand_in_quotation_marks_with_marks_inside_them_doubled() -> None:
    rule = PayRule(Scope(grades=("Night ”on call”", "{x}")), percent_ppm=10_000)
    assert "“Night ””on call””” or “{x}”" in describe_rule(rule)[0]
    two, one = (PayRule(Scope(grades=grades)) for grades in (("A", "B"), ("A” and “B",)))
    assert describe_rule(two) != describe_rule(one)


def test_that_the_wording_holds_no_empty_text_and_is_read_once() -> None:
    assert all(text.strip() for text in phrases().texts.values())
    assert phrases() is phrases()
    with pytest.raises(TypeError):
        phrases().texts["offer.ends"] = ""  # type: ignore[index]


def test_that_every_month_has_a_name() -> None:
    names = [phrases().day(date(2027, month, 1)) for month in range(1, 13)]
    assert len(set(names)) == 12
    assert all(re.fullmatch(r"1 [A-Z][a-z]+ 2027", name) for name in names)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            PayRule(
                Scope(pay_above_micros=25_000 * 10**6, pay_up_to_micros=40_000 * 10**6), percent_ppm=20_000
            ),
            (
                "Basic pay rises by 2 % for all staff whose full-time pay before this step is more than £25,000 a year and "
                "whose full-time pay before this step is not more than £40,000 a year. The rise is consolidated: it "
                "becomes part of basic pay."
            ),
        ),
        (
            PayRule(Scope(points="2-4", employers=("A", "B"), regions=("N",)), percent_ppm=20_000),
            (
                "Basic pay rises by 2 % on points 2 to 4 for staff employed by “A” or “B” in the region “N”. The rise is "
                "consolidated: it becomes part of basic pay."
            ),
        ),
        (
            PayRule(
                Scope(ownership=("public", "charity")), at_least_cash_micros=10**9, at_most_cash_micros=10**8
            ),
            (
                "Basic pay rises by 0 % for staff where the owner is “public” or “charity”, or by £1,000 a year full-time "
                "(pro rata for part-time staff) where that is more, but by no more than £100 a year full-time (pro rata for "
                "part-time staff). The most is less than the least here, so that nobody gets more than the most. The rise "
                "is consolidated: it becomes part of basic pay."
            ),
        ),
        (
            PayRule(cash_micros=500 * 10**6, pro_rata=False),
            (
                "Basic pay rises by £500 a year for each person (whatever their hours) for all staff. Amounts of cash are "
                "for each person and not pro rata. The rise is consolidated: it becomes part of basic pay."
            ),
        ),
        (
            PayRule(percent_ppm=60_000, taper=Taper("2", "10", to_percent_ppm=20_000)),
            (
                "Basic pay rises by 6 % for all staff. That is the rise on point “2”; from there it runs evenly to 2 % on "
                "point “10”, and beyond either end the nearer end's rise holds. It reaches only staff on points of the "
                "scale. The rise is consolidated: it becomes part of basic pay."
            ),
        ),
        (
            PayRule(
                index=IndexLink(
                    Index.CPI, date(2027, 9, 1), assumed_ppm=25_000, plus_ppm=5_000, cap_ppm=50_000
                )
            ),
            (
                "Basic pay rises by the yearly rise in CPI for all staff. The rise in CPI is its twelve-month rate for "
                "September 2027, plus 0.5 %. It counts as no more than 5 %. Until the figure is published it is taken to "
                "be 2.5 %. The rise is consolidated: it becomes part of basic pay."
            ),
        ),
        (
            PayRule(
                index=IndexLink(Index.CPI, share_above_ppm=23_000, share_ppm=500_000),
                applies_to=AppliesTo.MINIMUM,
            ),
            (
                "Basic pay rises by the yearly rise in CPI for all staff. The rise in CPI is its twelve-month rate for a "
                "month that the parties have yet to name. Of what the figure is above 2.3 %, only 50 % counts. No figure is "
                "published or assumed in the offer. This rise is in the sector's minimum rates. The rise is consolidated: "
                "it becomes part of basic pay."
            ),
        ),
    ],
)
def test_that_the_newer_rules_read_as_they_would_be_read_out(rule: PayRule, said: str) -> None:
    assert " ".join(describe_rule(rule)) == said
