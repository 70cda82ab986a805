"""Employers' money: F1's published anchors, sums that are exact, and each what-if worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargain.appraisal import appraise, latest_accounts
from bargain.measures.margins import employer_margins
from bargain.money_flow import (
    Affordable,
    able_to_pay,
    affordable_rises,
    at_risk,
    combined,
    fee_parts,
    fees_together,
    hundred_pounds,
    spread_of,
    stressed,
)
from bargain.money_of import MoneyAssumptions, agency_shares, money_of
from bargain.offers.offer_file import read_offer
from bargain.projection import projections, projections_under
from models.accounts import Accounts
from models.measures import EmployerMargins
from models.offer import FeeRule, Fees, Offer, PayRule, Settlement
from models.stress import Stress
from tests.helpers.f1 import GRADES, O2, Row, f1_sector, workforce_of

MILLION = 1_000_000


def f1_margins(fees: str = "uplift_percent = 3.0") -> dict[str, EmployerMargins]:
    offer = read_offer(f"{O2}\n  [settlement.fees]\n  {fees}\n", source="o")
    return {one.name: one for one in appraise(f1_sector(), offer).margins}


def test_that_100_pounds_of_a_fee_go_where_the_accounts_say() -> None:
    """U2: A's rent £5.00, directors £2.14, net interest £6.25, profit before tax £13.54; leakage £26.93."""
    slices = {one.name: one.pounds for one in hundred_pounds(f1_margins()["A"])}

    assert slices["rent"] == 5.00
    assert slices["directors' pay"] == 2.14
    assert slices["net interest"] == 6.25
    assert slices["profit before tax"] == 13.54
    assert sum(Decimal(str(one)) for one in slices.values()) == Decimal("100.00")
    leaking = ("rent", "directors' pay", "net interest", "profit before tax")
    assert sum(slices[name] for name in leaking) == pytest.approx(26.93)


amounts = st.integers(0, 10**9)


@given(st.integers(1, 10**9), st.lists(amounts, min_size=5, max_size=5))
def test_that_100_pounds_sum_to_the_penny_whatever_the_accounts(revenue: int, costs: list[int]) -> None:
    books = Accounts("A", None, *(one * 10_000 for one in (revenue, *costs)))
    one = employer_margins("A", "", accounts=books, labour_rise=1000.0, payroll_labour=0, fees=Fees())

    for after in (False, True):
        slices = hundred_pounds(one, after=after)
        assert sum(round(part.pounds * 100) for part in slices) == 10_000


def test_that_100_pounds_of_half_known_accounts_are_not_guessed() -> None:
    books = Accounts("A", None, 100 * MILLION, 60 * MILLION)

    assert (
        hundred_pounds(
            employer_margins("A", "", accounts=books, labour_rise=0, payroll_labour=0, fees=Fees())
        )
        == ()
    )


def test_that_fee_inflation_is_labour_and_profit_exactly() -> None:
    """S0-10: F1 A, O2, 3 % fee: labour +6.075 points, profit −3.075, together 3.000."""
    parts = fee_parts(f1_margins()["A"])

    assert parts is not None
    assert parts.labour == pytest.approx(0.06075, abs=5e-6)
    assert parts.profit == pytest.approx(-0.03075, abs=5e-6)
    assert parts.labour + parts.other + parts.profit == pytest.approx(parts.rise, abs=1e-15)
    assert parts.rise == pytest.approx(0.03)


@given(rise=st.floats(0, 1e6), uplift=st.integers(-50_000, 200_000), other=st.floats(0, 1e5))
def test_that_the_parts_of_a_fee_always_sum_to_it(rise: float, uplift: int, other: float) -> None:
    books = Accounts(
        "A", None, *(one * MILLION for one in (1_000_000, 600_000, 50_000, 100_000, 20_000, 5_000))
    )
    one = employer_margins(
        "A", "", accounts=books, labour_rise=rise, payroll_labour=0, fees=Fees(uplift_ppm=uplift)
    )
    parts = fee_parts(one, other_rise=other)

    assert parts is not None
    assert parts.labour + parts.other + parts.profit == pytest.approx(parts.rise, abs=1e-12)


def test_that_the_published_fee_uplift_of_pay_and_other_costs_leaves_profit_as_it_was() -> None:
    """Cardiff: pay is 60 % of the fee and rises by 10.1 %, the other 40 % by 3 %: the fee by 7.26 %, exactly."""
    books = Accounts("A", None, *(one * MILLION for one in (1_000_000, 600_000, 0, 400_000, 0, 0)))
    held = employer_margins(
        "A",
        "",
        accounts=books,
        labour_rise=600_000 * 0.101 + 400_000 * 0.03,
        payroll_labour=600_000,
        fees=Fees(rule=FeeRule.HOLD_PROFIT),
    )
    fixed = replace(held, labour_rise=600_000 * 0.101)
    parts = fee_parts(fixed, other_rise=400_000 * 0.03)

    assert held.fee_uplift == pytest.approx(0.0726, abs=1e-12)
    assert parts is not None
    assert parts.labour == pytest.approx(0.0606, abs=1e-12)
    assert parts.other == pytest.approx(0.012, abs=1e-12)
    assert parts.profit == pytest.approx(0, abs=1e-12)


