"""Rounding, against exact decimals."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargain.money import (
    hourly_of_year,
    largest_remainder,
    micros,
    ppm,
    rounded,
    rounded_one,
    rounding_of,
    rounding_text,
    share_of,
    year_of_hourly,
)
from models.payscale import Rounding

amounts = st.integers(0, 5 * 10**12)


@given(st.lists(amounts, min_size=1, max_size=20))
def test_that_half_up_and_up_agree_with_decimals(values: list[int]) -> None:
    column = np.array(values, dtype=np.int64)
    for rule, grain, way in (
        (Rounding.HALF_UP_PENNY, Decimal("0.01"), ROUND_HALF_UP),
        (Rounding.HALF_UP_POUND, Decimal(1), ROUND_HALF_UP),
        (Rounding.UP_POUND, Decimal(1), ROUND_CEILING),
    ):
        wanted = [int((Decimal(one) / 10**6).quantize(grain, way) * 10**6) for one in values]
        assert rounded(column, rule).tolist() == wanted
        assert [rounded_one(one, rule) for one in values] == wanted
    assert rounded(column, Rounding.NONE).tolist() == values


WAYS = {"half-up": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR, "half-even": ROUND_HALF_EVEN}


@given(
    st.lists(amounts | st.integers(0, 10**7).map(lambda halves: halves * 5_000), min_size=1, max_size=20),
    st.sampled_from([rule for rule in Rounding if rule is not Rounding.NONE]),
    st.sampled_from((1, 2, 3, 5, 10, 12, 50, 100)),
)
def test_that_every_way_of_rounding_to_every_unit_agrees_with_decimals(
    values: list[int], rule: Rounding, to: int
) -> None:
    way, _, unit = str(rule).rpartition("-")
    grain = (Decimal(1) if unit == "pound" else Decimal("0.01")) * to
    wanted = [
        int((Decimal(one) / 10**6 / grain).quantize(Decimal(1), WAYS[way]) * grain * 10**6) for one in values
    ]
    column = np.array(values, dtype=np.int64)

    assert rounded(column, rule, to=to).tolist() == wanted
    assert rounded(column * 10**6, rule, to=to, per_micro=10**6).tolist() == [one * 10**6 for one in wanted]
    assert [rounded_one(one, rule, to=to) for one in values] == wanted
    assert rounding_of(rounding_text(rule, to)) == (rule, to)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("up-pound", (Rounding.UP_POUND, 1)),
        ("up-3-pounds", (Rounding.UP_POUND, 3)),
        ("half-even-5-pence", (Rounding.HALF_EVEN_PENNY, 5)),
        ("Down-10p", (Rounding.DOWN_PENNY, 10)),
        ("none", (Rounding.NONE, 1)),
        ("up-0-pounds", None),
        ("sideways-pound", None),
        ("", None),
    ],
)
def test_that_a_rounding_rule_is_read_as_it_is_written(text: str, rule: tuple[Rounding, int] | None) -> None:
    assert rounding_of(text) == rule


def test_that_a_share_just_over_half_a_penny_is_no_tie() -> None:
    """Half of 5p is a tie and goes to 2p; half of a trillionth of a pound more than 5p goes to 3p."""
    tie, over = np.array([50_000 * 10**6]), np.array([50_000 * 10**6 + 1])
    assert [
        rounded(
            share_of(one, 500_000, rounding=Rounding.HALF_EVEN_PENNY),
            Rounding.HALF_EVEN_PENNY,
            per_micro=10**6,
        )[0]
        for one in (tie, over)
    ] == [20_000 * 10**6, 30_000 * 10**6]


@given(st.lists(st.integers(0, 4 * 10**18), min_size=1, max_size=20), st.integers(0, 10**6))
def test_that_a_share_is_cut_off_below_the_unit_and_never_overflows(values: list[int], share: int) -> None:
    column = np.array(values, dtype=np.int64)

    assert share_of(column, share).tolist() == [one * share // 10**6 for one in values]
    up = share_of(column, share, rounding=Rounding.UP_POUND).tolist()
    assert up == [-(-one * share // 10**6) for one in values]


@given(amounts, st.integers(0, 10**6))
def test_that_a_share_of_a_fraction_is_exact(value: int, share: int) -> None:
    column = np.array([Fraction(value, 7)], dtype=object)

    assert share_of(column, share)[0] == Fraction(value, 7) * Fraction(share, 10**6)


@given(st.integers(1, 10**12), st.sampled_from((35.0, 36.0, 37.0, 37.5, 40.0)))
def test_that_hourly_pay_is_annual_over_weeks_over_hours_to_the_penny(year: int, hours: float) -> None:
    exact = Decimal(year) / 10**6 / Decimal("52.143") / Decimal(str(hours))
    wanted = int(exact.quantize(Decimal("0.01"), ROUND_HALF_UP) * 10**6)

    assert hourly_of_year(np.array([year]), weeks_y=52.143, weekly_hours=hours)[0] == wanted
    assert (
        hourly_of_year(np.array([Fraction(year)], dtype=object), weeks_y=52.143, weekly_hours=hours)[0]
        == wanted
    )


def test_that_a_year_of_an_hourly_rate_is_to_the_penny() -> None:
    exact = (Decimal("12.71") * Decimal("52.143") * Decimal("37.5")).quantize(Decimal("0.01"), ROUND_HALF_UP)

    assert year_of_hourly(12_710_000, weeks_y=52.143, weekly_hours=37.5) == int(exact * 10**6)


@pytest.mark.parametrize(
    ("text", "value"), [("12.71", 12_710_000), (0.1, 100_000), (Decimal(1925), 1_925_000_000)]
)
def test_that_pounds_become_whole_micros(text: object, value: int) -> None:
    assert micros(text) == value  # type: ignore[arg-type]


def test_that_percentages_become_whole_parts_per_million() -> None:
    assert ppm("3.2") == 32_000
    assert ppm(0.05) == 500


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_that_rounded_parts_sum_to_the_rounded_total(parts: list[float]) -> None:
    shown = largest_remainder(parts)

    assert sum(shown) == np.floor(sum(parts) + 0.5)
    assert all(abs(one - part) <= 1 for one, part in zip(shown, parts, strict=True))
