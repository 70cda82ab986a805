"""Published vectors for the time bases of a cost."""

from __future__ import annotations

from datetime import date

import pytest

from bargain.appraisal import appraise
from bargain.costing.timing import months_between, settlement_year_of, settlement_years
from bargain.offers.offer_file import read_offer
from bargain.offers.words import describe_offer
from models.sector import Sector
from tests.helpers.f1 import Row, workforce_of


def sector(rate: str, *, heads: float = 1, year_start: tuple[int, int] = (4, 1)) -> Sector:
    row = Row("A", "Staff", rate, heads, basis=1, fte=1.0)  # type: ignore[arg-type]
    return Sector(
        "made", year_start=year_start, workforce=workforce_of([row], employers="A", grades=["Staff"])
    )


def steps(*awards: tuple[str, str], ends: str = "") -> str:
    top = f"ends = {ends}\n" if ends else ""
    return top + "".join(
        f"[[settlement]]\neffective = {day}\n[[settlement.pay]]\npercent = {percent}\n"
        for day, percent in awards
    )


def test_that_the_three_time_bases_are_the_published_ones() -> None:
    """1,500 a month; +2 % in May, +0.5 % in July, +5 % in October: 7.64, 2.87 and 4.63 %."""
    offer = read_offer(
        steps(("2026-05-01", "2"), ("2026-07-01", "0.5"), ("2026-10-01", "5"), ends="2026-12-31"), source="x"
    )
    cost = appraise(sector("18000.00", year_start=(1, 1)), offer).cost

    assert round(cost.level * 100, 2) == 7.64
    assert round(cost.in_year * 100, 2) == 2.87
    assert round(cost.carry_over * 100, 2) == 4.63
    assert 1 + cost.level == pytest.approx((1 + cost.in_year) * (1 + cost.carry_over))


def test_that_five_percent_over_fifteen_months_is_four_a_year() -> None:
    cost = appraise(
        sector("20000.00"), read_offer(steps(("2026-04-01", "5"), ends="2027-06-30"), source="x")
    ).cost

    assert cost.comparable_rate == pytest.approx(0.04)


def test_that_the_last_day_of_a_deal_is_its_last_day() -> None:
    """A year from 1 April to 31 March is twelve months, said or not said; a day less is a day less."""
    made = sector("20000.00", year_start=(4, 1))
    unsaid = appraise(made, read_offer(steps(("2026-04-01", "3")), source="x")).cost
    said = appraise(made, read_offer(steps(("2026-04-01", "3"), ends="2027-03-31"), source="x")).cost
    shorter = appraise(made, read_offer(steps(("2026-04-01", "3"), ends="2027-03-30"), source="x")).cost

    assert (said.in_year_cost, said.over_term) == (unsaid.in_year_cost, unsaid.over_term)
    assert said.comparable_rate == pytest.approx(0.03)
    assert shorter.over_term == pytest.approx(said.full_year * (12 - 1 / 31) / 12)


def test_that_three_rises_of_three_percent_on_a_million_cumulate_as_published() -> None:
    """Pay alone: 50 heads at £20,000, each rise exact to the penny."""
    offer = read_offer(steps(("2026-04-06", "3"), ("2027-04-06", "3"), ("2028-04-06", "3")), source="x")
    found = appraise(sector("20000.00", heads=50, year_start=(4, 6)), offer)
    pay = sum(one.pay for one in found.cost.elements)

    assert round(pay) == 92_727
    levels = [one.level for one in found.cost.steps]
    running = [1_000_000 * (levels[0]), 1_000_000 * ((1 + levels[0]) * (1 + levels[1]) - 1)]
    assert [round(one) for one in running] == [30_000, 60_900]
    # the same in each settlement year, with on-costs of 18 % on every pound at the margin
    assert [round(one.cost / 1.18) for one in found.cost.years] == [30_000, 60_900, 92_727]
    assert found.cost.over_term == pytest.approx(sum(one.cost for one in found.cost.years))


def test_that_back_pay_is_owed_for_the_months_between_effective_and_paid() -> None:
    offer = read_offer(
        "[[settlement]]\neffective = 2026-04-06\npaid_from = 2026-07-06\n[[settlement.pay]]\npercent = 10\n",
        source="x",
    )
    cost = appraise(sector("20000.00"), offer).cost

    assert cost.full_year == pytest.approx(2000 * 1.18)
    assert cost.back_pay == pytest.approx(
        cost.full_year * months_between(date(2026, 4, 6), date(2026, 7, 6)) / 12
    )
    assert cost.back_pay == pytest.approx(cost.full_year / 4, rel=0.002)


def test_that_back_pay_for_months_after_the_deal_is_counted_once_and_said() -> None:
    """3 % of £20,000 with 18 % on-costs, £708 a year: owed for 15 months, of which the deal has 12."""
    text = "ends = 2027-03-31\n[[settlement]]\neffective = 2026-04-01\npaid_from = {}\n[[settlement.pay]]\npercent = 3\n"
    late = read_offer(text.format("2027-07-01"), source="x")
    found = appraise(sector("20000.00"), late)

    assert found.cost.back_pay == pytest.approx(708 * 15 / 12)
    assert found.cost.over_term == pytest.approx(708)
    assert [note for note in found.notes if "3 of the 15 months" in note and "31 March 2027" in note]
    assert any("after the deal's last day, 31 March 2027" in one for one in describe_offer(late))

    in_time = read_offer(text.format("2027-04-01"), source="x")
    assert not any("after the deal" in one for one in appraise(sector("20000.00"), in_time).notes)
    assert not any("after the deal" in one for one in describe_offer(in_time))


def test_that_a_one_off_payment_is_paid_once_and_not_carried_forward() -> None:
    offer = read_offer(
        "[[settlement]]\neffective = 2026-04-06\n[[settlement.pay]]\ncash = 500\nnon_consolidated = true\n",
        source="x",
    )
    cost = appraise(sector("20000.00"), offer).cost

    assert cost.full_year == 0
    assert cost.one_off == pytest.approx(500 * 1.18)  # employer NI, and pension on qualifying earnings
    assert cost.over_term == pytest.approx(cost.one_off)


def test_that_settlement_years_begin_on_the_sectors_own_day() -> None:
    assert settlement_year_of(date(2026, 3, 31), (4, 1)) == date(2025, 4, 1)
    assert settlement_year_of(date(2026, 4, 1), (4, 1)) == date(2026, 4, 1)
    assert len(settlement_years(date(2026, 4, 1), date(2028, 4, 1), (4, 1))) == 2
    assert len(settlement_years(date(2026, 7, 1), date(2027, 7, 1), (4, 1))) == 2