def test_that_the_margin_held_keeps_profit_on_the_pay_rise_and_the_profit_held_does_not() -> None:
    """U2: £83,939 kept by A where its margin is held; with its profit held the fee is 6.075 % and nothing is kept."""
    assert f1_margins('rule = "hold_margin"')["A"].profit_on_pay_rise == pytest.approx(83_939, abs=1)
    held = f1_margins('rule = "hold_profit"')["A"]
    parts = fee_parts(held)

    assert parts is not None
    assert parts.rise == pytest.approx(0.06075, abs=5e-6)
    assert parts.labour_share == pytest.approx(1.0)
    assert parts.profit == pytest.approx(0.0, abs=1e-15)


def test_that_an_index_of_pay_and_other_costs_gives_the_published_uplift() -> None:
    """Pay is 60 % of the fee and rises by 10.1 %, the other 40 % by 3 %: 7.26 %."""
    given = f1_margins(
        'rule = "indexed"\n  pay_share_percent = 60\n  pay_index_percent = 10.1\n  other_index_percent = 3'
    )
    own = f1_margins('rule = "indexed"\n  pay_share_percent = 60\n  other_index_percent = 3')

    assert [one.fee_uplift for one in given.values()] == pytest.approx([0.0726] * len(given), abs=1e-12)
    rise = 340_192 / 3_371_715  # O2 at A over its labour in the accounts
    assert own["A"].fee_uplift == pytest.approx(0.6 * rise + 0.4 * 0.03, abs=1e-6)
    assert own["C"].fee_uplift is None


def test_that_fees_of_all_employers_together_are_sums_over_those_with_accounts() -> None:
    """F1, O2, cap 10 %: both together −1.77 %; £83,939 and B's own part are the profit on the pay rise."""
    margins = tuple(f1_margins('rule = "cap"\n  margin_cap_percent = 10.0').values())
    whole = fees_together(margins, other=0.02)
    a, b = (one for one in margins if one.name in "AB")

    assert (whole.known, whole.n) == (2, 3)
    assert whole.under_cap == pytest.approx(-0.0177, abs=5e-5)
    assert whole.parts is not None
    assert whole.parts.rise == pytest.approx(-0.0177, abs=5e-5)
    assert whole.hold_profit == pytest.approx((340_192 + 80_503) / 8_250_000, abs=1e-6)
    assert whole.on_the_rise == pytest.approx((a.profit_on_pay_rise or 0) + (b.profit_on_pay_rise or 0))
    assert whole.parts.other == pytest.approx(0.02 * (720_000 + 280_000 + 330_000 + 60_000) / 8_250_000)
    assert whole.parts.labour + whole.parts.other + whole.parts.profit == pytest.approx(whole.parts.rise)
    assert fees_together([one for one in margins if one.name == "C"]).parts is None


def test_that_depreciation_nobody_gave_is_no_slice_of_nought() -> None:
    assert "depreciation" not in {part.name for part in hundred_pounds(f1_margins()["A"])}


def test_that_a_cap_is_a_ceiling_for_each_employer() -> None:
    """F1, O2, cap 10 %: A −4.13 %, B +3.23 %, both together −1.77 %."""
    found = f1_margins('rule = "cap"\n  margin_cap_percent = 10.0')
    both = [found[name] for name in "AB"]
    before = sum(one.revenue_before or 0 for one in both)
    after = sum(one.revenue_after or 0 for one in both)

    assert found["A"].fee_uplift == pytest.approx(-0.0413, abs=5e-5)
    assert found["B"].fee_uplift == pytest.approx(0.0323, abs=5e-5)
    assert after / before - 1 == pytest.approx(-0.0177, abs=5e-5)


def test_that_the_affordable_rise_leaves_exactly_the_margin_that_was_asked() -> None:
    sector = f1_sector()
    fee, margin, other = 0.03, 0.04, 0.02
    rises = affordable_rises(
        appraise(sector, read_offer(O2, source="o")).margins,
        latest_accounts(sector),
        heads={},
        labour={},
        fees={"A": fee, "B": fee},
        margin=margin,
        other=other,
    )
    found = {one.name: one.rise for one in rises}

    assert found["C"] is None
    for name, revenue, labour, others in (
        ("A", 5_600_000, 3_371_715, 1_120_000),
        ("B", 2_650_000, 2_045_701, 450_000),
    ):
        rise = found[name]
        assert rise is not None
        income = revenue * (1 + fee)
        left = income - labour * (1 + rise) - others * (1 + other)
        assert left / income == pytest.approx(margin)


