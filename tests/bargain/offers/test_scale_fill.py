"""Filling a scale from its neighbours: copied, continued, up and down, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.offers.scale_fill import Fill, with_filled
from models.basis import Basis
from models.issues import UnusableInput
from models.payscale import PayScale, ScalePoint

POUND = 10**6


def scale(*pounds: float, basis: Basis = Basis.YEAR) -> PayScale:
    points = tuple(ScalePoint(str(at), round(one * POUND)) for at, one in enumerate(pounds, 1))
    return PayScale("made", basis, points)


def filled(one: PayScale, fill: Fill) -> list[float]:
    return [point.amount_micros / POUND for point in with_filled(one, fill).points]


def test_that_one_amount_is_copied_down_and_up() -> None:
    held = scale(24_000, 25_000, 26_000, 27_000)
    assert filled(held, Fill(range(1, 2), range(2, 4))) == [24_000, 25_000, 25_000, 25_000]
    assert filled(held, Fill(range(2, 3), range(2))) == [26_000, 26_000, 26_000, 27_000]


def test_that_an_even_series_goes_on_down_and_up_and_falls_where_it_falls() -> None:
    held = scale(24_000, 24_500, 25_000, 1, 1)
    assert filled(held, Fill(range(3), range(3, 5))) == [24_000, 24_500, 25_000, 25_500, 26_000]
    assert filled(scale(1, 1, 25_000, 25_500), Fill(range(2, 4), range(2))) == [
        24_000,
        24_500,
        25_000,
        25_500,
    ]
    assert filled(scale(25_000, 24_999.5, 1), Fill(range(2), range(2, 3)))[2] == 24_999


def test_that_steps_of_a_penny_and_less_stay_exact() -> None:
    held = scale(12.71, 12.81, 1, 1, 1, 1, 1, basis=Basis.HOUR)
    assert filled(held, Fill(range(2), range(2, 7))) == [12.71, 12.81, 12.91, 13.01, 13.11, 13.21, 13.31]


def test_that_uneven_amounts_are_repeated_in_their_order_both_ways() -> None:
    held = scale(10, 11, 13, 1, 1, 1, 1)
    assert filled(held, Fill(range(3), range(3, 7))) == [10, 11, 13, 10, 11, 13, 10]
    assert filled(scale(1, 1, 1, 10, 13, 14), Fill(range(3, 6), range(3)))[:3] == [10, 13, 14]


def test_that_copies_of_an_even_series_are_copies() -> None:
    assert filled(scale(10, 11, 1, 1), Fill(range(2), range(2, 4), copies=True)) == [10, 11, 10, 11]


@pytest.mark.parametrize("held", [scale(20_000, 10_000, 1), scale(2_000_000, 6_000_000, 1)])
def test_that_a_series_that_leaves_what_people_are_paid_is_refused_by_its_point(held: PayScale) -> None:
    with pytest.raises(UnusableInput, match="amount of point 3 would be"):
        with_filled(held, Fill(range(2), range(2, 3)))


@settings(max_examples=40, deadline=None)
@given(st.integers(15_000, 60_000), st.integers(-900, 900), st.integers(2, 5), st.integers(1, 12))
def test_that_down_and_then_up_gives_the_scale_back(first: int, step: int, known: int, more: int) -> None:
    """What a series reaches by going down, its end reaches by going up."""
    whole = scale(*(first + at * step for at in range(known + more)))
    torn = scale(*(first + at * step for at in range(known)), *(1 for _ in range(more)))
    assert with_filled(torn, Fill(range(known), range(known, known + more))) == whole
    torn = scale(*(1 for _ in range(more)), *(first + (more + at) * step for at in range(known)))
    assert with_filled(torn, Fill(range(more, more + known), range(more))) == whole
