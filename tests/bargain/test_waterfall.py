"""The order-free waterfall: against every order tried one by one, exact, and blind to how an offer is written."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import permutations

import pytest

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.waterfall import order_free, order_free_steps
from models.assumptions import Assumption
from models.issues import UnusableInput
from models.offer import Offer
from models.terms import Terms
from tests.helpers.f1 import GRADES, f1_sector

SECTOR = replace(
    f1_sector(),
    terms=Terms(annual_leave_days=28),
    assumptions=(Assumption("cover_share", "Share of hours covered", 0.6, "share"),),
)
PARTS = {  # an element of the file as this test writes it, by the name that the costing gives it
    "pay rules": ("", "  [[settlement.pay]]\n  percent = 3.0\n"),
    "floor": ("floor_hourly = 14.00\n", ""),
    "differentials": (
        "",
        f'  [[settlement.differential]]\n  grade = "{GRADES[1]}"\n  over = "{GRADES[0]}"\n  at_least_percent = 8.0\n',
    ),
    "annual leave": ("", "  [settlement.terms]\n  annual_leave_days = 29\n"),
}


def written(names: frozenset[str]) -> Offer:
    """An offer with just these elements."""
    head = "".join(PARTS[name][0] for name in PARTS if name in names)
    tail = "".join(PARTS[name][1] for name in PARTS if name in names)
    return read_offer(f"[[settlement]]\neffective = 2026-04-06\n{head}{tail}", source="o")


WHOLE = written(frozenset(PARTS))


@cache
def pence(names: frozenset[str]) -> int:
    return round(appraise(SECTOR, written(names)).cost.full_year * 100)


def test_that_each_part_is_the_mean_of_what_it_adds_in_every_order_there_is() -> None:
    """24 orders of four elements, one after the other, each offer written and priced apart."""
    found = order_free(SECTOR, WHOLE)
    added = dict.fromkeys(PARTS, Fraction(0))
    orders = list(permutations(PARTS))
    for order in orders:
        for at, name in enumerate(order):
            with_it, without = frozenset(order[: at + 1]), frozenset(order[:at])
            added[name] += pence(with_it) - pence(without)

    assert found.orders == len(orders) == 24
    exact = {one.element: one.exact for one in found.parts if one.element in PARTS}
    assert exact == {name: amount / len(orders) / 100 for name, amount in added.items()}


def test_that_the_parts_sum_exactly_to_the_full_year_cost_and_so_does_what_is_shown() -> None:
    found = order_free(SECTOR, WHOLE)
    cost = appraise(SECTOR, WHOLE).cost

    assert sum(one.exact or 0 for one in found.parts) == found.total
    assert found.total == Fraction(round(cost.full_year * 100), 100)
    for column in ("shown", "ordered"):
        amounts = [getattr(one, column) for one in found.parts]
        assert sum(round(one * 100) for one in amounts) == round(cost.full_year * 100)


def test_that_the_stated_order_stands_beside_it_and_differs_where_elements_work_on_one_another() -> None:
    found = {one.element: one for one in order_free(SECTOR, WHOLE).parts}
    stated = {one.element: one.total for one in appraise(SECTOR, WHOLE).cost.elements}

    assert {name: one.ordered for name, one in found.items()} == pytest.approx(stated, abs=0.01)
    assert (
        found["floor"].shown > stated["floor"] + 1_000
    )  # the pay rules come first, and leave it little to lift
    assert found["pay rules"].shown < stated["pay rules"] - 1_000


def test_that_elements_of_several_settlements_are_one_and_an_offer_of_one_costs_all_of_it() -> None:
    two = read_offer(
        "[[settlement]]\neffective = 2026-04-06\n  [[settlement.pay]]\n  percent = 2.0\n"
        "[[settlement]]\neffective = 2027-04-06\n  [[settlement.pay]]\n  percent = 2.0\n",
        source="o",
    )
    (rises, *rest) = order_free(SECTOR, two).parts

    assert rises.element == "pay rules"
    assert rises.exact == Fraction(round(appraise(SECTOR, two).cost.full_year * 100), 100)
    assert not any(one.exact for one in rest)


def test_that_an_element_that_cannot_be_priced_is_not_known_and_not_nought() -> None:
    text = "[[settlement]]\neffective = 2026-04-06\nfloor_hourly = 14.00\n  [settlement.terms]\n  paid_travel_time = true\n"
    found = {one.element: one for one in order_free(SECTOR, read_offer(text, source="o")).parts}

    assert (found["travel time"].exact, found["travel time"].shown, found["travel time"].ordered) == (
        None,
    ) * 3
    assert found["travel time"].why
    assert found["floor"].shown == pytest.approx(
        float(order_free(SECTOR, written(frozenset({"floor"}))).total)
    )


def test_that_too_many_elements_are_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bargain.waterfall.MOST_ELEMENTS", 3)
    with pytest.raises(UnusableInput, match=r"4 elements.*at most 3"):
        order_free(SECTOR, WHOLE)


def test_that_it_can_be_stopped_after_any_offer() -> None:
    steps = order_free_steps(SECTOR, WHOLE)
    first = next(steps)
    steps.close()

    assert first.total == 16
