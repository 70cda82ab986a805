"""What would close the gap: each single element priced by itself, cheapest first, and what adding up misses."""

from __future__ import annotations

import pytest

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.solve.moves import closing
from models.offer import Offer
from models.target import Target
from tests.helpers.f1 import O1, O2, O3, f1_sector

SECTOR = f1_sector()
LATER = """
[[settlement]]
effective = 2026-04-06
floor_hourly = 14.00
  [[settlement.pay]]
  percent = 1.0
  [settlement.terms]
  employer_pension_percent = 5.0
[[settlement]]
effective = 2027-04-06
  [[settlement.pay]]
  percent = 2.0
"""


def offer(text: str) -> Offer:
    return read_offer(text, source="o")


def full_year(one: Offer) -> float:
    return appraise(SECTOR, one).cost.full_year


def test_that_each_move_costs_what_the_offer_with_it_alone_costs_more() -> None:
    """F1 from O3 (floor, 1 %) toward O2 (floor, 3 %, differentials): the rise and the differentials are the moves."""
    found = closing(SECTOR, offer(O3), offer(O2))
    with_rise = offer(O3.replace("percent = 1.0", "percent = 3.0"))

    assert [(one.key, one.step) for one in found.moves] == [("pay", 1), ("differential", 1)]
    assert found.gap == pytest.approx(471_619 - 337_947, abs=1)
    assert found.moves[0].cost == pytest.approx(full_year(with_rise) - full_year(offer(O3)))
    assert found.moves[0].closes == pytest.approx(found.moves[0].cost / found.gap)
    costs = sum(one.cost or 0 for one in found.moves)
    assert found.together == pytest.approx(costs - found.gap)


def test_that_a_move_names_the_targets_that_it_alone_meets() -> None:
    targets = (
        Target("Narrow", "p90_p10_change", at_most=-0.015),
        Target("Rise", "general_rise", at_least=0.03),
    )
    found = closing(SECTOR, offer(O1), offer(O3), targets)
    by_key = {one.key: one for one in found.moves}

    assert by_key["floor_hourly"].newly == ("Narrow",)
    assert by_key["floor_hourly"].met == 2
    assert by_key["pay"].met == 0


def test_that_terms_and_later_steps_are_moves_of_their_own() -> None:
    found = closing(SECTOR, offer(O3), offer(LATER))

    assert {(one.key, one.step) for one in found.moves} == {
        ("employer_pension_percent", 1),
        ("settlement", 2),
    }
    back = closing(SECTOR, offer(LATER), offer(O3))
    assert {(one.key, one.step) for one in back.moves} == {
        ("employer_pension_percent", 1),
        ("without_settlement", 2),
    }
    assert all((one.cost or 0) < 0 for one in back.moves)


def test_that_like_offers_have_no_gap_and_no_moves() -> None:
    found = closing(SECTOR, offer(O2), offer(O2))

    assert (found.gap, found.moves, found.together) == (0.0, (), 0.0)


def test_that_an_element_that_cannot_be_priced_costs_not_nought_but_is_not_known() -> None:
    travel = offer(O3 + "\n  [settlement.terms]\n  paid_travel_time = true\n")
    (move,) = closing(SECTOR, offer(O3), travel).moves

    assert move.key == "paid_travel_time"
    assert move.cost is None
    assert move.closes is None