def test_that_the_spread_is_of_employers_and_unknown_ones_are_counted() -> None:
    rises = [Affordable(str(at), 10.0, share) for at, share in enumerate((0.01, 0.02, 0.03, 0.04))]
    spread = spread_of([*rises, Affordable("x", 5.0, None)])

    assert spread is not None
    assert (spread.lowest, spread.lower_quarter, spread.middle, spread.upper_quarter, spread.highest) == (
        0.01,
        0.01,
        0.02,
        0.03,
        0.04,
    )
    assert (spread.known, spread.n) == (4, 5)
    assert able_to_pay(rises, 0.03) == (2, 20.0)
    assert spread_of([Affordable("x", 1.0, None)]) is None


def one_employer(**figures: int) -> EmployerMargins:
    """Revenue 1,000,000; labour 600,000; rent 50,000; other 200,000; directors 30,000; interest 20,000."""
    books = Accounts(
        "A", None, *(one * MILLION for one in (1_000_000, 600_000, 50_000, 200_000, 30_000, 20_000))
    )
    return employer_margins(
        "A", "", accounts=books, labour_rise=float(figures.get("rise", 20_000)), payroll_labour=0, fees=Fees()
    )


def test_that_stresses_move_their_own_part_and_combine() -> None:
    """By hand: result 120,000 − 20,000 = 100,000. Occupancy 0.90 → 0.85 of 1,000,000 is −55,555.56; agency a tenth of
    620,000, dearer by a fifth: −12,400; other costs +5 %: −10,000; interest +50 %: −10,000 after the result.
    """
    occupancy = Stress("empty", occupancy=-0.05, base_occupancy=0.90)
    agency = Stress("agency", agency=0.2)
    both = combined("both", [occupancy, agency, Stress("prices", other=0.05), Stress("rates", rates=0.5)])
    found = stressed(one_employer(), both, agency_share=0.1, places=8)

    assert found is not None
    assert found.revenue == pytest.approx(1_000_000 * 0.85 / 0.90)
    assert found.result == pytest.approx(100_000 - 55_555.5556 - 12_400 - 10_000)
    assert found.pretax == pytest.approx(found.result - 30_000)
    nothing = stressed(one_employer(), Stress("none"), agency_share=0.1, places=8)
    assert nothing is not None
    assert nothing.margin == pytest.approx(one_employer().margin_after or 0)


@given(
    st.permutations(
        [Stress("a", occupancy=-0.05), Stress("b", agency=0.2), Stress("c", fees=-0.01, agency=0.1)]
    )
)
def test_that_the_order_of_stresses_does_not_matter(order: list[Stress]) -> None:
    first = stressed(one_employer(), combined("x", order), agency_share=0.1, places=None)
    again = stressed(
        one_employer(), combined("x", sorted(order, key=lambda one: one.name)), agency_share=0.1, places=None
    )

    assert first is not None
    assert again is not None
    assert first.result == pytest.approx(again.result)


def test_that_those_below_the_margin_are_counted_with_their_places_and_the_unknown_apart() -> None:
    low = stressed(one_employer(rise=115_000), Stress("none"), agency_share=0, places=8)
    silent = stressed(one_employer(rise=130_000), Stress("none"), agency_share=0, places=None)
    fine = stressed(one_employer(), Stress("none"), agency_share=0, places=99)
    risk = at_risk([low, silent, fine, None], margin=0.02)

    assert (len(risk.names), risk.places, risk.without_places, risk.known, risk.unknown) == (2, 8, 1, 3, 1)


def test_that_an_employer_earns_by_the_month_and_pays_back_pay_at_once() -> None:
    """F1 B: 5 % from April 2026, paid from July; 3 % more from April 2027; fee 2 % with the first step."""
    sector = f1_sector()
    offer = Offer(
        "two steps",
        settlements=(
            Settlement(
                date(2026, 4, 6),
                paid_from=date(2026, 7, 6),
                pay=(PayRule(percent_ppm=50_000),),
                fees=Fees(FeeRule.FIXED, 20_000),
            ),
            Settlement(date(2027, 4, 6), pay=(PayRule(percent_ppm=30_000),)),
        ),
    )
    first = appraise(sector, replace(offer, settlements=offer.settlements[:1])).margins[1].labour_rise
    second = appraise(sector, offer).margins[1].labour_rise
    found = projections(sector, offer)[1]
    income, labour, others, interest = 2_650_000 * 1.02, 2_045_701, 450_000, 5_000

    assert found.name == "B"
    assert len(found.months) == 24
    april, july, next_april = found.months[0], found.months[3], found.months[12]
    assert april.result == pytest.approx((income - labour - first - others) / 12)
    assert april.cash == pytest.approx((income - labour - others - interest) / 12)
    assert july.cash == pytest.approx((income - labour - first - others - interest) / 12 - first * 3 / 12)
    assert next_april.result == pytest.approx((income - labour - second - others) / 12)
    assert sum(one.cash for one in found.months[:12]) == pytest.approx(
        income - labour - first - others - interest
    )
    assert found.margin_of_last(12) == pytest.approx((income - labour - second - others) / income)
    assert projections(sector, offer)[2].months == ()


