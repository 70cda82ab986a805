"""Allowances by name, worked by hand: who gets them, what they rise by, and what is missing where they can't be priced.

The made sector: 10 at £15.00 an hour, 37.5 hours, 52 weeks, £29,250 a year, and 4 seniors at £20.00, £39,000. What is
paid beside basic pay carries 15 % employer NI and 3 % pension on qualifying earnings.
"""

from __future__ import annotations

import pytest

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.offers.words import describe_offer
from models.assumptions import Assumption
from models.costing import ElementCost
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector
from tests.helpers.f1 import Row, workforce_of

ROWS = (Row("A", "Staff", "15.00", 10, weeks=52.0), Row("B", "Senior", "20.00", 4, weeks=52.0))
STEP = "[[settlement]]\neffective = 2026-04-06\n"
LATER = "[[settlement]]\neffective = 2027-04-06\n"


def sector(*held: Assumption) -> Sector:
    force = workforce_of(ROWS, employers="AB", grades=["Staff", "Senior"])
    return Sector("made", employers=(Employer("A"), Employer("B")), workforce=force, assumptions=held)


def assume(key: str, value: float, employer: str = "") -> Assumption:
    return Assumption(key, key, value, "made", employer=employer)


def allowance(text: str) -> str:
    return f'[[settlement.allowance]]\nname = "First aid"\n{text}\n'


def priced(text: str, *held: Assumption) -> ElementCost:
    cost = appraise(sector(*held), read_offer(text, source="o")).cost
    return next(one for one in cost.elements if one.element == "allowance: First aid")


@pytest.mark.parametrize(
    ("text", "held", "pay"),
    [
        # 5 staff × (£300 − £250)
        ("amount = 300\nnow = 250\nstaff = 5", (), 250),
        # all 4 seniors × 26 payments × (£35 − £33.64)
        ('amount = 35\nnow = 33.64\ngrades = ["Senior"]\npayments_a_year = 26', (), 4 * 26 * 1.36),
        # 3 of the 4 at B × (£33.64 × 1.0404 = £34.999, to the penny £35.00, − £33.64) × 12
        (
            'percent = 4.04\nnow = 33.64\nstaff = 3\nemployers = ["B"]\npayments_a_year = 12',
            (),
            3 * 12 * 1.36,
        ),
        # 15 % of basic pay in the place of 12 %, for 2 of 4 seniors: 2 × £39,000 × 3 %
        ('percent_of_pay = 15\nnow_percent_of_pay = 12\nstaff = 2\ngrades = ["Senior"]', (), 2 * 1_170),
        # 12 % of pay up by 5 % is 12.6 %: 10 × £29,250 × 0.6 %
        ('percent = 5\nnow_percent_of_pay = 12\ngrades = ["Staff"]', (), 10 * 175.50),
        # the sector assumes: £250 today, half a payment a head at A and 2 at B: (10 × 0.5 + 4 × 2) × £50
        (
            "amount = 300",
            (
                assume("allowance_now.first_aid", 250),
                assume("allowance_payments.first_aid", 0.5),
                assume("allowance_payments.first_aid", 2, "B"),
            ),
            13 * 50,
        ),
        # the sector assumes a share of pay: 10 % up to 11 % for all
        (
            "percent_of_pay = 11",
            (assume("allowance_now_share.first_aid", 0.1), assume("allowance_payments.first_aid", 1)),
            10 * 292.50 + 4 * 390,
        ),
        # what falls is not counted
        ("amount = 200\nnow = 250\nstaff = 5", (), 0),
    ],
)
def test_that_an_allowance_costs_its_rise_for_those_who_get_it(
    text: str, held: tuple[Assumption, ...], pay: float
) -> None:
    found = priced(STEP + allowance(text), *held)

    assert found.known
    assert found.pay == pytest.approx(pay)
    assert found.employer_ni == pytest.approx(pay * 0.15)
    assert found.pension == pytest.approx(pay * 0.03, abs=1e-6)
    assert found.hours_lost == 0
    assert found.replaced == found.not_replaced == pytest.approx(pay * 1.18)


def test_that_a_later_step_starts_from_what_the_earlier_one_made_of_it() -> None:
    """£250, £300, then 10 % more is £330: 5 × £50 and 5 × £30."""
    who = "\nstaff = 5"
    found = priced(
        STEP + allowance("amount = 300\nnow = 250" + who) + LATER + allowance("percent = 10" + who)
    )

    assert found.pay == pytest.approx(5 * 80)


@pytest.mark.parametrize(
    ("text", "held", "says"),
    [
        (
            "amount = 300\nstaff = 5",
            (),
            "“Allowance “first aid”: a payment today” is not recorded; give it in the",
        ),
        (
            "amount = 300\nnow = 250",
            (),
            "“Allowance “first aid”: payments” is not recorded; give who gets it",
        ),
        (
            "amount = 300\nnow = 250",
            (assume("allowance_payments.first_aid", 1, "A"),),
            "is not recorded for 1 of 2 employers",
        ),
    ],
)
def test_that_what_is_missing_is_named_with_what_to_do(
    text: str, held: tuple[Assumption, ...], says: str
) -> None:
    found = priced(STEP + allowance(text), *held)

    assert not found.known
    assert says in found.why
    assert found.total == 0


def test_that_more_staff_than_there_are_can_not_get_it() -> None:
    with pytest.raises(UnusableInput, match="5 staff get the allowance “First aid”, but only 4 are there"):
        priced(STEP + allowance('amount = 300\nnow = 250\nstaff = 5\ngrades = ["Senior"]'))


def test_that_a_grade_that_nobody_has_is_refused() -> None:
    with pytest.raises(UnusableInput, match="the grade “Cook”"):
        priced(STEP + allowance('amount = 300\nnow = 250\ngrades = ["Cook"]'))


def test_that_the_words_say_who_gets_how_much_how_often() -> None:
    text = STEP + allowance('amount = 35\nnow = 33.64\nstaff = 3\ngrades = ["Senior"]\npayments_a_year = 26')

    assert (
        "The allowance “First aid” becomes £35.00. It is £33.64 today. It is paid 26 times a year to each who gets it. "
        "3 staff get it. It is for staff graded “Senior”."
    ) in describe_offer(read_offer(text, source="o"))


def test_that_an_allowance_is_paid_on_the_new_basic_pay() -> None:
    """10 % more basic pay, and 3 % more of that: a dearer share is a share of what pay has become."""
    text = STEP + "[[settlement.pay]]\npercent = 10\n"
    text += allowance('percent_of_pay = 15\nnow_percent_of_pay = 12\ngrades = ["Staff"]')

    assert priced(text).pay == pytest.approx(10 * 29_250 * 1.1 * 0.03)


def test_that_an_allowance_that_is_a_share_follows_basic_pay_in_this_step_and_in_later_ones() -> None:
    """12 % of a rise of £2,925 for ten, then 15 % of one of £1,608.75, £16.50 to £17.33, which the later step leaves alone."""
    text = STEP + "[[settlement.pay]]\npercent = 10\n"
    text += allowance('percent_of_pay = 15\nnow_percent_of_pay = 12\ngrades = ["Staff"]')
    text += LATER + "[[settlement.pay]]\npercent = 5\n"
    cost = appraise(sector(), read_offer(text, source="o")).cost
    found = next(one for one in cost.elements if one.element == "enhancements that follow pay")

    assert found.pay == pytest.approx(10 * (0.12 * 1.50 * 1950 + 0.15 * 0.83 * 1950))
    assert found.pension == pytest.approx(found.pay * 0.03)
    assert sum(one.total for one in cost.elements) == pytest.approx(cost.full_year)
