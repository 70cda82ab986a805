"""The larger what-ifs, each tied to F1's published anchors or to a sum by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargain.appraisal import appraise
from bargain.insourcing import agency_work, in_sourcing, rates_like
from bargain.offers.offer_file import read_offer
from bargain.regimes import three_regimes
from bargain.staying_in import coverage, effective_parties, gains_from_leaving
from models.appraisal import Appraisal
from models.issues import UnusableInput
from tests.helpers.f1 import O2, f1_sector

SECTOR = f1_sector()


def appraised(fees: str = "uplift_percent = 3.0") -> Appraisal:
    return appraise(SECTOR, read_offer(f"{O2}\n  [settlement.fees]\n  {fees}\n", source="o"))


def test_that_in_sourcing_a_gives_the_published_case_and_its_change_of_sign() -> None:
    """U13: parity £478,010, gross £1,108,285, net £630,275; £3.0m: 4.76 years, +£2.24m; 5 × profit: 8.79, −£0.30m."""
    like = rates_like(SECTOR, "C")
    book = in_sourcing(SECTOR, ["A"], comparator=like, compensation=3_000_000)
    market = in_sourcing(SECTOR, ["A"], comparator=like, multiple=5)

    assert book.parity_cost == pytest.approx(478_010, abs=1)
    assert book.gross == pytest.approx(1_108_285, abs=1)
    assert book.net == pytest.approx(630_275, abs=1)
    assert book.payback == pytest.approx(4.76, abs=0.005)
    assert book.npv == pytest.approx(2_240_000, abs=5_000)
    assert market.payback == pytest.approx(8.79, abs=0.005)
    assert market.npv == pytest.approx(-300_000, abs=5_000)
    assert market.basis == "5 times operating profit"


def test_that_the_parity_gap_is_what_pay_is_short_of_the_comparator() -> None:
    """S1-06: A against C's rates by grade: 12.09 %."""
    gap = in_sourcing(SECTOR, ["A"], comparator=rates_like(SECTOR, "C"), compensation=0).parity_gap
    short = 80 * 1.49 + 20 * 2.50 + 8 * 3.00 + 4 * 3.50
    theirs = 80 * 14.20 + 20 * 16.10 + 8 * 19.00 + 4 * 26.00

    assert gap == pytest.approx(short / theirs)
    assert gap == pytest.approx(0.1209, abs=5e-5)


def test_that_grades_without_a_comparator_are_counted_and_priced_as_they_are() -> None:
    only = {"Residential support worker": 14.20}
    found = in_sourcing(SECTOR, ["A"], comparator=only, compensation=0)

    assert found.no_comparator == 32
    assert found.parity_cost == pytest.approx(80 * 1.49 * 37.5 * 52.143 * 1.18, abs=1)


def test_that_compensation_needs_a_basis_and_unknown_employers_are_refused() -> None:
    with pytest.raises(UnusableInput, match="needs a basis"):
        in_sourcing(SECTOR, ["A"], comparator={})
    with pytest.raises(UnusableInput, match="no employer"):
        in_sourcing(SECTOR, ["Z"], comparator={}, compensation=0)
    assert in_sourcing(SECTOR, ["A", "C"], comparator={}, compensation=0).not_known == ("C",)


def test_that_agency_work_is_taken_apart_as_published() -> None:
    """U3: charge £24.00, pay £14.00, on-cost £3.20: skim £6.80 (28.33 %), £68,000 over 10,000 hours."""
    found = agency_work(charge=24, pay=14, on_cost=3.2, hours=10_000, direct_cost=17.2, filled=0.9)

    assert found.skim == pytest.approx(6.80)
    assert found.skim_share == pytest.approx(0.2833, abs=5e-5)
    assert found.skim_a_year == pytest.approx(68_000)
    assert (found.direct_cost, found.saved, found.unfilled_hours) == pytest.approx(
        (9_000 * 17.2, 9_000 * 6.8, 1_000)
    )


def test_that_coverage_is_shown_of_all_and_of_the_residual_group() -> None:
    """S1-11, U6: 47 of 222 covered; once the federation signs for B 110 of 222, and 63 of the residual 175."""
    employers = tuple(replace(one, federation_member=one.name == "B") for one in SECTOR.employers)
    found = coverage(
        replace(SECTOR, employers=employers), newly=["B"], union_members={"x": 60, "y": 30, "z": 15}
    )

    assert (found.in_scope, found.covered, found.residual, found.newly) == (222, 47, 175, 63)
    assert found.coverage_before == pytest.approx(0.212, abs=5e-4)
    assert found.coverage_after == pytest.approx(0.495, abs=6e-4)
    assert found.residual_coverage == pytest.approx(0.36)
    assert found.union_density == pytest.approx(0.473, abs=5e-4)
    assert found.unions_in_effect == pytest.approx(2.333, abs=5e-4)
    assert found.employer_density == pytest.approx(63 / 222)
    assert found.employers_in_effect == pytest.approx(222**2 / (112**2 + 63**2 + 47**2))


def test_that_the_effective_number_of_parties_is_that_of_the_published_shares() -> None:
    assert effective_parties([50, 30, 20]) == pytest.approx(2.632, abs=5e-4)
    assert effective_parties([]) is None


def test_that_as_gain_from_leaving_is_as_published_and_a_constraint_can_cover_it() -> None:
    """S0-17, S0-18: A gains £172,192 by leaving O2 with a 3 % fee; exclusion worth £200,000 covers that."""
    bare = {one.name: one for one in gains_from_leaving(appraised())}
    covered = {one.name: one for one in gains_from_leaving(appraised(), {"A": 200_000})}

    assert bare["A"].gain == pytest.approx(172_192, abs=1)
    assert bare["A"].uncovered == pytest.approx(172_192, abs=1)
    assert covered["A"].uncovered is not None
    assert covered["A"].uncovered < 0
    assert bare["C"].gain is None


def test_that_the_order_of_the_regimes_turns_on_who_bears_the_cut() -> None:
    """F1, A and B: fees 8,250,000, result 1,262,584, labour 5,417,416; a cut of 10 % is 825,000."""
    fees, result, labour = 8_250_000, 1_108_285 + 154_299, 3_371_715 + 2_045_701
    cap = appraised('rule = "cap"\n  margin_cap_percent = 10.0')
    on_margin = three_regimes(cap, fee_cut=0.10, falls_on_pay=0.0, coverage=0.495, coverage_now=0.212)
    on_pay = three_regimes(cap, fee_cut=0.10, falls_on_pay=1.0, coverage=0.495, coverage_now=0.212)

    assert on_margin[0].margin == pytest.approx(result / fees)
    assert on_margin[1].margin == pytest.approx((result - 825_000) / (fees - 825_000))
    assert on_margin[1].pay_change == 0
    assert on_pay[1].margin == pytest.approx(result / (fees - 825_000))
    assert on_pay[1].pay_change == pytest.approx(-825_000 / labour)
    assert on_margin[2].fee_change == pytest.approx(-0.0177, abs=5e-5)
    assert on_margin[1].margin < on_margin[2].margin < on_pay[1].margin
    assert on_pay[2].lowest_rate == 14.0


@pytest.mark.parametrize(("cut", "share"), [(-0.1, 0.5), (1.0, 0.5), (0.1, 1.5)])
def test_that_regimes_need_assumptions_that_make_sense(cut: float, share: float) -> None:
    with pytest.raises(UnusableInput, match="from 0 to 1"):
        three_regimes(appraised(), fee_cut=cut, falls_on_pay=share, coverage=0, coverage_now=0)