STRESSES = (
    Stress("empty", occupancy=-0.05, base_occupancy=0.9),
    Stress("agency", agency=0.2),
    Stress("prices and fees", fees=-0.01, other=0.05, rates=0.5),
)


def test_that_a_stress_moves_every_month_by_the_rules_of_a_single_year() -> None:
    """F1 B, each month by hand: income × 0.85 ÷ 0.90 × 0.99, a tenth of labour a fifth dearer, other costs 5 % up and
    then by 10 % a year, interest half as much again; back pay of three months is dearer by the agency share too.
    """
    offer = Offer(
        "late",
        settlements=(
            Settlement(date(2026, 4, 6), paid_from=date(2026, 7, 6), pay=(PayRule(percent_ppm=50_000),)),
        ),
    )
    rise = appraise(f1_sector(), offer).margins[1].labour_rise
    under = combined("all", STRESSES)
    ((*_, b, _),) = projections_under(
        f1_sector(), offer, [under], months=24, other=0.10, agency_shares={"B": 0.1}
    )
    income = 2_650_000 * (0.85 / 0.90) * 0.99
    for count, month in enumerate(b.months):
        growth = 1.10 ** (count / 12)
        others = 60_000 + 60_000 * growth + 330_000 * growth * 1.05  # directors, rent, other costs
        assert month.income == pytest.approx(income / 12)
        assert month.result == pytest.approx((income - (2_045_701 + rise) * 1.02 - others) / 12)
        paid = 2_045_701 / 12 + (rise / 12 if count >= 3 else 0) + (rise * 3 / 12 if count == 3 else 0)
        assert month.cash == pytest.approx((income - others - 5_000 * 1.5) / 12 - paid * 1.02)


def test_that_a_settled_year_ahead_is_the_stressed_year_itself() -> None:
    sector, offer = f1_sector(), read_offer(O2, source="o")
    under = combined("all", STRESSES)
    (ahead,) = projections_under(sector, offer, [under], agency_shares={"A": 0.1, "B": 0.3})
    for one, flow, share in zip(appraise(sector, offer).margins, ahead, (0.1, 0.3, 0.0), strict=True):
        found = stressed(one, under, agency_share=share, places=None)
        assert flow.margin == (None if found is None else pytest.approx(found.margin))


def test_that_employers_and_places_at_risk_ahead_are_counted_for_twelve_months_and_for_all() -> None:
    """B's other costs rise by 16 % a year: thin in two years, not yet in the first; C has no accounts."""
    sector = f1_sector()
    books = tuple(replace(one, beds=40.0) if one.employer == "B" else one for one in sector.accounts)
    made = replace(sector, accounts=books)
    appraisal = appraise(made, read_offer(O2, source="o"))
    money = money_of(made, appraisal, MoneyAssumptions(margin=0.01, other=0.16))
    year, both = money.risks_ahead

    assert [one.months for one in (year, both)] == [12, 24]
    assert year.thin.names == ()
    assert (both.thin.names, both.thin.places) == (("B",), 40.0)
    assert (both.thin.known, both.thin.unknown) == (2, 1)
    for risk, months in ((year, 12), (both, 24)):
        cash = sum(one.cash for one in money.ahead_hit[1].months[:months])
        assert (risk.short_of_cash.names == ("B",)) is (cash < 0)


def test_that_a_twelvemonth_on_other_costs_have_risen_by_what_was_assumed() -> None:
    sector = f1_sector()
    found = projections(sector, read_offer(O2, source="o"), months=13, other=0.10)[1]

    dearer = 0.10 * (330_000 + 60_000) / 12  # other costs and rent
    assert found.months[0].result - found.months[12].result == pytest.approx(dearer)


def test_that_agency_work_is_its_share_of_pay() -> None:
    from models.workforce import Contract

    rows = [Row("A", GRADES[0], "10", 1), Row("A", GRADES[0], "15", 2), Row("B", GRADES[0], "12", 1)]
    force = workforce_of(rows, employers="AB", grades=GRADES)
    contracts = force.contract.copy()
    contracts[1] = int(Contract.AGENCY)
    sector = replace(f1_sector(), workforce=replace(force, contract=contracts))

    assert agency_shares(sector) == pytest.approx({"A": 30 / 40, "B": 0.0})
